# theme/mod.rs
theme-role-text = ordinary text, and the background of everything
theme-role-faint = less important text
theme-role-strong = names and headings
theme-role-good = healthy
theme-role-warn = needs attention
theme-role-bad = broken
theme-role-border = the frame of a pane
theme-role-focus = the frame of the pane that has the keyboard
theme-role-title = the title of a pane
theme-role-header = the first line
theme-role-header-practice = the first line on the practice cluster
theme-role-footer = the line of keys
theme-role-key = a key in the footer and the help
theme-role-selection = the selected row
theme-role-match = what a search or filter matched
theme-role-input = a field that is typed into
theme-role-code = a line that a person could type
theme-role-code-keyword = a keyword in code
theme-role-code-string = a string in code
theme-role-code-comment = a comment in code
theme-role-code-number = a number in code
theme-role-risk-low = risk R0 and R1
theme-role-risk-medium = risk R2
theme-role-risk-high = risk R3 and R4
theme-role-link = a link to another runbook

# theme/load.rs
theme-unread = { $file } could not be read: { $said }
theme-unknown-role = { $file }:{ $line }: unknown role `{ $name }`; `opsbook check themes` lists them
theme-no-colour = { $file }:{ $line }: `{ $value }` is no colour: write #rrggbb, one of the sixteen names, `default`, or a name of [palette]
theme-unknown-key = { $file }:{ $line }: unknown key `{ $name }`; a role has fg, bg, bold, dim, italic, underline, reverse
theme-no-parent = { $file }: inherits from `{ $name }`, which does not exist or inherits from this one
theme-unknown = there is no theme `{ $name }`; there are: { $known }

# theme/check.rs
theme-check-missing = { $file }: no style for the role `{ $role }`
theme-check-contrast = { $file }: `{ $role }` has a contrast of { $contrast } to its background, it needs { $least }
