# 连接集群、读取和写入时的说明

cluster-no-answer = { $seconds } s 内没有响应

# 选择集群
cluster-connect-no-cluster = 没有配置集群：{ $looked }，且当前不在 Pod 中；设置 KUBECONFIG 或 --kubeconfig，或试用 `opsbook --practice`
cluster-connect-no-context = { $why }；用 --context NAME 指定：{ $names }
cluster-connect-no-contexts = 其中没有任何 context
cluster-connect-no-such-context = kubeconfig 中没有 context { $wanted }；现有：{ $known }
cluster-connect-no-such-server = kubeconfig 中没有 context 指向 { $server }；现有：{ $known }；添加该集群，或用 --context 指定
cluster-connect-several-contexts = 该会话在 { $server }，context 为 { $was }，此处没有该 context；{ $several } 都指向该地址：用 --context 指定
cluster-connect-file = kubeconfig { $path } 无法使用：{ $why }；用 `kubectl config view` 检查
cluster-connect-no-such-cluster = context { $context } 引用了集群 { $cluster }，kubeconfig 中没有该集群
cluster-connect-unusable = context { $context } 无法使用：{ $why }
cluster-kubeconfig-no-account = 该 Pod 的 ServiceAccount 已不存在
cluster-kubeconfig-no-current = kubeconfig 中没有 current-context
cluster-kubeconfig-no-such-current = kubeconfig 中没有 current-context { $context }
cluster-kubeconfig-passed-over = { $why }（{ $files }）
cluster-kubeconfig-http = server { $server } 没有写协议：与 kubectl 一样用 http 访问，不带凭据；如需 https，写成 https://{ $server }
cluster-kubeconfig-http-here = server { $server } 没有写协议：与 kubectl 一样用 http 访问，因在本机而携带凭据；如需 https，写成 https://{ $server }
cluster-kubeconfig-too-long = 超过 { $bytes } 字节
cluster-kubeconfig-empty = { $file } 为空
cluster-kubeconfig-absent = { $file } 不存在
cluster-kubeconfig-not-there = 文件不存在
cluster-kubeconfig-no-home = 没有可查找的 home 目录
cluster-kubeconfig-not-found = 在 { $files } 没有找到含集群的 kubeconfig
cluster-kubeconfig-no-text = 不是 UTF-8 或 UTF-16 文本
cluster-identity-no-namespace = 返回的不是 Namespace

# kubeconfig 中无法使用的内容
cluster-unusable-address = server { $server } 不是有效地址：{ $why }；写成 https://HOST:PORT
cluster-unusable-proxy = { $place } 指定的代理无法使用：{ $why }
cluster-unusable-base64 = kubeconfig 的 { $field }-data 不是 base64：{ $why }
cluster-unusable-no-certificate = kubeconfig 的 { $field } 中没有可读取的证书
cluster-unusable-token = { $place } 无法发送：{ $why }
cluster-unusable-file = kubeconfig 引用的 { $path } 无法读取：{ $why }
cluster-unusable-provider = kubeconfig 使用 auth-provider { $name }，kubectl 也已不再支持：改用取代它的凭据插件
cluster-unusable-two-methods = kubeconfig 为该用户同时配置了 token 和密码：只保留一种
cluster-unusable-trusts-both = 该集群同时配置了 CA 证书和 insecure-skip-tls-verify（信任任何服务器）：只保留一种
cluster-unusable-half = kubeconfig 有 { $there }，但没有 { $missing }
cluster-unusable-no-key = kubeconfig 的 client-key 无法使用：{ $why }
cluster-unusable-other-key = kubeconfig 的 client-key 与 client-certificate 不匹配
cluster-unusable-key = 客户端私钥为{ $kind }，opsbook 无法用其签名：支持 RSA 2048 到 4096 位、ECDSA P-256、P-384、P-521 和 Ed25519；重新签发证书
cluster-unusable-name = tls-server-name { $name } 不是有效主机名
cluster-unusable-tls = 无法建立 TLS：{ $why }
cluster-unusable-header = kubeconfig 用户的请求头无法发送：{ $why }
cluster-address-empty = 内容为空
cluster-address-no-host = 没有主机
cluster-address-no-port = 端口无效
cluster-address-other-scheme = 协议不是 https 或 http
cluster-address-path = 有路径但没有协议
cluster-proxy-of-kubeconfig = kubeconfig 的 proxy-url
cluster-proxy-no-address = 不是有效地址
cluster-proxy-no-scheme = 没有协议，例如 http://
cluster-proxy-other-scheme = 协议不是 http、https、socks5 或 socks5h
cluster-proxy-no-host = 主机或端口无效
cluster-bearer-id-token = kubeconfig 的 id-token
cluster-bearer-token = kubeconfig 的 token
cluster-bearer-user = kubeconfig 的用户
cluster-bearer-none = 没有配置
cluster-bearer-empty = 内容为空
cluster-bearer-no-header = 用户名和密码无法组成请求头
cluster-bearer-characters = 含有 token 不允许的字符，例如中间有换行
cluster-key-locked = 有密码保护
cluster-key-none = 其中没有私钥
cluster-key-rsa = 约 { $bits } 位的 RSA
cluster-key-curve = 不常用曲线的 ECDSA
cluster-key-kind = 类型 { $algorithm }
cluster-p521-unsigned = P-521 签名失败

# 服务器证书不被信任
cluster-certificate-explained = { $error }（{ $what }）
cluster-certificate-no-authority = 服务器证书不是由 kubeconfig 的 certificate-authority 或系统信任的 CA 签发
cluster-certificate-signature = 签名方式此处不支持，例如 SHA-1 或低于 2048 位的 RSA：重新签发证书
cluster-certificate-of-authority = 该证书是 CA 证书，只有在 certificate-authority 中列出同一证书时才接受
cluster-certificate-version = 该证书是 X.509 v1，没有可校验的主机名：重新签发证书

# 凭据
cluster-failure-log-in = { $why }；登录后按 ctrl-r
cluster-failure-log-in-rerun = { $why }；登录后重新运行
cluster-failure-again = { $why }；按 ctrl-r 重试
cluster-failure-mend = { $why }；修正后按 ctrl-r
cluster-login-session-ends = 会话已结束
cluster-login-refused = { $server } 拒绝{ $what }
cluster-login-refused-again = { $server } 曾接受，之后反复拒绝{ $what }
cluster-login-credentials = 凭据（401 Unauthorized）
cluster-login-certificate = 客户端证书
cluster-login-not-sent = { $server } 要求身份验证，而凭据不会通过 http 发往其他机器或经过代理；kubeconfig 中的地址须以 https:// 开头
cluster-login-moved = kubeconfig 已变更：context { $context } 现在指向 { $now }，本会话在 { $before }；不会向新地址发送请求；退出并重新启动 opsbook
cluster-login-other-cluster = { $server } 上响应的不是本会话的集群；退出，检查该地址指向何处
cluster-login-hidden = 用这些凭据无法确认 { $server } 仍是本会话的集群：不能读取其命名空间 kube-system
cluster-login-no-word = { $server } 在 { $seconds } s 内没有表明是哪个集群
cluster-plugin-failed = 凭据插件 { $plugin } 失败：{ $why }
cluster-plugin-failed-without-terminal = 凭据插件 { $plugin } 失败：{ $why }（该插件需要终端，只有在 kubectl 下才有）
cluster-plugin-no-command = kubeconfig 的凭据插件没有 command
cluster-plugin-not-here = 本机没有该程序
cluster-plugin-unstarted = 凭据插件 { $plugin } 无法启动：{ $why }
cluster-plugin-unstarted-hint = 凭据插件 { $plugin } 无法启动：{ $why }：{ $hint }
cluster-plugin-unread = 凭据插件 { $plugin } 的输出无法读取：{ $why }
cluster-plugin-too-long = 凭据插件 { $plugin } 的输出超过 { $bytes } 字节
cluster-plugin-no-json = 凭据插件 { $plugin } 的输出不是 JSON 格式的 ExecCredential：{ $why }
cluster-plugin-other-version = 凭据插件 { $plugin } 的输出版本为 { $given }，kubeconfig 要求 { $wanted }
cluster-plugin-no-time = 凭据插件 { $plugin } 的输出中到期时间无效：{ $why }
cluster-plugin-nothing = 凭据插件 { $plugin } 的输出中既没有 token，也没有证书和私钥

# 读取
cluster-read-failed = { $what } 无法读取：{ $why }
cluster-read-log = { $pod } { $container } 的日志
cluster-read-busy = { $why }；要求等待 { $seconds } s
cluster-read-not-the-server = { $why }：响应的是否并非 API Server？
cluster-read-compressed = 响应被压缩（{ $encoding }），而请求并未要求；与 API Server 之间是否有代理？
cluster-read-some-way = 未知
cluster-list-expired = 服务器称新的列表已过期（410）
cluster-list-repeats = 服务器反复返回列表的同一页
cluster-list-stopped = 列表传输中断 { $seconds } s
cluster-list-unread = 列表的一页无法读取：{ $why }
cluster-list-too-long = 列表的一页超过 { $largest } MiB
cluster-watch-anew = 正在重新读取
cluster-watch-ends = 服务器立即结束每个 watch
cluster-watch-lost = 连接中断，之后服务器没有响应
cluster-watch-too-old = 服务器称其给出的版本都已过期（410）；正在重新读取
cluster-watch-again = 暂时没有跟踪；正在重试
cluster-watch-cut-short = 初始数据尚未传完，响应就已结束
cluster-watch-cut-within = 响应在一个事件中间结束
cluster-came-nameless = 未说明类型的内容
cluster-came-without-version = 没有 apiVersion 的 { $kind }
cluster-came-kind = 属于 { $version } 的 { $kind }
cluster-came-other = 请求的是 { $version } 的 { $kind }，返回的是{ $came }；响应的是否并非 API Server？
cluster-came-other-says = 请求的是 { $version } 的 { $kind }，返回的是{ $came }（{ $said }）；响应的是否并非 API Server？
cluster-came-no-list = 返回的不是列表：{ $why }
cluster-came-no-items = 返回的 { $kind }List 没有 items
cluster-came-metadata = 列表的 metadata：{ $why }
cluster-came-no-version = 返回的列表没有 metadata.resourceVersion：无法得知其时间
cluster-came-ends-early = 列表已结束，但服务器称还有 { $left } 个对象
cluster-frame-too-large = watch 的一帧有 { $bytes } 字节，超过 64 MiB 上限；该地址是否为 API Server？
cluster-frame-malformed = watch 的一帧无法读取：{ $why }；与 API Server 之间的代理可能截断了响应
cluster-frame-protobuf = 请求的是 JSON，返回的是 protobuf
cluster-frame-no-mark = 对象开头没有 Kubernetes protobuf 的标记
cluster-frame-other-event = 未知的事件类型 { $event }
cluster-frame-no-version = bookmark 没有版本

# 写入
cluster-write-stale = { $object } { $changed }；查看新计划：{ $said }
cluster-write-gone = { $object } 已不存在
cluster-write-another = 现在是另一个对象
cluster-write-budget = PDB 当前不允许驱逐：{ $said }
cluster-write-ending = 命名空间正在删除：{ $said }
cluster-write-logged-out = 没有可用凭据，未执行任何操作：{ $said }
cluster-write-forbidden = 没有权限：{ $said }
cluster-write-unknown = 没有响应，是否已执行未知：{ $said }
cluster-write-refused = 服务器拒绝：{ $said }
cluster-write-no-length = 值的长度未知
cluster-write-no-value = 无法生成值：{ $why }
cluster-write-no-typed = 输入的值已不再保留
cluster-write-no-review = 无法生成权限检查请求
cluster-write-before-first = 在第一个请求之前
cluster-write-before-next = 在下一个请求之前
cluster-write-shell = shell 需要操作者的终端
cluster-write-script = 脚本不会发送到 API Server
cluster-write-token-time = 未说明的时间
cluster-hold-early = 已提前撤销
cluster-hold-over = 到期后已撤销
cluster-hold-waits = 暂时无法撤销：{ $said }
cluster-hold-failed = 已执行，但撤销失败：{ $why }
cluster-hold-unrecorded = 已撤销，但未写入记录：{ $why }
cluster-diff-exists = 存在
cluster-diff-hidden = （已隐藏）

# 排空
cluster-drain-count = { $gone }/{ $all } 个 Pod 已清除
cluster-drain-done = { $gone }/{ $all } 个 Pod 已清除，{ $stay }
cluster-drain-done-silent = { $gone }/{ $all } 个 Pod 已清除（已标记删除；kubelet 失联，无法确认），{ $stay }
cluster-drain-stay = { $pods } 个保留
cluster-drain-stay-which = { $pods } 个保留（{ $which }）
cluster-drain-stay-sort = { $why } { $pods } 个
cluster-drain-waiting = 等待：{ $waits }
cluster-drain-waits = { $pod }：{ $why }
cluster-drain-ending = 正在结束
cluster-drain-over = { $seconds } s 已到
cluster-drain-refused = { $pod } 被拒绝：{ $why }
cluster-drain-cancelled = 不再发起驱逐；{ $count }
cluster-drain-no-journal = 无法写入 journal
cluster-drain-unfollowed = 已不再跟踪集群

# 端口转发
cluster-forward-line = 127.0.0.1:{ $at } → { $pod }:{ $port } · 连接 { $all } 个，{ $open } 个打开 · 发送 { $sent } B，接收 { $received } B
cluster-forward-line-trouble = 127.0.0.1:{ $at } → { $pod }:{ $port } · ✖ { $why } · 连接 { $all } 个，{ $open } 个打开 · 发送 { $sent } B，接收 { $received } B
cluster-forward-nothing = 没有转发任何内容
cluster-forward-ended = 已结束：{ $words }
cluster-forward-gone = Pod { $pod } 已清除
cluster-forward-another = Pod { $pod } 已清除；已有另一个同名 Pod
cluster-forward-pod-ended = Pod { $pod } 已结束：{ $phase }
cluster-forward-port = 本机端口 { $port } 无法监听（{ $why }）：换一个 `local`
cluster-forward-no-more = 127.0.0.1:{ $port } 无法再接受连接：{ $why }
cluster-forward-unheard = Pod 中没有程序监听端口 { $port }：{ $said }
cluster-forward-no-stream = 服务器没有打开流
cluster-forward-broke-off = 连接中断：{ $why }
cluster-forward-broke-inside = opsbook 内部有一个连接出错；详见日志

# 重写对象
cluster-rewrite-objects = { $objects } 个对象
cluster-rewrite-objects-anew = { $objects } 个对象，按原样重写
cluster-rewrite-done = 已重写 { $kinds } 的 { $written }/{ $all } 个对象
cluster-rewrite-done-passed = 已重写 { $kinds } 的 { $written }/{ $all } 个对象，{ $passed } 个期间已清除或变更
cluster-rewrite-no-answer = { $seconds } s 内没有返回 { $kinds } 的列表
cluster-rewrite-unlisted = { $kinds } 无法列出：{ $why }
cluster-write-save = 保存取证不是变更请求

# cluster/evidence
cluster-evidence-left-list-of-apis = API 列表
cluster-evidence-left-not-answered = { $version }：没有应答：{ $why }
cluster-evidence-left-nothing-is-left-in-it = 没有剩余对象
cluster-evidence-left-none = { $named }：无
cluster-evidence-left-server-has-no-such-resource = { $named }：API Server 没有此资源
cluster-evidence-left-group-names-no-version = 该组没有给出版本
cluster-evidence-left-and-more = {" "}另有 { $rest } 个
cluster-evidence-left-held-by = { $name }（被 { $finalizers } 阻止）
cluster-evidence-logs-container-has-not-run-it-has = 容器 { $container } 没有运行过：没有日志
cluster-evidence-logs-it-did-not-end-within-s = { $as_secs } 秒内没有结束
cluster-evidence-logs-bytes-left-out = 此前 { $bytes } 字节已省略
cluster-evidence-logs-previous = 容器 { $container } 重启前的日志
cluster-evidence-logs-own = 容器 { $container } 的日志
cluster-evidence-it-is-another-object-of-same = 已经是同名的另一个对象
cluster-evidence-answer-is-not-json = 应答不是 JSON：{ $e }
cluster-evidence-no-answer-within-s = { $as_secs } 秒内没有应答
cluster-evidence-objects-events-about = { $object } 的相关事件
cluster-evidence-objects-no-events-are-left-about-it = 没有留下相关事件
cluster-evidence-objects-answer-is-not-list = 应答不是列表
