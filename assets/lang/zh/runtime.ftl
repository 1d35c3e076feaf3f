# runtime/change.rs
runtime-change-production = 生产环境已恢复只读
runtime-change-read-only = 只读
runtime-change-agreement-over = 第二人的同意已过期
runtime-change-nothing-begun = { $why }：未开始任何操作
runtime-change-no-script = 只读：不执行任何脚本

# runtime/evidence.rs
runtime-evidence-no-journal = 会话没有日志，因此没有保存的目录
runtime-evidence-no-folder = 无法创建目录：{ $why }；请腾出空间，再执行一次
runtime-evidence-too-much = { $name }：总量超过 64 MiB
runtime-evidence-unwritten = 无法写入 { $name }：{ $why }
runtime-evidence-unrecorded = 无法记录 { $name }：{ $why }
runtime-evidence-saved = 已保存 { $name }  { $size }
runtime-evidence-not-saved = 未保存：{ $what }
runtime-evidence-stopped = 已停止；{ $folder } 中有 { $files } 个文件
runtime-evidence-some = { $all } 个中保存了 { $files } 个，未保存：{ $missing }（{ $folder }）
runtime-evidence-all = 已保存 { $files } 个文件，{ $size }：{ $folder }
runtime-evidence-all-masked = 已保存 { $files } 个文件，{ $size }，已遮盖：{ $masked }：{ $folder }
runtime-evidence-left-out = # 后面还有 { $bytes } 字节，已省略

# runtime/exec.rs
runtime-exec-no-shell = 这个计划不打开 shell
runtime-exec-left-early = 服务器响应之前已离开
runtime-exec-no-streams = 服务器没有打开输入或输出
runtime-exec-left = 已离开；容器中的 shell 可能还在运行
runtime-exec-cut = 连接已断开，不知道 shell 如何结束
runtime-exec-ended = shell 已结束，退出码 { $code }
runtime-exec-no-reason = 服务器没有说明原因

# runtime/headless.rs
runtime-headless-no-terminal = 需要终端，而这里没有

# runtime/library.rs
runtime-library-errors = runbook 中有 { $errors } 个错误；用 `opsbook check runbooks` 查看
runtime-library-replaced = 你自己的 runbook 替换了内置的：{ $runbooks }

# runtime/only_read.rs
runtime-only-read = 这个 opsbook 编译时不带执行功能：没有发送任何内容

# runtime/operate.rs
runtime-operate-cancelled = 在第一个请求之前已取消
runtime-operate-may-not = 没有权限 { $access }：{ $reason }

# runtime/peer.rs
runtime-peer-broke-off = 对答复的检查中断：{ $why }
runtime-peer-unwritten = 无法把给第二人的请求写入 { $file }：{ $why }
runtime-peer-not-asked = 这个计划已不再需要第二人

# runtime/player.rs
runtime-player-left = 已离开 runbook
runtime-player-failed = 步骤 { $step } 失败：{ $why }
runtime-player-at = 在步骤 { $step }：{ $judged }
runtime-player-stuck = 步骤 { $step } 没有进展：{ $said }
runtime-player-param = 无法给出参数 { $name }
runtime-player-not-refused = 步骤 { $step } 没有以 { $says } 拒绝，而是：{ $said }
runtime-player-not-taken-back = 步骤 { $step } 没有撤销：{ $said }
runtime-player-not-tried = 没有走到可以尝试步骤 { $step } 的地方
runtime-player-no-step = 没有步骤 { $step }

# runtime/runner.rs
runtime-runner-lost = 日志写入跟不上：有记录丢失；详见程序日志
runtime-runner-export-broke-off = 导出中断：{ $why }
runtime-runner-nothing = 还没有任何记录，没有可导出的内容
runtime-runner-unwritten = 无法写入 { $path }：{ $why }
runtime-runner-exported = 已导出到 { $path }
runtime-runner-exported-cut = 已导出到 { $path }；已遮盖：{ $cut }
runtime-runner-left = 已退出

# runtime/same.rs
runtime-same-hidden = 已无权读取命名空间 kube-system
runtime-same-was-hidden = 之前无法读取命名空间 kube-system；请退出并重新启动 opsbook
runtime-same-unanswered = 读取命名空间 kube-system 没有响应：{ $why }
runtime-same-other = 这个地址上响应的不是会话所在的集群；没有发送任何内容
runtime-same-untold = 无法确认这仍是会话所在的集群（{ $why }）；没有发送任何内容

# runtime/script.rs
runtime-script-none = 这个计划不执行脚本
runtime-script-ended = 已结束，退出码 { $code }
runtime-script-signal = 被信号 { $signal } 终止
runtime-script-stopped = 已停止；已经做的不会撤销
runtime-script-timed-out = { $seconds } 秒后停止；已经做的不会撤销
runtime-script-stopped-early = 开始之前已停止
runtime-script-proof-code = 验证脚本已结束，退出码 { $code }
runtime-script-proof-code-said = 验证脚本已结束，退出码 { $code }：{ $said }
runtime-script-proof = 验证脚本：{ $ended }

# runtime/terminal.rs
runtime-terminal-broken = opsbook 内部有一部分中断，日志写明了位置：如果画面不再变化，请重新启动

# runtime/ui.rs
runtime-ui-unfollowed = 已不再跟踪集群：画面停在原处；请重新启动 opsbook
runtime-ui-copied = 已发送到终端的剪贴板，机密内容以 *** 代替
