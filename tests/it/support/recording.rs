//! A `kubectl` that only writes down what it is given, for lines that are pasted into a shell.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

/// A folder with a `kubectl`, or another program, that writes the words that it is given, one after the other, and prints what it reads.
pub struct Recording(tempfile::TempDir, &'static str);

impl Recording {
    pub fn new() -> Recording {
        Recording::of("kubectl")
    }

    /// The same of another program.
    pub fn of(program: &'static str) -> Recording {
        let home = tempfile::tempdir().unwrap();
        let script = "#!/bin/sh\nmkdir -p \"$0.words\"\nfor word in \"$@\"; do printf '%s\\0' \"$word\"; done > \"$0.words/$$\"\ncat\n";
        let file = home.path().join(program);
        fs::write(&file, script).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        Recording(home, program)
    }

    /// What `kubectl` was given by this line, once for each time that it ran, in no order, and what the line wrote.
    pub fn run(&self, shell: &str, line: &str) -> (Vec<Vec<String>>, String) {
        let words = self.0.path().join(format!("{}.words", self.1));
        let _ = fs::remove_dir_all(&words);
        let out = Command::new(shell)
            .args(["-c", line])
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", self.0.path().display()))
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        // Commands of a pipe run side by side: each writes into a file of its own.
        let runs = fs::read_dir(&words).into_iter().flatten().map(|e| e.unwrap().path());
        let given = runs.map(|path| String::from_utf8(fs::read(path).unwrap()).unwrap());
        let words = |run: String| run.split_terminator('\0').map(str::to_owned).collect();
        (given.map(words).collect(), String::from_utf8_lossy(&out.stdout).into_owned())
    }

    /// Whether nothing lies beside `kubectl` that was not there before.
    pub fn untouched(&self) -> bool {
        let mut names = fs::read_dir(self.0.path()).unwrap().map(|e| e.unwrap().file_name());
        names.all(|n| n == self.1 || n == format!("{}.words", self.1).as_str())
    }
}
