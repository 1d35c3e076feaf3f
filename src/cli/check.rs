//! `check runbooks` and `check scenarios`: every problem of every file, at once.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use miette::{GraphicalReportHandler, GraphicalTheme};
use serde_json::json;

use super::excerpt::Excerpt;
use super::out::{Printer, json_lines};
use crate::corpus::{Corpus, Entry, Origin, own_scenarios, problems, shown};
use crate::domain::one_row;
use crate::lang::t;
use crate::runbook::Problem;

/// Largest scenario that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// What to check and how to say it.
#[derive(Clone, Copy, Debug)]
pub struct CheckRunbooks<'a> {
    /// A file or folder; `None` checks the built-in runbooks and the user's folders.
    pub path: Option<&'a Path>,
    /// The user's folders.
    pub folders: &'a [PathBuf],
    /// JSON instead of text.
    pub json: bool,
    /// Whether the text may have colours.
    pub colour: bool,
}

/// Checks; 0 without errors (warnings are fine), 1 with errors, 2 when the path does not exist.
pub fn runbooks(what: &CheckRunbooks<'_>, out: &mut Printer<'_>) -> io::Result<u8> {
    let mut folders = what.folders.to_vec();
    let mut only = None;
    if let Some(path) = what.path {
        if !path.exists() {
            writeln!(out, "{}", t!("cli-check-absent", path = path.display()))?;
            return Ok(2);
        }
        let root = root_of(path);
        if path.is_file() {
            only = path.strip_prefix(&root).ok().map(|p| p.to_string_lossy().replace('\\', "/"));
        }
        folders = vec![root];
    }
    let mut corpus = Corpus::load(&folders);
    let mut problems = corpus.check();
    // With a path only what stands there is reported; the built-in runbooks are loaded because they can be linked.
    let asked = |e: &&Entry| {
        let here = what.path.is_none() || e.origin != Origin::BuiltIn;
        here && only.as_deref().is_none_or(|o| o == e.file)
    };
    let checked: Vec<&str> = corpus.entries().filter(asked).map(|e| e.file.as_str()).collect();
    problems.retain(|p| checked.iter().any(|base| *base == &*p.file || is_translation(base, &p.file)));
    let files = checked.len();
    let unreadable: Vec<String> = corpus.unreadable.iter().map(ToString::to_string).collect();
    report(what, (files, Checked::Runbooks), &problems, &unreadable, out)
}

/// Checks scenarios of one's own: each is read, built, and its faults are made. Exit codes as those of [`runbooks`].
pub fn scenarios(what: &CheckRunbooks<'_>, out: &mut Printer<'_>) -> io::Result<u8> {
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    match what.path {
        Some(path) if !path.exists() => {
            writeln!(out, "{}", t!("cli-check-absent", path = path.display()))?;
            return Ok(2);
        }
        Some(path) if path.is_file() => match crate::machine::read(path, LARGEST) {
            Ok(text) => files.push((path.display().to_string(), text)),
            Err(why) => unread.push(t!("cli-check-unread", path = path.display(), why = why)),
        },
        path => {
            let folders = path.map_or_else(|| what.folders.to_vec(), |p| vec![p.to_owned()]);
            let (own, unreadable) = own_scenarios(&folders);
            files.extend(own.into_iter().map(|f| (shown(&f), f.text)));
            unread.extend(unreadable.iter().map(ToString::to_string));
        }
    }
    let problems: Vec<_> = files.iter().flat_map(|(file, text)| problems(file, text)).collect();
    report(what, (files.len(), Checked::Scenarios), &problems, &unread, out)
}

/// What was checked.
#[derive(Clone, Copy)]
enum Checked {
    Runbooks,
    Scenarios,
}

fn report(
    what: &CheckRunbooks<'_>,
    (files, checked): (usize, Checked),
    problems: &[Problem],
    unreadable: &[String],
    out: &mut Printer<'_>,
) -> io::Result<u8> {
    let errors = problems.iter().filter(|p| p.is_error()).count() + unreadable.len();
    let warnings = problems.iter().filter(|p| !p.is_error()).count();
    if what.json {
        let problems: Vec<_> = problems.iter().map(problem_json).collect();
        let report = json!({
            "files": files, "errors": errors, "warnings": warnings, "unreadable": unreadable, "problems": problems,
        });
        writeln!(out, "{}", json_lines(&report))?;
    } else {
        text(problems, unreadable, what.colour, out)?;
        let counted = match checked {
            Checked::Runbooks => {
                t!("cli-check-count-runbooks", files = files, errors = errors, warnings = warnings)
            }
            Checked::Scenarios => {
                t!("cli-check-count-scenarios", files = files, errors = errors, warnings = warnings)
            }
        };
        writeln!(out, "{counted}")?;
    }
    Ok(u8::from(errors > 0))
}

/// The folder below which paths are ids: the path itself, or for a file the nearest folder named `runbooks`,
/// or the file's own folder.
fn root_of(path: &Path) -> PathBuf {
    if path.is_dir() {
        return path.to_owned();
    }
    let named = path.ancestors().find(|a| a.file_name().is_some_and(|n| n == "runbooks"));
    named.or(path.parent()).unwrap_or(path).to_owned()
}

fn is_translation(base: &str, file: &str) -> bool {
    let ids = crate::runbook::id_of(base).zip(crate::runbook::id_of(file));
    ids.is_some_and(|((a, _), (b, lang))| a == b && lang.is_some())
}

fn text(problems: &[Problem], unreadable: &[String], colour: bool, out: &mut Printer<'_>) -> io::Result<()> {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
    for problem in problems {
        let mut report = String::new();
        if handler.render_report(&mut report, &Excerpt::of(problem)).is_err() {
            report = problem.one_line();
        }
        // The colours are ours; what the file says was cleaned where the problem was made.
        out.styled(report.trim_end())?;
        writeln!(out)?;
    }
    unreadable.iter().try_for_each(|u| writeln!(out, "{}", one_row(u)))
}

fn problem_json(p: &Problem) -> serde_json::Value {
    json!({
        "file": *p.file, "line": p.line, "column": p.column, "severity": p.severity.word(), "code": p.code,
        "message": p.message, "help": p.help,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(path: &Path, json: bool) -> (u8, String) {
        let mut out = Vec::new();
        let what = CheckRunbooks { path: Some(path), folders: &[], json, colour: false };
        let code = runbooks(&what, &mut Printer::over(&mut out)).unwrap();
        (code, String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_report_in_colours_has_no_sequence_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let key = "sym\u{1b}[31mtoms\u{1b}]52;c;aGk=\u{7}\u{9b}2J\u{202e}";
        std::fs::write(
            folder.path().join("bad.md"),
            format!("---\r\nrunbook: 1\r\ntitle: T\r\n'{key}': [a]\r\n---\r\n"),
        )
        .unwrap();
        let mut out = Vec::new();
        let what = CheckRunbooks { path: Some(folder.path()), folders: &[], json: false, colour: true };
        runbooks(&what, &mut Printer::over(&mut out)).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("\u{1b}[") && text.contains("bad.md"), "{text:?}");
        let ours = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
        assert!(!crate::domain::hidden(&ours.replace_all(&text, "")), "{text:?}");
        assert!(!text.contains("\u{1b}[31mtoms"), "the file chooses a colour: {text:?}");
    }

    #[test]
    fn a_line_of_any_length_is_reported_at_its_place_and_hides_no_other_file() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        let many = |unit: &str| unit.repeat(70_000 / unit.len());
        let line = |body: &str| format!("---\nrunbook: 1\ntitle: T\n{body}\n---\n");
        write("a-end.md", &line(&format!("tags: [{}b: [}}]", many("a,"))));
        write("b-start.md", &line(&format!("symtoms: [{}]", many("节,"))));
        let (half, rest) = (many("owner, "), many(", x"));
        write("c-middle.md", &line(&format!("meta: {{ x-a: [{half}], ownr: b, x-c: [{rest}] }}")));
        write("d-whole.md", &line(&format!("{}: a", many("k"))));
        write("e-around.md", &line(&format!("x-a: {}\nsymtoms: [a]\nx-b: {}", many("a"), many("b"))));
        write("z.md", "---\nrunbook: 1\ntitle: T\nsymtoms: [a]\nmeta: { ownr: b }\n---\n");
        let (code, text) = run(folder.path(), false);
        assert_eq!(code, 1);
        let (_, json) = run(folder.path(), true);
        let report: serde_json::Value = serde_json::from_str(&json).unwrap();
        let mut files = std::collections::BTreeSet::new();
        for p in report["problems"].as_array().unwrap() {
            let file = p["file"].as_str().unwrap();
            files.insert(file.to_owned());
            let place = format!("{file}:{}:{}]", p["line"], p["column"]);
            assert!(text.contains(&place), "{place} is not in {text}");
        }
        assert_eq!(files.len(), 6, "{files:?}");
        let middle = text.lines().find(|l| l.contains("ownr: b")).unwrap();
        assert!(middle.trim_end().ends_with('…') && middle.contains("│ …"), "{middle}");
        let longest = text.lines().map(|l| l.chars().count()).max().unwrap();
        assert!(longest < 1_000, "a row of {longest} characters");
    }

    #[test]
    fn all_problems_are_shown_and_decide_the_exit_code() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bad.md");
        std::fs::write(&path, "---\nrunbook: 1\ntitle: T\nsymtoms: [a]\nmeta: { ownr: b }\n---\n").unwrap();
        std::fs::write(folder.path().join("good.md"), "---\nrunbook: 1\ntitle: T\n---\n").unwrap();
        let (code, text) = run(folder.path(), false);
        assert_eq!(code, 1);
        assert!(
            text.contains("bad.md:4:1") && text.contains("symtoms: [a]") && text.contains("2 errors"),
            "{text}"
        );
        let (code, text) = run(&path, true);
        let report: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((code, report["files"].as_u64()), (1, Some(1)));
        assert_eq!(report["problems"][1]["help"], "did you mean `owner`?");
        assert_eq!(run(&folder.path().join("good.md"), false).0, 0);
        assert_eq!(run(&folder.path().join("absent.md"), false).0, 2);
    }
}
