//! Makes rows of findings: symptoms folded under what explains them, the pods of one workload as one row, the worst
//! first.
//!
//! It must not lose a finding: each is a row, or a symptom of one. And it must not make a fault look milder than its
//! symptoms are.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Slot;
use crate::domain::{
    Blast, Finding, Folded, Kind, Level, ObjectKey, RowKey, RunbookLink, Severity, Timestamp,
};

type Findings = BTreeMap<Slot, Finding>;
type Causes<'a> = BTreeMap<&'a Slot, &'a Slot>;

/// A row in the making. It borrows: of thirty thousand pods that suffer from one fault only one finding is copied.
struct Making<'a> {
    first: &'a Finding,
    symptoms: Vec<&'a str>,
    /// The findings of those titles.
    folded: Vec<&'a Finding>,
    /// The runbooks of what is under it: what somebody saw first is still looked for.
    runbooks: Vec<&'a RunbookLink>,
    severity: Severity,
    /// The worst of all that is under it, whoever knows best.
    worst: Severity,
    young: Option<Timestamp>,
    blast: Blast,
    /// The worst pod of a workload that a row is about: its words say why.
    words: Option<&'a Finding>,
}

/// So many runbooks a row has, with those of what is under it.
const RUNBOOKS: usize = 4;

/// So much is told of what a pod under a row says.
const WORDS: usize = 3;

impl<'a> Making<'a> {
    fn new(first: &'a Finding) -> Making<'a> {
        let own = first.symptoms.iter().map(String::as_str).collect();
        Making {
            first,
            symptoms: own,
            folded: Vec::new(),
            runbooks: Vec::new(),
            severity: first.severity,
            worst: first.severity,
            young: first.young,
            blast: first.blast,
            words: None,
        }
    }

    /// Takes one more finding under it: a row is as bad as the worst of those, and young only while all of them are. A
    /// detector that knows a fault knows best how bad it is: another such finding under it makes it no worse.
    fn add(&mut self, level: Level, severity: Severity, young: Option<Timestamp>) {
        self.young = self.young.zip(young).map(|(a, b)| a.min(b));
        let known = self.first.level == Level::Specific && level == Level::Specific;
        // What may heal by itself makes nothing worse.
        if young.is_none() {
            self.worst = self.worst.max(severity);
            if !known {
                self.severity = self.severity.max(severity);
            }
        }
    }

    /// Takes a whole row under it: where this one knows no better, what that one knew better than its symptoms counts.
    fn take_in(&mut self, row: &Making<'_>) {
        let knows = self.first.level == Level::Specific;
        let severity = if knows { row.severity } else { row.severity.max(row.worst) };
        self.add(row.first.level, severity, row.young);
        self.worst = self.worst.max(row.worst);
    }

    /// Why a workload is not as it should be say its pods; why a node is not, it says itself.
    fn hear(&mut self, symptom: &'a Finding) {
        let worse = |known: &Finding| {
            (symptom.young.is_none(), symptom.severity) > (known.young.is_none(), known.severity)
        };
        let silent =
            matches!(self.first.subject.kind, Kind::Node | Kind::Pod) || self.first.level != Level::Specific;
        let tells = symptom.subject.kind == Kind::Pod && symptom.level == Level::General;
        if tells && !silent && self.words.is_none_or(worse) {
            self.words = Some(symptom);
        }
    }

    /// The same order as that of the finished rows.
    fn rank(&self) -> (bool, Severity, usize, Blast, Option<Timestamp>) {
        (self.young.is_none(), self.severity, self.symptoms.len(), self.blast, self.first.since)
    }

    fn done(self) -> Finding {
        let mut row = Finding {
            severity: self.severity,
            young: self.young,
            blast: self.blast,
            symptoms: self.symptoms.into_iter().map(str::to_owned).collect(),
            folded: self.folded.into_iter().map(folded).collect(),
            ..self.first.clone()
        };
        for link in self.runbooks {
            if row.runbooks.len() < RUNBOOKS && !row.runbooks.iter().any(|own| own.id == link.id) {
                row.runbooks.push(link.clone());
            }
        }
        row.evidence.extend(self.words.iter().flat_map(|f| &f.evidence).take(WORDS).cloned());
        let Some(group) = &self.first.group else { return row };
        if let (Some(title), Some(subject)) = (&group.title, group.subject()) {
            row.title.clone_from(title);
            row.subject = subject;
        }
        row
    }
}

fn folded(finding: &Finding) -> Folded {
    Folded {
        detector: finding.detector,
        subject: finding.subject.clone(),
        severity: finding.severity,
        since: finding.since,
        pods: finding.blast.pods,
    }
}

/// All findings as rows.
pub(super) fn ranked(findings: &Findings) -> Arc<[Finding]> {
    let causes = causes(findings);
    let mut rows: BTreeMap<&Slot, Making<'_>> = BTreeMap::new();
    let roots: Vec<_> = findings.iter().map(|(slot, finding)| (root(&causes, slot), slot, finding)).collect();
    for (_, slot, finding) in roots.iter().filter(|(root, slot, _)| root == slot) {
        rows.insert(slot, Making::new(finding));
    }
    for (root, _, finding) in roots.iter().filter(|(root, slot, _)| root != slot) {
        if let Some(row) = rows.get_mut(root) {
            row.add(finding.level, finding.severity, finding.young);
            row.symptoms.push(&finding.title);
            row.folded.push(finding);
            row.runbooks.extend(&finding.runbooks);
            row.hear(finding);
        }
    }
    let mut rows: Vec<_> = rows.into_values().collect();
    rows.sort_by(|a, b| b.rank().cmp(&a.rank()).then_with(|| a.first.id().cmp(&b.first.id())));
    let mut out: Vec<Finding> = grouped(rows).into_iter().map(Making::done).collect();
    out.sort_by(|a, b| b.rank().cmp(&a.rank()).then_with(|| a.id().cmp(&b.id())));
    out.into()
}

/// Of each group only the first stays; the others are told as its symptoms.
fn grouped(rows: Vec<Making<'_>>) -> Vec<Making<'_>> {
    let mut out: Vec<Making<'_>> = Vec::new();
    let mut first_of = BTreeMap::new();
    for row in rows {
        let group = row.first.group.as_ref();
        let place = group.map(|g| (row.first.detector, &*g.kind, &g.row, &*g.cause));
        match place.and_then(|place| first_of.get(&place)) {
            Some(at) => {
                let first: &mut Making<'_> = &mut out[*at];
                first.blast.pods += row.blast.pods;
                first.take_in(&row);
                first.symptoms.push(&row.first.title);
                first.symptoms.extend(row.symptoms);
                first.folded.push(row.first);
                first.folded.extend(row.folded);
                first.runbooks.extend(row.first.runbooks.iter().chain(row.runbooks));
            }
            None => {
                first_of.extend(place.map(|place| (place, out.len())));
                out.push(row);
            }
        }
    }
    out
}

/// The first finding that explains each one that is explained.
fn causes(findings: &Findings) -> Causes<'_> {
    let mut by_subject: BTreeMap<&ObjectKey, Vec<&Slot>> = BTreeMap::new();
    for slot in findings.keys() {
        by_subject.entry(&slot.1).or_default().push(slot);
    }
    let mut causes = Causes::new();
    for (cause, finding) in findings {
        let explained = finding.explains.iter().filter(|e| **e != cause.1);
        for symptom in explained.filter_map(|e| by_subject.get(e)).flatten() {
            let first = *causes.entry(*symptom).or_insert(cause);
            // Who only knows that something is not well, and explains what an earlier one explains, is about the same
            // fault: a claim that is not bound and the rollout that waits for it. A node is no symptom of its pods.
            if first != cause && finding.level == Level::General && cause.1.kind != Kind::Node {
                causes.entry(cause).or_insert(first);
            }
        }
    }
    let of_pods = of_pods(findings);
    for (slot, finding) in findings.iter().filter(|(_, f)| f.level != Level::Specific) {
        let same = by_subject.get(&slot.1).and_then(|slots| slots.first()).filter(|first| **first < slot);
        let place = (slot.1.kind.name(), &slot.1.row);
        let pods = || of_pods.get(&place).filter(|_| finding.level == Level::Sum);
        if let Some(cause) = same.or_else(pods) {
            causes.insert(slot, cause);
        }
    }
    causes
}

/// Of the findings about the pods of each workload the worst.
fn of_pods(findings: &Findings) -> BTreeMap<(&str, &RowKey), &Slot> {
    let mut out: BTreeMap<(&str, &RowKey), (&Slot, &Finding)> = BTreeMap::new();
    for (slot, finding) in findings.iter().filter(|(slot, _)| slot.1.kind == Kind::Pod) {
        let Some(group) = &finding.group else { continue };
        let rank = |f: &Finding| (f.young.is_none(), f.severity);
        let known = out.entry((&*group.kind, &group.row)).or_insert((slot, finding));
        if rank(finding) > rank(known.1) {
            *known = (slot, finding);
        }
    }
    out.into_iter().map(|(place, (slot, _))| (place, slot)).collect()
}

/// The finding that stands for this one: the cause of its cause, and so on. Of those that explain each other the first is.
fn root<'a>(causes: &Causes<'a>, slot: &'a Slot) -> &'a Slot {
    let mut seen = vec![slot];
    let mut at = slot;
    while let Some(cause) = causes.get(at) {
        if seen.contains(cause) {
            let round = seen.iter().position(|s| s == cause).unwrap_or(0);
            return seen[round..].iter().min().copied().unwrap_or(slot);
        }
        seen.push(cause);
        at = cause;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Group;

    fn key(i: usize) -> ObjectKey {
        ObjectKey::new(Kind::Pod, "ns", format!("p{i}").as_str())
    }

    fn group(i: usize) -> Group {
        Group::of(("ReplicaSet".into(), RowKey::new("ns", format!("g{i}").as_str())))
    }

    proptest! {
        #[test]
        fn every_finding_is_a_row_or_a_symptom_of_one(
            explains in prop::collection::vec(prop::collection::vec(0..6_usize, 0..4), 12),
            groups in prop::collection::vec(prop::option::of(0..2_usize), 12),
            levels in prop::collection::vec(0..3_usize, 12),
            bad in prop::collection::vec((0..3_usize, any::<bool>()), 12),
        ) {
            let mut findings = Findings::new();
            for (i, explained) in explains.iter().enumerate() {
                // Two detectors that look at the same six subjects.
                let (detector, subject) = (i / 6, key(i % 6));
                let severity = [Severity::Notice, Severity::Warning, Severity::Critical][bad[i].0];
                let mut finding = Finding::new("d", severity, &subject, format!("finding {i}"));
                finding.explains = explained.iter().map(|e| key(*e)).collect();
                finding.group = groups[i].map(group);
                finding.level = [Level::Specific, Level::General, Level::Sum][levels[i]];
                finding.young = bad[i].1.then_some(Timestamp::UNIX_EPOCH);
                findings.insert((detector, subject), finding);
            }
            let rows = ranked(&findings);
            let told: Vec<_> =
                rows.iter().flat_map(|f| std::iter::once(&f.title).chain(&f.symptoms)).cloned().collect();
            for finding in findings.values() {
                let times = told.iter().filter(|t| **t == finding.title).count();
                prop_assert_eq!(times, 1, "{}: {:?}", finding.title, told);
                let tells = |f: &&Finding| f.title == finding.title || f.symptoms.contains(&finding.title);
                let row = rows.iter().find(tells).unwrap();
                let known = row.level == Level::Specific && finding.level == Level::Specific;
                prop_assert!(finding.young.is_some() || row.young.is_none(), "a row looks younger than {}", finding.title);
                prop_assert!(known || finding.young.is_some() || row.severity >= finding.severity, "milder than {}", finding.title);
            }
        }
    }

    #[test]
    fn a_general_finding_is_a_symptom_of_an_earlier_one_about_its_object_and_a_sum_of_one_about_its_pods() {
        let mut findings = Findings::new();
        let workload = ObjectKey::new(Kind::ReplicaSet, "ns", "g0");
        let mut put = |detector, subject: &ObjectKey, level, group| {
            let title = format!("{detector} {}", subject.name());
            let finding = Finding { group, level, ..Finding::new("d", Severity::Warning, subject, title) };
            findings.insert((detector, subject.clone()), finding);
        };
        put(0, &key(1), Level::Specific, Some(group(0)));
        put(1, &key(1), Level::General, Some(group(0)));
        put(2, &workload, Level::Sum, None);
        let rows = ranked(&findings);
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!((rows[0].title.as_str(), rows[0].symptoms.len()), ("0 p1", 2));
    }

    #[test]
    fn a_row_offers_its_own_runbooks_first_and_then_those_of_its_symptoms_each_once() {
        let mut findings = Findings::new();
        let mut put = |detector, subject: &ObjectKey, explains: Vec<ObjectKey>, books: &[&str]| {
            let runbooks = books.iter().map(|id| RunbookLink::new(id, [])).collect();
            let finding = Finding {
                runbooks,
                explains,
                ..Finding::new("d", Severity::Warning, subject, subject.name())
            };
            findings.insert((detector, subject.clone()), finding);
        };
        put(0, &key(0), vec![key(1), key(2)], &["pods/workload-rollout"]);
        put(1, &key(1), vec![], &["pods/pod-crashloop", "pods/workload-rollout"]);
        put(1, &key(2), vec![], &["pods/pod-crashloop", "pods/a", "pods/b", "pods/c"]);
        let rows = ranked(&findings);
        let ids: Vec<_> = rows[0].runbooks.iter().map(|link| link.id.as_str()).collect();
        assert_eq!(ids, ["pods/workload-rollout", "pods/pod-crashloop", "pods/a", "pods/b"]);
    }
}
