//! Scripts in a real pseudo terminal.

use super::*;
use crate::op::{EnvValue, Place};

/// How long something may take to be written.
const PATIENCE: Duration = Duration::from_secs(30);

fn script(body: &str) -> Script {
    Script {
        place: Place::Local,
        interpreter: "sh".into(),
        body: body.into(),
        env: vec![("WORD".to_owned(), EnvValue::Plain("a; exit 9 #".into()))],
        interactive: true,
        any_exit: false,
        proof: None,
        timeout_seconds: None,
    }
}

/// Whether a process runs; one that nobody waited for does not.
fn runs(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(')').map(|(_, rest)| rest.trim_start().chars().next());
    matches!(state, Some(Some(c)) if c != 'Z')
}

/// A script that runs, and what it has written.
struct Running {
    wires: Wires,
    process: Process,
    seen: String,
}

impl Running {
    fn start(script: &Script) -> Running {
        let own = std::env::vars_os().filter(|(name, _)| name == "PATH").collect();
        let around = Surroundings { own, practice: true, ..Surroundings::default() };
        let (wires, process) = open(script, &around, (80, 24)).unwrap();
        Running { wires, process, seen: String::new() }
    }

    async fn sees(&mut self, text: &str) {
        while !self.seen.contains(text) {
            let bytes = timeout(PATIENCE, self.wires.output.recv()).await;
            let bytes = bytes.ok().flatten().unwrap_or_else(|| panic!("no {text} in {:?}", self.seen));
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    async fn types(&self, keys: &str) {
        self.wires.input.send(keys.as_bytes().to_vec()).await.unwrap();
    }

    /// The word after a mark in what it wrote.
    fn word(&self, mark: &str) -> String {
        let (_, rest) = self.seen.split_once(mark).unwrap();
        rest.split_whitespace().next().unwrap_or_default().to_owned()
    }
}

#[tokio::test]
async fn it_has_a_terminal_of_the_size_that_it_is_told_and_its_values() {
    let body =
        r#"trap 'stty size' WINCH; test -t 0 && stty size; echo "$WORD|$TERM"; read -r x; read -r y; exit 3"#;
    let mut running = Running::start(&script(body));
    running.sees("24 80\r\n").await;
    running.sees("a; exit 9 #|xterm-256color").await;
    (running.wires.resize)(50, 10);
    running.types("one\r").await;
    running.sees("10 50").await;
    running.types("two\r").await;
    assert_eq!(running.process.ended(CancellationToken::new()).await, Ended::Code(3));
}

#[tokio::test]
async fn ctrl_c_is_the_programs() {
    let mut running = Running::start(&script("trap 'exit 7' INT; echo ready; while :; do sleep 0.05; done"));
    running.sees("ready").await;
    running.types("\x03").await;
    assert_eq!(running.process.ended(CancellationToken::new()).await, Ended::Code(7));
    let mut running = Running::start(&script("echo ready; exec sleep 1000"));
    running.sees("ready").await;
    running.types("\x03").await;
    assert_eq!(running.process.ended(CancellationToken::new()).await, Ended::Signal(2));
}

#[tokio::test]
async fn all_of_it_is_gone_when_it_is_stopped_also_what_has_a_group_of_its_own() {
    // A shell that is typed into has a group for each job. What is typed is shown too, so the marks are broken in it.
    let body = "echo leader=$$; sh -i";
    let mut running = Running::start(&script(body));
    running.sees("leader=").await;
    running.types("sleep 1000 & echo back''=$! ''.\r").await;
    running.sees(" .\r\n").await;
    running.types("sh -c \"echo for''e=\\$\\$ '',; exec sleep 1001\"\r").await;
    running.sees(" ,\r\n").await;
    let pids: Vec<String> = ["leader=", "back=", "fore="].map(|m| running.word(m)).to_vec();
    assert!(pids.iter().all(|p| runs(p)), "{pids:?} {:?}", running.seen);
    let cancel = CancellationToken::new();
    cancel.cancel();
    assert_eq!(running.process.ended(cancel).await, Ended::Cancelled);
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    while pids.iter().any(|p| runs(p)) {
        assert!(std::time::Instant::now() < deadline, "{pids:?} still run");
        std::thread::yield_now();
    }
}

#[tokio::test]
async fn its_time_is_bounded_and_what_cannot_start_says_so() {
    let script =
        Script { timeout_seconds: Some(1), ..script("trap '' HUP TERM; echo ready; exec sleep 1000") };
    let mut running = Running::start(&script);
    running.sees("ready").await;
    tokio::time::pause();
    assert_eq!(running.process.ended(CancellationToken::new()).await, Ended::TimedOut);
    let none = Surroundings::default();
    assert!(open(&script, &none, (80, 24)).err().unwrap().contains("not in PATH"));
}
