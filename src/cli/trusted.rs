//! `opsbook trust`: who vouches for which runbook, and the answer with which this user does. It runs nothing.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use serde_json::json;

use super::args::TrustWhat;
use super::out::{Printer, json as written, padded, told};
use super::run::Outcome;
use crate::corpus::{Entry, Origin, Stranger};
use crate::domain::{hidden, one_row};
use crate::lang::{Msg, list, msg, t};
use crate::runbook::model::{Runnable, Trust, part_text};
use crate::trust::{Approval, Canon, Line, Loaded, Places, canon, diff, load};

/// Why an approval counts no longer.
const OLDER: Msg = msg!("cli-trusted-older");

pub fn trust(folders: &[PathBuf], places: &Places, what: TrustWhat) -> Outcome {
    let loaded = load(folders, places);
    for wrong in &loaded.wrong {
        told(one_row(wrong))?;
    }
    let mut out = Printer::answers();
    match what {
        TrustWhat::List { format } => listed(&loaded, format.json(), &mut out),
        TrustWhat::Revoke { id } => revoked(loaded, places, &id, &mut out),
        TrustWhat::Approve { id } => {
            // A pipe cannot have read it.
            if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
                return Err(t!("cli-trusted-no-terminal").into());
            }
            approved(loaded, places, &id, &mut std::io::stdin().lock(), &mut out)
        }
    }
}

fn place(origin: &Origin) -> String {
    match origin {
        Origin::BuiltIn => t!("cli-trusted-built-in").to_owned(),
        Origin::Signed { folder, commit } => {
            t!("cli-trusted-at", folder = folder.display(), commit = &commit[..12])
        }
        Origin::User(folder) => folder.display().to_string(),
    }
}

/// Every runbook that is not built in; exit 1 when one of them is unknown or a source could not be read.
fn listed(loaded: &Loaded, as_json: bool, out: &mut Printer<'_>) -> Outcome {
    let own: Vec<&Entry> = loaded.corpus.entries().filter(|e| e.origin != Origin::BuiltIn).collect();
    if as_json {
        let row = |e: &&Entry| {
            let approval = loaded.store.approvals.get(&e.runbook.id);
            let differs = match &e.runbook.trust {
                Trust::Unknown { differs } => differs.clone(),
                _ => Vec::new(),
            };
            json!({
                "id": e.runbook.id, "tier": e.runbook.trust.id(), "from": place(&e.origin),
                "hash": hash(loaded, e).hash(), "differs": differs, "replaces_built_in": e.replaces_built_in,
                "approved": approval.map(|a| json!({"at": a.at.to_string(), "by": a.by})),
            })
        };
        let stranger = |s: &Stranger| {
            json!({
                "id": s.id, "lang": s.lang, "tier": "unknown", "from": place(&s.origin), "why": s.to_string(),
            })
        };
        let strangers: Vec<_> = loaded.corpus.strangers().iter().map(stranger).collect();
        let rows: Vec<_> = own.iter().map(row).collect();
        let all = json!({ "runbooks": rows, "translations": strangers, "wrong": loaded.wrong });
        writeln!(out, "{}", written(&all))?;
    } else {
        for e in &own {
            let differs = match &e.runbook.trust {
                Trust::Unknown { differs } if !differs.is_empty() => {
                    t!("cli-trusted-differs", parts = list(differs.iter().map(|part| part_text(part))))
                }
                Trust::Outdated => format!("  {OLDER}"),
                _ => String::new(),
            };
            let (id, place, differs) =
                (one_row(&e.runbook.id), one_row(&place(&e.origin)), one_row(&differs));
            writeln!(out, "{} {} {place}{differs}", padded(e.runbook.trust.word(), 9), padded(&id, 32))?;
        }
        for s in loaded.corpus.strangers() {
            let id = one_row(&format!("{}.{}", s.id, s.lang));
            let tier = padded(Trust::default().word(), 9);
            let (from, why) = (one_row(&place(&s.origin)), one_row(&s.to_string()));
            writeln!(out, "{tier} {} {from}  {why}", padded(&id, 32))?;
        }
        if own.is_empty() && loaded.corpus.strangers().is_empty() {
            writeln!(out, "{}", t!("cli-trusted-all-built-in"))?;
        }
    }
    let unknown = own.iter().any(|e| !e.runbook.trust.runs()) || !loaded.corpus.strangers().is_empty();
    Ok(u8::from(unknown || !loaded.wrong.is_empty()))
}

fn hash(loaded: &Loaded, entry: &Entry) -> Canon {
    canon(&entry.runbook, &|id| loaded.corpus.get(id).map(|e| e.runbook.clone()))
}

fn revoked(mut loaded: Loaded, places: &Places, id: &str, out: &mut Printer<'_>) -> Outcome {
    if loaded.store.approvals.remove(id).is_none() {
        return Err(t!("cli-trusted-not-approved", id = id).into());
    }
    loaded.store.write(&places.store)?;
    writeln!(out, "{}", t!("cli-trusted-revoked", id = id))?;
    Ok(0)
}

/// Shows what would run and asks. Only the id, typed, is a yes.
fn approved(
    mut loaded: Loaded,
    places: &Places,
    id: &str,
    answer: &mut dyn BufRead,
    out: &mut Printer<'_>,
) -> Outcome {
    // With broken records of what was approved before, nothing can be compared with it.
    if let Some(wrong) = loaded.no_approval {
        return Err(wrong.into());
    }
    loaded.corpus.check();
    let entry = loaded.corpus.named(id)?;
    // What is typed for a yes is the whole id.
    let id = entry.runbook.id.clone();
    let id = id.as_str();
    match &entry.runbook.trust {
        Trust::BuiltIn | Trust::Signed { .. } => {
            return Err(t!("cli-trusted-needs-none", id = id, tier = entry.runbook.trust.word()).into());
        }
        Trust::Approved { .. } => {
            writeln!(out, "{}", t!("cli-trusted-as-it-is", id = id))?;
            return Ok(0);
        }
        Trust::Unknown { .. } | Trust::Outdated => {}
    }
    if let Runnable::No(why) = entry.runbook.runnable() {
        return Err(t!("cli-trusted-cannot-run", id = id, why = one_row(&why)).into());
    }
    let now = hash(&loaded, entry);
    let from = one_row(&place(&entry.origin));
    writeln!(out, "{}\n", t!("cli-trusted-hash", id = id, place = from, hash = &now.hash()[..16]))?;
    let before = loaded.store.approvals.get(id);
    if before.is_some_and(|b| !b.counts()) {
        writeln!(out, "{}\n", t!("cli-trusted-read-again", why = OLDER))?;
    }
    // With what an older one covered nothing can be compared: what it left out is not in it.
    compare(before.filter(|b| b.counts()).map(Approval::canon).as_ref(), &now, out)?;
    write!(out, "\n{}\n", t!("cli-trusted-read-it"))?;
    write!(out, "{}", t!("cli-trusted-type", id = id))?;
    out.flush()?;
    let mut typed = String::new();
    answer.read_line(&mut typed)?;
    if typed.trim() != id {
        writeln!(out, "{}", t!("cli-trusted-left"))?;
        return Ok(1);
    }
    let at = crate::clock::Clock::real().now();
    let book = entry.runbook.clone();
    loaded.store.approve(&book, &now, at, crate::runtime::user());
    loaded.store.write(&places.store)?;
    writeln!(out, "{}", t!("cli-trusted-approved"))?;
    Ok(0)
}

/// What would run, beside what was approved before. Where the order changed, that is shown, and all of it is read again: what
/// was approved may do something else where it stands now.
fn compare(before: Option<&Canon>, now: &Canon, out: &mut Printer<'_>) -> std::io::Result<()> {
    let empty = Canon::default();
    let earlier = before.unwrap_or(&empty);
    let moved = now.moved(earlier);
    if let Some((was, is)) = &moved {
        writeln!(out, "{}", t!("cli-trusted-moved"))?;
        for line in diff(&was.join("\n"), &is.join("\n")) {
            writeln!(out, "    {}", line.shown())?;
        }
    }
    let gone = earlier.0.iter().filter(|(name, _)| now.get(name).is_none());
    let names = now.0.iter().chain(gone).map(|(name, _)| name);
    for name in names {
        let (was, is) = (earlier.get(name), now.get(name));
        if was == is && moved.is_none() {
            writeln!(out, "{}", t!("cli-trusted-part-same", part = one_row(&part_text(name))))?;
            continue;
        }
        let named = one_row(&part_text(name));
        let line = match (was, is) {
            (None, _) => t!("cli-trusted-part-new", part = named),
            (_, None) => t!("cli-trusted-part-gone", part = named),
            (was, is) if was == is => t!("cli-trusted-part-moved", part = named),
            _ => t!("cli-trusted-part-changed", part = named),
        };
        writeln!(out, "{line}")?;
        for line in diff(was.unwrap_or_default(), is.unwrap_or_default()) {
            part(&line, out)?;
        }
    }
    Ok(())
}

/// A line of a part, and what of it a screen does not show.
fn part(line: &Line, out: &mut Printer<'_>) -> std::io::Result<()> {
    let (Line::New(text) | Line::Gone(text) | Line::Same(text)) = line;
    if hidden(text) {
        writeln!(out, "{}", t!("cli-trusted-hidden"))?;
    }
    writeln!(out, "    {}", line.shown())?;
    // Otherwise two lines that differ look alike.
    if let Some(end) = unseen_end(line) {
        writeln!(out, "{}", t!("cli-trusted-line-end", end = end))?;
    }
    Ok(())
}

/// What the end of a line holds and a screen does not show; none where it holds no such thing.
fn unseen_end(line: &Line) -> Option<String> {
    let (Line::New(text) | Line::Gone(text) | Line::Same(text)) = line;
    let blanks: Vec<char> = text.chars().rev().take_while(|c| c.is_whitespace()).collect();
    let all = |c: char| blanks.iter().all(|b| *b == c);
    match blanks.len() {
        0 => None,
        n if all(' ') => Some(t!("cli-trusted-blanks", blanks = n)),
        _ => Some(
            blanks.iter().rev().map(|c| format!("U+{:04X}", u32::from(*c))).collect::<Vec<_>>().join(" "),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(before: Option<&Canon>, now: &Canon) -> String {
        let mut out = Vec::new();
        compare(before, now, &mut Printer::over(&mut out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn another_order_of_steps_is_shown_and_all_of_them_are_read_again() {
        let step = |name: &str, text: &str| (format!("step {name}"), text.to_owned());
        let (back, cut) = (step("back", "cp -a data copy"), step("cut", "rm -rf data"));
        let front = ("front matter".to_owned(), "{}".to_owned());
        let before = Canon(vec![front.clone(), back.clone(), cut.clone()]);
        let swapped = Canon(vec![front.clone(), cut.clone(), back.clone()]);
        let out = shown(Some(&before), &swapped);
        assert!(out.contains("changed the order of its steps"), "{out}");
        for row in ["- step back", "+ step back", "  step cut", "cp -a data copy", "rm -rf data"] {
            assert!(out.contains(row), "{row}\n{out}");
        }
        let out = shown(Some(&before), &before);
        assert!(!out.contains("order") && !out.contains("rm -rf"), "{out}");
        // A new step before those that stay moves none of them; a changed one is no other place either.
        let more = Canon(vec![front, step("new", "true"), back, step("cut", "rm -rf other")]);
        let out = shown(Some(&before), &more);
        assert!(!out.contains("order") && out.contains("step back: as it was approved"), "{out}");
        assert!(out.contains("new step new") && out.contains("changed step cut"), "{out}");
    }

    proptest! {
        #[test]
        fn every_visible_character_of_a_script_is_in_what_approve_shows(
            parts in prop::collection::vec(prop_oneof![
                "[a-z;:节 \n\t]{1,12}",
                "\u{1b}[\\[\\]PX^_\\\\a-z]",
                prop::sample::select(vec!["\u{9b}", "\u{9d}", "\u{7}", "\u{202e}", "\r", "\u{85}", "\u{1b}"]).prop_map(str::to_owned),
            ], 1..12),
        ) {
            let script = parts.concat();
            let out = shown(None, &Canon(vec![("step one".to_owned(), script.clone())]));
            let rows = out.lines().filter_map(|row| row.strip_prefix("    + "));
            let read: Vec<String> = rows.map(str::to_owned).collect();
            let whole: Vec<String> = script.split_inclusive('\n').map(|l| crate::domain::visible(l.trim_end_matches('\n'))).collect();
            prop_assert_eq!(&read, &whole);
            let seen = |text: &str| text.chars().filter(|c| !crate::domain::hides(*c) && !c.is_whitespace()).collect::<String>();
            let mut all = read.concat().chars().collect::<Vec<_>>().into_iter();
            prop_assert!(seen(&script).chars().all(|c| all.any(|other| other == c)), "{:?}\n{}", script, out);
        }
    }
}
