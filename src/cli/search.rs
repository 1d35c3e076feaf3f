//! `search TEXT`: the runbooks that a text finds.

use std::io::{self, Write};

use serde_json::json;

use super::out::{Printer, json_lines};
use crate::corpus::Corpus;
use crate::domain::{found_in, one_row};
use crate::lang::t;
use crate::search::{Answer, Hit, Index, Match, QueryOptions, Read};

/// What to search and how to say it.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// What was typed.
    pub text: &'a str,
    /// Longest answer.
    pub limit: usize,
    /// Language of the titles.
    pub lang: &'a str,
    /// JSON instead of text.
    pub json: bool,
}

/// Searches; 0 when a runbook is about it, 1 when none is.
pub fn search(corpus: &Corpus, what: &Search<'_>, out: &mut Printer<'_>) -> io::Result<u8> {
    let options = QueryOptions { boost: &[], limit: what.limit, lang: what.lang };
    let answer = Index::build(corpus.search_docs()).and_then(|index| index.query(what.text, &options));
    let answer = answer.map_err(io::Error::other)?;
    if what.json {
        writeln!(out, "{}", json_lines(&json(&answer)))?;
    } else {
        text(corpus, what, &answer, out)?;
    }
    Ok(u8::from(!answer.found()))
}

fn text(corpus: &Corpus, what: &Search<'_>, answer: &Answer, out: &mut Printer<'_>) -> io::Result<()> {
    let (about, mentioned): (Vec<_>, Vec<_>) = answer.hits.iter().partition(|h| h.about);
    if about.is_empty() {
        writeln!(out, "{}", t!("cli-search-none", text = one_row(what.text.trim())))?;
    }
    for word in &answer.understood {
        match &word.read {
            Read::Meant(meant) => {
                writeln!(out, "{}", t!("cli-search-read-as", typed = one_row(&word.typed), meant = meant))?;
            }
            Read::Nowhere if about.is_empty() => {
                writeln!(out, "{}", t!("cli-search-nowhere", typed = one_row(&word.typed)))?;
            }
            _ => {}
        }
    }
    about.iter().try_for_each(|hit| lines(corpus, hit, out))?;
    if about.is_empty() && !mentioned.is_empty() {
        writeln!(out, "{}", t!("cli-search-mentioned"))?;
        mentioned.iter().try_for_each(|hit| lines(corpus, hit, out))?;
    }
    Ok(())
}

/// A hit in lines: what it is, and where it matched besides the id and the title that stand there already.
fn lines(corpus: &Corpus, hit: &Hit, out: &mut Printer<'_>) -> io::Result<()> {
    let risk = corpus.get(&hit.id).map(|e| format!("  {}", e.runbook.meta.risk)).unwrap_or_default();
    writeln!(out, "{}  {}{risk}", one_row(&hit.id), one_row(&hit.title))?;
    let shown = |m: &&Match| m.fragment.trim() != hit.title.trim() && m.fragment != hit.id;
    for found in hit.matched.iter().filter(shown) {
        writeln!(out, "    {}: {}", found_in(found.field), one_row(found.fragment.trim()))?;
    }
    Ok(())
}

fn json(answer: &Answer) -> serde_json::Value {
    let hits = |about| -> Vec<_> { answer.hits.iter().filter(|h| h.about == about).map(hit_json).collect() };
    let understood: Vec<_> = answer
        .understood
        .iter()
        .map(|word| match &word.read {
            Read::AsTyped => json!({ "typed": word.typed, "read": word.typed }),
            Read::Meant(meant) => json!({ "typed": word.typed, "read": meant }),
            Read::Nowhere => json!({ "typed": word.typed, "read": null }),
        })
        .collect();
    json!({ "results": hits(true), "mentioned": hits(false), "understood": understood })
}

fn hit_json(hit: &Hit) -> serde_json::Value {
    let matched: Vec<_> = hit
        .matched
        .iter()
        .map(|m| {
            let ranges: Vec<_> = m.ranges.iter().map(|r| [r.start, r.end]).collect();
            json!({ "field": m.field, "fragment": m.fragment, "ranges": ranges })
        })
        .collect();
    json!({ "id": hit.id, "title": hit.title, "score": hit.score, "matched": matched })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Origin, SourceFile};

    fn corpus() -> Corpus {
        let mut corpus = Corpus::default();
        let file = |path: &str, text: &str| SourceFile {
            path: path.into(),
            text: text.into(),
            origin: Origin::BuiltIn,
        };
        corpus.add(vec![
            file("a/b.md", "---\nrunbook: 1\ntitle: Node lost\n---\nA kettle.\n"),
            file("a/b.zh.md", "---\ntitle: 节点失联\n---\n"),
        ]);
        corpus
    }

    fn run(text: &str, json: bool) -> (u8, String) {
        let mut out = Vec::new();
        let code =
            search(&corpus(), &Search { text, limit: 5, lang: "zh", json }, &mut Printer::over(&mut out))
                .unwrap();
        (code, String::from_utf8(out).unwrap())
    }

    #[test]
    fn answers_are_text_or_json() {
        let (code, text) = run("失联", false);
        assert_eq!((code, text.matches("节点失联").count()), (0, 1), "the title once: {text}");
        let (code, text) = run("lost", true);
        let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((code, answer["results"][0]["id"].as_str()), (0, Some("a/b")));
        assert_eq!(answer["results"][0]["matched"][0]["ranges"], json!([[5, 9]]));
        assert_eq!(answer["understood"], json!([{ "typed": "lost", "read": "lost" }]));
    }

    #[test]
    fn that_there_is_no_runbook_yet_is_an_answer_with_how_the_words_were_read() {
        let (code, text) = run("zzzzzz 节点", false);
        assert_eq!(code, 1);
        assert!(text.starts_with("no runbook for this yet: zzzzzz 节点\n"), "{text}");
        assert!(text.contains("`zzzzzz` is in no runbook"), "{text}");
        let (code, text) = run("kettle", false);
        assert_eq!(code, 1, "{text}");
        assert!(text.contains("mentioned in:\na/b"), "{text}");
        let (code, text) = run("lsot node", false);
        assert_eq!(code, 0, "{text}");
        assert!(text.contains("`lsot` read as `lost`"), "{text}");
        let json: serde_json::Value = serde_json::from_str(&run("kettle", true).1).unwrap();
        assert_eq!(
            (json["results"].as_array().unwrap().len(), &json["mentioned"][0]["id"]),
            (0, &json!("a/b"))
        );
    }
}
