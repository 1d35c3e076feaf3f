# cli/approve.rs
cli-approve-no-key = 找不到密钥：用 --key FILE 指定，或在 config.toml 的 [four-eyes] 下写 `key`
cli-approve-no-terminal = `opsbook approve` 需要终端：批准之前必须先看内容
cli-approve-left = 未批准
cli-approve-give = 把这一行交给 { $by }，或放在请求旁边，文件名为 FILE.approval：
cli-approve-unread = 无法读取 { $file }：{ $why }；请给出请求所在的文件，或那一行（{ $request }...）
cli-approve-can-run = 有了你的签名（{ $key }），{ $by } 可以执行这一个计划，仅一次。
cli-approve-ask-them = 以上是对方的 opsbook 给出的内容；与你看到的不一致时，先问对方。
cli-approve-type = 输入 { $yes } 签名，输入其他内容则不签：

# cli/check.rs
cli-check-absent = 无法检查 { $path }：没有这个文件或目录
cli-check-unread = 无法读取 { $path }：{ $why }
cli-check-here = 这里
cli-check-count-runbooks = { $files } 个 runbook，{ $errors } 个错误，{ $warnings } 个警告
cli-check-count-scenarios = { $files } 个场景，{ $errors } 个错误，{ $warnings } 个警告

# cli/check_data.rs
cli-check-data-absent = { $path } 不存在
cli-check-data-error = 错误：{ $what }
cli-check-data-themes = { $themes } 个主题，{ $errors } 个错误
cli-check-data-config = { $rules } 条 context 规则，0 个错误
cli-check-data-no-key = 警告：没有按键对应 `{ $name }`；可用命令面板
cli-check-data-keys = { $errors } 个错误

# cli/complete.rs
cli-complete-none = 没有 { $name } 的补全
cli-complete-latest = 最近一次

# cli/config.rs
cli-config-not-own = { $path } 不可信：{ $why }
cli-config-unread = 无法读取 { $path }：{ $why }；修正文件权限，或移走该文件
cli-config-wrong =
    { $path }：{ $why }
    请修正（docs/safety.md 中有示例），或移走该文件

# cli/contexts.rs
cli-contexts-row = {"  "}{ $name }  集群 { $cluster }  { $server }  命名空间 { $namespace }{ $mark }
cli-contexts-production = {"  "}生产
cli-contexts-why = { $why }：
cli-contexts-say-which = 用 --context NAME 指定

# cli/man.rs
cli-man-absent = 没有命令 `{ $words }`；`opsbook --help` 列出所有命令
cli-man-no-folder = 无法创建目录 { $folder }：{ $why }
cli-man-unwritten = 无法写入 { $path }：{ $why }
cli-man-pages = { $pages } 页已写入 { $folder }；阅读方法：man -l { $first }
cli-man-see-also = 所有命令共有的选项、环境变量和文件见 { $opsbook }。
cli-man-head-name = 名称
cli-man-head-synopsis = 用法
cli-man-head-description = 说明
cli-man-head-options = 选项
cli-man-head-commands = 子命令
cli-man-head-exit = 退出码
cli-man-head-environment = 环境变量
cli-man-head-files = 文件
cli-man-head-see-also = 另见

# cli/mistake.rs
cli-mistake-unknown-argument = 错误：没有选项 { $arg }
cli-mistake-unknown-command = 错误：没有命令 { $command }
cli-mistake-no-value = 错误：{ $arg } 需要一个值
cli-mistake-value-of = 错误：{ $value } 不是 { $arg } 的值；可用的有 { $known }
cli-mistake-value = 错误：{ $value } 不是 { $arg } 的值
cli-mistake-missing = 错误：必须给出 { $arg }
cli-mistake-conflict = 错误：{ $arg } 与 { $other } 不能同时给出
cli-mistake-no-equals = 错误：{ $arg } 的值要写在等号后面
cli-mistake-no-command = 错误：请指定命令：{ $known }
cli-mistake-close = 是否要写 { $known }？
cli-mistake-help = 详见 --help

# cli/ops.rs
cli-ops-guard = {"    "}检查：{ $guard }
cli-ops-undo = {"    "}撤销：{ $undo }
cli-ops-optional = { $doc }（可选）

# cli/papers.rs
cli-papers-exit-done = 已完成，结果符合要求
cli-papers-exit-not-well = 已完成，但结果不正常（有问题、文件有错误、记录被改动、未通过验证），或未能做完
cli-papers-exit-asked = 什么都没做，需要修改命令行：有不认识的词或选项，或指定的文件、目录、context、场景、runbook、会话、主题或语言不存在
cli-papers-exit-unknown = 未知：集群没有响应，或部分内容没有响应
cli-papers-env-kubeconfig = kubeconfig 文件，读取方式与 kubectl 相同
cli-papers-env-theme = 主题，未给出 --theme 时使用
cli-papers-env-lang = 语言，未给出 --lang 时使用；两者都没有时依次看 LC_ALL、LC_MESSAGES 和 LANG
cli-papers-env-log = 设置后，程序在后台做的事写入状态目录中的 opsbook.log
cli-papers-env-proxy = 通往 API Server 的代理，与 kubectl 相同
cli-papers-env-no-color = 设为任意值则不用颜色
cli-papers-file-runbooks = 自己的 runbook 和练习场景（NAME.scenario.yaml）
cli-papers-file-config = 哪些 context 是生产环境，以及在双人复核中你是谁
cli-papers-file-sources = 固定在某个提交上的 runbook git 目录，以及为其签名的密钥
cli-papers-file-approvers = 谁可以作为第二人同意你的计划
cli-papers-file-themes = 自己的主题
cli-papers-file-keys = 自己的按键
cli-papers-file-sessions = 会话日志
cli-papers-file-trust = 你批准过的 runbook
cli-papers-file-cache = 随时可以删除的内容
cli-papers-exit = 退出码
cli-papers-environment = 环境变量
cli-papers-files = 文件
cli-papers-head = { $title }：

# cli/picture.rs
cli-picture-absent = 没有 { $screen } 的图片；可用的有 { $known }

# cli/practice.rs
cli-practice-goal = {"    "}目标：{ $goal }
cli-practice-runbook = {"    "}runbook：{ $runbook }
cli-practice-unwritten = 无法写入 { $file }：{ $why }
cli-practice-serves = { $id } 已在 http://{ $address } 上运行；kubectl --kubeconfig { $file } get nodes
cli-practice-serves-here = # { $id } 已在 http://{ $address } 上运行

# cli/rehearse.rs
cli-rehearse-no-scenario = { $id } 没有指定练习场景，无法演练；在 front matter 中指定（`scenario: ID`），或用 --scenario
cli-rehearse-row = { $mark } { $runbook }，场景 { $scenario }：{ $why }
cli-rehearse-no-folder = 无法为演练创建目录：{ $why }
cli-rehearse-late = { $seconds } 秒内未通过验证；{ $why }
cli-rehearse-no-practice = 演练需要练习集群
cli-rehearse-early-finding = 注入故障之前就有问题：{ $title }
cli-rehearse-injected = 故障已注入，还没有检测项指向这里
cli-rehearse-found = 问题已检测到
cli-rehearse-other-runbook = 在问题上按回车打开了另一个 runbook
cli-rehearse-proved = 所有步骤已结束，检测项不再报告问题
cli-rehearse-still-found = 最后一步已通过验证，但仍有问题：{ $findings }
cli-rehearse-unproved = 最后一步未通过验证
cli-rehearse-ending-proved = 已验证
cli-rehearse-ending-recorded = 已记录
cli-rehearse-ending-ran = 已执行
cli-rehearse-ending-stopped = 已停止
cli-rehearse-ending-skipped = 已跳过
cli-rehearse-ending-failed = 失败
cli-rehearse-ending-taken-back = 已撤销
cli-rehearse-ending-unknown = 未知
cli-rehearse-ending-running = 执行中
cli-rehearse-ending-proving = 验证中
cli-rehearse-ending-open = 未执行

# cli/resume.rs
cli-resume-bad-id = 交接文件中有一个 runbook 的 id 是 { $id }，这不是 id
cli-resume-unwritten = 无法写入 { $path }：{ $why }

# cli/run.rs
cli-run-no-home = 没有主目录（HOME），也无法另建目录：{ $why }；请设置 HOME
cli-run-homeless = 没有主目录（HOME）：不读取任何配置和批准，会话保存在 { $folder }
cli-run-core-dump = 本程序可能产生 core dump：{ $why }
cli-run-dumpable = 你的其他程序可以读取本程序的内存：{ $why }
cli-run-no-folder = 不是目录；请指定文件所在的目录
cli-run-absent-folder = { $why }；请创建该目录，或去掉该选项
cli-run-runbooks = --runbooks { $folder }：{ $why }
cli-run-kubeconfig = --kubeconfig { $file }：{ $why }；请指定存在的文件，或去掉该选项
cli-run-no-theme = 没有主题 `{ $theme }`（--theme 或 OPSBOOK_THEME）；可用的有 { $known }。
cli-run-no-theme-meant = 没有主题 `{ $theme }`（--theme 或 OPSBOOK_THEME）；可用的有 { $known }。{ $guess }
cli-run-no-kind = opsbook 不监视 `{ $name }` 这种对象；可用的有：{ $known }

# cli/search.rs
cli-search-none = 还没有相关的 runbook：{ $text }
cli-search-read-as = {"    "}`{ $typed }` 按 `{ $meant }` 理解
cli-search-nowhere = {"    "}没有 runbook 提到 `{ $typed }`
cli-search-mentioned = 以下 runbook 中提到：

# cli/sessions.rs
cli-sessions-no-hand-over = 不是交接文件
cli-sessions-make-hand-over = { $name }：{ $why }；同事可用 `opsbook sessions hand-over` 生成
cli-sessions-altered = ✖ 第 { $line } 行与前一行接不上：这两行之一被改动过
cli-sessions-nothing-cut = 没有遮盖任何内容
cli-sessions-cut = 已遮盖：{ $cut }
cli-sessions-handed-over = { $events } 条记录和 { $runbooks } 个 runbook 已写入 { $file }；{ $cut }
cli-sessions-open-with = 同事打开的方法：opsbook sessions resume { $file }
cli-sessions-unwritten = 无法写入 { $path }：{ $why }
cli-sessions-cut-secrets = 已遮盖疑似机密的内容：{ $cut }
cli-sessions-from = 始于 { $date }，时间为 UTC
cli-sessions-none = { $folder } 中没有会话
cli-sessions-head-started = 开始 (UTC)
cli-sessions-head-session = 会话
cli-sessions-head-state = 状态
cli-sessions-head-cluster = 集群
cli-sessions-practice = 练习 { $cluster }
cli-sessions-whole = ✔ { $records } 条记录，链完整
cli-sessions-no-end =
    ✔ { $records } 条记录，链完整
    ▲ 没有结束的记录：会话还在运行、已崩溃，或末尾被截掉，从这里无法判断
cli-sessions-tail-cut = ▲ { $records } 条完整的记录；最后一行不完整，像是崩溃造成的
cli-sessions-other-hash = ✖ 内容与应有的哈希不符：被改动过
cli-sessions-open-step = · 步骤 { $name } 没有结束

# cli/show.rs
cli-show-risk = 风险：{ $risk }
cli-show-eta = 约 { $eta }
cli-show-owner = 负责人：{ $owner }
cli-show-not-runnable = 不可执行：{ $why }
cli-show-param = {"  "}${ $name }
cli-show-param-needed = {"  "}${ $name }（必填）
cli-show-step = -- { $name }（{ $kind }）
cli-show-step-risk = -- { $name }（{ $kind }，风险：{ $risk }）
cli-show-step-not-runnable = {"   "}! 不可执行：{ $why }

# cli/triage.rs
cli-triage-unknown = 未知：{ $why }
cli-triage-unknown-row = ? 未知  { $what }
cli-triage-critical = ✖ 严重
cli-triage-warning = ▲ 警告
cli-triage-notice = · 提示
cli-triage-no-answer = { $server } 没有响应：{ $why }
cli-triage-young = {"  "}刚出现，{ $span } 内可能自行恢复
cli-triage-no-runbook = {"    "}还没有 runbook
cli-triage-skew = ! 本机时钟比 API Server { $span }：这里的时间以服务器为准
cli-triage-polled = ! 有些对象只能列出，不能监视：{ $age } 前读取，每 { $every } 秒读取一次
cli-triage-healthy = ✔ 检测项没有发现问题

# cli/trusted.rs
cli-trusted-older = 由旧版 opsbook 批准，旧版的批准没有覆盖每个字节；请重新批准
cli-trusted-no-terminal = `opsbook trust approve` 需要终端：批准之前必须先看内容
cli-trusted-at = { $folder }，提交 { $commit }
cli-trusted-built-in = 内置
cli-trusted-differs = {"  "}不同之处：{ $parts }
cli-trusted-all-built-in = 所有 runbook 都是内置的
cli-trusted-not-approved = { $id } 没有被批准；`opsbook trust list` 列出已批准的 runbook
cli-trusted-revoked = { $id } 的批准已撤销：其中的内容不再执行
cli-trusted-needs-none = { $id } 是{ $tier } runbook，不需要批准
cli-trusted-as-it-is = { $id } 的当前内容已批准
cli-trusted-cannot-run = { $id } 本来就无法执行：{ $why }；`opsbook check runbooks` 会显示原因
cli-trusted-hash = { $id }，来自 { $place }，哈希 { $hash }
cli-trusted-read-again = { $why }：请全部重新阅读
cli-trusted-read-it = 请阅读。批准的内容可能更改你的集群，并在本机执行脚本。
cli-trusted-type = 输入 { $id } 批准，输入其他内容则保持原样：
cli-trusted-left = 未批准
cli-trusted-approved = 已批准
cli-trusted-moved = 步骤顺序有变：请全部重新阅读
cli-trusted-part-same = {"  "}{ $part }：与批准时相同
cli-trusted-part-moved = 与批准时相同，但位置有变：{ $part }
cli-trusted-part-new = 新增 { $part }
cli-trusted-part-gone = 删除 { $part }
cli-trusted-part-changed = 有变 { $part }
cli-trusted-hidden = {"    "}（这一行有屏幕上看不到的字符）
cli-trusted-line-end = {"    "}（这一行的末尾是{ $end }）
cli-trusted-blanks = { $blanks } 个空格

# cli/tui.rs
cli-tui-no-terminal = 全屏程序的输入和输出都需要终端；`opsbook triage` 可直接打印当前的问题
cli-tui-own-wrong = 你的主题或按键有 { $errors } 个错误；用 `opsbook check themes` 和 `check keys` 查看
cli-tui-offer = 练习集群在 opsbook 内部运行，不需要任何准备。场景：
cli-tui-which = 选择哪一个？[{ $first }，q 退出]{" "}

# cli/values.rs
cli-values-no-name = { $flag } { $text }：请写成 NAME={ $what }
cli-values-secret = 参数 { $name } 是机密，命令行内容会被他人看到：请用 --set-file { $name }=FILE，或用 --set-file { $name }=- 并从标准输入给出；两者都没有时程序会询问
cli-values-unread = --set-file { $name }：无法读取 { $file }：{ $why }；请指定不超过 1 MiB 的文本文件
cli-values-twice = --set-file：标准输入只能给出一个值；其余的请指定文件
cli-values-no-keys = 值来自标准输入，而后面没有可用于按键的终端：{ $why }；请用文件给出值
cli-values-standard-input = 标准输入

# cli/args.rs: commands
cli-help = 从告警到已验证的修复：Kubernetes 值班用的 runbook、实时视图和一键操作，都在一个终端里
cli-help-open = 打开一个 runbook，可给出参数
cli-help-explore = 打开资源浏览，查看一种对象
cli-help-triage = 检查一次当前有什么问题；退出码 0 健康，1 有问题，3 无法连接或未知
cli-help-search = 搜索 runbook；退出码 0 有相关的 runbook，1 还没有相关的 runbook
cli-help-show = 打印一个 runbook
cli-help-ops = 打印所有操作
cli-help-check = 检查数据：runbook、场景、主题、按键、配置
cli-help-check-runbooks = 内置的和自己的 runbook，或 PATH 下的 runbook
cli-help-check-scenarios = 自己的练习场景，或 PATH 下的场景：逐个读取、搭建并注入故障
cli-help-check-themes = 内置的和自己的主题，或 PATH 下的主题
cli-help-check-config = 自己的 config.toml，或 PATH 指定的文件
cli-help-check-keys = 内置的按键表，叠加自己的，或叠加 PATH 指定的
cli-help-rehearse = 在练习场景中演练 runbook，从故障到验证
cli-help-sessions = 会话记录
cli-help-sessions-list = 所有会话，最近的在前
cli-help-sessions-show = 一个会话的时间线
cli-help-sessions-export = 把会话导出为不含机密的文件，用于工单或阅读
cli-help-sessions-hand-over = 把会话写入一个文件，同事可据此继续
cli-help-sessions-post-mortem = 复盘草稿：会话中的事实，其余部分留待填写
cli-help-sessions-resume = 继续一个会话，或继续以文件交接的会话
cli-help-sessions-verify = 检查会话或交接文件的记录没有被改动；退出码 0 完整，1 被改动或无法读取
cli-help-trust = 谁为你的 runbook 担保：只执行内置、已签名或已批准的内容
cli-help-trust-list = 所有非内置的 runbook 及其信任级别
cli-help-trust-approve = 显示 runbook 会执行什么，以及批准之后的改动；输入确认后批准
cli-help-trust-revoke = 撤销批准
cli-help-approve = 作为第二人同意他人的计划：显示计划，询问，并以一行打印答复
cli-help-practice = 练习集群
cli-help-practice-list = 练习场景
cli-help-practice-serve = 在本机回环地址上运行练习集群，供 kubectl 等客户端使用
cli-help-picture = 以 SVG 打印一个画面：triage、library 或 runbook
cli-help-completions = 打印 shell 补全脚本，由 shell 向 opsbook 查询 runbook、场景、对象种类、主题和会话
cli-help-man = 打印 opsbook 或某个命令的手册页，或把所有手册页写入目录
cli-help-help = 打印本说明，或指定子命令的说明

# cli/args.rs: arguments
cli-arg-practice = 使用内置的练习集群，场景可按名字或文件给出（不给出时为 node-not-ready）
cli-arg-kubeconfig = kubeconfig 的路径
cli-arg-context = kubeconfig 中的 context
cli-arg-namespace = 要查看的命名空间，多个用逗号分隔；无权读取整个集群时也可使用
cli-arg-user = 模拟的用户
cli-arg-groups = 模拟的用户组，可重复
cli-arg-read-only = 不做任何更改：不能执行操作
cli-arg-theme = 主题：dark、light、high-contrast，或自己的主题
cli-arg-lang = 语言；不给出时由 locale 决定
cli-arg-lang-en = 英文
cli-arg-lang-zh = 中文
cli-arg-runbooks = 内置之外的 runbook 目录，可重复
cli-arg-output = 输出：text 或 json
cli-arg-open-id = runbook 的 id，或唯一的后半部分：`node-drain`
cli-arg-open-set = 参数 NAME=VALUE，可重复
cli-arg-open-set-file = NAME=FILE，参数值从文件读取，`-` 为标准输入；机密用这种方式给出。可重复
cli-arg-explore-kind = 对象种类，写法与 kubectl 相同：pods、po、deployments
cli-arg-explore-all-namespaces = 所有命名空间
cli-arg-triage-timeout = 等待集群响应的秒数
cli-arg-search-text = 要搜索的内容：词语、告警名、整条告警、一行日志
cli-arg-search-limit = 最多返回多少条
cli-arg-show-id = runbook 的 id，或唯一的后半部分：`node-drain`
cli-arg-check-path = 文件或目录
cli-arg-check-config-path = 文件
cli-arg-check-keys-path = 文件
cli-arg-rehearse-id = runbook 的 id，或唯一的后半部分
cli-arg-rehearse-all = 所有有场景的 runbook
cli-arg-rehearse-scenario = 不用 runbook 指定的场景，而用另一个：场景的 id 或文件
cli-arg-rehearse-timeout = 每个 runbook 最多用时（秒）
cli-arg-rehearse-jobs = 同时演练多少个
cli-arg-sessions-id = 会话的 id，或唯一的开头部分，或 `last`
cli-arg-sessions-export-format = 格式：markdown、html 或 json
cli-arg-sessions-export-output = 写入文件，而不是打印
cli-arg-sessions-hand-over-output = 写入的文件
cli-arg-sessions-post-mortem-output = 写入文件，而不是打印
cli-arg-sessions-resume-id = 会话的 id，或唯一的开头部分，或 `last`，或交接文件
cli-arg-sessions-verify-id = 会话的 id，或唯一的开头部分，或 `last`，或交接文件
cli-arg-trust-approve-id = runbook 的 id，或唯一的后半部分
cli-arg-trust-revoke-id = runbook 的完整 id
cli-arg-approve-request = 请求所在的文件，或那一行本身（opsbook-request:...）
cli-arg-approve-key = 私钥；私钥由 agent 保管时给出公钥
cli-arg-picture-screen = 画面：triage、library 或 runbook
cli-arg-picture-width = 列数
cli-arg-picture-height = 行数
cli-arg-completions-shell = 哪种 shell
cli-arg-man-command = 命令的各个词：`sessions export`
cli-arg-man-dir = 存放所有手册页的目录
cli-arg-practice-serve-scenario = 场景的 id（`opsbook practice list`），或自己的文件
cli-arg-practice-serve-port = 127.0.0.1 上的端口；0 表示任选空闲端口
cli-arg-practice-serve-write-kubeconfig = kubeconfig 写到哪里；不给出时打印
cli-arg-practice-serve-now = 让故障现在发生，而不是几分钟之前

# cli/args/help.rs
cli-clap-usage = 用法：
cli-clap-commands = 命令
cli-clap-arguments = 参数
cli-clap-options = 选项
cli-clap-shared = 全局选项
cli-clap-help = 打印说明
cli-clap-help-more = 打印说明（'--help' 更详细）
cli-clap-help-less = 打印说明（'-h' 为概要）
cli-clap-version = 打印版本
cli-clap-variable = （环境变量：{ $name }）
cli-clap-default = （默认：{ $values }）
cli-clap-values = （可选：{ $values }）
