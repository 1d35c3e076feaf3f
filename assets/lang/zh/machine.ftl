# machine/programs.rs
machine-programs-missing = { $name } 不在 PATH 的任何绝对路径目录中：请安装

# machine/files.rs
machine-files-link = 是一个链接：把文件本身放在该处
machine-files-no-file = 不是文件，而是目录、管道、终端或设备
machine-files-too-large = 超过 { $bytes } 字节
machine-files-no-text = 不是 UTF-8 文本

# machine/own.rs
machine-own-unread = 无法读取：{ $why }
machine-own-open = 其他人可写（权限 { $mode }）：检查内容，然后 `chmod 600` 或移走
machine-own-foreign = 属于其他用户：移走，并写一份自己的
machine-own-open-folder = 路径上的目录 { $folder } 其他人可写（权限 { $mode }）：检查其中内容，然后 `chmod go-w`
machine-own-foreign-folder = 路径上的 { $folder } 属于其他用户：新建自己的目录，或指定其他位置（`XDG_CONFIG_HOME`、`XDG_STATE_HOME`）
machine-own-too-many-links = 路径经过的链接超过 { $most } 个：放到链接较少的位置
machine-own-no-free-name = 没有可用的名称
