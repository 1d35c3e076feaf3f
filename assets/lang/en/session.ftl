# session/journal.rs
session-journal-io = the journal { $path } could not be { $tried }: { $cause }; nothing is changed in the cluster without a journal, so free space or rights there first
session-journal-altered = the journal { $path } was altered: line { $line } does not follow from the line before, so nothing goes on with it; `opsbook sessions show` still reads it, and a new session takes nothing from it
session-journal-no-file = { $path } is no journal that can be read: { $cause }
session-journal-broken = { $path }:{ $line }: this line is not a record of a journal: { $cause }
session-journal-busy = the journal { $path } is in use by another opsbook; end that one first

# session/store.rs
session-broken = broken
session-altered = altered
session-unknown = unknown: verify first
session-ended = ended
session-running = running
session-interrupted = interrupted
session-store-none = there are no sessions in { $folder }
session-store-no-such = no session { $wanted } in { $folder }; `opsbook sessions list` names them
session-store-several = { $wanted } begins the ids of several sessions: { $ids }

# session/hand_over.rs
session-hand-over-unread = { $path } could not be read: { $cause }
session-hand-over-other-form = { $path } is no hand-over file of this version ({ $why }); `opsbook sessions hand-over` writes one
session-hand-over-altered = { $path } was altered: { $what }; do not go on with it, and ask for a new one by `opsbook sessions hand-over`
session-hand-over-wrong-hash = its content does not have the hash that it should
session-hand-over-empty = its journal is empty
session-hand-over-no-chain = its journal is no unbroken chain
session-hand-over-one-line = it has no two lines
session-hand-over-is = it is { $format }
session-hand-over-third-line = it has a third line

# session/files.rs
session-files-there-are-folders-beside-journal-already = there are { $most } folders { $name } beside the journal already
