//! Building and asking an index of generated runbooks. `cargo bench --bench search`.

use divan::{Bencher, black_box};
use opsbook::search::{Index, QueryOptions, SearchDoc};

const SIZES: [usize; 3] = [90, 10_000, 100_000];

const WORDS: [&str; 24] = [
    "node",
    "kubelet",
    "certificate",
    "expired",
    "ImagePullBackOff",
    "eviction",
    "drain",
    "etcd",
    "snapshot",
    "quorum",
    "latency",
    "NotReady",
    "volume",
    "attach",
    "webhook",
    "timeout",
    "token",
    "registry",
    "rollout",
    "budget",
    "节点",
    "证书过期",
    "磁盘压力",
    "镜像拉取失败",
];

fn main() {
    divan::main();
}

/// A document whose words depend on its number only.
fn doc(n: usize) -> SearchDoc {
    let word = |k: usize| WORDS[(n * 7 + k * 13 + n / 24) % WORDS.len()];
    let line = |from: usize, count: usize| (from..from + count).map(word).collect::<Vec<_>>().join(" ");
    SearchDoc {
        id: format!("folder-{}/runbook-{n}", n % 15),
        titles: vec![("en".into(), format!("{} number {n}", line(0, 4))), ("zh".into(), line(20, 2))],
        symptoms: (0..5).map(|i| line(i, 3)).collect(),
        alerts: vec![format!("Kube{}Alert{n}", word(3)).as_str().into()],
        headings: (0..6).map(|i| line(i + 2, 3)).collect(),
        body: vec![(0..20).map(|i| line(i, 12)).collect::<Vec<_>>().join("\n")],
        tags: vec![word(1).into()],
        langs: vec!["en".into(), "zh".into()],
        risk: 0,
    }
}

fn index(size: usize) -> Index {
    Index::build((0..size).map(doc)).expect("an index in memory can be built")
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn build(size: usize) -> Index {
    index(black_box(size))
}

#[divan::bench(args = SIZES)]
fn words(bencher: Bencher, size: usize) {
    let index = index(size);
    bencher
        .bench_local(|| index.query(black_box("certificate expired number 42 "), &QueryOptions::default()));
}

#[divan::bench(args = SIZES)]
fn prefix(bencher: Bencher, size: usize) {
    let index = index(size);
    bencher.bench_local(|| index.query(black_box("node evic"), &QueryOptions::default()));
}

#[divan::bench(args = SIZES)]
fn typo(bencher: Bencher, size: usize) {
    let index = index(size);
    bencher.bench_local(|| index.query(black_box("certifcate "), &QueryOptions::default()));
}

#[divan::bench(args = SIZES)]
fn chinese(bencher: Bencher, size: usize) {
    let index = index(size);
    bencher.bench_local(|| index.query(black_box("证书过期"), &QueryOptions::default()));
}
