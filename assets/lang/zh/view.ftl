
# view/overlays.rs
view-overlays-kind-nodes-pods-shop-ns-name = {"   "}类型（nodes、pods shop）、ns 名称、rb ID、theme 名称、lang ID、q
view-overlays-text-text-l-key-value-enter = {"   "}文本、!文本、-l 键=值；enter 保留，esc 清除
view-overlays-enter-keeps-it-esc-gives-it = {"   "}{ $count }；enter 保留，esc 放弃
view-overlays-text-shift-l-searches-runbooks = {"   "}文本；shift-l 搜索 runbook
view-overlays-enter-or-esc = {"   "}enter 或 esc
view-overlays-of = { $visible }/{ $rows }
view-overlays-there-is-none-in-cluster-now = 集群中目前没有
view-overlays-nothing-fits = 没有匹配项
view-overlays-esc-closes = esc 关闭

# view/frame.rs
view-frame-opsbook-no-cluster-yet = {" "}opsbook ▸ 尚未选择集群
view-frame-context-without-name = 未命名的 context
view-frame-all-namespaces = 所有命名空间
view-frame-practice = 练习
view-frame-servers = API Server 时间
view-frame-your-clock-is = 本机时钟{ $span }{ $words }
view-frame-production-read-only = 生产环境 只读
view-frame-production-armed = 生产环境 已解锁 { $until }
view-frame-runbook = { $word } runbook
view-frame-running = { $running } 个执行中
view-frame-session = 会话 { $now }
view-frame-clock = 时钟 { $ahead }{ $span }
view-frame-reads-all = {" "}{ $key } 查看全文

# view/screens/explorer.rs
view-screens-explorer-in = ，{ $names }
view-screens-explorer-about = ，关于 { $about }
view-screens-explorer-only-warnings = ，仅警告
view-screens-explorer-of-grouped = { $place }/{ $rows }，{ $objects } 个{ $what }已合并
view-screens-explorer-of-in-this-group = 此组中 { $place }/{ $rows }
view-screens-explorer-of = { $place }/{ $rows }

# view/screens/pane.rs
view-screens-pane-live = 实时：{ $title }
view-screens-pane-it-is-not-in-cluster-any = 集群中没有（或已不存在）
view-screens-pane-nothing-was-written-yet = 尚无输出
view-screens-pane-it-wrote-nothing = 没有输出
view-screens-pane-only = ，仅 { $only }
view-screens-pane-not-asked-yet = { $plural }：尚未请求
view-screens-pane-loading = 正在加载 { $n } 个 { $plural }…
view-screens-pane-no-answer = { $plural }：没有应答：{ $why }
view-screens-pane-you-may-not-here-try-namespace = 在此无权 { $verb } { $plural }；用 :ns 名称 换到有权限的命名空间
view-screens-pane-you-may-not-ask-for-that = 无权 { $verb } { $plural }；请申请该权限，或换一个 context
view-screens-pane-this-cluster-does-not-serve = 该集群不提供 { $plural }
view-screens-pane-you-may-not-list-in-those = 在 { $hidden } 中无权 list { $plural }；只显示 { $only } 中的
view-screens-pane-none-that-fit-filter = 没有符合过滤条件的对象
view-screens-pane-more = …另有 { $left } 行

# view/screens/tasks.rs
view-screens-tasks-running = { $running } 个执行中
view-screens-tasks-older-are-in-session = 更早的 { $dropped } 个见会话
view-screens-tasks-nothing-ran-in-this-session-yet = 本次会话尚未执行任务。
view-screens-tasks-running-2 = 已执行 { $now }
view-screens-tasks-applied-not-shown-by-cluster-yet = 已应用，集群尚未体现
view-screens-tasks-done-after = { $at } 后完成
view-screens-tasks-unknown-verify-first = 未知，请先核实
view-screens-tasks-of = {"  "}{ $done }/{ $total }
view-screens-tasks-not-in-time-waiting = 未按时完成，已等待 { $began }
view-screens-tasks-waiting-gives-up-in = 已等待 { $began }，{ $left } 后放弃
view-screens-tasks-waiting = 已等待 { $began }

# view/screens/board.rs
view-screens-board-done-under-way-failed-not-begun = { $done } 已完成 · { $under_way } 进行中 · { $failed } 失败 · { $not_begun } 未开始
view-screens-board-not-in-time = 未按时完成：{ $seen }
view-screens-board-approved-waits-for-its-turn = 已批准，等待轮到
view-screens-board-waits-for-you = 等待你处理
view-screens-board-to-do = 待执行
view-screens-board-applied-not-shown-by-cluster-yet = 已应用，集群尚未体现

# view/screens/contexts.rs
view-screens-contexts-of = { $rows }/{ $rows2 }
view-screens-contexts-which-cluster = 选择集群
view-screens-contexts-no-context-fits-what-was-typed = 没有 context 匹配输入内容。
view-screens-contexts-production-opens-read-only = 生产环境，以只读方式打开
view-screens-contexts-this-one = 此 context
view-screens-contexts-not-opened = 未打开

# view/screens/triage.rs
view-screens-triage-in = { $only } 中的 { $name } { $good }/{ $all }{" "}
view-screens-triage-1-kind-of-warnings-in-5 = 5 分钟内 1 类警告
view-screens-triage-kinds-of-warnings-in-5-min = 5 分钟内 { $warnings } 类警告
view-screens-triage-goal = {"   "}目标：{ $goal }
view-screens-triage-findings-symptoms-folded = 问题 { $findings }（已折叠 { $hidden } 个现象）
view-screens-triage-findings = 问题 { $findings }
view-screens-triage-young-for-more = 观察期还剩 { $until }
view-screens-triage-pods-on-it = 影响 { $pods } 个 Pod
view-screens-triage-pods = { $pods } 个 Pod
view-screens-triage-symptoms = { $symptoms } 个现象
view-screens-triage-no-other-replica = { $alone } 个没有其他副本
view-screens-triage-it-says-nothing = 没有输出
view-screens-triage-waiting-for-credential-plugin-since-ctrl = 等待凭据插件 { $plugin }，已 { $age }：{ $said }。ctrl-r 重新启动；runbook 可用：按 /
view-screens-triage-cluster-does-not-answer-what-was = 集群没有应答：{ $why }。之前看到的内容保留在屏幕上；runbook 可用：按 /
view-screens-triage-nothing-is-wrong-that-detector-knows = ✔ 没有检测到问题。按 / 搜索 runbook，按 : 浏览资源。
view-screens-triage-nothing-found-so-far = 目前没有检测到问题。
view-screens-triage-why = 依据：{ $row }
view-screens-triage-what-to-do = 处理方法
view-screens-triage-search-runbook-with-or-look-around = 按 / 搜索 runbook，或用 :nodes 查看集群
view-screens-triage-no-runbook-for-this-yet-enter = 目前没有对应的 runbook。enter 打开该 { $kind }，e 查看事件，/ 搜索 runbook。
view-screens-triage-not-there-yet = 尚未编写

# view/screens/library.rs
view-screens-library-of = { $hits }/{ $books }
view-screens-library-search-runbooks = 搜索 runbook
view-screens-library-type-symptom-alert-error-text = 输入症状、告警名称或错误文本
view-screens-library-no-runbook-for-this-yet-mentioned = 目前没有对应的 runbook；提到它的有
view-screens-library-no-runbook-for-this-yet-try = 目前没有对应的 runbook：换个说法，或输入告警名称
view-screens-library-read-as = { $typed }：按 { $read } 搜索
view-screens-library-in-no-runbook = { $typed }：没有 runbook 提到
view-screens-library-mentioned-in = 提到的位置：{ $field }：

# view/screens/detail.rs
view-screens-detail-not-followed = 未跟踪
view-screens-detail-another-one-of-this-name = 同名的另一个对象
view-screens-detail-it-is-not-in-cluster-any = 集群中没有（或已不存在）

# view/screens/session.rs
view-screens-session-session-times-in-utc = 会话 { $id }（时间为 UTC）
view-screens-session-nothing-is-recorded-yet-session-begins = 尚无记录：会话从第一个动作开始。
view-screens-session-nothing-is-marked-as-important-f = 没有标为重要的记录；按 f 显示全部记录。
view-screens-session-nothing-went-wrong-f-shows-all = 没有失败记录；按 f 显示全部记录。
view-screens-session-undo-latest-first = 撤销，最近的在前
view-screens-session-no-way-back = 无法撤销：{ $why }

# view/screens/logs.rs
view-screens-logs-older-dropped = ，已丢弃更早的 { $dropped } 行
view-screens-logs-as-it-was = 当时内容
view-screens-logs-times-in-utc = { $follows }，时间为 UTC
view-screens-logs-ended = 已结束，{ $follows }
view-screens-logs-containers = { $all } 个容器，{ $follows }
view-screens-logs-of-containers = { $left }/{ $all } 个容器，{ $follows }
view-screens-logs-waiting-for-its-first-line = 等待第一行…
view-screens-logs-no-lines-yet = 尚无日志

# view/screens/runbook.rs
view-screens-runbook-no-runbook-is-open-press-shift = 没有打开的 runbook；按 shift-l 搜索
view-screens-runbook-steps = 步骤 { $done }/{ $all }
view-screens-runbook-undo = 撤销：{ $op }（{ $title }）
view-screens-runbook-no-way-back = 无法撤销：{ $title }
view-screens-runbook-reading-of = 已读取 { $read }/{ $all }… ·{" "}
view-screens-runbook-of = 第 { $number } 个，共 { $count } 个 { $element } · { $reading }{ $title }

# view, single words
view-screens-pane-live-2 = 实时
view-screens-pane-more-pgdn = 更多 ↓ pgdn
view-screens-pane-more-2 = 更多 ↓
view-screens-pane-none = 无
view-screens-tasks-tasks = 任务
view-screens-tasks-stopping = 正在停止
view-screens-tasks-cancelled = 已取消
view-screens-tasks-failed = 失败
view-screens-board-waiting = 等待中
view-screens-board-running = 执行中
view-screens-contexts-none = 无
view-screens-detail-live = 实时
view-screens-detail-stale = 已过期
view-screens-detail-gone = 已清除
view-screens-help-help = 帮助

# view/screens: titles of several
view-screens-step-title = { $kind }：{ $name }
view-screens-library-field = { $field }：
view-screens-runbook-text = 正文
