//! Home: what is wrong, why, and what to do.

use crate::lang::t;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::app::layout;
use crate::app::prose::{Look, wrap};
use crate::app::screens::Triage;
use crate::domain::{Finding, Kind, Severity, SyncState, Timestamp, age};
use crate::live::Tone;
use crate::theme::Role;
use crate::view::paint::{Painter, cut, role};

pub fn draw(p: &mut Painter<'_>, triage: &Triage, body: Rect) {
    let layout = layout::triage(body);
    vitals(p, layout.vitals);
    findings(p, triage, layout.findings);
    let world = p.app.world.clone();
    let selected = world.findings.get(triage.list.selected);
    why(p, selected, layout.why);
    what(p, triage, selected, layout.what);
}

/// Gauges in words and bars.
fn vitals(p: &mut Painter<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let world = &p.app.world;
    let ready = world.nodes.iter().filter(|n| n.ready()).count();
    let nodes = world.nodes.len();
    let pods = world.pods.len();
    let well = world.pods_well;
    let from = p.app.now.as_second() - 300;
    let warnings =
        world.events.iter().filter(|e| e.warning && e.last.is_some_and(|t| t.as_second() > from)).count();
    let gauges = [("nodes", ready, nodes, Kind::Node), ("pods", well, pods, Kind::Pod)];
    let mut x = area.x + 1;
    for (name, good, all, kind) in gauges {
        let sync = world.sync(kind);
        let known = sync.complete() || matches!(sync, SyncState::Loading(_));
        let tone = if !known {
            Role::Faint
        } else if good < all {
            Role::Warn
        } else {
            Role::Good
        };
        let text = match world.scope(kind) {
            _ if !known => format!("{name} ? "),
            Some(only) => t!("view-screens-triage-in", name = name, good = good, all = all, only = only),
            None => format!("{name} {good}/{all} "),
        };
        x += p.text(x, area.y, area.right().saturating_sub(x), &text, tone);
        if known && all > 0 && area.width >= 70 {
            let filled = (good * 10).checked_div(all).unwrap_or(0);
            let bar = format!("{}{}  ", "▇".repeat(filled), "░".repeat(10 - filled));
            x += p.text(x, area.y, area.right().saturating_sub(x), &bar, tone);
        } else {
            x += 2;
        }
    }
    let tone = if warnings > 0 { Role::Warn } else { Role::Faint };
    let words = match world.sync(Kind::Event) {
        state if state.current() && warnings == 1 => {
            t!("view-screens-triage-1-kind-of-warnings-in-5").to_owned()
        }
        state if state.current() => t!("view-screens-triage-kinds-of-warnings-in-5-min", warnings = warnings),
        _ => "warnings ?".to_owned(),
    };
    x += p.text(x, area.y, area.right().saturating_sub(x), &words, tone);
    if let Some(practice) = &p.app.options.practice {
        let goal = t!("view-screens-triage-goal", goal = practice.goal);
        p.text(x, area.y, area.right().saturating_sub(x), &goal, Role::Faint);
    }
}

fn mark(severity: Severity) -> (&'static str, Tone) {
    match severity {
        Severity::Critical => ("✖", Tone::Bad),
        Severity::Warning => ("▲", Tone::Warn),
        Severity::Notice => ("·", Tone::Plain),
    }
}

fn findings(p: &mut Painter<'_>, triage: &Triage, area: Rect) {
    let world = p.app.world.clone();
    let hidden: usize = world.findings.iter().map(|f| f.symptoms.len()).sum();
    let title = if hidden > 0 {
        t!("view-screens-triage-findings-symptoms-folded", findings = world.findings.len(), hidden = hidden)
    } else {
        t!("view-screens-triage-findings", findings = world.findings.len())
    };
    let inside = p.boxed(area, &title, "", triage.runbook.is_none());
    if world.findings.is_empty() {
        return empty(p, inside);
    }
    let shown = usize::from(inside.height) / 2;
    for (i, finding) in world.findings.iter().enumerate().skip(triage.list.top).take(shown) {
        let row = 2 * (i - triage.list.top) as u16;
        let selected = i == triage.list.selected;
        let (symbol, tone) = mark(finding.severity);
        let since = finding.since.map(|t| age(t, p.app.now)).unwrap_or_default();
        let y = inside.y + row;
        p.text(inside.x + 2, y, 2, symbol, role(tone));
        let room = inside.width.saturating_sub(5 + since.len() as u16 + 1);
        p.text(inside.x + 4, y, room, &finding.title, Role::Strong);
        let x = inside.right().saturating_sub(since.len() as u16 + 1);
        p.text(x, y, since.len() as u16, &since, Role::Faint);
        let reach = reach(finding, p.app.now);
        p.text(inside.x + 4, y + 1, inside.width.saturating_sub(5), &reach, Role::Faint);
        if selected {
            p.select(inside, row);
            p.mark(inside, row, true);
        }
    }
    unknown(p, inside, 2 * world.findings.len().min(shown) as u16);
}

/// How far a finding reaches, in words, and whether it may still heal by itself.
fn reach(f: &Finding, now: Timestamp) -> String {
    let mut parts = vec![f.subject.kind.to_string()];
    if let Some(until) = f.young {
        parts.push(t!("view-screens-triage-young-for-more", until = age(now, until)));
    }
    if f.blast.pods > 0 && f.subject.kind != Kind::Pod {
        parts.push(if f.subject.kind == Kind::Node {
            t!("view-screens-triage-pods-on-it", pods = f.blast.pods)
        } else {
            t!("view-screens-triage-pods", pods = f.blast.pods)
        });
    }
    if f.blast.alone > 0 {
        parts.push(t!("view-screens-triage-no-other-replica", alone = f.blast.alone));
    }
    if !f.symptoms.is_empty() {
        parts.push(t!("view-screens-triage-symptoms", symptoms = f.symptoms.len()));
    }
    parts.join(" · ")
}

/// The credential plugin is waited for: what it says may be what the operator has to do.
fn logging_in(p: &Painter<'_>) -> String {
    let Some(asking) = &p.app.login else { return String::new() };
    let age = crate::domain::age(asking.since, p.app.now);
    let said = if asking.said.is_empty() { t!("view-screens-triage-it-says-nothing") } else { &asking.said };
    t!(
        "view-screens-triage-waiting-for-credential-plugin-since-ctrl",
        plugin = asking.plugin,
        age = age,
        said = said
    )
}

/// Nothing was found: because all is well, or because it is not known.
fn empty(p: &mut Painter<'_>, area: Rect) {
    let open = crate::detect::unknown(&p.app.world, p.app.now);
    let (text, tone) = match p.app.world.unreachable() {
        _ if p.app.login.is_some() => (logging_in(p), Role::Warn),
        Some((_, why)) => (t!("view-screens-triage-cluster-does-not-answer-what-was", why = why), Role::Bad),
        None if p.app.world.sync.iter().all(|s| *s == SyncState::Waiting) => {
            ("Connecting…".to_owned(), Role::Faint)
        }
        None if open.is_empty() => {
            (t!("view-screens-triage-nothing-is-wrong-that-detector-knows").to_owned(), Role::Good)
        }
        None => (t!("view-screens-triage-nothing-found-so-far").to_owned(), Role::Faint),
    };
    let well = tone == Role::Good;
    let more = well.then(|| (format!("{}.", crate::detect::NOT_WATCHED), Role::Faint));
    let mut y = area.y;
    for (text, tone) in [(text, tone)].into_iter().chain(more) {
        for row in wrap(&text, area.width, Look::Plain) {
            let line: String = row.into_iter().map(|piece| piece.text).collect();
            if y < area.bottom() {
                p.text(area.x, y, area.width, &line, tone);
            }
            y += 1;
        }
    }
    unknown(p, area, y.saturating_sub(area.y));
}

/// What is not known must not look healthy.
fn unknown(p: &mut Painter<'_>, area: Rect, from: u16) {
    let open = crate::detect::unknown(&p.app.world, p.app.now);
    let room = usize::from(area.height.saturating_sub(from + 1));
    if open.is_empty() || room == 0 {
        return;
    }
    for (y, line) in (area.y + from + 1..).zip(open.iter().take(room)) {
        p.text(area.x, y, area.width, &format!("? {line}"), Role::Faint);
    }
}

fn why(p: &mut Painter<'_>, finding: Option<&Finding>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let title =
        finding.map_or_else(|| "Why".to_owned(), |f| t!("view-screens-triage-why", row = f.subject.row));
    let inside = p.boxed(area, &title, "", false);
    let Some(finding) = finding else { return };
    let mut y = inside.y;
    for e in &finding.evidence {
        let since = e.since.map(|t| format!("  {}", age(t, p.app.now))).unwrap_or_default();
        let rows = wrap(&format!("{} = {}{since}", e.field, e.value), inside.width, Look::Plain);
        for (i, row) in rows.iter().enumerate() {
            if y >= inside.bottom() {
                return;
            }
            let line: String = row.iter().map(|piece| piece.text.as_str()).collect();
            let x = if i == 0 { 0 } else { 2 };
            p.text(inside.x + x, y, inside.width.saturating_sub(x), &line, Role::Text);
            y += 1;
        }
    }
    for symptom in &finding.symptoms {
        if y >= inside.bottom() {
            return;
        }
        p.text(inside.x, y, inside.width, &format!("└ {symptom}"), Role::Faint);
        y += 1;
    }
}

fn what(p: &mut Painter<'_>, triage: &Triage, finding: Option<&Finding>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let inside = p.boxed(area, t!("view-screens-triage-what-to-do"), "", triage.runbook.is_some());
    let Some(finding) = finding else {
        p.text(
            inside.x,
            inside.y,
            inside.width,
            t!("view-screens-triage-search-runbook-with-or-look-around"),
            Role::Faint,
        );
        return;
    };
    let chosen = triage.runbook.unwrap_or(0);
    let links = p.app.links(finding);
    if links.is_empty() {
        let words = t!("view-screens-triage-no-runbook-for-this-yet-enter", kind = finding.subject.kind);
        for (row, line) in (0..inside.height).zip(wrap(&words, inside.width, Look::Plain)) {
            let line: String = line.into_iter().map(|piece| piece.text).collect();
            p.text(inside.x, inside.y + row, inside.width, &line, Role::Text);
        }
    }
    // What it is called, how dangerous it is and how long it takes; below it its id and the values, where there is room.
    let each = if usize::from(inside.height) >= 2 * links.len() { 2 } else { 1 };
    for (i, link) in links.iter().enumerate() {
        let row = i as u16 * each;
        if row >= inside.height {
            return;
        }
        let title =
            p.app.books.get(&link.id).map_or(link.id.as_str(), |book| book.title_in(&p.app.options.lang));
        let facts = match p.app.books.get(&link.id) {
            Some(book) => {
                let eta = book.meta.eta.map(|d| format!(" {}m", d.as_secs() / 60)).unwrap_or_default();
                format!("{}{eta}", book.meta.risk)
            }
            None => t!("view-screens-triage-not-there-yet").to_owned(),
        };
        let room = usize::from(inside.width).saturating_sub(facts.width() + 6);
        let line = format!("  {} {}", i + 1, cut(title, room));
        p.text(inside.x, inside.y + row, inside.width, &line, Role::Text);
        let at = inside.width.saturating_sub(facts.width() as u16);
        p.text(inside.x + at, inside.y + row, inside.width - at, &facts, Role::Text);
        if each == 2 {
            let values = link.params.iter().map(|(k, v)| format!("{k}={v}"));
            let below: Vec<_> = std::iter::once(link.id.clone()).chain(values).collect();
            let below = cut(&format!("    {}", below.join("  ")), usize::from(inside.width));
            p.text(inside.x, inside.y + row + 1, inside.width, &below, Role::Faint);
        }
        if i == chosen {
            if triage.runbook.is_some() {
                p.select(inside, row);
            }
            p.mark(inside, row, true);
        }
    }
}
