# shell/kubeconfig.rs
shell-kubeconfig-changed = 本会话脚本使用的 kubeconfig { $path } 已丢失或被修改，可能是脚本所为：不再执行任何脚本，以免连到其他集群；退出后用 `opsbook sessions resume` 继续
shell-kubeconfig-not-written = 无法在 { $folder } 下写入 kubeconfig，脚本将没有集群：{ $error }

# shell/output.rs
shell-output-not-shown = …另有 { $bytes } 字节未显示
shell-output-of-line = …该行另有 { $bytes } 字节

# shell/pty.rs
shell-not-started = 无法启动 { $program }：{ $error }
shell-no-process = 没有进程
shell-pty-end-unknown = 不知道是如何结束的

# shell/local.rs
shell-local-missing = { $interpreter } 不在本机的 PATH 中；请先安装
shell-local-acts-as = 本机的脚本不会以 { $user } 的身份（--as）执行：去掉该选项，或手工执行
shell-local-no-terminal = 需要终端，而这里没有终端
shell-local-end-unknown = 已结束，但没有给出结果
shell-local-not-waited = 无法等待其结束：{ $error }

# shell/container.rs
shell-container-no-terminal = 需要终端的脚本只能在本机执行
shell-container-none = 这不是容器
shell-container-another-pod = Pod { $namespace }/{ $pod } 现在是另一个；没有执行任何操作
shell-container-cut-off = 连接在脚本给出结果之前中断
shell-container-no-number = 尚未得到进程号
shell-container-closed = 连接已中断
shell-container-cut = 脚本传输不完整，因此没有执行
shell-container-not-begun = 解释器在脚本开始前以 { $code } 退出
shell-container-left = 已脱离，可能仍在容器中运行：再次执行前先到容器中查看
shell-container-end-unknown = 服务端没有说明是如何结束的
