//! What people paste and type, asked of the runbooks that are built in, and of ninety: those and one for nearly everything
//! else that goes wrong in a cluster (`tests/data/search/grown.toml`, with text that mentions its neighbours).
//!
//! `tests/data/search/queries.tsv` was written before the search was: `t` was looked at while it was made, `h` was held
//! back until then, and `n` was written when `h` had been looked at.
//! A line says which runbooks may come first, or `-`; one whose runbook is not there must find none. To add one: a line, and
//! say in its commit why it may come first.

use std::collections::BTreeSet;

use opsbook::corpus::Corpus;
use opsbook::search::{Answer, Index, QueryOptions, SearchDoc};

/// How many of a hundred of those that were held back must be right.
const HELD_BACK: usize = 85;

#[derive(serde::Deserialize)]
struct Grown {
    book: Vec<Book>,
}

#[derive(serde::Deserialize)]
struct Book {
    id: String,
    title: String,
    zh: String,
    risk: u8,
    symptoms: Vec<String>,
    alerts: Vec<String>,
    see: Vec<String>,
}

fn built_in() -> Vec<SearchDoc> {
    Corpus::built_in().search_docs().collect()
}

fn grown() -> Vec<SearchDoc> {
    let mut docs = built_in();
    let text = include_str!("../data/search/grown.toml");
    let grown: Grown = toml::from_str(text).unwrap();
    for (i, book) in grown.book.iter().enumerate() {
        let mut body = vec![format!("{}. {}", book.title, book.symptoms.join(". "))];
        let mut see: BTreeSet<&String> = book.see.iter().collect();
        see.insert(&grown.book[(i + 1) % grown.book.len()].id);
        see.insert(&grown.book[(i + 7) % grown.book.len()].id);
        for other in grown.book.iter().filter(|b| see.contains(&b.id)) {
            body.push(format!("When it is {}, see {}: {}", other.title, other.id, other.symptoms.join(", ")));
        }
        docs.push(SearchDoc {
            id: book.id.clone(),
            titles: vec![("en".into(), book.title.clone()), ("zh".into(), book.zh.clone())],
            symptoms: book.symptoms.clone(),
            alerts: book.alerts.iter().map(|a| a.as_str().into()).collect(),
            risk: book.risk,
            body: vec![body.join("\n")],
            tags: vec![book.id.split('/').next().unwrap().to_owned()],
            langs: vec!["en".into(), "zh".into()],
            ..SearchDoc::default()
        });
    }
    docs
}

/// A line of the queries: its half, which runbooks may come first, the text.
fn queries() -> Vec<(&'static str, Vec<&'static str>, String)> {
    let line = |line: &'static str| {
        let [half, expected, query] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        (half, expected.split('|').collect(), query.replace("\\n", "\n"))
    };
    include_str!("../data/search/queries.tsv").lines().map(line).collect()
}

fn ask(index: &Index, text: &str) -> Answer {
    index.query(text, &QueryOptions::default()).unwrap()
}

/// The first runbook that is about it.
fn first(answer: &Answer) -> Option<&str> {
    answer.hits.first().filter(|h| h.about).map(|h| h.id.as_str())
}

/// Which queries of a half are answered wrongly, and how many it has.
fn wrong(half: &str, docs: Vec<SearchDoc>) -> (Vec<String>, usize) {
    let ids: BTreeSet<String> = docs.iter().map(|d| d.id.clone()).collect();
    let index = Index::build(docs.into_iter()).unwrap();
    let (mut wrong, mut all) = (Vec::new(), 0);
    for (_, expected, query) in queries().into_iter().filter(|(h, ..)| *h == half) {
        let expected: Vec<&str> = expected.into_iter().filter(|id| ids.contains(*id)).collect();
        let answer = ask(&index, &query);
        let right = match first(&answer) {
            Some(id) => expected.contains(&id),
            None => expected.is_empty(),
        };
        all += 1;
        if !right {
            wrong.push(format!("{query:?} finds {:?} before {expected:?}", first(&answer)));
        }
    }
    (wrong, all)
}

/// At least so many of a hundred are answered rightly.
fn mostly(half: &str, docs: Vec<SearchDoc>, percent: usize) {
    let (wrong, all) = wrong(half, docs);
    assert!(all > 25);
    let right = all - wrong.len();
    assert!(right * 100 >= all * percent, "{right} of {all}:\n{}", wrong.join("\n"));
}

#[test]
fn what_people_paste_and_type_is_found_among_the_runbooks_that_are_built_in() {
    mostly("t", built_in(), 97);
    mostly("h", built_in(), HELD_BACK);
    mostly("n", built_in(), HELD_BACK);
}

#[test]
fn what_people_paste_and_type_is_found_among_ninety_with_near_neighbours() {
    mostly("t", grown(), 94);
    mostly("h", grown(), HELD_BACK);
    mostly("n", grown(), HELD_BACK);
}

/// Each row by hand, as an operator tried it; none of them may go wrong again.
#[test]
fn what_an_operator_typed_in_vain_is_found() {
    let index = Index::build(built_in().into_iter()).unwrap();
    for (text, expected) in [
        ("crashing", Some("pods/pod-crashloop")),
        ("KubePodCrashLooping", Some("pods/pod-crashloop")),
        ("KubeNodeNotReady", Some("nodes/node-not-ready")),
        ("rollback", Some("pods/workload-rollout")),
        ("pod wont start", Some("pods/pod-crashloop")),
        ("pod 起不来", Some("pods/pod-crashloop")),
        ("pod一直重启", Some("pods/pod-crashloop")),
        ("0/4 nodes are available", None),
        ("certificate expired", None),
        ("dns 解析失败", None),
        ("calico 异常", Some("network/cni-calico")),
        ("ns 卡住", Some("pods/namespace-stuck-terminating")),
        ("服务 503", None),
        ("nod not redy", Some("nodes/node-not-ready")),
        ("nodenotready", Some("nodes/node-not-ready")),
    ] {
        let answer = ask(&index, text);
        assert_eq!(first(&answer), expected, "{text}: {:?}", answer.understood);
    }
}

#[test]
fn an_exact_alert_name_wins_over_everything() {
    for docs in [built_in(), grown()] {
        let index = Index::build(docs.clone().into_iter()).unwrap();
        let names: BTreeSet<&str> = docs
            .iter()
            .flat_map(|d| &d.alerts)
            .filter(|a| a.labels.is_empty())
            .map(|a| a.name.as_str())
            .collect();
        assert!(names.len() > 20);
        for name in names {
            let has = |id: &str| {
                let own = docs.iter().find(|d| d.id == id).unwrap();
                own.alerts.iter().any(|a| a.name == name && a.labels.is_empty())
            };
            // Also where all the rest of the text is about something else.
            for text in [
                name.to_owned(),
                name.to_lowercase(),
                format!("restore etcd from a snapshot, quorum lost: {name} for the drain of a node"),
                format!("labels:\n  alertname: {name}\n  severity: critical"),
            ] {
                let answer = ask(&index, &text);
                assert!(first(&answer).is_some_and(has), "{text:?} finds {:?}", first(&answer));
            }
        }
    }
}

#[test]
fn an_alert_that_is_meant_with_certain_labels_is_found_with_them_only() {
    let index = Index::build(built_in().into_iter()).unwrap();
    let of = |text: &str| ask(&index, text);
    let with = "KubeDaemonSetRolloutStuck{namespace=\"calico-system\",daemonset=\"calico-node\"}";
    assert_eq!(first(&of(with)), Some("network/cni-calico"));
    assert_eq!(first(&of("KubeDaemonSetRolloutStuck")), Some("pods/workload-rollout"));
    assert_eq!(first(&of("TargetDown job=kubelet")), Some("nodes/node-not-ready"));
}

#[test]
fn what_only_mentions_a_word_never_stands_before_what_is_about_it() {
    let index = Index::build(grown().into_iter()).unwrap();
    let mut mentions = 0;
    for (_, _, query) in queries() {
        let about: Vec<bool> = ask(&index, &query).hits.iter().map(|h| h.about).collect();
        assert!(about.is_sorted_by(|a, b| a >= b), "{query}: {about:?}");
        mentions += about.iter().filter(|a| !**a).count();
    }
    assert!(mentions > 20, "{mentions}");
}

#[test]
fn a_runbook_is_worth_the_same_among_few_and_among_many() {
    let few = Index::build(built_in().into_iter()).unwrap();
    let many = Index::build(grown().into_iter()).unwrap();
    for text in ["drain", "crashing ", "OOMKilled", "节点失联", "etcd quorum lost", "KubePodCrashLooping"]
    {
        let (few, many) = (ask(&few, text), ask(&many, text));
        let best = few.hits.first().filter(|h| h.about).unwrap();
        let same = many.hits.iter().find(|h| h.id == best.id).unwrap();
        assert!((best.score - same.score).abs() < 1e-4 && same.about, "{text}: {best:?} {same:?}");
    }
}

#[test]
fn chinese_words_are_found_in_any_order() {
    let index = Index::build(grown().into_iter()).unwrap();
    for (one, other) in [
        ("节点失联", "失联 节点"),
        ("排空卡住", "卡住的排空"),
        ("证书过期 kubelet", "kubelet 过期的证书"),
        ("命名空间删不掉", "删不掉命名空间"),
        ("etcd 快照恢复", "恢复 etcd 快照"),
        ("镜像拉取失败", "拉取镜像失败"),
    ] {
        let (a, b) = (ask(&index, one), ask(&index, other));
        let within = |answer: &Answer| answer.hits.iter().take(3).any(|h| Some(h.id.as_str()) == first(&a));
        assert!(first(&a).is_some() && within(&b), "{one} {other}: {:?} {:?}", first(&a), first(&b));
    }
}

/// Names and numbers of a cluster, and what surrounds a pasted message, do not lead elsewhere.
#[test]
fn a_pasted_line_finds_what_it_says_whatever_stands_around_it() {
    let index = Index::build(grown().into_iter()).unwrap();
    let around = |line: &str| {
        format!(
            "2026-11-30T03:12:44.123Z worker-7 kubelet[812]: E1130 03:12:44 10.0.0.7:6443 {line} pod=\"shop/x-7d9f8c6b5-x2x9z\""
        )
    };
    for (line, id) in [
        ("Cannot evict pod as it would violate the pod's disruption budget.", "nodes/node-drain"),
        ("Memory cgroup out of memory: Killed process 4711 (java)", "pods/pod-oomkilled"),
        (
            "calico/node is not ready: BIRD is not ready: BGP not established with 10.0.0.8",
            "network/cni-calico",
        ),
        ("Back-off restarting failed container", "pods/pod-crashloop"),
    ] {
        assert_eq!(first(&ask(&index, &around(line))), Some(id), "{line}");
    }
}
