
# view/overlays.rs
view-overlays-kind-nodes-pods-shop-ns-name = {"   "}a kind (nodes, pods shop), ns NAME, rb ID, theme NAME, lang ID, q
view-overlays-text-text-l-key-value-enter = {"   "}text, !text, -l key=value; enter keeps it, esc clears it
view-overlays-enter-keeps-it-esc-gives-it = {"   "}{ $count }; enter keeps it, esc gives it up
view-overlays-text-shift-l-searches-runbooks = {"   "}a text; shift-l searches the runbooks
view-overlays-enter-or-esc = {"   "}enter, or esc
view-overlays-of = { $visible } of { $rows }
view-overlays-there-is-none-in-cluster-now = there is none in the cluster now
view-overlays-nothing-fits = nothing fits
view-overlays-esc-closes = esc closes

# view/frame.rs
view-frame-opsbook-no-cluster-yet = {" "}opsbook ▸ no cluster yet
view-frame-context-without-name = a context without a name
view-frame-all-namespaces = all namespaces
view-frame-practice = practice
view-frame-servers = {" "}the server's
view-frame-your-clock-is = your clock is { $span }{ $words }
view-frame-production-read-only = PRODUCTION read-only
view-frame-production-armed = PRODUCTION armed { $until }
view-frame-runbook = { $word } runbook
view-frame-running = { $running } running
view-frame-session = session { $now }
view-frame-clock = clock { $ahead }{ $span }
view-frame-reads-all = {" "}{ $key } reads all

# view/screens/explorer.rs
view-screens-explorer-in = {" "}in { $names }
view-screens-explorer-about = {" "}about { $about }
view-screens-explorer-only-warnings = , only warnings
view-screens-explorer-of-grouped = { $place } of { $rows }, { $objects } { $what } grouped
view-screens-explorer-of-in-this-group = { $place } of { $rows } in this group
view-screens-explorer-of = { $place } of { $rows }

# view/screens/pane.rs
view-screens-pane-live = live: { $title }
view-screens-pane-it-is-not-in-cluster-any = it is not in the cluster (any more)
view-screens-pane-nothing-was-written-yet = nothing was written yet
view-screens-pane-it-wrote-nothing = it wrote nothing
view-screens-pane-only = , only { $only }
view-screens-pane-not-asked-yet = { $plural }: not asked yet
view-screens-pane-loading = loading { $n } { $plural }…
view-screens-pane-no-answer = { $plural }: no answer: { $why }
view-screens-pane-you-may-not-here-try-namespace = you may not { $verb } { $plural } here; try a namespace of yours with :ns NAME
view-screens-pane-you-may-not-ask-for-that = you may not { $verb } { $plural }; ask for that right, or choose another context
view-screens-pane-this-cluster-does-not-serve = this cluster does not serve { $plural }
view-screens-pane-you-may-not-list-in-those = you may not list { $plural } in { $hidden }; those of { $only } are seen
view-screens-pane-none-that-fit-filter = none that fit the filter
view-screens-pane-more = …{ $left } more

# view/screens/tasks.rs
view-screens-tasks-running = { $running } running
view-screens-tasks-older-are-in-session = { $dropped } older are in the session
view-screens-tasks-nothing-ran-in-this-session-yet = Nothing ran in this session yet.
view-screens-tasks-running-2 = running { $now }
view-screens-tasks-applied-not-shown-by-cluster-yet = applied, not shown by the cluster yet
view-screens-tasks-done-after = done after { $at }
view-screens-tasks-unknown-verify-first = unknown, verify first
view-screens-tasks-of = {"  "}{ $done } of { $total }
view-screens-tasks-not-in-time-waiting = not in time, waiting { $began }
view-screens-tasks-waiting-gives-up-in = waiting { $began }, gives up in { $left }
view-screens-tasks-waiting = waiting { $began }

# view/screens/board.rs
view-screens-board-done-under-way-failed-not-begun = { $done } done · { $under_way } under way · { $failed } failed · { $not_begun } not begun
view-screens-board-not-in-time = not in time: { $seen }
view-screens-board-approved-waits-for-its-turn = approved, waits for its turn
view-screens-board-waits-for-you = waits for you
view-screens-board-to-do = to do
view-screens-board-applied-not-shown-by-cluster-yet = applied, not shown by the cluster yet

# view/screens/contexts.rs
view-screens-contexts-of = { $rows } of { $rows2 }
view-screens-contexts-which-cluster = Which cluster?
view-screens-contexts-no-context-fits-what-was-typed = No context fits what was typed.
view-screens-contexts-production-opens-read-only = PRODUCTION, opens read-only
view-screens-contexts-this-one = This one
view-screens-contexts-not-opened = Not opened

# view/screens/triage.rs
view-screens-triage-in = { $name } { $good }/{ $all } in { $only }{" "}
view-screens-triage-1-kind-of-warnings-in-5 = 1 kind of warnings in 5 min
view-screens-triage-kinds-of-warnings-in-5-min = { $warnings } kinds of warnings in 5 min
view-screens-triage-goal = {"   "}goal: { $goal }
view-screens-triage-findings-symptoms-folded = Findings { $findings }  ({ $hidden } symptoms folded)
view-screens-triage-findings = Findings { $findings }
view-screens-triage-young-for-more = young for { $until } more
view-screens-triage-pods-on-it = { $pods ->
    [one] 1 pod on it
   *[other] { $pods } pods on it
 }
view-screens-triage-pods = { $pods ->
    [one] 1 pod
   *[other] { $pods } pods
 }
view-screens-triage-symptoms = { $symptoms ->
    [one] 1 symptom
   *[other] { $symptoms } symptoms
 }
view-screens-triage-no-other-replica = { $alone ->
    [one] 1 has no other replica
   *[other] { $alone } have no other replica
 }
view-screens-triage-it-says-nothing = it says nothing
view-screens-triage-waiting-for-credential-plugin-since-ctrl = Waiting for the credential plugin { $plugin } since { $age }: { $said }. ctrl-r starts it anew; runbooks work: press /
view-screens-triage-cluster-does-not-answer-what-was = The cluster does not answer: { $why }. What was seen stays on the screen; runbooks work: press /
view-screens-triage-nothing-is-wrong-that-detector-knows = ✔ Nothing is wrong that a detector knows. Press / to search runbooks, : for the explorer.
view-screens-triage-nothing-found-so-far = Nothing found so far.
view-screens-triage-why = Why: { $row }
view-screens-triage-what-to-do = What to do
view-screens-triage-search-runbook-with-or-look-around = Search a runbook with /, or look around with :nodes
view-screens-triage-no-runbook-for-this-yet-enter = No runbook for this yet. Enter opens the { $kind }, e its events, / searches runbooks.
view-screens-triage-not-there-yet = not there yet

# view/screens/library.rs
view-screens-library-of = { $hits } of { $books }
view-screens-library-search-runbooks = Search runbooks
view-screens-library-type-symptom-alert-error-text = type a symptom, an alert, an error text
view-screens-library-no-runbook-for-this-yet-mentioned = No runbook for this yet; mentioned in
view-screens-library-no-runbook-for-this-yet-try = no runbook for this yet: try other words, or an alert's name
view-screens-library-read-as = { $typed }: read as { $read }
view-screens-library-in-no-runbook = { $typed }: in no runbook
view-screens-library-mentioned-in = mentioned in { $field }:{" "}

# view/screens/detail.rs
view-screens-detail-not-followed = not followed
view-screens-detail-another-one-of-this-name = another one of this name
view-screens-detail-it-is-not-in-cluster-any = it is not in the cluster (any more)

# view/screens/session.rs
view-screens-session-session-times-in-utc = Session { $id } (times in UTC)
view-screens-session-nothing-is-recorded-yet-session-begins = Nothing is recorded yet: a session begins with its first act.
view-screens-session-nothing-is-marked-as-important-f = Nothing is marked as important; f shows all records again.
view-screens-session-nothing-went-wrong-f-shows-all = Nothing went wrong; f shows all records again.
view-screens-session-undo-latest-first = Undo, latest first
view-screens-session-no-way-back = no way back: { $why }

# view/screens/logs.rs
view-screens-logs-older-dropped = , { $dropped ->
    [one] 1 line
   *[other] { $dropped } lines
 } older dropped
view-screens-logs-as-it-was = as it was
view-screens-logs-times-in-utc = { $follows }, times in UTC
view-screens-logs-ended = ended, { $follows }
view-screens-logs-containers = { $all } containers, { $follows }
view-screens-logs-of-containers = { $left } of { $all } containers, { $follows }
view-screens-logs-waiting-for-its-first-line = waiting for its first line…
view-screens-logs-no-lines-yet = no lines yet

# view/screens/runbook.rs
view-screens-runbook-no-runbook-is-open-press-shift = No runbook is open; press shift-l to search one
view-screens-runbook-steps = steps { $done }/{ $all }
view-screens-runbook-undo = undo: { $op } ({ $title })
view-screens-runbook-no-way-back = no way back: { $title }
view-screens-runbook-reading-of = reading { $read } of { $all }… ·{" "}
view-screens-runbook-of = { $number } of { $count } { $element } · { $reading }{ $title }

# view/screens/pane.rs
view-screens-pane-live-2 = live
view-screens-pane-more-pgdn = more ↓ pgdn
view-screens-pane-more-2 = more ↓
view-screens-pane-none = none

# view/screens/tasks.rs
view-screens-tasks-tasks = Tasks
view-screens-tasks-stopping = stopping
view-screens-tasks-cancelled = cancelled
view-screens-tasks-failed = failed

# view/screens/board.rs
view-screens-board-waiting = waiting
view-screens-board-running = running

# view/screens/contexts.rs
view-screens-contexts-none = none

# view/screens/detail.rs
view-screens-detail-live = live
view-screens-detail-stale = stale
view-screens-detail-gone = gone

# view/screens/help.rs
view-screens-help-help = Help

# view/screens: titles of several
view-screens-step-title = { $kind }: { $name }
view-screens-library-field = { $field }:{" "}
view-screens-runbook-text = text
