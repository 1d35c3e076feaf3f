# Conditions: what can be seen
runbook-cond-no-picture = there is no picture of the cluster yet
runbook-cond-only-seen = only the { $plural } of { $only } are seen
runbook-cond-not-loaded = { $plural } are not loaded yet
runbook-cond-stale = { $plural } have not been updated since { $since }: { $why }
runbook-cond-failed = { $plural } could not be read: { $why }
runbook-cond-forbidden = you may not { $verb } { $plural }
runbook-cond-not-served = this cluster has no { $plural }
runbook-cond-needs-probe = needs a probe of the API server
runbook-cond-no-version = the API server has not said its version yet
runbook-cond-no-minor = `{ $version }` has no minor version
runbook-cond-no-events = events of `{ $kind }` are not watched
runbook-cond-no-kind = `{ $kind }` is not a kind that opsbook can follow
runbook-cond-reading = { $interest } is being read
runbook-cond-unreadable = { $interest } cannot be read: { $why }
runbook-cond-too-many = there are too many { $interest } to know all of them
runbook-cond-not-read = { $interest } are not read yet

# Conditions: evaluating
runbook-cond-no-name = `{ $name }` is not known
runbook-cond-no-objects = conditions make no objects
runbook-cond-has-no = { $what } has no `{ $field }`
runbook-cond-no-bool = { $what } is neither true nor false
runbook-cond-not-together = these values cannot be put together like this
runbook-cond-no-list = { $what } is no list
runbook-cond-no-index = the list has { $items ->
        [one] 1 element
       *[other] { $items } elements
    }, there is no [{ $index }]
runbook-cond-no-key = there is no key `{ $key }`
runbook-cond-overflow = the number is too large
runbook-cond-no-order = { $first } and { $second } have no order
runbook-cond-by-zero = a division by zero
runbook-cond-only-numbers = only numbers can be calculated with
runbook-cond-no-duration = `{ $text }` is no length of time
runbook-cond-no-quantity = `{ $text }` is no quantity
runbook-cond-no-such-call = `{ $name }` cannot be called with these arguments
runbook-cond-is-not = `{ $value }` is not { $wanted }
runbook-cond-no-size = { $what } has no size
runbook-cond-no-conditions = this object has no conditions
runbook-cond-has-no-field = { $of } has no field `{ $field }`
runbook-cond-has-no-method = { $of } has no method `{ $name }`
runbook-cond-too-large = the condition makes too much: a value of it is too large
runbook-cond-too-long = the condition takes too long: it goes through too many objects
runbook-cond-no-regex = `{ $pattern }` is no regular expression, or too large a one
runbook-cond-too-many-bytes = a condition has at most { $longest } bytes, this one has { $bytes }
runbook-cond-divide = divide it: a step for each thing that must hold
runbook-cond-too-deep = this condition is nested more than { $deepest } deep
runbook-cond-gives = `{ $source }` gives { $value } instead of true or false
runbook-cond-syntax = this is not a condition
runbook-cond-syntax-because = this is not a condition: { $reason }
runbook-cond-needs-etcd = needs etcd access
runbook-cond-step-not-recorded = step `{ $step }` has not recorded `{ $name }`
runbook-cond-parameter-secret = parameter `{ $name }` is secret; conditions cannot read it
runbook-cond-parameter-empty = parameter `{ $name }` has no value yet
runbook-cond-step-recorded-nothing = step `{ $step }` has not recorded anything yet
runbook-cond-no-time = { $what } has no time
runbook-cond-no-node = there is no node `{ $node }`
runbook-cond-no-pod = there is no such pod
runbook-cond-unknown-name = conditions do not know `{ $name }`
runbook-cond-no-parameter = there is no parameter `{ $field }`
runbook-cond-no-record = no earlier step `{ $field }` records anything
runbook-cond-no-recorded-field = that step does not record `{ $field }`
runbook-cond-not-listed = { $words } cannot be gone through one by one
runbook-cond-no-function = conditions have no function `{ $name }`
runbook-cond-it-takes = it takes ({ $wanted })
runbook-cond-types-not-together = { $first } and { $second } cannot be put together like this

# Conditions: why they hold or not
runbook-cond-words-more = and { $more } more
runbook-cond-words-not-known = not known: { $why }
runbook-cond-words-not-known-of = { $what }: not known: { $why }
runbook-cond-words-one-of = { $value } one of { $items }
runbook-cond-words-wanted = { $said }, wanted { $sign } { $other }
runbook-cond-words-wanted-one-of = { $said }, wanted one of { $items }
runbook-cond-words-beside = { $said }, { $other }
runbook-cond-words-all = { $what }: all { $count } { $so }
runbook-cond-words-not-of = { $what }: not { $so }: { $named } of { $count }
runbook-cond-words-none-of = { $what }: none of { $count } { $so }
runbook-cond-words-of = { $what }: { $so }: { $named } of { $count }
runbook-cond-words-and = { $a } and { $b }
runbook-cond-words-or = { $a } or { $b }
runbook-cond-words-not = not { $what }
runbook-cond-words-has = has { $field }
runbook-cond-words-so = { $what }: yes
runbook-cond-words-not-so = { $what }: no
runbook-cond-words-yes = yes
runbook-cond-words-no = no
runbook-cond-words-empty = empty
runbook-cond-words-none = none
runbook-cond-words-several = { $count } ({ $names })
runbook-cond-words-several-more = { $count } ({ $names }, and { $more } more)

# What values and types are called
runbook-what-nothing = nothing
runbook-what-null = null
runbook-what-any = any value
runbook-what-true-or-false = true or false
runbook-what-boolean = a boolean
runbook-what-number = a number
runbook-what-whole-number = a whole number
runbook-what-text = text
runbook-what-list = a list
runbook-what-list-of = a list of { $items }
runbook-what-list-with = a list ({ $base })
runbook-what-map = a map
runbook-what-map-of = a map of { $items }
runbook-what-object = an object
runbook-what-thing = a { $thing }
runbook-thing-node = node
runbook-thing-nodes = nodes
runbook-thing-condition = condition
runbook-thing-taint = taint
runbook-thing-pod = pod
runbook-thing-container = container
runbook-thing-pdb = disruption budget
runbook-thing-deployment = deployment
runbook-thing-stateful-set = stateful set
runbook-thing-daemon-set = daemon set
runbook-thing-object = object
runbook-thing-event = event
runbook-thing-finding = finding
runbook-thing-memory-kill = memory kill
runbook-thing-api = api
runbook-thing-etcd = etcd
runbook-thing-etcd-member = etcd member
runbook-thing-chosen-object = chosen object
runbook-thing-parameter = parameter
runbook-thing-step = step
runbook-thing-recorded-value = recorded value
runbook-thing-the-condition = the condition
runbook-thing-the-lease = the node's lease
runbook-thing-the-node = the node
runbook-thing-the-pod = the pod
runbook-thing-the-memory-kill = the memory kill
runbook-thing-the-object = the object
runbook-thing-the-event = the event
runbook-thing-the-finding = the finding

# What may run, and who vouches for it
runbook-newer-format = needs a newer opsbook: the file has format { $version }, this program runs format { $known }
runbook-plain-markdown = plain Markdown: for reading only
runbook-trust-built-in = built-in
runbook-trust-signed = signed
runbook-trust-approved = approved
runbook-trust-outdated = no longer approved
runbook-trust-unknown = unknown
runbook-trust-changed = changed
runbook-trust-refuses-outdated = { $id } was approved by an older opsbook, whose approvals did not cover every byte of what runs, so nothing of it runs: read it again, then `opsbook trust approve { $id }` in a terminal, with the same --runbooks
runbook-trust-refuses-unknown = nobody approved { $id }, so nothing of it runs: read it, then `opsbook trust approve { $id }` in a terminal, with the same --runbooks
runbook-trust-refuses-changed = { $id } is not what was approved ({ $differs }), so nothing of it runs: `opsbook trust approve { $id }` shows what changed

# Names
runbook-near-did-you-mean = did you mean `{ $near }`?
runbook-near-known = known: { $known }
runbook-near-no-runbook = there is no runbook `{ $name }`; { $help }
runbook-near-search = a search finds it by its words
runbook-near-it-may-be = it may be { $ids }

# Values of parameters
runbook-params-parameter = parameter `{ $name }`: { $reason }
runbook-params-refused = `{ $value }` { $reason }
runbook-params-secret-refused = the value { $reason }
runbook-params-needs-value = needs a value
runbook-params-one-value = takes one value only
runbook-params-plain-value = needs a plain value or a list of them
runbook-params-empty = is empty
runbook-params-dash = begins with a dash, which programs take for an option
runbook-params-too-long = is longer than { $max_len } characters
runbook-params-cannot-be-checked = cannot be checked
runbook-params-no-match = does not match { $pattern }
runbook-params-outside = is outside of { $min } to { $max }
runbook-params-any = any
runbook-params-no-integer = is not a whole number
runbook-params-no-bool = is neither true nor false
runbook-params-none-of = is none of { $words }
runbook-params-no-duration = is no length of time such as 90s or 10m
runbook-params-no-quantity = is no quantity such as 512Mi or 250m
runbook-params-no-regex = is no regular expression
runbook-params-nul = contains a NUL character
runbook-params-needs-namespace = needs its namespace in front, namespace/name
runbook-params-control = contains the control or unseen character U+{ $code }
runbook-params-no-name = is not a name
runbook-params-name-length = must have 1 to { $longest } characters
runbook-params-rfc1123 = must be lower-case letters, digits, dashes and points (RFC 1123)
runbook-params-no-such = `{ $id }` has no such parameter
runbook-params-no-value = `${ $value }` has no value yet: choose one first
runbook-params-no-field = `${ $value }` is not part of the chosen value
runbook-params-secret-argument = `${ $value }` is secret and cannot be an argument; use it in a shell step
runbook-params-slash = `${ $value }` contains a slash and cannot be one part of a path

# Reading files
runbook-parse-front-matter = the front matter
runbook-parse-step = step `{ $name }`
runbook-parse-the-translation = the translation
runbook-parse-newer = format { $version } needs a newer opsbook; it can be read and not run
runbook-parse-line = line { $line }: { $message }
runbook-parse-id-path = the id is `{ $id }`, but the file's path says `{ $path }`
runbook-parse-id-path-help = write `id: { $id }` or leave it out
runbook-parse-too-many-steps = a runbook has at most { $most } steps; what follows is not read
runbook-parse-too-many-steps-help = put a part of them into a runbook of its own and include it
runbook-parse-duplicate = there is another step named `{ $name }`
runbook-parse-unknown-kind = unknown step kind `{ $kind }`: needs a newer opsbook
runbook-parse-unreadable-step = this step could not be read
runbook-parse-control = { $what } holds the control character { $c }, which nobody can read
runbook-parse-control-help = take it out; a script makes such a character with printf
runbook-parse-braces = the braces after the language are not closed
runbook-parse-attribute = a step's first line has only `step` and `name`, not `{ $attribute }`
runbook-parse-needs-name = a step needs a name, `{"{"}step=check name=only-one{"}"}`
runbook-parse-bad-name = `{ $name }` cannot be a step's name
runbook-parse-bad-name-help = lower-case letters, digits and dashes
runbook-parse-translation-front = a translation needs front matter with `title:`
runbook-parse-translation-step = a translation has no steps
runbook-parse-translation-step-help = mark the place with `<!-- step: NAME -->`; keys and policy are only in the base file
runbook-problem-more = there are more than { $most } problems; the first ones are named
runbook-problem-here = here
runbook-yaml-control = a value holds the control character { $c }, which nobody can read
runbook-yaml-a-value = a YAML value

# Versions of programs
runbook-tools-is-older-than = { $version } is older than { $wanted }
runbook-tools-is-not-newer-than = { $version } is not newer than { $wanted }
runbook-tools-is-not-older-than = { $version } is not older than { $wanted }
runbook-tools-is-newer-than = { $version } is newer than { $wanted }
runbook-tools-is-not = { $version } is not { $wanted }

# Checking a runbook
runbook-no-step = there is no step `{ $step }`
runbook-no-runbook = there is no runbook `{ $id }`
runbook-leaves-folder = `{ $target }` leaves the folder of the runbooks
runbook-what-anything = anything
runbook-what-true-or-false-word = `true` or `false`
runbook-check-no-operation = there is no operation `{ $op }`
runbook-check-op-risk = `{ $op }` is { $risk } by itself, the step says { $declared }
runbook-check-op-risk-help = write `risk: { $risk }` or more
runbook-check-argument-unknown = `{ $op }` takes no `{ $name }`
runbook-check-argument-missing = `{ $of }` needs `{ $name }:` under `with:`
runbook-check-argument-type = `{ $name }` of `{ $op }` must be { $wanted }, { $wrong }
runbook-check-argument-not = not `{ $value }`
runbook-check-not-path = not a path
runbook-check-not-list = not a list
runbook-check-not-map = not a map
runbook-check-not-several = not several values; use `each`
runbook-check-parameter-namespaced = the parameter has a namespace; use its `.name` or `.namespace`
runbook-check-parameter-kind = the parameter is a { $kind }
runbook-check-parameter-type = the parameter has `type: { $word }`
runbook-check-parameter-text = the parameter is text
runbook-check-wants-duration = a length of time such as 10m
runbook-check-wants-quantity = a quantity such as 512Mi
runbook-check-wants-one-of = one of { $words }
runbook-check-wants-list = a list of { $inner }
runbook-check-wants-secret = a parameter with `type: secret`
runbook-check-include-self = a runbook cannot include itself
runbook-check-include-cycle = this include leads back here: { $id } → { $way }
runbook-check-include-cycle-help = take one of them out; a step that is needed by both belongs into a third runbook
runbook-check-include-argument = `{ $runbook }` has no parameter `{ $name }`
runbook-check-condition-type = this gives { $words } instead of true or false
runbook-check-from-type = this gives { $words } instead of a list of values
runbook-check-case-never = the value is true or false, so case `{ $value }` never matches
runbook-check-wait-timeout = a wait step without `timeout:` may wait for ever
runbook-check-wait-timeout-help = write `timeout: 15m`, so that the operator learns that it does not come
runbook-check-case-runs-on = case `{ $case }` leads to `{ $step }`, and so does case `{ $other }`, whose steps go on from `{ $last }` into it
runbook-check-case-runs-on-help = let the branch before it lead on to the step behind both, or ask again before this step
runbook-check-goto-backward = `goto` jumps back to `{ $name }`
runbook-check-goto-backward-help = a runbook goes forward; use `wait` or `retry` for loops, or name the step as a `rollback`
runbook-check-goto-not-written = a runbook that is not written yet is named in `say:` or `stop:`
runbook-check-goto-anchor = `{ $id }` has neither a step nor a heading `{ $step }`
runbook-check-no-detector = there is no detector `{ $id }`
runbook-check-no-scenario = there is no practice scenario `{ $id }`
runbook-check-alert-bind = alert `{ $name }` binds `{ $param }`, which is no parameter
runbook-check-default = the default of { $error }
runbook-check-same-variable = `{ $name }` and `{ $other }` would both be ${ $variable } in a script
runbook-check-variable-steers = `{ $name }` would be ${ $variable } in a script, which steers the shell itself
runbook-check-variable-steers-help = give the parameter another name
runbook-check-prefer-typed = `{ $name }` is typed, so there is nothing to prefer
runbook-check-no-record = step `{ $step }` does not record `{ $field }`
runbook-check-group-elsewhere = `{ $name }` does not stand where the group has it: there is `{ $there }`
runbook-check-group-order = the steps of a group follow it directly, in the order of `steps`
runbook-check-group-absent = `{ $name }` does not follow the group
runbook-check-group-nested = the group `{ $name }` stands in another one
runbook-check-group-each = `{ $name }` has `each:`, and the group that it is in has one
runbook-check-group-places = `{ $name }` runs at several places for each element of its group
runbook-check-group-inside-help = put it behind the group, or into a runbook of its own that the group includes
runbook-check-group-member = `{ $name }` is a step of the group `{ $group }`
runbook-check-group-member-help = jump to `{ $group }` itself
runbook-check-group-outside = `{ $name }` is not in the group, and the other elements are not done when this one is
runbook-check-group-outside-help = jump to a later step of the group, its last one at most, or use `stop:`
runbook-check-link-not-written = a runbook that is not written yet is named as code, `{ $id }`
runbook-check-link-anchor = `{ $target }`: neither a heading nor a step is named `{ $anchor }`
runbook-check-needs-risk = `{ $name }` needs `risk:`: none, low, medium, high or critical
runbook-check-risk-ceiling = the step's risk is { $risk }, but `meta.risk` is { $ceiling }
runbook-check-risk-ceiling-help = write `meta: {"{"} risk: { $risk } {"}"}` in the front matter, or make the step safer
runbook-check-needs-verify = a step of risk { $risk } needs `verify:`
runbook-check-needs-verify-help = a condition that the cluster shows when it worked, `verify: {"{"} expect: ..., within: 5m {"}"}`
runbook-check-needs-rollback = a step of risk { $risk } needs `rollback:`
runbook-check-needs-rollback-help = an operation, a step's name, or `rollback: {"{"} none: why {"}"}`
runbook-check-rollback-self = a step cannot be its own way back
runbook-check-by-hand = nothing near `{ $name }` says how to do it without the app
runbook-check-by-hand-help = add a line such as: Without the app: `kubectl drain NODE --ignore-daemonsets`
runbook-check-each-many = `each` needs a parameter with `many: true`, `{ $name }` has one value
runbook-check-each-of-lanes = `each` needs a list: step `{ $step }` runs for each of a list itself, so it records no one value
runbook-check-each-of-secret = `each` needs a list: step `{ $step }` records it as a secret, which no plan may hold
runbook-check-each-of-else = `each` needs a list: step `{ $step }` records something else than a list or a text
runbook-check-each-of-help = capture it as `list` or `json`, or record it as `text` with commas
runbook-check-each-field = `${ $name }` has no field `{ $field }`: it is one value of the list
runbook-check-no-view = there is no live view `{ $view }`
runbook-check-pane = `{ $pane }` cannot be shown: { $why }
runbook-check-parameter-order = `${ $name }` stands further down; a parameter may use only those above it
runbook-check-parameter-field = `${ $name }` has no field `{ $field }`
runbook-check-parameter-secret = `${ $name }` is secret: only scripts see it, as an environment variable
runbook-check-steps-shape = `$steps` needs a step and its field
runbook-check-translation-step = the base file has no step `{ $name }`
runbook-check-translation-place = step `{ $name }` has no place in this translation
runbook-check-translation-place-help = put `<!-- step: { $name } -->` where the step belongs
runbook-check-translation-instruction = the instruction of `{ $name }` is not translated
runbook-check-translation-instruction-help = write `steps: {"{"} { $name }: {"{"} do: ... {"}"} {"}"}`
runbook-check-translation-parameter = the base file has no parameter `{ $name }`

# Reading the keys of a runbook
runbook-decode-no-map = { $what } must be a map of keys, this is { $found }
runbook-decode-needs-key = { $what } needs `{ $key }:`
runbook-decode-no-key = { $what } has no key `{ $key }`
runbook-decode-wrong-type = { $what } must be { $wanted }, this is { $found }
runbook-decode-negative = { $what } must not be negative
runbook-decode-duration = a length of time such as `90s`, `10m`, `1h30m` or `7d`
runbook-decode-cannot-be = { $what } cannot be `{ $word }`
runbook-decode-alert = an alert
runbook-decode-alert-name = an alert's name
runbook-decode-tools-version = a tool's version
runbook-decode-a-step = a step
runbook-decode-a-pane = a pane
runbook-decode-a-capture = a capture
runbook-decode-case = case `{ $value }`
runbook-decode-parameter = parameter `{ $name }`
runbook-decode-a-recorded-value = a recorded value
runbook-decode-recorded-value-named = recorded value `{ $name }`
runbook-decode-kind-step = { $kind ->
        [action] an
        [include] an
       *[other] a
    } { $kind } step
runbook-decode-format = `runbook` must be the format's version, a number
runbook-decode-distribution = whether a cluster is `{ $word }` is not known here
runbook-decode-comparison = { $what } must be comparisons such as `>=1.28 <1.36`, not `{ $part }`
runbook-decode-rbac = `rbac` must be a verb and a resource, not `{ $text }`
runbook-decode-rbac-help = for instance `patch nodes`, `create pods/eviction` or `patch deployments.apps`
runbook-decode-tools-key = `tools` names programs, or has `local` or `ssh`, not `{ $key }`
runbook-decode-tool = `{ $text }` is not a tool such as `etcdutl>=3.6`
runbook-decode-tool-version = how `{ $name }` says its version is not known here
runbook-decode-tool-version-help = ask for it without a version; known are { $known }
runbook-decode-reviewed = `reviewed` must be a day such as 2026-09-01, not `{ $day }`
runbook-decode-group-steps = `steps` is the list of the steps that follow, such as `[drain, upgrade, uncordon]`
runbook-decode-group-empty = a group needs at least one step
runbook-decode-waves = waves need `max_parallel:`
runbook-decode-waves-help = write `max_parallel: 5`, so that five elements are one wave
runbook-decode-one-by-one = `max_parallel` means nothing where elements are taken one by one
runbook-decode-one-by-one-help = write `order: parallel` or `order: waves`
runbook-decode-each = `each` must be a parameter such as `$nodes`, or what a step recorded such as `$steps.find.nodes`, not `{ $text }`
runbook-decode-too-many-parameters = a runbook has at most { $most } parameters
runbook-decode-parameter-name = `{ $key }` cannot be a parameter's name
runbook-decode-parameter-name-help = letters, digits and underscores, beginning with a letter; not steps, each, p or run_id
runbook-decode-parameter-source = parameter `{ $key }` needs either `from:` or `type:`
runbook-decode-prefer = `prefer` cannot be `{ $other }`
runbook-decode-container = `container:` needs a pod parameter, `container:$pod`
runbook-decode-from = `from` cannot be `{ $text }`
runbook-decode-from-step = `step:` needs a step and its field, `step:inspect.revision`
runbook-decode-where = `where` does not know `{ $word }`
runbook-decode-enum = `type: enum` needs `values: [a, b]`
runbook-decode-pattern = `pattern` is no regular expression: { $error }
runbook-decode-verify-script = only shell steps may verify with `sh`
runbook-decode-verify-script-help = write the proof as a condition under `expect:`
runbook-decode-verify = `verify` needs either `expect:` or `sh:`
runbook-decode-rollback-reason = `none` needs the reason why there is no way back
runbook-decode-rollback = `rollback` needs one of `op:`, `step:` or `none: reason`
runbook-decode-language = { $step } is written in a `{ $wanted }` fence
runbook-decode-else = `else` has either `goto:` or `stop:`, not both
runbook-decode-decision = a decision step needs `value:`, or `ask:` for the operator
runbook-decode-decision-empty = a decision step needs at least one case
runbook-decode-at = `at` cannot be `{ $text }`
runbook-decode-at-help = use `local`, `ssh:$host`, `node:$node`, `pod:$pod` or `container:$pod/$container`
runbook-decode-script-empty = a shell step needs a script under its `#|` lines
runbook-decode-capture = `{ $name }` cannot be captured: of what an interactive script shows nothing is kept
runbook-decode-capture-help = capture `exit`, or ask for the value in a manual step
runbook-decode-mixed = `{ $word }` mixes a parameter with other text
runbook-decode-mixed-help = a parameter stands for a whole value, or for a whole part between / : , or =; write $$ for a dollar sign
runbook-decode-translation-front = a translation's front matter
runbook-decode-translation-text = the text of step `{ $key }`

# src/runbook/decode/common.rs
runbook-decode-goto-decision = a decision leads by its cases
runbook-decode-goto-decision-help = put `goto` into each case that goes on elsewhere
runbook-decode-means-none = nothing here has a condition that could mean something
runbook-decode-means-none-help = `means` belongs beside `expect`, `until`, or the condition of a `verify`
runbook-decode-means-brace = a brace is not closed, or closes nothing; an expression stands between {"{"} and {"}"}, and a brace of the text is written twice

# src/runbook/check/flow.rs
runbook-check-goto-plain-back = `{ $name }` stands before this step, and nobody is asked: the walk would never end
runbook-check-goto-plain-back-help = only a case of a decision leads back
runbook-check-goto-plain-away = without a question a step leads to a step of this runbook only
runbook-check-goto-plain-away-help = a case of a decision opens another runbook, and `step=include` takes in its steps
runbook-check-unreachable = nothing leads to `{ $name }`: the step before it goes on elsewhere
runbook-check-unreachable-help = a case or a `goto` leads here, or this step is not needed

# src/runbook/check/translation.rs
runbook-check-translation-means = the values of `means` of `{ $name }` are other ones than in the runbook: { $found }
runbook-check-translation-means-help = the runbook has { $wanted }; write the same expressions, in any order
runbook-check-translation-means-none = `{ $name }` has no `means` in the runbook
runbook-check-translation-means-missing = `{ $name }` has no translated `means`
runbook-check-translation-value = `{ $name }` has no translated title for the value `{ $value }`
runbook-check-translation-value-help = add { $value } under `record:` of `{ $name }`

# src/runbook/check/policy.rs
runbook-check-words = nothing explains `{ $name }` to the operator
runbook-check-words-help = say above it what to look at and what each answer means

# runbook/model/step.rs: kinds
runbook-step-view = view
runbook-step-check = check
runbook-step-decision = decision
runbook-step-action = action
runbook-step-shell = shell
runbook-step-manual = manual
runbook-step-wait = wait
runbook-step-include = include
runbook-step-group = group

# runbook/model/mod.rs: kinds
runbook-kind-troubleshooting = troubleshooting
runbook-kind-procedure = procedure
runbook-kind-upgrade = upgrade
runbook-kind-drill = drill
runbook-kind-checklist = checklist
runbook-kind-reference = reference

# runbook/model/part.rs
runbook-part-order = the order of its steps
runbook-part-front = front matter
runbook-part-step = step { $step }
runbook-part-labels = labels in { $lang }
runbook-part-words = words of { $step }
runbook-part-words-in = words of { $step } in { $lang }
