# 检测项的标题和证据。标题以对象开头，后面通常是冒号和说明。

detect-titled = { $name }：{ $what }
detect-none = 无
detect-restarts-of-container = 该容器 { $restarts } 次
detect-container-image = { $name } · 镜像 { $image }
detect-deleted = 已删除，但未清除
detect-deleted-finalizers = 终结器未移除
detect-deleted-finalizers-or-pods = 终结器未移除，或其 Pod 未清除
detect-limited = 只能看到 { $namespaces } 中的 Pod
detect-event-times = { $message }（{ $times } 次）

# 证据的名称
detect-field-budget = PDB
detect-field-container = 容器
detect-field-deletion = 删除
detect-field-event = 事件 { $reason }
detect-field-finalizers = 终结器
detect-field-holder = 持有者
detect-field-init-container = Init 容器
detect-field-last-state = 上次状态
detect-field-last-words = 最后输出
detect-field-lease = Lease
detect-field-message = 消息
detect-field-network-plugin = 网络插件
detect-field-new-revision = 新版本
detect-field-newest-pod = 最新的 Pod
detect-field-node = 节点
detect-field-now = 当前
detect-field-one-replica = 单副本
detect-field-other-nodes = 其他节点
detect-field-other-nodes-of-zone = 可用区 { $zone } 的其他节点
detect-field-pod = Pod
detect-field-pods = Pod
detect-field-replicas = 副本
detect-field-restarts = 重启
detect-field-taint = 污点

# node-not-ready
detect-not-ready-title = 节点 NotReady
detect-not-ready-silent = 节点 { $node } 失联
detect-not-ready-found = 节点 { $node } NotReady
detect-not-ready-why = 节点 { $node } NotReady：{ $why }
detect-not-ready-network = 网络插件未就绪
detect-not-ready-runtime = 容器运行时无响应
detect-not-ready-credentials = 节点凭据被拒绝
detect-not-ready-alone = 无
detect-not-ready-not-zone = { $ready }/{ $all } Ready  → 不是可用区问题
detect-not-ready-more = { $ready }/{ $all } Ready  → 不止该节点
detect-not-ready-flaps = 节点 { $node } 在 Ready 与 NotReady 之间反复切换
detect-not-ready-flap-times = 15 分钟内 { $times } 次

# oom-killed
detect-oom-title = 一小时内有容器因内存不足被杀
detect-oom-found = { $pod } 内存不足，重启 { $restarts } 次
detect-oom-terminated = Terminated  OOMKilled  退出码 137
detect-oom-limit = { $name } · 内存上限 { $limit }

# cni-sandbox
detect-cni-title = 节点上的 Pod 无法获得网络
detect-cni-found = { $node }：Pod 无法获得网络
detect-cni-failures = { $times } 次，该节点上 { $pods } 个 Pod
detect-cni-agent-ready = { $pod } 就绪
detect-cni-agent-not-ready = { $pod } 未就绪

# crash-looping
detect-crash-title = 容器反复退出
detect-crash-found = { $pod } 反复退出，重启 { $restarts } 次
detect-crash-ended = 已退出
detect-crash-terminated = Terminated  { $reason }  退出码 { $code }

# rollout-stuck
detect-rollout-title = 发布未能完成
detect-rollout-found = { $workload } 的发布卡住
detect-rollout-replicas = { $updated }/{ $desired } 已更新，{ $available } 可用
detect-rollout-set-replicas = { $updated }/{ $target } 已更新，{ $available }/{ $desired } 可用
detect-rollout-image = { $revision } · 镜像 { $image }
detect-rollout-newest-new = { $pod } 未就绪：{ $why }，新版本
detect-rollout-newest-before = { $pod } 未就绪：{ $why }，旧版本

# pod-stuck-terminating
detect-terminating-title = Pod 已删除，但未清除
detect-terminating-found = { $pod } 未清除：{ $why }
detect-terminating-due = 应已完成（已含宽限期）
detect-terminating-unplaced = 未调度到任何节点
detect-terminating-never-placed = 无：从未调度
detect-terminating-node-gone = 所在节点已不存在
detect-terminating-node-not-there = 节点 { $node } 不在集群中
detect-terminating-node-down = 所在节点 NotReady
detect-terminating-node-is-down = 节点 { $node } NotReady
detect-terminating-finalizer = 终结器未移除
detect-terminating-node-ready = 所在节点 Ready
detect-terminating-node-is-ready = 节点 { $node } Ready

# namespace-stuck-terminating
detect-namespace-title = 命名空间已删除，但未清除
detect-namespace-found = 命名空间 { $namespace } 未清除：{ $why }
detect-namespace-asked = 已请求
detect-namespace-discovery = 有 API 组无响应
detect-namespace-unparsed = 有 API 组无法解析
detect-namespace-content = 有对象无法删除
detect-namespace-finalizers = 其中对象的终结器未移除
detect-namespace-remaining = 其中仍有对象
detect-namespace-no-reason = 未说明原因

# drain-blocked
detect-drain-title = 节点已隔离，PDB 不允许驱逐其上的 Pod
detect-drain-found = 节点 { $node } 已隔离，PDB 不允许驱逐其上 { $pods } 个 Pod
detect-drain-budget = { $budget } 当前允许驱逐 { $allowed } 个（{ $rule }；健康 { $healthy }，需要 { $desired }），该节点上 { $pods } 个 Pod
detect-drain-budget-never = { $budget } 当前允许驱逐 { $allowed } 个，且永远不会允许（{ $rule }；健康 { $healthy }，需要 { $desired }），该节点上 { $pods } 个 Pod

# unwell-node
detect-node-title = 节点异常
detect-node-silent = 失联
detect-node-not-ready = 状态为 NotReady
detect-node-unreported = 尚未上报状态
detect-node-condition-unknown = { $condition } 未知
detect-node-late = 未续约 Lease
detect-node-renewed = 上次续约（正常为每 10 s）
detect-node-unmarked = True：节点控制器尚未标记
detect-node-unleased = 没有 Lease
detect-node-unleased-where = { $namespace } 中没有，其他节点都有
detect-node-gone = 不在集群中，但仍有 Pod 绑定在该节点
detect-node-gone-pods = { $pods } 个 Pod 绑定在该节点

# silent-leader
detect-leader-title = 控制面组件不再持有领导权
detect-leader-found = { $lease }：Lease 无实例续约，该组件未在工作
detect-leader-renewed = 上次续约（正常为每 2 s）
detect-leader-nobody = 无

# unwell-pod
detect-pod-title = Pod 异常
detect-pod-status = { $pod }：{ $status }
detect-pod-status-on-node = { $pod } 在 { $node }：{ $status }
detect-pod-unknown = 状态未知
detect-pod-leaves-late = 已删除，未就绪，可能还会持续很久
detect-pod-grace-ends = 宽限期结束
detect-pod-unscheduled = 没有调度器处理
detect-pod-gated = 被 schedulingGates 拦住
detect-pod-unplaced = 没有节点可调度
detect-pod-untaken = 所在节点的 kubelet 没有上报其状态
detect-pod-unready = 未就绪
detect-pod-unready-why = 未就绪：{ $why }
detect-pod-creating = 创建中
detect-pod-unstarted = 未启动：{ $why }
detect-pod-failed = 失败
detect-pod-failed-why = 失败：{ $why }
detect-pod-failed-container = 失败：{ $container } 已退出，退出码 { $code }
detect-container-init = Init 容器 { $container }
detect-container-ended = { $container } 已退出，退出码 { $code }
detect-container-init-runs = { $container } 一直未结束
detect-container-unpulled = { $container } 的镜像无法拉取
detect-container-waits = { $container } 等待中：{ $why }
detect-container-because = { $words }（{ $reason }）
detect-container-last-state = { $container }  { $reason }  退出码 { $code }
detect-container-ends-again = { $container } 反复退出，退出码 { $code }
detect-container-runs-again = { $container } 曾退出，退出码 { $code }，现已重新运行

# unwell-workload
detect-workload-title = 工作负载的 Pod 不足
detect-workload-short = { $ready }/{ $desired } 个 Pod 就绪
detect-workload-rolls = 发布进行中，{ $updated }/{ $desired } 已更新
detect-workload-unseen = 控制器尚未处理最新变更
detect-workload-refused = 无法创建 Pod
detect-workload-replicas = { $ready }/{ $desired } 就绪，{ $available } 可用

# warning
detect-warning-title = 集群对某个对象发出警告
detect-job-pods-gone = 该 Job 的 Pod 已全部清除：Job 可能已被删除，事件中不会说明

# 未知的部分
detect-not-watched = Job、PVC 等未监听的对象只能通过其 Pod 和警告了解
detect-unknown-limited = { $kinds }：只能看到 { $namespaces } 中的对象（影响 { $blind }）
detect-unknown-waiting = { $kinds }：尚未请求（影响 { $blind }）
detect-unknown-loading = { $kinds }：加载中，已有 { $number }（影响 { $blind }）
detect-unknown-stale = { $kinds }：已过时：{ $why }（影响 { $blind }）
detect-unknown-failed = { $kinds }：无响应：{ $why }（影响 { $blind }）
detect-unknown-forbidden = { $kinds }：没有 { $verb } 权限（影响 { $blind }）
detect-unknown-not-served = { $kinds }：该集群不提供（影响 { $blind }）
detect-unknown-no-nodes = 集群中没有节点：无法运行任何负载
detect-unknown-no-leases = 所有节点都没有 Lease：是否仍在上报只能看节点状态
detect-unknown-standstill = { $age } 内没有任何 Lease 续约：集群实际状态未知
detect-unknown-never-renewed = Lease 从未续约：节点是否仍在上报未知
