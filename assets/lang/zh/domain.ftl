# domain/cluster.rs
domain-acting-as = 以 { $user } 的身份
domain-acting-as-in = 以 { $user }（{ $groups }）的身份

# domain/distro.rs
domain-distro-practice = 练习集群

# domain/input.rs
domain-input-no-key = `{ $given }` 不是按键：写一个字符，或 enter、esc、tab、space、f1、pgdn 这类名称，前面可加 ctrl-、alt- 或 shift-

# domain/namespaces.rs
domain-namespaces = { $count ->
   *[other] 命名空间 { $names }
}

# domain/object.rs
domain-objects-in = { $namespace } 中的 { $plural }

# domain/snapshot.rs
domain-may-not = 没有权限 { $verb } { $plural }
domain-not-served = 本集群没有 { $plural }

# domain/sync.rs
domain-part-none = 没有可读取的命名空间
domain-part-only = 仅{ $only }
domain-part-only-of = { $plurals } 仅限{ $only }

# domain/time.rs
domain-time-seconds = { $seconds } 秒
domain-time-minutes = { $minutes } 分钟
domain-time-hours = { $hours } 小时
domain-time-ahead = 快 { $span }
domain-time-behind = 慢 { $span }

# domain/risk.rs
domain-risk-none = 无
domain-risk-low = 低
domain-risk-medium = 中
domain-risk-high = 高
domain-risk-critical = 极高

# domain/found.rs
domain-found-title = 标题
domain-found-symptoms = 现象
domain-found-alerts = 告警
domain-found-headings = 小标题
domain-found-tags = 标签
domain-found-body = 正文
