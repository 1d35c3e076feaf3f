//! Going on with a session: its walks as the records left them.
//!
//! Must not decide what is done of a walk: the records do (`Walk::restore`).

use std::sync::Arc;

use super::{params, runbook};
use crate::app::{App, Effect};
use crate::lang::{self, t};
use crate::live::Tone;
use crate::record::{SessionState, What};
use crate::runbook::model::{Param, Runbook};
use crate::runbook::params::{Origin, Values, prefill};
use crate::walk::{Walk, rewritten};

/// Goes on with a session whose records were read, with these values.
pub(super) fn front(
    app: &mut App,
    book: Arc<Runbook>,
    values: Values,
    owed: Vec<String>,
    effects: &mut Vec<Effect>,
) {
    let number = app.run.as_ref().map_or(app.session.state.walk, |run| run.number);
    let state = app.session.state.of_walk(number);
    let mut said = vec![t!("app-update-resume-goes-on", id = state.id)];
    let (run, changed) = restored(app, book, values, owed, state.clone());
    if let Some(changed) = changed {
        said.push(crate::record::words(&changed).1);
        effects.push(Effect::Record(vec![changed]));
    }
    runbook::highlight(&run, app, effects);
    app.run = Some(run);
    runbook::show(app);
    if state.practice {
        said.push(t!("app-update-resume-practice-anew").to_owned());
    }
    app.say(Tone::Plain, lang::clauses(said));
    app.look_due = true;
    params::ask_owed(app);
}

/// A walk as the records of its session left it, with what is to be recorded where its text is another one now.
fn restored(
    app: &App,
    book: Arc<Runbook>,
    values: Values,
    owed: Vec<String>,
    mut state: SessionState,
) -> (Walk, Option<What>) {
    let mut run = Walk::new(book, values);
    run.number = state.walk;
    run.owed = owed;
    run.lang.clone_from(&app.options.lang);
    run.asks_peers = app.options.me.is_some();
    run.include(&app.books);
    run.remember(&state);
    let changed = rewritten(&run, &state);
    if let Some(changed) = &changed {
        state.take_what(changed);
    }
    run.restore(&state);
    run.begun = true;
    (run, changed)
}

/// Goes on with every walk of the session but the one that its records are of now.
pub(super) fn others(app: &mut App, effects: &mut Vec<Effect>) {
    let state = app.session.state.clone();
    for number in state.all_walks().into_keys().filter(|number| *number != state.walk) {
        behind(app, &state.of_walk(number), effects);
    }
}

/// Goes on with another walk of the session, behind the one that is looked at. One that wants a secret waits until it is
/// opened by hand: of a secret nothing was recorded.
fn behind(app: &mut App, state: &SessionState, effects: &mut Vec<Effect>) {
    let Some(book) = state.runbook.as_ref().and_then(|id| app.books.get(id)).map(Arc::clone) else { return };
    if book.params.iter().any(Param::is_secret) {
        return;
    }
    let filled = prefill(&book, &Origin { finding: Some(&state.params), ..Origin::default() });
    let (walk, changed) = restored(app, book, filled.values, Vec::new(), state.clone());
    if walk.goes_on() {
        let front = app.session.state.walk;
        let records = changed
            .into_iter()
            .flat_map(|changed| [What::Walk { walk: state.walk }, changed, What::Walk { walk: front }]);
        let records: Vec<_> = records.collect();
        if !records.is_empty() {
            effects.push(Effect::Record(records));
        }
        app.others.push(walk);
    }
}
