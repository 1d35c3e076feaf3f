# shell/kubeconfig.rs
shell-kubeconfig-changed = { $path }, the kubeconfig of this session's scripts, is gone or was changed, perhaps by a script: nothing is run, since it could reach another cluster; leave, and go on with `opsbook sessions resume`
shell-kubeconfig-not-written = no kubeconfig could be written below { $folder }, so scripts would have no cluster: { $error }

# shell/output.rs
shell-output-not-shown = … { $bytes } more bytes are not shown
shell-output-of-line = … { $bytes } more bytes of this line

# shell/pty.rs
shell-not-started = { $program } could not be started: { $error }
shell-no-process = it has no process
shell-pty-end-unknown = its end was not told

# shell/local.rs
shell-local-missing = { $interpreter } is not in PATH of this machine; install it first
shell-local-acts-as = a script on this machine would not act as { $user } (--as): leave that out, or run it by hand
shell-local-no-terminal = it needs a terminal, and there is none here
shell-local-end-unknown = it ended without saying how
shell-local-not-waited = its end could not be waited for: { $error }

# shell/container.rs
shell-container-no-terminal = a script that needs a terminal runs on this machine only
shell-container-none = this is no container
shell-container-another-pod = pod { $namespace }/{ $pod } is another one now; nothing ran
shell-container-cut-off = the connection ended before the script told how it ended
shell-container-no-number = it has not said its number
shell-container-closed = the connection ended
shell-container-cut = the script arrived cut, so nothing of it ran
shell-container-not-begun = the interpreter ended with { $code } before the script began
shell-container-left = it was left and may go on in the container: look there before you run it again
shell-container-end-unknown = the server does not say how it ended
