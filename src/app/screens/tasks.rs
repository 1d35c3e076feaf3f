//! The tasks and the waits of all walks, in one list.

use super::{Handlers, List, Surface};
use crate::action::{Action, Context};
use crate::app::copy::{Candidate, of};
use crate::app::{App, Task, update};
use crate::lang::t;

/// The list: the tasks first, then the waits.
#[derive(Clone, Copy, Debug, Default)]
pub struct TaskList {
    pub list: List,
}

impl TaskList {
    /// The task under the cursor.
    pub fn selected<'a>(&self, app: &'a App) -> Option<&'a Task> {
        app.tasks.all.get(self.list.selected)
    }
}

impl Surface for TaskList {
    fn contexts(&self) -> Vec<Context> {
        vec![Context::Tasks, Context::List]
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::Cancel, Action::Copy]
    }

    fn handlers(&self) -> Handlers {
        Handlers { settle: update::tasks::settle, ..Handlers::by(update::tasks::act) }
    }

    fn does(&self, app: &App, action: Action) -> bool {
        match action {
            Action::Cancel => self.selected(app).is_some_and(|task| task.ended.is_none()),
            Action::Open => !app.tasks.all.is_empty() || !app.waits().is_empty(),
            Action::Copy => !app.tasks.all.is_empty(),
            _ => true,
        }
    }

    fn copies(&self, app: &App) -> Vec<Candidate> {
        let Some(task) = self.selected(app) else { return Vec::new() };
        vec![
            of(t!("app-copy-what-it-says"), task.words()),
            of(t!("app-copy-command"), task.plan_made.kubectl.to_string()),
        ]
    }
}
