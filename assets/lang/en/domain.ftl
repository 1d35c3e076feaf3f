# domain/cluster.rs
domain-acting-as = as { $user }
domain-acting-as-in = as { $user } ({ $groups })

# domain/distro.rs
domain-distro-practice = the practice cluster

# domain/input.rs
domain-input-no-key = `{ $given }` is not a key: write one character, or a name such as enter, esc, tab, space, f1, pgdn, with ctrl-, alt- or shift- before it

# domain/namespaces.rs
domain-namespaces = { $count ->
    [one] namespace { $names }
   *[other] namespaces { $names }
}

# domain/object.rs
domain-objects-in = { $plural } in { $namespace }

# domain/snapshot.rs
domain-may-not = you may not { $verb } { $plural }
domain-not-served = this cluster has no { $plural }

# domain/sync.rs
domain-part-none = no namespace may be read
domain-part-only = only { $only }
domain-part-only-of = only { $only } of { $plurals }

# domain/time.rs
domain-time-seconds = { $seconds } s
domain-time-minutes = { $minutes } min
domain-time-hours = { $hours } h
domain-time-ahead = { $span } ahead of
domain-time-behind = { $span } behind

# domain/risk.rs
domain-risk-none = none
domain-risk-low = low
domain-risk-medium = medium
domain-risk-high = high
domain-risk-critical = critical

# domain/found.rs
domain-found-title = title
domain-found-symptoms = symptoms
domain-found-alerts = alerts
domain-found-headings = headings
domain-found-tags = tags
domain-found-body = body
