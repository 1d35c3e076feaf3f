//! What was counted over the time of a session, and a small picture of it.

use super::{Event, What};
use crate::domain::Timestamp;
use crate::lang::t;

/// What is counted in every session, as journals name it.
pub const NODES_NOT_READY: &str = "nodes not ready";
/// How the names of what a plan has still to do end.
const LEFT: [&str; 2] = [": pods left", ": objects left"];

/// The name in journals of what a plan has still to do: pods, or else objects of any kind.
pub fn left(title: &str, pods: bool) -> String {
    format!("{title}{}", LEFT[usize::from(!pods)])
}

/// What is counted, in words.
pub fn counted(series: &str) -> String {
    let [pods, objects] = LEFT.map(|end| series.strip_suffix(end));
    match (pods, objects) {
        _ if series == NODES_NOT_READY => t!("record-counted-nodes").to_owned(),
        (Some(title), _) => t!("record-counted-pods", title = title),
        (_, Some(title)) => t!("record-counted-objects", title = title),
        _ => series.to_owned(),
    }
}

/// One thing that was counted, at each time that it changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// As journals name it.
    pub name: String,
    pub points: Vec<(Timestamp, u64)>,
}

/// What was counted, each thing once, in the order of its first sample.
pub fn series(events: &[Event]) -> Vec<Series> {
    let mut out: Vec<(Option<&String>, Series)> = Vec::new();
    for event in events {
        let What::Sample { series, plan, value } = &event.what else { continue };
        let found = out.iter_mut().find(|(of, s)| *of == plan.as_ref() && s.name == *series);
        let point = (event.at, *value);
        match found {
            Some((_, known)) => known.points.push(point),
            None => out.push((plan.as_ref(), Series { name: series.clone(), points: vec![point] })),
        }
    }
    out.into_iter().map(|(_, s)| s).collect()
}

/// The steps of a series as points of a polyline in a box of this size, from the first to the last moment given.
/// A value holds until the next one.
pub fn steps(series: &Series, span: (Timestamp, Timestamp), size: (f64, f64)) -> Vec<(f64, f64)> {
    let seconds = |t: Timestamp| (t.as_millisecond() - span.0.as_millisecond()) as f64;
    let whole = seconds(span.1).max(1.0);
    let most = series.points.iter().map(|(_, v)| *v).max().unwrap_or(0).max(1) as f64;
    let x = |t: Timestamp| (seconds(t) / whole * size.0).clamp(0.0, size.0);
    let y = |v: u64| size.1 - v as f64 / most * size.1;
    let mut out: Vec<(f64, f64)> = Vec::new();
    for (at, value) in &series.points {
        if let Some((_, before)) = out.last().copied() {
            out.push((x(*at), before));
        }
        out.push((x(*at), y(*value)));
    }
    if let Some((_, last)) = out.last().copied() {
        out.push((size.0, last));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_holds_until_the_next() {
        let at = |s| Timestamp::from_second(s).unwrap();
        let sample = |s, value| Event {
            seq: 0,
            at: at(s),
            prev: String::new(),
            what: What::Sample { series: "pods left".into(), plan: None, value },
        };
        let all = series(&[sample(0, 4), sample(5, 2)]);
        assert_eq!(all[0].points, [(at(0), 4), (at(5), 2)]);
        let line = steps(&all[0], (at(0), at(10)), (100.0, 40.0));
        assert_eq!(line, [(0.0, 0.0), (50.0, 0.0), (50.0, 20.0), (100.0, 20.0)]);
    }
}
