# What detectors find. A title says the object first; what follows it stands behind a colon as a rule.

detect-titled = { $name }: { $what }
detect-none = none
detect-restarts-of-container = { $restarts } of this container
detect-container-image = { $name } · image { $image }
detect-deleted = was deleted and does not go
detect-deleted-finalizers = its finalizers hold it
detect-deleted-finalizers-or-pods = its finalizers or its pods hold it
detect-limited = only those of { $namespaces } are seen
detect-event-times = { $message } ({ $times } times)

# What is looked at, in front of what it says.
detect-field-budget = budget
detect-field-container = container
detect-field-deletion = deletion
detect-field-event = event { $reason }
detect-field-finalizers = finalizers
detect-field-holder = holder
detect-field-init-container = init container
detect-field-last-state = last state
detect-field-last-words = last words
detect-field-lease = lease
detect-field-message = message
detect-field-network-plugin = network plugin
detect-field-new-revision = new revision
detect-field-newest-pod = newest pod
detect-field-node = node
detect-field-now = now
detect-field-one-replica = one replica
detect-field-other-nodes = other nodes
detect-field-other-nodes-of-zone = other nodes of zone { $zone }
detect-field-pod = pod
detect-field-pods = pods
detect-field-replicas = replicas
detect-field-restarts = restarts
detect-field-taint = taint

# node-not-ready
detect-not-ready-title = A node is not Ready
detect-not-ready-silent = { $node } stopped reporting
detect-not-ready-found = { $node } is not Ready
detect-not-ready-why = { $node } is not Ready: { $why }
detect-not-ready-network = the network plugin is not ready
detect-not-ready-runtime = the container runtime does not answer
detect-not-ready-credentials = its credentials are refused
detect-not-ready-alone = there are none
detect-not-ready-not-zone = { $ready } of { $all } Ready  → not the zone
detect-not-ready-more = { $ready } of { $all } Ready  → more than this node
detect-not-ready-flaps = { $node } flaps between Ready and NotReady
detect-not-ready-flap-times = { $times } times in 15 minutes

# oom-killed
detect-oom-title = A container was killed for memory within the hour
detect-oom-found = { $pod } out of memory, { $restarts ->
        [one] 1 restart
       *[other] { $restarts } restarts
    }
detect-oom-terminated = Terminated  OOMKilled  exit code 137
detect-oom-limit = { $name } · memory limit { $limit }

# cni-sandbox
detect-cni-title = Pods cannot get a network on a node
detect-cni-found = { $node }: pods cannot get a network
detect-cni-failures = { $times ->
        [one] 1 time
       *[other] { $times } times
    }, { $pods ->
        [one] 1 pod
       *[other] { $pods } pods
    } on this node
detect-cni-agent-ready = { $pod } is Ready
detect-cni-agent-not-ready = { $pod } is not Ready

# crash-looping
detect-crash-title = A container ends again and again
detect-crash-found = { $pod } ends again and again, { $restarts ->
        [one] 1 restart
       *[other] { $restarts } restarts
    }
detect-crash-ended = ended
detect-crash-terminated = Terminated  { $reason }  exit code { $code }

# rollout-stuck
detect-rollout-title = A rollout does not come to its end
detect-rollout-found = the rollout of { $workload } is stuck
detect-rollout-replicas = { $updated } of { $desired } updated, { $available } available
detect-rollout-set-replicas = { $updated } of { $target } updated, { $available } of { $desired } available
detect-rollout-image = { $revision } · image { $image }
detect-rollout-newest-new = { $pod } is not ready: { $why }, the new revision
detect-rollout-newest-before = { $pod } is not ready: { $why }, the revision before

# pod-stuck-terminating
detect-terminating-title = A pod was deleted and does not go
detect-terminating-found = { $pod } does not go: { $why }
detect-terminating-due = should have been over (its grace is in this time)
detect-terminating-unplaced = it is on no node
detect-terminating-never-placed = none: it was never placed
detect-terminating-node-gone = its node is gone
detect-terminating-node-not-there = { $node } is not in the cluster
detect-terminating-node-down = its node is not Ready
detect-terminating-node-is-down = { $node } is not Ready
detect-terminating-finalizer = a finalizer holds it
detect-terminating-node-ready = its node is Ready
detect-terminating-node-is-ready = { $node } is Ready

# namespace-stuck-terminating
detect-namespace-title = A namespace was deleted and does not go
detect-namespace-found = namespace { $namespace } does not go: { $why }
detect-namespace-asked = asked for
detect-namespace-discovery = an API group does not answer
detect-namespace-unparsed = an API group cannot be read
detect-namespace-content = an object cannot be deleted
detect-namespace-finalizers = finalizers hold objects in it
detect-namespace-remaining = objects are left in it
detect-namespace-no-reason = it says nothing about the reason

# drain-blocked
detect-drain-title = Disruption budgets keep pods on a cordoned node
detect-drain-found = { $node } is cordoned, and budgets keep { $pods ->
        [one] 1 pod
       *[other] { $pods } pods
    } on it
detect-drain-budget = { $budget } allows { $allowed } now ({ $rule }; { $healthy } of { $desired } healthy), { $pods ->
        [one] 1 pod
       *[other] { $pods } pods
    } here
detect-drain-budget-never = { $budget } allows { $allowed } now, and never can ({ $rule }; { $healthy } of { $desired } healthy), { $pods ->
        [one] 1 pod
       *[other] { $pods } pods
    } here

# unwell-node
detect-node-title = A node is not well
detect-node-silent = stopped reporting
detect-node-not-ready = is not Ready
detect-node-unreported = has not reported yet
detect-node-condition-unknown = { $condition } is not known
detect-node-late = does not renew its lease
detect-node-renewed = last renewed (normal every 10 s)
detect-node-unmarked = True: the node controller has not marked it
detect-node-unleased = has no lease that it renews
detect-node-unleased-where = none in { $namespace }, where other nodes have theirs
detect-node-gone = is not in the cluster, but pods are bound to it
detect-node-gone-pods = { $pods ->
        [one] 1 pod
       *[other] { $pods } pods
    } bound to it

# silent-leader
detect-leader-title = A part of the control plane does not lead any more
detect-leader-found = { $lease }: nobody renews its lease, so it does nothing
detect-leader-renewed = last renewed (normal every 2 s)
detect-leader-nobody = nobody

# unwell-pod
detect-pod-title = A pod is not well
detect-pod-status = { $pod }: { $status }
detect-pod-status-on-node = { $pod } on { $node }: { $status }
detect-pod-unknown = nobody knows how it is
detect-pod-leaves-late = was deleted, is not ready, and may stay so for long
detect-pod-grace-ends = its grace ends
detect-pod-unscheduled = no scheduler has looked at it
detect-pod-gated = is held back by its scheduling gates
detect-pod-unplaced = no node takes it
detect-pod-untaken = the kubelet of its node says nothing about it
detect-pod-unready = is not ready
detect-pod-unready-why = is not ready: { $why }
detect-pod-creating = is being created
detect-pod-unstarted = does not start: { $why }
detect-pod-failed = failed
detect-pod-failed-why = failed: { $why }
detect-pod-failed-container = failed: { $container } ended with exit code { $code }
detect-container-init = init container { $container }
detect-container-ended = { $container } ended with exit code { $code }
detect-container-init-runs = { $container } does not come to its end
detect-container-unpulled = the image of { $container } cannot be pulled
detect-container-waits = { $container } waits: { $why }
detect-container-because = { $words } ({ $reason })
detect-container-last-state = { $container }  { $reason }  exit code { $code }
detect-container-ends-again = { $container } ends again and again, with exit code { $code }
detect-container-runs-again = { $container } ended with exit code { $code } and runs again

# unwell-workload
detect-workload-title = A workload has not the pods that it should have
detect-workload-short = { $ready } of { $desired } pods ready
detect-workload-rolls = its rollout is under way, { $updated } of { $desired } updated
detect-workload-unseen = its controller has not seen its latest change
detect-workload-refused = its pods cannot be made
detect-workload-replicas = { $ready } of { $desired } ready, { $available } available

# warning
detect-warning-title = The cluster warns about an object
detect-job-pods-gone = none of its is left: the Job may have been deleted since, which no event says

# What is not known
detect-not-watched = Jobs, volume claims and what else is not watched are known by their pods and warnings only
detect-unknown-limited = { $kinds } only those of { $namespaces } are seen: { $blind }
detect-unknown-waiting = { $kinds } not asked yet: { $blind }
detect-unknown-loading = { $kinds } loading, { $number } so far: { $blind }
detect-unknown-stale = { $kinds } stale: { $why }: { $blind }
detect-unknown-failed = { $kinds } no answer: { $why }: { $blind }
detect-unknown-forbidden = { $kinds } you may not { $verb } them: { $blind }
detect-unknown-not-served = { $kinds } not served by this cluster: { $blind }
detect-unknown-no-nodes = the cluster has no nodes: nothing can run in it
detect-unknown-no-leases = no node has a lease: whether they still report is known by their status alone
detect-unknown-standstill = no lease was renewed for { $age }: whether the cluster is as it says is not known
detect-unknown-never-renewed = no lease was ever renewed: whether the nodes still report is not known
