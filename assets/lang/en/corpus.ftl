# corpus/scenarios.rs
corpus-scenarios-unread = the scenario { $file } cannot be read: { $why }; a built-in one is named without a path (`opsbook practice list`)
corpus-scenarios-unknown = there is no practice scenario `{ $name }`{ $guess }; `opsbook practice list` names all, and a file is named by its path (./{ $name }.yaml)
corpus-scenarios-guess = {" "}({ $help })
corpus-scenarios-taken = there is a built-in scenario `{ $id }`, so this file is not used; give it another name

# corpus.rs
corpus-unread = cannot read { $path }: { $reason }; the other runbooks are not affected
corpus-translates-elsewhere = it translates `{ $id }`, which comes from elsewhere, so its words are not shown: put it beside the runbook, or a copy of the runbook beside it
corpus-translates-nothing = it translates `{ $id }`, which is not there
corpus-just-gone = it has just gone
