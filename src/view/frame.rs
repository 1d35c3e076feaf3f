//! The first line, the message line and the line of keys.

use crate::lang::t;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::paint::{Painter, cut_name, role};
use crate::action::Action;
use crate::app::hints::{Hint, hints};
use crate::app::screens::Screen;
use crate::app::update_freshness as freshness;
use crate::domain::{Key, age_short};
use crate::op::Closed;
use crate::theme::Role;

/// Cells of a context's name for which notes give way, and those that are shown on the narrowest screen.
const LEAST_NAME: usize = 24;
const LEAST_CONTEXT: usize = 12;

/// Where am I, and how fresh is what I see: program, cluster, version, freshness, mode, session.
pub fn header(p: &mut Painter<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    if p.app.screen().state().alone() {
        p.buf.set_style(area, p.theme.style(Role::Header));
        let style = p.theme.style(Role::Header);
        p.styled(area.x, area.y, area.width, t!("view-frame-opsbook-no-cluster-yet"), style);
        return;
    }
    let info = p.app.options.cluster.clone();
    let ground = if info.practice { Role::HeaderPractice } else { Role::Header };
    p.buf.set_style(area, p.theme.style(ground));
    let (tone, notes) = notes(p, area.width);
    let context = if info.context.is_empty() { t!("view-frame-context-without-name") } else { &info.context };
    let acting = info.acting();
    let place = match (p.app.world.part(), &p.app.options.namespaces) {
        (Some(part), _) => part,
        (None, Some(some)) => some.to_string(),
        (None, None) => t!("view-frame-all-namespaces").to_owned(),
    };
    let kind = if info.practice { t!("view-frame-practice") } else { "" };
    let left = |context: &str, place: &str| {
        let words = [" opsbook", kind, context, &acting, "▸", place];
        words.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let least = least_of(context);
    // The name of the cluster goes before what is shown of it meanwhile.
    let others = left("x", &place).width() - 1;
    let right = fitting(notes, usize::from(area.width).saturating_sub(others + least + 2));
    let width = right.width() as u16 + 1;
    let room = usize::from(area.width.saturating_sub(width + 1));
    // Where there is too little room all the same, the place is cut before the name.
    let share = room.saturating_sub(others).max(least.min(room.saturating_sub(left("x", "").width() - 3)));
    let left = left(&cut_name(context, share.max(LEAST_CONTEXT)), &place);
    let style = p.theme.style(ground);
    p.styled(area.x, area.y, area.width.saturating_sub(width + 1), &left, style);
    if width < area.width {
        let x = area.right() - width;
        let style = match tone {
            crate::live::Tone::Bad | crate::live::Tone::Warn => {
                style.add_modifier(ratatui::style::Modifier::REVERSED)
            }
            _ => style,
        };
        p.styled(x, area.y, width, &right, style);
    }
}

/// A note at the right of the first line: its forms, the longest first; the last may be empty.
type Note = Vec<String>;

/// Which notes become shorter for the name of the cluster, and in which order: by their places in `notes`. Whether anything
/// may be changed, and what runs, is always said.
const GIVE_WAY: [usize; 6] = [CLOCK, CLOCK, VERSION, SESSION, FRESH, TRUST];
const VERSION: usize = 0;
const FRESH: usize = 1;
const CLOCK: usize = 2;
const TRUST: usize = 4;
const SESSION: usize = 6;

/// What is said of the cluster and of the session, each in the place that the constants name.
fn notes(p: &Painter<'_>, width: u16) -> (crate::live::Tone, [Note; 7]) {
    let (tone, fresh) = freshness(p.app);
    let may_go = |words: Option<String>| words.map_or_else(Vec::new, |w| vec![w, String::new()]);
    let always = |words: Option<String>| words.into_iter().collect::<Note>();
    let away = tone == crate::live::Tone::Bad;
    let version = Some(&p.app.world.info.version).filter(|_| width >= if away { 100 } else { 70 });
    let short = fresh.split(',').next().unwrap_or_default().to_owned();
    let fresh = if width < 60 { vec![short] } else { vec![fresh, short] };
    let ahead = p.app.world.ahead;
    let clock = crate::domain::skew(ahead).filter(|_| width >= 70).map_or_else(Vec::new, |span| {
        let words = if width >= 120 { t!("view-frame-servers") } else { "" };
        let long =
            t!("view-frame-your-clock-is", span = span, words = words).trim_end_matches(" of").to_owned();
        vec![long, short_skew(ahead), String::new()]
    });
    let lock = &p.app.options.lock;
    let lock = match (lock.closed(p.app.now), lock.armed(p.app.now)) {
        (Some(Closed::ReadOnly(_)), _) => Some("read-only".to_owned()),
        (Some(Closed::NotArmed(_)), _) => Some(t!("view-frame-production-read-only").to_owned()),
        (None, Some(until)) => Some(t!("view-frame-production-armed", until = age_short(p.app.now, until))),
        (None, None) => None,
    };
    let trust = match (p.app.screen(), &p.app.run) {
        (Screen::Runbook(_), Some(run)) => {
            let trust = run.trust(run.current);
            (width >= if trust.runs() { 110 } else { 70 })
                .then(|| t!("view-frame-runbook", word = trust.word()))
        }
        _ => None,
    };
    let running = p.app.tasks.running();
    let running = (running > 0).then(|| t!("view-frame-running", running = running));
    let session = p.app.session.state.started.filter(|_| width >= 60);
    let session = session.map(|started| t!("view-frame-session", now = age_short(started, p.app.now)));
    let version = may_go(version.cloned());
    (tone, [version, fresh, clock, always(lock), may_go(trust), always(running), may_go(session)])
}

/// The notes in so many cells: as many of them, and as long, as have room there.
fn fitting(mut notes: [Note; 7], room: usize) -> String {
    let joined = |notes: &[Note; 7]| {
        let shown = notes.iter().filter_map(|forms| forms.first()).filter(|w| !w.is_empty());
        shown.map(String::as_str).collect::<Vec<_>>().join("  ")
    };
    for which in GIVE_WAY {
        if joined(&notes).width() <= room {
            break;
        }
        if notes[which].len() > 1 {
            notes[which].remove(0);
        }
    }
    joined(&notes)
}

/// Cells that a context's name has whatever else is said: two clusters of one account differ at the end of their names.
fn least_of(context: &str) -> usize {
    let tail = context.rsplit_once('/').map_or(0, |(_, tail)| tail.width() + 1);
    context.width().min(tail.max(LEAST_NAME))
}

/// How far this machine's clock is ahead, in a word: the message line said it in full.
fn short_skew(ahead: i64) -> String {
    let span = match ahead.unsigned_abs() {
        s @ ..120 => format!("{s}s"),
        s @ ..7_200 => format!("{}m", s / 60),
        s => format!("{}h", s / 3600),
    };
    t!("view-frame-clock", ahead = if ahead > 0 { '+' } else { '-' }, span = span)
}

/// The latest message.
pub fn message(p: &mut Painter<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let width = area.width.saturating_sub(1);
    let Some(status) = p.app.status.clone() else {
        if let (Some(find), Some(count)) = (&p.app.find, crate::app::find::count(p.app)) {
            p.text(area.x + 1, area.y, width, &format!("/{}  {count}", find.text), Role::Strong);
        }
        return;
    };
    let tone = role(status.tone);
    if status.text.width() <= usize::from(width) {
        p.text(area.x + 1, area.y, width, &status.text, tone);
        return;
    }
    // What does not fit can be read all the same, and this says how.
    let key = p.app.keymap.key(&p.app.contexts(), Action::Said);
    let how = key.map_or_else(String::new, |key| t!("view-frame-reads-all", key = key));
    let used = p.text(area.x + 1, area.y, width.saturating_sub(how.width() as u16), &status.text, tone);
    p.text(area.x + 1 + used, area.y, width.saturating_sub(used), &how, Role::KeyCap);
}

/// The keys of what has the keyboard, the most used first, cut from the right.
pub fn footer(p: &mut Painter<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    p.buf.set_style(area, p.theme.style(Role::Footer));
    if let (Screen::Terminal(screen), true) = (p.app.screen(), p.app.overlays.is_empty()) {
        if let Some((task, terminal)) = super::screens::of_task(p.app, screen.task) {
            super::screens::terminal::below(p, task, terminal, area);
        }
        return;
    }
    let contexts = p.app.contexts();
    let keyed = |hints: Vec<Hint>| -> Vec<(String, String)> {
        let key = |hint: Hint| Some((p.app.keymap.key(&contexts, hint.action)?, hint.words));
        let shown = |key: Key| if key.to_string() == "enter" { "⏎".to_owned() } else { key.to_string() };
        hints.into_iter().filter_map(key).map(|(key, words)| (shown(key), words)).collect()
    };
    let hints = hints(p.app);
    let (first, kept) = (keyed(hints.first), keyed(hints.kept));
    let width = |(key, words): &(String, String)| (key.width() + 1 + words.width() + 2) as u16;
    // The way out and the help stay, whatever else has no room.
    let reserved: u16 = kept.iter().map(width).sum();
    let reserved = if reserved * 2 <= area.width { reserved } else { 0 };
    let mut x = area.x + 1;
    let mut put = |hint: &(String, String), until: u16| {
        let wide = width(hint);
        if x + wide > until + 1 {
            return false;
        }
        let used = p.text(x, area.y, until.saturating_sub(x), &hint.0, Role::KeyCap);
        p.text(x + used + 1, area.y, until.saturating_sub(x + used + 1), &hint.1, Role::Footer);
        x += wide;
        true
    };
    let room = area.right().saturating_sub(reserved);
    let _ = first.iter().all(|hint| put(hint, room));
    let _ = kept.iter().all(|hint| put(hint, area.right()));
}
