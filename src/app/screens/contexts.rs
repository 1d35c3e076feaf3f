//! The contexts of the kubeconfig, to choose the one to open: what is on the screen before there is a session, where
//! nobody said which cluster. Nothing is chosen for the operator.

use super::{Handlers, List, Rows, Surface};
use crate::action::{Action, Context};
use crate::app::layout::{self, Area};
use crate::app::{App, update};

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

impl Surface for Contexts {
    fn contexts(&self) -> Vec<Context> {
        vec![Context::Choose]
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::PageDown]
    }

    fn kept(&self) -> &'static [Action] {
        &[Action::Back]
    }

    fn handlers(&self) -> Handlers {
        use update::contexts;
        let (settle, typed) = (contexts::settle, contexts::typed);
        Handlers { settle, typed, ..Handlers::by(contexts::act) }
    }

    fn alone(&self) -> bool {
        true
    }

    fn answered(&self, _: &App) -> Option<String> {
        Some(format!("contexts {}", self.why))
    }

    fn rows(&self, app: &App) -> Option<Rows> {
        let body = layout::frame(app).body;
        let (rows, list) = (layout::contexts(body).rows, layout::contexts(body).list);
        // The rows as they would lie in a box.
        let area = Area { y: rows.y.saturating_sub(1), height: rows.height + 2, ..list };
        Some(Rows { area, each: 1, len: self.visible().len() })
    }

    fn list(&mut self) -> Option<&mut List> {
        Some(&mut self.list)
    }
}
