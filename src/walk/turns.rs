//! Whose turn it is among the lanes of a list: how far each has come, which may begin, and what goes on by itself in those that
//! nobody looks at. Pure.
//!
//! Must not run anything, and must not answer for the operator: a lane comes to a step that asks, and waits there.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Cx, Judgement, Out, Status, StepId, Walk, Way};
use crate::lang::t;
use crate::record::{Ending, What};
use crate::runbook::model::{Order, StepKind, Turns};

/// How far a lane has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// Nothing of it was begun.
    NotBegun,
    /// The first step that is not done.
    To(StepId),
    /// This step failed, is late, or is not known.
    Failed(StepId),
    /// Every step of it has ended.
    Done,
    /// A step of it ended the walk for this element, and said why.
    Stopped(StepId),
}

impl Came {
    /// Whether nothing more comes of the lane by itself.
    fn over(self) -> bool {
        matches!(self, Came::Done | Came::Failed(_) | Came::Stopped(_))
    }

    fn failed(self) -> bool {
        matches!(self, Came::Failed(_) | Came::Stopped(_))
    }
}

/// The lanes of a list: how far each has come, and what follows from all of them.
#[derive(Clone, Debug, Default)]
pub struct Lanes {
    /// In their order.
    pub came: Vec<Came>,
    /// The first one of which more is to come.
    open: Option<usize>,
    /// The first one that failed, and how many did.
    failed: Option<usize>,
    failures: usize,
    /// How many are under way.
    busy: usize,
}

impl Lanes {
    fn of(came: Vec<Came>) -> Lanes {
        Lanes {
            open: came.iter().position(|c| !c.over()),
            failed: came.iter().position(|c| c.failed()),
            failures: came.iter().filter(|c| c.failed()).count(),
            busy: came.iter().filter(|c| matches!(c, Came::To(_))).count(),
            came,
        }
    }
}

/// How far the lanes of each list have come, at one state of the steps.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    turn: u64,
    lanes: BTreeMap<StepId, Arc<Lanes>>,
}

impl Walk {
    /// The steps that stand for the elements of the same list as this one, in their order.
    pub fn siblings(&self, id: StepId) -> Vec<StepId> {
        self.tree.siblings(id)
    }

    /// How far each lane of a list has come, in their order.
    pub fn lanes_came(&self, group: StepId) -> Arc<Lanes> {
        let mut known = self.lanes.borrow_mut();
        if known.turn != self.steps.turn {
            *known = Known { turn: self.steps.turn, lanes: BTreeMap::new() };
        }
        let came = known.lanes.entry(group).or_insert_with(|| {
            let lanes = 0..self.tree.lanes(group).count();
            Arc::new(Lanes::of(lanes.map(|at| self.came(&self.tree.lane_steps(group, at))).collect()))
        });
        Arc::clone(came)
    }

    fn came(&self, steps: &[StepId]) -> Came {
        if let Some(stuck) = steps.iter().find(|id| self.steps[**id].stuck()) {
            return Came::Failed(*stuck);
        }
        let stopped = |id: &&StepId| matches!(self.steps[**id].status(), Status::Ended(Ending::Stopped, _));
        if let Some(stopped) = steps.iter().find(stopped) {
            return Came::Stopped(*stopped);
        }
        let Some(open) = steps.iter().find(|id| !self.steps[**id].status().ended()) else {
            return Came::Done;
        };
        // One that was approved waits for its turn like any other.
        let begun = |id: &StepId| {
            let step = &self.steps[*id];
            *step.status() != Status::Todo || step.ran().is_some() || step.began.is_some()
        };
        if steps.iter().any(begun) { Came::To(*open) } else { Came::NotBegun }
    }

    /// Why it is not the turn of this step's element.
    pub(super) fn not_its_turn(&self, id: StepId) -> Option<String> {
        let (group, own) = self.tree.element(id)?;
        let turns = self.tree[group].kind.turns()?;
        self.may_begin(group, turns, &self.lanes_came(group), own).err()
    }

    /// Why a step is not to be done yet: its element has to wait for others, or a step before it in its lane is open.
    pub fn waits_for_turn(&self, id: StepId) -> Option<String> {
        let turn = self.not_its_turn(id);
        turn.or_else(|| (!self.came_to(id)).then(|| t!("walk-turns-after-others").to_owned()))
    }

    /// Whether a lane has come to this step, and may go on.
    pub fn its_turn(&self, id: StepId) -> bool {
        self.came_to(id) && self.not_its_turn(id).is_none()
    }

    /// Whether a lane may go on: what was begun is brought to its end, whatever became of the others.
    fn may_begin(&self, group: StepId, turns: &Turns, lanes: &Lanes, own: usize) -> Result<(), String> {
        if lanes.came[own] != Came::NotBegun {
            return Ok(());
        }
        let name = |at: usize| {
            let lane = self.tree.lanes(group).nth(at);
            lane.and_then(|lane| lane.element.clone()).unwrap_or_default()
        };
        if let Some(first) = lanes.failed.filter(|_| lanes.failures > turns.may_fail as usize) {
            return Err(t!("walk-turns-failed-first", element = name(first)));
        }
        match turns.order {
            Order::OneByOne => match lanes.open.filter(|open| *open < own) {
                Some(open) => Err(t!("walk-turns-one-by-one", element = name(open))),
                None => Ok(()),
            },
            Order::Parallel => {
                let most = turns.max_parallel.map_or(lanes.came.len(), |n| n.max(1) as usize);
                let busy = lanes.busy;
                if busy < most { Ok(()) } else { Err(t!("walk-turns-busy", busy = busy)) }
            }
            Order::Waves => {
                let size = turns.max_parallel.map_or(lanes.came.len(), |n| n.max(1) as usize);
                let first = own - own % size;
                match lanes.open.filter(|open| *open < first) {
                    Some(open) => Err(t!("walk-turns-wave", element = name(open))),
                    None => Ok(()),
                }
            }
        }
    }

    /// Whether a lane has come to this step: everything before it in the lane has ended. True for steps of no lane.
    pub fn came_to(&self, id: StepId) -> bool {
        let Some((group, at)) = self.tree.element(id) else { return true };
        let mut before = self.tree.lane_steps(group, at).into_iter().take_while(|step| *step != id);
        before.all(|step| self.steps[step].status().ended())
    }

    /// The steps before this one that nobody has done or passed by: of a step in a lane those of its lane, and those before the
    /// list.
    pub fn open_before(&self, id: StepId) -> Vec<StepId> {
        let mut before: Vec<StepId> = match self.tree.element(id) {
            None => self.tree.before(id).collect(),
            Some((group, at)) => {
                let first = self.tree.lane_steps(group, 0).first().copied().unwrap_or(id);
                let own = self.tree.lane_steps(group, at).into_iter().take_while(|step| *step != id);
                self.tree.before(first).chain(own).collect()
            }
        };
        before.retain(|step| *self.steps[*step].status() == Status::Todo);
        before
    }

    /// Which steps before this one are open, in words; none where it is its turn.
    pub fn runs_ahead(&self, id: StepId) -> Option<String> {
        let open = self.open_before(id);
        let first = *open.first()?;
        let number = self.tree.position(first).map_or(0, |at| at + 1);
        let title = self.title(first, &self.lang);
        Some(t!("walk-turns-ahead", count = open.len(), number = number, title = title))
    }

    /// Whether the walk has come to a list: every step before it has ended, and nobody goes past it.
    fn at_list(&self, group: StepId) -> bool {
        let Some(first) = self.tree.lane_steps(group, 0).first().copied() else { return false };
        self.tree.before(first).all(|before| self.steps[before].status().ended())
    }

    /// The lists whose lanes go on by themselves: groups, which the walk has come to.
    fn groups(&self) -> Vec<StepId> {
        let mut out: Vec<StepId> = Vec::new();
        for id in self.tree.ids() {
            let group = self.tree.element(id).map(|(group, _)| group);
            let new = group.filter(|g| out.last() != Some(g));
            out.extend(new.filter(|g| matches!(self.tree[*g].kind, StepKind::Group(_))));
        }
        out.retain(|group| self.at_list(*group));
        out
    }

    /// In the lanes of a group, what the cluster answers is accepted: checks that hold, decisions that it decides, views. A lane
    /// stops where somebody is asked, where something is run, and where a condition does not hold.
    pub(super) fn go_on_in_lanes(&mut self, cx: &Cx<'_>, out: &mut Out) {
        for group in self.groups() {
            for at in 0..self.tree.lanes(group).count() {
                while self.one_further(group, at, cx, out) {}
            }
        }
    }

    /// Accepts the step that a lane has come to. False where it stays there.
    fn one_further(&mut self, group: StepId, at: usize, cx: &Cx<'_>, out: &mut Out) -> bool {
        let steps = self.tree.lane_steps(group, at);
        let Some(id) = steps.iter().copied().find(|id| !self.steps[*id].status().ended()) else {
            return false;
        };
        if *self.steps[id].status() != Status::Todo || self.not_its_turn(id).is_some() {
            return false;
        }
        if self.about_nothing(cx.world).is_some() {
            return false;
        }
        if let Some(words) = self.not_needed(id, cx.world, cx.now) {
            self.end_step(id, Ending::Skipped, &words, out);
            if self.current == id {
                self.go_on_after(id, out);
            }
            return true;
        }
        self.settle_whether_needed(id, cx);
        match &self.tree[id].kind {
            StepKind::Wait(_) => {
                if self.steps[id].began.is_none() {
                    self.steps[id].began = Some(cx.now);
                }
                return false;
            }
            StepKind::Check(check) if check.within.is_some() && self.steps[id].began.is_none() => {
                self.steps[id].began = Some(cx.now);
            }
            StepKind::Check(_) | StepKind::Decision(_) | StepKind::View(_) => {}
            _ => return false,
        }
        let Judgement::Go { words, way } = self.judge(id, cx.world, cx.now) else { return false };
        let ending =
            if matches!(self.tree[id].kind, StepKind::View(_)) { Ending::Recorded } else { Ending::Proved };
        match way {
            Way::Next | Way::Step(_) if self.current == id => {
                self.accept(id, ending, &words, way, out);
            }
            // Nobody is taken away from the step that is looked at by a lane that goes on beside it.
            Way::Next => self.end_step(id, ending, &words, out),
            Way::Step(next) => {
                self.end_step(id, ending, &words, out);
                self.lead(id, next, out);
            }
            // It leads out of the lane: that is for the operator to see.
            Way::Runbook(_) | Way::Stop(_) => return false,
        }
        true
    }

    /// The element of a step that is in the lane of a group.
    pub fn in_group(&self, id: StepId) -> Option<&str> {
        let (group, _) = self.tree.element(id)?;
        matches!(self.tree[group].kind, StepKind::Group(_)).then(|| self.tree.element_name(id))?
    }

    /// Nothing more is done for the element of this step: what is left in its lane is skipped.
    pub fn give_up_lane(&mut self, id: StepId, words: &str, out: &mut Out) {
        let Some((group, at)) = self.tree.element(id) else { return };
        for step in self.tree.lane_steps(group, at) {
            if !self.steps[step].status().ended() && !self.steps[step].under_way() {
                self.end_step(step, Ending::Skipped, words, out);
            }
        }
        self.lead_on_behind(id, out);
        if let Some(next) = self.next_open(id) {
            self.enter(next, out);
        }
    }

    /// Stops at an element that failed: those that were not begun are skipped, and say so.
    pub fn stop_lanes(&mut self, id: StepId, out: &mut Out) {
        let Some((group, own)) = self.tree.element(id) else { return };
        let element = self.tree.element_name(id).unwrap_or_default().to_owned();
        for (at, came) in self.lanes_came(group).came.iter().enumerate() {
            if at == own || *came != Came::NotBegun {
                continue;
            }
            for step in self.tree.lane_steps(group, at) {
                // A step before it may have led past this one.
                if self.steps[step].status().ended() {
                    continue;
                }
                self.end_step(step, Ending::Skipped, &t!("walk-turns-stopped-after", element = element), out);
            }
        }
        let of = self.tree[group].name.clone();
        out.record(What::Note {
            text: t!("walk-turns-stopped-list-after", step = of, element = element),
            about: None,
        });
    }

    /// Where the walk goes on after a step of a lane: at the next one of the lane, else at a lane that waits for somebody, else
    /// at one that is not done; none where all of them are.
    pub(super) fn next_in_lanes(&self, id: StepId) -> Option<StepId> {
        let (group, own) = self.tree.element(id)?;
        let behind = self.tree.lane_steps(group, own).into_iter().skip_while(|step| *step != id).skip(1);
        let open = |step: &StepId| !self.steps[*step].status().ended();
        if let Some(next) = { behind }.find(open) {
            return Some(next);
        }
        let lanes = self.lanes_came(group);
        let came = &lanes.came;
        let turns = self.tree[group].kind.turns()?;
        let order = || (own + 1..came.len()).chain(0..own);
        let at = |lane: usize| match came[lane] {
            Came::To(step) | Came::Failed(step) => Some(step),
            Came::NotBegun => self.tree.lane_steps(group, lane).into_iter().find(open),
            Came::Done | Came::Stopped(_) => None,
        };
        let waits = |lane: &usize| {
            let step = at(*lane);
            self.may_begin(group, turns, &lanes, *lane).is_ok()
                && step.is_some_and(|s| !self.steps[s].under_way() && self.steps[s].approved.is_none())
        };
        let lane = order().find(waits).or_else(|| order().find(|lane| at(*lane).is_some()))?;
        at(lane)
    }
}
