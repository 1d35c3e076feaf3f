//! The walks of this run of the program: one is looked at, the others go on behind it.
//!
//! Must not ask anything for a walk that nobody looks at: it waits until somebody does.

use super::{App, Effect};
use crate::lang::t;
use crate::record::What;
use crate::walk::{NOT_BEGUN, StepId, Walk};

impl App {
    /// Does something to every walk, the one that is looked at first. What another one records is recorded as of that one.
    pub(crate) fn each_walk(
        &mut self,
        effects: &mut Vec<Effect>,
        mut act: impl FnMut(&mut App, &mut Vec<Effect>),
    ) {
        act(self, effects);
        let Some(front) = self.run.as_ref().map(|walk| walk.number) else { return };
        for other in 0..self.others.len() {
            self.exchange(other);
            self.background = true;
            let mut came = Vec::new();
            act(self, &mut came);
            let number = self.run.as_ref().map_or(front, |walk| walk.number);
            self.background = false;
            self.exchange(other);
            effects.extend(came.into_iter().map(|effect| match effect {
                Effect::Record(records) => {
                    let of = |walk| (walk != NOT_BEGUN).then_some(What::Walk { walk });
                    Effect::Record(of(number).into_iter().chain(records).chain(of(front)).collect())
                }
                effect => effect,
            }));
        }
    }

    fn exchange(&mut self, other: usize) {
        if let (Some(front), Some(other)) = (&mut self.run, self.others.get_mut(other)) {
            std::mem::swap(front, other);
        }
    }

    /// Opens another walk in front; the one that was there goes on behind it, where it has begun anything.
    pub(crate) fn put_in_front(&mut self, walk: Walk) {
        self.asked = None;
        if let Some(before) = self.run.replace(walk).filter(Walk::goes_on) {
            self.others.push(before);
        }
    }

    /// Leaves the walk that is looked at without having begun it: the one that was there before is looked at again.
    pub(crate) fn drop_front(&mut self, effects: &mut Vec<Effect>) {
        self.asked = None;
        self.run = self.others.pop();
        let number = self.run.as_ref().map(|walk| walk.number);
        effects.extend(number.map(|walk| Effect::Record(vec![What::Walk { walk }])));
    }

    /// Looks at the walk of this number, which goes on behind the present one.
    pub(crate) fn bring_to_front(&mut self, number: u32, effects: &mut Vec<Effect>) -> bool {
        if self.run.as_ref().is_some_and(|walk| walk.number == number) {
            return true;
        }
        let Some(at) = self.others.iter().position(|walk| walk.number == number) else { return false };
        // What was asked for in the other one must not open over this one.
        self.asked = None;
        let walk = self.others.remove(at);
        // Who goes from one to the other comes back, whatever was done by then.
        self.others.extend(self.run.replace(walk).filter(|before| before.begun));
        effects.push(Effect::Record(vec![What::Walk { walk: number }]));
        true
    }

    /// What is said when the program is left: how a walk that is not done goes on.
    pub fn parting(&self) -> Option<String> {
        let open: Vec<_> = self.walks().filter(|walk| walk.goes_on()).collect();
        let walk = open.first()?;
        let step = walk.tree.position(walk.current).map_or(0, |at| at + 1);
        let more = open.len() - 1;
        let more = if more == 0 { String::new() } else { t!("app-walks-and-more", more = more) };
        let (id, runbook, all) = (&self.session.state.id, &walk.book.id, walk.tree.len());
        Some(t!(
            "app-walks-session-step-of-kept-opsbook-sessions",
            id = id,
            runbook = runbook,
            step = step,
            all = all,
            more = more
        ))
    }

    /// Every walk, the one that is looked at first.
    pub fn walks(&self) -> impl Iterator<Item = &Walk> {
        self.run.iter().chain(&self.others)
    }

    pub(crate) fn walks_mut(&mut self) -> impl Iterator<Item = &mut Walk> {
        self.run.iter_mut().chain(&mut self.others)
    }

    /// The waits that go on in the background, of every walk; they stand below the tasks.
    pub fn waits(&self) -> Vec<(u32, StepId)> {
        self.walks().flat_map(|walk| walk.waiting().into_iter().map(|id| (walk.number, id))).collect()
    }

    /// The walk of this number.
    pub fn walk(&self, number: u32) -> Option<&Walk> {
        self.walks().find(|walk| walk.number == number)
    }
}
