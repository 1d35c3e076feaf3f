# What many views say
live-ago = { $age } 前
live-since = 已 { $age }
live-more = …还有 { $more } 个
live-events = 事件
live-events-none = 最近一小时没有事件（更早的事件集群不保留）
live-events-not-read = 未知：没有读取事件
live-events-not-read-there = 未知：没有读取该命名空间的事件
live-are-being-read = 正在读取…
live-is-being-read = 正在读取…
live-not-known = 未知：{ $why }
live-cannot-be-read = 无法读取：{ $why }
live-not-in-the-cluster = 不在集群中
live-ready = { $ready }/{ $wanted } 就绪
live-replicas = 期望 { $wanted }，就绪 { $ready }，可用 { $available }
live-replicas-rollout = 期望 { $wanted }，已更新 { $new }，就绪 { $ready }，可用 { $available }

# Labels of a detail, of at most twelve cells
live-label-address = 地址
live-label-allows = 允许驱逐
live-label-budget = PDB
live-label-condition = 状态
live-label-count = 次数
live-label-cpu = CPU
live-label-created = 创建于
live-label-deleting = 删除中
live-label-duration = 租约时长
live-label-finalizer = 终结器
live-label-finalizers = 终结器
live-label-from = 来源
live-label-holder = 持有者
live-label-image = 镜像
live-label-images = 镜像
live-label-lease = Lease
live-label-memory = 内存
live-label-node = 节点
live-label-object = 对象
live-label-owner = 控制器
live-label-partition = partition
live-label-paused = 已暂停
live-label-phase = 阶段
live-label-pods = Pod
live-label-renewed = 续约
live-label-replicas = 副本
live-label-revision = 版本
live-label-roles = 角色
live-label-rule = 规则
live-label-status = 状态
live-label-taint = 污点
live-label-update = 更新策略
live-label-volumes = 卷
live-label-zone = 可用区

# live/daemonsets.rs
live-daemonsets-nodes-without = 没有就绪 Pod 的节点

# live/deployments.rs
live-deployments-paused = 是：变更不会发布

# live/events.rs
live-events-count = { $count } 次，{ $first }至{ $last }

# live/exit.rs
live-exit = 退出码 { $code }：{ $meaning }
live-exit-reason = { $reason }，退出码 { $code }：{ $meaning }
live-exit-by-itself = 正常结束
live-exit-memory = SIGKILL：内存超限被杀
live-exit-as-it-says = 程序自身报错退出
live-exit-arguments = 失败，多为参数错误
live-exit-cannot-execute = 命令无法执行
live-exit-not-found = 找不到命令
live-exit-not-started = 无法启动
live-exit-signal = 被信号 { $signal } 终止
live-exit-failed = 失败
live-exit-sighup = SIGHUP：终端已断开
live-exit-sigint = SIGINT：被中断
live-exit-sigill = SIGILL：非法指令
live-exit-sigabrt = SIGABRT：程序主动中止
live-exit-sigbus = SIGBUS：内存访问错误
live-exit-sigfpe = SIGFPE：算术错误
live-exit-sigkill = SIGKILL：被强制终止
live-exit-sigsegv = SIGSEGV：段错误
live-exit-sigterm = SIGTERM：被要求退出

# live/images.rs
live-images-none = 没有上报
live-images = { $count } 个镜像，共 { $size }
live-images-largest = { $count } 个镜像，共 { $size }（kubelet 只上报最大的若干个）
live-images-without-name = 无名称

# live/leases.rs, live/nodes.rs
live-lease-fresh = 正常
live-lease-never = 从未
live-lease-fresh-words = 正常，每 10 s 续约一次
live-lease-none = 无：该节点的 kubelet 从未续约
live-lease-late = 上次续约在 { $age } 前，正常为 10 s

# live/logs.rs
live-logs-of = { $of } 的日志
live-logs-previous-of = { $of } 上次重启前的日志
live-logs-pods-not-known = { $of } 的 Pod 尚不清楚
live-logs-pods-not-known-without = { $of } 的 Pod 尚不清楚：无法读取 { $kinds }
live-logs-pod-gone = 集群中没有这个 Pod（或已清除）
live-logs-no-pods = { $of } 现在没有 Pod；有新 Pod 时自动跟踪
live-logs-no-container = { $of } 的 Pod 都没有容器 { $name }
live-logs-nothing-restarted = 没有重启过：没有上一个实例的日志
live-logs-nothing-started = 尚未启动：{ $pod } 处于 { $status }

# live/nodes.rs
live-nodes-taint-since = { $taint }  已 { $age }
live-nodes-asked = 已请求 { $part }，共 { $all }（{ $percent }%）
live-nodes-of = { $part } / { $all }
live-nodes-of-seen = { $part } / { $all }（只能看到 { $seen }）
live-nodes-pods-asked = Pod 及其资源请求
live-nodes-cordoned = { $status }，已隔离

# live/objects.rs
live-objects-suspended = 已挂起
live-objects-not = { $condition } 为 False

# live/owners.rs
live-owners-none = 无：删除后不会重建
live-owners-not-known = 尚不清楚
live-owners-ready-revision = { $ready }/{ $wanted } 就绪，版本 { $revision }
live-owners-available = { $available }/{ $wanted } 可用，版本 { $revision }
live-owners-available-paused = { $available }/{ $wanted } 可用，版本 { $revision }，已暂停

# live/pane.rs
live-pane-kind-missing = 缺少 kind
live-pane-no-kind = 没有可显示的 kind `{ $kind }`
live-pane-write = 应写成 { $path }
live-pane-write-logs = 应写成 { $head }/NAMESPACE/POD 或 { $head }/KIND/NAMESPACE/NAME，后面可加 /CONTAINER
live-pane-no-name = `{ $name }` 不是合法的名称
live-pane-no-log = { $kind } 没有日志
live-pane-no-pods = { $kind } 没有 Pod；应写成 pods-of/WORKLOAD/NAMESPACE/NAME
live-pane-no-view = 没有实时视图 `{ $name }`
live-pane-true-or-false = `{ $name }` 只能是 true 或 false，不能是 `{ $value }`
live-pane-keys-of-logs = 日志没有键 `{ $name }`；可用的是 `previous` 和 `container`
live-pane-keys-of-events = 事件没有键 `{ $name }`；可用的是 `warnings`
live-pane-no-keys = 该视图没有键 `{ $name }`；只有日志和事件可以带更多的键
live-pane-pods-on = { $node } 上的 Pod
live-pane-pods-of = { $of } 的 Pod
live-pane-events-of = { $of } 的事件
live-pane-warnings-of = { $of } 的警告
live-pane-warnings = 警告
live-pane-in = { $namespaces } 中的 { $kinds }
live-pane-yaml-of = { $of } 的 YAML
live-pane-output = 输出

# live/pdbs.rs
live-pdbs-allows = 现在可驱逐 { $allowed } 个：健康 { $healthy }，至少需要 { $needed }，共 { $expected }
live-pdbs-pods = Pod
live-pdbs-pod-on = { $pod }（在 { $node } 上）

# live/pods.rs
live-pods-not-scheduled = 未调度
live-pods-budget = { $name }：{ $rule }，可驱逐 { $free }，健康 { $healthy }，至少需要 { $needed }
live-pods-free = 可驱逐 { $free }
live-pods-running = 已运行 { $age }
live-pods-waiting = 等待：{ $why }
live-pods-ended = { $age } 前结束：{ $how }
live-pods-before = 上次：{ $age } 前，{ $how }
live-pods-not-reported = 没有上报
live-pods-no-memory-limit = 没有内存上限
live-pods-memory-limit = 内存上限 { $limit }
live-pods-restarts = 重启 { $restarts } 次

# live/statefulsets.rs
live-statefulsets-rolls-out = 正在由 { $old } 更新为 { $new }
live-statefulsets-partition = { $partition }：序号更小的 Pod 保留旧版本
live-statefulsets-on-delete = OnDelete：Pod 被删除后才更新为新版本
live-statefulsets-not-ready = 未就绪的 Pod

# live/volumes.rs
live-volumes = 卷
live-volumes-only = { $path }（只挂载 { $sub }）
live-volumes-read-only = { $container }：{ $place }，只读
live-volumes-read-and-write = { $container }：{ $place }，可读写
live-volumes-optional = { $source }，可选
live-volumes-bound = { $source }：与本机绑定
live-volumes-empty-dir = emptyDir：Pod 删除后数据丢失
live-volumes-in-memory = 内存 emptyDir：Pod 删除后数据丢失
live-volumes-ephemeral = 临时 PVC：Pod 删除后数据丢失
live-volumes-projected = projected：{ $sources }
