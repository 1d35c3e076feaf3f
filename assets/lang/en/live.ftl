# What many views say
live-ago = { $age } ago
live-since = since { $age }
live-more = …{ $more } more
live-events = Events
live-events-none = none in the last hour (older ones are forgotten by the cluster)
live-events-not-read = not known: events are not read
live-events-not-read-there = not known: events there are not read
live-are-being-read = are being read…
live-is-being-read = is being read…
live-not-known = not known: { $why }
live-cannot-be-read = cannot be read: { $why }
live-not-in-the-cluster = is not in the cluster
live-ready = { $ready }/{ $wanted } ready
live-replicas = { $wanted } wanted, { $ready } ready, { $available } available
live-replicas-rollout = { $wanted } wanted, { $new } new, { $ready } ready, { $available } available

# Labels of a detail, of at most twelve cells
live-label-address = address
live-label-allows = allows
live-label-budget = budget
live-label-condition = condition
live-label-count = count
live-label-cpu = cpu
live-label-created = created
live-label-deleting = deleting
live-label-duration = duration
live-label-finalizer = finalizer
live-label-finalizers = finalizers
live-label-from = from
live-label-holder = holder
live-label-image = image
live-label-images = images
live-label-lease = lease
live-label-memory = memory
live-label-node = node
live-label-object = object
live-label-owner = owner
live-label-partition = partition
live-label-paused = paused
live-label-phase = phase
live-label-pods = pods
live-label-renewed = renewed
live-label-replicas = replicas
live-label-revision = revision
live-label-roles = roles
live-label-rule = rule
live-label-status = status
live-label-taint = taint
live-label-update = update
live-label-volumes = volumes
live-label-zone = zone

# live/daemonsets.rs
live-daemonsets-nodes-without = Nodes without a ready pod

# live/deployments.rs
live-deployments-paused = yes: changes do not roll out

# live/events.rs
live-events-count = { $count } from { $first } to { $last }

# live/exit.rs
live-exit = exit code { $code }: { $meaning }
live-exit-reason = { $reason } exit code { $code }: { $meaning }
live-exit-by-itself = ended by itself
live-exit-memory = SIGKILL: killed for memory
live-exit-as-it-says = failed, as the program says
live-exit-arguments = failed, often wrong arguments
live-exit-cannot-execute = the command cannot be executed
live-exit-not-found = the command was not found
live-exit-not-started = it could not be started
live-exit-signal = ended by signal { $signal }
live-exit-failed = failed
live-exit-sighup = SIGHUP: its terminal went away
live-exit-sigint = SIGINT: interrupted
live-exit-sigill = SIGILL: illegal instruction
live-exit-sigabrt = SIGABRT: it aborted itself
live-exit-sigbus = SIGBUS: bad memory access
live-exit-sigfpe = SIGFPE: arithmetic error
live-exit-sigkill = SIGKILL: killed
live-exit-sigsegv = SIGSEGV: crashed
live-exit-sigterm = SIGTERM: asked to end

# live/images.rs
live-images-none = none reported
live-images = { $count ->
    [one] 1 image
   *[other] { $count } images
 }, { $size } together
live-images-largest = { $count ->
    [one] 1 image
   *[other] { $count } images
 }, { $size } together (the kubelet reports no more than the largest)
live-images-without-name = without a name

# live/leases.rs, live/nodes.rs
live-lease-fresh = fresh
live-lease-never = never
live-lease-fresh-words = fresh, renewed every 10 s
live-lease-none = none: its kubelet never renewed one
live-lease-late = last renewed { $age } ago, normal 10 s

# live/logs.rs
live-logs-of = log of { $of }
live-logs-previous-of = previous log of { $of }
live-logs-pods-not-known = the pods of { $of } are not known (yet)
live-logs-pods-not-known-without = the pods of { $of } are not known (yet): { $kinds } cannot be read
live-logs-pod-gone = the pod is not in the cluster (any more)
live-logs-no-pods = { $of } has no pods now; new ones are followed when they come
live-logs-no-container = no pod of { $of } has a container { $name }
live-logs-nothing-restarted = nothing restarted: there is no log of a previous instance
live-logs-nothing-started = nothing has started yet: { $pod } is { $status }

# live/nodes.rs
live-nodes-taint-since = { $taint }  since { $age }
live-nodes-asked = { $part } of { $all } asked for ({ $percent }%)
live-nodes-of = { $part } of { $all }
live-nodes-of-seen = { $part } of { $all }  (only { $seen } seen)
live-nodes-pods-asked = Pods, and what they ask for
live-nodes-cordoned = { $status },cordoned

# live/objects.rs
live-objects-suspended = suspended
live-objects-not = not { $condition }

# live/owners.rs
live-owners-none = none: nothing would make it again
live-owners-not-known = is not known (yet)
live-owners-ready-revision = { $ready }/{ $wanted } ready, revision { $revision }
live-owners-available = { $available }/{ $wanted } available, revision { $revision }
live-owners-available-paused = { $available }/{ $wanted } available, revision { $revision }, paused

# live/pane.rs
live-pane-kind-missing = a kind is missing
live-pane-no-kind = `{ $kind }` is not a kind that can be shown
live-pane-write = write { $path }
live-pane-write-logs = write { $head }/NAMESPACE/POD, { $head }/KIND/NAMESPACE/NAME, or with /CONTAINER behind
live-pane-no-name = nothing can be called `{ $name }`
live-pane-no-log = a { $kind } has no log
live-pane-no-pods = a { $kind } has no pods; write pods-of/WORKLOAD/NAMESPACE/NAME
live-pane-no-view = `{ $name }` is not a live view
live-pane-true-or-false = `{ $name }` is true or false, not `{ $value }`
live-pane-keys-of-logs = `{ $name }` is no key of logs; `previous` and `container` are
live-pane-keys-of-events = `{ $name }` is no key of events; `warnings` is
live-pane-no-keys = `{ $name }` is no key of this view; only logs and events take further keys
live-pane-pods-on = pods on { $node }
live-pane-pods-of = pods of { $of }
live-pane-events-of = events of { $of }
live-pane-warnings-of = warnings of { $of }
live-pane-warnings = warnings
live-pane-in = { $kinds } in { $namespaces }
live-pane-yaml-of = yaml of { $of }
live-pane-output = output

# live/pdbs.rs
live-pdbs-allows = { $allowed ->
    [one] 1 disruption
   *[other] { $allowed } disruptions
 } now: { $healthy } healthy, { $needed } needed, { $expected } expected
live-pdbs-pods = Pods
live-pdbs-pod-on = { $pod } on { $node }

# live/pods.rs
live-pods-not-scheduled = not scheduled
live-pods-budget = { $name }: { $rule }, { $free } free, { $healthy } of { $needed } healthy
live-pods-free = { $free } free
live-pods-running = running { $age }
live-pods-waiting = waiting: { $why }
live-pods-ended = ended { $age } ago: { $how }
live-pods-before = before: { $age } ago, { $how }
live-pods-not-reported = not reported
live-pods-no-memory-limit = no memory limit
live-pods-memory-limit = memory limit { $limit }
live-pods-restarts = { $restarts ->
    [one] 1 restart
   *[other] { $restarts } restarts
 }

# live/statefulsets.rs
live-statefulsets-rolls-out = { $new } rolls out over { $old }
live-statefulsets-partition = { $partition }: pods below it keep the old revision
live-statefulsets-on-delete = OnDelete: a pod gets the new revision when somebody deletes it
live-statefulsets-not-ready = Pods that are not ready

# live/volumes.rs
live-volumes = Volumes
live-volumes-only = { $path } (only { $sub })
live-volumes-read-only = { $container }: { $place }, read only
live-volumes-read-and-write = { $container }: { $place }, read and write
live-volumes-optional = { $source }, optional
live-volumes-bound = { $source }: bound to this machine
live-volumes-empty-dir = emptyDir: lost when the pod goes
live-volumes-in-memory = emptyDir in memory: lost when the pod goes
live-volumes-ephemeral = ephemeral claim: lost when the pod goes
live-volumes-projected = projected: { $sources }
