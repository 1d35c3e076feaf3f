//! A `kubectl` that only writes down what it is given, for lines that are pasted into a shell.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

/// A folder with a `kubectl` that writes the words that it is given, one after the other, and prints what it reads.
pub struct Recording(tempfile::TempDir);

impl Recording {
    pub fn new() -> Recording {
        let home = tempfile::tempdir().unwrap();
        let script = "#!/bin/sh\nfor word in \"$@\"; do printf '%s\\0' \"$word\" >> \"$0.words\"; done\nprintf '\\1' >> \"$0.words\"\ncat\n";
        let file = home.path().join("kubectl");
        fs::write(&file, script).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        Recording(home)
    }

    /// What `kubectl` was given by this line, once for each time that it ran, and what the line wrote.
    pub fn run(&self, shell: &str, line: &str) -> (Vec<Vec<String>>, String) {
        let words = self.0.path().join("kubectl.words");
        let _ = fs::remove_file(&words);
        let out = Command::new(shell)
            .args(["-c", line])
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", self.0.path().display()))
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let given = fs::read(&words).map(|b| String::from_utf8(b).unwrap()).unwrap_or_default();
        let words = |run: &str| run.split_terminator('\0').map(str::to_owned).collect();
        (
            given.split_terminator('\u{1}').map(words).collect(),
            String::from_utf8_lossy(&out.stdout).into_owned(),
        )
    }

    /// Whether nothing lies beside `kubectl` that was not there before.
    pub fn untouched(&self) -> bool {
        let mut names = fs::read_dir(self.0.path()).unwrap().map(|e| e.unwrap().file_name());
        names.all(|n| n == "kubectl" || n == "kubectl.words")
    }
}
