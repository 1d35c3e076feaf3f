# op/exec.rs
op-exec-open-shell-in-container = Open a shell in a container
op-exec-name-of-pod = name of the pod
op-exec-name-of-container-may-be-left = name of the container; may be left out where there is one
op-exec-program-bash-where-image-has-it = the program; bash where the image has it, else sh
op-exec-refuses-pods-that-do-not-run = refuses pods that do not run; is bound to the uid of the pod
op-exec-has-terminal-of-its-own-what = has a terminal of its own; what is typed and shown is not recorded, only that it was opened
op-exec-none-what-is-done-in-it = what is done in it is not known
op-exec-if-command-v-bash-dev-null = if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi
op-exec-pod-does-not-run = pod { $row } does not run
op-exec-choose-one-that-does = choose one that does
op-exec-this-is-no-program = this is no program
op-exec-give-path-of-shell-such-as = give the path of a shell, such as /bin/ash
op-exec-shell-in-of = shell in { $container } of { $row }
op-exec-shell-in-container-of-pod = a shell in container { $container } of pod { $row }
op-exec-not-known = not known
op-exec-what-is-done-in-it-has = what is done in it has no plan, no dry run and no way back
op-exec-it-has-one-of-its-own = it has one of its own; ctrl-] leaves it, exit ends it
op-exec-that-it-was-opened-and-how = that it was opened and how it ended, nothing of what is in it
op-exec-what-is-done-in-shell-is = what is done in a shell is not known
op-exec-shell-has-ended = the shell has ended
op-exec-pod-has-no-container = the pod has no container { $name }
op-exec-it-has = it has { $names }
op-exec-pod-has-containers = the pod has { $names } containers
op-exec-name-one-of = name one of { $names }

# op/leave.rs
op-leave-budgets-select-it-and-server-evicts = budgets { $names } select it, and the server evicts no pod that has more than one
op-leave-budget-allows-0-now = budget { $name } allows 0 now
op-leave-is-still-there = is still there
op-leave-held-by-finalizer = held by finalizer { $by }
op-leave-held-by-finalizer-2 = held by finalizer { $COUNTED }
op-leave-its-grace-ends-after-this-drains = its grace ends { $at }, after this drain's limit
op-leave-is-ending = is ending
op-leave-budget-allows-now-of-healthy = budget { $key } allows { $allowed } now, { $healthy } of { $desired } healthy
op-leave-namespace-is-ending-which-refuses = namespace { $namespace } is ending, which refuses evictions; its pods go with it
op-leave-holds-until-somebody-takes-it-off = { $by } holds { $key } until somebody takes it off
op-leave-held-by-finalizer-3 = held by a finalizer
op-leave-it-tolerates-cordon-so-its-workload = it tolerates the cordon, so its workload may put it here again

# op/drain.rs
op-drain-drain-node-evict-its-pods-within = Drain a node: evict its pods within their budgets
op-drain-name-of-node = name of the node
op-drain-how-long-to-try-10m-by = how long to try, 10m by default
op-drain-for-each-pod-to-end-below = for each pod to end; below its own it is R3
op-drain-pods-without-owner-too-gone-for = pods without an owner too, gone for good: R4
op-drain-lose-emptydir-data-without-question-r3 = lose emptyDir data without a question: R3
op-drain-always-so-accepted-as-kubectls-flag = always so; accepted as kubectl's flag
op-drain-leaves-mirror-and-daemonset-pods = leaves mirror and DaemonSet pods
op-drain-refuses-while-bare-pods-are-on = refuses while bare pods are on the node, unless `force`: nothing would make them again
op-drain-asks-before-emptydir-data-is-lost = asks before emptyDir data is lost
op-drain-shows-budgets-that-allow-no-disruption = shows budgets that allow no disruption now, and waits for them; never deletes instead
op-drain-names-pods-that-server-will-refuse = names pods that the server will refuse to evict (two budgets), and refuses where there are no others
op-drain-names-finalizers-graces-beyond-its-limit = names finalizers, graces beyond its limit, namespaces that are ending, pods that tolerate the cordon
op-drain-refuses-grace-of-0-which-takes = refuses a grace of 0, which takes pods out of the cluster while they may still run
op-drain-refuses-while-pods-or-budgets-of = refuses while the pods or budgets of all namespaces cannot be read, or are not as they are now
op-drain-node-uncordon-pods-do-not-come = node.uncordon (pods do not come back by themselves)
op-drain-only-of-are-seen-and-node = only the { $plural } of { $only } are seen, and a node has those of all
op-drain-ask-for-right-to-list-in = ask for the right to list { $plural } in all namespaces
op-drain-is-cordoned-and-has-nothing-to = { $name } is cordoned and has nothing to evict
op-drain-pods-do-not-come-back-by = pods do not come back by themselves
op-drain-pods-do-not-come-back-by-2 = pods do not come back by themselves; the node was cordoned before
op-drain-drain = drain { $name }
op-drain-no-pod-on-that-could-move = no pod on { $name } that could move
op-drain-it-came-after-plan-another-drain = it came after the plan; another drain takes it
op-drain-and-more = and { $pods } more
op-drain-left-on = { $pods } left on { $name }: { $words }

# op/inputs.rs
op-inputs-plain-value = a plain value
op-inputs-parameter-of-type-secret-or-what = a parameter of type secret, or what is typed when it is asked for
op-inputs-no-such-parameter-see-opsbook-ops = no such parameter; see `opsbook ops`
op-inputs-name-of-object = the name of an object
op-inputs-true-or-false = true or false
op-inputs-one-of-words-in-its-description = one of the words in its description
op-inputs-whole-number = a whole number
op-inputs-duration-such-as-90s-or-10m = a duration such as 90s or 10m

# op/profile.rs
op-profile-namespace-enforces-pod-security-which = namespace { $namespace } enforces Pod Security { $word }, which forbids { $what }
op-profile-choose-profile = choose profile { $word }
op-profile-choose-namespace-that-enforces-or-nothing = choose a namespace that enforces { $word } or nothing
op-profile-namespace-enforces-which-allows = namespace { $namespace } enforces { $word }, which allows { $what }
op-profile-pod-security = Pod Security
op-profile-namespace-has-no-level-of-its = namespace { $namespace } has no level of its own: the dry run shows what the cluster's default says
op-profile-is-not-name-of-image = { $image } is not the name of an image
op-profile-may-be-another-image-tomorrow = { $image } may be another image tomorrow
op-profile-no-fixed-tag = no fixed tag

# op/patch.rs
op-patch-change-fields-of-object-with-merge = Change fields of an object with a merge patch
op-patch-json-merge-patch-null-removes-field = a JSON merge patch; null removes a field
op-patch-refuses-patch-of-uid-resourceversion-name = refuses a patch of uid, resourceVersion, name, namespace, finalizers and status
op-patch-refuses-secrets-their-values-would-stand = refuses Secrets: their values would stand in the record
op-patch-of-pod-template-it-says-what = of a pod template it says what its rollout does, and proves that too
op-patch-refuses-fields-that-operation-of-their = refuses fields that an operation of their own knows: taints, reclaim policies, webhooks
op-patch-what-decides-about-rights-admission-nodes = what decides about rights, admission, nodes, volumes or kinds is high; warns of an owner or of GitOps
op-patch-object-patch-with-values-from-before = object.patch with the values from before
op-patch-values-of-secret-must-not-stand = the values of a Secret must not stand in a plan
op-patch-use-secret-rotate = use secret.rotate
op-patch-is-as-patch-says = { $key } is as the patch says
op-patch-patch = patch { $key }
op-patch-change = change { $patch }
op-patch-patch-2 = the patch
op-patch-is-as-says = { $key } is as { $says } says
op-patch-and = { $fields }, and { $key }
op-patch-are-new = are new
op-patch-is-as-says-and = { $target } is as { $says } says, and { $words }
op-patch-is-as-says-2 = { $target } is as { $says } says; { $words }
op-patch-node-taint-node-untaint-or-node = node.taint, node.untaint or node.out-of-service
op-patch-node-cordon-or-node-uncordon = node.cordon or node.uncordon
op-patch-webhook-fail-open-or-webhook-fail = webhook.fail-open or webhook.fail-closed
op-patch-of-is-more-than-field = { $field } of a { $kind } is more than a field
op-patch-use = use { $op }
op-patch-metadata-says-which-object-it-is = metadata.{ $name } says which object it is and cannot be patched
op-patch-leave-it-out = leave it out
op-patch-finalizers-are-promises-of-controllers = finalizers are promises of controllers
op-patch-use-object-remove-finalizer-one-at = use object.remove-finalizer, one at a time
op-patch-status-is-written-by-controllers = the status is written by controllers
op-patch-change-what-they-look-at-instead = change what they look at instead

# op/lock.rs
op-lock-server-is-its-whole-address-as = a server is its whole address, as the kubeconfig has it: https://10.0.0.1:6443; `*` stands for any text
op-lock-context-has-name-is-any = a context has a name; `*` is any
op-lock-production-stays-armed-for-to-minutes = production stays armed for { $least } to { $most } minutes
op-lock-read-only = read-only: { $value }
op-lock-is-production-and-read-only-until = { $value } is production, and read-only until it is armed
op-lock-context-has-no-name-to-confirm = the context has no name to confirm with; give it one in the kubeconfig
op-lock-this-opsbook-was-built-without-execution = this opsbook was built without execution

# op/preview.rs
op-preview-nothing-is-sent-it-is-done = nothing is sent: it is done by hand
op-preview-script-is-not-dry-run-read = a script is not dry-run: read it (p)
op-preview-shell-has-no-dry-run = a shell has no dry run
op-preview-forward-changes-nothing-so-there-is = a forward changes nothing, so there is no dry run
op-preview-token-is-not-dry-run-server = a token is not dry-run: the server would make it
op-preview-evictions-are-not-dry-run-budgets = evictions are not dry-run: budgets answer each one
op-preview-dry-run = dry run ✔ { $at }
op-preview-you-may-not = you may not { $access } ({ $reason })

# op/forward.rs
op-forward-forward-port-of-pod-to-this = Forward a port of a pod to this machine
op-forward-name-of-pod = name of the pod
op-forward-port-that-something-listens-on-in = port that something listens on in the pod
op-forward-port-of-this-machine-free-one = port of this machine; a free one by default
op-forward-listens-on-127-0-0-1 = listens on 127.0.0.1 alone: everybody on this machine can connect, and nobody else
op-forward-refuses-pods-that-do-not-run = refuses pods that do not run; ends when its task is cancelled, its pod is over or opsbook is left
op-forward-none-it-ends-with-its-task = it ends with its task
op-forward-pod-does-not-run = pod { $row } does not run
op-forward-choose-one-that-does-nothing-listens = choose one that does: nothing listens in this one
op-forward-free-port = a free port
op-forward-port = port { $local }
op-forward-forward = forward { $row }:{ $port }
op-forward-127-0-0-1-port-of = 127.0.0.1, { $at } → port { $port } of { $row }; one connection is tried first, and says whether something listens
op-forward-way-in = a way in
op-forward-for-every-user-of-this-machine = for every user of this machine, as long as the task runs (! and c end it)
op-forward-that-it-was-opened-and-how = that it was opened and how much passed, not what
op-forward-it-ends-with-its-task-and = it ends with its task, and with opsbook
op-forward-forward-was-open-until-it-was = the forward was open until it was ended
op-forward-port-2 = port { $given }
op-forward-give-one-up-to-65535 = give one up to 65535

# op/delete_pod.rs
op-delete-pod-delete-pod-with-its-normal-grace = Delete a pod, with its normal grace
op-delete-pod-name-of-pod = name of the pod
op-delete-pod-refuses-bare-pods-nothing-would-make = refuses bare pods: nothing would make them again
op-delete-pod-warns-when-no-other-pod-of = warns when no other pod of its workload is ready
op-delete-pod-does-not-ask-disruption-budgets-shows = does not ask the disruption budgets; shows one that would not allow it
op-delete-pod-none-its-workload-makes-another-pod = its workload makes another pod
op-delete-pod-mirrors-static-pod-deleting-it-does = { $row } mirrors a static pod; deleting it does not restart it
op-delete-pod-move-its-manifest-on-node = move its manifest on the node
op-delete-pod-is-bare-pod-nothing-would-make = { $row } is a bare pod: nothing would make it again
op-delete-pod-allows-0-disruptions-now-delete-does = { $name } allows 0 disruptions now; a delete does not ask it
op-delete-pod-delete-pod = delete pod { $row }
op-delete-pod-delete-makes-another-one = delete { $row }; { $kind } { $name } makes another one
op-delete-pod-its-workload-makes-another-pod = its workload makes another pod
op-delete-pod-is-gone = { $row } is gone

# op/delete_object.rs
op-delete-object-delete-object-its-manifest-is-kept = Delete an object; its manifest is kept in the record
op-delete-object-customresourcedefinitions-namespaces-and = CustomResourceDefinitions, Namespaces and PersistentVolumes are critical: what hangs on them goes too
op-delete-object-refuses-pods-pod-delete-pod-evict = refuses pods (pod.delete, pod.evict) and nodes that are Ready
op-delete-object-tells-what-owns-it-what-it = tells what owns it, what it owns, its finalizers, and a GitOps owner
op-delete-object-object-apply-of-saved-manifest-not = object.apply of the saved manifest (not of a Secret: its values are never kept)
op-delete-object-is-already-being-deleted = { $key } is already being deleted
op-delete-object-is-already-being-deleted-held-by = { $key } is already being deleted, held by { $held }
op-delete-object-wait-until-it-is-gone-or = wait until it is gone, or look at what holds it
op-delete-object-pod-is-more-than-object = a pod is more than an object
op-delete-object-use-pod-evict-pod-delete-or = use pod.evict, pod.delete or pod.force-delete
op-delete-object-is-ready-and-would-register-again = { $name } is Ready and would register again
op-delete-object-drain-it-and-stop-its-kubelet = drain it and stop its kubelet first
op-delete-object-delete = delete { $key }
op-delete-object-delete-and-in-background-what-it = delete { $key }, and in the background what it owns
op-delete-object-is-gone = { $key } is gone
op-delete-object-all-of-its-objects = all of its objects
op-delete-object-every-in-cluster-is-deleted-with = every { $kind } in the cluster is deleted with it
op-delete-object-pods = { $name } pods
op-delete-object-its-pods = its pods ({ $why })
op-delete-object-all-in-it = all in it
op-delete-object-and-every-other-object-of-namespace = { $pods }, and every other object of the namespace
op-delete-object-volume-goes-by-its-reclaim-policy = volume { $volume } goes by its reclaim policy, often for ever
op-delete-object-its-pods-2 = its pods
op-delete-object-pods-end-with-it = { $wanted } pods end with it
op-delete-object-will-make-it-again = { $kind } { $name } will make it again
op-delete-object-it-stays-until-these-let-go = it stays until these let go: { $finalizers }
op-delete-object-values-of-secret-are-never-kept = the values of a Secret are never kept, so it cannot be made again from here
op-delete-object-empty-one-what-was-in-it = an empty one; what was in it stays deleted
op-delete-object-data-does-not-come-back-with = the data does not come back with it
op-delete-object-with-new-uid = with a new uid

# op/known.rs
op-known-only-those-of-are-seen = only those of { $only } are seen
op-known-nobody-reads-it = nobody reads it
op-known-are-not-known-now = the { $plural } are not known now: { $why }
op-known-are = the { $plural } are { $why }
op-known-wait-or-press-ctrl-r = wait, or press ctrl-r
op-known-wait-until-they-are-read-or = wait until they are read, or ask for the right to list { $plural }
op-known-not-followed = not followed
op-known-as-of-read-every-s-what = { $plural } as of { $read }, read every { $every } s: what came since is not in this plan
op-known-as-of = as of { $since }: { $why }
op-known-you-may-not-them = you may not { $verb } them
op-known-this-cluster-has-none = this cluster has none
op-known-they-are-being-read = they are being read
op-known-not-all-of-them-are-seen = not all of them are seen

# op/evict.rs
op-evict-evict-pod-within-its-disruption-budgets = Evict a pod, within its disruption budgets
op-evict-name-of-pod = name of the pod
op-evict-refuses-mirror-pods-and-bare-pods = refuses mirror pods, and bare pods: nothing would make them again
op-evict-shows-budget-that-would-refuse-it = shows a budget that would refuse it now, and finalizers that hold it
op-evict-refuses-what-server-refuses-for-good = refuses what the server refuses for good: a pod with two budgets, and one in a namespace that is ending
op-evict-refuses-while-pods-are-not-known = refuses while the pods are not known as they are now
op-evict-warns-when-no-other-pod-of = warns when no other pod of its workload is ready
op-evict-none-its-workload-makes-another-pod = its workload makes another pod
op-evict-mirrors-static-pod-which-eviction-does = { $row } mirrors a static pod, which an eviction does not end
op-evict-move-its-manifest-on-node = move its manifest on the node
op-evict-is-bare-pod-nothing-would-make = { $row } is a bare pod: nothing would make it again
op-evict-cannot-be-evicted = { $row } cannot be evicted: { $why }
op-evict-take-one-of-budgets-away-or = take one of the budgets away, or use pod.delete, which asks none
op-evict-wait-for-that-or-use-pod = wait for that, or use pod.delete
op-evict-allows-disruptions-now = { $name } allows { $allowed } disruptions now
op-evict-budget-blocks = budget blocks
op-evict-server-will-refuse = { $detail }: the server will refuse
op-evict-evict-pod = evict pod { $row }
op-evict-evict-its-workload-makes-another-one = evict { $row }; its workload makes another one
op-evict-is-gone = { $row } is gone

# op/mod.rs
op-namespace-of-object = namespace of the object
op-kind-of-object-as-kubectl-takes = kind of the object, as kubectl takes it
op-its-namespace-where-its-kind-has = its namespace, where its kind has one
op-name-of-object = name of the object
op-needs = { $op } needs `{ $param }`: { $doc }
op-is-expected = { $op }: `{ $param }` is { $given }, expected { $expected }
op-is-not-in-cluster-any-more = { $value } is not in the cluster (any more); choose another one
op-nothing-to-do = nothing to do: { $value }
op-unknown-operation-opsbook-ops-lists-them = unknown operation `{ $value }`; `opsbook ops` lists them
op-reading = reading { $value }…

# op/label.rs
op-label-set-or-remove-label-of-object = Set or remove a label of an object
op-label-labels-name = the label's name
op-label-its-value-without-one-label-is = its value; without one the label is removed
op-label-warns-when-selectors-of-budgets-services = warns when selectors of budgets, Services or workloads may depend on the label
op-label-warns-of-gitops-owner = warns of a GitOps owner
op-label-object-label-with-value-from-before = object.label with the value from before
op-label-set-or-remove-annotation-of-object = Set or remove an annotation of an object
op-label-annotations-name = the annotation's name
op-label-its-value-without-one-annotation-is = its value; without one the annotation is removed
op-label-object-annotate-with-value-from-before = object.annotate with the value from before
op-label-is-not-name-of = { $key } is not the name of a { $verb }
op-label-is-not-there = is not there
op-label-is = is { $v }
op-label-of = { $key } of { $target } { $so }
op-label-what-selects-by-this-label-services = what selects by this label (Services, budgets, workloads, policies, schedulers) sees another set
op-label-of-is = { $key } of { $target } is { $will }

# op/plan.rs
op-plan-has-changed-since-plan-was-made = has changed since the plan was made
op-plan-in = {" "}in { $namespace }

# op/finalizer.rs
op-finalizer-remove-one-finalizer-of-object-that = Remove one finalizer of an object that is being deleted
op-finalizer-finalizer-as-it-stands-in-object = the finalizer, as it stands in the object
op-finalizer-refuses-objects-that-are-not-being = refuses objects that are not being deleted
op-finalizer-says-which-controller-finalizer-belongs-to = says which controller the finalizer belongs to and what it would have cleaned up
op-finalizer-refuses-finalizers-of-namespaces-spec-they = refuses the finalizers of a namespace's spec: they are not in its metadata
op-finalizer-none-with-its-last-finalizer-object = with its last finalizer the object goes (its manifest stays in the record)
op-finalizer-pvc-protection-controller = pvc-protection controller
op-finalizer-pod-still-uses-claim-and-loses = a pod still uses the claim and loses its volume
op-finalizer-pv-protection-controller = pv-protection controller
op-finalizer-claim-is-still-bound-to-volume = a claim is still bound to the volume
op-finalizer-csi-external-provisioner = CSI external-provisioner
op-finalizer-disk-at-provider-stays-and-costs = the disk at the provider stays and costs
op-finalizer-csi-external-attacher = CSI external-attacher
op-finalizer-volume-stays-attached-to-its-node = the volume stays attached to its node
op-finalizer-garbage-collector = garbage collector
op-finalizer-objects-that-it-owns-stay-behind = objects that it owns stay behind for a while
op-finalizer-its-dependents-keep-owner-that-is = its dependents keep an owner that is gone
op-finalizer-service-controller = service controller
op-finalizer-load-balancer-at-provider-stays-and = the load balancer at the provider stays and costs
op-finalizer-job-controller = job controller
op-finalizer-job-may-count-pod-twice-or = the Job may count the pod twice or not at all
op-finalizer-crd-controller = CRD controller
op-finalizer-custom-resources-stay-in-etcd-without = custom resources stay in etcd without a definition
op-finalizer-is-namespaces-own-it-goes-when = { $finalizer } is the namespace's own: it goes when all in it is gone
op-finalizer-look-at-namespaces-conditions-they-name = look at the namespace's conditions: they name what is left
op-finalizer-has-no-finalizer = { $key } has no finalizer { $finalizer }
op-finalizer-is-not-being-deleted-so-holds = { $key } is not being deleted, so { $finalizer } holds nothing up
op-finalizer-leave-it-to-its-controller = leave it to its controller
op-finalizer-last-one = last one
op-finalizer-is-gone-at-once = { $key } is gone at once
op-finalizer-other-finalizers-still-hold-it = { $n } other finalizers still hold it
op-finalizer-remove-finalizer-of = remove a finalizer of { $key }
op-finalizer-remove-kept-by = remove { $finalizer }, kept by { $who }
op-finalizer-left-behind = left behind
op-finalizer-is-gone-or-cannot-do-it = { $who } is gone or cannot do it, and I have cleaned up, or will, what it would have
op-finalizer-is-still-there = { $finalizer } is still there
op-finalizer-is-being-read = { $target } is being read
op-finalizer-controller-of = the controller of { $who }
op-finalizer-whatever-would-have-cleaned-up-read = whatever { $who } would have cleaned up: read its documentation first

# op/drain/sorted.rs
op-drain-sorted-will-be-refused-more-than-one = will be refused: more than one budget
op-drain-sorted-static-pod = static pod
op-drain-sorted-already-going = already going
op-drain-sorted-by = { $name } by { $by }
op-drain-sorted-may-take-more = { $name } may take { $unsigned_abs } more
op-drain-sorted-limit-is = { $words }, the limit is { $timeout }
op-drain-sorted-may-take-limit-is = { $name } may take { $grace }, the limit is { $timeout }
op-drain-sorted-evictions-are-refused-there-its-end = { $name }: evictions are refused there, its end is waited for
op-drain-sorted-budgets = { $name } (budgets { $names })
op-drain-sorted-tolerates-cordon = { $name } tolerates the cordon
op-drain-sorted-asks-for-and-gets = { $name } asks for { $grace } and gets { $seconds }
op-drain-sorted-bare-pods-on = bare pods on { $node }: { $bare }
op-drain-sorted-nothing-would-make-them-again-delete = nothing would make them again; delete or move them yourself first, or give `force`
op-drain-sorted-no-pod-on-can-be-evicted = no pod on { $node } can be evicted, since the server evicts none that has more than one budget: { $joined }
op-drain-sorted-take-one-of-budgets-away-or = take one of the budgets away, or use pod.delete, which asks none; node.cordon closes the node
op-drain-sorted-evict = evict { $evict }
op-drain-sorted-leave = leave { $stay }
op-drain-sorted-wait-for-already-ending = wait for { $going } already ending
op-drain-sorted-waves = { $waves } waves
op-drain-sorted-gone-for-good = { $words } gone for good
op-drain-sorted-ask-with-emptydir-data = ask: { $words } with emptyDir data
op-drain-sorted-will-be-refused = will be refused: { $words }
op-drain-sorted-blocked-now = blocked now: { $one }
op-drain-sorted-blocked-now-pods = blocked now: { $many } pods
op-drain-sorted-stay = { $evict }; { $stay } stay
op-drain-sorted-pods-in-waves-stay = { $evict } pods in { $waves } waves; { $stay } stay
op-drain-sorted-gone-for-good-2 = gone for good
op-drain-sorted-no-replica-elsewhere = no replica elsewhere
op-drain-sorted-shorter-grace = shorter grace
op-drain-sorted-budget-blocks = budget blocks
op-drain-sorted-local-data-lost = local data lost
op-drain-sorted-held-by-finalizer = held by a finalizer
op-drain-sorted-grace-beyond-limit = grace beyond the limit
op-drain-sorted-namespace-is-ending = namespace is ending
op-drain-sorted-may-come-back = may come back
op-drain-sorted-work-begins-anew = work begins anew
op-drain-sorted-for-every-pod = { $seconds } for every pod
op-drain-sorted-pods-are-marked-and-replaced-they = pods are marked and replaced; they vanish when the kubelet is back or the Node is deleted
op-drain-sorted-silent-node = silent node
op-drain-sorted-data-in-emptydir-volumes-of-is = data in emptyDir volumes of { $joined } is lost

# op/drain/how.rs
op-drain-how-grace-of-0-takes-pods-out = a grace of 0 takes pods out of the cluster while their processes may still run
op-drain-how-give-1s-or-more-pod-force = give 1s or more; pod.force-delete is for a pod whose machine is off
op-drain-how-drain-without-time-evicts-nothing = a drain without time evicts nothing
op-drain-how-give-timeout-such-as-10m = give a timeout such as 10m

# op/force_delete.rs
op-force-delete-delete-pod-at-once-without-its = Delete a pod at once, without its kubelet
op-force-delete-name-of-pod = name of the pod
op-force-delete-refuses-while-node-is-ready-kubelet = refuses while the node is Ready: the kubelet can end the pod in good order
op-force-delete-for-pods-of-statefulsets-and-pods = for pods of StatefulSets and pods with claims it asks for proof that the machine is off
op-force-delete-none-its-workload-makes-another-pod = its workload makes another pod
op-force-delete-nodes-are-not-known-now-so = the nodes are not known now, so it cannot be told whether { $pod } is off
op-force-delete-wait-until-they-are-read-or = wait until they are read, or ask for the right to list them
op-force-delete-is-ready-so-its-kubelet-can = { $node } is Ready, so its kubelet can end { $row } in good order
op-force-delete-delete-it-with-pod-delete-when = delete it with pod.delete; when it is still there minutes later, look at its finalizers
op-force-delete-not-confirmed = not confirmed
op-force-delete-cluster-forgets-pod-nobody-confirms-that = the cluster forgets the pod; nobody confirms that its processes have ended
op-force-delete-force-delete-pod = force-delete pod { $row }
op-force-delete-take-out-of-cluster-without-waiting = take { $row } out of the cluster without waiting for { $pod }
op-force-delete-is-gone = { $row } is gone
op-force-delete-is-off-or-cut-from-its = is off or cut from its storage
op-force-delete-is-gone-for-good = is gone for good
op-force-delete-i-have-looked-at-machine-itself = { $node } { $gone }: I have looked at the machine itself; a second writer would damage the data

# op/mod.rs, the way back
op-no-way-back = none: { $why }
