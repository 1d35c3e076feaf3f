
# app/help.rs
app-help-in-text = 在文本中按 /
app-help-searches = 在其中查找；shift-l 搜索 runbook
app-help-copies-by-osc-52-terminal-must = 通过 OSC 52 复制：终端必须允许；在 tmux 中需设置 set-clipboard 或 allow-passthrough
app-help-healthy-done-proved-by-cluster = 健康、已完成、集群已验证
app-help-needs-attention = 需要关注
app-help-broken-refused-failed = 故障、被拒绝、失败
app-help-not-known-never-taken-for-healthy = 未知：绝不视为健康
app-help-skipped-or-passed-over-by-decision = 已跳过，或因选择而不需要
app-help-it-only-says-so-nothing-is = 仅供参考：没有问题
app-help-present-step-and-steps-to-come = 当前步骤和后续步骤
app-help-running-and-applied-but-not-proved = 执行中；已应用但尚未验证
app-help-reads-only-one-reversible-change-enter = 只读；一个可撤销的变更：Enter
app-help-moves-or-restarts-one-workload-or = 移动或重启一个工作负载或节点：y
app-help-can-degrade-cluster-type-its-name = 可能影响整个集群：输入集群名称
app-help-can-lose-data-type-objects-name = 可能丢失数据：输入对象名称

# app/find.rs
app-find-of = 第 { $at } 处，共 { $matches } 处{ $around }
app-find-not-found = 未找到

# app/bar.rs
app-bar-same-as = 等同于：
app-bar-p-shows-rest = … 按 p 查看其余内容
app-bar-runbook-ends-here = ✖ runbook 到此结束
app-bar-ended-on-purpose-by-not-watched = 已由 { $by } 有意结束：不再跟踪
app-bar-no-longer-true-proof-does-not = ✖ 已失效：当前无法通过验证
app-bar-enter-shows-what-can-be-done = 按 enter 查看可选处理：重新执行、撤销
app-bar-attempt-follows-in-c-gives-it = { $left } 后进行第 { $attempts } 次尝试；按 c 放弃
app-bar-enter-runs-step-again = ✖ { $why }；按 enter 重新执行该步骤
app-bar-verify-first = ? 请先核实：{ $why }
app-bar-taken-back = 已撤销
app-bar-ago = { $now } 前{ $what }
app-bar-shown-for-of-s = { $ago }；已持续 { $held } 秒，共需 { $all } 秒：{ $seen }
app-bar-waiting-for-proof-left = { $ago }；等待验证，剩余 { $left }：{ $seen }
app-bar-not-shown-in-time = ✖ { $ago }，未按时通过验证：{ $seen }
app-bar-still-watched-enter-shows-what-can = 仍在跟踪；按 enter 查看可选处理：重新执行、撤销、跳过
app-bar-of-running = { $bar }  { $done }/{ $total }   已执行 { $elapsed }
app-bar-running = 已执行 { $elapsed }
app-bar-opens-its-terminal = 按 ⏎ 打开其终端
app-bar-stopping-no-new-requests = 正在停止：不再发送新请求
app-bar-c-cancel-safe-no-new-requests = 按 c 取消（安全：不再发送新请求，已完成的保持不变）
app-bar-stopping-asked-to-end-and-ended = 正在停止：已请求结束，数秒后强制结束
app-bar-c-stops-script-with-all-that = 按 c 停止脚本及其启动的全部进程；已做的变更保持不变
app-bar-already-so-enter-accepts-it = ✔ 已经如此：{ $words }；按 enter 接受
app-bar-making-plan = 正在生成计划…
app-bar-not-in-time = 未按时完成；{ $late }
app-bar-gives-up-in-it-turns-green = { $left } 后放弃；满足时自动变绿
app-bar-enter-shows-where-that-leads = 按 enter 查看后续去向
app-bar-watching-for-it-turns-green-by = 已观察 { $since }；满足时自动变绿
app-bar-not-known = ? 未知：{ $why }
app-bar-enter-chooses = 按 enter 选择
app-bar-needs-host-access-which-this-opsbook = 需要登录主机，当前 opsbook 尚不支持
app-bar-enter-say-that-you-ran-it = 按 enter：声明已手工执行，或跳过
app-bar-look-at-live-panes-enter-goes = 查看实时窗格；按 enter 继续
app-bar-cluster-says = ✔ 集群给出 { $words }  { $hint }
app-bar-enter-accepts-it-p-chooses-another = 按 enter 接受；按 p 选择其他情况
app-bar-holds = ✔ 成立：{ $words }
app-bar-enter-goes-on = 按 enter 继续
app-bar-enter-it-is-done-practice-cluster = 完成后按 enter（练习集群会代为执行）
app-bar-enter-when-it-is-done = 完成后按 enter
app-bar-do-this-yourself-as-text-says = 请按正文手工执行
app-bar-will = 将执行：{ $summary }
app-bar-server-was-not-asked = { $why }；未向 API Server 发送请求
app-bar-checking-access-and-servers-dry-run = 正在检查权限和服务器试运行…
app-bar-needs = {"   "}需要：{ $rights } ✔
app-bar-undo = 撤销方式：{ $op }
app-bar-undo-2 = 撤销方式：{ $op }（{ $note }）
app-bar-no-way-back = 无法撤销：{ $why }

# app/hints.rs
app-hints-ends-search = 结束查找
app-hints-another-case = 其他情况
app-hints-what-can-be-done = 可选处理
app-hints-its-terminal = 其终端
app-hints-after-all-or-on = 仍要执行，或继续
app-hints-answer-again-or-on = 重新回答，或继续
app-hints-seen-next = 已查看，下一步
app-hints-where-it-leads = 后续去向
app-hints-show-plan = 显示计划
app-hints-by-hand-or-skip = 手工执行，或跳过

# app/sight.rs
app-sight-this-came-on-screen-just-now = 内容刚刚出现：请先阅读，再按一次
app-sight-key-that-is-held-down-answers = 按住不放的键不算应答：松开一秒，阅读后再按一次

# app/texts.rs
app-texts-cannot-be-shown-as-yaml = 无法以 YAML 显示：{ $e }
app-texts-is-not-in-cluster-any-more = 集群中没有（或已不存在）{ $key }

# app/peer.rs
app-peer-to-be-signed-plan = 待签名：计划 { $digest }
app-peer-writing-request-to-second-person = 正在生成给第二人的请求…
app-peer-request-is-in-second-person-runs = 请求在 { $file } 中。请第二人用该文件或其中那一行执行 `opsbook approve`。把答复（{ $APPROVAL }…）粘贴到此处，或写入 { $file }.approval
app-peer-agreed-until = ✔ { $by } 已同意，有效至 { $until }   { $key }
app-peer-checking-answer = 正在核对答复…
app-peer-second-person = ✖ 第二人：{ $why }
app-peer-second-person-paste-here-until = 第二人：请在 { $until } 之前把 { $APPROVAL }… 粘贴到此处

# app/mod.rs
app-cut-off-in-middle-nothing-is = 中途被切断；不会自动重复执行
app-session-goes-on = 会话 { $id } 继续

# app/dialog.rs
app-dialog-more = ▲ 上面还有 { $start } 行
app-dialog-more-2 = 下面还有 { $below } 行 ▼
app-dialog-none = 无：{ $trim_start_matches }
app-dialog-is-not-done = 不执行 { $element }：{ $why }
app-dialog-i-accept = 我接受：{ $question }{ $key }
app-dialog-and-as-its-proof = 并以此验证：
app-dialog-same-as = 等同于：{ $kubectl }
app-dialog-way-back = 回退方式：{ $way }。
app-dialog-title = 在 { $context } 上{ $title }？
app-dialog-title-back = 撤销：在 { $context } 上{ $title }？
app-dialog-title-several = 在 { $context } 上{ $title }，以及另外 { $more } 项？
app-details-bound = 绑定到 uid 为 { $uid } 的对象
app-dialog-checking-access-and-servers-dry-run = 正在检查权限和服务器试运行…
app-dialog-kept-by-others-who-may-put = ▲ 由其他管理者维护，可能被改回：{ $who }
app-dialog-others-are-checked-with-server-in = 其余的轮到时再由服务器检查；一个失败即停止后续。
app-dialog-shift-allows-changes-then-this-can = 按 shift-a 允许变更后即可执行      esc 暂不执行
app-dialog-esc-closes-it = 按 esc 关闭
app-dialog-y-run-all-one-after-other =
    { $order ->
        [waves] 按 y 分批执行全部 { $others } 个      esc 暂不执行
        [parallel] 按 y 并行执行全部 { $others } 个（按 runbook 的上限）      esc 暂不执行
       *[one] 按 y 依次执行全部 { $others } 个      esc 暂不执行
    }
app-dialog-y-run-esc-not-now = 按 y 执行      esc 暂不执行
app-dialog-clusters-name = 集群名称
app-dialog-type-and-press-enter = { $pointer }输入{ $name }后按 enter：{ $typed }

# app/steps.rs
app-steps-of = { $element } { $ended }/{ $steps }{ $came }
app-steps-not-needed = { $first } 不需要
app-steps-not-needed-2 = { $first }-{ $last } 不需要

# app/walks.rs
app-walks-and-more = ，另有 { $more } 个
app-walks-session-step-of-kept-opsbook-sessions = 会话 { $id }（{ $runbook }，第 { $step } 步，共 { $all } 步{ $more }）已保留：opsbook sessions resume last

# app/diff.rs
app-diff-kept-by = {"   "}（由 { $who } 维护）
app-diff-and-more-fields = {"    "}… 另有 { $here } 个字段

# app/screens/timeline.rs
app-screens-timeline-marked-as-important = 标为重要

# app/screens/terminal.rs
app-screens-terminal-typed-before-this-was-in-sight = 画面出现之前输入的内容：未发送
app-screens-terminal-on-this-machine = {" "}本机
app-screens-terminal-any-key-closes = { $words } · 按任意键关闭 · { $place }
app-screens-terminal-end-it = 结束
app-screens-terminal-give-it-up = 放弃
app-screens-terminal-keep-it-in-background = 转入后台
app-screens-terminal-is-being-ended = { $place }：正在结束
app-screens-terminal-back = { $place }：回看 { $back } 行

# app/copy.rs
app-copy-script = 脚本
app-copy-command = 命令
app-copy-finding = 问题
app-copy-id = ID
app-copy-what-it-says = 其内容
app-copy-name = 名称
app-copy-record = 记录
app-copy-namespace = 命名空间
app-copy-what-is-to-be-done = 待办内容
app-copy-line-that-was-found = 找到的行
app-copy-text-in-sight = 可见文本
app-copy-all-of-text = 全部文本
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
app-update-checking = 正在检查权限，等待服务端试运行…
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
app-update-details-dry-run = { $at } 的试运行：
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
app-update-overlays-nothing-fits = 没有与 `{ $choose }` 匹配的项
app-update-walk-another-one-type-it = 其他值：手工输入
app-update-walk-nothing-to-choose-from-type-it = 没有可选项（{ $why }）：请手工输入

# app/hints.rs, single words
app-hints-choose = 选择
app-hints-accept = 接受“{ $words }”
app-hints-next = 下一步
app-hints-run = 执行
app-hints-done = 完成
app-screens-terminal-leave = 离开
app-screens-terminal-forward = 向后

# src/app/fill.rs
app-fill-not-written = （尚未编写）
app-update-overlays-choose-one = 请用方向键选择一个答案，或输入其中几个字
app-update-walk-title-asks = { $title }？
app-update-walk-choices-reading = 正在读取可选项，请再按一次 Enter
app-update-dialog-press-y = 请按 y 回答，enter 不起作用
