# classes of consequences
op-class-all-in-it = 其中全部内容
op-class-all-of-its-objects = 其全部对象
op-class-autoscaler = 自动扩缩
op-class-budget = PDB
op-class-budget-blocks = PDB 不允许驱逐
op-class-checked = 已核对
op-class-class = StorageClass
op-class-closed = 不放行
op-class-data = 数据
op-class-ends = 结束
op-class-environment = 环境变量
op-class-evicted = 驱逐
op-class-fewer = 减少
op-class-gone-for-good = 不会重建
op-class-grace = 宽限期
op-class-grace-beyond-limit = 宽限期超过时限
op-class-held = 不生效
op-class-held-by-finalizer = 终结器未移除
op-class-identity = 身份
op-class-its-pods = 其 Pod
op-class-kept = 保留
op-class-kubelet = kubelet
op-class-last-finalizer = 最后一个
op-class-left-behind = 遗留
op-class-local-data-lost = 本地数据丢失
op-class-may-come-back = 可能又回到此节点
op-class-members = 成员
op-class-more-than-one-budget = 会被拒绝：PDB 不止一个
op-class-namespace-is-ending = 命名空间正在删除
op-class-no-replica-elsewhere = 别处没有副本
op-class-not-confirmed = 无法确认
op-class-ondelete = OnDelete
op-class-others = 其他终结器
op-class-owned = 有控制器
op-class-partition = partition
op-class-paused = 已暂停
op-class-processes = 进程
op-class-proof = 验证
op-class-quota = 配额
op-class-readers = 使用者
op-class-recorded = 记录
op-class-replaced = 替换
op-class-restart = 重启
op-class-rights = 权限
op-class-runs = 正在运行
op-class-schedule = 调度时间
op-class-selectors = 选择器
op-class-short-lived = 短期对象
op-class-shorter-grace = 宽限期缩短
op-class-shown = 显示
op-class-silent-node = 节点失联
op-class-stays = 不会消失
op-class-stopped = 超时停止
op-class-terminal = 终端
op-class-volume = 卷
op-class-waits = 等待
op-class-with = 参数
op-class-work-begins-anew = 任务从头开始

# op/exec.rs
op-exec-title = 在容器中打开 shell
op-exec-pod = Pod 名称
op-exec-container = 容器名称；只有一个容器时可以不写
op-exec-program = 要运行的程序；镜像里有 bash 就用 bash，否则用 sh
op-exec-guard-runs = 拒绝未运行的 Pod；与 Pod 的 uid 绑定
op-exec-guard-terminal = 使用单独的终端；输入和显示的内容不记录，只记录曾经打开
op-exec-no-way-back = 在里面做了什么无从得知
op-exec-pod-does-not-run = Pod { $row } 未运行
op-exec-choose-another = 请选择正在运行的 Pod
op-exec-no-program = 这不是程序
op-exec-give-path = 请给出 shell 的路径，例如 /bin/ash
op-exec-shell-in = { $row } 的容器 { $container } 中的 shell
op-exec-summary = 在 Pod { $row } 的容器 { $container } 中打开 shell
op-class-not-known = 无从得知
op-exec-no-plan = 在里面执行的操作没有计划、没有试运行，也没有回退方式
op-exec-own-terminal = 使用单独的终端；ctrl-] 离开，exit 结束
op-exec-recorded = 只记录打开和结束的情况，不记录其中的内容
op-exec-not-known-what = 在 shell 中做了什么无从得知
op-exec-ended = shell 已结束
op-exec-no-container = Pod 没有容器 { $name }
op-exec-it-has = 现有 { $names }
op-exec-containers = Pod 有 { $containers } 个容器
op-exec-name-one = 请指定其中一个：{ $names }

# op/leave.rs
op-leave-two-budgets = 被 PDB { $names } 同时选中，PDB 不止一个的 Pod API Server 不驱逐
op-leave-budget-allows-none = PDB { $budget } 目前允许驱逐 0 个
op-leave-still-there = 仍然存在
op-leave-held = 终结器 { $by } 未移除
op-leave-grace-ends-late = 宽限期到 { $at } 才结束，晚于这次排空的时限
op-leave-is-ending = 正在结束
op-leave-budget-in-numbers = PDB { $budget } 目前允许驱逐 { $allowed } 个，健康 { $healthy }/{ $desired }
op-leave-namespace-ends = 命名空间 { $namespace } 正在删除，其中不允许驱逐；Pod 会随之删除
op-leave-holds = 终结器 { $by } 不移除，{ $pod } 就不会消失
op-leave-comes-back = 容忍隔离污点，控制器可能又把 Pod 放到此节点

# op/drain.rs
op-drain-title = 排空节点：在 PDB 允许的范围内驱逐其上的 Pod
op-drain-node = 节点名称
op-drain-timeout = 尝试多久，默认 10m
op-drain-grace = 每个 Pod 结束的时间；短于 Pod 自己的宽限期时为 R3
op-drain-force = 没有控制器的 Pod 也驱逐，且不会重建：R4
op-drain-empty-dir = 丢弃 emptyDir 数据，不再询问：R3
op-drain-daemonsets = 始终如此；为兼容 kubectl 的参数而接受
op-drain-guard-leaves = 不动静态 Pod 和 DaemonSet 的 Pod
op-drain-guard-bare = 节点上有裸 Pod 时拒绝，除非给出 `force`：裸 Pod 不会重建
op-drain-guard-data = 丢失 emptyDir 数据之前先询问
op-drain-guard-budgets = 列出目前不允许驱逐的 PDB 并等待；绝不改为删除
op-drain-guard-two-budgets = 列出 API Server 会拒绝驱逐的 Pod（有两个 PDB）；如果全部如此则拒绝
op-drain-guard-hindered = 列出终结器、超过时限的宽限期、正在删除的命名空间、容忍隔离污点的 Pod
op-drain-guard-no-grace = 拒绝 0 宽限期：Pod 会从集群中消失，进程却可能还在运行
op-drain-guard-unknown = 读不到全部命名空间的 Pod 或 PDB，或者数据已过时，则拒绝
op-drain-way-back = node.uncordon（Pod 不会自己回来）
op-drain-only-seen = 只能看到{ $only }的 { $plural }，而节点上有全部命名空间的
op-drain-ask-for-right = 请申请在全部命名空间 list { $plural } 的权限
op-drain-nothing-to-evict = { $node } 已隔离，没有可驱逐的 Pod
op-drain-not-back = Pod 不会自己回来
op-drain-not-back-cordoned-before = Pod 不会自己回来；节点原本就已隔离
op-drain-plan = 排空 { $node }
op-drain-proof = { $node } 上没有可迁走的 Pod
op-drain-came-later = 计划之后才来；再排空一次即可
op-drain-more = 另有 { $pods } 个
op-drain-left = { $node } 上还有 { $pods } 个 Pod：{ $words }

# op/drain/sorted.rs
op-drain-sorted-static-pod = 静态 Pod
op-drain-sorted-already-going = 已在删除
op-drain-sorted-held = { $pod }（{ $by }）
op-drain-sorted-may-take-more = { $pod } 可能还要 { $more }，时限为 { $limit }
op-drain-sorted-may-take = { $pod } 可能需要 { $grace }，时限为 { $limit }
op-drain-sorted-no-evictions = { $pod }：该命名空间不允许驱逐，只能等 Pod 结束
op-drain-sorted-two-budgets = { $pod }（PDB { $names }）
op-drain-sorted-blocked = { $pod }（{ $why }）
op-drain-sorted-tolerates = { $pod } 容忍隔离污点
op-drain-sorted-gets-less = { $pod } 需要 { $grace }，只给 { $given }
op-drain-sorted-bare = { $node } 上有裸 Pod：{ $pods }
op-drain-sorted-move-bare = 裸 Pod 不会重建；请先自行删除或迁走，或给出 `force`
op-drain-sorted-none-can = { $node } 上没有可驱逐的 Pod，因为 PDB 不止一个的 Pod API Server 不驱逐：{ $pods }
op-drain-sorted-less-budgets = 移除其中一个 PDB，或使用不检查 PDB 的 pod.delete；node.cordon 可隔离节点
op-drain-sorted-evict = 驱逐 { $pods }
op-drain-sorted-leave = 保留 { $pods }
op-drain-sorted-wait = 等待 { $pods } 个正在结束的
op-drain-sorted-waves = 分 { $waves } 批
op-drain-sorted-gone-for-good = { $pods } 个不会重建
op-drain-sorted-ask = 询问：{ $pods } 个有 emptyDir 数据
op-drain-sorted-will-be-refused = 会被拒绝：{ $pods } 个 Pod
op-drain-sorted-blocked-now = 目前不允许驱逐：{ $pod }
op-drain-sorted-blocked-pods = 目前不允许驱逐：{ $pods } 个 Pod
op-drain-sorted-at-once = { $evict } 个 Pod；保留 { $stay } 个
op-drain-sorted-in-waves = { $evict } 个 Pod，分 { $waves } 批；保留 { $stay } 个
op-drain-sorted-every-pod = 每个 Pod { $grace }
op-drain-sorted-silent = Pod 会被标记并在别处新建；kubelet 恢复或 Node 对象删除后才会消失
op-drain-sorted-data-lost = { $pods } 的 emptyDir 卷中的数据会丢失

# op/drain/how.rs
op-drain-how-no-grace = 0 宽限期会让 Pod 从集群中消失，进程却可能还在运行
op-drain-how-give-grace = 请给 1s 或更长；pod.force-delete 只用于机器已断电的 Pod
op-drain-how-no-time = 没有时间的排空什么也驱逐不了
op-drain-how-give-timeout = 请给出时限，例如 10m

# op/inputs.rs
op-inputs-plain-value = 明文
op-inputs-secret-wanted = secret 类型的参数，或在询问时输入
op-inputs-name-of-object = 对象名称
op-inputs-text = 文本
op-inputs-true-or-false = true 或 false
op-inputs-one-of-words = 说明中列出的词之一
op-inputs-whole-number = 整数
op-inputs-duration = 时长，例如 90s 或 10m

# op/profile.rs
op-profile-forbidden = 命名空间 { $namespace } 强制 Pod Security { $level }，禁止{ $what }
op-profile-choose-profile = 请选择 profile { $level }
op-profile-choose-namespace = 请选择强制 { $level } 或没有强制级别的命名空间
op-profile-allowed = 命名空间 { $namespace } 强制 { $level }，允许{ $what }
op-class-pod-security = Pod Security
op-profile-no-level = 命名空间 { $namespace } 没有自己的级别：集群默认级别是否允许，看试运行的结果
op-profile-no-image = { $image } 不是镜像名称
op-profile-give-image = 请写 REGISTRY/NAME:TAG
op-profile-loose-tag = { $image } 明天可能就是另一个镜像
op-class-no-fixed-tag = 标签不固定

# op/patch.rs
op-patch-title = 用 merge patch 修改对象的字段
op-patch-json = JSON merge patch；null 表示移除字段
op-patch-guard-fixed = 拒绝修改 uid、resourceVersion、name、namespace、finalizers 和 status
op-patch-guard-secrets = 拒绝 Secret：其值会写进记录
op-patch-guard-template = 修改 Pod 模板时，说明发布会做什么，并一并验证
op-patch-guard-own = 拒绝有专门操作的字段：污点、回收策略、webhook
op-patch-guard-weight = 涉及权限、准入、节点、卷或类型定义的对象为高风险；有控制器或由 GitOps 管理时给出警告
op-patch-way-back = object.patch，带修改之前的值
op-patch-no-secret = Secret 的值不能写进计划
op-patch-use-rotate = 请使用 secret.rotate
op-patch-already-so = { $key } 与补丁一致
op-patch-plan = 修改 { $key }
op-patch-summary = 修改 { $fields }
op-patch-the-patch = 补丁
op-patch-is-as-says = { $key } 与{ $says }一致
op-patch-and = { $fields }，且{ $rollout }
op-patch-is-as-says-and = { $target } 与{ $says }一致，且{ $words }
op-patch-is-as-says-but = { $target } 与{ $says }一致；{ $words }
op-patch-more-than-field = { $kind } 的 { $field } 不只是字段
op-patch-use = 请使用 { $ops }
op-patch-says-which = metadata.{ $name } 标识对象，不能修改
op-patch-leave-it-out = 请去掉这个字段
op-patch-finalizers = 终结器由控制器负责
op-patch-use-remove-finalizer = 请使用 object.remove-finalizer，一次移除一个
op-patch-status = status 由控制器写入
op-patch-not-status = 请修改控制器所依据的字段

# op/lock.rs
op-lock-whole-address = server 要写完整地址，与 kubeconfig 一致：https://10.0.0.1:6443；`*` 代表任意文本
op-lock-name-needed = context 要有名称；`*` 代表任意名称
op-lock-minutes = 生产环境的解锁时间为 { $least } 到 { $most } 分钟
op-lock-read-only = 只读：{ $why }
op-lock-not-armed = { $context } 是生产环境，解锁之前只读
op-lock-no-name = context 没有可供确认的名称；请在 kubeconfig 中给出名称
op-lock-no-execution = 此 opsbook 构建时不含执行功能
op-lock-started-read-only = opsbook 以 --read-only 启动
op-lock-another-cluster = 这不是会话所在的集群；请退出，检查该地址指向何处

# op/preview.rs
op-preview-by-hand = 不发送请求：手工执行
op-preview-script = 脚本没有试运行：请阅读脚本（p）
op-preview-shell = shell 没有试运行
op-preview-forward = 端口转发不改变集群，没有试运行
op-preview-token = 令牌没有试运行：API Server 会真的签发
op-preview-evictions = 驱逐没有试运行：每次驱逐由 PDB 决定
op-preview-dry-run = 试运行 ✔ { $at }
op-preview-you-may-not = 无权{ $access }（{ $reason }）
op-preview-kept-by = { $who }（{ $path }）

# op/forward.rs
op-forward-title = 把 Pod 的端口转发到本机
op-forward-pod = Pod 名称
op-forward-port = Pod 中有程序监听的端口
op-forward-local = 本机端口；默认选用空闲端口
op-forward-guard-loopback = 只监听 127.0.0.1：本机所有用户都能连接，其他人不能
op-forward-guard-runs = 拒绝未运行的 Pod；任务取消、Pod 结束或退出 opsbook 时转发结束
op-forward-no-way-back = 随任务结束
op-forward-pod-does-not-run = Pod { $row } 未运行
op-forward-choose-another = 请选择正在运行的 Pod：此 Pod 中没有程序监听
op-forward-plan = 转发 { $row }:{ $port }
op-forward-summary = 127.0.0.1 { $local ->
        [0] 空闲端口
       *[other] 端口 { $local }
    } → { $row } 的端口 { $port }；先试连一次，看是否有程序监听
op-class-way-in = 开放入口
op-forward-for-every-user = 任务运行期间，本机所有用户都能使用（按 ! 再按 c 结束）
op-forward-recorded = 只记录打开过和流量大小，不记录内容
op-forward-ends = 随任务和 opsbook 一起结束
op-forward-proof = 转发保持打开，直到结束
op-forward-no-port = 端口 { $given }
op-forward-give-port = 请给出不大于 65535 的端口

# op/delete_pod.rs
op-delete-pod-title = 按正常宽限期删除 Pod
op-delete-pod-pod = Pod 名称
op-delete-pod-guard-bare = 拒绝裸 Pod：裸 Pod 不会重建
op-delete-pod-guard-alone = 同一工作负载没有其他就绪的 Pod 时给出警告
op-delete-pod-guard-budget = 不检查 PDB；如有不允许驱逐的 PDB 则列出
op-delete-pod-no-way-back = 控制器会新建 Pod
op-delete-pod-static = { $row } 是静态 Pod；删除不会使其重启
op-delete-pod-move-manifest = 请在节点上移走清单文件
op-delete-pod-bare = { $row } 是裸 Pod，不会重建
op-delete-pod-budget = { $budget } 目前不允许驱逐；删除不检查 PDB
op-delete-pod-plan = 删除 Pod { $row }
op-delete-pod-summary = 删除 { $row }；{ $kind } { $name } 会新建 Pod
op-delete-pod-is-gone = { $row } 已清除

# op/delete_object.rs
op-delete-object-title = 删除对象；其清单保存在记录中
op-delete-object-guard-critical = CustomResourceDefinition、Namespace 和 PersistentVolume 为最高风险：所属内容一并删除
op-delete-object-guard-refuses = 拒绝 Pod（用 pod.delete、pod.evict）和 Ready 的节点
op-delete-object-guard-tells = 说明对象的控制器、所属对象、终结器，以及是否由 GitOps 管理
op-delete-object-way-back = 对保存的清单执行 object.apply（Secret 除外：其值从不保存）
op-delete-object-already = { $key } 已在删除
op-delete-object-already-held = { $key } 已在删除，终结器 { $held } 未移除
op-delete-object-wait = 请等待清除，或查看终结器为何未移除
op-delete-object-pod = Pod 有专门的操作
op-delete-object-use-pod-ops = 请使用 pod.evict、pod.delete 或 pod.force-delete
op-delete-object-node-is-ready = { $node } 为 Ready，删除后会重新注册
op-delete-object-drain-first = 请先排空节点并停止 kubelet
op-delete-object-plan = 删除 { $key }
op-delete-object-summary = 删除 { $key }，其所属对象在后台一并删除
op-delete-object-is-gone = { $key } 已清除
op-delete-object-every-kind = 集群中全部 { $kind } 一并删除
op-delete-object-all-and-pods = { $pods } 个 Pod，以及命名空间中的其他全部对象
op-delete-object-all-and-unknown-pods = 其 Pod（{ $why }），以及命名空间中的其他全部对象
op-delete-object-volume = 卷 { $volume } 按回收策略处理，往往就此删除
op-delete-object-pods-end = { $pods } 个 Pod 随之结束
op-delete-object-made-again = { $kind } { $name } 会重建此对象
op-delete-object-held = 这些终结器移除之前不会消失：{ $finalizers }
op-delete-object-secret = Secret 的值从不保存，因此无法由此重建
op-delete-object-empty = 只能建空的；其中的内容已删除
op-delete-object-data = 数据不会随之回来
op-delete-object-new-uid = uid 会是新的

# op/known.rs
op-known-only-seen = 只能看到{ $only }的
op-known-nobody-reads-it = 没有读取
op-known-not-known = 目前不知道 { $plural } 的状况：{ $why }
op-known-stale = { $plural } 已过时：{ $why }
op-known-wait-or-look = 请等待，或按 ctrl-r
op-known-wait-or-ask = 请等待读取完成，或申请 list { $plural } 的权限
op-class-not-followed = 未实时跟踪
op-known-polled = { $plural } 截至 { $read }，每 { $every } s 读取一次：之后的变化不在此计划中
op-known-as-of = 截至 { $since }：{ $why }
op-known-forbidden = 无权 { $verb }
op-known-not-served = 此集群没有这种资源
op-known-being-read = 正在读取
op-known-not-all = 不能看到全部

# op/evict.rs
op-evict-title = 在 PDB 允许的范围内驱逐 Pod
op-evict-pod = Pod 名称
op-evict-guard-bare = 拒绝静态 Pod 和裸 Pod：裸 Pod 不会重建
op-evict-guard-shows = 列出目前不允许驱逐的 PDB，以及未移除的终结器
op-evict-guard-for-good = 拒绝 API Server 必定拒绝的情况：Pod 有两个 PDB，或命名空间正在删除
op-evict-guard-unknown = Pod 的当前状况未知时拒绝
op-evict-guard-alone = 同一工作负载没有其他就绪的 Pod 时给出警告
op-evict-no-way-back = 控制器会新建 Pod
op-evict-static = { $row } 是静态 Pod，驱逐不会使其结束
op-evict-move-manifest = 请在节点上移走清单文件
op-evict-bare = { $row } 是裸 Pod，不会重建
op-evict-cannot = 无法驱逐 { $row }：{ $why }
op-evict-less-budgets = 移除其中一个 PDB，或使用不检查 PDB 的 pod.delete
op-evict-wait = 请等待删除完成，或使用 pod.delete
op-evict-allows = { $budget } 目前允许驱逐 { $allowed } 个
op-evict-will-be-refused = { $budget } 目前允许驱逐 { $allowed } 个：API Server 会拒绝
op-evict-plan = 驱逐 Pod { $row }
op-evict-summary = 驱逐 { $row }；控制器会新建 Pod
op-evict-is-gone = { $row } 已清除

# op/mod.rs
op-param-namespace = 对象所在的命名空间
op-param-kind = 对象的类型，写法与 kubectl 相同
op-param-its-namespace = 所在的命名空间（该类型有命名空间时）
op-param-name = 对象名称
op-needs = { $op } 需要 `{ $param }`：{ $doc }
op-is-expected = { $op }：`{ $param }` 为 { $given }，应为{ $expected }
op-no-such-parameter = { $op }：没有参数 `{ $param }`；见 `opsbook ops`
op-not-found = 集群中没有（或不再有）{ $key }；请选择其他对象
op-guard = { $what }；{ $instead }
op-nothing-to-do = 无需操作：{ $why }
op-no-such-operation = 没有操作 `{ $op }`；`opsbook ops` 列出全部操作
op-reading = 正在读取 { $what }…
op-no-way-back = 无：{ $why }

# op/label.rs
op-label-label = 设置或移除对象的标签
op-label-key = 标签名
op-label-value = 标签值；不写则移除标签
op-label-guard-selectors = PDB、Service 或工作负载的选择器可能依赖此标签时给出警告
op-label-guard-gitops = 由 GitOps 管理时给出警告
op-label-way-back = object.label，带修改之前的值
op-label-annotate = 设置或移除对象的注解
op-label-annotation-key = 注解名
op-label-annotation-value = 注解值；不写则移除注解
op-label-way-back-annotate = object.annotate，带修改之前的值
op-label-title = 修改 { $target } 的标签
op-label-title-annotate = 修改 { $target } 的注解
op-label-no-name = { $key } 不是标签名
op-label-no-name-annotation = { $key } 不是注解名
op-label-write-name = 请写 [PREFIX/]NAME
op-label-is-not-there = { $target } 没有 { $key }
op-label-is = { $target } 的 { $key } 为 { $value }
op-label-none = （无）
op-label-selects = 按此标签选择的对象（Service、PDB、工作负载、NetworkPolicy、调度器）选中的范围会改变

# op/plan.rs
op-plan-stale = 在计划生成后已改变
op-plan-in = 在 { $namespace } 中 { $right }

# op/finalizer.rs
op-finalizer-title = 移除正在删除的对象的一个终结器
op-finalizer-finalizer = 终结器，与对象中的写法一致
op-finalizer-guard-living = 拒绝不在删除中的对象
op-finalizer-guard-whose = 说明终结器属于哪个控制器，以及该控制器本来要清理什么
op-finalizer-guard-namespace = 拒绝 Namespace spec 中的终结器：不在 metadata 中
op-finalizer-no-way-back = 最后一个终结器移除后对象就消失（清单保存在记录中）
op-finalizer-pvc = pvc-protection 控制器
op-finalizer-pvc-left = 仍有 Pod 使用此 PVC，会失去卷
op-finalizer-pv = pv-protection 控制器
op-finalizer-pv-left = 仍有 PVC 绑定此卷
op-finalizer-provisioner = CSI external-provisioner
op-finalizer-provisioner-left = 云厂商处的磁盘会留下并继续计费
op-finalizer-attacher = CSI external-attacher
op-finalizer-attacher-left = 卷仍挂载在节点上
op-finalizer-collector = 垃圾回收控制器
op-finalizer-foreground-left = 其所属对象会暂时留下
op-finalizer-orphan-left = 其所属对象仍指向已不存在的控制器
op-finalizer-service = Service 控制器
op-finalizer-service-left = 云厂商处的负载均衡会留下并继续计费
op-finalizer-job = Job 控制器
op-finalizer-job-left = Job 可能重复计数或漏计此 Pod
op-finalizer-crd = CRD 控制器
op-finalizer-crd-left = 自定义资源会留在 etcd 中而没有定义
op-finalizer-namespaces-own = { $finalizer } 是 Namespace 自己的终结器：其中内容全部清除后自动移除
op-finalizer-look-at-namespace = 请查看 Namespace 的状态：其中写明还剩什么
op-finalizer-has-none = { $key } 没有终结器 { $finalizer }
op-finalizer-living = { $key } 不在删除中，{ $finalizer } 没有妨碍什么
op-finalizer-leave-it = 请留给控制器处理
op-finalizer-gone-at-once = { $key } 会立即消失
op-finalizer-others-hold = 还有 { $finalizers } 个终结器未移除
op-finalizer-plan = 移除 { $key } 的终结器
op-finalizer-summary = 移除 { $finalizer }，属于{ $who }
op-finalizer-cleaned-up = { $who }已不存在或无法清理，而本应清理的内容我已清理或将会清理
op-finalizer-still-there = { $finalizer } 仍然存在
op-finalizer-being-read = 正在读取 { $target }
op-finalizer-controller-of = { $who } 的控制器
op-finalizer-left-unknown = { $who } 本来要清理的内容：请先阅读其文档

# op/force_delete.rs
op-force-delete-title = 立即删除 Pod，不等 kubelet
op-force-delete-pod = Pod 名称
op-force-delete-guard-ready = 节点为 Ready 时拒绝：kubelet 可以正常结束 Pod
op-force-delete-guard-state = 对 StatefulSet 的 Pod 和使用 PVC 的 Pod，要求确认机器已断电
op-force-delete-no-way-back = 控制器会新建 Pod
op-force-delete-nodes-unknown = 目前不知道节点的状况，无法判断{ $node } 是否已断电
op-force-delete-wait-or-ask = 请等待读取完成，或申请 list 节点的权限
op-force-delete-node-is-ready = { $node } 为 Ready，kubelet 可以正常结束 { $row }
op-force-delete-delete-instead = 请用 pod.delete 删除；几分钟后仍存在，就查看其终结器
op-force-delete-nobody-confirms = 集群不再有此 Pod；其进程是否结束无从确认
op-force-delete-plan = 强制删除 Pod { $row }
op-force-delete-summary = 不等{ $node }，直接从集群中移除 { $pod }
op-force-delete-a-node = 所在节点
op-force-delete-is-gone = { $row } 已清除
op-force-delete-machine-is-off = { $node } 已断电或已与存储隔开：我已到机器上确认；两处同时写入会损坏数据
op-force-delete-machine-is-gone = { $node } 已彻底不存在：我已到机器上确认；两处同时写入会损坏数据
op-preview-save = 只读取，无需试运行
