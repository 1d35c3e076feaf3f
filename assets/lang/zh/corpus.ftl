# corpus/scenarios.rs
corpus-scenarios-unread = 无法读取场景 { $file }：{ $why }；内置场景不带路径（`opsbook practice list`）
corpus-scenarios-unknown = 没有练习场景 `{ $name }`{ $guess }；用 `opsbook practice list` 列出全部，文件须带路径（./{ $name }.yaml）
corpus-scenarios-guess = （{ $help }）
corpus-scenarios-taken = 已有内置场景 `{ $id }`，因此不使用该文件；请改名

# corpus.rs
corpus-unread = 无法读取 { $path }：{ $reason }；其他 runbook 不受影响
corpus-translates-elsewhere = 翻译的是 `{ $id }`，而该 runbook 来自别处，因此不显示译文：把译文放到 runbook 旁边，或把 runbook 复制到译文旁边
corpus-translates-nothing = 翻译的是 `{ $id }`，而该 runbook 不存在
corpus-just-gone = 刚刚被移除
