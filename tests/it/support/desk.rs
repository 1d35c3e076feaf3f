//! The core with its surroundings played by hand: what the journal, the server's dry run and a task would answer is
//! answered here, at once and always the same.

use std::sync::Arc;
use std::time::Duration;

use opsbook::action::Action;
use opsbook::app::overlay::Overlay;
use opsbook::app::sight::Frame;
use opsbook::app::{App, Effect, Msg, Options, TaskEvent, update};
use opsbook::domain::{ClusterInfo, Key, LogLine, Press, Pressed, Risk, Timestamp};
use opsbook::keymap::Keymap;
use opsbook::op::{ApprovedPlan, Lock, Plan, Preview, Reviewed, Work};
use opsbook::record::{Event, RunEnd, What};
use opsbook::theme::{Depth, Theme, Themes};
use unicode_width::UnicodeWidthStr;

use super::books::{books, every_kind};
use super::{World, now};

/// A shipped theme at a depth.
pub fn theme(depth: Depth) -> Theme {
    let dark = include_str!("../../../themes/dark.toml");
    let (themes, errors) = Themes::read([("dark", "themes/dark.toml", dark)]);
    assert_eq!(errors, []);
    themes.theme("dark", depth).unwrap()
}

/// A line of a log.
pub fn log_line(at: Timestamp, text: &str) -> LogLine {
    LogLine { at: Some(at), text: text.to_owned(), rest: false }
}

/// The logs that were asked for.
pub fn log_streams(effects: &[Effect]) -> Vec<u64> {
    effects.iter().filter_map(|e| if let Effect::Logs { id, .. } = e { Some(*id) } else { None }).collect()
}

/// How long the operator looks before a key: longer than any answer asks for.
const LOOK: Duration = Duration::from_secs(2);

/// An operator's desk.
pub struct Desk {
    pub app: App,
    pub world: World,
    pub now: Timestamp,
    /// Every effect so far.
    pub effects: Vec<Effect>,
    /// Whether dry runs are answered by themselves.
    pub previews: bool,
    /// Rights that the operator does not have.
    pub denied: Vec<String>,
    /// The time of the hand; what stands on the screen is read before the next key.
    pub hand: Duration,
    /// No frame is drawn any more.
    pub blind: bool,
    records: u64,
    generation: u64,
}

impl Desk {
    /// A desk with the runbooks read, before the cluster answered.
    pub fn new(size: (u16, u16), lang: &str) -> Desk {
        let names = ["dark", "high-contrast", "light"].map(str::to_owned).to_vec();
        let options =
            Options { lang: lang.to_owned(), theme: "dark".to_owned(), themes: names, ..Options::default() };
        Desk::with(size, options)
    }

    pub fn with(size: (u16, u16), mut options: Options) -> Desk {
        if options.cluster.context.is_empty() {
            // The version comes with the first picture.
            options.cluster = ClusterInfo { version: String::new(), ..World::cluster() };
        }
        if options.lock == Lock::default() {
            options.lock = Lock::open(&options.cluster.context);
        }
        let app = App::new(size, Arc::new(Keymap::built_in()), options, now());
        let mut desk = Desk {
            app,
            world: World::nothing(),
            now: now(),
            effects: Vec::new(),
            previews: true,
            denied: Vec::new(),
            hand: Duration::ZERO,
            blind: false,
            records: 0,
            generation: 0,
        };
        desk.tell(Msg::Books(books()));
        desk
    }

    /// A desk in front of a world, in the language of now.
    pub fn at(size: (u16, u16), world: World) -> Desk {
        let mut desk = Desk::new(size, opsbook::lang::current().id());
        desk.see(world);
        desk
    }

    /// Gives a message to the core, plays the journal and the dry run, shows what became of it, and returns the effects.
    pub fn tell(&mut self, msg: Msg) -> Vec<Effect> {
        let effects = self.tell_unseen(msg);
        self.draw_frame();
        effects
    }

    /// A frame is drawn, as the loop of the program does; none where the operator is kept blind.
    pub fn draw_frame(&mut self) {
        if self.blind {
            return;
        }
        let frame = Frame { at: self.hand, anew: false };
        assert_eq!(update(&mut self.app, Msg::Drawn(frame), self.now), []);
    }

    /// The same without a frame.
    pub fn tell_unseen(&mut self, msg: Msg) -> Vec<Effect> {
        let effects = update(&mut self.app, msg, self.now);
        let mut out = Vec::new();
        for effect in effects {
            let answer = match &effect {
                Effect::Record(records) => Some(self.record(records.clone())),
                Effect::Preview(plan) if self.previews => {
                    Some(Msg::Previewed(Box::new(clean(plan, self.now))))
                }
                _ => None,
            };
            let reviews = match &effect {
                Effect::Review(rights) if self.previews => rights.clone(),
                _ => Vec::new(),
            };
            self.effects.push(effect.clone());
            out.push(effect);
            if let Some(answer) = answer {
                out.extend(self.tell_unseen(answer));
            }
            for access in reviews {
                let allowed = !self.denied.contains(&access.to_string());
                let reviewed = Reviewed { access, allowed, reason: String::new() };
                out.extend(self.tell_unseen(Msg::Reviewed(Box::new(reviewed))));
            }
        }
        out
    }

    /// Goes on with the records of a session, which stay in the journal.
    pub fn resume(&mut self, events: Vec<Event>) {
        self.records = events.len() as u64;
        self.app.resume(events);
    }

    /// Writes records as the journal does.
    pub fn record(&mut self, records: Vec<What>) -> Msg {
        let mut all = Vec::new();
        if self.records == 0 {
            all.push(What::Started {
                id: "20260301-031400-0001".into(),
                version: "0.1.0".into(),
                user: "op".into(),
                context: "prod-eu-1".into(),
                server: "https://10.0.0.10:6443".into(),
                practice: false,
                flags: opsbook::record::Flags::default(),
            });
        }
        all.extend(records);
        let from = self.records;
        self.records += all.len() as u64;
        let at = self.now;
        let event = |(seq, what)| Event { seq, at, prev: String::new(), what };
        Msg::Recorded((from..).zip(all).map(event).collect())
    }

    /// Shows another world.
    pub fn see(&mut self, world: World) -> Vec<Effect> {
        self.generation += 1;
        let sealed = world.seal(self.now, self.generation);
        self.world = world;
        self.tell(Msg::Snapshot(sealed))
    }

    /// Lets time go on; the picture is taken anew at the end.
    pub fn pass(&mut self, seconds: i64) -> Vec<Effect> {
        self.now = Timestamp::from_second(self.now.as_second() + seconds).unwrap();
        let mut effects = self.tell(Msg::Tick);
        effects.extend(self.see(self.world.clone()));
        effects
    }

    /// Presses keys, named as in the keymap, with blanks between them; returns the effects.
    pub fn press(&mut self, keys: &str) -> Vec<Effect> {
        let keys: Vec<Key> = keys.split_whitespace().map(|k| k.parse().unwrap()).collect();
        keys.into_iter().flat_map(|key| self.key(key)).collect()
    }

    /// Presses a key after a look at the screen.
    pub fn key(&mut self, key: Key) -> Vec<Effect> {
        self.hand += LOOK;
        self.tell(Msg::Key(Press { key, at: self.hand, how: Pressed::Fresh }))
    }

    /// Types a text character by character.
    pub fn type_text(&mut self, text: &str) -> Vec<Effect> {
        text.chars().flat_map(|c| self.key(Key::char(c))).collect()
    }

    /// Opens the runbook of the first finding and goes to one of its steps by answering those before it.
    pub fn walk_to(&mut self, step: &str) {
        self.press("enter");
        for _ in 0..12 {
            if self.step() == step {
                return;
            }
            match self.step().as_str() {
                "cordon" => {
                    self.press("enter");
                    self.carry_out();
                    let cordoned = self.world.clone().cordoned("worker-3", true);
                    self.see(cordoned);
                }
                "soon" if step == "drain" => drop(self.press("enter down down enter")),
                "soon" | "host" => drop(self.press("enter down enter")),
                _ => drop(self.press("enter")),
            }
        }
        panic!("step {step} was not reached; the present one is {}\n{}", self.step(), self.screen());
    }

    /// Reads the runbooks with every kind of step too.
    pub fn read_every_kind(&mut self) {
        self.tell(Msg::Books(every_kind()));
    }

    /// Opens a runbook, as the command line does.
    pub fn open(&mut self, id: &str, params: &[(&str, &str)]) {
        let params = params.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        self.app.first = Some(opsbook::domain::RunbookLink { id: id.to_owned(), params });
        self.read_every_kind();
    }

    /// Goes to a step without doing those before it.
    pub fn look_at(&mut self, step: &str) {
        for _ in 0..60 {
            if self.step() == step {
                return;
            }
            self.act(Action::NextStep);
        }
        panic!("there is no step {step}:\n{}", self.screen());
    }

    /// Goes back to a step.
    pub fn look_at_back(&mut self, step: &str) {
        for _ in 0..60 {
            self.act(Action::PreviousStep);
        }
        self.look_at(step);
    }

    /// Ends the last approved plan as a task that failed, before anything was accepted or after.
    pub fn fail(&mut self, accepted: bool) {
        let (task, plan) = self.begin_task();
        let object = self.approved().unwrap().1.plan().target.clone();
        let (verb, words) = ("patch".to_owned(), "the server said 409".to_owned());
        let mut records =
            vec![What::Sending { plan: plan.clone(), object: object.clone(), verb: verb.clone() }];
        if accepted {
            records.push(What::Accepted { plan: plan.clone(), object, verb });
        } else {
            records.push(What::Refused { plan: plan.clone(), object, verb, why: words.clone() });
        }
        records.push(What::Outcome { plan, end: RunEnd::Failed, words: words.clone() });
        let recorded = self.record(records);
        self.tell(recorded);
        self.tell(Msg::Task { id: task, event: TaskEvent::Ended { end: RunEnd::Failed, words } });
    }

    /// The name of the present step.
    pub fn step(&self) -> String {
        let run = self.app.run.as_ref();
        run.and_then(|r| r.step()).map(|(s, _)| s.name.clone()).unwrap_or_default()
    }

    /// Raises the risk of the plan that the confirmation asks about, as a runbook can.
    pub fn raise(&mut self, risk: Risk) {
        if let Some(Overlay::Confirm(c)) = self.app.overlays.last_mut() {
            c.plan.risk = risk;
        }
        self.tell(Msg::Tick);
    }

    /// Accepts what the confirmation asks and runs its plan; on a small screen that takes a press for each page,
    /// and on one too small to read it nothing is approved.
    pub fn approve(&mut self) {
        let before = self.executed();
        for _ in 0..40 {
            let open = match self.app.overlays.last() {
                Some(Overlay::Confirm(c)) => c.plan.questions.len() > c.accepted.len(),
                _ => false,
            };
            self.press(if open { "space" } else { "y" });
            if self.executed() > before {
                return;
            }
        }
    }

    /// The last plan that was approved, with its task.
    pub fn approved(&self) -> Option<(u64, &ApprovedPlan)> {
        self.effects.iter().rev().find_map(|e| match e {
            Effect::Execute { task, approved, .. } => Some((*task, &**approved)),
            _ => None,
        })
    }

    /// How many plans were handed over to be run.
    pub fn executed(&self) -> usize {
        self.effects.iter().filter(|e| matches!(e, Effect::Execute { .. })).count()
    }

    /// Begins the last approved plan: its intent is recorded and its task runs. Returns the plan's id.
    pub fn begin_task(&mut self) -> (u64, String) {
        let execute = self.effects.iter().rev().find(|e| matches!(e, Effect::Execute { .. })).cloned();
        let Some(Effect::Execute { task, approved, runbook, walk, step, undoes }) = execute else {
            panic!("nothing was approved");
        };
        let plan = approved.plan().clone();
        let id = format!("{}-{task}", approved.plan().short_digest());
        let intent = What::Intent {
            plan: id.clone(),
            runbook,
            walk,
            step,
            op: plan.op.clone(),
            title: plan.title.clone(),
            target: plan.target.clone(),
            uid: plan.uid.clone(),
            inputs: plan.inputs.clone(),
            kubectl: plan.kubectl.to_string(),
            risk: plan.risk,
            digest: approved.digest().to_owned(),
            read: None,
            undo: plan.undo.clone(),
            undoes,
        };
        let recorded = self.record(vec![intent]);
        self.tell(recorded);
        self.tell(Msg::Task { id: task, event: TaskEvent::Started { plan: id.clone() } });
        (task, id)
    }

    /// Carries the last approved plan out to the end, as far as the journal and the tasks know.
    pub fn carry_out(&mut self) {
        let (task, plan) = self.begin_task();
        let object = self.approved().unwrap().1.plan().target.clone();
        let verb = match self.approved().unwrap().1.plan().work {
            Work::Calls(_) | Work::Hold { .. } | Work::Rewrite(_) => "patch",
            Work::Drain { .. } => "evict",
            Work::Forward(_) => "forward",
            Work::Exec(_) => "exec",
            Work::Script(_) => "run",
            Work::Save(_) => "save",
        };
        let verb = verb.to_owned();
        let words = "the server took it".to_owned();
        let records = vec![
            What::Sending { plan: plan.clone(), object: object.clone(), verb: verb.clone() },
            What::Accepted { plan: plan.clone(), object, verb },
            What::Outcome { plan, end: RunEnd::Applied, words: words.clone() },
        ];
        let recorded = self.record(records);
        self.tell(recorded);
        self.tell(Msg::Task { id: task, event: TaskEvent::Ended { end: RunEnd::Applied, words } });
    }

    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        self.hand += LOOK;
        self.draw_frame();
        self.tell(Msg::Do(action))
    }

    /// The words above the footer.
    pub fn said(&self) -> &str {
        self.app.status.as_ref().map_or("", |s| s.text.as_str())
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        self.draw(Depth::True).1
    }

    /// The screen as cells and as text, its rows without the blanks at their end.
    pub fn draw(&self, depth: Depth) -> (ratatui::buffer::Buffer, String) {
        let buf = opsbook::view::render(&self.app, &theme(depth));
        let mut text = String::new();
        for y in 0..buf.area.height {
            let (mut row, mut x) = (String::new(), 0);
            while x < buf.area.width {
                let symbol = buf[(x, y)].symbol();
                row.push_str(symbol);
                x += (symbol.width() as u16).max(1);
            }
            text.push_str(row.trim_end());
            text.push('\n');
        }
        (buf, text)
    }
}

/// A dry run without objections.
pub fn clean(plan: &Plan, at: Timestamp) -> Preview {
    let allowed = |access: &opsbook::op::Access| Reviewed {
        access: access.clone(),
        allowed: true,
        reason: String::new(),
    };
    Preview {
        digest: plan.digest(),
        access: plan.needs.iter().map(allowed).collect(),
        diff: Vec::new(),
        dry_runs: 1,
        refused: None,
        at,
    }
}
