//! `opsbook man`: the manual of opsbook and a page for each command, from the same table as the help.
//!
//! Must not hold words of its own about a command: those stand in `args`, and what all have in common in `papers`.

use std::io::{self, Write};
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::args::Args;
use super::exit::Asked;
use super::out::Printer;
use super::papers::{ENVIRONMENT, EXIT, FILES};
use super::run::Outcome;

/// Prints the page of a command (`sessions export`), of opsbook itself without words, or writes all of them into a folder.
pub fn man(words: &[String], folder: Option<&Path>, out: &mut Printer<'_>) -> Outcome {
    let mut all = Vec::new();
    // Built, each command knows its whole name, and the options that it shares.
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    pages(&command, &mut all);
    let name = words.iter().fold("opsbook".to_owned(), |name, word| format!("{name}-{word}"));
    let Some(folder) = folder else {
        let Some((_, page)) = all.into_iter().find(|(n, _)| *n == name) else {
            let words = words.join(" ");
            return Err(Asked(format!("there is no command `{words}`; `opsbook --help` lists them")).into());
        };
        out.write_all(&page?)?;
        return Ok(0);
    };
    std::fs::create_dir_all(folder)
        .map_err(|e| format!("the folder {} could not be made: {e}", folder.display()))?;
    let count = all.len();
    for (name, page) in all {
        let path = folder.join(format!("{name}.1"));
        std::fs::write(&path, page?).map_err(|e| format!("{} could not be written: {e}", path.display()))?;
    }
    writeln!(
        out,
        "{count} pages in {}; read one with: man -l {}",
        folder.display(),
        folder.join("opsbook.1").display()
    )?;
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
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    if below {
        man.render_subcommands_section(&mut out)?;
    }
    section("EXIT STATUS", EXIT, &mut out)?;
    if whole {
        section("ENVIRONMENT", ENVIRONMENT, &mut out)?;
        section("FILES", FILES, &mut out)?;
    } else {
        writeln!(
            out,
            ".SH \"SEE ALSO\"\n\\fBopsbook\\fR(1) has the options, variables and files of all commands."
        )?;
    }
    Ok(out)
}

fn section(title: &str, rows: &[(&str, &str)], out: &mut Vec<u8>) -> io::Result<()> {
    writeln!(out, ".SH \"{title}\"")?;
    for (name, text) in rows {
        writeln!(out, ".TP\n\\fB{}\\fR\n{}", roff(name), roff(text))?;
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
