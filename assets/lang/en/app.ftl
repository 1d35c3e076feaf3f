
# app/help.rs
app-help-in-text = / in a text
app-help-searches = searches in it; shift-l searches the runbooks
app-help-copies-by-osc-52-terminal-must = copies by OSC 52: the terminal must allow it; in tmux, set-clipboard or allow-passthrough
app-help-healthy-done-proved-by-cluster = healthy, done, proved by the cluster
app-help-needs-attention = needs attention
app-help-broken-refused-failed = broken, refused, failed
app-help-not-known-never-taken-for-healthy = not known: never taken for healthy
app-help-skipped-or-passed-over-by-decision = skipped, or passed over by a decision: not needed
app-help-it-only-says-so-nothing-is = it only says so: nothing is wrong with it
app-help-present-step-and-steps-to-come = the present step, and steps to come
app-help-running-and-applied-but-not-proved = running, and applied but not proved yet
app-help-reads-only-one-reversible-change-enter = reads only; one reversible change: Enter
app-help-moves-or-restarts-one-workload-or = moves or restarts one workload or node: y
app-help-can-degrade-cluster-type-its-name = can degrade the cluster: type its name
app-help-can-lose-data-type-objects-name = can lose data: type the object's name

# app/find.rs
app-find-of = { $at } of { $matches }{ $around }
app-find-not-found = not found

# app/bar.rs
app-bar-same-as = same as:{" "}
app-bar-p-shows-rest = … p shows the rest
app-bar-runbook-ends-here = ✖ the runbook ends here
app-bar-ended-on-purpose-by-not-watched = ended on purpose by { $by }: not watched any more
app-bar-no-longer-true-proof-does-not = ✖ no longer true: the proof does not hold now
app-bar-enter-shows-what-can-be-done = enter shows what can be done: run it again, take it back
app-bar-attempt-follows-in-c-gives-it = attempt { $attempts } follows in { $left }; c gives it up
app-bar-enter-runs-step-again = ✖ { $why }; enter runs the step again
app-bar-verify-first = ? verify first: { $why }
app-bar-taken-back = taken back
app-bar-ago = { $what } { $now } ago
app-bar-shown-for-of-s = { $ago }; shown for { $held } of { $all } s: { $seen }
app-bar-waiting-for-proof-left = { $ago }; waiting for the proof, { $left } left: { $seen }
app-bar-not-shown-in-time = ✖ { $ago }, not shown in time: { $seen }
app-bar-still-watched-enter-shows-what-can = still watched; enter shows what can be done: again, take back, skip
app-bar-of-running = { $bar }  { $done } of { $total }   running { $elapsed }
app-bar-running = running { $elapsed }
app-bar-opens-its-terminal = ⏎ opens its terminal
app-bar-stopping-no-new-requests = stopping: no new requests
app-bar-c-cancel-safe-no-new-requests = c cancel (safe: no new requests, what is done stays done)
app-bar-stopping-asked-to-end-and-ended = stopping: asked to end, and ended after a few seconds
app-bar-c-stops-script-with-all-that = c stops the script with all that it began; what it did stays done
app-bar-already-so-enter-accepts-it = ✔ already so: { $words }; enter accepts it
app-bar-making-plan = making the plan…
app-bar-not-in-time = not in time; { $late }
app-bar-gives-up-in-it-turns-green = gives up in { $left }; it turns green by itself
app-bar-enter-shows-where-that-leads = enter shows where that leads
app-bar-watching-for-it-turns-green-by = watching for { $since }; it turns green by itself
app-bar-not-known = ? not known: { $why }
app-bar-enter-chooses = enter chooses
app-bar-needs-host-access-which-this-opsbook = needs host access, which this opsbook does not have yet
app-bar-enter-say-that-you-ran-it = enter: say that you ran it by hand, or skip it
app-bar-look-at-live-panes-enter-goes = look at the live panes; enter goes on
app-bar-cluster-says = ✔ the cluster says { $words }  { $hint }
app-bar-enter-accepts-it-p-chooses-another = enter accepts it; p chooses another case
app-bar-holds = ✔ holds: { $words }
app-bar-enter-goes-on = enter goes on
app-bar-enter-it-is-done-practice-cluster = enter: it is done (the practice cluster does it for you)
app-bar-enter-when-it-is-done = enter when it is done
app-bar-do-this-yourself-as-text-says = do this yourself, as the text says
app-bar-will = will: { $summary }
app-bar-server-was-not-asked = { $why }; the server was not asked
app-bar-checking-access-and-servers-dry-run = checking access and the server's dry run…
app-bar-needs = {"   "}needs: { $rights } ✔
app-bar-undo = undo: { $op }
app-bar-undo-2 = undo: { $op } ({ $note })
app-bar-no-way-back = no way back: { $why }

# app/hints.rs
app-hints-ends-search = ends the search
app-hints-another-case = another case
app-hints-what-can-be-done = what can be done
app-hints-its-terminal = its terminal
app-hints-after-all-or-on = after all, or on
app-hints-answer-again-or-on = answer again, or on
app-hints-seen-next = seen, next
app-hints-where-it-leads = where it leads
app-hints-show-plan = show the plan
app-hints-by-hand-or-skip = by hand, or skip

# app/sight.rs
app-sight-this-came-on-screen-just-now = this came on the screen just now: read it, then press the key again
app-sight-key-that-is-held-down-answers = a key that is held down answers nothing: let it go for a second, read, then press it once


# app/texts.rs
app-texts-cannot-be-shown-as-yaml = cannot be shown as YAML: { $e }
app-texts-is-not-in-cluster-any-more = { $key } is not in the cluster (any more)

# app/peer.rs
app-peer-to-be-signed-plan = To be signed: plan { $digest }
app-peer-writing-request-to-second-person = writing the request to a second person…
app-peer-request-is-in-second-person-runs = The request is in { $file }. A second person runs `opsbook approve` with that file, or with the line in it. Paste the answer ({ $APPROVAL }…) here, or put it into { $file }.approval
app-peer-agreed-until = ✔ { $by } agreed, until { $until }   { $key }
app-peer-checking-answer = checking the answer…
app-peer-second-person = ✖ second person: { $why }
app-peer-second-person-paste-here-until = Second person: paste { $APPROVAL }… here, until { $until }

# app/mod.rs
app-cut-off-in-middle-nothing-is = cut off in the middle; nothing is repeated by itself
app-session-goes-on = session { $id } goes on

# app/dialog.rs
app-dialog-more = ▲ { $start } more
app-dialog-more-2 = { $below } more ▼
app-dialog-none = none: { $trim_start_matches }
app-dialog-is-not-done = { $element } is not done: { $why }
app-dialog-i-accept = I accept: { $question }{ $key }
app-dialog-and-as-its-proof = and as its proof:
app-dialog-same-as = Same as: { $kubectl }
app-dialog-way-back = Way back: { $way }.
app-dialog-title = { $title } on { $context }?
app-dialog-title-back = undo: { $title } on { $context }?
app-dialog-title-several = { $title } and { $more } more on { $context }?
app-details-bound = bound to the object with uid { $uid }
app-dialog-checking-access-and-servers-dry-run = checking access and the server's dry run…
app-dialog-kept-by-others-who-may-put = ▲ kept by others, who may put it back: { $who }
app-dialog-others-are-checked-with-server-in = The others are checked with the server in their turn; one that fails stops the rest.
app-dialog-shift-allows-changes-then-this-can = shift-a allows changes, then this can run      esc not now
app-dialog-esc-closes-it = esc closes it
app-dialog-y-run-all-one-after-other =
    { $order ->
        [waves] y run all { $others }, in waves      esc not now
        [parallel] y run all { $others }, as many at a time as the runbook allows      esc not now
       *[one] y run all { $others }, one after the other      esc not now
    }
app-dialog-y-run-esc-not-now = y run      esc not now
app-dialog-clusters-name = the cluster's name
app-dialog-type-and-press-enter = { $pointer }type { $name } and press enter: { $typed }

# app/steps.rs
app-steps-of = { $element } { $ended } of { $steps }{ $came }
app-steps-not-needed = { $first } not needed
app-steps-not-needed-2 = { $first }-{ $last } not needed

# app/walks.rs
app-walks-and-more = {" "}and { $more } more
app-walks-session-step-of-kept-opsbook-sessions = session { $id } ({ $runbook }, step { $step } of { $all }{ $more }) kept: opsbook sessions resume last

# app/diff.rs
app-diff-kept-by = {"   "}(kept by { $who })
app-diff-and-more-fields = {"    "}… and { $here } more fields

# app/screens/timeline.rs
app-screens-timeline-marked-as-important = marked as important

# app/screens/terminal.rs
app-screens-terminal-typed-before-this-was-in-sight = typed before this was in sight: it went nowhere
app-screens-terminal-on-this-machine = {" "}on this machine
app-screens-terminal-any-key-closes = { $words } · any key closes · { $place }
app-screens-terminal-end-it = end it
app-screens-terminal-give-it-up = give it up
app-screens-terminal-keep-it-in-background = keep it in the background
app-screens-terminal-is-being-ended = { $place }: is being ended
app-screens-terminal-back = { $place }: { $back ->
    [one] 1 row
   *[other] { $back } rows
 } back

# app/copy.rs
app-copy-script = the script
app-copy-command = the command
app-copy-finding = the finding
app-copy-id = the id
app-copy-what-it-says = what it says
app-copy-name = the name
app-copy-record = the record
app-copy-namespace = the namespace
app-copy-what-is-to-be-done = what is to be done
app-copy-line-that-was-found = the line that was found
app-copy-text-in-sight = the text in sight
app-copy-all-of-text = all of the text
# What app/update says

# app/update/actions.rs
app-update-actions-theme = theme { $name }
app-update-actions-nothing-said = nothing was said yet
app-update-actions-said = the latest messages, times in UTC
app-update-actions-what-to-do = what to do
app-update-actions-leave = leave; `opsbook sessions resume last` goes on from here
app-update-actions-not-done = not done: { $walks }
app-update-actions-stop = stop them and leave
app-update-actions-no-object = there is no object under the cursor
app-update-actions-note = note
app-update-actions-tasks-stop = { $tasks ->
    [one] 1 task runs: it stops
   *[other] { $tasks } tasks run: they stop
} in good order, what is done stays done

# several files of app/update
app-update-stay = stay
app-update-noted = noted
app-update-already-so = already so: { $words }
app-update-checking = checking access and the server's dry run…
app-update-same-as = same as: { $kubectl }

# app/update/board.rs
app-update-board-none = this runbook has no step that is for each of a list, or its list is not known yet

# app/update/confirm.rs
app-update-confirm-not-proved = { $words }, and what proves the step does not hold yet
app-update-confirm-proof-unknown = { $words }; its proof is not known: { $why }
app-update-confirm-no-plan-yet = the plan is not made yet
app-update-confirm-reading = reading { $read } of { $all }…
app-update-confirm-can-be-planned = { $op } can be planned now: ask for it again
app-update-confirm-no-longer-possible = no longer possible: { $refusal }
app-update-confirm-opened-by-itself = this opened by itself just now: read it, then press y
app-update-confirm-reading-first = reading { $read } of { $all }…; press y once they are read
app-update-confirm-step-closed = the step of this plan is not open any more
app-update-confirm-open-again = open its runbook again
app-update-confirm-other-elements = other elements are to be done now
app-update-confirm-anew = { $why }; this is the plan as it is now: read it again
app-update-confirm-step-gone = its step is not walked any more: look at the list anew
app-update-confirm-nothing-to-undo = nothing to take back in this session
app-update-confirm-no-way-back = { $title } cannot be taken back: { $why }

# app/update/copy.rs
app-update-copy-nothing = there is nothing to copy here
app-update-copy-what = copy what?
app-update-copy-hidden = not copied: { $what } holds characters that a screen does not show
app-update-copy-too-long = not copied: { $what } has { $long } bytes, and a clipboard takes { $most } at a time
app-update-copy-sent = sent to the terminal's clipboard: { $what }, { $characters ->
    [one] 1 character
   *[other] { $characters } characters
}{ $lines ->
    [0] {""}
    [1] {""}
   *[other] , { $lines } lines
}

# app/update/debug.rs
app-update-debug-left-over = { $pods ->
    [one] 1 debug pod
   *[other] { $pods } debug pods
} left over
app-update-debug-left-over-where = { $title }: :pods, -l opsbook.dev/debug=node
app-update-debug-somebody-at-work = opsbook made them; each is root on its node. Somebody may still be at work in one.
app-update-debug-pod = {"  "}{ $pod } on { $node }: { $phase }
app-update-debug-pod-made = {"  "}{ $pod } on { $node }: { $phase }, made { $age } ago
app-update-debug-more = {"  "}and { $pods } more
app-update-debug-to-delete = To delete one: type :pods, go to it, press o and choose { $operation }.
app-update-debug-of-this-session = { $pods ->
    [one] 1 debug pod
   *[other] { $pods } debug pods
} of this session: { $names }
app-update-debug-delete = delete what this session made, then leave
app-update-debug-keep = leave them: each ends by itself when its time is over
app-update-debug-not-deleted = { $pod } is not deleted: { $why }

# app/update/details.rs
app-update-details-gone = { $key } is not in the cluster (any more)
app-update-details-plan = { $title }  plan { $digest }
app-update-details-asks = asks: { $expression }
app-update-details-may = { $mark } may { $access } { $reason }
app-update-details-refused = ✖ the server would refuse it: { $why }
app-update-details-kept-by = ▲ kept by others, who may put it back: { $who }
app-update-details-dry-run = dry run at { $at }:
app-update-details-proof = proof: { $proof }
app-update-details-evict = {"  "}evict { $pod } ({ $workload })
app-update-details-leave = {"  "}leave { $pod } ({ $why })
app-update-details-to-accept = to accept: { $question }
app-update-details-not-known = not known: { $why }
app-update-details-nothing-press-enter = nothing: press enter
app-update-details-nothing = nothing stands in the way
app-update-details-what-blocks = what blocks { $title }

# app/update/dialog.rs
app-update-dialog-read-first = this is what you would accept: read it, then accept it
app-update-dialog-not-seen = { $lines ->
    [one] 1 line below was not seen: read it,
   *[other] { $lines } lines below were not seen: read them,
} then answer again

# app/update/each.rs
app-update-each-no-plan = there is nothing to plan
app-update-each-risk = its risk is { $risk }: it asks for itself
app-update-each-question = it asks for itself: { $question }
app-update-each-peer = a second person must agree to it: it asks for itself
app-update-each-only = only { $element }
app-update-each-all = all of these { $count }, in one confirmation
app-update-each-some = { $count } of these { $all }, in one confirmation
app-update-not-now = not now
app-update-each-which = for which of them
app-update-each-which-reading = for which of them? reading { $read } of { $all }…
app-update-each-changed = it changed since it was approved
app-update-each-asks-for-itself = { $element } asks for itself: { $why }

# app/update/engine.rs
app-update-engine-no-value = shift-p gives it a value, s skips the step

# app/update/explore.rs
app-update-explore-no-owner = { $key } has no owner that can be shown
app-update-explore-by-name = namespace and name
app-update-explore-sorted = sorted by { $by }
app-update-explore-no-row = { $key }: there is no row here, so nothing happens
app-update-explore-no-row-selected = { $key }: no row is selected, so nothing happens

# app/update/find.rs
app-update-find-from-top = from the top again
app-update-find-from-end = from the end again
app-update-find-no-text = there is no text here to search in; shift-l searches the runbooks
app-update-find-none = `{ $text }` is not in this text; esc ends the search

# app/update/form.rs
app-update-form-plan-it = plan it
app-update-form-no-choices = this plan has no choices of its own
app-update-form-yes = yes
app-update-form-no = no

# app/update/keys.rs
app-update-keys-how-to-leave = q or ctrl-c leaves opsbook

# app/update/library.rs
app-update-library-of-a-finding = a finding points here
app-update-library-facts = { $risk } · { $api ->
    [needed] needs the API
   *[other] works without the API
} · { $steps ->
    [one] 1 step
   *[other] { $steps } steps
}{ $hosts ->
    [needed] {" · needs hosts"}
   *[other] {""}
}
app-update-library-symptom = symptom: { $symptom }

# app/update/lock.rs
app-update-lock-disarmed = production is read-only again; what runs goes on
app-update-lock-not-production = this context is not production: nothing is to be armed
app-update-lock-expired = the time is over: { $context } is read-only again; shift-a allows changes anew
app-update-lock-clock-set-back = the clock was set back: production is read-only again; shift-a allows changes anew
app-update-lock-type-name = production: type { $context } to allow changes for { $minutes }m
app-update-lock-wrong-name = that is not { $context }: production stays read-only
app-update-lock-armed = changes are possible on { $context } for { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}; shift-a ends that

# app/update/logs.rs
app-update-logs-no-log = a { $kind } has no log
app-update-logs-started-again = { $container } started again
app-update-logs-joined = { $container } joined
app-update-logs-too-many = too many containers: { $left ->
    [one] 1 log
   *[other] { $left } logs
} left out, { $read } are read
app-update-logs-ends-here = the log ends here
app-update-logs-ends-here-of = the log of { $container } ends here
app-update-logs-broke-off = the log broke off; it is read on
app-update-logs-broke-off-of = the log of { $container } broke off; it is read on
app-update-logs-is-gone = { $container } is gone
app-update-logs-still = still: { $why }
app-update-logs-read-on = { $why }; it is read on
app-update-logs-one-container = there is only one container
app-update-logs-in-pods = in { $pods ->
    [one] 1 pod
   *[other] { $pods } pods
}
app-update-logs-all-containers = all containers
app-update-logs-which-container = the log of which container?

# app/update/mend.rs
app-update-mend-wait-again = wait as long once more
app-update-run-again = run it again, as a fresh plan
app-update-mend-take-back = take it back: { $op }
app-update-mend-take-back-step = take it back: step { $step }
app-update-mend-next-one = go on with the next one: skip this one, with a reason
app-update-mend-skip = skip it, with a reason
app-update-mend-give-up = give { $element } up: skip all that is left for it, with a reason
app-update-mend-stop = stop here: skip those that were not begun
app-update-mend-leave = leave it so; it stays watched
app-update-mend-not-in-time = not in time: { $seen }
app-update-mend-regressed = no longer true: the proof does not hold now
app-update-mend-runs = it runs; c cancels it in good order, then it can be taken back
app-update-mend-nothing-ran = nothing of this step has run, so there is nothing back
app-update-mend-not-done = this step was not done
app-update-mend-no-rollback = this step names no way back; u takes the latest change back
app-update-mend-no-way-back = there is no way back: { $reason }
app-update-mend-not-planned = the way back cannot be planned: { $why }

# app/update/mod.rs
app-update-credential-plugin = the credential plugin { $plugin } waits and says: { $said }
app-update-ended-applied = { $title }: applied
app-update-ended-done = { $title }: done: { $words }
app-update-ended-cancelled = { $title }: cancelled: { $words }
app-update-ended-failed = { $title }: failed: { $words }
app-update-ended-unknown = { $title }: unknown, verify first: { $words }
app-update-lasts-until = lasts until { $until }; c takes it back now
app-update-clock-differs = your clock is { $skew } the API server's: times and ages are the server's
app-update-no-api = no Kubernetes API there
app-update-forbidden = forbidden
app-update-live = live
app-update-logging-in = logging in { $age }, { $plugin }
app-update-unreachable-nothing-seen = unreachable { $age }, nothing seen yet
app-update-unreachable = unreachable { $age }, showing { $shown }
app-update-loading = loading { $rows }
app-update-polled = read { $age } ago, every { $every } s
app-update-stale = stale { $age }

# app/update/operations.rs
app-update-operations-what-to-do = { $key }: what to do
app-update-operations-token-until = Good until { $until }, then it ends by itself. Who has it acts as this ServiceAccount.
app-update-operations-token-once = It is shown this once: it is not recorded, and opsbook does not keep it. Take it, then close this.
app-update-operations-token = token of { $object }
app-update-operations-token-later = the token of { $object } is shown when this pane is left
app-update-operations-which-container = { $key }: which container?
app-update-operations-optional = { $name }: { $doc } (empty leaves it out)
app-update-operations-leave-out = leave it out
app-update-operations-required = { $op } needs it
app-update-operations-no-number = { $text } is not a whole number
app-update-operations-no-port = { $text } is not a port: give 1 to 65535
app-update-operations-no-quantity = { $text } is not a quantity such as 512Mi
app-update-operations-no-json = not JSON: { $fault }

# app/update/overlays.rs
app-update-overlays-done-on-host = run by hand on the host
app-update-overlays-needs-host = needs host access
app-update-overlays-skip-needs-reason = a skipped step needs a reason
app-update-overlays-give-up-needs-reason = it needs a reason: whoever reads the record asks for it
app-update-overlays-themes = themes: { $themes }
app-update-overlays-no-command = `{ $kind }` is neither a command nor a kind: { $kinds }

# app/update/params.rs
app-update-params-reading = { $label }? { $objects } are being read…
app-update-params-none = this runbook has no parameters
app-update-params-in-use = a plan has run with these values; open the runbook anew to walk it with others
app-update-params-for-step = for step { $step }: { $label }: { $value }
app-update-params-not-given = not given
app-update-params-which = { $label }?
app-update-params-begin = begin
app-update-params-title = parameters

# app/update/peer.rs
app-update-peer-asked = a second person is asked: { $file }
app-update-peer-used = this answer was used before
app-update-peer-other-plan = it is for another plan
app-update-peer-step-closed = { $title }: its step is not open any more

# app/update/pick.rs
app-update-pick-take = take { $count }: { $values }
app-update-pick-all = all { $count } of them
app-update-pick-several = { $label }? (several)

# app/update/resume.rs
app-update-resume-goes-on = session { $id } goes on
app-update-resume-practice-anew = the practice cluster began anew, so its changes are gone

# app/update/retry.rs
app-update-retry-given-up = no further attempt: { $why }
app-update-retry-ready = { $title }: a fresh plan is ready; enter on its step asks again

# app/update/runbook.rs
app-update-runbook-reading = the runbooks are being read; { $id } opens then
app-update-runbook-none = there is no runbook { $id }; shift-l searches
app-update-runbook-absent = { $absent }; shift-l searches
app-update-runbook-no-parameter = { $id } has no parameter { $name }; it has: { $known }
app-update-runbook-no-parameters = none
app-update-runbook-all-done = every step is done; x exports the session
app-update-runbook-runs = it runs; c cancels it in good order
app-update-runbook-proving = applied; waiting until the cluster shows it
app-update-runbook-stopped = the runbook ends here: its check does not hold; n looks at what follows
app-update-runbook-go-on-at = go on at step { $step }
app-update-runbook-open = open { $id }
app-update-runbook-end-here = end here
app-update-go-on = go on
app-update-runbook-stay = stay here
app-update-runbook-not-known = not known: { $why }; s skips the step with a reason

# app/update/running.rs
app-update-running-begun = { $title } runs; ! shows the tasks
app-update-running-no-further-attempt = no further attempt; enter runs it again
app-update-running-nothing = nothing runs here
app-update-running-stopping = { $title }: stopping, no new requests
app-update-running-stopping-script = { $title }: stopping

# app/update/script.rs
app-update-script-proof-stopped = the script that proves the step is stopped; enter runs it again
app-update-script-proof-again = the script that proves the step runs again
app-update-script-begins = `{ $script }` begins
app-update-script-stopped = stopped
app-update-script-ended = ended with 0

# app/update/session.rs
app-update-session-note = note on record { $record }
app-update-session-export = export the session as
app-update-session-no-place = this record is about no step and no object
app-update-session-no-step = step { $step } is not in the runbook that is open

# app/update/tasks.rs
app-update-tasks-began = began { $at }
app-update-tasks-ended = ended { $at }: { $words }

# app/update/terminal.rs
app-update-terminal-begun = { $title } has a terminal of its own: enter among the tasks (!) opens it
app-update-terminal-goes-on = { $title } goes on in the background; enter among the tasks (!) opens it

# app/update/waits.rs
app-update-waits-why = why is it not waited for any more

# app/update/walk.rs
app-update-walk-skipped = skipped: { $words }
app-update-walk-after-all = do it after all
app-update-walk-answered = answered: { $words }
app-update-walk-answer-again = answer it again
app-update-walk-next-open = go on with the next open step
app-update-walk-done-by-hand = done by hand
app-update-walk-values-again = give its values again
app-update-walk-recorded = recorded: { $values }
app-update-walk-skip = skip it
app-update-walk-ran-it = I ran it by hand on the host, and it worked
app-update-walk-needs-host = needs host access, which this opsbook does not have
app-update-walk-why-given-up = why is nothing more done for { $element }
app-update-walk-not-open = this step is not open
app-update-walk-why-skipped = why is it skipped

# app/update/walks.rs
app-update-walks-none = no other runbook is being walked; shift-l searches one
app-update-walks-title = runbooks under way
app-update-walks-line = { $runbook } { $values }  { $done } of { $all } · { $step }
app-update-actions-language = language { $name }
app-update-overlays-languages = there are the languages { $languages }

# app/update/overlays.rs
app-update-overlays-nothing-fits = nothing fits `{ $choose }`

# app/update/walk.rs
app-update-walk-another-one-type-it = another one: type it
app-update-walk-nothing-to-choose-from-type-it = nothing to choose from ({ $why }): type it

# app/hints.rs
app-hints-choose = choose
app-hints-accept = accept "{ $words }"
app-hints-next = next
app-hints-run = run
app-hints-done = done

# app/screens/terminal.rs
app-screens-terminal-leave = leave
app-screens-terminal-forward = forward

# src/app/fill.rs
app-fill-not-written = {" "}(not written yet)
app-update-overlays-choose-one = choose an answer with the arrows, or type a part of it
app-update-walk-title-asks = { $title }?
app-update-walk-choices-reading = what can be chosen is being read; press enter again
app-update-dialog-press-y = y answers this, enter does not
