//! Who may use whom: the layer table of the architecture, held against the source. It reads `src/` as text, so a
//! path that breaks a rule is named with its file and line. To add a module, give it a line in [`LAYERS`].

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A top module, and what of ours it may name besides itself. `*` is everything.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    // Every operation is something that a key can mean.
    ("action", &["domain", "op"]),
    ("theme", &["domain"]),
    ("detect", &["domain"]),
    ("op", &["domain"]),
    ("live", &["domain"]),
    ("runbook", &["domain"]),
    ("keymap", &["action", "domain"]),
    ("redact", &[]),
    ("machine", &[]),
    ("vault", &["redact"]),
    ("record", &["domain", "op", "redact"]),
    ("clock", &["domain"]),
    ("detached", &[]),
    ("walk", &["domain", "live", "op", "record", "runbook"]),
    ("app", &["action", "detect", "domain", "keymap", "live", "op", "record", "runbook", "walk"]),
    (
        "view",
        &[
            "action", "app", "detect", "domain", "keymap", "live", "op", "record", "redact", "runbook",
            "theme", "walk",
        ],
    ),
    // The adapters: the domain, and what each serves.
    ("cluster", &["clock", "detached", "detect", "domain", "machine", "op", "vault"]),
    ("session", &["domain", "machine", "record", "redact"]),
    ("shell", &["cluster", "detached", "domain", "machine", "op", "redact", "session", "vault"]),
    ("search", &["domain"]),
    ("practice", &["clock", "domain"]),
    // The catalogue of what runbooks may name knows everything that has a name.
    ("corpus", &["detect", "domain", "live", "machine", "op", "practice", "runbook", "search"]),
    ("trust", &["corpus", "detached", "domain", "machine", "op", "record", "runbook", "session"]),
    ("runtime", &["*"]),
    ("cli", &["*"]),
    // Small worlds for unit tests.
    ("testing", &["*"]),
    ("main", &["*"]),
    ("lib", &["*"]),
    (EVERYWHERE, &[]),
];

/// What every module may name: the words that the program says.
const EVERYWHERE: &str = "lang";

/// Modules without I/O, time or waiting.
const PURE: &[&str] = &[
    "domain", "action", "theme", "detect", "op", "live", "runbook", "keymap", "record", "redact", "app",
    "view", "walk",
];

/// What a pure module must not name.
const IMPURE: &[&str] = &[
    "tokio",
    "kube::",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::env",
    "std::sync::Mutex",
    "std::sync::RwLock",
    "mpsc",
    "Instant",
    "SystemTime",
    "Timestamp::now",
    "Zoned::now",
    "crossterm",
];

/// Where ratatui may be named: the geometry, styles, the view, the terminal.
const RATATUI: &[&str] =
    &["app/layout.rs", "app/update/mouse.rs", "theme.rs", "theme/", "view.rs", "view/", "runtime/", "cli/"];

/// What reads a file or starts a program by a name, and could wait for ever, never come to an end, or find another one
/// than was meant: `machine` has the one way for each.
const BY_NAME: &[&str] = &[
    "fs::read_to_string",
    "fs::read(",
    "File::open",
    "OpenOptions",
    "fs::read_link",
    "fs::copy",
    "Command::new(\"",
    "temp_dir()",
];

/// Places that may all the same, and why. `machine` is the way itself.
const MAY_BY_NAME: &[(&str, &str, &str)] = &[
    (
        "session/journal.rs",
        "OpenOptions",
        "writes the journal; what it goes on with was judged by `machine::open`",
    ),
    ("session/store.rs", "OpenOptions", "writes a private file anew"),
    ("shell/kubeconfig.rs", "OpenOptions", "writes the kubeconfig of scripts anew, in a folder of its own"),
    ("cli/values.rs", "File::open", "the terminal, from which keys come after standard input gave a value"),
    ("detached.rs", "Command::new(\"", "an empty one that nothing starts, which the library asks for"),
    ("detached.rs", "fs::read_to_string", "/proc is the kernel's, and nobody else can put a file there"),
];

/// Files that may be longer than [`LONGEST`] lines, with the reason.
const LONG: &[(&str, &str)] = &[];

/// Lines of a file, its unit tests aside.
const LONGEST: usize = 400;

/// A source file: its path below `src`, and its lines without comments and unit tests.
struct Source {
    path: String,
    text: String,
    code: Vec<(usize, String)>,
}

impl Source {
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }

    fn at(&self, line: usize, what: &str) -> String {
        format!("src/{}:{line}: {what}", self.path)
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    assert!(paths.len() > 100, "the source is at {}", root.display());
    paths.iter().map(|path| source(&root, path)).collect()
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn source(root: &Path, path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    let path = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
    let mut code = Vec::new();
    let mut only_in_tests = false;
    // A file of unit tests is all tests.
    let lines = if path.ends_with("tests.rs") { "" } else { text.as_str() };
    for (i, line) in lines.lines().enumerate() {
        let line = line.split("//").next().unwrap_or_default().trim_end();
        if only_in_tests && line.starts_with("mod tests {") {
            // Unit tests stand at the end.
            break;
        }
        if !only_in_tests {
            code.push((i + 1, line.to_owned()));
        }
        only_in_tests = line.trim() == "#[cfg(test)]";
    }
    Source { path, text, code }
}

/// The top modules that a piece of code names: `crate::a::…`, and each name of `crate::{a, b::c}`.
fn named(code: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let word = |t: &str| t.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        let Some(group) = rest.strip_prefix('{') else {
            out.insert(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut start = 0;
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    out.insert(word(group[start..i].trim()));
                    start = i + 1;
                    if c == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    // What starts with a capital letter is a macro or a type at the root, which there is none of.
    out.retain(|w| !w.is_empty());
    out
}

fn report(broken: &[String]) {
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn paths_are_read_as_they_are_written() {
    let names = |code: &str| named(code).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(names("use crate::op::Plan; crate::live::of()"), "live op");
    assert_eq!(names("use crate::{detect, live::{self, Tone}, op};"), "detect live op");
}

#[test]
fn every_module_uses_only_its_layers() {
    let mut broken = Vec::new();
    for source in sources() {
        let Some((module, allowed)) = LAYERS.iter().find(|(m, _)| *m == source.module()) else {
            broken.push(source.at(1, "this module has no line in the layer table"));
            continue;
        };
        // Groups may go over several lines, so the file is read as one text; the line is looked for after.
        let whole: Vec<&str> = source.code.iter().map(|(_, l)| l.as_str()).collect();
        for used in named(&whole.join("\n")) {
            if used == *module
                || used == EVERYWHERE
                || allowed.contains(&"*")
                || allowed.contains(&used.as_str())
            {
                continue;
            }
            let line = source.code.iter().find(|(_, l)| l.contains(&used)).map_or(1, |(n, _)| *n);
            broken.push(source.at(line, &format!("{module} must not use {used}")));
        }
    }
    report(&broken);
}

#[test]
fn pure_modules_do_no_io_and_read_no_clock() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| PURE.contains(&s.module())) {
        for (line, code) in &source.code {
            for word in IMPURE.iter().filter(|w| code.contains(**w)) {
                broken.push(source.at(*line, &format!("{} must not name {word}", source.module())));
            }
        }
    }
    report(&broken);
}

#[test]
fn only_geometry_styles_and_the_view_know_the_screen_library() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| !RATATUI.iter().any(|p| s.path.starts_with(p))) {
        let lines = source.code.iter().filter(|(_, code)| code.contains("ratatui"));
        broken.extend(lines.map(|(line, _)| source.at(*line, "names ratatui")));
    }
    report(&broken);
}

#[test]
fn nothing_waits_without_a_bound_and_nothing_is_left_to_do() {
    let words = ["unbounded_channel", "todo!(", "unimplemented!(", "dbg!(", "thread::sleep"];
    let mut broken = Vec::new();
    for source in sources() {
        for (line, code) in &source.code {
            for word in words.iter().filter(|w| code.contains(**w)) {
                broken.push(source.at(*line, word));
            }
        }
        let notes =
            source.text.lines().enumerate().filter(|(_, l)| l.contains("TODO") || l.contains("FIXME"));
        broken.extend(notes.map(|(i, l)| source.at(i + 1, l.trim())));
    }
    report(&broken);
}

#[test]
fn commands_print_through_the_one_writer() {
    let ways = ["println!", "print!(", "io::stdout()", "io::stderr()", "dyn Write"];
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| s.module() == "cli" && s.path != "cli/out.rs") {
        for (line, code) in &source.code {
            let asks = code.matches("::is_terminal").count() + code.matches("().is_terminal()").count();
            let named = ways.iter().map(|w| code.matches(w).count()).sum::<usize>();
            if named > asks {
                broken.push(
                    source.at(*line, "goes around `cli::out::Printer`, which nothing that steers passes"),
                );
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn files_and_programs_of_this_machine_come_through_one_door() {
    let mut broken = Vec::new();
    let mut used = BTreeSet::new();
    for source in sources().iter().filter(|s| s.module() != "machine") {
        for (line, code) in &source.code {
            for word in BY_NAME.iter().filter(|w| code.contains(**w)) {
                let place = MAY_BY_NAME.iter().find(|(path, may, _)| source.path == *path && may == word);
                // Naming a type is no use of it.
                if code.trim_start().starts_with("use ") {
                    continue;
                }
                match place {
                    Some(place) => drop(used.insert(place)),
                    None => broken.push(source.at(*line, &format!("{word}: use `machine`"))),
                }
            }
        }
    }
    let idle = MAY_BY_NAME.iter().filter(|place| !used.contains(place));
    broken
        .extend(idle.map(|(path, word, _)| format!("src/{path} no longer needs {word}: take its line out")));
    report(&broken);
}

#[test]
fn every_module_says_what_it_is() {
    let broken: Vec<_> = sources()
        .iter()
        .filter(|s| !s.text.starts_with("//! "))
        .map(|s| s.at(1, "does not begin with `//!`: what it is for, what it must not do"))
        .collect();
    report(&broken);
}

#[test]
fn files_are_short() {
    let mut broken = Vec::new();
    for source in sources() {
        let exempt = LONG.iter().any(|(path, _)| *path == source.path);
        // Lines up to the unit tests, comments included: what a reader scrolls through.
        let lines = source.code.last().map_or(0, |(n, _)| *n);
        if lines > LONGEST && !exempt {
            broken.push(source.at(lines, &format!("{lines} lines, more than {LONGEST}: split it")));
        }
        if exempt && lines <= LONGEST {
            broken.push(source.at(1, "is short again: take it out of the list of long files"));
        }
    }
    report(&broken);
}

/// The two places that know every screen: its state, and how it is drawn.
const OF_SCREENS: &[&str] = &["app/screens/mod.rs", "view/screens/mod.rs"];

/// So many screens one other file may name: those that it is about, and those that it opens.
const FEW: usize = 4;

#[test]
fn a_screen_answers_behind_its_trait_and_nobody_asks_which_it_is() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|s| matches!(s.module(), "app" | "view")) {
        let mut screens = BTreeSet::new();
        for (_, line) in &source.code {
            let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric()).collect::<String>();
            screens.extend(
                line.split("Screen::").skip(1).map(name).filter(|n| n.starts_with(char::is_uppercase)),
            );
        }
        let many = screens.len() > FEW;
        if OF_SCREENS.contains(&source.path.as_str()) {
            assert!(many, "src/{}: the test reads no screens there any more", source.path);
        } else if many {
            let named: Vec<_> = screens.into_iter().collect();
            broken.push(source.at(1, &format!("names the screens {}; ask `Surface`", named.join(", "))));
        }
    }
    report(&broken);
}
