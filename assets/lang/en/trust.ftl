# trust/keygen.rs
trust-keygen-no-fingerprint = ssh-keygen named no fingerprint
trust-keygen-not-signed = ssh-keygen did not sign with { $key }
trust-keygen-not-started = ssh-keygen could not be started: { $error }
trust-keygen-not-installed = ssh-keygen could not be started: { $error }; install OpenSSH
trust-keygen-not-ended = ssh-keygen did not end: { $error }
trust-keygen-no-reason = ssh-keygen did not say why
trust-keygen-no-folder = no folder could be made for the check of the signature: { $error }
trust-keygen-not-written = { $path } could not be written: { $error }

# trust/source.rs
trust-source-no-list = the list of sources { $path } cannot be used: { $why }
trust-source-not-read = no runbook of { $folder } is read: { $why }
trust-source-no-commit = `{ $commit }` is no whole commit: 40 digits of 0-9a-f
trust-source-no-key = { $folder } names no key
trust-source-no-path = { $folder } is not an absolute path

# trust/source/git.rs
trust-git-not-started = git could not be started: { $error }
trust-git-not-asked = git could not be asked
trust-git-too-slow = git took too long and was ended: is this folder whole?
trust-git-silent = git does not answer ({ $error }): is this a git folder of yours?
trust-git-answers = git answers { $said }
trust-git-too-large = it has more than { $objects } objects, or more than { $bytes } bytes of them
trust-git-absent = { $kind } { $name } is not there: { $said }
trust-git-other-kind = { $name } is a { $found } and no { $kind }
trust-git-object-too-large = { $kind } { $name } has { $size } bytes, more than { $largest }
trust-git-altered = { $kind } { $name } was altered: its content has another hash
trust-git-no-folder = there is no folder { $folder } in the commit
trust-git-too-many = it has more than { $most } runbooks
trust-git-no-text = { $path } is no text
trust-git-bad-tree = a tree of the commit cannot be read

# trust/source/git/own.rs
trust-git-own-no-folder = no folder could be made for git: { $error }
trust-git-own-not-filled = { $folder } could not be filled: { $error }
trust-git-own-no-link = its .git names no folder
trust-git-own-no-objects = it is no git folder: it has no objects

# trust/source/signature.rs
trust-signature-no-text = the commit is no text
trust-signature-no-message = the commit has no message
trust-signature-several = the commit has more than one signature
trust-signature-none = the commit is not signed: sign it with `git commit -S` and gpg.format=ssh
trust-signature-no-ssh = the commit is not signed with an SSH key: sign it with `git commit -S` and gpg.format=ssh
trust-signature-no-tree = the commit names no tree
trust-signature-no-key = `{ $key }` is no public key: write `ssh-ed25519 AAAA…`
trust-signature-no-kind = `{ $kind }` is no kind of SSH key
trust-signature-other-key = none of its keys made the signature of the commit: { $why }

# trust/store.rs
trust-store-io = the approvals in { $path } could not be { $tried }: { $why }; until then no runbook of yours is approved
trust-store-not-own = no approval in { $path } counts: { $why }
trust-store-other-form = it has form { $form }, this opsbook reads { $reads }

# trust/peers.rs
trust-peers-no-list = there is no list of who may agree: write { $path } with a line `NAME ssh-ed25519 AAAA…` for each of them
trust-peers-not-own = nobody in { $path } counts: { $why }
trust-peers-other-key = no key of { $path } made this signature ({ $why }): whoever signed it is not listed, or it was altered
trust-peers-own-key = it is signed with a key of your own ({ $name }): a second person must agree, not you
trust-peers-not-named = { $path } does not name you ({ $me }), so it cannot be told that somebody else signed: write a line for yourself into it, and that name as `me` below [four-eyes] in config.toml
trust-peers-key-unread = your own key { $path } (`key` below [four-eyes] in config.toml) could not be read: { $why }
trust-peers-pattern = the list names this key for `{ $name }`, which is a pattern and nobody: write a name
trust-peers-not-whole = the signature is not whole ({ $why }): the line was altered, or signs something else
