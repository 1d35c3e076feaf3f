# A walk's course
walk-not-on-the-way = not on the way from { $step }
walk-done = ✔ the runbook is done; x exports the session
walk-no-steps = this runbook has no steps
walk-stop = stop: { $why }
walk-stopped = stopped: { $why }
walk-ended-but-regressed = every step has ended, but what { $title } proved no longer holds
walk-still-open = step { $number } ({ $title }) is still open: it was passed by
walk-leads-back = step { $step } leads back
walk-again-after-all = to be run after all
walk-again-waits = its time begins anew
walk-again-answered = to be answered again
walk-again-run = to be run again
walk-again-step-answered = step { $step } is answered again
walk-way-back-absent = there is no step { $step }, which is the way back
walk-way-back-under-way = step { $step } is under way already
walk-way-back-of = to take step { $step } back
walk-way-back-here = step { $step } is the way back; enter runs it
walk-taken-back = taken back: { $by }
walk-taken-back-said = ✔ { $words }; enter runs the step again, s skips it
walk-own-time = its own time
walk-time-was-over = its time was over: { $words }
walk-cancelled = cancelled: { $words }
walk-attempt-follows = step { $step }: attempt { $attempt } of { $most } follows
walk-condition-not-read = this condition was not read
walk-expression-not-read = this expression was not read
walk-output-cut = … { $lines ->
        [one] 1 line
       *[other] { $lines } lines
    } before this were cut

# What a step says on the present picture
walk-judge-looked-at = looked at
walk-judge-waiting = waiting: { $words }
walk-judge-not-yet = not yet: { $words }
walk-judge-not-so = not so: { $words }
walk-judge-said = { $said } ({ $text })
walk-judge-is = { $source } is { $value }
walk-judge-ask = { $question }  (the cluster says { $value })
walk-judge-holds-for = holds for { $since } of { $wanted } s: { $words }
walk-judge-opens = opens { $runbook }
walk-judge-nothing-ran = nothing ran
walk-judge-nothing-in-list = there is nothing in the list that this step is for; s skips it
walk-judge-nothing-in-list-of-steps = there is nothing in the list that these steps are for; s skips them
walk-judge-newer = `{ $kind }` needs a newer opsbook
walk-judge-no-step = step { $step } does not exist
walk-judge-left-out = it is for each of the parameter `{ $name }`, which has no value: shift-p gives it, s skips the step
walk-judge-terminal = a script that needs a terminal runs on this machine only: use `kubectl exec -it`; s skips the step
walk-peer-nobody = this step wants a second person: write your name into config.toml, as [four-eyes] and below it me = "NAME", and those who may agree into the file approvers beside it; s skips the step

# Lists, and whose turn it is
walk-lanes-no-list = { $list } is no list: { $value }
walk-lanes-same = { $list } has two elements that read the same: { $element }
walk-lanes-too-many = { $list } has { $count } elements, and { $most } are the most
walk-lanes-refused = { $list } has an element that { $why }: { $element }
walk-lanes-no-plain = { $list } has an element that is no plain value: { $element }
walk-lanes-skip = { $why }; s skips the step
walk-lanes-nothing-given = step { $step } gave no `{ $field }`; s skips the step
walk-lanes-known-later = its list is known when step { $step } is done
walk-turns-after-others = after the steps before it
walk-turns-failed-first = { $element } comes first: run it again, skip it, or stop there
walk-turns-one-by-one = one by one: { $element } comes first
walk-turns-busy = { $busy } are under way, and no more at a time
walk-turns-wave = its wave begins when { $element } is done
walk-turns-stopped-after = stopped after { $element }
walk-turns-stopped-list-after = stopped { $step } after { $element }

# What the cluster shows
walk-watch-proved = proved
walk-watch-after-its-time = { $words } (after its time)
walk-watch-offer = ✔ { $seen }: enter on its step runs { $op }
walk-watch-too-long = step { $step }: { $title } takes longer than its step allows
walk-watch-stopping = { $title }: its time is over: stopping, no new requests
walk-watch-read-then-enter = ✔ { $words }; read what it wrote, then enter
walk-watch-by-step = by step { $step }
walk-watch-late = ✖ { $title }: not in time: { $seen }; enter shows what can be done
walk-watch-holds-again = holds again
walk-watch-title-holds-again = { $title }: holds again
walk-watch-regressed = { $title }: the proof no longer holds
walk-term-minutes = { $minutes } min
walk-term-hours = { $hours } h { $minutes } min
walk-term-holds = holds: { $words }
walk-term-unknown = not known: { $why }
walk-term-script-ended = the script that proves it ended with 0

# Values that steps record
walk-capture-too-long = `{ $name }` is not kept: the script wrote more than a value may have
walk-capture-no-json = `{ $name }` is not JSON: { $error }
walk-picked-not-read = what it is picked from was not read
walk-picked-none-now = the cluster shows none now
walk-picked-no-list = what it is picked from is no list
walk-picked-needs-value = it needs a value
walk-picked-it-is = it { $why }
walk-picked-not-among = `{ $text }` is not among them; there is: { $known }
walk-picked-not-among-more = `{ $text }` is not among them; there is: { $known } and { $more } more

# Before the first step
walk-word-trust = trust
walk-word-broken = broken
walk-word-host = host
walk-word-newer = newer
walk-word-peer = peer
walk-word-rights = rights
walk-preflight-host-access = host access
walk-preflight-peer = a second person must agree
walk-preflight-peers = ▲ a second person must agree to: { $numbers }
walk-preflight-refused = ✖ { $count } of { $all } steps will be refused: { $each }
walk-preflight-reworded = ▲ its words changed since it was approved; its steps did not
walk-preflight-step = ▲ step { $number } ({ $step }): { $why }
walk-preflight-no-api = ✖ the API server does not answer, and this runbook needs it
walk-preflight-needs-more = ✖ the runbook needs more: { $denied }
walk-preflight-may-not = you may not { $access }
walk-preflight-may-not-because = you may not { $access } ({ $reason })
walk-preflight-reach = ▲ it needs ways in that this opsbook does not have: { $reach }
walk-preflight-programs = ✖ it needs programs that are not in PATH of this machine: { $programs }
walk-preflight-tools = ▲ it needs tools that were not looked for: { $tools }
walk-preflight-version-later = ▲ { $name } { $wanted } is needed; its version is read with the first step
walk-preflight-version-unknown = ▲ { $name } { $wanted } is needed; its version could not be read
walk-fits-other-distribution = made for { $wanted }, this looks like { $found }
walk-fits-unknown-distribution = made for { $wanted }; which distribution this is cannot be told
walk-fits-needs-opsbook = this runbook needs opsbook { $wanted }, and this one is { $version }: get that one, or do it by hand
walk-fits-other-version = ✖ it is written for Kubernetes { $wanted }, and this cluster has { $version }
walk-fits-unknown-version = ▲ it is written for Kubernetes { $wanted }; whether { $version } is that is not known

# Going on with a session
walk-resume-outdated = done before its text changed ({ $words })
walk-resume-practice = done before, on a practice cluster that is gone
walk-resume-none-open = no request was open
walk-resume-unanswered = sent without an answer: { $open }
walk-resume-was-running = { $title } was running when opsbook ended; { $accepted } accepted; { $open }
walk-resume-not-proved = { $title } was applied, its proof was not seen

# Scripts
walk-script-no-session = the session is being begun
walk-script-moment = it takes a moment
walk-script-proof = `{ $script }` ends with 0
walk-script-step = step { $step }
walk-script-host = it needs host access
walk-script-host-instead = run it by hand, or skip it
walk-script-value-first = give it a value first
walk-script-no-pod = `{ $path }` is not NAMESPACE/POD
walk-script-no-pod-instead = name the pod with its namespace
walk-script-no-container = pod { $pod } has no container { $container }
walk-script-containers = it has { $known }
walk-script-none-seen = pod { $pod } has no container that was seen
walk-script-none-seen-instead = wait until it has
walk-script-not-running = container { $container } of pod { $pod } does not run
walk-script-not-running-instead = wait until it does, or choose another pod
walk-script-no-answer = the script that proves it has not answered
walk-script-steers = a parameter gives the variable { $name }, which steers the shell itself
walk-script-steers-instead = the runbook must name it otherwise
walk-script-twice = two parameters give the variable { $name }
walk-script-twice-instead = the runbook must name one of them otherwise
walk-script-nul = { $name } holds a NUL character
walk-script-nul-instead = give it another value

# src/walk/needed.rs
walk-not-needed = not needed: { $words }
walk-leads-here = { $step } leads here
walk-turns-ahead =
    { $count ->
        [one] a step before this one is open: { $number } { $title }
       *[other] { $count } steps before this one are open, the first is { $number } { $title }
    }
walk-and-more = { $more } more
walk-about-nothing = there is no { $kind } { $object } in the cluster; shift-p names another one
