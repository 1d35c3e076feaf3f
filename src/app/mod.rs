//! The core of the terminal program: state, messages, effects. Pure: [`update()`] awaits nothing, locks nothing
//! and reads no clock; what it wants done is an [`Effect`] that the runtime carries out, and every answer
//! comes back as a [`Msg`].
//!
//! To add a screen: see [`screens`].

pub mod bar;
pub mod copy;
pub mod cursor;
pub mod dialog;
mod diff;
pub mod field;
pub mod fill;
pub mod find;
pub mod help;
pub mod hints;
pub mod layout;
mod links;
mod msg;
pub mod overlay;
mod peer;
pub mod prose;
pub mod screens;
mod search;
mod session;
pub mod sight;
pub mod steps;
mod tasks;
pub mod texts;
mod update;
mod walks;

use crate::lang::t;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use msg::{Effect, Msg, TaskEvent};
pub use peer::Pending;
pub use search::{Found, Hit, HitKind, Reading, SearchState};
pub use session::SessionView;
pub use tasks::{Task, Tasks};
pub use update::{Wanted, update};
pub(crate) use update::{freshness as update_freshness, preview_rows, step_rows};

use crate::domain::{
    Asking, ClusterInfo, ClusterSnapshot, Interest, Kind, Namespaces, RunbookLink, Timestamp,
};
use crate::keymap::Keymap;
use crate::live::{Filter, Table, Tone};
use crate::op::{Inputs, Lock};
use crate::record::{PlanState, verify_first};
use crate::runbook::model::Runbook;
use crate::runbook::params::SecretText;
use crate::walk::Walk;
use overlay::Overlay;
use screens::Screen;

/// What was chosen at the start and by the user's configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `en` or `zh`.
    pub lang: String,
    /// Which cluster the program is on: what is confirmed, recorded and shown names this one.
    pub cluster: ClusterInfo,
    /// Whether anything may be changed.
    pub lock: Lock,
    pub theme: String,
    pub themes: Vec<String>,
    /// The practice scenario's title and what the pager said; empty on a real cluster.
    pub practice: Option<Practice>,
    /// Who the operator is for a second person; none where `config.toml` does not say.
    pub me: Option<String>,
    /// The namespaces that the explorer opens in; none is all of them.
    pub namespaces: Option<Namespaces>,
}

/// What a practice cluster is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Practice {
    pub id: String,
    pub title: String,
    pub goal: String,
    /// Names of what can be done to the world outside of the cluster, after manual steps.
    pub actions: Vec<String>,
}

/// A line above the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub tone: Tone,
    pub text: String,
}

/// An operation that was asked for outside of a runbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub op: String,
    pub inputs: Inputs,
    pub errand: overlay::Errand,
    /// How many screens there were, so that it is known whether the operator has gone elsewhere.
    pub screens: usize,
}

/// What was told and begun about debug pods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DebugPods {
    /// Those that are left over were looked for.
    pub told: bool,
    /// Those of this session are being deleted, then opsbook is left.
    pub leaving: bool,
}

/// Everything that is on the screen or can come on it.
#[derive(Debug)]
pub struct App {
    pub now: Timestamp,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    pub world: Arc<ClusterSnapshot>,
    pub books: Arc<BTreeMap<String, Arc<Runbook>>>,
    pub keymap: Arc<Keymap>,
    pub options: Box<Options>,
    pub screens: Vec<Screen>,
    pub overlays: Vec<Overlay>,
    /// Those that wait until the pane of a program is left.
    pub(crate) later: Vec<Overlay>,
    pub search: SearchState,
    /// The walk that is looked at.
    pub run: Option<Walk>,
    /// The walks that go on behind it.
    pub others: Vec<Walk>,
    /// What is done now is done to a walk that nobody looks at.
    pub(crate) background: bool,
    /// What the steps say is to be looked at anew before this message is done with.
    pub(crate) look_due: bool,
    /// The number that the next walk gets.
    pub(crate) next_walk: u32,
    pub session: SessionView,
    pub tasks: Tasks,
    pub status: Option<Status>,
    /// What stood there before, the latest first, with when it went.
    pub said: std::collections::VecDeque<(Timestamp, Status)>,
    /// Tables that the live panes of the present step show; they follow the cluster change by change.
    pub pane_tables: Vec<Table>,
    /// Logs that the live panes of the present step show.
    pub pane_logs: Vec<screens::Logs>,
    /// Code blocks with their colours, as they come from the highlighter.
    pub highlights: prose::Highlights,
    /// An operation that was asked for and is planned as soon as what it looks at is read.
    pub asked: Option<Asked>,
    /// Debug pods on nodes.
    pub(crate) debug: DebugPods,
    /// What a second person is asked now.
    pub peer: Option<Pending>,
    /// The credential plugin that is waited for.
    pub login: Option<Asking>,
    /// What the runtime was last told to follow beside the watched kinds.
    pub(crate) followed: BTreeSet<Interest>,
    /// The namespaces that were named, the latest last.
    pub(crate) named: Vec<crate::domain::Str>,
    /// The number of the latest look at the cluster that the end of a plan asked for.
    pub(crate) looks: u64,
    /// Where the cursor of the field stands that is typed into.
    pub caret: field::Caret,
    /// What is searched for in the text that is read.
    pub find: Option<Box<find::Find>>,
    /// A runbook to open as soon as the corpus is read: asked for on the command line.
    pub first: Option<RunbookLink>,
    /// What was in sight when a key came.
    pub(crate) sight: sight::Sight,
    /// A frame showed something that nobody had seen before.
    fresh: bool,
    /// Numbers answers, so that one that comes late is dropped.
    next_id: u64,
    /// Secrets that the runtime was told of.
    pub(crate) tainted: Vec<SecretText>,
}

impl App {
    pub fn new(size: (u16, u16), keymap: Arc<Keymap>, options: Options, now: Timestamp) -> App {
        // Until the first picture comes, what is known is which cluster it is.
        let info = Arc::new(options.cluster.clone());
        App {
            now,
            size,
            world: Arc::new(ClusterSnapshot { info, ..ClusterSnapshot::default() }),
            books: Arc::default(),
            keymap,
            options: Box::new(options),
            screens: vec![Screen::Triage(screens::Triage::default())],
            overlays: Vec::new(),
            later: Vec::new(),
            search: SearchState::default(),
            run: None,
            others: Vec::new(),
            background: false,
            look_due: false,
            next_walk: 0,
            session: SessionView::default(),
            tasks: Tasks::default(),
            status: None,
            said: std::collections::VecDeque::new(),
            pane_tables: Vec::new(),
            pane_logs: Vec::new(),
            highlights: prose::Highlights::default(),
            asked: None,
            debug: DebugPods::default(),
            peer: None,
            login: None,
            followed: BTreeSet::new(),
            named: Vec::new(),
            looks: 0,
            caret: field::Caret::default(),
            find: None,
            first: None,
            sight: sight::Sight::default(),
            fresh: false,
            next_id: 0,
            tainted: Vec::new(),
        }
    }

    /// Opens the explorer on a kind.
    pub fn explore(&mut self, kind: Kind, all_namespaces: bool) {
        let namespaces = self.options.namespaces.clone().filter(|_| !all_namespaces);
        let filter = Filter { namespaces, ..Filter::default() };
        self.screens.push(Screen::Explorer(Box::new(screens::Explorer::new(kind, filter))));
    }

    /// Goes on with a session whose records were read; its runbook is opened when the corpus is there.
    pub fn resume(&mut self, events: Vec<crate::record::Event>) {
        for event in events {
            self.session.take(event);
        }
        let state = &self.session.state;
        // What belongs to the runbook that opens stands at its step.
        let at_its_step = |p: &PlanState| p.step.is_some() && p.undoes.is_none() && state.of_this_walk(p);
        let unknown = state.unknown().map(|(_, p)| p).filter(|p| !at_its_step(p));
        let lines: Vec<String> = unknown.flat_map(verify_first).collect();
        if !lines.is_empty() {
            let title = t!("app-cut-off-in-middle-nothing-is").to_owned();
            let message = overlay::Message::new(title, lines);
            self.overlays.push(Overlay::Message(message));
        }
        let state = &self.session.state;
        self.next_walk = state.all_walks().into_keys().max().map_or(0, |last| last + 1);
        self.status = Some(Status { tone: Tone::Plain, text: t!("app-session-goes-on", id = state.id) });
        self.first = state.runbook.clone().map(|id| RunbookLink { id, params: state.params.clone() });
    }

    /// The screen on top.
    pub fn screen(&self) -> &Screen {
        self.screens.last().expect("the triage screen is never popped")
    }

    pub(crate) fn screen_mut(&mut self) -> &mut Screen {
        self.screens.last_mut().expect("the triage screen is never popped")
    }

    /// A number that no answer had before.
    pub(crate) fn fresh_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    pub(crate) fn say(&mut self, tone: Tone, text: impl Into<String>) {
        let mut text = text.into();
        if let Some(walk) = self.run.as_ref().filter(|_| self.background) {
            text = format!("{}: {text}", walk.book.title_in(&self.options.lang));
        }
        self.status = Some(Status { tone, text });
    }

    /// Whether a program in a pane has the keyboard.
    pub fn in_terminal(&self) -> bool {
        self.overlays.is_empty() && matches!(self.screen(), Screen::Terminal(_))
    }

    /// Whether frames showed a step or a question that those before did not, since this was asked last: what was typed
    /// until now was not typed for it.
    pub fn takes_fresh(&mut self) -> bool {
        std::mem::take(&mut self.fresh)
    }

    /// What the keys mean here, the most special first.
    pub fn contexts(&self) -> Vec<crate::action::Context> {
        use crate::action::Context;
        let found = self.find.iter().map(|_| Context::Found);
        if let Some(overlay) = self.overlays.last() {
            // In a text; a field has the keys for itself.
            let found = found.filter(|_| matches!(overlay, Overlay::Message(_)));
            return found.chain(overlay.contexts()).collect();
        }
        found.chain(self.screen().state().contexts()).chain([Context::Global]).collect()
    }

    /// Whether something in the cluster depends on this program going on.
    pub fn busy(&self) -> bool {
        self.tasks.running() > 0
    }

    /// When something on the screen looks different although nothing happens: ages in seconds are on it.
    pub fn next_tick(&self) -> Option<Timestamp> {
        // Production that is armed counts down: in minutes at first, as its label does.
        let armed = self.options.lock.armed(self.now);
        let last = armed.is_some_and(|until| until.as_second() - self.now.as_second() <= 120);
        let seconds = last
            || self.busy()
            || self.login.is_some()
            || self.world.unreachable().is_some()
            || self.screen().state().shows_seconds(self);
        let step = if seconds { 1 } else { 30 };
        let screen = Timestamp::from_second(self.now.as_second() + step).ok()?;
        // What waits in the background costs nothing until its time is over.
        let waits = self.walks().filter_map(|walk| walk.next_look(self.now)).min();
        let logs = self.screens.iter().filter_map(|screen| screen.state().next_look());
        let logs = logs.chain(self.pane_logs.iter().filter_map(screens::Logs::next_look)).min();
        [waits, armed, logs].into_iter().flatten().chain([screen]).min()
    }
}
