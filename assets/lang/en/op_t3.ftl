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
