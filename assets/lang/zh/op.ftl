
# op/evidence.rs
op-evidence-save-object-its-events-and-logs = 变更前保存对象及其事件和日志
op-evidence-every-object-of-these-resources-as = 另外保存这些资源的全部对象，名称同 kubectl，以逗号分隔：ippools.crd.projectcalico.org
op-evidence-only-reads-cluster-files-are-yours = 只读取集群；文件在会话日志旁，只有你本人可读
op-evidence-values-of-secrets-are-not-saved = 不保存 Secret 的值；敏感内容和疑似敏感内容会像导出时一样打码
op-evidence-is-done-only-when-all-of = 全部保存后才算完成；读不到的内容会逐一列出
op-evidence-nothing-to-take-back = 集群没有任何变更
op-evidence-save = 保存 { $target }
op-evidence-save-into-sessions-folder = 将 { $work } 保存到会话目录
op-evidence-reads-only = 只读
op-evidence-nothing-in-cluster-changes = 集群没有任何变更
op-evidence-values-of-secrets-what-is-known = Secret 的值、已知的敏感内容和疑似敏感内容
op-evidence-at-most = 上限
op-evidence-what-is-known-of-is-saved = { $target } 的现场信息已保存到会话目录
op-evidence-yaml-of = { $object } 的 YAML
op-evidence-events-about-it = 相关事件
op-evidence-logs-of-all-its-containers-those = 所有容器的日志，包括上次重启之前的
op-evidence-every-object-that-is-left-in = 其中剩余的全部对象（Secret 只保存名称）
op-evidence-every-object-of = { $resource } 的全部对象
op-evidence-names-such-as-configmaps-or-ippools = configmaps 或 ippools.crd.projectcalico.org 这样的资源名
op-evidence-4-mib-of-file-of-log = 单个文件 4 MiB，日志保留末尾；合计 64 MiB：截断之处会注明
op-evidence-masked = 打码
# op/debug_node.rs
op-debug-node-title = 在节点上启动具有 root 权限的调试 Pod
op-debug-node-node = 节点名称
op-debug-node-in = Pod 所在的命名空间，默认 `default`
op-debug-node-image = 带工具的镜像，默认 busybox:1.37
op-debug-node-for = 最长存活时间，默认 1h，最多 24h
op-debug-node-guard-security = 命名空间的 Pod Security 级别不允许，或节点失联时拒绝
op-debug-node-guard-end = 到时自动结束；遗留的调试 Pod 在启动时和退出 opsbook 时列出
op-debug-node-guard-quotas = 说明命名空间的配额
op-debug-node-give-time = 指定 1m 到 24h 之间的时间
op-debug-node-not-ready = { $node } 不是 Ready：kubelet 不会启动该 Pod
op-debug-node-use-console = 使用机器自身的控制台
op-debug-node-there-already = Pod { $row } 已存在
op-debug-node-go-in-or-delete = 进入该 Pod，或用 { $op } 删除
op-debug-node-root-pod = 在节点上具有 root 权限的 Pod
op-debug-node-root-on-node = 节点 root 权限
op-debug-node-root-means = 凡能在 { $namespace } 中 exec 的人，都能访问该节点的进程、网络和磁盘（/host）
op-debug-node-ends-by-itself = 自动结束
op-debug-node-ends-after = { $minutes } 分钟后结束；Pod 对象保留到被删除为止
op-debug-node-changes-stay = 在机器上做的改动会保留
op-debug-node-plan = 调试节点 { $node }
op-debug-node-summary = 在 { $node } 上启动 Pod { $row }，镜像 { $image }，{ $minutes } 分钟
op-debug-node-pod-runs = Pod { $row } 正在运行
op-debug-node-not-there-yet = Pod { $row } 尚未创建
op-debug-node-phase = Pod { $row } 处于 { $phase }
op-debug-node-status = Pod { $row } 处于 { $phase }：{ $status }
op-debug-node-its-container = { $words }；容器 debug
op-debug-node-no-room = 配额 { $name } 已满：{ $hard } 个 Pod 已用 { $used } 个
op-debug-node-counts-in = 计入配额 { $name }：请求 10m 和 32Mi
op-debug-node-end-title = 删除 opsbook 创建的调试 Pod
op-debug-node-end-pod = 调试 Pod 的名称
op-debug-node-end-guard = 拒绝没有标签 opsbook.dev/debug 的 Pod
op-debug-node-starts-another = 可用 node.debug 重新启动一个
op-debug-node-no-label = Pod { $row } 没有标签 { $label }：不是 opsbook 创建的
op-debug-node-use-delete = 使用 pod.delete
op-debug-node-end-plan = 删除调试 Pod { $row }
op-debug-node-end-summary = 从 { $node } 删除 { $row }
op-debug-node-end-means = 其中运行的进程结束；在机器上做的改动会保留
op-debug-node-gone = { $row } 已清除

# op/cordon.rs
op-cordon-title = 隔离节点：不再调度新 Pod
op-cordon-node = 节点名称
op-cordon-guard = 没有其他节点能接收新 Pod 时警告
op-cordon-is-cordoned = { $name } 已隔离
op-cordon-nodes-left = 其余可调度新 Pod 的节点
op-cordon-nodes-left-are = { $left } 个 Ready 且未隔离
op-cordon-plan = 隔离 { $node }
op-cordon-summary = 将 spec.unschedulable 设为 { $on }
op-cordon-waiting = 等待：{ $proof }
op-cordon-is-gone = { $target } 已不存在
op-cordon-back-title = 解除节点隔离：允许调度新 Pod
op-cordon-force = 节点不是 Ready 也解除隔离（true 或 false）
op-cordon-back-guard = Ready 不是 True 时拒绝，除非指定 `force`
op-cordon-back-plan = 解除隔离 { $node }
op-cordon-not-cordoned = { $name } 未隔离
op-cordon-not-ready = { $name } 不是 Ready，新 Pod 无法在其上启动
op-cordon-wait-ready = 等待 Ready 变为 True
op-cordon-open = { $name } 可调度新 Pod

# op/csr.rs
op-csr-csr = 请求的名称
op-csr-approve-title = 批准证书签名请求
op-csr-guard-kubelet = kubelet 的请求：请求者不是该节点、名称不是该节点的地址、或没有该节点时拒绝
op-csr-guard-others = 其他签名者的请求：作为危险项显示谁将得到哪个名称
op-csr-no-way-back = 批准无法撤销；证书在到期前一直有效
op-csr-deny-title = 拒绝证书签名请求
op-csr-deny-guard = 显示谁请求了哪个名称
op-csr-asks-again = 需要证书的一方会重新请求
op-csr-several-names = { $user } 同时请求多个 CN：{ $words }
op-csr-deny-several-names = 拒绝该请求：以哪一个 CN 为准，各程序不一致
op-csr-becomes = { $user } 将成为 { $words }，签名者 { $signer }，用途 { $usages }
op-csr-approve = 批准 { $name }
op-csr-approve-summary = { $signer } 签发 { $words }
op-csr-is-approved = { $name } 已批准
op-csr-not-signed = 已批准，但未签发：{ $message }
op-csr-deny = 拒绝 { $name }
op-csr-deny-summary = { $user } 不会成为 { $words }，签名者 { $signer }
op-csr-is-denied = { $name } 已拒绝
op-csr-subject-and-names = { $subject }（{ $names }）
op-csr-other-names = { $subject } 以及 { $others } 个其他类型的名称
op-csr-unreadable = { $name } 中的请求无法解析
op-csr-look-with-openssl = 先用 openssl req 查看，再做决定
op-csr-no-kubelet = { $words } 不是 kubelet 的名称
op-csr-deny-find-out = 拒绝该请求，并查明是谁发起的
op-csr-asks-for-another = { $user } 请求的是 { $node } 的证书
op-csr-deny-it = 拒绝该请求
op-csr-strange-names = { $user } 请求的名称不属于 Node { $node }：{ $strange }
op-csr-deny-or-mend = 拒绝该请求，或先修正节点的地址
op-csr-serving-checked = 请求者就是 { $node }，请求的是自身的 { $known } 个名称
op-csr-client-has-names = { $node } 的客户端证书不应包含其他名称
op-csr-client-checked = 请求者就是 { $node } 自身
op-csr-new-node = 新节点
op-csr-new-node-is = { $user } 将成为节点 { $node }：现在正在添加这台机器吗？

# op/debug_pod.rs
op-debug-pod-title = 向运行中的 Pod 加入调试容器
op-debug-pod-pod = Pod 名称
op-debug-pod-image = 带工具的镜像，默认 busybox:1.37
op-debug-pod-target = 要查看其进程的容器；默认不指定
op-debug-pod-profile-doc = 允许的权限；默认按命名空间的级别
op-debug-pod-guard-security = 拒绝命名空间的 Pod Security 级别不允许的 profile，并给出允许的一个
op-debug-pod-guard-running = 拒绝未运行的 Pod 和静态 Pod；sysadmin 为高风险
op-debug-pod-guard-stays = 说明容器保留到 Pod 清除为止，以及占用 Pod 的哪些资源
op-debug-pod-no-way-back = 临时容器保留到 Pod 清除为止
op-debug-pod-profile = profile { $profile }
op-debug-pod-plan = 调试 Pod { $row }
op-debug-pod-summary = { $name } 加入 { $row }，镜像 { $image }，profile { $profile }
op-debug-pod-stays = { $name } 保留在 Pod 中，直到 Pod 清除；用 exit 结束 shell，之后不会再启动
op-debug-pod-runs-in = { $name } 在 { $row } 中运行
op-debug-pod-the-container = 调试容器
op-debug-pod-being-deleted = { $pod } 正在被删除
op-debug-pod-take-successor = 调试接替的新 Pod
op-debug-pod-static = { $pod } 是静态 Pod，无法加入其他容器
op-debug-pod-use-node-debug = 使用 node.debug
op-debug-pod-not-running = { $pod } 处于 { $phase }，不是 Running
op-debug-pod-look-at-logs = 改为查看事件和日志
op-debug-pod-no-container = 该 Pod 没有容器 { $aim }
op-debug-pod-it-has = 可选容器：{ $names }
op-debug-pod-node-not-ready = { $node } 不是 Ready：容器可能一直无法启动
op-debug-pod-no-limits = 没有自身的限制，也不计入配额；占用的资源来自该 Pod 和节点
op-debug-pod-no-target = 不指定 `target` 时只共享 Pod 的网络，看不到其进程
op-debug-pod-stays-in-record = 保留在 Pod 对象中，直到 Pod 清除

# op/covers.rs
op-covers-target = 现在针对的是另一个对象
op-covers-agreed = 第二人同意的只是那一个计划，现在的计划已不同
op-covers-requests = 现在要执行或发送的内容已不同
op-covers-way-back = 回退方式已不同
op-covers-risk = { $risk ->
    [none] 风险现在是：无
    [low] 风险现在是：低
    [medium] 风险现在是：中
    [high] 风险现在是：高
   *[critical] 风险现在是：极高
}
op-covers-new = 阅读之后新出现：{ $what }
op-covers-consequence = { $what }：{ $detail }
op-covers-question = 有新的问题需要确认：{ $question }

# op/containers.rs
op-containers-container = 容器名称；只有一个容器时可省略
op-containers-cpu-request = CPU 请求，`none` 表示不设置
op-containers-cpu-limit = CPU 限制，`none` 表示不设置
op-containers-memory-request = 内存请求，`none` 表示不设置
op-containers-memory-limit = 内存限制，`none` 表示不设置
op-containers-unset = 未设置
op-containers-becomes = { $group ->
    [requests] { $resource } 请求 { $from } → { $to }
   *[limits] { $resource } 限制 { $from } → { $to }
}
op-containers-no-such = { $key } 没有容器 { $wanted }
op-containers-name-one-of = 指定其中之一：{ $names }
op-containers-several = { $key } 有 { $number } 个容器
op-containers-expected = 数量，如 512Mi 或 250m，或 `none`
op-containers-already-so = 容器 { $name } 已是这些资源设置
op-containers-nothing-given = 没有指定资源
op-containers-give-one = 指定 cpuRequest、cpuLimit、memoryRequest 或 memoryLimit
op-containers-above-limit = { $resource } 请求 { $request } 将高于限制 { $limit }
op-containers-raise-or-lower = 同时调高限制，或调低请求
op-containers-less-memory = 内存减少
op-containers-less-memory-kills = 用量超过新限制的容器会被杀死

# op/apply.rs
op-apply-title = 应用清单（server-side）
op-apply-manifest-doc = 对象：apiVersion、kind、metadata 以及期望的内容
op-apply-guard-dry-run = 服务端试运行显示每个变化的字段，并拒绝由其他 manager 管理的字段
op-apply-guard-template = 涉及 Pod 模板时，说明发布的行为并同样验证
op-apply-guard-secrets = 拒绝 Secret（其值会留在记录中）和 status
op-apply-guard-risk = 决定权限、准入、节点、卷或资源类型的对象为高风险
op-apply-way-back = 用之前的清单执行 object.apply，或用 object.delete 删除新对象
op-apply-unreadable = 无法读取 { $key }：{ $why }
op-apply-ask-for-right = 申请 get 权限
op-apply-plan = 应用 { $key }
op-apply-changes = 按清单修改 { $key }
op-apply-makes = 按清单创建 { $key }
op-apply-the-manifest = 清单
op-apply-not-so-yet = { $target } 尚未达到期望状态
op-apply-not-there-yet = { $target } 尚不存在
op-apply-unknown-kind = 清单中的 kind { $kind } 无法识别
op-apply-with-kubectl = 用 kubectl 应用
op-apply-other-version = { $kind } 的 apiVersion 是 { $version }，清单中是 { $given }
op-apply-write-present-version = 写明当前的版本
op-apply-has-no-name = { $kind } 的清单没有名称
op-apply-wrong-namespace = { $kind } 的清单多了或缺少 namespace
op-apply-give-name = 指定 metadata.name 和 metadata.namespace
op-apply-no-secrets = Secret 的值不能出现在计划中
op-apply-has-status = 清单中有 status，而 status 只能由控制器写入
op-apply-leave-it-out = 去掉该部分
op-apply-secret-not-kept = 从不保存 Secret 的值
op-apply-added-stay = 新增的字段会保留

# op/approval.rs
op-approval-press-y = 按 y 执行
op-approval-type = 输入 { $name } 执行
op-approval-nameless = 需要输入的名称在此为空，因此该风险级别的计划都无法批准
op-approval-accept = 请先确认：{ $question }
op-approval-second-person = 需要第二人先同意这个计划：粘贴批准内容
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
op-drain-nothing-to-evict =
    { $stay ->
        [0] { $node } 已隔离，上面没有 Pod
       *[other] { $node } 已隔离，没有可驱逐的 Pod；仍有 { $stay } 个 Pod 留在上面
    }
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
# op/restart.rs
op-restart-title = 逐个重启工作负载的 Pod
op-restart-refuses-what-replaces-none = 拒绝已暂停的 Deployment，以及副本数或 partition 导致没有 Pod 可替换的工作负载
op-rollout-says-what-it-keeps = 说明 partition 保留哪些 Pod、OnDelete 留给谁处理、何时会出现没有 Pod 的间隔
op-restart-warns-of-rollout-and-owners = 提示发布尚未完成、只有一个副本、由控制器或 GitOps 管理
op-restart-undo = workload.undo 到之前的版本
op-restart-does = 重启 { $row }
op-restart-keeps-no-revision = { $kind } 没有保留可回滚的版本

# op/rollout.rs
op-rollout-on-delete = OnDelete：{ $wanted } 个 Pod 保持不变，直到手动删除
op-rollout-paused = 已暂停：{ $wanted } 个 Pod 保持不变，直到恢复发布
op-rollout-by-its-rules = 按发布参数替换 { $wanted } 个 Pod
op-rollout-parted = partition { $partition }：{ $wanted } 个 Pod 中替换 { $replaced } 个
op-rollout-only-when-deleted = 只有手动删除 Pod 才会替换
op-rollout-not-until-resumed = 恢复之前不会发布
op-rollout-new-first = 新 Pod 启动后旧 Pod 才结束
op-rollout-old-first = 旧 Pod 结束后新 Pod 才启动
op-rollout-one-replica = 单副本
op-rollout-all-end-first = 全部 { $wanted } 个 Pod 结束后才启动第一个新 Pod
op-rollout-none-in-between = 中间没有 Pod
op-rollout-all-missing-at-once = maxUnavailable 允许全部 { $replaced } 个 Pod 同时不可用
op-rollout-partition-keeps = { $wanted } 个 Pod 中替换 { $replaced } 个（partition { $partition }），{ $kept } 个保留现有模板
op-rollout-no-pod-now = 目前没有 Pod
op-rollout-one-after-other = { $all } 个 Pod，逐个替换{ $settles ->
        [0] {""}
       *[other] ，每个先保持就绪 { $settles } 秒
    }
op-rollout-some-at-a-time = { $all } 个 Pod；同时最多缺少 { $missing } 个、多出 { $more } 个{ $settles ->
        [0] {""}
       *[other] ，每个先保持就绪 { $settles } 秒
    }
op-rollout-so-many = { $all } 个 Pod{ $settles ->
        [0] {""}
       *[other] ，每个先保持就绪 { $settles } 秒
    }
op-rollout-wants-none = { $row } 的副本数为 0，没有 Pod 可重启
op-rollout-scale-it-up = 扩容即可；Pod 会是新建的
op-rollout-restarts-nothing = { $parted }，因此重启 { $row } 不会重启任何 Pod
op-rollout-lower-the-partition = 先调低 spec.updateStrategy.rollingUpdate.partition，或逐个删除 Pod
op-rollout-paused-pods-stay = { $row } 已暂停，Pod 保持不变
op-rollout-all-once-deleted = { $row } 的 { $wanted } 个 Pod 逐个删除后，{ $has ->
        [new] 全部为新 Pod 且可用
        [back] 全部使用旧模板且可用
        [resources] 全部使用新的资源设置且可用
       *[image] 全部使用镜像 { $image } 且可用
    }
op-rollout-no-pods-yet = { $row } 没有 Pod；{ $has ->
        [new] 新建的 Pod 使用新模板
        [back] 新建的 Pod 使用旧模板
        [resources] 新建的 Pod 使用新的资源设置
       *[image] 新建的 Pod 使用镜像 { $image }
    }
op-rollout-all = { $row } 的 { $wanted } 个 Pod { $has ->
        [new] 全部为新 Pod 且可用
        [back] 全部使用旧模板且可用
        [resources] 全部使用新的资源设置且可用
       *[image] 全部使用镜像 { $image } 且可用
    }
op-rollout-all-but-kept = { $row } 的 { $wanted } 个 Pod 中 { $new } 个{ $has ->
        [new] 为新 Pod
        [back] 使用旧模板
        [resources] 使用新的资源设置
       *[image] 使用镜像 { $image }
    }，{ $kept } 个由 partition 保留；全部可用
op-rollout-is-gone = { $target } 已不存在
op-rollout-is-being-read = 正在读取 { $target }
op-rollout-no-new-template-yet = { $target } 尚未显示新模板
op-rollout-controller-has-not-looked = 控制器尚未处理 { $target } 的变更
op-rollout-pod-is-of-old-revision = { $pod } 仍是旧版本
op-rollout-so-far = { $wanted } 个中 { $updated } 个为新，{ $available } 个可用
op-rollout-waits-for-deletion = { $progress }；OnDelete：其余等待手动删除
op-rollout-waits-for-resume = { $progress }；已暂停：恢复之前不会发布
op-rollout-kept-by-partition = { $progress }，{ $kept } 个由 partition 保留

# op/undo.rs
op-undo-title = 将工作负载回滚到之前的版本
op-undo-revision-param = 回滚到的版本；默认为上一个版本
op-undo-refuses-paused-deployment = 拒绝已暂停的 Deployment
op-undo-refuses-without-revision = 之前的版本已不再保留时拒绝
op-undo-warns-of-owners = 提示由控制器或 GitOps 管理
op-undo-undo = workload.undo 到操作前的版本
op-undo-keeps-no-revision = { $row } 没有保留可回滚的版本
op-undo-apply-a-manifest = 改为应用所需的清单
op-undo-does = 将 { $row } 回滚到版本 { $number }
op-undo-summary = 版本 { $now } → { $number }{ $image }

# op/workload.rs
op-workload-deployment-param = Deployment 的名称；只能指定一个工作负载
op-workload-statefulset-param = StatefulSet 的名称
op-workload-daemonset-param = DaemonSet 的名称
op-workload-name-of-workload = 工作负载的名称
op-workload-second-workload = 第二个工作负载
op-workload-exactly-one = 只能指定一个工作负载
op-workload-is-paused = { $row } 已暂停，不会发布
op-workload-resume-it-first = 先恢复发布
op-workload-autoscaler-sets-replicas = { $name } 设置副本数
op-workload-so-many-available = { $wanted } 个中 { $available } 个可用，{ $updated } 个已更新
op-workload-not-settled = 发布未完成
op-workload-owner-may-put-back = 由 { $kind } { $name } 创建，此处的更改可能被其改回

# op/switch.rs
op-switch-deployment-param = Deployment 的名称
op-switch-cronjob-param = CronJob 的名称
op-switch-pause-title = 暂停 Deployment 的发布
op-switch-pause-warns = 提示恢复之前模板的更改不会生效
op-switch-resume-title = 恢复 Deployment 的发布
op-switch-resume-warns = 提示期间的更改会立即发布
op-switch-suspend-title = 挂起 CronJob：不再产生新的 Job
op-switch-suspend-says = 说明运行中的 Job 继续，错过的不补
op-switch-wake-title = 恢复已挂起的 CronJob
op-switch-wake-warns = 提示错过的 Job 可能立即启动
op-switch-pause = 暂停 { $row }
op-switch-changes-wait = 恢复之前模板的更改不会生效
op-switch-is-paused = { $row } 已暂停
op-switch-resume = 恢复 { $row }
op-switch-is-not-paused = { $row } 未暂停
op-switch-rolls-out = 立即发布
op-switch-pods-are-replaced = { $waiting } 个 Pod 仍使用旧模板，会被替换
op-switch-suspend = 挂起 { $row }
op-switch-is-suspended = { $row } 已挂起
op-switch-runs-go-on = 运行中的 { $running } 个继续；错过的不补
op-switch-is-not-suspended = { $row } 未挂起
op-switch-missed-run-may-start = { $schedule }：错过的 Job 可能立即启动
op-switch-sets = 将 spec.{ $field } 设为 { $on }

# op/storage.rs
op-storage-expand-title = 扩大 PVC
op-storage-pvc-param = PVC 的名称
op-storage-size-param = 新的容量
op-storage-expand-refuses = 拒绝更小的容量、未绑定的 PVC，以及不支持扩容的 StorageClass
op-storage-never-smaller = 卷不能缩小
op-storage-reclaim-title = 设置 PVC 删除后卷如何处理
op-storage-pv-param = 卷的名称
op-storage-policy-param = Retain 或 Delete
op-storage-reclaim-warns = Delete 为高风险：Released 的卷会连同数据立即删除
op-storage-reclaim-undo = pv.reclaim 到原来的策略
op-storage-detach-title = 删除 VolumeAttachment，使卷可以挂载到其他节点
op-storage-attachment-param = VolumeAttachment 的名称
op-storage-detach-refuses = 节点 Ready 时拒绝：attach-detach 控制器会正常卸载
op-storage-detach-asks = 要求确认机器已断电，除非其 Node 已删除
op-storage-attached-again = Pod 需要时控制器会重新挂载
op-storage-a-size = 容量，例如 20Gi
op-storage-is-not-bound = { $row } 为 { $phase }，不是 Bound
op-storage-only-bound-grows = 只有 Bound 的 PVC 可以扩容
op-storage-asks-for = { $row } 的容量已是 { $now }
op-storage-would-shrink = { $row } 的容量为 { $now }；卷不能缩小
op-storage-give-larger-size = 指定更大的容量
op-storage-class-does-not-expand = StorageClass { $class } 不支持扩容
op-storage-copy-or-allow = 将数据复制到更大的 PVC；驱动支持时可设置 allowVolumeExpansion
op-storage-for-good = 不可撤销
op-storage-not-smaller-again = 卷扩大后不能再缩小
op-storage-class-unread = 无法读取 { $class }；由 API Server 决定
op-storage-expand-does = 扩容 { $row }
op-storage-expanded = { $row } 的容量为 { $wanted }
op-storage-pod-must-start = { $row }：需要启动或重启使用该卷的 Pod：{ $message }
op-storage-has-policy = { $row } 的策略已是 { $now }
op-storage-deleted-at-once = 卷为 { $phase }：卷和数据会立即删除
op-storage-deleted-with-claim = 随 PVC 一起删除
op-storage-clean-up = PVC 删除后需要手动清理该卷
op-storage-reclaim-does = 设置 { $row } 的回收策略
op-storage-policy-unknown = { $now } 无法重新设置
op-storage-policy-is = { $row } 的策略为 { $wanted }
op-storage-nodes-unknown = 节点信息未知，无法判断机器是否已断电
op-storage-wait-for-nodes = 等待节点读取完成
op-storage-node-is-ready = { $node } 为 Ready：卷可能正在使用
op-storage-end-the-pod = 结束使用该卷的 Pod；控制器随后会卸载
op-storage-machine-off = { $node } 的机器已断电，或与 { $volume } 断开：已亲自确认；两处同时写入会损坏数据
op-storage-detach-does = 从 { $node } 卸载 { $volume }
op-storage-detach-summary = 删除 VolumeAttachment { $name }
op-storage-attached-elsewhere = { $volume } 可能立即挂载到其他节点
op-storage-attachment-is-gone = VolumeAttachment { $name } 已删除

# op/peer.rs
op-peer-not-one = 这不是 { $head } 行：从 { $head } 到末尾完整复制为一行
op-peer-altered = 该行不完整或被改动（{ $why }）：完整复制为一行
op-peer-steers = { $part }含有屏幕不显示或控制屏幕的字符：不是由 opsbook 生成；不要签名，先询问发送者
op-peer-blanks = { $part }含有连续空白，可能被看成另一行：不是由 opsbook 生成；不要签名，先询问发送者
op-peer-too-long = { $part }过长，无法通读：不要签名，先询问发送者
op-peer-other-form = 格式为 { $form }，本 opsbook 读取格式 { $ours }：双方需要使用同一格式
op-peer-other-plan = 属于另一个计划：请求之后计划已变化，或该行属于另一个计划；重新请求
op-peer-other-request = 答复的是该计划的另一个请求：请批准当前的请求
op-peer-expired = 已超时（15 分钟）：关闭后重新请求
op-peer-part-id = 请求 id
op-peer-part-digest = 摘要
op-peer-part-title = 标题
op-peer-part-context = 上下文
op-peer-part-server = API Server 地址
op-peer-part-cluster = 集群
op-peer-part-target = 对象
op-peer-part-by = 请求者姓名
op-peer-part-user = 用户
op-peer-part-command = 命令
op-peer-part-summary = 概述
op-peer-part-way-back = 回退方式
op-peer-part-consequence = 影响
op-peer-part-question = 需确认项
op-peer-part-script = 脚本
op-peer-part-consequences = 影响列表
op-peer-row-uid = {"  "}(uid { $uid })
op-peer-row-asks = { $by } 请求同意：{ $title }  [{ $risk }]
op-peer-row-cluster = {"  "}集群      { $context }（{ $server }）{ $uid }
op-peer-row-object = {"  "}对象      { $target }{ $uid }
op-peer-row-by = {"  "}请求者    { $by }（{ $user }），{ $at }
op-peer-row-until = {"  "}有效至    { $until }
op-peer-row-does = {"  "}操作      { $summary }
op-peer-row-same-as = {"  "}等同于    { $kubectl }
op-peer-row-way-back = {"  "}回退方式  { $way_back }
op-peer-row-plan = {"  "}计划      { $digest }
op-peer-row-question = {"  "}? 须确认：{ $question }
op-peer-row-hidden = {"  "}✖ 含有屏幕不显示的字符
op-peer-by-hand = 手工执行
op-peer-step-by-hand = 手工执行 { $step }
op-peer-operator-does-step = 手工执行步骤 { $step }
op-peer-no-command = 无命令：手工执行
op-peer-done-by-hand = 手工执行的步骤
op-peer-operator-says-so = 人工确认

# op/rewrite.rs
op-rewrite-title = 重写某种资源的所有对象，使其以新密钥存储
op-rewrite-kind-param = 对象的类型，按 kubectl 的写法：secrets、configmaps 等
op-rewrite-rate-param = 每秒请求数，默认 5，最多 50
op-rewrite-reads-names-only = 只读取对象的名称；不更改任何字段；每秒请求数有上限
op-rewrite-passes-over = 期间删除或更改过的对象会跳过：写入者已重新存储
op-rewrite-says-what-is-unseen = 说明看不到的内容：API Server 用哪个密钥写入
op-rewrite-undo = 对象与之前相同
op-rewrite-namespace-param = 仅限该命名空间；否则为整个集群
op-rewrite-a-kind = opsbook 支持的类型，例如 secrets
op-rewrite-has-no-namespace = { $plural } 不属于任何命名空间
op-rewrite-leave-namespace-out = 不要指定命名空间
op-rewrite-give-a-rate = 指定 1 到 { $most }
op-rewrite-so-many-requests = 每秒 { $per_second } 个请求
op-rewrite-does = 重写 { $plural }
op-rewrite-every-one = 整个集群的所有 { $plural }，每秒 { $per_second } 个；按 p 计数
op-rewrite-every-one-of-namespace = 命名空间 { $namespace } 的所有 { $plural }，每秒 { $per_second } 个；按 p 计数
op-rewrite-proof = 对 { $plural } 的所有请求均已答复；磁盘上的内容无法通过请求看到
op-rewrite-key-unseen = 确认每个 API Server 的 EncryptionConfiguration 中，新密钥在其 provider 中排第一，且此后都已重启：否则会再次以旧密钥存储
op-rewrite-keep-the-old-key = 完成之前，以及备份仍需要时，在配置中保留旧密钥
op-rewrite-unseen = 此处无法看到
op-rewrite-old-key = 旧密钥
op-rewrite-not-written = 不写入
op-rewrite-stored-already = 已以新形式存储的对象：由 API Server 判断
op-rewrite-by-themselves = 这类对象一小时内会自行重写

# op/scale.rs
op-scale-title = 设置工作负载的副本数
op-scale-replicaset-param = ReplicaSet 的名称
op-scale-replicas-param = 期望的副本数
op-scale-refuses-owned = 拒绝由 Deployment 管理的 ReplicaSet
op-scale-warns-of-others = 提示 HPA 会设置其他副本数、由 GitOps 管理，以及缩容到 0
op-scale-warns-of-fewer = 提示剩余 Pod 少于 PDB 的要求，以及 StatefulSet 失去成员
op-scale-undo = workload.scale 到原来的副本数
op-scale-how-many-pods = 副本数
op-scale-so-many = { $n } 个副本
op-scale-give-a-number = 指定 0 到 { $most } 的数字
op-scale-owner-sets-its-own = { $row } 由 { $kind } { $name } 管理，其副本数会被改回
op-scale-the-owner = 改为对 { $kind } 扩缩容
op-scale-wants-pods = { $row } 的副本数已是 { $pods }
op-scale-does = 将 { $row } 的副本数设为 { $wanted }
op-scale-summary = { $now } → { $wanted } 个 Pod
op-scale-proof = { $row } 有 { $wanted } 个就绪的 Pod
op-scale-nothing-left = 没有剩余 Pod
op-scale-serves-nobody = 扩容之前 { $row } 不提供服务
op-scale-pods-end = { $available } 个可用 Pod 中结束 { $ending } 个
op-scale-members-go = 从 { $first } 起的成员按序号从大到小结束；PVC 保留；可能失去多数派
op-scale-autoscaler-stops = { $name } 停止工作，直到手动扩容
op-scale-autoscaler-keeps = { $name } 保持 { $min } 到 { $max } 个 Pod，会设置自己的副本数
op-scale-budget-is-not-asked = { $name } 要求 { $desired } 个健康 Pod；缩容不检查 PDB

# op/taint.rs
op-taint-node-param = 节点名称
op-taint-key-param = 污点的 key
op-taint-effect-param = NoSchedule、PreferNoSchedule 或 NoExecute
op-taint-title = 给节点打污点：只有容忍该污点的 Pod 可以保留或调度
op-taint-value-param = 污点的 value
op-taint-counts = 统计 NoExecute 污点可能立即驱离的 Pod，不检查 PDB
op-taint-undo = node.untaint，或以原来的 value 执行 node.taint
op-taint-untaint-title = 移除节点的污点
op-taint-untaint-refuses = 拒绝由控制器维护的污点：原因消除之前会再次出现
op-taint-out-title = 标记机器已断电：释放其 Pod 和卷
op-taint-out-refuses = 节点 Ready 时拒绝
op-taint-out-asks = 要求确认机器已断电：两处同时写入会损坏卷
op-taint-out-undo = 机器恢复后执行 node.untaint（已删除的不会恢复）
op-taint-has-no-taint = { $node } 没有污点 { $key }:{ $effect }
op-taint-kept-by-controller = { $key } 由节点控制器根据节点状态维护
op-taint-mend-its-cause = 消除原因；污点会自动移除
op-taint-untaint-does = 移除 { $node } 的污点
op-taint-untaint-summary = 移除 { $taint }
op-taint-node-is-ready = { $node } 为 Ready，机器未断电
op-taint-drain-instead = 改用 node.drain 排空
op-taint-volumes-are-given-free = 释放卷
op-taint-volumes-of-so-many = { $pods } 个 Pod 的卷会挂载到其他节点，不等待该机器
op-taint-volumes-of-unknown = 其 Pod（{ $why }）的卷会挂载到其他节点，不等待该机器
op-taint-out-does = { $node } 已断电
op-taint-machine-off = { $node } 的机器已断电，或与网络和存储断开，并保持如此：已亲自确认
op-taint-out-note = 在机器恢复之后；已删除的不会恢复
op-taint-has-taint = { $node } 有污点 { $taint }
op-taint-does = 给 { $node } 打污点
op-taint-summary = 添加 { $taint }
op-taint-drives-away-up-to = 最多 { $pods } 个不容忍该污点的 Pod 立即结束；不检查 PDB
op-taint-drives-away-unknown = 所有不容忍该污点的 Pod 立即结束；不检查 PDB；数量未知：{ $why }
op-taint-driven-away = 驱离 Pod

# op/set_image.rs
op-set-image-title = 设置容器镜像并发布
op-set-image-image-param = 镜像，带 tag 或 digest
op-set-image-refuses = 拒绝已暂停的 Deployment，以及模板中不存在的容器
op-set-image-warns = 提示镜像没有固定 tag、只有一个副本、发布尚未完成、由 GitOps 管理
op-set-image-undo = workload.set-image 到原来的镜像
op-set-image-no-image = { $image } 不是镜像名称
op-set-image-give-a-name = 按 REGISTRY/NAME:TAG 指定
op-set-image-has-it = { $row } 的容器 { $container } 已使用 { $image }
op-set-image-may-differ = { $image } 在不同节点、不同时间拉取的可能不是同一镜像
op-set-image-no-fixed-tag = 没有固定 tag
op-set-image-does = 设置 { $row } 的镜像

# op/set_resources.rs
op-set-resources-title = 设置容器的 requests 和 limits 并发布
op-set-resources-refuses = 拒绝 request 大于 limit，以及已暂停的 Deployment
op-set-resources-warns = 提示内存 limit 变小、只有一个副本、发布尚未完成、由 GitOps 管理
op-set-resources-undo = workload.set-resources 到原来的值
op-set-resources-resize-title = 原地调整运行中 Pod 的资源
op-set-resources-pod-param = Pod 的名称
op-set-resources-resize-refuses = 拒绝 1.33 之前的 API Server、镜像 Pod（静态 Pod），以及 request 大于 limit
op-set-resources-resize-warns = 提示工作负载的模板仍为原来的值、内存 limit 变小、容器会重启
op-set-resources-resize-undo = pod.resize 到原来的值
op-set-resources-does = 设置 { $row } 的资源
op-set-resources-server-too-old = API Server 版本为 { $version }；1.{ $since } 起才能原地调整 Pod
op-set-resources-of-the-workload = 改为设置工作负载的资源
op-set-resources-cannot-resize = { $row } 是静态 Pod、已结束或正在删除
op-set-resources-another-pod = 改为修改节点上的清单，或选择其他 Pod
op-set-resources-resize-does = 调整 Pod { $row } 的资源
op-set-resources-resize-proof = kubelet 以新的资源设置运行 { $row } 的 { $container }
op-set-resources-owner-keeps-old = { $kind } { $name } 新建的 Pod 仍使用原来的值；在其中也要设置
op-set-resources-this-pod-only = 仅此 Pod
op-set-resources-restarts = { $row } 的容器 { $container } 会重启：由其 resizePolicy 决定
op-set-resources-pod-is-gone = Pod 已不存在
op-set-resources-being-read = 正在读取
op-set-resources-no-room = 节点目前资源不足
op-set-resources-in-progress = kubelet 正在调整
op-set-resources-no-container = 容器已不存在
op-set-resources-not-reported = kubelet 未报告资源设置
op-set-resources-reports-old = kubelet 报告的仍是原来的资源设置

# op/target.rs
op-target-bare = 保存其清单，确有必要时用 kubectl 删除
op-target-being-deleted = { $row } 已在删除中
op-target-being-deleted-since = { $row } 已在删除中，已持续 { $age }
op-target-wait-or-look = 等待删除完成，或检查其节点和终结器
op-target-cannot-be-read = 无法读取 { $key }：{ $why }
op-target-no-plan-without = 读取不到则无法制定计划
op-target-a-kind = opsbook 支持的类型，例如 pod 或 pvc
op-target-owned-by-gitops = 由 GitOps 管理
op-target-may-put-back = { $who }（{ $value }）可能会改回此处的更改；在其中也要修改
op-target-no-other-replica = 没有其他副本
op-target-no-other-ready = { $kind } { $name } 没有其他就绪的 Pod
op-target-other-replicas = 其他副本
op-target-others-ready = { $kind } { $name } 另有 { $n } 个就绪
op-target-local-data-lost = 丢失本地数据
op-target-empty-dir = 其 emptyDir 卷
op-target-is-another-one-now = { $target } 已是另一个对象
op-target-not-shown-yet = { $target } 尚未显示该更改
op-target-is-gone = { $target } 已不存在
op-target-is-being-read = 正在读取 { $target }
op-target-is-still-there = { $target } 仍然存在
op-target-unknown = { $target } 目前未知：{ $why }

# op/webhook.rs
op-webhook-validating-param = 配置的名称；只能指定一个
op-webhook-mutating-param = 配置的名称
op-webhook-names-param = 仅限这些名称的 webhook，以逗号分隔；默认为全部
op-webhook-open-title = 临时将准入 webhook 设为失败时放行
op-webhook-for-param = 时长，默认 15m，最长 4h
op-webhook-closes-by-itself = 到时间、取消或退出时自动恢复为失败时拒绝
op-webhook-open-says = 说明期间不再检查的内容；提示控制器可能提前改回
op-webhook-closed-title = 将准入 webhook 设为无响应时拒绝
op-webhook-closed-warns = 提示无响应期间，其匹配的对象都无法写入
op-webhook-give-a-time = 指定不超过 { $most } s 的时长
op-webhook-fails-open = { $name } 失败时放行
op-webhook-open-summary = { $count } 个 webhook 的 failurePolicy：{ $from } → { $to }，持续 { $minutes } 分钟
op-webhook-cannot-be-written = 无响应期间，其匹配的对象无法写入
op-webhook-fails-closed = { $name } 失败时拒绝
op-webhook-closed-summary = { $count } 个 webhook 的 failurePolicy：{ $from } → { $to }
op-webhook-no-such = { $name } 没有该 webhook
op-webhook-name-one-of = 从中指定：{ $names }
op-webhook-while-silent = { $name }：无响应期间不检查 { $resources } 的 { $verbs }
op-webhook-not-checked = 不检查

# op/script.rs
op-script-this-machine = 本机
op-script-in-container = Pod { $namespace }/{ $pod } 的容器 { $container }
op-script-runs = 运行 { $lines } 行 { $of }，位置：{ $place }
op-script-runs-with = 运行 { $lines } 行 { $of }，位置：{ $place }，变量：{ $values }
op-script-ended = { $step } 已结束
op-script-ended-with-0 = { $step } 以 0 结束
op-script-undo-of-its-step = 脚本本身的撤销方式未知；按 r 撤销该步骤：{ $way }
op-script-no-undo = 脚本的撤销方式未知
op-script-does = 运行 { $step }
op-script-hidden = 不可见字符
op-script-holds-hidden = 脚本含有屏幕不显示的字符；运行前先查看其文件
op-script-not-computed = 无法预知更改内容
op-script-no-dry-run = 脚本没有试运行：效果以脚本内容为准
op-script-no-values = 没有使用该 runbook 的值
op-script-stopped-after = { $seconds } s 之后
op-script-own-terminal = 使用单独的终端；输入和显示的内容均不保留
op-script-file = { $runbook } 步骤 { $step } 的脚本

# op/secret.rs
op-secret-secret-param = Secret 的名称
op-secret-key-param = data 中的 key
op-secret-rotate-title = 轮换 Secret 的一个 key，并在旁边保留旧值
op-secret-value-param = 新值；不指定则由字母和数字生成
op-secret-length-param = 生成值的字符数，默认 32，16 到 256
op-secret-server-copies = 不需要读取值：API Server 将旧值复制到 KEY.before-rotation
op-secret-rotate-refuses = 拒绝 immutable 的 Secret，以及 TLS、ServiceAccount 和 bootstrap token 的 Secret
op-secret-rotate-warns = 提示控制器会改回自己的值，以及更早的值会丢失
op-secret-says-who-reads = 说明哪些工作负载读取该 key，其中哪些需要重启
op-secret-back-title = 将 Secret 的一个 key 恢复为轮换前的值
op-secret-back-refuses = 没有保留旧值时拒绝；不需要读取值
op-secret-back-undo = 放弃新值
op-secret-of-tls = 证书和密钥须一起更换：由签发方处理，或使用 kubectl
op-secret-of-service-account = 删除后签发短期令牌：serviceaccount.token
op-secret-of-bootstrap = 用 kubeadm token create 创建新令牌
op-secret-has-no-room-for = { $name } 后面放不下 { $suffix }
op-secret-keys-up-to = key 最长为 { $most } 个字符
op-secret-readers-read-kept = 能读取该 Secret 的也能读取 { $kept }
op-secret-older-value-lost = 丢失更早的值
op-secret-kept-already = { $kept } 已存在
op-secret-nobody-needs = 上一次轮换保留的值已无人需要
op-secret-rotate-does = 轮换 Secret { $row } 的 { $name }
op-secret-made = { $name }：{ $length } 个新的字母和数字；旧值保留为 { $kept }
op-secret-typed = { $name }：输入的值；旧值保留为 { $kept }
op-secret-rotate-proof = { $name } 已重新写入，且 { $kept } 存在
op-secret-none-was-kept = Secret { $row } 没有 { $kept }，未保留旧值
op-secret-rotate-it = 轮换为新值
op-secret-newer-value-lost = 丢失新值
op-secret-value-given-up = 放弃 { $name } 当前的值
op-secret-back-does = 恢复 Secret { $row } 的 { $name }
op-secret-back-summary = { $name }：保留为 { $kept } 的值
op-secret-back-proof = { $name } 已重新写入，且 { $kept } 已移除
op-secret-being-deleted = Secret { $row } 正在删除
op-secret-make-it-anew = 先重新创建
op-secret-immutable = Secret { $row } 为 immutable
op-secret-make-another = 创建另一个 Secret，并让读取者改用它
op-secret-of-type = Secret { $row } 的类型为 { $type }
op-secret-has-no-keys = data 为空
op-secret-has-keys = 已有 { $keys }
op-secret-no-such-key = Secret { $row } 没有 key { $name }
op-secret-too-short = 少于 { $least } 个字符的值无法从记录中滤除
op-secret-give-longer-value = 指定更长的值
op-secret-has-a-form = 字母和数字不是类型 { $type } 的有效值
op-secret-give-its-value = 指定其值
op-secret-so-many-characters = { $length } 个字符
op-secret-give-a-length = 指定 16 到 256 的长度
op-secret-of-cert-manager = 由 cert-manager 为 Certificate { $certificate } 写入，可能会改回其值
op-secret-other-side-must-learn = 验证 { $name } 的一方（数据库、其他集群）也须更新该值
op-secret-other-side = 对端

# op/readers.rs
op-readers-cannot-be-read = 无法读取 { $interest }，不知道其中哪些在使用
op-readers-unknown = 使用者未知
op-readers-none = 同命名空间没有 Deployment、StatefulSet、DaemonSet 或 CronJob 使用
op-readers-not-looked-at = 不属于上述工作负载的 Pod，以及通过 API 读取的程序
op-readers-not-seen = 看不到
op-readers-reads-it = 读取
op-readers-to-pull = { $who }，用于拉取镜像：下一个 Pod 起生效
op-readers-next-job = { $who }：下一个 Job 起生效
op-readers-at-start = 启动时读取
op-readers-as-environment = { $who }，作为环境变量：执行 workload.restart 后才使用新值
op-readers-as-sub-path = { $who }，作为单个文件（subPath）：执行 workload.restart 后才使用新值
op-readers-as-file = { $who }，作为文件：约一分钟内更新

# op/token.rs
op-token-title = 为 ServiceAccount 签发自动过期的令牌
op-token-account-param = ServiceAccount 的名称
op-token-for-param = 有效期，默认 1h，10m 到 24h
op-token-audience-param = 对谁有效；默认为 API Server
op-token-shown-once = 只显示一次，不保存；拒绝超过一天
op-token-names-roles = 列出令牌具有的角色；含 cluster-admin 为高风险
op-token-undo = 自动过期，或随 ServiceAccount 失效
op-token-for-so-long = 有效期 { $seconds } s 的令牌
op-token-give-a-time = 指定 10m 到 24h 的时长
op-token-is-being-deleted = { $key } 正在删除
op-token-choose-another = 其令牌会一起失效；选择其他 ServiceAccount
op-token-does = { $key } 的令牌
op-token-ends-after = { $minutes } 分钟后自动过期的令牌
op-token-ends-after-for = 供 { $whom } 使用、{ $minutes } 分钟后自动过期的令牌
op-token-not-called-back = 令牌无法收回：签发 { $minutes } 分钟后自动过期，或随 ServiceAccount 失效
op-token-proof = API Server 已签发令牌
op-token-where-it-is-shown = 只在屏幕上方的消息中显示一次：不记录，无法再次显示
op-token-no-role = 没有按名称绑定的角色
op-token-may-do-everything = { $names }{ $more ->
        [0] {""}
       *[other] {" "}等（另有 { $more } 个）
    }：持有令牌即可执行任何操作
op-token-has-roles = 持有令牌即具有 { $names }{ $more ->
        [0] {""}
       *[other] {" "}等（另有 { $more } 个）
    }
op-token-role-in = { $role }（{ $namespace }）

# op/starting.rs
op-starting-has-ended = { $name } 已结束
op-starting-has-ended-with = { $name } 已结束，退出码 { $code }
op-starting-not-yet = { $name } 尚未启动
op-starting-does-not = { $name } 无法启动
