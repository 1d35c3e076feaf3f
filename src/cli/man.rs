//! `opsbook man`: the manual of opsbook and a page for each command, from the same table as the help.
//!
//! Must not hold words of its own about a command: those stand in the catalogue (`args::help`), and what all have in common in `papers`.

use std::io::{self, Write};
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::args::{Args, help};
use super::exit::Asked;
use super::out::Printer;
use super::papers::{ENVIRONMENT, EXIT, FILES};
use super::run::Outcome;
use crate::lang::{Msg, t};

/// Prints the page of a command (`sessions export`), of opsbook itself without words, or writes all of them into a folder.
pub fn man(words: &[String], folder: Option<&Path>, out: &mut Printer<'_>) -> Outcome {
    let mut all = Vec::new();
    // Built, each command knows its whole name, and the options that it shares.
    let command = help::spoken(Args::command().disable_help_subcommand(true));
    pages(&command, &mut all);
    let name = words.iter().fold("opsbook".to_owned(), |name, word| format!("{name}-{word}"));
    let Some(folder) = folder else {
        let Some((_, page)) = all.into_iter().find(|(n, _)| *n == name) else {
            let words = words.join(" ");
            return Err(Asked(t!("cli-man-absent", words = words)).into());
        };
        out.write_all(&page?)?;
        return Ok(0);
    };
    std::fs::create_dir_all(folder)
        .map_err(|e| t!("cli-man-no-folder", folder = folder.display(), why = e))?;
    let count = all.len();
    for (name, page) in all {
        let path = folder.join(format!("{name}.1"));
        std::fs::write(&path, page?).map_err(|e| t!("cli-man-unwritten", path = path.display(), why = e))?;
    }
    let first = folder.join("opsbook.1");
    let done = t!("cli-man-pages", pages = count, folder = folder.display(), first = first.display());
    writeln!(out, "{done}")?;
    Ok(0)
}

type Page = (String, io::Result<Vec<u8>>);

/// The page of a command and those of all below it that are not hidden.
fn pages(command: &Command, out: &mut Vec<Page>) {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let first = out.is_empty();
    out.push((name, page(command.clone(), first)));
    for below in command.get_subcommands().filter(|c| !c.is_hide_set()) {
        pages(below, out);
    }
}

fn page(command: Command, whole: bool) -> io::Result<Vec<u8>> {
    let below = command.get_subcommands().any(|c| !c.is_hide_set());
    let man = Man::new(command);
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    headed("NAME", t!("cli-man-head-name"), &mut out, |to| man.render_name_section(to))?;
    headed("SYNOPSIS", t!("cli-man-head-synopsis"), &mut out, |to| man.render_synopsis_section(to))?;
    headed("DESCRIPTION", t!("cli-man-head-description"), &mut out, |to| man.render_description_section(to))?;
    headed("OPTIONS", t!("cli-man-head-options"), &mut out, |to| man.render_options_section(to))?;
    if below {
        headed("SUBCOMMANDS", t!("cli-man-head-commands"), &mut out, |to| {
            man.render_subcommands_section(to)
        })?;
    }
    section(t!("cli-man-head-exit"), EXIT, &mut out)?;
    if whole {
        section(t!("cli-man-head-environment"), ENVIRONMENT, &mut out)?;
        section(t!("cli-man-head-files"), FILES, &mut out)?;
    } else {
        let also = t!("cli-man-see-also", opsbook = "\\fBopsbook\\fR(1)");
        writeln!(out, ".SH \"{}\"\n{also}", t!("cli-man-head-see-also"))?;
    }
    Ok(out)
}

/// A section that the library writes, whose heading it has in English only.
fn headed(
    english: &str,
    heading: &str,
    out: &mut Vec<u8>,
    write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>,
) -> io::Result<()> {
    let mut section = Vec::new();
    write(&mut section)?;
    let section = String::from_utf8_lossy(&section);
    out.write_all(section.replacen(&format!(".SH {english}\n"), &format!(".SH {heading}\n"), 1).as_bytes())
}

fn section(title: &str, rows: &[(&str, Msg)], out: &mut Vec<u8>) -> io::Result<()> {
    writeln!(out, ".SH \"{title}\"")?;
    for (name, text) in rows {
        writeln!(out, ".TP\n\\fB{}\\fR\n{}", roff(name), roff(text.text()))?;
    }
    Ok(())
}

/// A text that means nothing to roff. None of ours begins with a dot.
fn roff(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-").replace('~', "\\(ti")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(words: &[&str], folder: Option<&Path>) -> (Option<u8>, String) {
        let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
        let mut out = Vec::new();
        let code = man(&words, folder, &mut Printer::over(&mut out)).ok();
        (code, String::from_utf8(out).unwrap())
    }

    #[test]
    fn every_page_that_a_page_refers_to_can_be_printed_and_has_exit_codes() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(run(&[], Some(folder.path())).0, Some(0));
        let mut files: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let refers = regex::Regex::new(r"opsbook(\\-[a-z]+)+\(1\)").unwrap();
        for file in &files {
            let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
            assert!(text.contains(".SH \"EXIT STATUS\"") && text.contains(".SH SYNOPSIS"), "{file}:\n{text}");
            for found in refers.find_iter(&text) {
                let name = found.as_str().replace('\\', "").replace("(1)", ".1");
                assert!(files.contains(&name), "{file} refers to {name}, of which there is none");
            }
        }
        for command in super::super::args::commands() {
            let name = format!("opsbook-{}.1", command.replace(' ', "-"));
            assert!(files.contains(&name), "{command} has no page in {files:?}");
        }
    }

    #[test]
    fn one_page_is_asked_for_by_its_command() {
        let (code, text) = run(&[], None);
        assert!(
            code == Some(0) && text.contains(".SH \"FILES\"") && text.contains("OPSBOOK_THEME"),
            "{text}"
        );
        let (code, text) = run(&["sessions", "hand-over"], None);
        assert!(code == Some(0) && text.contains("opsbook sessions hand\\-over"), "{text}");
        assert_eq!(run(&["sesions"], None).0, None);
    }
}
