//! `show ID`: a runbook as text, for reading without the interface.

use std::io::{self, Write};

use super::out::Printer;
use crate::corpus::Corpus;
use crate::domain::{one_row, visible, visible_rows};
use crate::lang::t;
use crate::runbook::model::{Format, Runbook, Runnable, Step};
use crate::runbook::print_duration;

/// Shows; 0, or 2 when there is no such runbook.
pub fn show(corpus: &Corpus, id: &str, lang: &str, out: &mut Printer<'_>) -> io::Result<u8> {
    let entry = match corpus.named(id) {
        Ok(entry) => entry,
        Err(absent) => {
            writeln!(out, "{absent}")?;
            return Ok(2);
        }
    };
    let runbook = &entry.runbook;
    head(runbook, lang, out)?;
    for step in &runbook.steps {
        lines(runbook.step_prose_in(step, lang), out)?;
        self::step(step, out)?;
    }
    let translated = runbook.translations.get(lang);
    // A translation has no fences, so its rest after the last mark is not known; the base text is shown then.
    if translated.is_none() || runbook.steps.is_empty() {
        let rest = translated.map_or_else(|| runbook.epilogue(), |t| t.body.of(&t.source));
        lines(rest, out)?;
    }
    Ok(0)
}

fn head(runbook: &Runbook, lang: &str, out: &mut Printer<'_>) -> io::Result<()> {
    writeln!(out, "{}  [{}]", one_row(runbook.title_in(lang)), one_row(&runbook.id))?;
    if runbook.format == Format::Plain {
        return writeln!(out);
    }
    let mut facts =
        vec![runbook.kind.text().to_owned(), t!("cli-show-risk", risk = runbook.meta.risk.text())];
    facts.extend(runbook.meta.eta.map(|eta| t!("cli-show-eta", eta = print_duration(eta))));
    facts.extend(runbook.meta.owner.as_deref().map(|o| t!("cli-show-owner", owner = one_row(o))));
    writeln!(out, "{}", facts.join(" · "))?;
    for param in &runbook.params {
        let name = one_row(&param.name);
        let line = if param.optional || param.default.is_some() {
            t!("cli-show-param", name = name)
        } else {
            t!("cli-show-param-needed", name = name)
        };
        writeln!(out, "{line}")?;
    }
    if let Runnable::No(why) = runbook.runnable() {
        writeln!(out, "{}", t!("cli-show-not-runnable", why = one_row(&why)))?;
    }
    writeln!(out)
}

fn step(step: &Step, out: &mut Printer<'_>) -> io::Result<()> {
    let (name, kind) = (one_row(&step.name), step.kind.text());
    let head = match step.kind.policy() {
        Some(p) => t!("cli-show-step-risk", name = name, kind = kind, risk = p.risk.text()),
        None => t!("cli-show-step", name = name, kind = kind),
    };
    writeln!(out, "{head}")?;
    for line in visible_rows(&step.body) {
        writeln!(out, "   {line}")?;
    }
    if let Runnable::No(why) = &step.runnable {
        writeln!(out, "{}", t!("cli-show-step-not-runnable", why = one_row(why)))?;
    }
    Ok(())
}

/// The text line by line, with what steers a terminal written out: a runbook from elsewhere must not move the cursor, and
/// must not leave out what it says.
fn lines(text: &str, out: &mut Printer<'_>) -> io::Result<()> {
    text.lines().try_for_each(|line| writeln!(out, "{}", visible(line)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Origin, SourceFile};

    fn run(id: &str, lang: &str) -> (u8, String) {
        let mut corpus = Corpus::default();
        let file = |path: &str, text: &str| SourceFile {
            path: path.into(),
            text: text.into(),
            origin: Origin::BuiltIn,
        };
        corpus.add(vec![
            file("nodes/sample.md", include_str!("../../tests/data/runbooks/nodes/sample.md")),
            file("nodes/sample.zh.md", include_str!("../../tests/data/runbooks/nodes/sample.zh.md")),
            file("a/rude.md", "# Rude \u{1b}[2J title\ntext\n"),
        ]);
        let mut out = Vec::new();
        let code = show(&corpus, id, lang, &mut Printer::over(&mut out)).unwrap();
        (code, String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_runbook_is_shown_with_its_steps() {
        let (code, text) = run("nodes/sample", "en");
        assert_eq!(code, 0);
        for part in [
            "Node NotReady (sample)  [nodes/sample]",
            "risk medium",
            "$node (needed)",
            "-- drain (action, risk medium)",
            "op: node.drain",
            "Write down what it was.",
        ] {
            assert!(text.contains(part), "{part}:\n{text}");
        }
        assert!(run("nodes/sample.md", "zh").1.contains("迁走负载"));
        assert_eq!(run("sample", "en"), (code, text), "the end of an id that no other has is enough");
    }

    #[test]
    fn an_unknown_id_is_answered_with_a_suggestion() {
        let (code, text) = run("nodes/sampel", "en");
        assert_eq!(code, 2, "the command line names what is not there");
        assert!(text.contains("did you mean `nodes/sample`?"), "{text}");
    }

    #[test]
    fn control_sequences_are_taken_out() {
        assert!(!run("a/rude", "en").1.contains('\u{1b}'));
    }
}
