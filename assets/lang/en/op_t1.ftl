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
