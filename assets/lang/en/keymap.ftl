# keymap/mod.rs
keymap-unread = { $file } could not be read: { $said }
keymap-unknown-context = { $file }:{ $line }: unknown context `{ $name }`; there are: { $known }
keymap-unknown-action = { $file }:{ $line }: unknown action `{ $name }`{ $hint }
keymap-twice = { $file }:{ $line }: `{ $key }` stands twice in [{ $context }]: as `{ $first }` and here
keymap-guess = ; did you mean `{ $name }`?
keymap-not-for = { $file }:{ $line }: `{ $id }` is not for [{ $context }]; it may stand in { $instead }
keymap-of-any-kind = [explorer] and in the table of any kind
