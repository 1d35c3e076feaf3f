# search/mod.rs
search-index-failed = 无法{ $what ->
    [build] 建立
    [open] 打开
   *[ask] 查询
}搜索索引：{ $source }；重启后搜索恢复
search-not-kept = 无法把搜索索引保存在 { $path }：{ $source }；改为保存在内存中
