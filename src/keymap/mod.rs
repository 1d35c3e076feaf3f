//! Keys as data: the built-in table, a user's table laid over it, and the questions asked of it. Pure: it is
//! given texts. To add a key, add a row to `assets/keymap.toml`; for an operation as well.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::action::{Action, Context, Operation};
use crate::domain::{Key, KeyError, Kind};
use crate::lang::{list, t};

/// The table that is shipped.
pub const BUILT_IN: &str = include_str!("../../assets/keymap.toml");

/// What is wrong with a table.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum KeymapError {
    #[error("{file}: {said}")]
    Toml { file: String, said: String },
    #[error("{}", t!("keymap-unread", file = file, said = said))]
    Unread { file: String, said: String },
    #[error("{}", t!("keymap-unknown-context", file = file, line = line, name = name, known = known))]
    Context { file: String, line: usize, name: String, known: String },
    #[error("{file}:{line}: {error}")]
    Key { file: String, line: usize, error: KeyError },
    #[error("{}", t!("keymap-unknown-action", file = file, line = line, name = name, hint = hint))]
    Action { file: String, line: usize, name: String, hint: String },
    #[error("{}", t!("keymap-not-for", file = file, line = line, id = id, context = context, instead = instead))]
    NotFor { file: String, line: usize, id: &'static str, context: &'static str, instead: String },
    #[error("{}", t!("keymap-twice", file = file, line = line, key = key, context = context, first = first))]
    Twice { file: String, line: usize, key: Key, context: &'static str, first: &'static str },
}

/// Which key means what, where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    rows: BTreeMap<Context, BTreeMap<Key, Action>>,
}

impl Keymap {
    /// The built-in table.
    pub fn built_in() -> Keymap {
        let mut keymap = Keymap::default();
        let errors = keymap.merge("assets/keymap.toml", BUILT_IN);
        assert!(errors.is_empty(), "the shipped keymap is checked by a test: {errors:?}");
        keymap
    }

    /// Lays a table over this one and returns everything that is wrong with it; its good rows count.
    pub fn merge(&mut self, file: &str, text: &str) -> Vec<KeymapError> {
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(e) => return vec![KeymapError::Toml { file: file.to_owned(), said: e.to_string() }],
        };
        let mut errors = Vec::new();
        for (name, rows) in &table {
            let line = line_of(text, None, name);
            let (Some(context), Some(rows)) = (Context::parse(name), rows.as_table()) else {
                let own = Context::ALL.iter().map(|(n, _)| *n);
                let known: Vec<_> = own.chain(Kind::ALL.iter().map(|kind| kind.meta().plural)).collect();
                errors.push(KeymapError::Context {
                    file: file.to_owned(),
                    line,
                    name: name.clone(),
                    known: list(known),
                });
                continue;
            };
            let mut seen: BTreeMap<Key, Action> = BTreeMap::new();
            for (key, action) in rows {
                let line = line_of(text, Some(name), key);
                match self.row(file, line, context, key, action, &mut seen) {
                    Ok(()) => {}
                    Err(error) => errors.push(error),
                }
            }
        }
        errors
    }

    fn row(
        &mut self,
        file: &str,
        line: usize,
        context: Context,
        key: &str,
        action: &toml::Value,
        seen: &mut BTreeMap<Key, Action>,
    ) -> Result<(), KeymapError> {
        let file = || file.to_owned();
        let key: Key = key.parse().map_err(|error| KeymapError::Key { file: file(), line, error })?;
        let rows = self.rows.entry(context).or_default();
        let name = action.as_str().unwrap_or_default();
        if name == "none" {
            rows.remove(&key);
            return Ok(());
        }
        let Some(action) = Action::parse(name) else {
            let hint = nearest(context, name).map_or_else(String::new, |n| t!("keymap-guess", name = n));
            return Err(KeymapError::Action { file: file(), line, name: name.to_owned(), hint });
        };
        if let Action::Operate(operation) = action
            && !context.takes(operation)
        {
            let (id, context, instead) = (operation.meta().id, context.name(), places(operation));
            return Err(KeymapError::NotFor { file: file(), line, id, context, instead });
        }
        if let Some(first) = seen.insert(key, action) {
            return Err(KeymapError::Twice {
                file: file(),
                line,
                key,
                context: context.name(),
                first: first.name(),
            });
        }
        rows.insert(key, action);
        Ok(())
    }

    /// What a key means here; `contexts` from the most special to the most general.
    pub fn action(&self, contexts: &[Context], key: Key) -> Option<Action> {
        contexts.iter().find_map(|c| self.rows.get(c)?.get(&key).copied())
    }

    /// The key to show for an action here: the first that no more special context takes away.
    pub fn key(&self, contexts: &[Context], action: Action) -> Option<Key> {
        let candidates = contexts.iter().filter_map(|c| self.rows.get(c)).flatten();
        let mut keys: Vec<Key> = candidates.filter(|(_, a)| **a == action).map(|(k, _)| *k).collect();
        keys.retain(|k| self.action(contexts, *k) == Some(action));
        keys.into_iter().min_by_key(|k| (preference(*k), *k))
    }

    /// All that works here, by action in the order of the help, with every key.
    pub fn help(&self, contexts: &[Context]) -> Vec<(Action, Vec<Key>)> {
        let mut out = Vec::new();
        for action in Action::every() {
            let rows = contexts.iter().filter_map(|c| self.rows.get(c)).flatten();
            let mut keys: Vec<Key> = rows.filter(|(_, a)| **a == action).map(|(k, _)| *k).collect();
            keys.retain(|k| self.action(contexts, *k) == Some(action));
            keys.dedup();
            if !keys.is_empty() {
                out.push((action, keys));
            }
        }
        out
    }

    /// The operations that have a key here, in the order of their registry.
    pub fn operations(&self, contexts: &[Context]) -> Vec<Action> {
        let rows = contexts.iter().filter_map(|c| self.rows.get(c)).flatten();
        let here = rows.filter(|(key, a)| self.action(contexts, **key) == Some(**a)).map(|(_, a)| *a);
        here.filter(|a| matches!(a, Action::Operate(_))).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Actions that no key reaches anywhere; they remain in the palette.
    pub fn without_key(&self) -> Vec<Action> {
        let reached = |a: &Action| self.rows.values().any(|rows| rows.values().any(|b| a == b));
        Action::ALL.iter().copied().filter(|a| !reached(a)).collect()
    }
}

/// Which key is named first: the ones that every keyboard names, then letters, then arrows, then chords.
fn preference(key: Key) -> u8 {
    use crate::domain::KeyCode as C;
    match (key.ctrl || key.alt, key.code) {
        (true, _) => 3,
        (false, C::Enter | C::Tab | C::Esc | C::Char(' ')) => 0,
        (false, C::Char(_)) => 1,
        (false, _) => 2,
    }
}

/// The line of a table's head, or of a key within it.
fn line_of(text: &str, table: Option<&str>, name: &str) -> usize {
    let mut inside = table.is_none();
    for (i, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(table) = table
            && line.starts_with('[')
        {
            inside = line == format!("[{table}]");
            continue;
        }
        let key = line.split('=').next().unwrap_or_default().trim().trim_matches('"');
        if inside
            && (line == format!("[{name}]")
                || (table.is_some() && (key == name || line.starts_with(&format!("\"{name}\"")))))
        {
            return i + 1;
        }
    }
    1
}

/// The action whose name is nearest to a misspelt one, among those that may stand in this context.
fn nearest(context: Context, name: &str) -> Option<&'static str> {
    use fuzzy_matcher::FuzzyMatcher;
    let matcher = fuzzy_matcher::skim::SkimMatcherV2::default();
    let fits = |a: &Action| !matches!(a, Action::Operate(operation) if !context.takes(*operation));
    let score =
        |a: &Action| matcher.fuzzy_match(a.name(), name).or_else(|| matcher.fuzzy_match(name, a.name()));
    let best = Action::every().filter(fits).filter_map(|a| Some((score(&a)?, a.name())));
    best.max_by_key(|(score, _)| *score).map(|(_, name)| name)
}

/// Where an operation may have a key.
fn places(operation: Operation) -> String {
    let meta = operation.meta();
    if meta.fits_any() {
        return t!("keymap-of-any-kind").to_owned();
    }
    list(meta.kinds.iter().map(|kind| format!("[{}]", kind.meta().plural)).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(id: &str) -> Action {
        Action::Operate(Operation::parse(id).unwrap())
    }

    #[test]
    fn the_shipped_table_is_whole() {
        let mut keymap = Keymap::default();
        assert_eq!(keymap.merge("assets/keymap.toml", BUILT_IN), []);
        assert_eq!(keymap.without_key(), [], "an action that no key reaches");
    }

    #[test]
    fn special_contexts_win_and_the_rest_falls_through() {
        let keymap = Keymap::built_in();
        let here = [Context::Of(Kind::Node), Context::Explorer, Context::List, Context::Global];
        let key = |t: &str| t.parse::<Key>().unwrap();
        assert_eq!(keymap.action(&here, key("c")), Some(operation("node.cordon")));
        assert_eq!(keymap.action(&here, key("/")), Some(Action::Filter));
        assert_eq!(keymap.action(&here, key("?")), Some(Action::Help));
        assert_eq!(keymap.key(&here, operation("node.drain")), Some(key("r")));
        assert_eq!(keymap.key(&here, Action::Search), None, "the filter took its key");
    }

    #[test]
    fn a_user_table_changes_what_it_names_and_says_what_is_wrong() {
        let mut keymap = Keymap::built_in();
        let text =
            "[nodes]\nc = \"none\"\nx = \"cordon\"\n\n[kitchen]\n[pods]\nentre = \"logs\"\nl = \"lgos\"\n";
        let errors: Vec<_> = keymap.merge("k.toml", text).iter().map(ToString::to_string).collect();
        assert_eq!(errors.len(), 3, "{errors:?}");
        assert!(errors.iter().any(|e| e.starts_with("k.toml:5: unknown context")));
        assert!(errors.iter().any(|e| e.starts_with("k.toml:7: `entre` is not a key")));
        assert!(errors.iter().any(|e| e.starts_with("k.toml:8: unknown action `lgos`")));
        assert_eq!(
            keymap.action(&[Context::Of(Kind::Node)], "x".parse().unwrap()),
            Some(operation("node.cordon"))
        );
        assert_eq!(keymap.action(&[Context::Of(Kind::Node)], "c".parse().unwrap()), None);
    }

    #[test]
    fn a_row_names_an_operation_and_nothing_else_is_needed() {
        let mut keymap = Keymap::built_in();
        let text =
            "[persistentvolumeclaims]\nshift-x = \"pvc.expand\"\n[explorer]\nshift-d = \"object.delete\"\n";
        assert_eq!(keymap.merge("k.toml", text), []);
        let here = [Context::Of(Kind::PersistentVolumeClaim), Context::Explorer];
        for (key, id) in [("shift-x", "pvc.expand"), ("shift-d", "object.delete")] {
            assert_eq!(keymap.action(&here, key.parse().unwrap()), Some(operation(id)), "{id}");
            let named = keymap.help(&here).into_iter().find(|(action, _)| *action == operation(id)).unwrap();
            assert_eq!(named.0.doc(), operation(id).doc());
        }
        assert_eq!(keymap.operations(&here), [operation("pvc.expand"), operation("object.delete")]);
    }

    #[test]
    fn a_key_for_an_operation_of_another_kind_says_where_it_may_stand() {
        let mut keymap = Keymap::built_in();
        let text = "[pods]\n# a note\nx = \"node.cordon\"\n[nodes]\nz = \"node.cordn\"\n[logs]\nz = \"object.delete\"\n";
        let errors: Vec<_> = keymap.merge("k.toml", text).iter().map(ToString::to_string).collect();
        let told = [
            "k.toml:3: `node.cordon` is not for [pods]; it may stand in [nodes]",
            "k.toml:5: unknown action `node.cordn`; did you mean `node.cordon`?",
            "k.toml:7: `object.delete` is not for [logs]; it may stand in [explorer] and in the table of any kind",
        ];
        for told in told {
            assert!(errors.iter().any(|e| e.starts_with(told)), "{told}: {errors:?}");
        }
        assert_eq!(keymap.action(&[Context::Of(Kind::Pod)], "x".parse().unwrap()), None);
    }

    #[test]
    fn a_table_from_before_operations_had_ids_still_counts() {
        let mut keymap = Keymap::built_in();
        assert_eq!(keymap.merge("k.toml", "[nodes]\nx = \"drain\"\n[deployments]\nz = \"roll-back\"\n"), []);
        let nodes = keymap.action(&[Context::Of(Kind::Node)], "x".parse().unwrap());
        let deployments = keymap.action(&[Context::Of(Kind::Deployment)], "z".parse().unwrap());
        assert_eq!((nodes, deployments), (Some(operation("node.drain")), Some(operation("workload.undo"))));
    }

    #[test]
    fn no_key_deletes_in_one_press() {
        // The action opens a confirmation; this holds that it is not on a key that slips.
        let keymap = Keymap::built_in();
        let here = [Context::Of(Kind::Pod), Context::Explorer, Context::List, Context::Global];
        assert!(keymap.key(&here, operation("pod.delete")).unwrap().ctrl);
    }
}
