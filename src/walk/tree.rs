//! The tree of a walk: the steps of its file, and below those that stand for several the lanes of each. Pure.
//!
//! A step keeps its [`StepId`] for as long as the walk lasts. What is laid out later (the steps of an included runbook, one
//! lane for each element of a list) is added below the step that stood for it; that one is hidden and stays what it was.
//! Must not number anything anew: whoever holds a [`StepId`] holds the same step at every later moment.

use std::collections::{BTreeMap, HashMap};
use std::ops::Index;
use std::sync::Arc;

use super::place::Place;
use crate::runbook::model::{Runbook, Step, StepKind};

/// A step of one walk, the same one for as long as the walk lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId(u32);

/// Where a step stands below another one.
#[derive(Clone, Copy, Debug)]
struct Within {
    group: StepId,
    lane: usize,
    /// Its place among the steps of its lane.
    at: usize,
}

/// What is done for one element, or the steps of an included runbook.
#[derive(Clone, Debug)]
pub struct Lane {
    /// The element as people read it; none where the steps are those of an included runbook.
    pub element: Option<String>,
    pub steps: Vec<StepId>,
}

#[derive(Clone, Debug)]
struct Node {
    step: Step,
    place: Place,
    within: Option<Within>,
    /// Every lane that it ever had.
    lanes: Vec<Lane>,
    /// Those that stand in its place now, in their order; none while it stands for itself.
    open: Vec<usize>,
    /// Where each lane is among those.
    opened: Vec<Option<usize>>,
}

/// The steps of a walk and how they stand below one another.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    roots: Vec<StepId>,
    /// The steps that are walked, in their order.
    order: Arc<[StepId]>,
    /// Where each step is in that order.
    positions: Vec<Option<u32>>,
    /// The steps that are walked, by their names.
    names: HashMap<String, StepId>,
    /// Of a step that stands for several elements the first one that is walked, by its name in the file.
    written: HashMap<String, StepId>,
}

impl Index<StepId> for Tree {
    type Output = Step;

    fn index(&self, id: StepId) -> &Step {
        &self.node(id).step
    }
}

impl StepId {
    pub(super) fn number(self) -> usize {
        self.0 as usize
    }
}

impl Tree {
    pub(super) fn new(book: &Arc<Runbook>) -> Tree {
        let mut tree = Tree::default();
        let outer: Vec<usize> = book.outer_steps().collect();
        let step = |number: usize| (book.steps[number].clone(), Place::of(book, number));
        tree.roots = outer.into_iter().map(step).map(|(step, place)| tree.push(step, place, None)).collect();
        if tree.nodes.is_empty() {
            // There is always a step to be looked at. This one is never walked.
            tree.push(super::place::no_step(), Place::of(book, 0), None);
        }
        tree.lay();
        tree
    }

    fn push(&mut self, step: Step, place: Place, within: Option<Within>) -> StepId {
        let id = StepId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node {
            step,
            place,
            within,
            lanes: Vec::new(),
            open: Vec::new(),
            opened: Vec::new(),
        });
        id
    }

    /// Every step that there ever was, in the order in which they came.
    pub(super) fn all(&self) -> impl Iterator<Item = &Step> {
        self.nodes.iter().map(|node| &node.step)
    }

    /// The steps that are walked below one that others stand in the place of, in their order.
    pub(super) fn below(&self, id: StepId) -> Vec<StepId> {
        let mut out = Vec::new();
        for lane in self.lanes(id) {
            lane.steps.iter().for_each(|step| self.flatten(*step, &mut out));
        }
        out
    }

    /// How many steps there ever were.
    pub(super) fn count(&self) -> usize {
        self.nodes.len()
    }

    fn lay(&mut self) {
        let mut order = Vec::new();
        for root in &self.roots {
            self.flatten(*root, &mut order);
        }
        self.positions = vec![None; self.nodes.len()];
        for (at, id) in order.iter().enumerate() {
            self.positions[id.number()] = u32::try_from(at).ok();
        }
        // Of two of one name, which the checker refuses, the first is meant.
        (self.names, self.written) = (HashMap::with_capacity(order.len()), HashMap::new());
        for id in &order {
            let step = &self.nodes[id.number()].step;
            self.names.entry(step.name.clone()).or_insert(*id);
            if step.part.is_some() && !self.written.contains_key(step.written()) {
                self.written.insert(step.written().to_owned(), *id);
            }
        }
        self.order = order.into();
    }

    /// The step of this name that is walked.
    pub fn named(&self, name: &str) -> Option<StepId> {
        self.names.get(name).copied()
    }

    /// The first of the steps that stand for the elements of the one of this name.
    pub fn first_element(&self, name: &str) -> Option<StepId> {
        self.written.get(name).copied()
    }

    fn flatten(&self, id: StepId, order: &mut Vec<StepId>) {
        let node = &self.nodes[id.number()];
        if node.open.is_empty() {
            return order.push(id);
        }
        for step in node.open.iter().flat_map(|lane| &node.lanes[*lane].steps) {
            self.flatten(*step, order);
        }
    }

    /// The steps that are walked, in their order. What is laid out meanwhile does not disturb it.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = StepId> + ExactSizeIterator + use<> {
        let order = Arc::clone(&self.order);
        (0..order.len()).map(move |at| order[at])
    }

    /// The steps that are walked.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = (StepId, &Step)> {
        self.order.iter().map(|id| (*id, &self[*id]))
    }

    /// The first step.
    pub fn first(&self) -> StepId {
        self.order.first().copied().unwrap_or(StepId(0))
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The step at a place of the order, counted from 0.
    pub fn at(&self, place: usize) -> Option<StepId> {
        self.order.get(place).copied()
    }

    /// Where a step is in the order, counted from 0; none where others stand in its place, or it is not walked any more.
    pub fn position(&self, id: StepId) -> Option<usize> {
        self.positions.get(id.number()).copied().flatten().map(|at| at as usize)
    }

    /// The steps behind this one, in their order.
    pub fn after(&self, id: StepId) -> impl Iterator<Item = StepId> + use<> {
        let from = self.position(id).map_or(self.order.len(), |at| at + 1);
        self.ids().skip(from)
    }

    /// The steps before this one, in their order.
    pub fn before(&self, id: StepId) -> impl DoubleEndedIterator<Item = StepId> + use<> {
        let order = Arc::clone(&self.order);
        (0..self.position(id).unwrap_or(0)).map(move |at| order[at])
    }

    /// The step that is walked where this one stands: itself, the first of those that stand in its place, or the one in
    /// whose place it stood.
    pub fn resolve(&self, id: StepId) -> StepId {
        if id.number() >= self.nodes.len() {
            return self.first();
        }
        let mut path = vec![id];
        while let Some(within) = path.last().and_then(|last| self.nodes[last.number()].within) {
            path.push(within.group);
        }
        let mut here = path.pop().unwrap_or(id);
        // From the root down, as far as it is laid out that way.
        while self.position(here).is_none() {
            let node = &self.nodes[here.number()];
            let next = path.pop().filter(|next| {
                let lane = self.nodes[next.number()].within.map(|w| w.lane);
                lane.is_some_and(|lane| node.open.contains(&lane))
            });
            if next.is_none() {
                path.clear();
            }
            let first = || node.open.iter().flat_map(|lane| &node.lanes[*lane].steps).next().copied();
            match next.or_else(first) {
                Some(below) => here = below,
                None => break,
            }
        }
        here
    }

    /// A step of another walk is none of this one: the first one stands for it, so that a mistake shows and nothing ends.
    fn node(&self, id: StepId) -> &Node {
        self.nodes.get(id.number()).unwrap_or(&self.nodes[0])
    }

    pub(super) fn place(&self, id: StepId) -> &Place {
        &self.node(id).place
    }

    /// The step that stands for the list of which this one is for an element, or for the runbook that it is included from.
    pub fn group(&self, id: StepId) -> Option<StepId> {
        self.node(id).within.map(|w| w.group)
    }

    /// The lanes that stand in the place of a step, in their order.
    pub fn lanes(&self, group: StepId) -> impl Iterator<Item = &Lane> {
        let node = &self.nodes[group.number()];
        node.open.iter().map(|lane| &node.lanes[*lane])
    }

    /// The lane that a step is in.
    pub fn lane(&self, id: StepId) -> Option<&Lane> {
        let within = self.node(id).within?;
        self.nodes[within.group.number()].lanes.get(within.lane)
    }

    /// The lane of an element that a step is in, itself or with the include that it came through: the step that stands for
    /// the list, and which of its open lanes it is. None for a step that is for no element, or whose lane is closed.
    pub fn element(&self, id: StepId) -> Option<(StepId, usize)> {
        let mut here = id;
        loop {
            let within = self.node(here).within?;
            let group = &self.nodes[within.group.number()];
            if group.lanes[within.lane].element.is_some() {
                let at = group.opened.get(within.lane).copied().flatten()?;
                return Some((within.group, at));
            }
            here = within.group;
        }
    }

    /// The element that a step is for, as people read it.
    pub fn element_name(&self, id: StepId) -> Option<&str> {
        let (group, at) = self.element(id)?;
        let node = self.node(group);
        node.lanes[node.open[at]].element.as_deref()
    }

    /// The steps that are walked in one of the open lanes of a list, in their order.
    pub fn lane_steps(&self, group: StepId, at: usize) -> Vec<StepId> {
        let node = self.node(group);
        let mut out = Vec::new();
        for step in node.open.get(at).into_iter().flat_map(|lane| &node.lanes[*lane].steps) {
            self.flatten(*step, &mut out);
        }
        out
    }

    /// The steps that are for the other elements what this one is for its own, itself included, in their order.
    pub fn siblings(&self, id: StepId) -> Vec<StepId> {
        // From the step up to the lane of its element: its place in each of the lanes on the way.
        let (mut path, mut here) = (Vec::new(), id);
        let group = loop {
            let Some(within) = self.node(here).within else { return Vec::new() };
            path.push(within.at);
            if self.nodes[within.group.number()].lanes[within.lane].element.is_some() {
                break within.group;
            }
            here = within.group;
        };
        let below = |lane: &Lane| {
            let (last, inner) = path.split_last()?;
            inner.iter().rev().try_fold(*lane.steps.get(*last)?, |step, at| {
                self.lanes(step).next()?.steps.get(*at).copied()
            })
        };
        self.lanes(group).filter_map(below).collect()
    }

    /// The group of this name in whose place its lanes stand.
    pub fn laid_out_group(&self, name: &str) -> Option<StepId> {
        let of = |node: &Node| {
            node.step.name == name && !node.open.is_empty() && matches!(node.step.kind, StepKind::Group(_))
        };
        let number = self.nodes.iter().position(of)?;
        u32::try_from(number).ok().map(StepId)
    }

    /// The scope that the lane of an element had before.
    pub(super) fn scope(&self, group: StepId, element: &str) -> Option<usize> {
        let mut lanes = self.nodes[group.number()].lanes.iter();
        let lane = lanes.find(|lane| lane.element.as_deref() == Some(element))?;
        lane.steps.first().map(|id| self.place(*id).scope)
    }

    /// Puts lanes in the place of steps. One of an element that a step had before is the same one again.
    pub(super) fn open(&mut self, all: Vec<(StepId, Vec<NewLane>)>) {
        for (group, lanes) in all {
            let known = self.nodes[group.number()].lanes.iter().enumerate();
            let known: BTreeMap<String, usize> =
                known.filter_map(|(at, lane)| Some((lane.element.clone()?, at))).collect();
            let mut open = Vec::new();
            for new in lanes {
                let again = new.element.as_ref().and_then(|element| known.get(element)).copied();
                open.push(match again {
                    Some(lane) => self.again(group, lane, new),
                    None => self.add(group, new),
                });
            }
            let node = &mut self.nodes[group.number()];
            node.opened = vec![None; node.lanes.len()];
            open.iter().enumerate().for_each(|(at, lane)| node.opened[*lane] = Some(at));
            node.open = open;
        }
        self.lay();
    }

    fn add(&mut self, group: StepId, new: NewLane) -> usize {
        let lane = self.nodes[group.number()].lanes.len();
        let within = |at| Some(Within { group, lane, at });
        let steps = new.steps.into_iter().enumerate();
        let steps = steps.map(|(at, (step, place))| self.push(step, place, within(at))).collect();
        self.nodes[group.number()].lanes.push(Lane { element: new.element, steps });
        lane
    }

    fn again(&mut self, group: StepId, lane: usize, new: NewLane) -> usize {
        let ids = self.nodes[group.number()].lanes[lane].steps.clone();
        for (id, (step, place)) in ids.into_iter().zip(new.steps) {
            // Its number in the list may be another one.
            (self.nodes[id.number()].step, self.nodes[id.number()].place) = (step, place);
        }
        lane
    }

    /// A step stands for itself again.
    pub(super) fn close(&mut self, group: StepId) {
        let node = &mut self.nodes[group.number()];
        (node.open, node.opened) = (Vec::new(), Vec::new());
        self.lay();
    }
}

/// A lane that is laid out.
pub(super) struct NewLane {
    pub element: Option<String>,
    pub steps: Vec<(Step, Place)>,
}
