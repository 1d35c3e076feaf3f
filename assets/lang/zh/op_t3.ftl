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
op-script-no-dry-run = 脚本没有 dry run：效果以脚本内容为准
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
