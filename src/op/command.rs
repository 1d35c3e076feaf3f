//! The line that a person would type in the place of a plan, or to open what was found. An operation gives words and never text: what is quoted, and
//! which cluster, user and namespace a line names, is decided here, in one place, so that each line can be pasted into any
//! shell and does what the plan would do.
//!
//! Must not run anything. To write a line of a new form, make it of [`CommandLine::kubectl`] and [`CommandLine::reads`].

use std::fmt;

use serde::{Serialize, Serializer};

use crate::domain::{ClusterInfo, IN_CLUSTER, ObjectKey};

/// Where a line goes, besides what it says itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Reach {
    kubeconfig: Option<String>,
    context: Option<String>,
    user: Option<String>,
    groups: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    /// What no shell could run, and says so.
    Words(String),
    /// Commands of which each reads what the one before writes.
    Pipe(Vec<Vec<String>>),
}

/// A line that a person would type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandLine {
    line: Line,
    reach: Reach,
}

impl Default for CommandLine {
    fn default() -> CommandLine {
        CommandLine::words("")
    }
}

/// A word as a shell takes it: in quotes where it must be. A `=` at the beginning is a path for one shell.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@%+".contains(c);
    if !word.is_empty() && !word.starts_with('=') && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

impl CommandLine {
    /// Words for people, which no shell could run.
    pub fn words(text: impl Into<String>) -> CommandLine {
        CommandLine { line: Line::Words(text.into()), reach: Reach::default() }
    }

    /// Any command.
    pub fn command(words: &[&str]) -> CommandLine {
        let words = words.iter().map(|w| (*w).to_owned()).collect();
        CommandLine { line: Line::Pipe(vec![words]), reach: Reach::default() }
    }

    /// `opsbook` with these words. Its own flags of cluster and user are those of `kubectl`.
    pub fn opsbook(words: &[&str]) -> CommandLine {
        CommandLine::command(&[&["opsbook"], words].concat())
    }

    /// `kubectl` with these words, without a namespace.
    pub fn cluster(words: &[&str]) -> CommandLine {
        CommandLine::command(&[&["kubectl"], words].concat())
    }

    /// `kubectl` in a namespace, where there is one.
    pub fn within(namespace: &str, words: &[&str]) -> CommandLine {
        if namespace.is_empty() {
            return CommandLine::cluster(words);
        }
        CommandLine::cluster(&[&["-n", namespace], words].concat())
    }

    /// `kubectl` in the namespace of an object, where it has one.
    pub fn kubectl(key: &ObjectKey, words: &[&str]) -> CommandLine {
        CommandLine::within(key.namespace(), words)
    }

    /// The same with further words.
    #[must_use]
    pub fn and(mut self, words: &[&str]) -> CommandLine {
        if let Line::Pipe(commands) = &mut self.line
            && let Some(last) = commands.last_mut()
        {
            last.extend(words.iter().map(|w| (*w).to_owned()));
        }
        self
    }

    /// The same, given a text to read. `echo` would take a backslash of it for one of its own.
    #[must_use]
    pub fn given(self, text: &str) -> CommandLine {
        self.reads(CommandLine::command(&["printf", "%s", text]))
    }

    /// The same, reading what another one writes.
    #[must_use]
    pub fn reads(self, from: CommandLine) -> CommandLine {
        match (from.line, self.line) {
            (Line::Pipe(mut commands), Line::Pipe(more)) => {
                commands.extend(more);
                CommandLine { line: Line::Pipe(commands), reach: self.reach }
            }
            (_, line) => CommandLine { line, reach: self.reach },
        }
    }

    /// The same for this cluster and whoever works on it. The practice cluster, and one that a pod finds by itself, have no
    /// context that `kubectl` could use.
    #[must_use]
    pub fn at(mut self, info: &ClusterInfo) -> CommandLine {
        let named = !info.practice && !matches!(info.context.as_str(), "" | IN_CLUSTER);
        self.reach = Reach {
            kubeconfig: info.kubeconfig.clone(),
            context: named.then(|| info.context.clone()),
            user: info.acts_as.clone(),
            groups: info.acts_in.clone(),
        };
        self
    }

    /// The words of each command of the pipe; none where it is none.
    pub fn commands(&self) -> Vec<Vec<String>> {
        let Line::Pipe(commands) = &self.line else { return Vec::new() };
        commands.iter().map(|words| self.reached(words)).collect()
    }

    fn reached(&self, words: &[String]) -> Vec<String> {
        let mut out = words.to_vec();
        if words.first().is_some_and(|w| w == "kubectl" || w == "opsbook") {
            let file = self.reach.kubeconfig.iter().map(|f| format!("--kubeconfig={f}"));
            let context = self.reach.context.iter().map(|c| format!("--context={c}"));
            let user = self.reach.user.iter().map(|u| format!("--as={u}"));
            let groups = self.reach.groups.iter().map(|g| format!("--as-group={g}"));
            out.splice(1..1, context.chain(user).chain(groups).chain(file));
        }
        out
    }
}

impl fmt::Display for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Line::Words(text) = &self.line {
            return f.write_str(text);
        }
        let commands = self.commands();
        let command = |words: &Vec<String>| words.iter().map(|w| quoted(w)).collect::<Vec<_>>().join(" ");
        f.write_str(&commands.iter().map(command).collect::<Vec<_>>().join(" | "))
    }
}

impl Serialize for CommandLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
