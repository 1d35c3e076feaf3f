//! The whole program in a terminal, behind the troubles, with a walk under way: a wait that goes on, and a pane of pods.

use std::path::Path;
use std::time::Duration;

use crate::terminal::{Start, Terminal};

pub const SPACE: &str = "soak";
/// The ConfigMap that the wait of the walk waits for.
pub const LAST: &str = "last";
/// The pods that must be there at the end.
pub const PODS: u32 = 3;

const BOOK: &str = r#"---
runbook: 1
title: A soak
meta: { risk: low }
---
# A soak

## The end

```yaml {step=wait name=end}
until: "object('ConfigMap', 'soak', 'last').exists && pods('soak', 'app=web').size() == 3"
stable: 1s
timeout: 12h
every: 1s
```

## What is there

```yaml {step=view name=look}
show: [pods/soak]
```

## All of it

```yaml {step=check name=all}
expect: pods('soak').all(x, x.ready)
within: 1m
```
"#;

pub struct Program {
    terminal: Terminal,
    _home: tempfile::TempDir,
}

/// What it takes of the machine.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    pub rss_kib: u64,
    pub threads: u64,
    pub files: u64,
}

impl Program {
    pub fn open(kubeconfig: &Path) -> Program {
        let home = tempfile::tempdir().unwrap();
        let books = home.path().join(".config/opsbook/runbooks/own");
        std::fs::create_dir_all(&books).unwrap();
        std::fs::write(books.join("soak.md"), BOOK).unwrap();
        let kubeconfig = kubeconfig.to_str().unwrap();
        let mut terminal =
            Start::new((160, 40), home.path()).opsbook(&["--kubeconfig", kubeconfig, "open", "own/soak"]);
        terminal.wait_text(&["wait: end", "live"]);
        terminal.press("n", &["view: look"]);
        // The whole width, so that no name is cut.
        terminal.send("\t\tz");
        terminal.wait_until("the pane alone", |s| s.contains("web-") && !s.contains("┐┌"));
        Program { terminal, _home: home }
    }

    /// What is on the screen between two frames: the first line, and the pods in the pane; none where it says that they
    /// may not be read.
    pub fn look(&self) -> (String, Option<Vec<String>>) {
        tokio::task::block_in_place(|| {
            self.terminal.quiet(Duration::from_millis(20), Duration::from_millis(300));
        });
        let screen = self.terminal.screen(vt100::Screen::contents);
        let header = screen.lines().next().unwrap_or_default().to_owned();
        if screen.contains("you may not") {
            return (header, None);
        }
        let words = screen.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        (header, Some(words.filter(|w| w.starts_with("web-")).map(str::to_owned).collect()))
    }

    /// The first line.
    pub fn header(&self) -> String {
        self.look().0
    }

    /// As the operator asks again.
    pub fn ask_again(&mut self) {
        self.terminal.send_at_once("\x12");
    }

    /// The wait has seen its end, and so has what comes after.
    pub fn finish(&mut self) {
        self.terminal.press("n", &["check: all"]);
        self.terminal.press("z", &["┐┌", "The end"]);
        self.terminal.wait_for(Duration::from_mins(1), "the end of the walk", |s| {
            s.contains("✔ 1 The end") && s.contains("✔ holds")
        });
        assert!(self.terminal.leave().success());
    }

    pub fn figures(&self) -> Figures {
        let proc = format!("/proc/{}", self.terminal.pid());
        let status = std::fs::read_to_string(format!("{proc}/status")).unwrap();
        let of = |name: &str| {
            let line = status.lines().find(|l| l.starts_with(name)).unwrap();
            line.split_whitespace().nth(1).unwrap().parse().unwrap()
        };
        let files = std::fs::read_dir(format!("{proc}/fd")).unwrap().count() as u64;
        Figures { rss_kib: of("VmRSS:"), threads: of("Threads:"), files }
    }
}
