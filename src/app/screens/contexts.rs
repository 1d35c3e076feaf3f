//! The contexts of the kubeconfig, to choose the one to open: what is on the screen before there is a session, where
//! nobody said which cluster. Nothing is chosen for the operator.

use super::List;

/// A context to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContextRow {
    pub name: String,
    pub cluster: String,
    /// Empty where its cluster has none.
    pub server: String,
    /// Empty where none is said.
    pub namespace: String,
    /// Whether it is production, by its name or by the user's configuration.
    pub production: bool,
}

/// The list, and what was typed to find a row.
#[derive(Clone, Debug, Default)]
pub struct Contexts {
    /// Why one has to be chosen.
    pub why: String,
    pub rows: Vec<ContextRow>,
    pub text: String,
    pub list: List,
}

impl Contexts {
    /// The rows in which every word stands that was typed, in the order of the files: the order does not change under the
    /// cursor while a name is typed.
    pub fn visible(&self) -> Vec<&ContextRow> {
        let words: Vec<String> = self.text.split_whitespace().map(str::to_lowercase).collect();
        let fits = |row: &&ContextRow| {
            let all = [&*row.name, &row.cluster, &row.server, &row.namespace].join(" ").to_lowercase();
            words.iter().all(|word| all.contains(word))
        };
        self.rows.iter().filter(fits).collect()
    }

    /// The row under the cursor.
    pub fn chosen(&self) -> Option<&ContextRow> {
        self.visible().get(self.list.selected).copied()
    }
}
