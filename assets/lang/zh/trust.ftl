# trust/keygen.rs
trust-keygen-no-fingerprint = ssh-keygen 没有给出指纹
trust-keygen-not-signed = ssh-keygen 未能用 { $key } 签名
trust-keygen-not-started = 无法启动 ssh-keygen：{ $error }
trust-keygen-not-installed = 无法启动 ssh-keygen：{ $error }；请安装 OpenSSH
trust-keygen-not-ended = ssh-keygen 没有结束：{ $error }
trust-keygen-no-reason = ssh-keygen 没有说明原因
trust-keygen-no-folder = 无法为校验签名创建目录：{ $error }
trust-keygen-not-written = 无法写入 { $path }：{ $error }

# trust/source.rs
trust-source-no-list = 无法使用源列表 { $path }：{ $why }
trust-source-not-read = 不读取 { $folder } 中的 runbook：{ $why }
trust-source-no-commit = `{ $commit }` 不是完整的 commit：需要 40 位 0-9a-f
trust-source-no-key = { $folder } 没有指定密钥
trust-source-no-path = { $folder } 不是绝对路径

# trust/source/git.rs
trust-git-not-started = 无法启动 git：{ $error }
trust-git-not-asked = 无法查询 git
trust-git-too-slow = git 用时过长，已终止：该目录是否完整？
trust-git-silent = git 没有响应（{ $error }）：该目录是自己的 git 目录吗？
trust-git-answers = git 返回 { $said }
trust-git-too-large = 对象超过 { $objects } 个，或总大小超过 { $bytes } 字节
trust-git-absent = 没有 { $kind } { $name }：{ $said }
trust-git-other-kind = { $name } 是 { $found }，不是 { $kind }
trust-git-object-too-large = { $kind } { $name } 有 { $size } 字节，超过 { $largest }
trust-git-altered = { $kind } { $name } 被改动：内容与哈希不符
trust-git-no-folder = commit 中没有目录 { $folder }
trust-git-too-many = runbook 超过 { $most } 个
trust-git-no-text = { $path } 不是文本
trust-git-bad-tree = 无法读取 commit 的 tree

# trust/source/git/own.rs
trust-git-own-no-folder = 无法为 git 创建目录：{ $error }
trust-git-own-not-filled = 无法写入 { $folder }：{ $error }
trust-git-own-no-link = 其中的 .git 没有指明目录
trust-git-own-no-objects = 不是 git 目录：没有对象

# trust/source/signature.rs
trust-signature-no-text = commit 不是文本
trust-signature-no-message = commit 没有说明
trust-signature-several = commit 有多个签名
trust-signature-none = commit 没有签名：用 `git commit -S` 和 gpg.format=ssh 签名
trust-signature-no-ssh = commit 不是用 SSH 密钥签名的：用 `git commit -S` 和 gpg.format=ssh 签名
trust-signature-no-tree = commit 没有指明 tree
trust-signature-no-key = `{ $key }` 不是公钥：写成 `ssh-ed25519 AAAA…`
trust-signature-no-kind = `{ $kind }` 不是 SSH 密钥类型
trust-signature-other-key = commit 的签名不是由列出的密钥生成的：{ $why }

# trust/store.rs
trust-store-io = 无法{ $tried ->
    [read] 读取
   *[written] 写入
} { $path } 中的批准：{ $why }；在此之前，自己的 runbook 都视为未批准
trust-store-not-own = { $path } 中的批准均无效：{ $why }
trust-store-other-form = 格式版本为 { $form }，本程序读取 { $reads }

# trust/peers.rs
trust-peers-no-list = 没有可同意者的名单：写 { $path }，每人一行 `NAME ssh-ed25519 AAAA…`
trust-peers-not-own = { $path } 中的名单无效：{ $why }
trust-peers-other-key = 该签名不是由 { $path } 中的密钥生成的（{ $why }）：签名者不在名单中，或内容被改动
trust-peers-own-key = 签名用的是自己的密钥（{ $name }）：需要由第二人同意
trust-peers-not-named = { $path } 中没有你（{ $me }），无法判断签名者是否为他人：为自己加一行，并在 config.toml 的 [four-eyes] 中把该名称写为 `me`
trust-peers-key-unread = 无法读取自己的密钥 { $path }（config.toml 中 [four-eyes] 的 `key`）：{ $why }
trust-peers-pattern = 名单中该密钥对应 `{ $name }`，是通配模式而不是具体的人：写明名称
trust-peers-not-whole = 签名不完整（{ $why }）：该行被改动，或签的是其他内容
