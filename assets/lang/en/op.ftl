
# op/evidence.rs
op-evidence-save-object-its-events-and-logs = Save an object, its events and logs, before anything is changed
op-evidence-every-object-of-these-resources-as = every object of these resources as well, as kubectl names them, with commas between: ippools.crd.projectcalico.org
op-evidence-only-reads-cluster-files-are-yours = only reads the cluster; the files are yours alone, beside the session's journal
op-evidence-values-of-secrets-are-not-saved = values of Secrets are not saved; what is secret, or looks like it, is masked as in an export
op-evidence-is-done-only-when-all-of = is done only when all of it was saved; what could not be read is named
op-evidence-nothing-to-take-back = nothing in the cluster changes
op-evidence-save = save { $target }
op-evidence-save-into-sessions-folder = save { $work } into the session's folder
op-evidence-reads-only = reads only
op-evidence-nothing-in-cluster-changes = nothing in the cluster changes
op-evidence-values-of-secrets-what-is-known = values of Secrets, what is known to be secret, and what looks like it
op-evidence-at-most = at most
op-evidence-what-is-known-of-is-saved = what is known of { $target } is saved in the session's folder
op-evidence-yaml-of = the YAML of { $object }
op-evidence-events-about-it = the events about it
op-evidence-logs-of-all-its-containers-those = the logs of all its containers, those before the last restart too
op-evidence-every-object-that-is-left-in = every object that is left in it (of Secrets their names)
op-evidence-every-object-of = every object of { $resource }
op-evidence-names-such-as-configmaps-or-ippools = names such as configmaps or ippools.crd.projectcalico.org
op-evidence-4-mib-of-file-of-log = 4 MiB of a file, of a log its end; 64 MiB in all: what is cut says so
op-evidence-masked = masked
# op/debug_node.rs
op-debug-node-title = Start a debug pod that is root on a node
op-debug-node-node = name of the node
op-debug-node-in = namespace of the pod, `default` by default
op-debug-node-image = image with the tools, busybox:1.37 by default
op-debug-node-for = how long it lives at most, 1h by default, 24h at most
op-debug-node-guard-security = refuses a namespace whose Pod Security level forbids it, and a node that does not report
op-debug-node-guard-end = ends by itself after its time; is named at the start while it is left over, and when opsbook is left
op-debug-node-guard-quotas = notes the quotas of the namespace
op-debug-node-give-time = give a time of 1m to 24h
op-debug-node-not-ready = { $node } is not Ready: its kubelet would not start the pod
op-debug-node-use-console = use the machine's own console
op-debug-node-there-already = pod { $row } is there already
op-debug-node-go-in-or-delete = go into it, or delete it with { $op }
op-debug-node-root-pod = a pod that is root on its node
op-debug-node-root-on-node = root on the node
op-debug-node-root-means = its processes, its network and its disk (at /host) are open to whoever may exec in { $namespace }
op-debug-node-ends-by-itself = ends by itself
op-debug-node-ends-after = after { $minutes } min; its record stays until it is deleted
op-debug-node-changes-stay = what was changed on the machine stays
op-debug-node-plan = debug node { $node }
op-debug-node-summary = pod { $row } from { $image } on { $node }, for { $minutes } min
op-debug-node-pod-runs = pod { $row } runs
op-debug-node-not-there-yet = pod { $row } is not there yet
op-debug-node-phase = pod { $row } is { $phase }
op-debug-node-status = pod { $row } is { $phase }: { $status }
op-debug-node-its-container = { $words }; its container
op-debug-node-no-room = { $name } has no room: { $used } of { $hard } pods
op-debug-node-counts-in = it counts in { $name }: 10m and 32Mi asked for
op-debug-node-end-title = Delete a debug pod that opsbook made
op-debug-node-end-pod = name of the debug pod
op-debug-node-end-guard = refuses pods without the label opsbook.dev/debug
op-debug-node-starts-another = node.debug starts another one
op-debug-node-no-label = pod { $row } has no label { $label }: opsbook did not make it
op-debug-node-use-delete = use pod.delete
op-debug-node-end-plan = delete debug pod { $row }
op-debug-node-end-summary = delete { $row } from { $node }
op-debug-node-end-means = what runs in it; what was changed on the machine stays
op-debug-node-gone = { $row } is gone

# op/cordon.rs
op-cordon-title = Cordon a node: no new pods
op-cordon-node = name of the node
op-cordon-guard = warns when no other node can take new pods
op-cordon-is-cordoned = { $name } is cordoned
op-cordon-nodes-left = nodes left for new pods
op-cordon-nodes-left-are = { $left } Ready and not cordoned
op-cordon-plan = cordon { $node }
op-cordon-summary = set spec.unschedulable to { $on }
op-cordon-waiting = waiting until { $proof }
op-cordon-is-gone = { $target } is gone
op-cordon-back-title = Uncordon a node: new pods may come
op-cordon-force = uncordon although the node is not Ready (true or false)
op-cordon-back-guard = refuses while Ready is not True, unless `force`
op-cordon-back-plan = uncordon { $node }
op-cordon-not-cordoned = { $name } is not cordoned
op-cordon-not-ready = { $name } is not Ready, so new pods would not start there
op-cordon-wait-ready = wait until Ready is True
op-cordon-open = { $name } is open for new pods

# op/csr.rs
op-csr-csr = name of the request
op-csr-approve-title = Approve a certificate signing request
op-csr-guard-kubelet = of a kubelet: refuses when the one who asks is not that node, when the names are not the node's addresses, and when there is no such node
op-csr-guard-others = of any other signer: shows who gets which name, as a danger
op-csr-no-way-back = an approval cannot be taken back; a certificate is valid until it ends
op-csr-deny-title = Deny a certificate signing request
op-csr-deny-guard = shows who asked for which name
op-csr-asks-again = whoever needs the certificate asks again
op-csr-several-names = { $user } asks for several common names at once: { $words }
op-csr-deny-several-names = deny it: readers differ in which of them counts
op-csr-becomes = { $user } becomes { $words } for { $signer }: { $usages }
op-csr-approve = approve { $name }
op-csr-approve-summary = { $signer } signs { $words }
op-csr-is-approved = { $name } is approved
op-csr-not-signed = approved, but not signed: { $message }
op-csr-deny = deny { $name }
op-csr-deny-summary = { $user } does not become { $words } for { $signer }
op-csr-is-denied = { $name } is denied
op-csr-subject-and-names = { $subject } ({ $names })
op-csr-other-names = { $others ->
    [one] { $subject } and 1 name of another kind
   *[other] { $subject } and { $others } names of other kinds
}
op-csr-unreadable = the request in { $name } cannot be read
op-csr-look-with-openssl = look at it with openssl req before you decide
op-csr-no-kubelet = { $words } is not the name of a kubelet
op-csr-deny-find-out = deny it, and find out who asked
op-csr-asks-for-another = { $user } asks for a certificate of { $node }
op-csr-deny-it = deny it
op-csr-strange-names = { $user } asks for names that Node { $node } does not have: { $strange }
op-csr-deny-or-mend = deny it, or mend the node's addresses first
op-csr-serving-checked = { $known ->
    [one] it is { $node } that asks, for its own name
   *[other] it is { $node } that asks, for its own { $known } names
}
op-csr-client-has-names = a client certificate for { $node } has no other names
op-csr-client-checked = it is { $node } that asks for itself
op-csr-new-node = a new node
op-csr-new-node-is = { $user } becomes node { $node }: is this a machine that you are adding now?

# op/debug_pod.rs
op-debug-pod-title = Join a running pod with a debug container
op-debug-pod-pod = name of the pod
op-debug-pod-image = image with the tools, busybox:1.37 by default
op-debug-pod-target = container whose processes it sees; none by default
op-debug-pod-profile-doc = what it may do; by default what the namespace's level allows
op-debug-pod-guard-security = refuses a profile that the namespace's Pod Security level forbids, and names one that it allows
op-debug-pod-guard-running = refuses pods that do not run, and static pods; sysadmin is high
op-debug-pod-guard-stays = says that it stays until the pod goes, and what it takes from the pod
op-debug-pod-no-way-back = an ephemeral container stays until its pod goes
op-debug-pod-profile = profile { $profile }
op-debug-pod-plan = debug pod { $row }
op-debug-pod-summary = { $name } from { $image }, profile { $profile }, joins { $row }
op-debug-pod-stays = { $name } stays in the pod until the pod goes; its shell ends with exit, and nothing starts it again
op-debug-pod-runs-in = { $name } runs in { $row }
op-debug-pod-the-container = the debug container
op-debug-pod-being-deleted = { $pod } is being deleted
op-debug-pod-take-successor = debug the pod that takes its place
op-debug-pod-static = { $pod } is a static pod, which takes no other container
op-debug-pod-use-node-debug = use node.debug
op-debug-pod-not-running = { $pod } is { $phase }, not Running
op-debug-pod-look-at-logs = look at its events and logs instead
op-debug-pod-no-container = the pod has no container { $aim }
op-debug-pod-it-has = it has { $names }
op-debug-pod-node-not-ready = { $node } is not Ready: it may never be started
op-debug-pod-no-limits = it has no limits of its own and counts in no quota; what it takes, it takes from the pod and the node
op-debug-pod-no-target = without `target` it shares the network of the pod, and sees none of its processes
op-debug-pod-stays-in-record = in the pod's record until the pod goes

# op/covers.rs
op-covers-target = it is about another object now
op-covers-agreed = a second person agrees to one plan and to no other, and this is another one now
op-covers-requests = what it would run or send is another thing now
op-covers-way-back = its way back is another one now
op-covers-risk = its risk is { $risk } now
op-covers-new = new since you read it: { $what }
op-covers-consequence = { $what }: { $detail }
op-covers-question = it asks something new: { $question }

# op/containers.rs
op-containers-container = name of the container; may be left out where there is one
op-containers-cpu-request = processor request, `none` to have none
op-containers-cpu-limit = processor limit, `none` to have none
op-containers-memory-request = memory request, `none` to have none
op-containers-memory-limit = memory limit, `none` to have none
op-containers-unset = none
op-containers-becomes = { $group ->
    [requests] { $resource } request { $from } → { $to }
   *[limits] { $resource } limit { $from } → { $to }
}
op-containers-no-such = { $key } has no container { $wanted }
op-containers-name-one-of = name one of { $names }
op-containers-several = { $key } has { $number } containers
op-containers-expected = a quantity such as 512Mi or 250m, or `none`
op-containers-already-so = container { $name } has these resources
op-containers-nothing-given = no resource was given
op-containers-give-one = give cpuRequest, cpuLimit, memoryRequest or memoryLimit
op-containers-above-limit = the { $resource } request { $request } would be above its limit { $limit }
op-containers-raise-or-lower = raise the limit as well, or lower the request
op-containers-less-memory = less memory
op-containers-less-memory-kills = a container that uses more than the new limit is killed

# op/apply.rs
op-apply-title = Apply a manifest, server-side
op-apply-manifest-doc = the object: apiVersion, kind, metadata and what it should be
op-apply-guard-dry-run = the server's dry run shows every field that changes, and refuses fields that another manager owns
op-apply-guard-template = of a pod template it says what its rollout does, and proves that too
op-apply-guard-secrets = refuses Secrets, whose values would stand in the record, and a status
op-apply-guard-risk = what decides about rights, admission, nodes, volumes or kinds is high
op-apply-way-back = object.apply of the manifest from before, or object.delete of a new object
op-apply-unreadable = { $key } cannot be read: { $why }
op-apply-ask-for-right = ask for the right to get it
op-apply-plan = apply { $key }
op-apply-changes = change { $key } as the manifest says
op-apply-makes = make { $key } as the manifest says
op-apply-the-manifest = the manifest
op-apply-not-so-yet = { $target } is not yet as it should be
op-apply-not-there-yet = { $target } is not there yet
op-apply-unknown-kind = the manifest's kind { $kind } is not known
op-apply-with-kubectl = apply it with kubectl
op-apply-other-version = { $kind } has apiVersion { $version }, the manifest says { $given }
op-apply-write-present-version = write the present version
op-apply-has-no-name = the manifest of a { $kind } has no name
op-apply-wrong-namespace = the manifest of a { $kind } has a namespace where it must not, or none
op-apply-give-name = give metadata.name and metadata.namespace
op-apply-no-secrets = the values of a Secret must not stand in a plan
op-apply-has-status = the manifest has a status, which only controllers write
op-apply-leave-it-out = leave it out
op-apply-secret-not-kept = the values of a Secret are never kept
op-apply-added-stay = fields that were added stay

# op/approval.rs
op-approval-press-y = press y to run it
op-approval-type = type { $name } to run it
op-approval-nameless = what would have to be typed has no name here, so nothing of this risk can be approved
op-approval-accept = first accept: { $question }
op-approval-second-person = a second person must agree to this very plan first: paste the approval
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
op-drain-nothing-to-evict =
    { $stay ->
        [0] { $node } is cordoned and empty
        [one] { $node } is cordoned and has nothing to evict; 1 pod stays on it
       *[other] { $node } is cordoned and has nothing to evict; { $stay } pods stay on it
    }
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
# op/restart.rs
op-restart-title = Restart a workload pod by pod
op-restart-refuses-what-replaces-none = refuses a paused Deployment, and a workload whose replicas or partition leave no pod to replace
op-rollout-says-what-it-keeps = says what a partition keeps, what OnDelete leaves to others, and when no pod is left in between
op-restart-warns-of-rollout-and-owners = warns when a rollout is still under way, when there is one replica, when a controller or GitOps owns it
op-restart-undo = workload.undo to the revision before
op-restart-does = restart { $row }
op-restart-keeps-no-revision = { $kind } keeps no revision to go back to

# op/rollout.rs
op-rollout-on-delete = OnDelete: { $wanted ->
        [one] 1 pod stays until somebody deletes it
       *[other] { $wanted } pods stay until somebody deletes them
    }
op-rollout-paused = paused: { $wanted ->
        [one] 1 pod stays until it is resumed
       *[other] { $wanted } pods stay until it is resumed
    }
op-rollout-by-its-rules = replace { $wanted ->
        [one] 1 pod
       *[other] { $wanted } pods
    } by the rules of its rollout
op-rollout-parted = partition { $partition }: { $replaced } of { $wanted ->
        [one] 1 pod
       *[other] { $wanted } pods
    } will be replaced
op-rollout-only-when-deleted = its pods are replaced only when somebody deletes them
op-rollout-not-until-resumed = nothing rolls out until it is resumed
op-rollout-new-first = the new pod starts before the old one ends
op-rollout-old-first = the old pod ends before the new one starts
op-rollout-one-replica = one replica
op-rollout-all-end-first = all { $wanted ->
        [one] 1 pod ends
       *[other] { $wanted } pods end
    } before the first new one starts
op-rollout-none-in-between = none in between
op-rollout-all-missing-at-once = its maxUnavailable lets all { $replaced ->
        [one] 1 pod
       *[other] { $replaced } pods
    } be missing at once
op-rollout-partition-keeps = { $replaced } of { $wanted ->
        [one] 1 pod
       *[other] { $wanted } pods
    } will be replaced (partition { $partition }), { $kept ->
        [one] 1 keeps the template that it has
       *[other] { $kept } keep the template that they have
    }
op-rollout-no-pod-now = no pod now
op-rollout-one-after-other = { $all ->
        [one] 1 pod
       *[other] { $all } pods
    }, one after the other{ $settles ->
        [0] {""}
       *[other] , each ready for { $settles } s first
    }
op-rollout-some-at-a-time = { $all ->
        [one] 1 pod
       *[other] { $all } pods
    }; at a time at most { $missing } missing and { $more } more{ $settles ->
        [0] {""}
       *[other] , each ready for { $settles } s first
    }
op-rollout-so-many = { $all ->
        [one] 1 pod
       *[other] { $all } pods
    }{ $settles ->
        [0] {""}
       *[other] , each ready for { $settles } s first
    }
op-rollout-wants-none = { $row } wants 0 pods, so there is none to restart
op-rollout-scale-it-up = scale it up: its pods will be new ones
op-rollout-restarts-nothing = { $parted }, so a restart of { $row } would restart nothing
op-rollout-lower-the-partition = lower spec.updateStrategy.rollingUpdate.partition first, or delete its pods one by one
op-rollout-paused-pods-stay = { $row } is paused, so its pods stay as they are
op-rollout-all-once-deleted = all { $wanted ->
        [one] 1 pod
       *[other] { $wanted } pods
    } of { $row } { $has ->
        [new] are new and available
        [back] have the old template and are available
        [resources] have these resources and are available
       *[image] have { $image } and are available
    }, once each was deleted
op-rollout-no-pods-yet = { $row } has no pods; new ones { $has ->
        [new] are new
        [back] have the old template
        [resources] have these resources
       *[image] have { $image }
    }
op-rollout-all = all { $wanted ->
        [one] 1 pod
       *[other] { $wanted } pods
    } of { $row } { $has ->
        [new] are new and available
        [back] have the old template and are available
        [resources] have these resources and are available
       *[image] have { $image } and are available
    }
op-rollout-all-but-kept = { $new } of { $wanted ->
        [one] 1 pod
       *[other] { $wanted } pods
    } of { $row } { $has ->
        [new] are new
        [back] have the old template
        [resources] have these resources
       *[image] have { $image }
    }, { $kept ->
        [one] 1 is
       *[other] { $kept } are
    } kept by the partition; all are available
op-rollout-is-gone = { $target } is gone
op-rollout-is-being-read = { $target } is being read
op-rollout-no-new-template-yet = { $target } does not show the new template yet
op-rollout-controller-has-not-looked = the controller has not looked at { $target } since
op-rollout-pod-is-of-old-revision = { $pod } is of the old revision
op-rollout-so-far = { $updated } of { $wanted } new, { $available } available
op-rollout-waits-for-deletion = { $progress }; OnDelete: the others wait for somebody to delete them
op-rollout-waits-for-resume = { $progress }; it is paused: nothing rolls out until it is resumed
op-rollout-kept-by-partition = { $progress }, { $kept } kept by the partition

# op/undo.rs
op-undo-title = Roll a workload back to an earlier revision
op-undo-revision-param = revision to go back to; the one before by default
op-undo-refuses-paused-deployment = refuses a paused Deployment
op-undo-refuses-without-revision = refuses when the earlier revision is no longer kept
op-undo-warns-of-owners = warns when a controller or GitOps owns it
op-undo-undo = workload.undo to the revision from before
op-undo-keeps-no-revision = { $row } keeps no earlier revision to go back to
op-undo-apply-a-manifest = apply the manifest that you want instead
op-undo-does = roll { $row } back to revision { $number }
op-undo-summary = revision { $now } → { $number }{ $image }

# op/workload.rs
op-workload-deployment-param = name of the Deployment; give exactly one workload
op-workload-statefulset-param = name of the StatefulSet
op-workload-daemonset-param = name of the DaemonSet
op-workload-name-of-workload = name of the workload
op-workload-second-workload = a second workload
op-workload-exactly-one = exactly one workload
op-workload-is-paused = { $row } is paused, so nothing would roll
op-workload-resume-it-first = resume it first
op-workload-autoscaler-sets-replicas = { $name } sets the number of replicas
op-workload-so-many-available = { $available } of { $wanted } available, { $updated } up to date
op-workload-not-settled = not settled
op-workload-owner-may-put-back = { $kind } { $name } made it and may put back what is changed here

# op/switch.rs
op-switch-deployment-param = name of the Deployment
op-switch-cronjob-param = name of the CronJob
op-switch-pause-title = Pause the rollout of a Deployment
op-switch-pause-warns = warns that changes of the template do nothing until it is resumed
op-switch-resume-title = Resume the rollout of a Deployment
op-switch-resume-warns = warns that changes made meanwhile roll out at once
op-switch-suspend-title = Suspend a CronJob: no new runs
op-switch-suspend-says = says that runs under way go on, and that missed runs are not made up
op-switch-wake-title = Resume a suspended CronJob
op-switch-wake-warns = warns that a missed run may start at once
op-switch-pause = pause { $row }
op-switch-changes-wait = changes of its template do nothing until it is resumed
op-switch-is-paused = { $row } is paused
op-switch-resume = resume { $row }
op-switch-is-not-paused = { $row } is not paused
op-switch-rolls-out = rolls out
op-switch-pods-are-replaced = { $waiting ->
        [one] 1 pod has an older template and is replaced
       *[other] { $waiting } pods have an older template and are replaced
    }
op-switch-suspend = suspend { $row }
op-switch-is-suspended = { $row } is suspended
op-switch-runs-go-on = { $running ->
        [one] 1 under way goes on
       *[other] { $running } under way go on
    }; missed ones are not made up
op-switch-is-not-suspended = { $row } is not suspended
op-switch-missed-run-may-start = { $schedule }: a missed run may start at once
op-switch-sets = set spec.{ $field } to { $on }

# op/storage.rs
op-storage-expand-title = Enlarge a persistent volume claim
op-storage-pvc-param = name of the claim
op-storage-size-param = the new size
op-storage-expand-refuses = refuses a smaller size, a claim that is not bound, and a storage class that does not expand
op-storage-never-smaller = volumes are never made smaller
op-storage-reclaim-title = Set what becomes of a volume when its claim is deleted
op-storage-pv-param = name of the volume
op-storage-policy-param = Retain or Delete
op-storage-reclaim-warns = Delete is high: a released volume is deleted at once, with its data
op-storage-reclaim-undo = pv.reclaim to the policy from before
op-storage-detach-title = Delete a VolumeAttachment, so that the volume can go elsewhere
op-storage-attachment-param = name of the attachment
op-storage-detach-refuses = refuses while the node is Ready: the attach-detach controller does it in good order
op-storage-detach-asks = asks for proof that the machine is off unless its Node is gone
op-storage-attached-again = the controller attaches it again where a pod needs it
op-storage-a-size = a size such as 20Gi
op-storage-is-not-bound = { $row } is { $phase }, not Bound
op-storage-only-bound-grows = only a bound claim can grow
op-storage-asks-for = { $row } asks for { $now }
op-storage-would-shrink = { $row } asks for { $now }; volumes are never made smaller
op-storage-give-larger-size = give a larger size
op-storage-class-does-not-expand = storage class { $class } does not allow expansion
op-storage-copy-or-allow = copy the data to a larger claim, or set allowVolumeExpansion if the driver can
op-storage-for-good = for good
op-storage-not-smaller-again = a volume cannot be made smaller again
op-storage-class-unread = { $class } could not be read; the server decides
op-storage-expand-does = expand { $row }
op-storage-expanded = { $row } has { $wanted }
op-storage-pod-must-start = { $row }: a pod must be (re)started on it: { $message }
op-storage-has-policy = { $row } is kept by the policy { $now }
op-storage-deleted-at-once = the volume is { $phase }: it and its data are deleted at once
op-storage-deleted-with-claim = it is deleted together with its claim
op-storage-clean-up = after its claim is gone somebody must clean the volume up
op-storage-reclaim-does = set the reclaim policy of { $row }
op-storage-policy-unknown = { $now } cannot be set again
op-storage-policy-is = the policy of { $row } is { $wanted }
op-storage-nodes-unknown = the nodes are not known, so it cannot be told whether the machine is off
op-storage-wait-for-nodes = wait until they are read
op-storage-node-is-ready = { $node } is Ready: its volume may be in use
op-storage-end-the-pod = end the pod that uses it; the controller detaches it then
op-storage-machine-off = the machine of { $node } is off or cut from { $volume }: I have seen it myself; a second writer would damage the data
op-storage-detach-does = detach { $volume } from { $node }
op-storage-detach-summary = delete the attachment { $name }
op-storage-attached-elsewhere = { $volume } may be attached elsewhere at once
op-storage-attachment-is-gone = the attachment { $name } is gone

# op/peer.rs
op-peer-not-one = this is no { $head } line: copy all of it, from { $head } to its end, as one line
op-peer-altered = the line is cut or altered ({ $why }): copy all of it, as one line
op-peer-steers = its { $part } holds characters that a screen does not show, or that steer it: this comes from no opsbook; sign nothing, and ask who sent it
op-peer-blanks = its { $part } holds a run of blanks, which could look like another row: this comes from no opsbook; sign nothing, and ask who sent it
op-peer-too-long = its { $part } is longer than anybody could read: sign nothing, and ask who sent it
op-peer-other-form = it has form { $form }, and this opsbook reads { $ours }: both sides need the same one
op-peer-other-plan = it is for another plan: the plan changed since it was asked, or the line is of another one; ask anew
op-peer-other-request = it answers another request for this plan: approve the one that is asked for now
op-peer-expired = its time is over (15 minutes): close this and ask anew
op-peer-part-id = id
op-peer-part-digest = digest
op-peer-part-title = title
op-peer-part-context = context
op-peer-part-server = server
op-peer-part-cluster = cluster
op-peer-part-target = target
op-peer-part-by = name of who asks
op-peer-part-user = user
op-peer-part-command = command
op-peer-part-summary = summary
op-peer-part-way-back = way back
op-peer-part-consequence = consequence
op-peer-part-question = question
op-peer-part-script = script
op-peer-part-consequences = list of consequences
op-peer-row-uid = {"  "}(uid { $uid })
op-peer-row-asks = { $by } asks you to agree to: { $title }  [{ $risk }]
op-peer-row-cluster = {"  "}cluster   { $context } at { $server }{ $uid }
op-peer-row-object = {"  "}object    { $target }{ $uid }
op-peer-row-by = {"  "}asked by  { $by } ({ $user }), { $at }
op-peer-row-until = {"  "}until     { $until }
op-peer-row-does = {"  "}does      { $summary }
op-peer-row-same-as = {"  "}same as   { $kubectl }
op-peer-row-way-back = {"  "}way back  { $way_back }
op-peer-row-plan = {"  "}plan      { $digest }
op-peer-row-question = {"  "}? the operator must accept: { $question }
op-peer-row-hidden = {"  "}✖ it holds characters that a screen does not show
op-peer-by-hand = by hand
op-peer-step-by-hand = { $step } by hand
op-peer-operator-does-step = the operator does step { $step } by hand
op-peer-no-command = no command: it is done by hand
op-peer-done-by-hand = it is done by hand
op-peer-operator-says-so = the operator says so

# op/rewrite.rs
op-rewrite-title = Write every object of a resource anew, so that it is stored with the new key
op-rewrite-kind-param = kind of the objects, as kubectl takes it: secrets, configmaps, …
op-rewrite-rate-param = requests in a second, 5 by default, 50 at most
op-rewrite-reads-names-only = reads no object but for its name; changes no field; at most so many requests in a second
op-rewrite-passes-over = an object that is gone or changed meanwhile is passed over: its writer has stored it anew
op-rewrite-says-what-is-unseen = says what it cannot see: which key the API servers write with
op-rewrite-undo = no object is another one than before
op-rewrite-namespace-param = only those of it; else the whole cluster
op-rewrite-a-kind = a kind that opsbook knows, such as secrets
op-rewrite-has-no-namespace = { $plural } are in no namespace
op-rewrite-leave-namespace-out = leave the namespace out
op-rewrite-give-a-rate = give 1 to { $most }
op-rewrite-so-many-requests = { $per_second ->
        [one] { $per_second } request in a second
       *[other] { $per_second } requests in a second
    }
op-rewrite-does = write { $plural } anew
op-rewrite-every-one = every object of { $plural } in the whole cluster, { $per_second } in a second; p counts them
op-rewrite-every-one-of-namespace = every object of { $plural } in namespace { $namespace }, { $per_second } in a second; p counts them
op-rewrite-proof = every request for { $plural } was answered; what is on the disk no request can show
op-rewrite-key-unseen = that the new key is the first of its provider in the EncryptionConfiguration of every API server, and that each was restarted since: otherwise this stores with the old key again
op-rewrite-keep-the-old-key = keep the old key in the configuration until this is through, and as long as backups need it
op-rewrite-unseen = cannot be seen from here
op-rewrite-old-key = old key
op-rewrite-not-written = not written
op-rewrite-stored-already = an object that is stored in the new form already: the server sees that
op-rewrite-by-themselves = these are written anew by themselves within the hour

# op/scale.rs
op-scale-title = Set the number of pods of a workload
op-scale-replicaset-param = name of the ReplicaSet
op-scale-replicas-param = how many pods it should have
op-scale-refuses-owned = refuses a ReplicaSet that a Deployment owns
op-scale-warns-of-others = warns of an autoscaler that will set another number, of GitOps, and of a scale to zero
op-scale-warns-of-fewer = warns when fewer pods than a disruption budget wants are left, and when a StatefulSet loses members
op-scale-undo = workload.scale to the number from before
op-scale-how-many-pods = how many pods
op-scale-so-many = { $n ->
        [one] { $n } replica
       *[other] { $n } replicas
    }
op-scale-give-a-number = give a number from 0 to { $most }
op-scale-owner-sets-its-own = { $kind } { $name } owns { $row } and would set its own number
op-scale-the-owner = scale the { $kind } instead
op-scale-wants-pods = { $row } wants { $pods ->
        [one] 1 pod
       *[other] { $pods } pods
    }
op-scale-does = scale { $row } to { $wanted }
op-scale-summary = { $now } → { $wanted ->
        [one] 1 pod
       *[other] { $wanted } pods
    }
op-scale-proof = { $row } has { $wanted ->
        [one] 1 ready pod
       *[other] { $wanted } ready pods
    }
op-scale-nothing-left = nothing left
op-scale-serves-nobody = { $row } serves nobody until it is scaled up
op-scale-pods-end = { $ending } of { $available ->
        [one] 1 available pod
       *[other] { $available } available pods
    } { $ending ->
        [one] ends
       *[other] end
    }
op-scale-members-go = members from { $first } on go, the highest first; their claims stay; a quorum may be lost
op-scale-autoscaler-stops = { $name } stops until somebody scales up again
op-scale-autoscaler-keeps = { $name } keeps { $min } to { $max ->
        [one] 1 pod
       *[other] { $max } pods
    } and will set its own number
op-scale-budget-is-not-asked = { $name } wants { $desired ->
        [one] 1 healthy pod
       *[other] { $desired } healthy pods
    }; a scale does not ask it

# op/taint.rs
op-taint-node-param = name of the node
op-taint-key-param = the taint's key
op-taint-effect-param = NoSchedule, PreferNoSchedule or NoExecute
op-taint-title = Taint a node: only pods that tolerate it stay or come
op-taint-value-param = the taint's value
op-taint-counts = counts the pods that a NoExecute taint may drive away at once, without asking their budgets
op-taint-undo = node.untaint, or node.taint with the value from before
op-taint-untaint-title = Take a taint from a node
op-taint-untaint-refuses = refuses taints that a controller keeps: they come back until their cause is gone
op-taint-out-title = Say that a machine is off: its pods and volumes are given free
op-taint-out-refuses = refuses while the node is Ready
op-taint-out-asks = asks for proof that the machine is off: a second writer would damage volumes
op-taint-out-undo = node.untaint after the machine is back (what was deleted stays deleted)
op-taint-has-no-taint = { $node } has no taint { $key }:{ $effect }
op-taint-kept-by-controller = { $key } is kept by the node controller from what the node says
op-taint-mend-its-cause = mend its cause; the taint goes by itself
op-taint-untaint-does = untaint { $node }
op-taint-untaint-summary = remove { $taint }
op-taint-node-is-ready = { $node } is Ready, so its machine is not off
op-taint-drain-instead = drain it with node.drain instead
op-taint-volumes-are-given-free = volumes are given free
op-taint-volumes-of-so-many = those of { $pods ->
        [one] 1 pod
       *[other] { $pods } pods
    } are attached elsewhere, without waiting for this machine
op-taint-volumes-of-unknown = those of its pods ({ $why }) are attached elsewhere, without waiting for this machine
op-taint-out-does = { $node } is out of service
op-taint-machine-off = the machine of { $node } is off, or cut from network and storage, and stays so: I have seen it myself
op-taint-out-note = after the machine is back; what was deleted stays deleted
op-taint-has-taint = { $node } has the taint { $taint }
op-taint-does = taint { $node }
op-taint-summary = add { $taint }
op-taint-drives-away-up-to = up to { $pods ->
        [one] 1 pod that does not tolerate it ends
       *[other] { $pods } pods that do not tolerate it end
    } at once; no budget is asked
op-taint-drives-away-unknown = all pods that do not tolerate it end at once; no budget is asked; how many is not known: { $why }
op-taint-driven-away = driven away

# op/set_image.rs
op-set-image-title = Set the image of a container and roll it out
op-set-image-image-param = the image, with its tag or digest
op-set-image-refuses = refuses a paused Deployment and a container that is not in the template
op-set-image-warns = warns of an image without a fixed tag, of one replica, of a rollout under way, of GitOps
op-set-image-undo = workload.set-image to the image from before
op-set-image-no-image = { $image } is not the name of an image
op-set-image-give-a-name = give REGISTRY/NAME:TAG
op-set-image-has-it = container { $container } of { $row } has { $image }
op-set-image-may-differ = { $image } may be another image on every node and at every pull
op-set-image-no-fixed-tag = no fixed tag
op-set-image-does = set the image of { $row }

# op/set_resources.rs
op-set-resources-title = Set requests and limits of a container and roll it out
op-set-resources-refuses = refuses a request above its limit and a paused Deployment
op-set-resources-warns = warns of a smaller memory limit, of one replica, of a rollout under way, of GitOps
op-set-resources-undo = workload.set-resources to the values from before
op-set-resources-resize-title = Resize a running pod in place
op-set-resources-pod-param = name of the pod
op-set-resources-resize-refuses = refuses servers before 1.33, mirror pods, and a request above its limit
op-set-resources-resize-warns = warns that the workload's template keeps the old values, of a smaller memory limit, of restarts
op-set-resources-resize-undo = pod.resize to the values from before
op-set-resources-does = set the resources of { $row }
op-set-resources-server-too-old = this server is { $version }; pods are resized in place since 1.{ $since }
op-set-resources-of-the-workload = set the resources of the workload instead
op-set-resources-cannot-resize = { $row } is a static pod, has ended, or is being deleted
op-set-resources-another-pod = change the manifest on the node, or another pod
op-set-resources-resize-does = resize pod { $row }
op-set-resources-resize-proof = the kubelet runs { $container } of { $row } with these resources
op-set-resources-owner-keeps-old = { $kind } { $name } makes new pods with the old values; set them there too
op-set-resources-this-pod-only = this pod only
op-set-resources-restarts = container { $container } of { $row } is restarted: its resizePolicy says so
op-set-resources-pod-is-gone = the pod is gone
op-set-resources-being-read = it is being read
op-set-resources-no-room = the node has no room now
op-set-resources-in-progress = the kubelet is at it
op-set-resources-no-container = its container is gone
op-set-resources-not-reported = the kubelet does not report its resources
op-set-resources-reports-old = the kubelet still reports the old resources

# op/target.rs
op-target-bare = save its manifest and delete it with kubectl if you must
op-target-being-deleted = { $row } is already being deleted
op-target-being-deleted-since = { $row } is already being deleted since { $age }
op-target-wait-or-look = wait until it is gone, or look at its node and its finalizers
op-target-cannot-be-read = { $key } cannot be read: { $why }
op-target-no-plan-without = without it there is no plan
op-target-a-kind = a kind that opsbook knows, such as pod or pvc
op-target-owned-by-gitops = owned by GitOps
op-target-may-put-back = { $who } ({ $value }) may put back what is changed here; change it there too
op-target-no-other-replica = no other replica
op-target-no-other-ready = { $kind } { $name } has no other ready pod
op-target-other-replicas = other replicas
op-target-others-ready = { $n } ready of { $kind } { $name }
op-target-local-data-lost = local data lost
op-target-empty-dir = its emptyDir volumes
op-target-is-another-one-now = { $target } is another one now
op-target-not-shown-yet = { $target } does not show it yet
op-target-is-gone = { $target } is gone
op-target-is-being-read = { $target } is being read
op-target-is-still-there = { $target } is still there
op-target-unknown = { $target } is not known now: { $why }

# op/webhook.rs
op-webhook-validating-param = name of the configuration; give exactly one
op-webhook-mutating-param = name of the configuration
op-webhook-names-param = only webhooks of these names, with commas between them; all of them by default
op-webhook-open-title = Let an admission webhook fail open for a while
op-webhook-for-param = how long, 15m by default, 4h at most
op-webhook-closes-by-itself = is closed again by itself after the time, on cancel, and on leaving
op-webhook-open-says = says what is no longer checked meanwhile; warns of an owner that closes it earlier
op-webhook-closed-title = Let an admission webhook refuse what it does not answer
op-webhook-closed-warns = warns that nothing it selects can be written while it does not answer
op-webhook-give-a-time = give a time of at most { $most } s
op-webhook-fails-open = { $name } fails open
op-webhook-open-summary = failurePolicy of { $count ->
        [one] 1 webhook
       *[other] { $count } webhooks
    }: { $from } → { $to } for { $minutes } min
op-webhook-cannot-be-written = what it selects cannot be written while it does not answer
op-webhook-fails-closed = { $name } fails closed
op-webhook-closed-summary = failurePolicy of { $count ->
        [one] 1 webhook
       *[other] { $count } webhooks
    }: { $from } → { $to }
op-webhook-no-such = { $name } has no such webhook
op-webhook-name-one-of = name one of { $names }
op-webhook-while-silent = { $name }: { $verbs } of { $resources } while it does not answer
op-webhook-not-checked = not checked

# op/script.rs
op-script-this-machine = this machine
op-script-in-container = container { $container } of pod { $namespace }/{ $pod }
op-script-runs = run { $lines ->
        [one] 1 line
       *[other] { $lines } lines
    } of { $of } on { $place }
op-script-runs-with = run { $lines ->
        [one] 1 line
       *[other] { $lines } lines
    } of { $of } on { $place }, with { $values }
op-script-ended = { $step } ended
op-script-ended-with-0 = { $step } ended with 0
op-script-undo-of-its-step = not known for a script as such; r takes its step back: { $way }
op-script-no-undo = not known for a script
op-script-does = run { $step }
op-script-hidden = hidden characters
op-script-holds-hidden = the script holds characters that a screen does not show; look at its file before you run it
op-script-not-computed = nothing computes what it changes
op-script-no-dry-run = a script has no dry run: what it does is what you read
op-script-no-values = no value of this runbook
op-script-stopped-after = after { $seconds } s
op-script-own-terminal = it has one of its own; nothing of what is typed or shown is kept
op-script-file = script of step { $step } of { $runbook }

# op/secret.rs
op-secret-secret-param = name of the Secret
op-secret-key-param = the key in its data
op-secret-rotate-title = Give one key of a Secret a new value, and keep the old one beside it
op-secret-value-param = the new value; without one it is made of letters and digits
op-secret-length-param = characters of a value that is made, 32 by default, 16 to 256
op-secret-server-copies = needs no value: the API server copies the old one to KEY.before-rotation
op-secret-rotate-refuses = refuses immutable Secrets, and those of TLS, service accounts and bootstrap tokens
op-secret-rotate-warns = warns of a controller that puts its own value back, and of an older value that is lost
op-secret-says-who-reads = says which workloads read the key, and which of them must be restarted
op-secret-back-title = Give a key of a Secret the value from before its rotation
op-secret-back-refuses = refuses where no value was kept; needs none
op-secret-back-undo = the newer value is given up
op-secret-of-tls = certificate and key change together: let who issued them do it, or use kubectl
op-secret-of-service-account = delete it and make a short one: serviceaccount.token
op-secret-of-bootstrap = make a new token with kubeadm token create
op-secret-has-no-room-for = { $name } has no room for { $suffix }
op-secret-keys-up-to = keys of up to { $most } do
op-secret-readers-read-kept = who reads the Secret reads { $kept } too
op-secret-older-value-lost = older value lost
op-secret-kept-already = { $kept } is there already
op-secret-nobody-needs = nobody needs the value that was kept by the rotation before
op-secret-rotate-does = rotate { $name } of Secret { $row }
op-secret-made = { $name }: { $length } new letters and digits; the old value stays as { $kept }
op-secret-typed = { $name }: the value that was typed; the old value stays as { $kept }
op-secret-rotate-proof = { $name } was written anew, and { $kept } is there
op-secret-none-was-kept = Secret { $row } has no { $kept }, so no value was kept
op-secret-rotate-it = rotate it to a new value
op-secret-newer-value-lost = newer value lost
op-secret-value-given-up = what { $name } is now is given up
op-secret-back-does = roll { $name } of Secret { $row } back
op-secret-back-summary = { $name }: the value that was kept as { $kept }
op-secret-back-proof = { $name } was written anew, and { $kept } is gone
op-secret-being-deleted = Secret { $row } is being deleted
op-secret-make-it-anew = make it anew first
op-secret-immutable = Secret { $row } is immutable
op-secret-make-another = make another Secret, and point its readers to that one
op-secret-of-type = Secret { $row } is of type { $type }
op-secret-has-no-keys = it has none
op-secret-has-keys = it has { $keys }
op-secret-no-such-key = Secret { $row } has no key { $name }
op-secret-too-short = what is shorter than { $least } characters cannot be kept out of the record
op-secret-give-longer-value = give a longer value
op-secret-has-a-form = letters and digits are no value of type { $type }
op-secret-give-its-value = give its value
op-secret-so-many-characters = { $length ->
        [one] { $length } character
       *[other] { $length } characters
    }
op-secret-give-a-length = give a length of 16 to 256
op-secret-of-cert-manager = cert-manager writes it for Certificate { $certificate }, and may put its value back
op-secret-other-side-must-learn = what checks { $name } (a database, another cluster) must learn the value as well
op-secret-other-side = the other side

# op/readers.rs
op-readers-cannot-be-read = { $interest } cannot be read, so it is not known which of them read it
op-readers-unknown = readers unknown
op-readers-none = no Deployment, StatefulSet, DaemonSet or CronJob beside it
op-readers-not-looked-at = pods without such a workload, and who reads it through the API
op-readers-not-seen = not seen
op-readers-reads-it = reads it
op-readers-to-pull = { $who }, to pull images: with its next pod
op-readers-next-job = { $who }: with its next Job
op-readers-at-start = reads it at its start
op-readers-as-environment = { $who }, as environment: it needs workload.restart to see the new value
op-readers-as-sub-path = { $who }, as a single file (subPath): it needs workload.restart to see the new value
op-readers-as-file = { $who }, as a file: it changes within about a minute

# op/token.rs
op-token-title = Make a token of a ServiceAccount that ends by itself
op-token-account-param = name of the ServiceAccount
op-token-for-param = how long it is good, 1h by default, 10m to 24h
op-token-audience-param = for whom it is good; the API server by default
op-token-shown-once = is shown once and kept nowhere; refuses more than a day
op-token-names-roles = names the roles that the token gives; one of cluster-admin is high
op-token-undo = it ends by itself, or with its ServiceAccount
op-token-for-so-long = a token for { $seconds } s
op-token-give-a-time = give a time of 10m to 24h
op-token-is-being-deleted = { $key } is being deleted
op-token-choose-another = its tokens end with it; choose another one
op-token-does = token of { $key }
op-token-ends-after = a token that ends by itself after { $minutes } min
op-token-ends-after-for = a token for { $whom } that ends by itself after { $minutes } min
op-token-not-called-back = nothing calls a token back: it ends by itself { $minutes } min after it was made, or with its ServiceAccount
op-token-proof = the API server made a token
op-token-where-it-is-shown = once, in a message over the screen: it is not recorded and cannot be shown again
op-token-no-role = no role is bound to it by name
op-token-may-do-everything = { $names }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }: who has the token may do everything
op-token-has-roles = who has the token has { $names }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }
op-token-role-in = { $role } in { $namespace }

# op/starting.rs
op-starting-has-ended = { $name } has ended
op-starting-has-ended-with = { $name } has ended with exit code { $code }
op-starting-not-yet = { $name } is not started yet
op-starting-does-not = { $name } does not start
