# theme/mod.rs
theme-role-text = 普通文字，以及全部背景
theme-role-faint = 次要文字
theme-role-strong = 名称和标题
theme-role-good = 正常
theme-role-warn = 需要注意
theme-role-bad = 故障
theme-role-border = 窗格边框
theme-role-focus = 当前窗格的边框
theme-role-title = 窗格标题
theme-role-header = 首行
theme-role-header-practice = 练习集群的首行
theme-role-footer = 按键提示行
theme-role-key = 提示行和帮助中的按键
theme-role-selection = 选中的行
theme-role-match = 搜索或过滤的匹配
theme-role-input = 正在输入的字段
theme-role-code = 可以手工输入的命令行
theme-role-code-keyword = 代码中的关键字
theme-role-code-string = 代码中的字符串
theme-role-code-comment = 代码中的注释
theme-role-code-number = 代码中的数字
theme-role-risk-low = 风险 R0 和 R1
theme-role-risk-medium = 风险 R2
theme-role-risk-high = 风险 R3 和 R4
theme-role-link = 指向其他 runbook 的链接

# theme/load.rs
theme-unread = 无法读取 { $file }：{ $said }
theme-unknown-role = { $file }:{ $line }：未知角色 `{ $name }`；用 `opsbook check themes` 列出
theme-no-colour = { $file }:{ $line }：`{ $value }` 不是颜色：写 #rrggbb、十六种颜色名之一、`default`，或 [palette] 中的名称
theme-unknown-key = { $file }:{ $line }：未知键 `{ $name }`；角色可设 fg、bg、bold、dim、italic、underline、reverse
theme-no-parent = { $file }：继承自 `{ $name }`，而该主题不存在，或反过来继承本主题
theme-unknown = 没有主题 `{ $name }`；可用的有：{ $known }

# theme/check.rs
theme-check-missing = { $file }：角色 `{ $role }` 没有样式
theme-check-contrast = { $file }：`{ $role }` 与背景的对比度为 { $contrast }，至少需要 { $least }
