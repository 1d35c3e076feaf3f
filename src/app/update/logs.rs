//! Merged logs: which containers are read, on the log screen and in the panes of a runbook. On each picture the streams
//! follow the pods: new ones join, gone ones leave, a container that started again is read again.
//!
//! Must not merge: that is `screens::Logs`. A stream that is started here ends with its screen: whoever drops a
//! [`Logs`] gives it to [`stop`].

use crate::action::Action;
use crate::app::overlay::{Choose, Chosen, Overlay};
use crate::app::screens::{Logs, STREAMS, Screen};
use crate::app::{App, Effect, layout};
use crate::domain::{ClusterSnapshot, ContainerState, Kind, LogLine, LogRequest, ObjectKey, Timestamp};
use crate::lang::t;
use crate::live::{LogsOf, Pane, Source, Tone};

/// Lines that a live pane asks for at first.
const PANE_TAIL: usize = 200;
/// Lines that the log screen asks for at first.
const TAIL: usize = 1000;
/// Seconds until a log that broke off is read on, each time longer.
const PAUSES: &[i64] = &[1, 2, 5, 10, 30];
/// After so many breaks in a row the reason is told once more: it is no cut that passes.
const LASTING: u32 = 5;
/// Lines that are asked for of each container at least.
const LEAST: usize = 20;

/// Opens the log of a pod, or of all pods of a workload.
pub(super) fn open(app: &mut App, of: ObjectKey, previous: bool, effects: &mut Vec<Effect>) {
    if !LogsOf::has(of.kind) {
        return app.say(Tone::Warn, t!("app-update-logs-no-log", kind = of.kind));
    }
    show(app, LogsOf::new(of, previous), effects);
}

/// Shows logs on a screen of their own; other logs on top make room.
fn show(app: &mut App, what: LogsOf, effects: &mut Vec<Effect>) {
    let mut logs = Logs::new(what, TAIL, app.now);
    if let Screen::Logs(old) = app.screen() {
        stop(old, effects);
        (logs.times, logs.wrap) = (old.times, old.wrap);
        app.screens.pop();
    }
    catch_up(app, &mut logs, effects);
    app.screens.push(Screen::Logs(Box::new(logs)));
}

/// Ends the streams of logs that nobody looks at any more.
pub(in crate::app) fn stop(logs: &Logs, effects: &mut Vec<Effect>) {
    effects.extend(logs.streams.iter().filter(|s| !s.ended).map(|s| Effect::StopLogs(s.id)));
}

/// Lets every log follow its pods.
pub(super) fn follow(app: &mut App, effects: &mut Vec<Effect>) {
    panes(app, effects);
    let mut panes = std::mem::take(&mut app.pane_logs);
    for logs in &mut panes {
        catch_up(app, logs, effects);
    }
    app.pane_logs = panes;
    let mut screens = std::mem::take(&mut app.screens);
    for screen in &mut screens {
        if let Screen::Logs(logs) = screen {
            catch_up(app, logs, effects);
        }
    }
    app.screens = screens;
}

/// Whether pods changed that concern these logs: a busy cluster changes many that do not.
fn concerned(logs: &mut Logs, world: &ClusterSnapshot) -> bool {
    let seq = world.seq(Kind::Pod);
    // Whose pod it is may be known later than the pod.
    if logs.sets.replace(world.seq(Kind::ReplicaSet)) != Some(world.seq(Kind::ReplicaSet)) {
        return true;
    }
    let Some(seen) = logs.seen else { return true };
    if seen == seq {
        // Whether nothing is there is known once the pods are.
        return logs.nothing.is_some();
    }
    let Some(changed) = world.changed_keys(Kind::Pod, seen) else { return true };
    changed.iter().any(|key| {
        logs.streams.iter().any(|s| s.source.pod == *key)
            || world.pods.get(key).is_some_and(|pod| logs.what.holds(world, pod))
    })
}

/// Starts and ends streams as the picture wants it.
fn catch_up(app: &mut App, logs: &mut Logs, effects: &mut Vec<Effect>) {
    let world = app.world.clone();
    let due = logs.next_look().is_some_and(|at| at <= app.now);
    let concerned = concerned(logs, &world) | std::mem::take(&mut logs.look) | due;
    let first = logs.seen.replace(world.seq(Kind::Pod)).is_none();
    if concerned {
        look(app, logs, &world, first, effects);
    }
}

fn look(app: &mut App, logs: &mut Logs, world: &ClusterSnapshot, first: bool, effects: &mut Vec<Effect>) {
    leave(logs, world, effects);
    let wanted = logs.what.sources(world);
    let each = (logs.tail / wanted.len().clamp(1, STREAMS)).max(LEAST);
    let same = |s: &Source, w: &Source| s.pod == w.pod && s.container == w.container;
    let mut left_out = 0;
    for source in wanted {
        let at = logs.streams.iter().position(|s| same(&s.source, &source));
        match at {
            Some(at) => {
                let stream = &logs.streams[at];
                // It is read to its end first; then the picture is looked at once more.
                if !stream.ended || logs.what.previous {
                    continue;
                }
                if !source.run.follows(stream.source.run) {
                    read_on(app, logs, at, &source, effects);
                    continue;
                }
                logs.streams.remove(at);
                logs.notice(t!("app-update-logs-started-again", container = named(&source)));
            }
            // A log that ended makes room for one that goes on, not for another that ended.
            None if logs.live() >= STREAMS || (logs.streams.len() >= STREAMS && !goes_on(world, &source)) => {
                left_out += 1;
                continue;
            }
            None if !first => logs.notice(t!("app-update-logs-joined", container = named(&source))),
            None => {}
        }
        let id = app.fresh_id();
        effects.push(Effect::Logs { id, request: request(&logs.what, &source, each) });
        logs.add(id, source);
    }
    if left_out > logs.left_out {
        logs.notice(t!("app-update-logs-too-many", left = left_out, read = STREAMS));
    }
    logs.left_out = left_out;
    logs.nothing = logs.streams.is_empty().then(|| logs.what.nothing(world));
}

/// Whether the container runs, as far as is known.
fn goes_on(world: &ClusterSnapshot, source: &Source) -> bool {
    let runs = |c: &crate::domain::ContainerRow| {
        c.name == source.container && matches!(c.state, ContainerState::Running(_))
    };
    world.pods.get(&source.pod).is_some_and(|pod| pod.containers.iter().any(runs))
}

/// A log broke off although its container runs: a connection was lost, or cut by a balancer. It is read on after a pause
/// that grows.
fn read_on(app: &mut App, logs: &mut Logs, at: usize, source: &Source, effects: &mut Vec<Effect>) {
    if !goes_on(&app.world, source) {
        logs.streams[at].again = None;
        let whose = whose(logs, source);
        return logs.say_end(at, ends_here(whose.as_deref()));
    }
    let stream = &mut logs.streams[at];
    let pause = PAUSES[(stream.breaks as usize).min(PAUSES.len() - 1)];
    let due = *stream
        .again
        .get_or_insert_with(|| Timestamp::from_second(app.now.as_second() + pause).unwrap_or(app.now));
    if due > app.now {
        return;
    }
    let id = app.fresh_id();
    let whose = whose(logs, source);
    logs.say_end(at, broke_off(whose.as_deref()));
    let since = logs.read_on(at, id);
    effects.push(Effect::Logs { id, request: LogRequest { since, ..request(&logs.what, source, LEAST) } });
}

/// Ends the streams of pods that are gone.
fn leave(logs: &mut Logs, world: &ClusterSnapshot, effects: &mut Vec<Effect>) {
    let mut gone = Vec::new();
    logs.streams.retain(|s| {
        let here = world.pods.get(&s.source.pod).is_some_and(|pod| logs.what.holds(world, pod));
        if !here {
            gone.push(t!("app-update-logs-is-gone", container = named(&s.source)));
            effects.extend((!s.ended).then_some(Effect::StopLogs(s.id)));
        }
        here
    });
    for words in gone {
        logs.notice(words);
    }
}

/// The pod, with its container where it is not its only one.
fn named(source: &Source) -> String {
    let told = source.label.contains('/') || source.label == source.container;
    let pod = &source.pod.name;
    if told { format!("{pod} {}", source.container) } else { pod.to_string() }
}

fn request(what: &LogsOf, source: &Source, tail_lines: usize) -> LogRequest {
    LogRequest {
        pod: ObjectKey { kind: Kind::Pod, row: source.pod.clone() },
        container: source.container.to_string(),
        previous: what.previous,
        follow: !what.previous,
        tail_lines,
        since: None,
    }
}

/// Begins the logs that the panes of the present step show, and ends those that no pane shows any more. A runbook that
/// was left shows none.
fn panes(app: &mut App, effects: &mut Vec<Effect>) {
    let open = app.screens.iter().any(|s| matches!(s, Screen::Runbook(_)));
    let run = app.run.as_ref().filter(|_| open);
    let shown = run.map(|run| run.panes(run.current)).into_iter().flatten().flatten();
    let wanted: Vec<LogsOf> =
        shown.filter_map(|pane| if let Pane::Logs(what) = pane { Some(what) } else { None }).collect();
    app.pane_logs.retain(|logs| {
        let keep = wanted.contains(&logs.what);
        if !keep {
            stop(logs, effects);
        }
        keep
    });
    for what in wanted {
        if !app.pane_logs.iter().any(|logs| logs.what == what) {
            // A pane is narrow, and the end of a line may be what it is looked at for.
            let mut logs = Logs::new(what, PANE_TAIL, app.now);
            logs.wrap = true;
            app.pane_logs.push(logs);
        }
    }
}

fn of_stream(app: &mut App, id: u64) -> Option<&mut Logs> {
    let on_screens = app.screens.iter_mut().filter_map(|s| match s {
        Screen::Logs(logs) => Some(&mut **logs),
        _ => None,
    });
    let mut all = app.pane_logs.iter_mut().chain(on_screens);
    all.find(|logs| logs.streams.iter().any(|s| s.id == id))
}

pub(super) fn lines(app: &mut App, id: u64, lines: Vec<LogLine>) {
    if let Some(logs) = of_stream(app, id) {
        logs.take(id, lines);
    }
}

/// Whose log it is, where several are read.
fn whose(logs: &Logs, source: &Source) -> Option<String> {
    (logs.streams.len() > 1).then(|| named(source))
}

fn ends_here(whose: Option<&str>) -> String {
    match whose {
        None => t!("app-update-logs-ends-here").to_owned(),
        Some(container) => t!("app-update-logs-ends-here-of", container = container),
    }
}

fn broke_off(whose: Option<&str>) -> String {
    match whose {
        None => t!("app-update-logs-broke-off").to_owned(),
        Some(container) => t!("app-update-logs-broke-off-of", container = container),
    }
}

/// A log ended. Of each cut one thing is said: the server's reason, or, where it gave none, what it was as soon as that is
/// known.
pub(super) fn ended(app: &mut App, id: u64, why: Option<String>) {
    let world = app.world.clone();
    // Of a cluster that does not answer at all the header tells.
    let away = world.unreachable().is_some();
    let Some(logs) = of_stream(app, id) else { return };
    // The container may have started again already.
    logs.look = true;
    let Some(stream) = logs.streams.iter().find(|s| s.id == id) else { return };
    let (breaks, whose) = (stream.breaks, whose(logs, &stream.source));
    // What could not be read again and again without a line between was told with the first cut.
    let told = breaks > 0 && (breaks != LASTING || away);
    let runs = goes_on(&world, &stream.source) && !logs.what.previous;
    let words = match why {
        // The reason says whose log it is.
        Some(why) if breaks == LASTING && !told => Some(t!("app-update-logs-still", why = why)),
        Some(why) if runs && !told => Some(t!("app-update-logs-read-on", why = why)),
        Some(why) if !told => Some(why),
        None if !runs => Some(ends_here(whose.as_deref())),
        _ => None,
    };
    logs.end_of(id, words);
    if told && let Some(stream) = logs.streams.iter_mut().find(|s| s.id == id) {
        stream.unsaid = false;
    }
}

pub(in crate::app) fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let height = usize::from(layout::inside(layout::frame(app).body).height);
    let Screen::Logs(logs) = app.screen_mut() else { return };
    match action {
        Action::Follow => return logs.follow = !logs.follow,
        Action::Times => return logs.toggle_times(),
        Action::Wrap => return logs.wrap = !logs.wrap,
        Action::PreviousLogs => {
            let what = LogsOf { previous: !logs.what.previous, ..logs.what.clone() };
            return show(app, what, effects);
        }
        Action::Containers => return choose(app),
        Action::Up | Action::PageUp | Action::Top => logs.follow = false,
        Action::Bottom => logs.follow = true,
        _ => {}
    }
    logs.scroll.act(action, logs.lines.len(), height);
}

/// Where it follows its end, the end is seen.
pub(in crate::app) fn settle(app: &mut App) {
    let inside = layout::inside(layout::frame(app).body);
    if let Screen::Logs(logs) = app.screen_mut()
        && logs.follow
    {
        logs.scroll.top = logs.first_at_end(inside.width, usize::from(inside.height));
    }
}

/// Asks which container is to be read.
fn choose(app: &mut App) {
    let Screen::Logs(logs) = app.screen() else { return };
    let names = logs.what.containers(&app.world);
    if names.len() < 2 {
        return app.say(Tone::Plain, t!("app-update-logs-one-container"));
    }
    let pods = |count: usize| {
        let several = logs.what.of.kind != Kind::Pod;
        if several { format!("  {}", t!("app-update-logs-in-pods", pods = count)) } else { String::new() }
    };
    let row = |(name, count): (crate::domain::Str, usize)| {
        (format!("{name}{}", pods(count)), Chosen::Container(Some(name.to_string())))
    };
    let all = std::iter::once((t!("app-update-logs-all-containers").to_owned(), Chosen::Container(None)));
    let rows = all.chain(names.into_iter().map(row)).collect();
    let now = logs.what.container.clone();
    let choose = Choose::new(t!("app-update-logs-which-container"), rows);
    app.overlays.push(Overlay::Choose(choose.on(|c| matches!(c, Chosen::Container(name) if *name == now))));
}

/// The container was chosen.
pub(super) fn chosen(app: &mut App, container: Option<String>, effects: &mut Vec<Effect>) {
    if let Screen::Logs(logs) = app.screen() {
        let what = LogsOf { container, ..logs.what.clone() };
        show(app, what, effects);
    }
}
