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
op-apply-guard-dry-run = 服务端 dry run 显示每个变化的字段，并拒绝由其他 manager 管理的字段
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
