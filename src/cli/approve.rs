//! `opsbook approve`: the second person reads what a plan would do, and signs it. It speaks to no cluster.
//!
//! Must not sign what nobody can have read: words and question go to a terminal, and only the answer to the output.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::config::Config;
use super::out::Printer;
use super::run::Outcome;
use crate::lang::t;
use crate::op::{PeerAnswer, PeerRequest, REQUEST};
use crate::runtime::Places;
use crate::trust::sign;

/// What is typed for a yes.
const YES: &str = "yes";
/// Largest file that is read, in bytes.
const LARGEST: u64 = 256 * 1024;
/// The width of rows where the terminal does not say its own.
const WIDTH: u16 = 100;
/// What a row begins with that goes on from the one above: no row of its own looks like it.
const GOES_ON: &str = "    ↳ ";
/// Keys that are looked for where none was named.
const USUAL: &[&str] = &["id_ed25519_sk", "id_ed25519", "id_ecdsa_sk", "id_ecdsa", "id_rsa"];

pub fn approve(places: &Places, request: &str, key: Option<PathBuf>) -> Outcome {
    let text = if request.trim_start().starts_with(REQUEST) { request.to_owned() } else { read(request)? };
    let (asked, hash) = PeerRequest::read(&text)?;
    let config = Config::read(&places.config.join("config.toml"))?.four_eyes;
    let key = key.or(config.key).or_else(|| usual().into_iter().next()).ok_or(t!("cli-approve-no-key"))?;
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(t!("cli-approve-no-terminal").into());
    }
    let now = || crate::clock::Clock::real().now();
    PeerAnswer::to(&asked, &hash, now()).fits(&asked, &hash, now())?;
    let mut words = Printer::words();
    let width = crossterm::terminal::size().map_or(WIDTH, |(width, _)| width);
    if !consent(&asked, &key, usize::from(width), &mut std::io::stdin().lock(), &mut words)? {
        writeln!(words, "{}", t!("cli-approve-left"))?;
        return Ok(1);
    }
    // Reading may have taken its time.
    let answer = PeerAnswer::to(&asked, &hash, now());
    answer.fits(&asked, &hash, now())?;
    let signed = sign(answer, &key)?;
    let give = t!("cli-approve-give", by = asked.by);
    writeln!(words, "\n{}\n", folded(&give, usize::from(width)))?;
    writeln!(Printer::answers(), "{}", signed.line())?;
    Ok(0)
}

fn read(file: &str) -> Result<String, String> {
    crate::machine::read(Path::new(file), LARGEST)
        .map_err(|e| t!("cli-approve-unread", file = file, why = e, request = REQUEST))
}

/// Shows all of it and asks. Only the typed word is a yes.
fn consent(
    asked: &PeerRequest,
    key: &Path,
    width: usize,
    answer: &mut dyn BufRead,
    out: &mut Printer<'_>,
) -> std::io::Result<bool> {
    for line in asked.words() {
        writeln!(out, "{}", folded(&line, width))?;
    }
    let can = t!("cli-approve-can-run", key = key.display(), by = asked.by);
    writeln!(out, "\n{}", folded(&can, width))?;
    writeln!(out, "{}", t!("cli-approve-ask-them"))?;
    write!(out, "{}", t!("cli-approve-type", yes = YES))?;
    out.flush()?;
    let mut typed = String::new();
    answer.read_line(&mut typed)?;
    Ok(typed.trim() == YES)
}

/// A row, broken by us where it is longer than the terminal is wide: what the terminal breaks begins like a row of its own.
fn folded(row: &str, width: usize) -> String {
    // Some terminals show characters of the East at twice the width; the last column stays free.
    let cells = |text: &str| text.width().max(text.width_cjk());
    let width = width.max(20) - 1;
    let (mut out, mut used) = (String::with_capacity(row.len()), 0);
    for part in row.graphemes(true) {
        if used + cells(part) > width {
            out.push('\n');
            out.push_str(GOES_ON);
            used = cells(GOES_ON);
        }
        out.push_str(part);
        used += cells(part);
    }
    out
}

/// The usual keys that are there, or whose public halves are.
pub fn usual() -> Vec<PathBuf> {
    let Some(base) = directories::BaseDirs::new() else { return Vec::new() };
    let folder = base.home_dir().join(".ssh");
    let there = |path: PathBuf| {
        let public = path.with_extension("pub");
        [path, public].into_iter().find(|p| p.is_file())
    };
    USUAL.iter().map(|name| folder.join(name)).filter_map(there).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Risk, Timestamp};
    use crate::op::plan_by_hand;

    #[test]
    fn only_the_typed_word_is_a_yes_and_all_of_it_was_shown_before() {
        let plan = plan_by_hand("lamp", "Look at the lamp.", "node=worker-3", Risk::Critical);
        let asked = PeerRequest {
            by: "alice".into(),
            context: "prod-eu-1".into(),
            ..PeerRequest::of(&plan, "1".into(), Timestamp::UNIX_EPOCH)
        };
        for (typed, yes) in
            [("yes\n", true), (" yes \n", true), ("y\n", false), ("YES\n", false), ("", false)]
        {
            let mut out = Vec::new();
            assert_eq!(
                consent(&asked, Path::new("key"), 80, &mut typed.as_bytes(), &mut Printer::over(&mut out))
                    .unwrap(),
                yes
            );
            let said = String::from_utf8(out).unwrap();
            for word in
                ["alice", "prod-eu-1", "Look at the lamp.", "node=worker-3", "R4", asked.digest.as_str()]
            {
                assert!(said.contains(word), "{word} in\n{said}");
            }
        }
    }

    /// Longest names, texts and lines of scripts, padded as somebody would who wants a row of theirs to be read.
    #[test]
    fn no_text_of_a_request_makes_a_row_or_moves_the_others_away() {
        let forged = "  object    deployment shop/lamp";
        let mut plan = plan_by_hand("lamp", "Look.", "", Risk::Critical);
        plan.summary = format!("x{}{forged}", " ".repeat(9000));
        let script = format!(
            "true{}{forged}\n节点节点节点节点节点节点节点节点节点节点节点节点节点节点节点节点",
            " ".repeat(76)
        );
        for (width, pad) in [(80, 66), (80, 68), (40, 26), (100, 87), (9, 200)] {
            let asked = PeerRequest {
                context: format!("eu{}{forged}", "x".repeat(pad)),
                by: format!("alice{}{forged}", " ".repeat(pad)),
                script: Some(script.clone()),
                ..PeerRequest::of(&plan, "1".into(), Timestamp::UNIX_EPOCH)
            };
            let (asked, _) = PeerRequest::read(&asked.line()).unwrap();
            let mut out = Vec::new();
            consent(&asked, Path::new("key"), width, &mut "".as_bytes(), &mut Printer::over(&mut out))
                .unwrap();
            let said = String::from_utf8(out).unwrap();
            for row in said.lines().filter(|row| !row.starts_with("Type") && !row.starts_with("It says")) {
                assert!(row.width_cjk() < width.max(20), "{row:?} at {width}");
                assert!(!row.starts_with(forged.trim_end()), "{row:?} at {width}\n{said}");
            }
            assert!(said.lines().count() < 40 + 9000 / width.max(20), "{width}");
            assert!(said.lines().filter(|row| row.trim().is_empty()).count() <= 3, "{said}");
        }
    }
}
