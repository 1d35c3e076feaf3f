//! The real control plane: started once for this test program, ended with it however it ends, used by one
//! test at a time.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use tokio::sync::{Mutex, MutexGuard};

static LAB: OnceLock<Result<Lab, String>> = OnceLock::new();
static TURN: Mutex<()> = Mutex::const_new(());

/// A running lab.
#[derive(Clone, Debug)]
pub struct Lab {
    port: u16,
    kubeconfig: PathBuf,
}

/// Whether the tests on the real cluster are wanted; says on standard error that one is skipped when not.
pub fn real_wanted(test: &str) -> bool {
    let wanted = std::env::var("OPSBOOK_LAB").is_ok_and(|v| v == "1");
    if !wanted {
        // Written past the harness, which swallows what a test prints.
        let _ = writeln!(std::io::stderr(), "skipped: needs --lab: {test}");
    }
    wanted
}

/// The root of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program under test.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opsbook"));
    command.env_remove("KUBECONFIG").env("HOME", std::env::temp_dir());
    command
}

impl Lab {
    /// The lab, for this test alone until the guard is dropped.
    pub async fn take() -> (Lab, MutexGuard<'static, ()>) {
        let turn = TURN.lock().await;
        let lab = LAB.get_or_init(Lab::start).clone();
        (lab.unwrap_or_else(|why| panic!("the lab did not start: {why}")), turn)
    }

    fn start() -> Result<Lab, String> {
        // Its own ports, so that it meets neither another lab nor the end of an earlier one.
        let port = 29_000 + (std::process::id() % 30) as u16 * 100;
        let mut lab = Lab { port, kubeconfig: PathBuf::new() };
        lab.end_with_this_program()?;
        lab.kubeconfig = PathBuf::from(lab.run(&["up", "--grace", "8s"])?.trim());
        Ok(lab)
    }

    /// A shell that waits for the end of its input, which comes when this program is gone, by whatever end.
    fn end_with_this_program(&self) -> Result<(), String> {
        let mut keeper = Command::new("setsid");
        let script = repository().join("tests/lab/lab");
        keeper.args(["sh", "-c", "cat >/dev/null; exec \"$0\" down"]).arg(script);
        keeper.env("OPSBOOK_TEST_LAB_PORT", self.port.to_string());
        keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = keeper.spawn().map_err(|e| format!("setsid: {e}"))?;
        // Held open until the program ends.
        std::mem::forget(child.stdin.take());
        Ok(())
    }

    /// `lab ARGS`, to be run.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(repository().join("tests/lab/lab"));
        command.args(args).env("OPSBOOK_TEST_LAB_PORT", self.port.to_string()).stdin(Stdio::null());
        command
    }

    /// Runs `lab ARGS` and returns what it prints.
    pub fn run(&self, args: &[&str]) -> Result<String, String> {
        let out = self.command(args).output().map_err(|e| e.to_string())?;
        let said = String::from_utf8_lossy(&out.stderr);
        if out.status.success() {
            Ok(String::from_utf8_lossy(&out.stdout).into_owned())
        } else {
            Err(format!("lab {}: {said}", args.join(" ")))
        }
    }

    /// Kubeconfig of `admin`, `viewer` or `nobody`.
    pub fn kubeconfig(&self, user: &str) -> PathBuf {
        match user {
            "admin" => self.kubeconfig.clone(),
            user => self.kubeconfig.with_file_name(format!("kubeconfig-{user}")),
        }
    }

    /// A file beside the kubeconfig.
    pub fn file(&self, name: &str) -> PathBuf {
        self.kubeconfig.with_file_name(name)
    }

    /// The nodes whose kubelets run.
    pub fn nodes(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.file("run")).into_iter().flatten().flatten();
        files.filter_map(|f| f.file_name().to_str()?.strip_prefix("node-").map(str::to_owned)).collect()
    }

    /// The lines of the audit log so far: one for each write.
    pub fn audit(&self) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(self.file("audit.log")).unwrap_or_default();
        text.lines().filter_map(|l| serde_json::from_str(l).ok()).collect()
    }
}
