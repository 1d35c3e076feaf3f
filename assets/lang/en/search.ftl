# search/mod.rs
search-index-failed = cannot { $what } the search index: { $source }; search works again after a restart
search-not-kept = cannot keep the search index in { $path }: { $source }; it is kept in memory instead
