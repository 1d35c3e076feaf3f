//! The runner of this machine with real processes.

use proptest::prelude::*;

use super::*;
use crate::op::{EnvValue, Place};
use tokio_util::sync::CancellationToken;

fn script(body: &str, env: &[(&str, &str)]) -> Script {
    let env = env.iter().map(|(n, v)| ((*n).to_owned(), EnvValue::Plain((*v).to_owned()))).collect();
    Script {
        place: Place::Local,
        interpreter: "sh".into(),
        body: body.into(),
        env,
        interactive: false,
        any_exit: false,
        proof: None,
        timeout_seconds: None,
    }
}

fn around() -> Surroundings {
    let own = std::env::vars_os().filter(|(name, _)| name == "PATH").collect();
    Surroundings { own, practice: true, ..Surroundings::default() }
}

fn job(script: &Script, lines: mpsc::Sender<Vec<String>>) -> Job<'_> {
    Job { script, lines, vault: Vault::default(), cancel: CancellationToken::new() }
}

async fn run(script: &Script) -> (Ended, Vec<String>, String) {
    let (lines, mut told) = mpsc::channel(1000);
    let local = Local { around: Arc::new(Kept(around())) };
    let ran = local.run(job(script, lines)).await;
    let mut all = Vec::new();
    while let Some(more) = told.recv().await {
        all.extend(more);
    }
    (ran.ended, all, String::from_utf8_lossy(&ran.stdout).into_owned())
}

/// Whether a process goes away; one that nobody waited for yet counts as gone.
fn is_gone(pid: &str) -> bool {
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    while runs(pid) {
        if std::time::Instant::now() > deadline {
            return false;
        }
        std::thread::yield_now();
    }
    true
}

fn runs(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(')').map(|(_, rest)| rest.trim_start().chars().next());
    matches!(state, Some(Some(c)) if c != 'Z')
}

#[tokio::test]
async fn the_code_the_lines_and_both_streams_come_back() {
    let (ended, mut lines, stdout) = run(&script("echo out; echo err >&2; exit 7", &[])).await;
    lines.sort();
    assert_eq!((ended, lines, stdout.as_str()), (Ended::Code(7), vec!["err".into(), "out".into()], "out\n"));
}

#[tokio::test]
async fn a_script_has_no_input_and_only_the_environment_that_it_was_given() {
    let (ended, lines, _) = run(&script("cat; env | cut -d = -f 1 | sort", &[("NODE", "w1")])).await;
    assert_eq!(ended, Ended::Code(0));
    // The shell itself sets PWD and its kin.
    let own = ["PWD", "OLDPWD", "SHLVL", "_"];
    let names: Vec<_> = lines.iter().map(String::as_str).filter(|n| !own.contains(n)).collect();
    assert_eq!(names, ["KUBECONFIG", "NODE", "PATH", "TERM"]);
}

#[tokio::test]
async fn an_interpreter_that_is_not_there_is_said_and_nothing_runs() {
    let missing = Script { interpreter: "no-such-shell".into(), ..script("echo x", &[]) };
    let (ended, lines, _) = run(&missing).await;
    assert!(
        matches!(&ended, Ended::NotStarted(why) if why.contains("no-such-shell is not in PATH")),
        "{ended:?}"
    );
    assert!(lines.is_empty());
}

#[tokio::test]
async fn nobody_else_is_acted_for() {
    let local = Local { around: Arc::new(Kept(Surroundings { acts_as: Some("viewer".into()), ..around() })) };
    assert!(local.ready(&script("id", &[])).unwrap_err().contains("viewer"));
}

/// Starts a script, waits for its first line, cancels it, and says how it ended.
async fn cancelled(body: &str) -> (Ended, String) {
    let (lines, mut told) = mpsc::channel(1000);
    let script = script(body, &[]);
    let (local, job) = (Local { around: Arc::new(Kept(around())) }, job(&script, lines));
    let cancel = job.cancel.clone();
    let (ran, first) = tokio::join!(local.run(job), async {
        let first = told.recv().await.unwrap().remove(0);
        cancel.cancel();
        first
    });
    (ran.ended, first)
}

#[tokio::test]
async fn cancelling_ends_the_whole_group() {
    let (ended, child) = cancelled("sleep 1000 & echo $!; wait").await;
    assert_eq!(ended, Ended::Cancelled);
    assert!(is_gone(&child), "{child} still runs");
}

#[tokio::test(start_paused = true)]
async fn what_does_not_end_when_asked_is_ended() {
    let (ended, shell) = cancelled("trap '' TERM; echo $$; while :; do sleep 1000; done").await;
    assert_eq!(ended, Ended::Cancelled);
    assert!(is_gone(&shell), "{shell} still runs");
}

#[tokio::test]
async fn what_a_script_leaves_in_the_background_ends_with_it() {
    let (ended, lines, _) = run(&script("sleep 1000 >/dev/null 2>&1 & echo $!", &[])).await;
    assert_eq!(ended, Ended::Code(0));
    assert!(is_gone(&lines[0]), "{} still runs", lines[0]);
}

#[tokio::test(start_paused = true)]
async fn its_time_is_limited() {
    let limited = Script { timeout_seconds: Some(30), ..script("exec sleep 1000", &[]) };
    assert_eq!(run(&limited).await.0, Ended::TimedOut);
}

/// Says how many words a value makes, what it is, and whether anything else ran.
const COUNT: &str = r#"set -- "$VALUE"; printf '%s\n%s' "$#" "$VALUE" | od -An -v -tx1 | tr -d ' \n'"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn a_value_is_never_more_than_a_value(value in prop_oneof![
        "[^\u{0}]{0,60}",
        prop::sample::select(vec![
            "$(touch /tmp/x)", "`id`", "; exit 9", "' ; exit 9 '", "\" ; exit 9 \"", "-rf", "--help", "a\nexit 9\n",
            "${IFS}x", "*", "~", "\u{202e}gnp", "\u{1b}[31m", "&& exit 9", "|| exit 9", "\\", "!!", "%s%n",
        ]).prop_map(str::to_owned),
    ]) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (ended, lines, _) = runtime.block_on(run(&script(COUNT, &[("VALUE", &value)])));
        let wanted = crate::record::hex(format!("1\n{value}").as_bytes());
        prop_assert_eq!(ended, Ended::Code(0));
        prop_assert_eq!(lines, vec![wanted]);
    }
}
