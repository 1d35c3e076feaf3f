# 走向
walk-not-on-the-way = { $step } 的选择不经过此步骤
walk-done = ✔ runbook 已完成；按 x 导出会话
walk-no-steps = 该 runbook 没有步骤
walk-stop = 停止：{ $why }
walk-stopped = 已停止：{ $why }
walk-ended-but-regressed = 所有步骤都已结束，但 { $title } 的验证不再成立
walk-still-open = 步骤 { $number }（{ $title }）尚未完成：之前被越过
walk-leads-back = 由步骤 { $step } 返回
walk-again-after-all = 仍要运行
walk-again-waits = 重新计时
walk-again-answered = 重新选择
walk-again-run = 重新运行
walk-again-step-answered = 步骤 { $step } 重新选择
walk-way-back-absent = 没有作为回退方式的步骤 { $step }
walk-way-back-under-way = 步骤 { $step } 已在进行
walk-way-back-of = 用于撤销步骤 { $step }
walk-way-back-here = 回退方式是步骤 { $step }；按 enter 运行
walk-taken-back = 已撤销：{ $by }
walk-taken-back-said = ✔ { $words }；按 enter 重新运行该步骤，按 s 跳过
walk-own-time = 到期
walk-time-was-over = 超时：{ $words }
walk-cancelled = 已取消：{ $words }
walk-attempt-follows = 步骤 { $step }：即将进行第 { $attempt } 次尝试，共 { $most } 次
walk-condition-not-read = 该条件没有读取
walk-expression-not-read = 该表达式没有读取
walk-output-cut = … 前面 { $lines } 行已截断

# 步骤当前的状态
walk-judge-looked-at = 已查看
walk-judge-waiting = 等待中：{ $words }
walk-judge-not-yet = 尚未满足：{ $words }
walk-judge-not-so = 不成立：{ $words }
walk-judge-said = { $said }（{ $text }）
walk-judge-is = { $source } 为 { $value }
walk-judge-ask = { $question }（集群显示 { $value }）
walk-judge-holds-for = 已保持 { $since } s，共需 { $wanted } s：{ $words }
walk-judge-opens = 打开 { $runbook }
walk-judge-nothing-ran = 没有运行任何内容
walk-judge-nothing-in-list = 该步骤对应的列表为空；按 s 跳过
walk-judge-nothing-in-list-of-steps = 这些步骤对应的列表为空；按 s 跳过
walk-judge-newer = `{ $kind }` 需要更新版本的 opsbook
walk-judge-no-step = 没有步骤 { $step }
walk-judge-left-out = 该步骤针对参数 `{ $name }` 的每一项，但该参数没有值：按 shift-p 填写，按 s 跳过
walk-judge-terminal = 需要终端的脚本只能在本机运行：改用 `kubectl exec -it`；按 s 跳过
walk-peer-nobody = 该步骤需要第二人同意：在 config.toml 的 [four-eyes] 下写 me = "NAME"，并把可同意的人写入同目录的 approvers 文件；按 s 跳过

# 列表与先后次序
walk-lanes-no-list = { $list } 不是列表：{ $value }
walk-lanes-same = { $list } 中有两项显示相同：{ $element }
walk-lanes-too-many = { $list } 有 { $count } 项，最多 { $most } 项
walk-lanes-refused = { $list } 中有一项{ $why }：{ $element }
walk-lanes-no-plain = { $list } 中有一项不是普通值：{ $element }
walk-lanes-skip = { $why }；按 s 跳过
walk-lanes-nothing-given = 步骤 { $step } 没有给出 `{ $field }`；按 s 跳过
walk-lanes-known-later = 步骤 { $step } 完成后才知道列表
walk-turns-after-others = 在前面的步骤之后
walk-turns-failed-first = 先处理 { $element }：重新运行、跳过或在此停止
walk-turns-one-by-one = 逐个进行：先完成 { $element }
walk-turns-busy = 已有 { $busy } 个在进行，不能再多
walk-turns-wave = { $element } 完成后才开始这一批
walk-turns-stopped-after = 在 { $element } 之后停止
walk-turns-stopped-list-after = { $step } 在 { $element } 之后停止

# 集群的情况
walk-watch-proved = 已验证
walk-watch-after-its-time = { $words }（超时之后）
walk-watch-offer = ✔ { $seen }：在该步骤按 enter 运行 { $op }
walk-watch-too-long = 步骤 { $step }：{ $title } 超过步骤允许的时间
walk-watch-stopping = { $title }：超时，正在停止，不再发送新请求
walk-watch-read-then-enter = ✔ { $words }；查看输出，再按 enter
walk-watch-by-step = 由步骤 { $step }
walk-watch-late = ✖ { $title }：未按时完成：{ $seen }；按 enter 查看可做的操作
walk-watch-holds-again = 重新成立
walk-watch-title-holds-again = { $title }：重新成立
walk-watch-regressed = { $title }：验证不再成立
walk-term-minutes = { $minutes } min
walk-term-hours = { $hours } h { $minutes } min
walk-term-holds = 成立：{ $words }
walk-term-unknown = 未知：{ $why }
walk-term-script-ended = 验证脚本以 0 结束

# 步骤记录的值
walk-capture-too-long = `{ $name }` 没有保存：脚本输出超过一个值的上限
walk-capture-no-json = `{ $name }` 不是 JSON：{ $error }
walk-picked-not-read = 没有读取可选的值
walk-picked-none-now = 集群中目前没有
walk-picked-no-list = 可选的值不是列表
walk-picked-needs-value = 需要一个值
walk-picked-it-is = 该值{ $why }
walk-picked-not-among = 没有 `{ $text }`；可选：{ $known }
walk-picked-not-among-more = 没有 `{ $text }`；可选：{ $known }，另有 { $more } 个

# 第一步之前
walk-word-trust = 信任
walk-word-broken = 损坏
walk-word-host = 主机
walk-word-newer = 新版
walk-word-peer = 第二人
walk-word-rights = 权限
walk-preflight-host-access = 需要主机访问
walk-preflight-peer = 需要第二人同意
walk-preflight-peers = ▲ 需要第二人同意的步骤：{ $numbers }
walk-preflight-refused = ✖ { $all } 个步骤中有 { $count } 个会被拒绝：{ $each }
walk-preflight-reworded = ▲ 批准之后文字有改动，步骤没有改动
walk-preflight-step = ▲ 步骤 { $number }（{ $step }）：{ $why }
walk-preflight-no-api = ✖ API Server 没有响应，而该 runbook 需要
walk-preflight-needs-more = ✖ 该 runbook 还需要权限：{ $denied }
walk-preflight-may-not = 没有权限：{ $access }
walk-preflight-may-not-because = 没有权限：{ $access }（{ $reason }）
walk-preflight-reach = ▲ 需要 opsbook 没有的访问方式：{ $reach }
walk-preflight-programs = ✖ 本机 PATH 中没有所需程序：{ $programs }
walk-preflight-tools = ▲ 需要以下工具，没有检查是否存在：{ $tools }
walk-preflight-version-later = ▲ 需要 { $name } { $wanted }；执行第一步时读取版本
walk-preflight-version-unknown = ▲ 需要 { $name } { $wanted }；无法读取版本
walk-fits-other-distribution = 适用于 { $wanted }，该集群是 { $found }
walk-fits-unknown-distribution = 适用于 { $wanted }；无法判断该集群的发行版
walk-fits-needs-opsbook = 该 runbook 需要 opsbook { $wanted }，当前为 { $version }：换用该版本，或手工执行
walk-fits-other-version = ✖ 适用于 Kubernetes { $wanted }，该集群为 { $version }
walk-fits-unknown-version = ▲ 适用于 Kubernetes { $wanted }；无法判断 { $version } 是否符合

# 继续会话
walk-resume-outdated = 在内容改动之前完成（{ $words }）
walk-resume-practice = 之前在练习集群上完成，该集群已不存在
walk-resume-none-open = 没有未完成的请求
walk-resume-unanswered = 已发送但没有响应：{ $open }
walk-resume-was-running = opsbook 结束时 { $title } 正在运行；已接受 { $accepted } 个请求；{ $open }
walk-resume-not-proved = { $title } 已执行，没有看到验证结果

# 脚本
walk-script-no-session = 会话正在开始
walk-script-moment = 稍等片刻
walk-script-proof = `{ $script }` 以 0 结束
walk-script-step = 步骤 { $step }
walk-script-host = 需要主机访问
walk-script-host-instead = 手工执行，或跳过
walk-script-value-first = 先填写值
walk-script-no-pod = `{ $path }` 不是 NAMESPACE/POD
walk-script-no-pod-instead = 写出 Pod 及其 namespace
walk-script-no-container = Pod { $pod } 没有容器 { $container }
walk-script-containers = 现有：{ $known }
walk-script-none-seen = 没有看到 Pod { $pod } 的任何容器
walk-script-none-seen-instead = 等到有容器
walk-script-not-running = Pod { $pod } 的容器 { $container } 没有运行
walk-script-not-running-instead = 等到运行，或选择其他 Pod
walk-script-no-answer = 验证脚本尚无结果
walk-script-steers = 有参数对应变量 { $name }，该变量会影响 shell 本身
walk-script-steers-instead = 在 runbook 中改名
walk-script-twice = 两个参数对应同一变量 { $name }
walk-script-twice-instead = 在 runbook 中给其中一个改名
walk-script-nul = { $name } 含有 NUL 字符
walk-script-nul-instead = 换一个值

# src/walk/needed.rs
walk-not-needed = 不需要：{ $words }
walk-leads-here = { $step } 转到这里
walk-turns-ahead =
    { $count ->
        [one] 前面还有一步未完成：{ $number } { $title }
       *[other] 前面还有 { $count } 步未完成，第一步是 { $number } { $title }
    }
walk-and-more = 另外 { $more } 个
walk-about-nothing = 集群中没有 { $kind } { $object }；按 shift-p 另选一个
