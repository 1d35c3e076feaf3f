# machine/programs.rs
machine-programs-missing = { $name } is in no absolute folder of PATH: install it

# machine/files.rs
machine-files-link = it is a link: put the file itself there
machine-files-no-file = it is no file but a folder, a pipe, a terminal or a device
machine-files-too-large = it has more than { $bytes } bytes
machine-files-no-text = it is not text in UTF-8

# machine/own.rs
machine-own-unread = it could not be read: { $why }
machine-own-open = others may write it (mode { $mode }): look at it, then `chmod 600` it or take it away
machine-own-foreign = it belongs to somebody else: take it away, and write one of your own
machine-own-open-folder = others may write the folder { $folder } on the way to it (mode { $mode }): look at what is in it, then `chmod go-w` it
machine-own-foreign-folder = { $folder } on the way to it belongs to somebody else: make one of your own, or name another place (`XDG_CONFIG_HOME`, `XDG_STATE_HOME`)
machine-own-too-many-links = the way to it goes over more than { $most } links: put it where fewer lead
machine-own-no-free-name = no name was free
