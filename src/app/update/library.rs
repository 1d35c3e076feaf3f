//! The library: results while typing, a preview, opening.

use super::mouse::NOTCH;
use super::runbook;
use crate::action::Action;
use crate::app::field::Typed;
use crate::app::layout::Position;
use crate::app::prose;
use crate::app::screens::Screen;
use crate::app::{App, Effect, Hit, HitKind, Reading, layout};
use crate::domain::{Key, KeyCode, RunbookLink};
use crate::lang::t;

/// Asks the index what the field says; an empty field shows what the findings point to, then everything.
pub(super) fn ask(app: &mut App, effects: &mut Vec<Effect>) {
    app.search.generation += 1;
    let generation = app.search.generation;
    let boost: Vec<String> = app.world.findings.iter().flat_map(|f| app.links(f)).map(|l| l.id).collect();
    if let Screen::Library(library) = app.screen_mut() {
        library.list = crate::app::screens::List::default();
        library.scroll.top = 0;
    }
    if app.search.text.trim().is_empty() {
        app.search.answered = generation;
        app.search.hits = all(app, &boost);
        app.search.reading = Reading::default();
        return;
    }
    effects.push(Effect::Search { generation, text: app.search.text.clone(), boost });
}

fn all(app: &App, first: &[String]) -> Vec<Hit> {
    let hit = |id: &str, field: &str| {
        let title = app.books.get(id)?.title_in(&app.options.lang).to_owned();
        let (id, field) = (id.to_owned(), field.to_owned());
        Some(Hit { kind: HitKind::Runbook, id, title, score: 0.0, about: true, field, fragment: Vec::new() })
    };
    let mut out: Vec<Hit> = Vec::new();
    for id in first {
        if !out.iter().any(|h| h.id == *id) {
            out.extend(hit(id, t!("app-update-library-of-a-finding")));
        }
    }
    for id in app.books.keys() {
        if !out.iter().any(|h| h.id == *id) {
            out.extend(hit(id, ""));
        }
    }
    out
}

pub(in crate::app) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let body = layout::frame(app).body;
    let len = app.search.hits.len();
    let preview = preview_rows(app).len();
    let Screen::Library(library) = app.screen_mut() else { return };
    let (_, results, reading) = layout::library(body, library.reading);
    match action {
        Action::NextPane => library.reading = !library.reading,
        Action::Open => {
            let Some(hit) = app.search.hits.get(library_selected(app)).cloned() else { return };
            // A finding brings its parameters with it.
            let finding =
                app.world.findings.iter().find(|f| app.links(f).iter().any(|l| l.id == hit.id)).cloned();
            let link = finding.as_ref().and_then(|f| app.links(f).into_iter().find(|l| l.id == hit.id));
            let link = link.unwrap_or(RunbookLink { id: hit.id, params: std::collections::BTreeMap::new() });
            runbook::open(app, &link, finding.as_ref(), effects);
        }
        action if library.reading => {
            library.scroll.act(action, preview, usize::from(layout::inside(reading).height));
        }
        action => {
            let height = usize::from(layout::inside(results).height) / 2;
            if library.list.act(action, len, height.max(1)) {
                library.scroll.top = 0;
            }
        }
    }
}

/// In the library every character goes into the search field, so that no key stands between the operator and
/// the search.
pub(in crate::app) fn typed(app: &mut App, key: Key, effects: &mut Vec<Effect>) -> bool {
    let Screen::Library(library) = app.screen() else { return false };
    if library.reading {
        return false;
    }
    // An empty field leaves these keys their meaning.
    let plain = key.typed().is_some_and(|c| !(app.search.text.is_empty() && "?:!".contains(c)));
    let erases = matches!(key.code, KeyCode::Backspace | KeyCode::Delete)
        || (key.ctrl && matches!(key.code, KeyCode::Char('u' | 'w' | 'k')));
    let moves = matches!(key.code, KeyCode::Left | KeyCode::Right);
    if !plain && !erases && !moves {
        return false;
    }
    let took = crate::app::field::edit(&mut app.search.text, &mut app.caret, key);
    if took == Typed::Changed {
        ask(app, effects);
    }
    took != Typed::No
}

/// From the preview to the results, then to a field that is empty.
pub(in crate::app) fn back(app: &mut App, effects: &mut Vec<Effect>) -> bool {
    let Screen::Library(library) = app.screen_mut() else { return false };
    if std::mem::take(&mut library.reading) {
        return true;
    }
    if app.search.text.is_empty() {
        return false;
    }
    app.search.text.clear();
    ask(app, effects);
    true
}

/// The wheel goes through the results or the preview, whichever it is over.
pub(in crate::app) fn wheel(app: &mut App, at: Position) -> usize {
    let body = layout::frame(app).body;
    let Screen::Library(library) = app.screen_mut() else { return 0 };
    let (_, results, preview) = layout::library(body, library.reading);
    let reading = preview.contains(at);
    if !reading && !results.contains(at) {
        return 0;
    }
    library.reading = reading;
    if reading { NOTCH } else { 1 }
}

fn library_selected(app: &App) -> usize {
    if let Screen::Library(library) = app.screen() { library.list.selected } else { 0 }
}

/// The rows of the preview of the selected result.
pub(crate) fn preview_rows(app: &App) -> Vec<prose::Row> {
    let Screen::Library(library) = app.screen() else { return Vec::new() };
    let body = layout::frame(app).body;
    let (_, _, area) = layout::library(body, library.reading);
    let width = layout::inside(area).width;
    let Some(book) = app.search.hits.get(library.list.selected).and_then(|h| app.books.get(&h.id)) else {
        return Vec::new();
    };
    if width < 8 {
        return Vec::new();
    }
    let translation = book.translations.get(&app.options.lang);
    let text = translation.map_or_else(|| book.body.of(&book.source), |t| t.body.of(&t.source));
    let mut rows = Vec::new();
    let asked = |needed: bool| if needed { "needed" } else { "no" };
    let (api, hosts) = (asked(book.requires.api), asked(!book.requires.reach.is_empty()));
    let (risk, steps) = (book.meta.risk, book.steps.len());
    let facts = t!("app-update-library-facts", risk = risk, api = api, steps = steps, hosts = hosts);
    rows.extend(prose::wrap(&facts, width, prose::Look::Comment));
    for symptom in book.symptoms_in(&app.options.lang).iter().chain(&book.symptoms).take(4) {
        rows.extend(prose::wrap(
            &t!("app-update-library-symptom", symptom = symptom),
            width,
            prose::Look::Comment,
        ));
    }
    rows.push(prose::Row::new());
    rows.extend(prose::rows(text, width, &app.highlights));
    rows
}
