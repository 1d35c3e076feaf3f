//! Asking small indexes.

use super::*;

fn doc(id: &str, titles: &[(&str, &str)], symptoms: &[&str], alerts: &[&str], body: &str) -> SearchDoc {
    let own = |v: &[&str]| v.iter().map(|s| (*s).to_owned()).collect();
    SearchDoc {
        id: id.to_owned(),
        titles: titles.iter().map(|(l, t)| ((*l).to_owned(), (*t).to_owned())).collect(),
        symptoms: own(symptoms),
        alerts: alerts.iter().map(|a| (*a).into()).collect(),
        body: vec![body.to_owned()],
        ..SearchDoc::default()
    }
}

fn docs() -> Vec<SearchDoc> {
    vec![
        doc(
            "nodes/node-not-ready",
            &[("en", "Node NotReady: first look"), ("zh", "节点未就绪")],
            &["node is NotReady", "节点失联"],
            &["KubeNodeNotReady"],
            "The kubelet stopped posting.\nDrain the node when it does not come back.",
        ),
        doc(
            "pods/pod-image-pull",
            &[("en", "Image cannot be pulled"), ("zh", "镜像拉取失败")],
            &["ImagePullBackOff", "ErrImagePull"],
            &["KubePodNotReady"],
            "Look at the registry and at the pull secret of the node.",
        ),
        doc(
            "control-plane/control-plane-certs",
            &[("en", "Certificates expired"), ("zh", "证书过期")],
            &["x509: certificate has expired or is not yet valid"],
            &[],
            "Renew with kubeadm.",
        ),
        doc(
            "pods/pod-pending",
            &[("en", "Pod stays Pending")],
            &["0/5 nodes are available"],
            &[],
            "Scheduler.",
        ),
        doc("pods/pod-oomkilled", &[("en", "Container OOMKilled")], &["exit code 137"], &[], "Memory."),
    ]
}

fn index() -> Index {
    Index::build(docs().into_iter()).unwrap()
}

fn ids(text: &str) -> Vec<String> {
    index().query(text, &QueryOptions::default()).unwrap().hits.into_iter().map(|h| h.id).collect()
}

#[test]
fn every_way_of_asking_finds() {
    for (text, first) in [
        ("node notready", "nodes/node-not-ready"),
        ("节点失联", "nodes/node-not-ready"),
        ("节点", "nodes/node-not-ready"),
        ("证书", "control-plane/control-plane-certs"),
        ("镜像 ", "pods/pod-image-pull"),
        ("ImagePullBackOff", "pods/pod-image-pull"),
        ("imagepull", "pods/pod-image-pull"),
        ("image pull back off", "pods/pod-image-pull"),
        ("x509: certificate has expired", "control-plane/control-plane-certs"),
        ("certifcate expired ", "control-plane/control-plane-certs"),
        ("0/5 nodes are available: insufficient memory", "pods/pod-pending"),
        ("KubeNodeNotReady", "nodes/node-not-ready"),
        ("oom", "pods/pod-oomkilled"),
        ("exit code 137", "pods/pod-oomkilled"),
        ("pod-oomkilled", "pods/pod-oomkilled"),
        ("certs", "control-plane/control-plane-certs"),
        ("certificate", "control-plane/control-plane-certs"),
        ("drai", "nodes/node-not-ready"),
    ] {
        assert_eq!(ids(text).first().map(String::as_str), Some(first), "{text}: {:?}", ids(text));
    }
}

#[test]
fn what_is_nowhere_is_not_found() {
    assert_eq!(ids("zzzzzz"), Vec::<String>::new());
    assert_eq!(ids("pdo "), Vec::<String>::new(), "no error is forgiven in short words");
    assert_eq!(ids("node zzzzzz "), Vec::<String>::new(), "two words must both be there");
}

#[test]
fn of_equals_the_one_that_can_do_less_harm_comes_first() {
    let risky = |id: &str, risk| SearchDoc { risk, ..doc(id, &[("en", "Volume lost")], &[], &[], "") };
    let index = Index::build([risky("a", 4), risky("b", 1), risky("c", 2)].into_iter()).unwrap();
    let hits = index.query("volume lost", &QueryOptions::default()).unwrap().hits;
    assert_eq!(hits.iter().map(|h| h.id.as_str()).collect::<Vec<_>>(), ["b", "c", "a"]);
}

#[test]
fn what_a_text_only_mentions_is_said_to_be_mentioned() {
    let about = |text: &str| {
        let answer = index().query(text, &QueryOptions::default()).unwrap();
        answer.hits.iter().map(|h| (h.id.clone(), h.about)).collect::<Vec<_>>()
    };
    assert_eq!(about("registry"), [("pods/pod-image-pull".to_owned(), false)]);
    assert_eq!(about("image pulled")[0], ("pods/pod-image-pull".to_owned(), true));
}

#[test]
fn how_a_word_was_read_is_told() {
    let read = |text: &str| {
        let answer = index().query(text, &QueryOptions::default()).unwrap();
        answer.understood.into_iter().map(|u| (u.typed, u.read)).collect::<Vec<_>>()
    };
    let meant = |typed: &str, meant: &str| (typed.to_owned(), Read::Meant(meant.to_owned()));
    assert_eq!(read("certifcate "), [meant("certifcate", "certificate")]);
    assert_eq!(read("nodenotready "), [meant("nodenotready", "kubenodenotready")]);
    assert_eq!(read("registrynode "), [("registrynode".to_owned(), Read::Nowhere)], "text joins no words");
    assert_eq!(read("imagecannot "), [meant("imagecannot", "image cannot")]);
    assert_eq!(read("qqq "), [("qqq".to_owned(), Read::Nowhere)]);
    assert_eq!(read("10251 "), [("10251".to_owned(), Read::Nowhere)], "a number is never nearly another");
}

#[test]
fn a_hit_says_where_it_matched() {
    let hits =
        index().query("notready", &QueryOptions { lang: "zh", ..QueryOptions::default() }).unwrap().hits;
    assert_eq!(hits[0].title, "节点未就绪");
    let fields: Vec<_> = hits[0].matched.iter().map(|m| m.field).collect();
    assert_eq!(fields, ["title", "symptoms", "alerts"]);
    let first = &hits[0].matched[0];
    assert_eq!(&first.fragment[first.ranges[0].clone()], "NotReady");
    let body = &index().query("registry", &QueryOptions::default()).unwrap().hits[0].matched[0];
    assert_eq!((body.field, &body.fragment[body.ranges[0].clone()]), ("body", "registry"));
}

#[test]
fn what_findings_point_to_comes_first() {
    let boost = ["pods/pod-pending".to_owned()];
    let asked =
        |text| index().query(text, &QueryOptions { boost: &boost, ..QueryOptions::default() }).unwrap().hits;
    assert_eq!(asked("node")[0].id, "pods/pod-pending");
    assert_eq!(asked("")[0].id, "pods/pod-pending");
    assert_eq!(asked("").len(), 5);
    assert!(
        asked("registry").iter().all(|h| h.id != "pods/pod-pending"),
        "a boost adds nothing that does not match"
    );
}

#[test]
fn a_kept_index_is_opened_again_and_replaced_when_the_documents_change() {
    let folder = tempfile::tempdir().unwrap();
    let built = std::cell::Cell::new(0);
    let open = |fingerprint: &str| {
        Index::open_or_build(folder.path(), fingerprint, || {
            built.set(built.get() + 1);
            docs().into_iter()
        })
        .unwrap()
    };
    assert_eq!(
        open("one").query("节点失联", &QueryOptions::default()).unwrap().hits[0].id,
        "nodes/node-not-ready"
    );
    assert_eq!(
        open("one").query("节点失联", &QueryOptions::default()).unwrap().hits[0].id,
        "nodes/node-not-ready"
    );
    assert_eq!(built.get(), 1);
    open("two");
    assert_eq!(built.get(), 2);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn without_a_usable_folder_the_index_is_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert_eq!(Index::open_or_build(&file, "one", || docs().into_iter()).unwrap().len(), 5);
}

#[test]
fn a_broken_kept_index_is_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Index::open_or_build(folder.path(), "one", || docs().into_iter()).unwrap();
    open();
    let home = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    std::fs::write(home.join("meta.json"), "{").unwrap();
    assert_eq!(open().len(), 5);
}
