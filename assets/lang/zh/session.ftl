# session/journal.rs
session-journal-io = 无法{ $tried ->
    [created] 创建
    [opened] 打开
    [mended] 修复
    [read] 读取
   *[written] 写入
}日志 { $path }：{ $cause }；没有日志就不会更改集群，请先腾出空间或修正权限
session-journal-altered = 日志 { $path } 被改动：第 { $line } 行与前一行不衔接，因此不再继续；`opsbook sessions show` 仍可查看，新会话不会采用其内容
session-journal-no-file = { $path } 不是可读取的日志：{ $cause }
session-journal-broken = { $path }:{ $line }：该行不是日志记录：{ $cause }
session-journal-busy = 日志 { $path } 正被另一个 opsbook 使用；先结束那一个

# session/store.rs
session-broken = 已损坏
session-altered = 被改动
session-unknown = 未知：请先验证
session-ended = 已结束
session-running = 进行中
session-interrupted = 已中断
session-store-none = { $folder } 中没有会话
session-store-no-such = { $folder } 中没有会话 { $wanted }；用 `opsbook sessions list` 列出
session-store-several = { $wanted } 是多个会话 id 的开头：{ $ids }

# session/hand_over.rs
session-hand-over-unread = 无法读取 { $path }：{ $cause }
session-hand-over-other-form = { $path } 不是本版本的交接文件（{ $why }）；用 `opsbook sessions hand-over` 生成
session-hand-over-altered = { $path } 被改动：{ $what }；不要据此继续，请对方用 `opsbook sessions hand-over` 重新生成
session-hand-over-wrong-hash = 内容与哈希不符
session-hand-over-empty = 其中的日志为空
session-hand-over-no-chain = 其中的日志不是完整的链
session-hand-over-one-line = 不足两行
session-hand-over-is = 格式为 { $format }
session-hand-over-third-line = 多出第三行
session-files-there-are-folders-beside-journal-already = 会话日志旁已有 { $most } 个 { $name } 目录
