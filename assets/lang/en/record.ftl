# What many forms say
record-labelled = { $name }: { $value }
record-list = { $list }, { $thing }
record-clauses = { $first }; { $then }
record-its-own-time = its own time
record-nothing-changed = Nothing was changed.
record-not-taken-back = Not taken back
record-more-fields = { $fields ->
    [one] and 1 more field
   *[other] and { $fields } more fields
 }

# record/account.rs
record-proved-at = proved at { $at }
record-not-proved = not proved
record-no-longer-at = no longer so at { $at }: { $words }
record-over-at = ended on purpose at { $at } by: { $by }
record-undone-at = undone at { $at }: { $by }
record-was-for-a-while = it was to last for a while, and is over
record-it-is-so = it is so
record-does-not-hold = does not hold
record-step-title = { $step } ({ $title })
record-walk = { $title } ({ $runbook })
record-not-reached = not come to
record-not-needed = not needed on this way
record-told-entered = begun and not ended
record-told-outdated = done with an earlier text, not with this one
record-told-proved = Proved: { $words }
record-told-said = Said by the operator: { $words }
record-told-skipped = Skipped: { $words }
record-told-stopped = Does not hold, the walk ended here: { $words }
record-told-undone = Undone at { $at }: { $by }, and not done again
record-told-undone-before = Undone at { $at }: { $by }. Before: { $how }
record-told-operator-answered = The operator answered: { $chosen }
record-told-cluster-answered = The cluster answered: { $chosen }
record-told-operator-chose = The cluster answered { $value }, the operator chose: { $chosen }
record-question = question
record-that-is = that is
record-outcome-resolved = resolved: the runbook was proved at { $proved }
record-outcome-resolved-gone = resolved: the runbook was proved at { $proved }, and the finding was gone at { $gone }
record-outcome-not-gone = not told: the runbook was proved at { $proved }, but not that the finding is gone
record-outcome-not-proved = not told: the finding was gone at { $gone }, but the runbook was not proved
record-outcome-stopped = not resolved: the walk ended at `{ $step }`: { $words }
record-outcome-no-runbook = not told: no runbook was walked
record-outcome-not-walked = not told: the runbook was not walked to its proof
record-outcome-verify = { $said }; { $changes ->
    [one] 1 change
   *[other] { $changes } changes
 } to be verified first

# record/clean.rs, record/texts.rs
record-not-read-clean = a record that was handed over could not be read without what steers a screen
record-values-hidden = its values hold characters that a screen does not show
record-values-secret = its values are secret, and secrets are not in the journal

# record/export.rs
record-session = Session
record-cluster = Cluster
record-api-server = API server
record-operator = Operator
record-from = From
record-to = To
record-recorded-by = Recorded by
record-runbook = Runbook
record-outcome = Outcome
record-cut = Cut before export
record-practice = { $context } (practice)
record-known-as = { $user }, for the API server { $identity }
record-way-back = way back { $way }
record-no-way-back = no way back, { $why }
record-end-not-recorded = unknown: verify first
record-end-done = done
record-end-cancelled = cancelled
record-end-failed = failed
record-end-unknown = unknown, verify first
record-holds = holds, { $condition }
record-with-condition = { $words } ({ $condition })
record-timeline = Timeline (UTC)
record-finding-of = Finding: { $title }
record-steps = Steps
record-step = step
record-how-it-ended = how it ended
record-operations = Operations
record-operation = { $change } — { $ended }; { $proof }
record-operation-back = { $change }, takes back: { $back } — { $ended }; { $proof }
record-same-as-inside = same as
record-agreed = { $by } agreed, key { $key }
record-no-value = (none)

# record/format.rs
record-format-markdown = Markdown, for a ticket
record-format-json = JSON, for programs
record-format-html = HTML, one file to read, send and print

# record/html.rs
record-html-kind = Record of a session
record-html-written = Written by opsbook { $version }. Times are UTC.
record-html-contents = Contents
record-html-timeline = Timeline
record-html-found-at = found at { $at }
record-html-no-finding = No finding led into this session.
record-html-counted = Counted over time
record-html-plot = { $name }: at most { $most }, at the end { $last }
record-html-no-runbook = No runbook was opened.
record-html-of-step = step { $step }
record-html-second-person = Second person: { $by }, key { $key }
record-html-takes-back = Takes back
record-html-before-and-after = Before and after, by the server's dry run
record-html-not-there = not there
record-html-taken-out = taken out
record-html-notes = Notes
record-html-about = {" "}(on { $record })
record-html-record = record { $record }
record-html-important = important
record-findings = Findings
record-same-as = Same as

# record/plot.rs
record-counted-nodes = nodes not ready
record-counted-pods = { $title }: pods left
record-counted-objects = { $title }: objects left

# record/post_mortem.rs
record-post-mortem = Post-mortem: { $title }
record-draft = Draft. The facts are from the journal; what is in the sections below them is for people to write.
record-draft-facts = Facts (generated from the journal of session { $session })
record-draft-end-of-facts = End of the generated facts.
record-draft-summary = Summary
record-draft-summary-what = What happened, in three sentences for somebody who was not there?
record-draft-impact = Impact
record-draft-impact-who = Who noticed, what could they not do, from when to when?
record-draft-impact-could = What could have happened and did not?
record-draft-cause = Root cause
record-draft-cause-what = What made it possible, not who did it?
record-draft-cause-why = Why was it not seen earlier?
record-draft-cause-else = What else has the same cause?
record-draft-well = What went well
record-draft-well-which = Which finding, runbook, proof or person helped?
record-draft-well-stay = What should stay as it is?
record-draft-badly = What went badly
record-draft-badly-time = Where was time lost? Which step was skipped or overridden, and why?
record-draft-badly-luck = Where did luck help?
record-draft-actions = Actions
record-draft-actions-what = What, who, until when? One row each; prefer what prevents over what reminds.
record-draft-action = action
record-draft-who = who
record-draft-until = until
record-times = Times
record-times-moment = moment
record-times-when = when
record-times-after = after
record-time-opened = the finding was opened
record-time-changed = the first change began
record-time-change-proved = the last change was proved
record-time-runbook-proved = the runbook was proved
record-time-gone = the finding was gone
record-time-ended = the session ended
record-finding-at = Finding: { $title } ({ $subject })
record-decided = Decided and written down
record-changes = Changes
record-change = { $change }: { $ended }; { $proof } ({ $command })
record-change-back = { $change }, takes back: { $back }: { $ended }; { $proof } ({ $command })
record-what-failed = What failed
record-marked-and-notes = Marked as important, and notes

# record/state.rs
record-other-server = session { $session } was on { $was } (context { $before }), and context { $context } is { $server }: nothing of what it did holds there; choose the context of { $was } with --context, or start a new session without `sessions resume`
record-other-cluster = session { $session } was on the cluster with the uid { $was }, and { $server } leads to the one with the uid { $now }: nothing of what it did holds there; check the tunnel or the address in the kubeconfig, or start a new session without `sessions resume`

# record/timeline.rs
record-evidence-since = { $field }: { $value } ({ $since })
record-verify-first = unknown, verify first: { $title } ({ $command })
record-accepted-number = accepted by the server: { $number }
record-sent-no-answer = sent, no answer recorded: { $object }
record-started = { $user } works on cluster { $context }
record-started-practice = { $user } works on practice cluster { $context }
record-resumed = { $user } goes on with this session
record-ended = ended: { $words }
record-opened = opened { $runbook }
record-rewritten = the text of { $runbook } changed since
record-rewritten-anew = to be done anew
record-rewritten-gone = no longer in it
record-finding = finding: { $title }
record-found-gone = the finding is gone: nothing is found at { $subject } any more
record-found-back = the finding is back: { $subject }
record-step-entered = step { $step }
record-step-proved = step { $step }: { $words }
record-step-said = step { $step } (said by the operator): { $words }
record-step-stopped = step { $step } does not hold, the run ended here: { $words }
record-step-skipped = step { $step } skipped: { $words }
record-step-overdue = step { $step }: not in time: { $words }
record-step-reopened = step { $step } is open again: { $words }
record-decided-operator = { $step }: the operator chose { $chosen }
record-decided-override = { $step }: override: the cluster says { $value }, the operator chose { $chosen }
record-bound = given on the way: { $name } = { $value }
record-note-on = on record { $record }: { $text }
record-pinned = record { $record } marked as important
record-unpinned = record { $record } is no longer marked
record-armed = production is open for changes for { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
 }
record-disarmed = production is read-only again
record-identity = the API server knows the operator as { $user }
record-cluster-uid = the cluster is the one with the uid { $uid }
record-taken-over = goes on with session { $session } of { $user }, { $records ->
    [one] 1 record
   *[other] { $records } records
 }
record-previewed = the dry run changes { $fields ->
    [one] 1 field
   *[other] { $fields } fields
 }
record-plan = plan { $digest }
record-plan-read-as = plan { $digest }, read as { $read }
record-agreed-to = { $by } agreed to plan { $digest }, key { $key }
record-sending = { $verb } { $object }: sending
record-accepted = { $verb } { $object }: accepted
record-unanswered = { $verb } { $object }: no answer, it may have happened: { $why }
record-marked = { $object } is marked; its kubelet cannot confirm
record-left = { $object } has left
record-taken-back = taken back, as planned
record-walk-number = walk { $walk }
record-over-itself = its time is over: it is not watched any more
record-over = an earlier change was ended on purpose: it is not watched any more
record-applied = applied: { $words }
record-cancelled = cancelled: { $words }
record-failed = failed: { $words }
record-unknown = unknown, verify first: { $words }
record-checked = its proof: { $words }
record-proved = proved: { $words }
record-regressed = no longer true: { $words }

# record, of evidence
record-done-at = ended well at { $at }; nothing in the cluster can show more
record-told-done = Done: { $words }
record-saved-beside = Saved beside the journal
record-saved = saved { $file }  { $bytes } bytes  sha256 { $sha256 }
record-done = ended well: { $words }
