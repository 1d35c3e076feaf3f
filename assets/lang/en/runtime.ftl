# runtime/change.rs
runtime-change-production = production is read-only again
runtime-change-read-only = read-only
runtime-change-agreement-over = the time of the second person's agreement is over
runtime-change-nothing-begun = { $why }: nothing was begun
runtime-change-no-script = read-only: no script runs

# runtime/evidence.rs
runtime-evidence-no-journal = the session has no journal, so there is no folder to save into
runtime-evidence-no-folder = the folder could not be made: { $why }; free some room, then run it again
runtime-evidence-too-much = { $name }: more than 64 MiB in all
runtime-evidence-unwritten = { $name } could not be written: { $why }
runtime-evidence-unrecorded = { $name } could not be recorded: { $why }
runtime-evidence-saved = saved { $name }  { $size }
runtime-evidence-not-saved = not saved: { $what }
runtime-evidence-stopped =
    stopped; { $files ->
        [one] 1 file
       *[other] { $files } files
    } in { $folder }
runtime-evidence-some = saved { $files } of { $all }, not: { $missing } ({ $folder })
runtime-evidence-all =
    saved { $files ->
        [one] 1 file
       *[other] { $files } files
    }, { $size }: { $folder }
runtime-evidence-all-masked =
    saved { $files ->
        [one] 1 file
       *[other] { $files } files
    }, { $size }, masked: { $masked }: { $folder }
runtime-evidence-left-out = # { $bytes } bytes after this were left out

# runtime/exec.rs
runtime-exec-no-shell = this plan opens no shell
runtime-exec-left-early = it was left before the server answered
runtime-exec-no-streams = the server opened no input or output
runtime-exec-left = it was left; the shell may go on in the container
runtime-exec-cut = the connection ended before the shell told how it ended
runtime-exec-ended = the shell has ended with exit code { $code }
runtime-exec-no-reason = the server does not say why

# runtime/headless.rs
runtime-headless-no-terminal = it needs a terminal, and there is none here

# runtime/library.rs
runtime-library-errors =
    { $errors ->
        [one] 1 error
       *[other] { $errors } errors
    } in runbooks; `opsbook check runbooks` shows them
runtime-library-replaced = your own runbooks stand in for built-in ones: { $runbooks }

# runtime/only_read.rs
runtime-only-read = this opsbook was built without execution: nothing was sent

# runtime/operate.rs
runtime-operate-cancelled = cancelled before the first request
runtime-operate-may-not = you may not { $access }: { $reason }

# runtime/peer.rs
runtime-peer-broke-off = the check of the answer ended early: { $why }
runtime-peer-unwritten = the request to a second person could not be written to { $file }: { $why }
runtime-peer-not-asked = nobody is asked for this plan any more

# runtime/player.rs
runtime-player-left = the runbook was left
runtime-player-failed = step { $step } failed: { $why }
runtime-player-at = at step { $step }: { $judged }
runtime-player-stuck = step { $step } does not move on: { $said }
runtime-player-param = parameter { $name } could not be given
runtime-player-not-refused = step { $step } was not refused with { $says } but said: { $said }
runtime-player-not-taken-back = step { $step } was not taken back: { $said }
runtime-player-not-tried = the walk never came to try step { $step }
runtime-player-no-step = there is no step { $step }

# runtime/runner.rs
runtime-runner-lost = the journal does not keep up: records were lost; see the log
runtime-runner-export-broke-off = the export ended early: { $why }
runtime-runner-nothing = nothing is recorded yet, so there is nothing to export
runtime-runner-unwritten = { $path } could not be written: { $why }
runtime-runner-exported = exported to { $path }
runtime-runner-exported-cut = exported to { $path }; cut: { $cut }
runtime-runner-left = left

# runtime/same.rs
runtime-same-hidden = its namespace kube-system may not be read any more
runtime-same-was-hidden = its namespace kube-system could not be read before; leave, and start opsbook anew
runtime-same-unanswered = its namespace kube-system was not answered: { $why }
runtime-same-other = another cluster answers at this address than the session is on; nothing was sent
runtime-same-untold = it could not be seen that this is still the session's cluster ({ $why }); nothing was sent

# runtime/script.rs
runtime-script-none = this plan runs no script
runtime-script-ended = ended with { $code }
runtime-script-signal = ended by signal { $signal }
runtime-script-stopped = stopped; what it did so far stays
runtime-script-timed-out = stopped after { $seconds } s; what it did so far stays
runtime-script-stopped-early = stopped before it began
runtime-script-proof-code = the script that proves it ended with { $code }
runtime-script-proof-code-said = the script that proves it ended with { $code }: { $said }
runtime-script-proof = the script that proves it: { $ended }

# runtime/terminal.rs
runtime-terminal-broken = something in opsbook broke off, and its log says where: start it again if what you see stands still

# runtime/ui.rs
runtime-ui-unfollowed = the cluster is no longer followed: what you see stands still; start opsbook again
runtime-ui-copied = sent to the terminal's clipboard with *** in place of what is secret
