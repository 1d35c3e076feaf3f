
# op/evidence.rs
op-evidence-save-object-its-events-and-logs = Save an object, its events and logs, before anything is changed
op-evidence-every-object-of-these-resources-as = every object of these resources as well, as kubectl names them, with commas between: ippools.crd.projectcalico.org
op-evidence-only-reads-cluster-files-are-yours = only reads the cluster; the files are yours alone, beside the session's journal
op-evidence-values-of-secrets-are-not-saved = values of Secrets are not saved; what is secret, or looks like it, is masked as in an export
op-evidence-is-done-only-when-all-of = is done only when all of it was saved; what could not be read is named
op-evidence-nothing-to-take-back = not needed: nothing in the cluster changes
op-evidence-save = save { $target }
op-evidence-save-into-sessions-folder = save { $work } into the session's folder
op-evidence-reads-only = reads only
op-evidence-nothing-in-cluster-changes = nothing in the cluster changes
op-evidence-values-of-secrets-what-is-known = values of Secrets, what is known to be secret, and what looks like it
op-evidence-at-most = at most
op-evidence-what-is-known-of-is-saved = what is known of { $target } is saved in the session's folder
op-evidence-yaml-of = the YAML of { $object }
op-evidence-events-about-it = the events about it
op-evidence-logs-of-all-its-containers-those = the logs of all its containers, those before the last restart too
op-evidence-every-object-that-is-left-in = every object that is left in it (of Secrets their names)
op-evidence-every-object-of = every object of { $resource }
op-evidence-names-such-as-configmaps-or-ippools = names such as configmaps or ippools.crd.projectcalico.org
op-evidence-4-mib-of-file-of-log = 4 MiB of a file, of a log its end; 64 MiB in all: what is cut says so
op-evidence-masked = masked
