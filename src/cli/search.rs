//! `search TEXT`: the runbooks that a text finds.

use std::io::{self, Write};

use serde_json::json;

use super::out::{Printer, json_lines};
use crate::corpus::Corpus;
use crate::domain::one_row;
use crate::search::{Hit, Index, QueryOptions};

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

/// Searches; 0 when something was found, 1 when nothing was.
pub fn search(corpus: &Corpus, what: &Search<'_>, out: &mut Printer<'_>) -> io::Result<u8> {
    let options = QueryOptions { boost: &[], limit: what.limit, lang: what.lang };
    let hits = Index::build(corpus.search_docs()).and_then(|index| index.query(what.text, &options));
    let hits = hits.map_err(io::Error::other)?;
    if what.json {
        let results: Vec<_> = hits.iter().map(hit_json).collect();
        writeln!(out, "{}", json_lines(&json!({ "results": results })))?;
    } else {
        for hit in &hits {
            writeln!(out, "{}  {}", one_row(&hit.id), one_row(&hit.title))?;
            for found in &hit.matched {
                writeln!(out, "    {}: {}", found.field, one_row(found.fragment.trim()))?;
            }
        }
        if hits.is_empty() {
            writeln!(out, "nothing found for `{}`; try fewer or other words", what.text)?;
        }
    }
    Ok(u8::from(hits.is_empty()))
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
            file("a/b.md", "---\nrunbook: 1\ntitle: Node lost\n---\n"),
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
        assert_eq!(run("失联", false), (0, "a/b  节点失联\n    title: 节点失联\n".to_owned()));
        let (code, text) = run("lost", true);
        let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((code, answer["results"][0]["id"].as_str()), (0, Some("a/b")));
        assert_eq!(answer["results"][0]["matched"][0]["ranges"], json!([[5, 9]]));
        assert_eq!(run("zzzzzz", false).0, 1);
    }
}
