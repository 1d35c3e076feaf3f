# classes of consequences
op-class-all-in-it = all in it
op-class-all-of-its-objects = all of its objects
op-class-autoscaler = autoscaler
op-class-budget = budget
op-class-budget-blocks = budget blocks
op-class-checked = checked
op-class-class = class
op-class-closed = closed
op-class-data = data
op-class-ends = ends
op-class-environment = environment
op-class-evicted = evicted
op-class-fewer = fewer
op-class-gone-for-good = gone for good
op-class-grace = grace
op-class-grace-beyond-limit = grace beyond the limit
op-class-held = held
op-class-held-by-finalizer = held by a finalizer
op-class-identity = identity
op-class-its-pods = its pods
op-class-kept = kept
op-class-kubelet = kubelet
op-class-last-finalizer = last one
op-class-left-behind = left behind
op-class-local-data-lost = local data lost
op-class-may-come-back = may come back
op-class-members = members
op-class-more-than-one-budget = will be refused: more than one budget
op-class-namespace-is-ending = namespace is ending
op-class-no-replica-elsewhere = no replica elsewhere
op-class-not-confirmed = not confirmed
op-class-ondelete = OnDelete
op-class-others = others
op-class-owned = owned
op-class-partition = partition
op-class-paused = paused
op-class-processes = processes
op-class-proof = proof
op-class-quota = quota
op-class-readers = readers
op-class-recorded = recorded
op-class-replaced = replaced
op-class-restart = restart
op-class-rights = rights
op-class-runs = runs
op-class-schedule = schedule
op-class-selectors = selectors
op-class-short-lived = short-lived
op-class-shorter-grace = shorter grace
op-class-shown = shown
op-class-silent-node = silent node
op-class-stays = stays
op-class-stopped = stopped
op-class-terminal = terminal
op-class-volume = volume
op-class-waits = waits
op-class-with = with
op-class-work-begins-anew = work begins anew

# op/exec.rs
op-exec-title = Open a shell in a container
op-exec-pod = name of the pod
op-exec-container = name of the container; may be left out where there is one
op-exec-program = the program; bash where the image has it, else sh
op-exec-guard-runs = refuses pods that do not run; is bound to the uid of the pod
op-exec-guard-terminal = has a terminal of its own; what is typed and shown is not recorded, only that it was opened
op-exec-no-way-back = what is done in it is not known
op-exec-pod-does-not-run = pod { $row } does not run
op-exec-choose-another = choose one that does
op-exec-no-program = this is no program
op-exec-give-path = give the path of a shell, such as /bin/ash
op-exec-shell-in = shell in { $container } of { $row }
op-exec-summary = a shell in container { $container } of pod { $row }
op-class-not-known = not known
op-exec-no-plan = what is done in it has no plan, no dry run and no way back
op-exec-own-terminal = it has one of its own; ctrl-] leaves it, exit ends it
op-exec-recorded = that it was opened and how it ended, nothing of what is in it
op-exec-not-known-what = what is done in a shell is not known
op-exec-ended = the shell has ended
op-exec-no-container = the pod has no container { $name }
op-exec-it-has = it has { $names }
op-exec-containers = the pod has { $containers ->
        [one] 1 container
       *[other] { $containers } containers
    }
op-exec-name-one = name one of { $names }

# op/leave.rs
op-leave-two-budgets = budgets { $names } select it, and the server evicts no pod that has more than one
op-leave-budget-allows-none = budget { $budget } allows 0 now
op-leave-still-there = is still there
op-leave-held = held by finalizer { $by }
op-leave-grace-ends-late = its grace ends { $at }, after this drain's limit
op-leave-is-ending = is ending
op-leave-budget-in-numbers = budget { $budget } allows { $allowed } now, { $healthy } of { $desired } healthy
op-leave-namespace-ends = namespace { $namespace } is ending, which refuses evictions; its pods go with it
op-leave-holds = { $by } holds { $pod } until somebody takes it off
op-leave-comes-back = it tolerates the cordon, so its workload may put it here again

# op/drain.rs
op-drain-title = Drain a node: evict its pods within their budgets
op-drain-node = name of the node
op-drain-timeout = how long to try, 10m by default
op-drain-grace = for each pod to end; below its own it is R3
op-drain-force = pods without an owner too, gone for good: R4
op-drain-empty-dir = lose emptyDir data without a question: R3
op-drain-daemonsets = always so; accepted as kubectl's flag
op-drain-guard-leaves = leaves mirror and DaemonSet pods
op-drain-guard-bare = refuses while bare pods are on the node, unless `force`: nothing would make them again
op-drain-guard-data = asks before emptyDir data is lost
op-drain-guard-budgets = shows budgets that allow no disruption now, and waits for them; never deletes instead
op-drain-guard-two-budgets = names pods that the server will refuse to evict (two budgets), and refuses where there are no others
op-drain-guard-hindered = names finalizers, graces beyond its limit, namespaces that are ending, pods that tolerate the cordon
op-drain-guard-no-grace = refuses a grace of 0, which takes pods out of the cluster while they may still run
op-drain-guard-unknown = refuses while the pods or budgets of all namespaces cannot be read, or are not as they are now
op-drain-way-back = node.uncordon (pods do not come back by themselves)
op-drain-only-seen = only the { $plural } of { $only } are seen, and a node has those of all
op-drain-ask-for-right = ask for the right to list { $plural } in all namespaces
op-drain-nothing-to-evict = { $node } is cordoned and has nothing to evict
op-drain-not-back = pods do not come back by themselves
op-drain-not-back-cordoned-before = pods do not come back by themselves; the node was cordoned before
op-drain-plan = drain { $node }
op-drain-proof = no pod on { $node } that could move
op-drain-came-later = it came after the plan; another drain takes it
op-drain-more = and { $pods } more
op-drain-left = { $pods ->
        [one] 1 pod
       *[other] { $pods } pods
    } left on { $node }: { $words }

# op/drain/sorted.rs
op-drain-sorted-static-pod = static pod
op-drain-sorted-already-going = already going
op-drain-sorted-held = { $pod } by { $by }
op-drain-sorted-may-take-more = { $pod } may take { $more } more, the limit is { $limit }
op-drain-sorted-may-take = { $pod } may take { $grace }, the limit is { $limit }
op-drain-sorted-no-evictions = { $pod }: evictions are refused there, its end is waited for
op-drain-sorted-two-budgets = { $pod } (budgets { $names })
op-drain-sorted-blocked = { $pod } ({ $why })
op-drain-sorted-tolerates = { $pod } tolerates the cordon
op-drain-sorted-gets-less = { $pod } asks for { $grace } and gets { $given }
op-drain-sorted-bare = bare pods on { $node }: { $pods }
op-drain-sorted-move-bare = nothing would make them again; delete or move them yourself first, or give `force`
op-drain-sorted-none-can = no pod on { $node } can be evicted, since the server evicts none that has more than one budget: { $pods }
op-drain-sorted-less-budgets = take one of the budgets away, or use pod.delete, which asks none; node.cordon closes the node
op-drain-sorted-evict = evict { $pods }
op-drain-sorted-leave = leave { $pods }
op-drain-sorted-wait = wait for { $pods } already ending
op-drain-sorted-waves = { $waves } waves
op-drain-sorted-gone-for-good = { $pods } gone for good
op-drain-sorted-ask = ask: { $pods } with emptyDir data
op-drain-sorted-will-be-refused = will be refused: { $pods ->
        [one] 1 pod
       *[other] { $pods } pods
    }
op-drain-sorted-blocked-now = blocked now: { $pod }
op-drain-sorted-blocked-pods = blocked now: { $pods } pods
op-drain-sorted-at-once = { $evict ->
        [one] 1 pod
       *[other] { $evict } pods
    }; { $stay } stay
op-drain-sorted-in-waves = { $evict } pods in { $waves } waves; { $stay } stay
op-drain-sorted-every-pod = { $grace } for every pod
op-drain-sorted-silent = pods are marked and replaced; they vanish when the kubelet is back or the Node is deleted
op-drain-sorted-data-lost = data in emptyDir volumes of { $pods } is lost

# op/drain/how.rs
op-drain-how-no-grace = a grace of 0 takes pods out of the cluster while their processes may still run
op-drain-how-give-grace = give 1s or more; pod.force-delete is for a pod whose machine is off
op-drain-how-no-time = a drain without time evicts nothing
op-drain-how-give-timeout = give a timeout such as 10m

# op/inputs.rs
op-inputs-plain-value = a plain value
op-inputs-secret-wanted = a parameter of type secret, or what is typed when it is asked for
op-inputs-name-of-object = the name of an object
op-inputs-text = text
op-inputs-true-or-false = true or false
op-inputs-one-of-words = one of the words in its description
op-inputs-whole-number = a whole number
op-inputs-duration = a duration such as 90s or 10m

# op/profile.rs
op-profile-forbidden = namespace { $namespace } enforces Pod Security { $level }, which forbids { $what }
op-profile-choose-profile = choose profile { $level }
op-profile-choose-namespace = choose a namespace that enforces { $level } or nothing
op-profile-allowed = namespace { $namespace } enforces { $level }, which allows { $what }
op-class-pod-security = Pod Security
op-profile-no-level = namespace { $namespace } has no level of its own: the dry run shows what the cluster's default says
op-profile-no-image = { $image } is not the name of an image
op-profile-give-image = give REGISTRY/NAME:TAG
op-profile-loose-tag = { $image } may be another image tomorrow
op-class-no-fixed-tag = no fixed tag

# op/patch.rs
op-patch-title = Change fields of an object with a merge patch
op-patch-json = a JSON merge patch; null removes a field
op-patch-guard-fixed = refuses a patch of uid, resourceVersion, name, namespace, finalizers and status
op-patch-guard-secrets = refuses Secrets: their values would stand in the record
op-patch-guard-template = of a pod template it says what its rollout does, and proves that too
op-patch-guard-own = refuses fields that an operation of their own knows: taints, reclaim policies, webhooks
op-patch-guard-weight = what decides about rights, admission, nodes, volumes or kinds is high; warns of an owner or of GitOps
op-patch-way-back = object.patch with the values from before
op-patch-no-secret = the values of a Secret must not stand in a plan
op-patch-use-rotate = use secret.rotate
op-patch-already-so = { $key } is as the patch says
op-patch-plan = patch { $key }
op-patch-summary = change { $fields }
op-patch-the-patch = the patch
op-patch-is-as-says = { $key } is as { $says } says
op-patch-and = { $fields }, and { $rollout }
op-patch-is-as-says-and = { $target } is as { $says } says, and { $words }
op-patch-is-as-says-but = { $target } is as { $says } says; { $words }
op-patch-more-than-field = { $field } of a { $kind } is more than a field
op-patch-use = use { $ops }
op-patch-says-which = metadata.{ $name } says which object it is and cannot be patched
op-patch-leave-it-out = leave it out
op-patch-finalizers = finalizers are promises of controllers
op-patch-use-remove-finalizer = use object.remove-finalizer, one at a time
op-patch-status = the status is written by controllers
op-patch-not-status = change what they look at instead

# op/lock.rs
op-lock-whole-address = a server is its whole address, as the kubeconfig has it: https://10.0.0.1:6443; `*` stands for any text
op-lock-name-needed = a context has a name; `*` is any
op-lock-minutes = production stays armed for { $least } to { $most } minutes
op-lock-read-only = read-only: { $why }
op-lock-not-armed = { $context } is production, and read-only until it is armed
op-lock-no-name = the context has no name to confirm with; give it one in the kubeconfig
op-lock-no-execution = this opsbook was built without execution
op-lock-started-read-only = opsbook was started with --read-only
op-lock-another-cluster = this is another cluster than the session was on; leave, and check where its address leads

# op/preview.rs
op-preview-by-hand = nothing is sent: it is done by hand
op-preview-script = a script is not dry-run: read it (p)
op-preview-shell = a shell has no dry run
op-preview-forward = a forward changes nothing, so there is no dry run
op-preview-token = a token is not dry-run: the server would make it
op-preview-evictions = evictions are not dry-run: budgets answer each one
op-preview-dry-run = dry run ✔ { $at }
op-preview-you-may-not = you may not { $access } ({ $reason })
op-preview-kept-by = { $who } ({ $path })

# op/forward.rs
op-forward-title = Forward a port of a pod to this machine
op-forward-pod = name of the pod
op-forward-port = port that something listens on in the pod
op-forward-local = port of this machine; a free one by default
op-forward-guard-loopback = listens on 127.0.0.1 alone: everybody on this machine can connect, and nobody else
op-forward-guard-runs = refuses pods that do not run; ends when its task is cancelled, its pod is over or opsbook is left
op-forward-no-way-back = it ends with its task
op-forward-pod-does-not-run = pod { $row } does not run
op-forward-choose-another = choose one that does: nothing listens in this one
op-forward-plan = forward { $row }:{ $port }
op-forward-summary = 127.0.0.1, { $local ->
        [0] a free port
       *[other] port { $local }
    } → port { $port } of { $row }; one connection is tried first, and says whether something listens
op-class-way-in = a way in
op-forward-for-every-user = for every user of this machine, as long as the task runs (! and c end it)
op-forward-recorded = that it was opened and how much passed, not what
op-forward-ends = it ends with its task, and with opsbook
op-forward-proof = the forward was open until it was ended
op-forward-no-port = port { $given }
op-forward-give-port = give one up to 65535

# op/delete_pod.rs
op-delete-pod-title = Delete a pod, with its normal grace
op-delete-pod-pod = name of the pod
op-delete-pod-guard-bare = refuses bare pods: nothing would make them again
op-delete-pod-guard-alone = warns when no other pod of its workload is ready
op-delete-pod-guard-budget = does not ask the disruption budgets; shows one that would not allow it
op-delete-pod-no-way-back = its workload makes another pod
op-delete-pod-static = { $row } mirrors a static pod; deleting it does not restart it
op-delete-pod-move-manifest = move its manifest on the node
op-delete-pod-bare = { $row } is a bare pod: nothing would make it again
op-delete-pod-budget = { $budget } allows 0 disruptions now; a delete does not ask it
op-delete-pod-plan = delete pod { $row }
op-delete-pod-summary = delete { $row }; { $kind } { $name } makes another one
op-delete-pod-is-gone = { $row } is gone

# op/delete_object.rs
op-delete-object-title = Delete an object; its manifest is kept in the record
op-delete-object-guard-critical = CustomResourceDefinitions, Namespaces and PersistentVolumes are critical: what hangs on them goes too
op-delete-object-guard-refuses = refuses pods (pod.delete, pod.evict) and nodes that are Ready
op-delete-object-guard-tells = tells what owns it, what it owns, its finalizers, and a GitOps owner
op-delete-object-way-back = object.apply of the saved manifest (not of a Secret: its values are never kept)
op-delete-object-already = { $key } is already being deleted
op-delete-object-already-held = { $key } is already being deleted, held by { $held }
op-delete-object-wait = wait until it is gone, or look at what holds it
op-delete-object-pod = a pod is more than an object
op-delete-object-use-pod-ops = use pod.evict, pod.delete or pod.force-delete
op-delete-object-node-is-ready = { $node } is Ready and would register again
op-delete-object-drain-first = drain it and stop its kubelet first
op-delete-object-plan = delete { $key }
op-delete-object-summary = delete { $key }, and in the background what it owns
op-delete-object-is-gone = { $key } is gone
op-delete-object-every-kind = every { $kind } in the cluster is deleted with it
op-delete-object-all-and-pods = { $pods ->
        [one] 1 pod
       *[other] { $pods } pods
    }, and every other object of the namespace
op-delete-object-all-and-unknown-pods = its pods ({ $why }), and every other object of the namespace
op-delete-object-volume = volume { $volume } goes by its reclaim policy, often for ever
op-delete-object-pods-end = { $pods ->
        [one] 1 pod ends
       *[other] { $pods } pods end
    } with it
op-delete-object-made-again = { $kind } { $name } will make it again
op-delete-object-held = it stays until these let go: { $finalizers }
op-delete-object-secret = the values of a Secret are never kept, so it cannot be made again from here
op-delete-object-empty = an empty one; what was in it stays deleted
op-delete-object-data = the data does not come back with it
op-delete-object-new-uid = with a new uid

# op/known.rs
op-known-only-seen = only those of { $only } are seen
op-known-nobody-reads-it = nobody reads it
op-known-not-known = the { $plural } are not known now: { $why }
op-known-stale = the { $plural } are { $why }
op-known-wait-or-look = wait, or press ctrl-r
op-known-wait-or-ask = wait until they are read, or ask for the right to list { $plural }
op-class-not-followed = not followed
op-known-polled = { $plural } as of { $read }, read every { $every } s: what came since is not in this plan
op-known-as-of = as of { $since }: { $why }
op-known-forbidden = you may not { $verb } them
op-known-not-served = this cluster has none
op-known-being-read = they are being read
op-known-not-all = not all of them are seen

# op/evict.rs
op-evict-title = Evict a pod, within its disruption budgets
op-evict-pod = name of the pod
op-evict-guard-bare = refuses mirror pods, and bare pods: nothing would make them again
op-evict-guard-shows = shows a budget that would refuse it now, and finalizers that hold it
op-evict-guard-for-good = refuses what the server refuses for good: a pod with two budgets, and one in a namespace that is ending
op-evict-guard-unknown = refuses while the pods are not known as they are now
op-evict-guard-alone = warns when no other pod of its workload is ready
op-evict-no-way-back = its workload makes another pod
op-evict-static = { $row } mirrors a static pod, which an eviction does not end
op-evict-move-manifest = move its manifest on the node
op-evict-bare = { $row } is a bare pod: nothing would make it again
op-evict-cannot = { $row } cannot be evicted: { $why }
op-evict-less-budgets = take one of the budgets away, or use pod.delete, which asks none
op-evict-wait = wait for that, or use pod.delete
op-evict-allows = { $budget } allows { $allowed ->
        [one] 1 disruption
       *[other] { $allowed } disruptions
    } now
op-evict-will-be-refused = { $budget } allows { $allowed ->
        [one] 1 disruption
       *[other] { $allowed } disruptions
    } now: the server will refuse
op-evict-plan = evict pod { $row }
op-evict-summary = evict { $row }; its workload makes another one
op-evict-is-gone = { $row } is gone

# op/mod.rs
op-param-namespace = namespace of the object
op-param-kind = kind of the object, as kubectl takes it
op-param-its-namespace = its namespace, where its kind has one
op-param-name = name of the object
op-needs = { $op } needs `{ $param }`: { $doc }
op-is-expected = { $op }: `{ $param }` is { $given }, expected { $expected }
op-no-such-parameter = { $op }: there is no such parameter as `{ $param }`; see `opsbook ops`
op-not-found = { $key } is not in the cluster (any more); choose another one
op-guard = { $what }; { $instead }
op-nothing-to-do = nothing to do: { $why }
op-no-such-operation = unknown operation `{ $op }`; `opsbook ops` lists them
op-reading = reading { $what }…
op-no-way-back = none: { $why }

# op/label.rs
op-label-label = Set or remove a label of an object
op-label-key = the label's name
op-label-value = its value; without one the label is removed
op-label-guard-selectors = warns when selectors of budgets, Services or workloads may depend on the label
op-label-guard-gitops = warns of a GitOps owner
op-label-way-back = object.label with the value from before
op-label-annotate = Set or remove an annotation of an object
op-label-annotation-key = the annotation's name
op-label-annotation-value = its value; without one the annotation is removed
op-label-way-back-annotate = object.annotate with the value from before
op-label-title = label { $target }
op-label-title-annotate = annotate { $target }
op-label-no-name = { $key } is not the name of a label
op-label-no-name-annotation = { $key } is not the name of an annotation
op-label-write-name = write [PREFIX/]NAME
op-label-is-not-there = { $key } of { $target } is not there
op-label-is = { $key } of { $target } is { $value }
op-label-none = (none)
op-label-selects = what selects by this label (Services, budgets, workloads, policies, schedulers) sees another set

# op/plan.rs
op-plan-stale = has changed since the plan was made
op-plan-in = { $right } in { $namespace }

# op/finalizer.rs
op-finalizer-title = Remove one finalizer of an object that is being deleted
op-finalizer-finalizer = the finalizer, as it stands in the object
op-finalizer-guard-living = refuses objects that are not being deleted
op-finalizer-guard-whose = says which controller the finalizer belongs to and what it would have cleaned up
op-finalizer-guard-namespace = refuses the finalizers of a namespace's spec: they are not in its metadata
op-finalizer-no-way-back = with its last finalizer the object goes (its manifest stays in the record)
op-finalizer-pvc = pvc-protection controller
op-finalizer-pvc-left = a pod still uses the claim and loses its volume
op-finalizer-pv = pv-protection controller
op-finalizer-pv-left = a claim is still bound to the volume
op-finalizer-provisioner = CSI external-provisioner
op-finalizer-provisioner-left = the disk at the provider stays and costs
op-finalizer-attacher = CSI external-attacher
op-finalizer-attacher-left = the volume stays attached to its node
op-finalizer-collector = garbage collector
op-finalizer-foreground-left = objects that it owns stay behind for a while
op-finalizer-orphan-left = its dependents keep an owner that is gone
op-finalizer-service = service controller
op-finalizer-service-left = the load balancer at the provider stays and costs
op-finalizer-job = job controller
op-finalizer-job-left = the Job may count the pod twice or not at all
op-finalizer-crd = CRD controller
op-finalizer-crd-left = custom resources stay in etcd without a definition
op-finalizer-namespaces-own = { $finalizer } is the namespace's own: it goes when all in it is gone
op-finalizer-look-at-namespace = look at the namespace's conditions: they name what is left
op-finalizer-has-none = { $key } has no finalizer { $finalizer }
op-finalizer-living = { $key } is not being deleted, so { $finalizer } holds nothing up
op-finalizer-leave-it = leave it to its controller
op-finalizer-gone-at-once = { $key } is gone at once
op-finalizer-others-hold = { $finalizers ->
        [one] 1 other finalizer still holds
       *[other] { $finalizers } other finalizers still hold
    } it
op-finalizer-plan = remove a finalizer of { $key }
op-finalizer-summary = remove { $finalizer }, kept by { $who }
op-finalizer-cleaned-up = { $who } is gone or cannot do it, and I have cleaned up, or will, what it would have
op-finalizer-still-there = { $finalizer } is still there
op-finalizer-being-read = { $target } is being read
op-finalizer-controller-of = the controller of { $who }
op-finalizer-left-unknown = whatever { $who } would have cleaned up: read its documentation first

# op/force_delete.rs
op-force-delete-title = Delete a pod at once, without its kubelet
op-force-delete-pod = name of the pod
op-force-delete-guard-ready = refuses while the node is Ready: the kubelet can end the pod in good order
op-force-delete-guard-state = for pods of StatefulSets and pods with claims it asks for proof that the machine is off
op-force-delete-no-way-back = its workload makes another pod
op-force-delete-nodes-unknown = the nodes are not known now, so it cannot be told whether { $node } is off
op-force-delete-wait-or-ask = wait until they are read, or ask for the right to list them
op-force-delete-node-is-ready = { $node } is Ready, so its kubelet can end { $row } in good order
op-force-delete-delete-instead = delete it with pod.delete; when it is still there minutes later, look at its finalizers
op-force-delete-nobody-confirms = the cluster forgets the pod; nobody confirms that its processes have ended
op-force-delete-plan = force-delete pod { $row }
op-force-delete-summary = take { $pod } out of the cluster without waiting for { $node }
op-force-delete-a-node = a node
op-force-delete-is-gone = { $row } is gone
op-force-delete-machine-is-off = { $node } is off or cut from its storage: I have looked at the machine itself; a second writer would damage the data
op-force-delete-machine-is-gone = { $node } is gone for good: I have looked at the machine itself; a second writer would damage the data
op-preview-save = it only reads, so there is no dry run
