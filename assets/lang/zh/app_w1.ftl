# What app/update says

# app/update/actions.rs
app-update-actions-theme = 主题 { $name }
app-update-actions-nothing-said = 还没有消息
app-update-actions-said = 最近的消息，时间为 UTC
app-update-actions-what-to-do = 做什么
app-update-actions-leave = 退出；`opsbook sessions resume last` 从这里继续
app-update-actions-not-done = 未完成：{ $walks }
app-update-actions-stop = 停止任务并退出
app-update-actions-no-object = 光标处没有对象
app-update-actions-note = 备注
app-update-actions-tasks-stop = 有 { $tasks } 个任务在运行：将有序停止，已完成的保持不变

# several files of app/update
app-update-stay = 不退出
app-update-noted = 已记下
app-update-already-so = 已经如此：{ $words }
app-update-checking = 正在检查权限，等待服务端 dry run…
app-update-same-as = 等同于：{ $kubectl }

# app/update/board.rs
app-update-board-none = 此 runbook 没有逐项执行的步骤，或其列表尚未读取

# app/update/confirm.rs
app-update-confirm-not-proved = { $words }，但步骤的验证尚不成立
app-update-confirm-proof-unknown = { $words }；其验证结果未知：{ $why }
app-update-confirm-no-plan-yet = 计划尚未生成
app-update-confirm-reading = 正在读取，{ $read }/{ $all }…
app-update-confirm-can-be-planned = { $op } 的计划可以生成了：请重新发起
app-update-confirm-no-longer-possible = 已不可行：{ $refusal }
app-update-confirm-opened-by-itself = 此窗口刚刚自动打开：先看完，再按 y
app-update-confirm-reading-first = 正在读取，{ $read }/{ $all }…；读完后再按 y
app-update-confirm-step-closed = 此计划的步骤已不能执行
app-update-confirm-open-again = 重新打开其 runbook
app-update-confirm-other-elements = 要处理的各项已有变化
app-update-confirm-anew = { $why }；这是按现状生成的计划：请重新看一遍
app-update-confirm-step-gone = 该步骤已不再执行：请重新查看列表
app-update-confirm-nothing-to-undo = 本次会话没有可撤销的变更
app-update-confirm-no-way-back = 无法撤销 { $title }：{ $why }

# app/update/copy.rs
app-update-copy-nothing = 这里没有可复制的内容
app-update-copy-what = 复制什么？
app-update-copy-hidden = 未复制（{ $what }）：含有屏幕不显示的字符
app-update-copy-too-long = 未复制（{ $what }）：共 { $long } 字节，剪贴板一次最多 { $most } 字节
app-update-copy-sent = 已发送到终端剪贴板：{ $what }，{ $characters } 个字符{ $lines ->
    [0] {""}
    [1] {""}
   *[other] ，{ $lines } 行
}

# app/update/debug.rs
app-update-debug-left-over = 遗留 { $pods } 个调试 Pod
app-update-debug-left-over-where = { $title }：:pods，-l opsbook.dev/debug=node
app-update-debug-somebody-at-work = 由 opsbook 创建；每个在其节点上都有 root 权限。可能还有人在使用。
app-update-debug-pod = {"  "}{ $pod } 在 { $node } 上：{ $phase }
app-update-debug-pod-made = {"  "}{ $pod } 在 { $node } 上：{ $phase }，创建于 { $age } 前
app-update-debug-more = {"  "}另有 { $pods } 个
app-update-debug-to-delete = 要删除：输入 :pods，移到该 Pod，按 o，选择 { $operation }。
app-update-debug-of-this-session = 本次会话有 { $pods } 个调试 Pod：{ $names }
app-update-debug-delete = 删除本次会话创建的 Pod，然后退出
app-update-debug-keep = 保留：每个到时自动结束
app-update-debug-not-deleted = 未删除 { $pod }：{ $why }

# app/update/details.rs
app-update-details-gone = { $key } 不在集群中（或已删除）
app-update-details-plan = { $title }  计划 { $digest }
app-update-details-asks = 条件：{ $expression }
app-update-details-may = { $mark } 权限 { $access } { $reason }
app-update-details-refused = ✖ 服务端会拒绝：{ $why }
app-update-details-kept-by = ▲ 由其他方管理，可能被改回：{ $who }
app-update-details-dry-run = { $at } 的 dry run：
app-update-details-proof = 验证：{ $proof }
app-update-details-evict = {"  "}驱逐 { $pod }（{ $workload }）
app-update-details-leave = {"  "}保留 { $pod }（{ $why }）
app-update-details-to-accept = 需确认：{ $question }
app-update-details-not-known = 未知：{ $why }
app-update-details-nothing-press-enter = 没有阻碍：按 enter
app-update-details-nothing = 没有阻碍
app-update-details-what-blocks = { $title }：阻碍因素

# app/update/dialog.rs
app-update-dialog-read-first = 这就是要确认的内容：先看完，再确认
app-update-dialog-not-seen = 下面还有 { $lines } 行没有看到：先看完，再回答

# app/update/each.rs
app-update-each-no-plan = 没有可生成的计划
app-update-each-risk = 风险为 { $risk }：需单独确认
app-update-each-question = 需单独确认：{ $question }
app-update-each-peer = 需要第二人同意：需单独确认
app-update-each-only = 只有 { $element }
app-update-each-all = 这 { $count } 项，一次确认
app-update-each-some = 这 { $all } 项中的 { $count } 项，一次确认
app-update-not-now = 暂不
app-update-each-which = 对哪些执行
app-update-each-which-reading = 对哪些执行？正在读取，{ $read }/{ $all }…
app-update-each-changed = 批准之后已有变化
app-update-each-asks-for-itself = { $element } 需单独确认：{ $why }

# app/update/engine.rs
app-update-engine-no-value = 按 shift-p 填写，或按 s 跳过步骤

# app/update/explore.rs
app-update-explore-no-owner = { $key } 没有可显示的控制器
app-update-explore-by-name = 命名空间和名称
app-update-explore-sorted = 排序：{ $by }
app-update-explore-no-row = { $key }：这里没有行，未执行
app-update-explore-no-row-selected = { $key }：没有选中行，未执行

# app/update/find.rs
app-update-find-from-top = 已从头继续
app-update-find-from-end = 已从末尾继续
app-update-find-no-text = 这里没有可搜索的文本；shift-l 搜索 runbook
app-update-find-none = 此文本中没有 `{ $text }`；esc 结束搜索

# app/update/form.rs
app-update-form-plan-it = 生成计划
app-update-form-no-choices = 此计划没有可选项
app-update-form-yes = 是
app-update-form-no = 否

# app/update/keys.rs
app-update-keys-how-to-leave = 按 q 或 ctrl-c 退出 opsbook

# app/update/library.rs
app-update-library-of-a-finding = 检测到的问题指向此处
app-update-library-facts = { $risk } · { $api ->
    [needed] 需要 API
   *[other] 不需要 API
} · { $steps } 个步骤{ $hosts ->
    [needed] {" · 需要登录主机"}
   *[other] {""}
}
app-update-library-symptom = 现象：{ $symptom }

# app/update/lock.rs
app-update-lock-disarmed = 生产环境恢复只读；正在执行的继续
app-update-lock-not-production = 此 context 不是生产环境：无需解锁
app-update-lock-expired = 解锁时间已到：{ $context } 恢复只读；shift-a 重新解锁
app-update-lock-clock-set-back = 时钟被拨回：生产环境恢复只读；shift-a 重新解锁
app-update-lock-type-name = 生产环境：输入 { $context }，允许变更 { $minutes }m
app-update-lock-wrong-name = 输入的不是 { $context }：生产环境保持只读
app-update-lock-armed = { $context } 已解锁 { $minutes } 分钟，可以变更；shift-a 结束

# app/update/logs.rs
app-update-logs-no-log = { $kind } 没有日志
app-update-logs-started-again = { $container } 已重新启动
app-update-logs-joined = { $container } 已加入
app-update-logs-too-many = 容器过多：略去 { $left } 份日志，只读取 { $read } 份
app-update-logs-ends-here = 日志到此结束
app-update-logs-ends-here-of = { $container } 的日志到此结束
app-update-logs-broke-off = 日志中断；将继续读取
app-update-logs-broke-off-of = { $container } 的日志中断；将继续读取
app-update-logs-is-gone = { $container } 已清除
app-update-logs-still = 仍然如此：{ $why }
app-update-logs-read-on = { $why }；将继续读取
app-update-logs-one-container = 只有一个容器
app-update-logs-in-pods = 在 { $pods } 个 Pod 中
app-update-logs-all-containers = 所有容器
app-update-logs-which-container = 哪个容器的日志？

# app/update/mend.rs
app-update-mend-wait-again = 按原时限再等一次
app-update-run-again = 重新执行，生成新计划
app-update-mend-take-back = 撤销：{ $op }
app-update-mend-take-back-step = 撤销：步骤 { $step }
app-update-mend-next-one = 继续下一项：跳过这一项，须写明原因
app-update-mend-skip = 跳过，须写明原因
app-update-mend-give-up = 放弃 { $element }：跳过其余所有步骤，须写明原因
app-update-mend-stop = 到此为止：跳过尚未开始的各项
app-update-mend-leave = 保持现状；继续观察
app-update-mend-not-in-time = 超时：{ $seen }
app-update-mend-regressed = 不再成立：现在验证不通过
app-update-mend-runs = 正在执行；按 c 正常取消，之后可以撤销
app-update-mend-nothing-ran = 此步骤尚未执行，没有可撤销的
app-update-mend-not-done = 此步骤没有做
app-update-mend-no-rollback = 此步骤没有写回退方式；u 撤销最近的变更
app-update-mend-no-way-back = 没有回退方式：{ $reason }
app-update-mend-not-planned = 无法生成回退计划：{ $why }

# app/update/mod.rs
app-update-credential-plugin = 凭据插件 { $plugin } 在等待，提示：{ $said }
app-update-ended-applied = { $title }：已执行
app-update-ended-done = { $title }：完成：{ $words }
app-update-ended-cancelled = { $title }：已取消：{ $words }
app-update-ended-failed = { $title }：失败：{ $words }
app-update-ended-unknown = { $title }：结果未知，须先核实：{ $words }
app-update-lasts-until = 持续到 { $until }；按 c 立即撤销
app-update-clock-differs = 本机时钟比 API Server { $skew }：时间和时长以服务端为准
app-update-no-api = 该地址没有 Kubernetes API
app-update-forbidden = 没有权限
app-update-live = 实时
app-update-logging-in = 登录中 { $age }，{ $plugin }
app-update-unreachable-nothing-seen = 断连 { $age }，尚未读到数据
app-update-unreachable = 断连 { $age }，显示 { $shown } 的数据
app-update-loading = 加载中 { $rows }
app-update-polled = { $age } 前读取，每 { $every } s 一次
app-update-stale = 已过时 { $age }

# app/update/operations.rs
app-update-operations-what-to-do = { $key }：做什么
app-update-operations-token-until = 有效期至 { $until }，到期自动失效。持有者以此 ServiceAccount 的身份操作。
app-update-operations-token-once = 仅显示这一次：不记录，opsbook 也不保存。取走后关闭此窗口。
app-update-operations-token = { $object } 的令牌
app-update-operations-token-later = 离开此窗格后显示 { $object } 的令牌
app-update-operations-which-container = { $key }：哪个容器？
app-update-operations-optional = { $name }：{ $doc }（留空则不设置）
app-update-operations-leave-out = 不设置
app-update-operations-required = { $op } 必须填写此项
app-update-operations-no-number = { $text } 不是整数
app-update-operations-no-port = { $text } 不是端口：应为 1 到 65535
app-update-operations-no-quantity = { $text } 不是 512Mi 这样的数量
app-update-operations-no-json = 不是 JSON：{ $fault }

# app/update/overlays.rs
app-update-overlays-done-on-host = 已在主机上手工执行
app-update-overlays-needs-host = 需要登录主机
app-update-overlays-skip-needs-reason = 跳过步骤须写明原因
app-update-overlays-give-up-needs-reason = 须写明原因：看记录的人会问
app-update-overlays-themes = 主题：{ $themes }
app-update-overlays-no-command = `{ $kind }` 既不是命令也不是 kind：{ $kinds }

# app/update/params.rs
app-update-params-reading = { $label }？正在读取 { $objects }…
app-update-params-none = 此 runbook 没有参数
app-update-params-in-use = 已有计划按这些值执行；要用其他值，请重新打开此 runbook
app-update-params-for-step = 步骤 { $step } 需要：{ $label }：{ $value }
app-update-params-not-given = 未填写
app-update-params-which = { $label }？
app-update-params-begin = 开始
app-update-params-title = 参数

# app/update/peer.rs
app-update-peer-asked = 已请第二人同意：{ $file }
app-update-peer-used = 此批准已用过
app-update-peer-other-plan = 此批准属于另一个计划
app-update-peer-step-closed = { $title }：其步骤已不能执行

# app/update/pick.rs
app-update-pick-take = 选定 { $count } 项：{ $values }
app-update-pick-all = 全部 { $count } 项
app-update-pick-several = { $label }？（可多选）

# app/update/resume.rs
app-update-resume-goes-on = 会话 { $id } 继续
app-update-resume-practice-anew = 练习集群已重新开始，之前的变更不复存在

# app/update/retry.rs
app-update-retry-given-up = 不再重试：{ $why }
app-update-retry-ready = { $title }：新计划已就绪；在其步骤上按 enter 再次确认

# app/update/runbook.rs
app-update-runbook-reading = 正在读取 runbook；读完后打开 { $id }
app-update-runbook-none = 没有 runbook { $id }；shift-l 搜索
app-update-runbook-absent = { $absent }；shift-l 搜索
app-update-runbook-no-parameter = { $id } 没有参数 { $name }；可用的有：{ $known }
app-update-runbook-no-parameters = 无
app-update-runbook-all-done = 所有步骤已完成；x 导出会话
app-update-runbook-runs = 正在执行；按 c 正常取消
app-update-runbook-proving = 已执行；等待集群显示结果
app-update-runbook-stopped = runbook 到此结束：检查不成立；n 查看后续步骤
app-update-runbook-go-on-at = 转到步骤 { $step }
app-update-runbook-open = 打开 { $id }
app-update-runbook-end-here = 到此结束
app-update-go-on = 继续
app-update-runbook-stay = 留在此步骤
app-update-runbook-not-known = 未知：{ $why }；按 s 跳过此步骤，须写明原因

# app/update/running.rs
app-update-running-begun = { $title } 正在执行；! 查看任务
app-update-running-no-further-attempt = 不再重试；enter 重新执行
app-update-running-nothing = 这里没有正在执行的任务
app-update-running-stopping = { $title }：正在停止，不再发送新请求
app-update-running-stopping-script = { $title }：正在停止

# app/update/script.rs
app-update-script-proof-stopped = 已停止验证此步骤的脚本；enter 重新执行
app-update-script-proof-again = 重新执行验证此步骤的脚本
app-update-script-begins = `{ $script }` 开始执行
app-update-script-stopped = 已停止
app-update-script-ended = 退出码 0

# app/update/session.rs
app-update-session-note = 记录 { $record } 的备注
app-update-session-export = 会话导出为
app-update-session-no-place = 此记录不涉及步骤或对象
app-update-session-no-step = 打开的 runbook 中没有步骤 { $step }

# app/update/tasks.rs
app-update-tasks-began = 开始于 { $at }
app-update-tasks-ended = { $at } 结束：{ $words }

# app/update/terminal.rs
app-update-terminal-begun = { $title } 有自己的终端：在任务（!）中按 enter 打开
app-update-terminal-goes-on = { $title } 在后台继续；在任务（!）中按 enter 打开

# app/update/waits.rs
app-update-waits-why = 为什么不再等待

# app/update/walk.rs
app-update-walk-skipped = 已跳过：{ $words }
app-update-walk-after-all = 仍然执行
app-update-walk-answered = 已选择：{ $words }
app-update-walk-answer-again = 重新选择
app-update-walk-next-open = 继续下一个未完成的步骤
app-update-walk-done-by-hand = 已手工执行
app-update-walk-values-again = 重新填写
app-update-walk-recorded = 已记录：{ $values }
app-update-walk-skip = 跳过
app-update-walk-ran-it = 已在主机上手工执行，并且成功
app-update-walk-needs-host = 需要登录主机，此 opsbook 做不到
app-update-walk-why-given-up = 为什么不再处理 { $element }
app-update-walk-not-open = 此步骤不能跳过：已结束或正在执行
app-update-walk-why-skipped = 为什么跳过

# app/update/walks.rs
app-update-walks-none = 没有其他正在执行的 runbook；shift-l 搜索
app-update-walks-title = 正在执行的 runbook
app-update-walks-line = { $runbook } { $values }  { $done }/{ $all } · { $step }
app-update-actions-language = 语言：{ $name }
app-update-overlays-languages = 可用的语言：{ $languages }
