# What many forms say
record-labelled = { $name }：{ $value }
record-list = { $list }、{ $thing }
record-clauses = { $first }；{ $then }
record-its-own-time = 到期
record-nothing-changed = 没有做任何变更。
record-not-taken-back = 未撤销
record-more-fields = 另有 { $fields } 个字段

# record/account.rs
record-proved-at = { $at } 验证通过
record-not-proved = 未验证
record-no-longer-at = { $at } 起不再成立：{ $words }
record-over-at = { $at } 有意结束，由于：{ $by }
record-undone-at = { $at } 已撤销：{ $by }
record-was-for-a-while = 只生效一段时间，已到期
record-it-is-so = 成立
record-does-not-hold = 不成立
record-step-title = { $step }（{ $title }）
record-walk = { $title }（{ $runbook }）
record-not-reached = 未走到
record-not-needed = 此路径不需要
record-told-entered = 已开始，未结束
record-told-outdated = 按旧文本做过，新文本未做
record-told-proved = 验证通过：{ $words }
record-told-said = 由操作者确认：{ $words }
record-told-skipped = 已跳过：{ $words }
record-told-stopped = 不成立，到此停止：{ $words }
record-told-undone = { $at } 已撤销：{ $by }，之后未重做
record-told-undone-before = { $at } 已撤销：{ $by }。撤销前：{ $how }
record-told-operator-answered = 操作者选择：{ $chosen }
record-told-cluster-answered = 集群给出：{ $chosen }
record-told-operator-chose = 集群给出 { $value }，操作者选择：{ $chosen }
record-question = 问题
record-that-is = 含义
record-outcome-resolved = 已解决：runbook 于 { $proved } 验证通过
record-outcome-resolved-gone = 已解决：runbook 于 { $proved } 验证通过，问题于 { $gone } 消失
record-outcome-not-gone = 无法判断：runbook 于 { $proved } 验证通过，但没有记录问题已消失
record-outcome-not-proved = 无法判断：问题于 { $gone } 消失，但 runbook 未验证
record-outcome-stopped = 未解决：停在步骤 `{ $step }`：{ $words }
record-outcome-no-runbook = 无法判断：没有执行 runbook
record-outcome-not-walked = 无法判断：runbook 没有执行到最后的验证
record-outcome-verify = { $said }；另有 { $changes } 个变更须先核实

# record/clean.rs, record/texts.rs
record-not-read-clean = 交接来的一条记录含有控制终端的字符，去除后无法读取
record-values-hidden = 参数中有屏幕不显示的字符
record-values-secret = 参数是机密，日志中不保存机密

# record/export.rs
record-session = 会话
record-cluster = 集群
record-api-server = API Server
record-operator = 操作者
record-from = 开始
record-to = 结束
record-recorded-by = 记录程序
record-runbook = Runbook
record-outcome = 结果
record-cut = 导出前已隐去
record-practice = { $context }（练习）
record-known-as = { $user }，API Server 认作 { $identity }
record-way-back = 回退方式 { $way }
record-no-way-back = 无法回退，{ $why }
record-end-not-recorded = 结果未知：须先核实
record-end-done = 完成
record-end-cancelled = 已取消
record-end-failed = 失败
record-end-unknown = 结果未知，须先核实
record-holds = 成立，{ $condition }
record-with-condition = { $words }（{ $condition }）
record-timeline = 时间线（UTC）
record-finding-of = 问题：{ $title }
record-steps = 步骤
record-step = 步骤
record-how-it-ended = 结果
record-operations = 操作
record-operation = { $change }——{ $ended }；{ $proof }
record-operation-back = { $change }，撤销了：{ $back }——{ $ended }；{ $proof }
record-same-as-inside = 等同于
record-agreed = { $by } 已同意，密钥 { $key }
record-no-value = （无）

# record/format.rs
record-format-markdown = Markdown，用于工单
record-format-json = JSON，供程序读取
record-format-html = HTML，单个文件，可阅读、发送、打印

# record/html.rs
record-html-kind = 会话记录
record-html-written = 由 opsbook { $version } 生成。时间均为 UTC。
record-html-contents = 目录
record-html-timeline = 时间线
record-html-found-at = 发现于 { $at }
record-html-no-finding = 本次会话不是由检测到的问题开始的。
record-html-counted = 数量变化
record-html-plot = { $name }：最多 { $most }，最终 { $last }
record-html-no-runbook = 没有打开 runbook。
record-html-of-step = 步骤 { $step }
record-html-second-person = 第二人：{ $by }，密钥 { $key }
record-html-takes-back = 撤销了
record-html-before-and-after = 变更前后（按服务端试运行）
record-html-not-there = 原来没有
record-html-taken-out = 已移除
record-html-notes = 备注
record-html-about = （针对{ $record }）
record-html-record = 记录 { $record }
record-html-important = 重要
record-findings = 问题
record-same-as = 等同于

# record/plot.rs
record-counted-nodes = NotReady 节点
record-counted-pods = { $title }：剩余 Pod
record-counted-objects = { $title }：剩余对象

# record/post_mortem.rs
record-post-mortem = 故障复盘：{ $title }
record-draft = 草稿。事实来自会话日志；其后各节由人填写。
record-draft-facts = 事实（由会话 { $session } 的日志生成）
record-draft-end-of-facts = 自动生成的事实到此为止。
record-draft-summary = 摘要
record-draft-summary-what = 用三句话告诉不在场的人：发生了什么？
record-draft-impact = 影响
record-draft-impact-who = 谁受到影响，什么不能用，从何时到何时？
record-draft-impact-could = 还可能发生什么而没有发生？
record-draft-cause = 根本原因
record-draft-cause-what = 是什么使故障成为可能？不追究是谁。
record-draft-cause-why = 为什么没有更早发现？
record-draft-cause-else = 还有什么出于同一原因？
record-draft-well = 做得好的
record-draft-well-which = 哪条检测、哪个 runbook、哪项验证或哪位同事起了作用？
record-draft-well-stay = 什么应当保持不变？
record-draft-badly = 做得不好的
record-draft-badly-time = 时间耗在哪里？哪些步骤被跳过或推翻，为什么？
record-draft-badly-luck = 哪里靠的是运气？
record-draft-actions = 改进项
record-draft-actions-what = 做什么，谁负责，何时完成？每项一行；预防优先于提醒。
record-draft-action = 改进项
record-draft-who = 负责人
record-draft-until = 期限
record-times = 时间
record-times-moment = 时刻
record-times-when = 时间
record-times-after = 间隔
record-time-opened = 打开检测到的问题
record-time-changed = 第一个变更开始
record-time-change-proved = 最后一个变更验证通过
record-time-runbook-proved = runbook 验证通过
record-time-gone = 问题消失
record-time-ended = 会话结束
record-finding-at = 问题：{ $title }（{ $subject }）
record-decided = 选择与填写的内容
record-changes = 变更
record-change = { $change }：{ $ended }；{ $proof }（{ $command }）
record-change-back = { $change }，撤销了：{ $back }：{ $ended }；{ $proof }（{ $command }）
record-what-failed = 失败之处
record-marked-and-notes = 重要标记与备注

# record/state.rs
record-other-server = 会话 { $session } 属于 { $was }（context { $before }），而 context { $context } 是 { $server }：会话中做过的事在那里都不成立；用 --context 选择 { $was } 的 context，或不用 `sessions resume`，另开新会话
record-other-cluster = 会话 { $session } 属于 uid 为 { $was } 的集群，而 { $server } 现在指向 uid 为 { $now } 的集群：会话中做过的事在那里都不成立；检查隧道或 kubeconfig 中的地址，或不用 `sessions resume`，另开新会话

# record/timeline.rs
record-evidence-since = { $field }：{ $value }（{ $since }）
record-verify-first = 结果未知，须先核实：{ $title }（{ $command }）
record-accepted-number = 服务端已接受：{ $number }
record-sent-no-answer = 已发送，没有收到答复的记录：{ $object }
record-started = { $user } 在集群 { $context } 上工作
record-started-practice = { $user } 在练习集群 { $context } 上工作
record-resumed = { $user } 继续本会话
record-ended = 结束：{ $words }
record-opened = 打开 { $runbook }
record-rewritten = { $runbook } 的文本已改动
record-rewritten-anew = 须重做
record-rewritten-gone = 已不存在
record-finding = 问题：{ $title }
record-found-gone = 问题已消失：{ $subject } 上不再检测到
record-found-back = 问题再次出现：{ $subject }
record-step-entered = 步骤 { $step }
record-step-proved = 步骤 { $step }：{ $words }
record-step-said = 步骤 { $step }（由操作者确认）：{ $words }
record-step-stopped = 步骤 { $step } 不成立，到此停止：{ $words }
record-step-skipped = 跳过步骤 { $step }：{ $words }
record-step-overdue = 步骤 { $step } 超时：{ $words }
record-step-reopened = 重新打开步骤 { $step }：{ $words }
record-decided-operator = { $step }：操作者选择 { $chosen }
record-decided-override = { $step }：推翻：集群给出 { $value }，操作者选择 { $chosen }
record-bound = 中途填写：{ $name } = { $value }
record-note-on = 针对记录 { $record }：{ $text }
record-pinned = 记录 { $record } 标为重要
record-unpinned = 记录 { $record } 取消标记
record-armed = 生产环境开放变更 { $minutes } 分钟
record-disarmed = 生产环境恢复只读
record-identity = API Server 将操作者认作 { $user }
record-cluster-uid = 集群的 uid 是 { $uid }
record-taken-over = 接续 { $user } 的会话 { $session }，共 { $records } 条记录
record-previewed = 试运行显示改动 { $fields } 个字段
record-plan = 计划 { $digest }
record-plan-read-as = 计划 { $digest }，批准时为 { $read }
record-agreed-to = { $by } 同意计划 { $digest }，密钥 { $key }
record-sending = { $verb } { $object }：正在发送
record-accepted = { $verb } { $object }：已接受
record-unanswered = { $verb } { $object }：没有答复，可能已经执行：{ $why }
record-marked = { $object } 已标记删除；失联的 kubelet 无法确认
record-left = { $object } 已清除
record-taken-back = 已按计划撤销
record-walk-number = 第 { $walk } 个 runbook
record-over-itself = 已到期：不再跟踪
record-over = 先前的变更已有意结束：不再跟踪
record-applied = 已执行：{ $words }
record-cancelled = 已取消：{ $words }
record-failed = 失败：{ $words }
record-unknown = 结果未知，须先核实：{ $words }
record-checked = 验证：{ $words }
record-proved = 验证通过：{ $words }
record-regressed = 不再成立：{ $words }

# record, of evidence
record-done-at = { $at } 正常结束；集群无法给出更多验证
record-told-done = 已完成：{ $words }
record-saved-beside = 已保存在会话日志旁
record-saved = 已保存 { $file }  { $bytes } 字节  sha256 { $sha256 }
record-done = 正常结束：{ $words }
