//! A line that is shown to be done by hand is pasted by somebody: a shell must make of it the very words that were meant,
//! in the cluster, as the user and in the namespace of the plan, and must run nothing else.

use opsbook::cli::triage::runbook_line;
use opsbook::domain::{ClusterInfo, Kind, ObjectKey, RunbookLink, one_row};
use opsbook::op::{CommandLine, Inputs, plan};
use proptest::prelude::*;

use crate::support::{Recording, World};

fn info(context: &str, user: Option<&str>, groups: &[&str]) -> ClusterInfo {
    ClusterInfo {
        context: context.to_owned(),
        acts_as: user.map(str::to_owned),
        acts_in: groups.iter().map(|g| (*g).to_owned()).collect(),
        ..ClusterInfo::default()
    }
}

/// Pieces that mean something to a shell, and some that do not.
fn word() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "web",
        " ",
        ";",
        "touch${IFS}PWNED",
        "$(touch PWNED)",
        "`touch PWNED`",
        "&",
        "|",
        ">PWNED",
        "'",
        "\"",
        "\\",
        "\\n",
        "\n",
        "*",
        "?",
        "~",
        "#",
        "=",
        "-",
        "--",
        "{a,b}",
        "!",
        "[",
        "(",
        ")",
        "%s",
        "节点",
        "\u{202e}",
        "\t",
    ]);
    prop::collection::vec(piece, 1..6).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_shell_makes_of_a_line_the_words_that_were_meant(
        words in prop::collection::vec(word(), 1..5), context in word(), user in prop::option::of(word()),
        group in prop::option::of(word()), namespace in word(), text in word(),
    ) {
        let recording = Recording::new();
        let info = info(&context, user.as_deref(), &group.iter().map(String::as_str).collect::<Vec<_>>());
        let given: Vec<&str> = words.iter().map(String::as_str).collect();
        let line = CommandLine::within(&namespace, &given).given(&text).at(&info);
        let mut wanted = vec![format!("--context={context}")];
        wanted.extend(user.map(|u| format!("--as={u}")));
        wanted.extend(group.map(|g| format!("--as-group={g}")));
        wanted.extend(["-n".to_owned(), namespace]);
        wanted.extend(words);
        for shell in ["sh", "bash"] {
            let (runs, read) = recording.run(shell, &line.to_string());
            prop_assert_eq!(&runs, &[wanted.clone()], "{} made of {}", shell, line);
            prop_assert_eq!(&read, &text);
            prop_assert!(recording.untouched(), "{}", line);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_shell_opens_of_a_line_of_triage_what_was_found_and_runs_nothing_else(
        id in word(), name in word(), value in word(), context in word(), file in prop::option::of(word()),
        user in prop::option::of(word()), namespace in word(),
    ) {
        let recording = Recording::of("opsbook");
        let info = ClusterInfo { kubeconfig: file.clone(), ..info(&context, user.as_deref(), &[]) };
        let link = RunbookLink::new(&id, [(&name, &value)]);
        let flag = format!("--namespace={namespace}");
        let line = runbook_line(&info, std::slice::from_ref(&flag), &link);
        let mut wanted = vec![format!("--context={context}")];
        wanted.extend(user.map(|u| format!("--as={u}")));
        wanted.extend(file.map(|f| format!("--kubeconfig={f}")));
        wanted.extend([flag, "open".to_owned(), id, "--set".to_owned(), format!("{name}={value}")]);
        for shell in ["sh", "bash"] {
            let (runs, _) = recording.run(shell, &line.to_string());
            prop_assert_eq!(&runs, &[wanted.clone()], "{} made of {}", shell, line);
            // As it is printed: characters that steer are not in it, and it runs nothing else all the same.
            let (runs, _) = recording.run(shell, &one_row(&line.to_string()));
            prop_assert_eq!(runs.len(), 1, "{} made of {}", shell, line);
            prop_assert_eq!(runs[0].len(), wanted.len());
            prop_assert!(recording.untouched(), "{}", line);
        }
    }
}

#[test]
fn a_pipe_names_the_cluster_in_each_of_its_commands() {
    let get = CommandLine::cluster(&["get", "secrets", "-A", "-o", "json"]);
    let line = CommandLine::cluster(&["replace", "-f", "-"]).reads(get).at(&info("eu prod", None, &[]));
    let (mut runs, _) = Recording::new().run("sh", &line.to_string());
    // Both begin at once.
    runs.sort();
    let named = "--context=eu prod".to_owned();
    let words = |w: &[&str]| {
        std::iter::once(named.clone()).chain(w.iter().map(|w| (*w).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(runs, [words(&["get", "secrets", "-A", "-o", "json"]), words(&["replace", "-f", "-"])]);
}

#[test]
fn a_cluster_without_a_context_that_kubectl_could_use_gets_none() {
    let key = ObjectKey::new(Kind::Pod, "shop", "web-1");
    for info in [
        info("", None, &[]),
        info("in-cluster", None, &[]),
        ClusterInfo { practice: true, ..info("node-not-ready", None, &[]) },
    ] {
        let line = CommandLine::kubectl(&key, &["delete", "pod", key.name()]).at(&info);
        assert_eq!(line.to_string(), "kubectl -n shop delete pod web-1");
    }
}

/// The plan of an operation names where it is carried out, whatever operation it is: one door makes all plans.
#[test]
fn every_plan_names_its_cluster() {
    let mut world = World::silent_node();
    world.0.info = std::sync::Arc::new(info("eu prod", Some("bob smith"), &["sre", "on call"]));
    let made = plan("node.cordon", &world.0, &Inputs::of([("node", "worker-1")])).unwrap();
    let wanted =
        "kubectl '--context=eu prod' '--as=bob smith' --as-group=sre '--as-group=on call' cordon worker-1";
    assert_eq!(made.kubectl.to_string(), wanted);
    let drain = plan("node.drain", &world.0, &Inputs::of([("node", "worker-3")])).unwrap();
    assert!(drain.kubectl.to_string().starts_with("kubectl '--context=eu prod'"), "{}", drain.kubectl);
}
