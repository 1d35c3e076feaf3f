# keymap/mod.rs
keymap-unread = 无法读取 { $file }：{ $said }
keymap-unknown-context = { $file }:{ $line }：未知上下文 `{ $name }`；可用的有：{ $known }
keymap-unknown-action = { $file }:{ $line }：未知动作 `{ $name }`{ $hint }
keymap-twice = { $file }:{ $line }：`{ $key }` 在 [{ $context }] 中出现两次：前面是 `{ $first }`，此处重复
keymap-guess = ；是否要写 `{ $name }`？
keymap-not-for = { $file }:{ $line }：`{ $id }` 不能用于 [{ $context }]；可以写在 { $instead } 中
keymap-of-any-kind = [explorer] 或任意类型的表
