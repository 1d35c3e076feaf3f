//! Whatever happens to a walk in whatever order: what is green is what the cluster shows, no step is out of reach, nothing
//! runs twice.

use opsbook::op::Change;
use opsbook::record::{Ending, RunEnd, SessionState};
use opsbook::walk::{Cx, Out, Status, StepId, TaskEnd, Walk, Way};
use proptest::prelude::*;

use super::late::every;
use crate::support::{Desk, World};

/// What may happen, with the number of a step where it is about one.
#[derive(Clone, Debug)]
enum Happens {
    Begins(usize, bool),
    Ends(RunEnd),
    Cordoned(bool),
    Looked,
    Skipped(usize),
    Answered(usize, usize),
    Again(usize),
    WayBack(usize, usize),
    TakenBack(usize),
    Stopped(usize),
}

fn anything() -> impl Strategy<Value = Happens> {
    let step = 0..30_usize;
    let end = prop_oneof![
        4 => Just(RunEnd::Applied),
        1 => Just(RunEnd::Failed),
        1 => Just(RunEnd::Cancelled),
        1 => Just(RunEnd::Unknown),
    ];
    prop_oneof![
        4 => (step.clone(), any::<bool>()).prop_map(|(step, back)| Happens::Begins(step, back)),
        4 => end.prop_map(Happens::Ends),
        2 => any::<bool>().prop_map(Happens::Cordoned),
        6 => Just(Happens::Looked),
        1 => step.clone().prop_map(Happens::Skipped),
        2 => (step.clone(), step.clone()).prop_map(|(at, to)| Happens::Answered(at, to)),
        2 => step.clone().prop_map(Happens::Again),
        1 => (step.clone(), step.clone()).prop_map(|(at, to)| Happens::WayBack(at, to)),
        1 => step.clone().prop_map(Happens::TakenBack),
        1 => step.prop_map(Happens::Stopped),
    ]
}

struct Trial {
    desk: Desk,
    walk: Walk,
    session: SessionState,
    /// Tasks that run.
    running: Vec<u64>,
    tasks: u64,
    look: u64,
}

impl Trial {
    fn new() -> Trial {
        let desk = every(World::healthy());
        let walk = desk.app.run.clone().unwrap();
        Trial { desk, walk, session: SessionState::default(), running: Vec::new(), tasks: 0, look: 0 }
    }

    fn at(&self, number: usize) -> StepId {
        let steps = self.walk.tree.len();
        self.walk.tree.at(number % steps).unwrap()
    }

    /// Does it, as `update` does: only to a step to which it can be done.
    fn take(&mut self, what: &Happens) {
        let mut out = Out::default();
        let world = self.desk.app.world.clone();
        let cx =
            Cx { world: &world, now: self.desk.now, session: &self.session, busy: !self.running.is_empty() };
        match *what {
            Happens::Begins(step, back) => {
                let id = self.at(step);
                let Some(call) = self.walk.call(id) else { return };
                let Ok(inputs) = self.walk.inputs(id, call) else { return };
                let Ok(plan) = opsbook::op::plan(&call.op, &world, &inputs) else { return };
                // What runs is never begun again.
                if self.walk.steps[id].under_way() || (self.walk.steps[id].status().ended() && !back) {
                    return;
                }
                self.tasks += 1;
                self.running.push(self.tasks);
                self.walk.started(id, self.tasks, plan, back && self.walk.steps[id].ran().is_some(), cx.now);
                self.walk.recorded_as(self.tasks, &format!("p{}", self.tasks));
            }
            Happens::Ends(end) => {
                let Some(task) = self.running.pop() else { return };
                let plan = format!("p{task}");
                let ended = TaskEnd { end, plan: Some(&plan), words: "", look: self.look };
                self.walk.task_ended(task, ended, &cx, &mut out);
            }
            Happens::Cordoned(cordoned) => {
                let nodes = ["worker-1", "worker-3"];
                let world = nodes.iter().fold(self.desk.world.clone(), |w, node| w.cordoned(node, cordoned));
                self.desk.see(world);
            }
            Happens::Looked => self.walk.look(&cx, &mut out),
            Happens::Skipped(step) => {
                let id = self.at(step);
                if *self.walk.steps[id].status() == Status::Todo {
                    self.walk.accept(id, Ending::Skipped, "not now", Way::Next, &mut out);
                }
            }
            Happens::Answered(step, to) => {
                let (id, to) = (self.at(step), self.at(to));
                if *self.walk.steps[id].status() == Status::Todo {
                    self.walk.accept(id, Ending::Recorded, "so", Way::Step(to), &mut out);
                }
            }
            Happens::Again(step) => {
                let id = self.at(step);
                self.walk.again(id, &cx, &mut out);
            }
            Happens::WayBack(of, to) => {
                let (of, to) = (self.at(of), self.at(to));
                let name = self.walk.tree[to].written().to_owned();
                let _ = self.walk.go_to_way_back(of, &name, &mut out);
            }
            Happens::TakenBack(step) => {
                let id = self.at(step);
                if let Some(plan) = self.walk.steps[id].plan_id.clone() {
                    self.walk.change_taken_back(&plan, "by hand", &mut out);
                }
            }
            Happens::Stopped(step) => {
                let id = self.at(step);
                self.walk.stop_lanes(id, &mut out);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_happens_green_is_shown_and_every_step_stays_in_reach(all in prop::collection::vec(anything(), 1..40)) {
        let mut trial = Trial::new();
        let ids: Vec<StepId> = trial.walk.tree.ids().collect();
        for what in &all {
            trial.take(what);
            let walk = &trial.walk;
            prop_assert!(walk.tree.position(walk.current).is_some(), "{what:?}: nothing is looked at");
            prop_assert_eq!(walk.tree.ids().collect::<Vec<_>>(), ids.clone(), "steps keep their places");
            let under_way = ids.iter().filter(|id| matches!(walk.steps[**id].status(), Status::Running(_))).count();
            prop_assert!(under_way <= trial.running.len(), "{what:?}: a step runs without a task");
        }
        // Nothing runs any more, and the cluster is looked at: what is called proved is shown.
        trial.running.clear();
        let under_way = ids.iter().any(|id| trial.walk.steps[*id].under_way());
        trial.take(&Happens::Looked);
        let world = trial.desk.app.world.clone();
        for id in &ids {
            let shown = trial.walk.proof(*id, &world, trial.desk.now);
            let proved = trial.walk.steps[*id].change() == Some(Change::Proved);
            prop_assert!(!proved || under_way || shown == opsbook::runbook::cond::Outcome::True, "{}", trial.walk.tree[*id].name);
        }
        for id in ids {
            if !matches!(trial.walk.steps[id].status(), Status::Running(_)) {
                let cx = Cx { world: &world, now: trial.desk.now, session: &trial.session, busy: false };
                trial.walk.again(id, &cx, &mut Out::default());
                prop_assert_eq!(trial.walk.steps[id].status(), &Status::Todo);
                prop_assert_eq!(trial.walk.current, id);
            }
        }
    }
}
