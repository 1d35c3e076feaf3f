# cli/approve.rs
cli-approve-no-key = no key was found: name one with --key FILE, or as `key` below [four-eyes] in config.toml
cli-approve-no-terminal = `opsbook approve` needs a terminal: what is approved must be read
cli-approve-left = not approved
cli-approve-give = Give this line to { $by }, or put it beside the request as FILE.approval:
cli-approve-unread = { $file } could not be read: { $why }; give the file with the request, or its line ({ $request }...)
cli-approve-can-run = With your signature ({ $key }) { $by } can run exactly this plan, once.
cli-approve-ask-them = It says what their opsbook said; ask them where it does not fit what you see.
cli-approve-type = Type { $yes } to sign it, anything else leaves it:{" "}

# cli/check.rs
cli-check-absent = cannot check { $path }: there is no such file or folder
cli-check-unread = cannot read { $path }: { $why }
cli-check-here = here
cli-check-count-runbooks =
    { $files ->
        [one] 1 runbook
       *[other] { $files } runbooks
    }, { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] 1 warning
       *[other] { $warnings } warnings
    }
cli-check-count-scenarios =
    { $files ->
        [one] 1 scenario
       *[other] { $files } scenarios
    }, { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] 1 warning
       *[other] { $warnings } warnings
    }

# cli/check_data.rs
cli-check-data-absent = { $path } does not exist
cli-check-data-error = error: { $what }
cli-check-data-themes =
    { $themes ->
        [one] 1 theme
       *[other] { $themes } themes
    }, { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    }
cli-check-data-config =
    { $rules ->
        [one] 1 context rule
       *[other] { $rules } context rules
    }, 0 errors
cli-check-data-no-key = warning: no key reaches `{ $name }`; the palette does
cli-check-data-keys =
    { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    }

# cli/complete.rs
cli-complete-none = there are no completions for { $name }
cli-complete-latest = the latest

# cli/config.rs
cli-config-not-own = { $path } is not believed: { $why }
cli-config-unread = { $path } could not be read: { $why }; correct its rights, or move it away
cli-config-wrong =
    { $path }: { $why }
    correct it (docs/safety.md has an example), or move it away

# cli/contexts.rs
cli-contexts-row = {"  "}{ $name }  cluster { $cluster }  { $server }  namespace { $namespace }{ $mark }
cli-contexts-production = {"  "}PRODUCTION
cli-contexts-why = { $why }:
cli-contexts-say-which = say which with --context NAME

# cli/man.rs
cli-man-absent = there is no command `{ $words }`; `opsbook --help` lists them
cli-man-no-folder = the folder { $folder } could not be made: { $why }
cli-man-unwritten = { $path } could not be written: { $why }
cli-man-pages = { $pages } pages in { $folder }; read one with: man -l { $first }
cli-man-see-also = { $opsbook } has the options, variables and files of all commands.
cli-man-head-name = NAME
cli-man-head-synopsis = SYNOPSIS
cli-man-head-description = DESCRIPTION
cli-man-head-options = OPTIONS
cli-man-head-commands = SUBCOMMANDS
cli-man-head-exit = EXIT STATUS
cli-man-head-environment = ENVIRONMENT
cli-man-head-files = FILES
cli-man-head-see-also = SEE ALSO

# cli/mistake.rs
cli-mistake-unknown-argument = error: there is no option { $arg }
cli-mistake-unknown-command = error: there is no command { $command }
cli-mistake-no-value = error: { $arg } needs a value
cli-mistake-value-of = error: { $value } is no value of { $arg }; there are { $known }
cli-mistake-value = error: { $value } is no value of { $arg }
cli-mistake-missing = error: { $arg } must be given
cli-mistake-conflict = error: { $arg } and { $other } cannot be given together
cli-mistake-no-equals = error: { $arg } takes its value behind an equals sign
cli-mistake-no-command = error: say which command: { $known }
cli-mistake-close = did you mean { $known }?
cli-mistake-help = --help says more

# cli/ops.rs
cli-ops-guard = {"    "}guard: { $guard }
cli-ops-undo = {"    "}undo: { $undo }
cli-ops-optional = { $doc } (optional)

# cli/papers.rs
cli-papers-exit-done = done, and what was asked for is so
cli-papers-exit-not-well = done, and the answer is not well (a finding, a mistake in a file, an altered record, no proof), or it could not be carried through
cli-papers-exit-asked = nothing was done, and the command line is to be changed: an unknown word or option, or one that names a file, folder, context, scenario, runbook, session, theme or language that is not there
cli-papers-exit-unknown = not known: the cluster does not answer, or not about everything
cli-papers-env-kubeconfig = the kubeconfig files, as kubectl reads them
cli-papers-env-theme = the theme, where --theme is not given
cli-papers-env-lang = the language, where --lang is not given; else LC_ALL, LC_MESSAGES and LANG
cli-papers-env-log = when set, what goes on behind the screen is written to opsbook.log in the state folder
cli-papers-env-proxy = the way to the API server, as kubectl takes it
cli-papers-env-no-color = when set to anything, no colours
cli-papers-file-runbooks = runbooks of your own, and practice scenarios (NAME.scenario.yaml)
cli-papers-file-config = which contexts are production, and who you are for a second person
cli-papers-file-sources = git folders of runbooks at pinned commits, with the keys that sign them
cli-papers-file-approvers = who may agree to your plans as the second person
cli-papers-file-themes = themes of your own
cli-papers-file-keys = keys of your own
cli-papers-file-sessions = the journals of sessions
cli-papers-file-trust = the runbooks that you approved
cli-papers-file-cache = what can be deleted at any time
cli-papers-exit = Exit status
cli-papers-environment = Environment
cli-papers-files = Files
cli-papers-head = { $title }:

# cli/picture.rs
cli-picture-absent = there is no picture of { $screen }; there are { $known }

# cli/practice.rs
cli-practice-goal = {"    "}goal: { $goal }
cli-practice-runbook = {"    "}runbook: { $runbook }
cli-practice-unwritten = { $file } could not be written: { $why }
cli-practice-serves = serving { $id } on http://{ $address }; kubectl --kubeconfig { $file } get nodes
cli-practice-serves-here = # serving { $id } on http://{ $address }

# cli/rehearse.rs
cli-rehearse-no-scenario = { $id } names no practice scenario, so it cannot be rehearsed; name one in its front matter (`scenario: ID`), or with --scenario
cli-rehearse-row = { $mark } { $runbook } on { $scenario }: { $why }
cli-rehearse-no-folder = no folder could be made for it: { $why }
cli-rehearse-late = not proved within { $seconds } s; { $why }
cli-rehearse-no-practice = a rehearsal needs the practice cluster
cli-rehearse-early-finding = a finding before the fault: { $title }
cli-rehearse-injected = the fault was injected and no detector pointed here yet
cli-rehearse-found = the finding was there
cli-rehearse-other-runbook = enter on the finding opened another runbook
cli-rehearse-proved = every step ended and the detector is quiet
cli-rehearse-still-found = the last step was proved, but still found: { $findings }
cli-rehearse-unproved = the last step was not proved
cli-rehearse-ending-proved = proved
cli-rehearse-ending-recorded = recorded
cli-rehearse-ending-ran = ran
cli-rehearse-ending-stopped = stopped
cli-rehearse-ending-skipped = skipped
cli-rehearse-ending-failed = failed
cli-rehearse-ending-taken-back = taken-back
cli-rehearse-ending-unknown = unknown
cli-rehearse-ending-running = running
cli-rehearse-ending-proving = proving
cli-rehearse-ending-open = open

# cli/resume.rs
cli-resume-bad-id = the hand-over file holds a runbook with the id { $id }, which is none
cli-resume-unwritten = { $path } could not be written: { $why }

# cli/run.rs
cli-run-no-home = there is no home folder (HOME), and no folder could be made in its place: { $why }; set HOME
cli-run-homeless = there is no home folder (HOME): no configuration and no approval is read, and sessions are kept in { $folder }
cli-run-core-dump = a core dump of this program is possible: { $why }
cli-run-dumpable = other programs of yours can read the memory of this one: { $why }
cli-run-no-folder = it is no folder; name the one that it is in
cli-run-absent-folder = { $why }; make it, or leave the option away
cli-run-runbooks = --runbooks { $folder }: { $why }
cli-run-kubeconfig = --kubeconfig { $file }: { $why }; name a file that is there, or leave the option away
cli-run-no-theme = there is no theme `{ $theme }` (--theme or OPSBOOK_THEME); there are { $known }.
cli-run-no-theme-meant = there is no theme `{ $theme }` (--theme or OPSBOOK_THEME); there are { $known }. { $guess }
cli-run-no-kind = `{ $name }` is not a kind that opsbook watches: { $known }

# cli/search.rs
cli-search-none = no runbook for this yet: { $text }
cli-search-read-as = {"    "}`{ $typed }` read as `{ $meant }`
cli-search-nowhere = {"    "}`{ $typed }` is in no runbook
cli-search-mentioned = mentioned in:

# cli/sessions.rs
cli-sessions-no-hand-over = it is no hand-over file
cli-sessions-make-hand-over = { $name }: { $why }; a colleague makes one with `opsbook sessions hand-over`
cli-sessions-altered = ✖ line { $line } does not follow from the line before: it or that line was altered
cli-sessions-nothing-cut = nothing was cut
cli-sessions-cut = cut: { $cut }
cli-sessions-handed-over =
    { $events ->
        [one] 1 record
       *[other] { $events } records
    } and { $runbooks ->
        [one] 1 runbook
       *[other] { $runbooks } runbooks
    } in { $file }; { $cut }
cli-sessions-open-with = a colleague opens it with: opsbook sessions resume { $file }
cli-sessions-unwritten = { $path } could not be written: { $why }
cli-sessions-cut-secrets = cut, since it looked like a secret: { $cut }
cli-sessions-from = from { $date }, times in UTC
cli-sessions-none = no sessions in { $folder }
cli-sessions-head-started = STARTED (UTC)
cli-sessions-head-session = SESSION
cli-sessions-head-state = STATE
cli-sessions-head-cluster = CLUSTER
cli-sessions-practice = practice { $cluster }
cli-sessions-whole =
    ✔ { $records ->
        [one] 1 record
       *[other] { $records } records
    }, an unbroken chain
cli-sessions-no-end =
    ✔ { $records ->
        [one] 1 record
       *[other] { $records } records
    }, an unbroken chain
    ▲ no record of its end: it runs, it crashed, or its tail was cut off, which cannot be told from here
cli-sessions-tail-cut =
    ▲ { $records ->
        [one] 1 whole record
       *[other] { $records } whole records
    }; the last line is cut, as after a crash
cli-sessions-other-hash = ✖ the content does not have the hash that it should: altered
cli-sessions-open-step = · step { $name } was not ended

# cli/show.rs
cli-show-risk = risk { $risk }
cli-show-eta = about { $eta }
cli-show-owner = owner { $owner }
cli-show-not-runnable = not runnable: { $why }
cli-show-param = {"  "}${ $name }
cli-show-param-needed = {"  "}${ $name } (needed)
cli-show-step = -- { $name } ({ $kind })
cli-show-step-risk = -- { $name } ({ $kind }, risk { $risk })
cli-show-step-not-runnable = {"   "}! not runnable: { $why }

# cli/triage.rs
cli-triage-unknown = unknown: { $why }
cli-triage-unknown-row = ? unknown  { $what }
cli-triage-critical = ✖ critical
cli-triage-warning = ▲ warning
cli-triage-notice = · notice
cli-triage-no-answer = { $server } does not answer: { $why }
cli-triage-young = {"  "}young for { $span } more: may heal by itself
cli-triage-no-runbook = {"    "}no runbook yet
cli-triage-skew = ! the clock of this machine is { $span } the API server's: times and ages here are the server's
cli-triage-polled = ! some kinds may be listed and not watched: read { $age } ago, and every { $every } s
cli-triage-healthy = ✔ nothing is wrong that a detector knows

# cli/trusted.rs
cli-trusted-older = it was approved by an older opsbook, whose approvals did not cover every byte; approve it anew
cli-trusted-no-terminal = `opsbook trust approve` needs a terminal: what is approved must be read
cli-trusted-at = { $folder } at { $commit }
cli-trusted-built-in = built-in
cli-trusted-differs = {"  "}differs: { $parts }
cli-trusted-all-built-in = every runbook is built in
cli-trusted-not-approved = { $id } is not approved; `opsbook trust list` names those that are
cli-trusted-revoked = { $id } is no longer approved: nothing of it runs
cli-trusted-needs-none = { $id } is { $tier } and needs no approval
cli-trusted-as-it-is = { $id } is approved as it is
cli-trusted-cannot-run = { $id } cannot be run anyway: { $why }; `opsbook check runbooks` shows it
cli-trusted-hash = { $id } in { $place }, hash { $hash }
cli-trusted-read-again = { $why }: read all of it again
cli-trusted-read-it = Read it. What is approved may change your clusters and run scripts on this machine.
cli-trusted-type = Type { $id } to approve it, anything else leaves it as it is:{" "}
cli-trusted-left = not approved
cli-trusted-approved = approved
cli-trusted-moved = changed the order of its steps: read all of them again
cli-trusted-part-same = {"  "}{ $part }: as it was approved
cli-trusted-part-moved = as it was approved, but for its place: { $part }
cli-trusted-part-new = new { $part }
cli-trusted-part-gone = gone { $part }
cli-trusted-part-changed = changed { $part }
cli-trusted-hidden = {"    "}(this line holds characters that a screen does not show)
cli-trusted-line-end = {"    "}(this line ends with { $end })
cli-trusted-blanks =
    { $blanks ->
        [one] a blank
       *[other] { $blanks } blanks
    }

# cli/tui.rs
cli-tui-no-terminal = the full-screen program needs a terminal on its input and output; `opsbook triage` prints what is wrong
cli-tui-own-wrong =
    { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    } in your themes or keys; `opsbook check themes` and `check keys` show them
cli-tui-offer = The practice cluster runs inside of opsbook and needs nothing. Scenarios:
cli-tui-which = Which one? [{ $first }, q leaves]{" "}

# cli/values.rs
cli-values-no-name = { $flag } { $text }: write NAME={ $what }
cli-values-secret = parameter { $name } is secret, and words of a command line are read by others: give it with --set-file { $name }=FILE, or --set-file { $name }=- and the value on standard input; without either the program asks for it
cli-values-unread = --set-file { $name }: { $file } could not be read: { $why }; name a file of at most 1 MiB of text
cli-values-twice = --set-file: standard input is one value; name a file for the others
cli-values-no-keys = standard input gave a value, and there is no terminal behind it for the keys: { $why }; give the value in a file
cli-values-standard-input = standard input

# cli/args.rs: commands
cli-help = From the page to the verified fix: runbooks, live views and one-key operations for Kubernetes on-call, in one terminal
cli-help-open = Open a runbook, with its parameters
cli-help-explore = Open the explorer on a kind
cli-help-triage = Look once for what is wrong; exit 0 healthy, 1 findings, 3 unreachable or unknown
cli-help-search = Search runbooks; exit 0 when one is about it, 1 when there is no runbook for it yet
cli-help-show = Print a runbook
cli-help-ops = Print the catalogue of operations
cli-help-check = Check data: runbooks, scenarios, themes, keys, your config
cli-help-check-runbooks = Built-in runbooks and your own, or those under PATH
cli-help-check-scenarios = Your own practice scenarios, or those under PATH: each is read, built and its faults are made
cli-help-check-themes = Built-in themes and your own, or those under PATH
cli-help-check-config = Your config.toml, or that of PATH
cli-help-check-keys = The built-in keymap, with yours over it, or with that of PATH
cli-help-rehearse = Play runbooks against their practice scenario, from the fault to the proof
cli-help-sessions = The records of sessions
cli-help-sessions-list = All sessions, the latest first
cli-help-sessions-show = The timeline of a session
cli-help-sessions-export = A session as a file without secrets, for a ticket or to be read
cli-help-sessions-hand-over = Write a session into one file that a colleague can go on with
cli-help-sessions-post-mortem = A draft of a post-mortem: the facts of the session, and prompts for the rest
cli-help-sessions-resume = Go on with a session, or with one that was handed over as a file
cli-help-sessions-verify = Check that no record of a session or hand-over file was altered; exit 0 whole, 1 altered or unreadable
cli-help-trust = Who vouches for your runbooks: only what is built in, signed or approved is run
cli-help-trust-list = Every runbook that is not built in, with its tier
cli-help-trust-approve = Show what a runbook would run, and what changed since it was approved; approve it after a typed answer
cli-help-trust-revoke = Take an approval back
cli-help-approve = Agree to a plan of somebody else as the second person: shows it, asks, and prints the answer as one line
cli-help-practice = The practice cluster
cli-help-practice-list = The scenarios
cli-help-practice-serve = Serve a practice cluster to kubectl and any other client on loopback
cli-help-picture = Print a picture of a screen as SVG: triage, library or runbook
cli-help-completions = Print completions for a shell, which then asks opsbook for runbooks, scenarios, kinds, themes and sessions
cli-help-man = Print the manual page of opsbook or of a command, or write all pages into a folder
cli-help-help = Print this message or the help of the given subcommand(s)

# cli/args.rs: arguments
cli-arg-practice = Use the embedded practice cluster, in this scenario or that of a file (node-not-ready when none is named)
cli-arg-kubeconfig = Path of the kubeconfig
cli-arg-context = Context of the kubeconfig
cli-arg-namespace = Namespace to look at, or several with commas between them, also where the whole cluster may not be read
cli-arg-user = User to impersonate
cli-arg-groups = Group to impersonate, may be repeated
cli-arg-read-only = Change nothing: no operation can be run
cli-arg-theme = Theme: dark, light, high-contrast, or one of your own
cli-arg-lang = Language; that of the locale when not given
cli-arg-lang-en = English
cli-arg-lang-zh = Chinese
cli-arg-runbooks = Folder of runbooks besides the built-in ones, may be repeated
cli-arg-output = Output: text or json
cli-arg-open-id = Its id, or the end of it that no other has: `node-drain`
cli-arg-open-set = NAME=VALUE of a parameter, may be repeated
cli-arg-open-set-file = NAME=FILE with the value of a parameter, `-` for standard input; secrets are given so. May be repeated
cli-arg-explore-kind = The kind, by the names that kubectl takes: pods, po, deployments
cli-arg-explore-all-namespaces = All namespaces
cli-arg-triage-timeout = Seconds to wait for the cluster
cli-arg-search-text = What is to be searched for: words, the name of an alert, a whole alert, a line of a log
cli-arg-search-limit = Longest answer
cli-arg-show-id = Its id, or the end of it that no other has: `node-drain`
cli-arg-check-path = A file or folder
cli-arg-check-config-path = A file
cli-arg-check-keys-path = A file
cli-arg-rehearse-id = Its id, or the end of it that no other has
cli-arg-rehearse-all = Every runbook that has a scenario
cli-arg-rehearse-scenario = Another scenario than the one that the runbook names: its id, or a file
cli-arg-rehearse-timeout = Seconds that one runbook may take
cli-arg-rehearse-jobs = So many at the same time
cli-arg-sessions-id = Its id, the beginning of it that no other has, or `last`
cli-arg-sessions-export-format = Form: markdown, html or json
cli-arg-sessions-export-output = File to write, instead of printing
cli-arg-sessions-hand-over-output = File to write
cli-arg-sessions-post-mortem-output = File to write, instead of printing
cli-arg-sessions-resume-id = Its id, the beginning of it that no other has, `last`, or a hand-over file
cli-arg-sessions-verify-id = Its id, the beginning of it that no other has, `last`, or a hand-over file
cli-arg-trust-approve-id = Its id, or the end of it that no other has
cli-arg-trust-revoke-id = Its whole id
cli-arg-approve-request = File with the request, or the line itself (opsbook-request:...)
cli-arg-approve-key = Private key, or the public half of one that an agent holds
cli-arg-picture-screen = The screen: triage, library or runbook
cli-arg-picture-width = Columns
cli-arg-picture-height = Rows
cli-arg-completions-shell = The shell
cli-arg-man-command = The words of a command: `sessions export`
cli-arg-man-dir = Folder for all pages
cli-arg-practice-serve-scenario = Its id (`opsbook practice list`), or a file of your own
cli-arg-practice-serve-port = Port on 127.0.0.1; 0 takes a free one
cli-arg-practice-serve-write-kubeconfig = Where to write the kubeconfig; printed when not given
cli-arg-practice-serve-now = Make the fault happen now instead of minutes ago

# cli/args/help.rs
cli-clap-usage = Usage:{" "}
cli-clap-commands = Commands
cli-clap-arguments = Arguments
cli-clap-options = Options
cli-clap-shared = Global options
cli-clap-help = Print help
cli-clap-help-more = Print help (see more with '--help')
cli-clap-help-less = Print help (see a summary with '-h')
cli-clap-version = Print version
cli-clap-variable = {" "}[env: { $name }]
cli-clap-default = {" "}[default: { $values }]
cli-clap-values = {" "}[possible values: { $values }]
