//! Recognises `$param` and `$param.field` in values that were already read from YAML.

use super::super::model::{ParamRef, PathPart, Span, Template};
use super::super::problem::Problems;
use super::super::yaml::{Node, Value};
use crate::lang::t;

/// Signs between the parts of a path, besides which a reference may stand.
const SEPARATORS: [char; 4] = ['/', ':', ',', '='];

/// Reads a value with references.
pub fn template(node: &Node, problems: &mut Problems) -> Template {
    match &node.value {
        Value::Str(text) if text.contains('$') => scalar(text, node, problems),
        Value::Seq(items) => Template::List(items.iter().map(|n| template(n, problems)).collect(), node.span),
        Value::Map(items) => {
            let pairs = items.iter().map(|(k, v)| (k.text.clone(), template(v, problems)));
            Template::Map(pairs.collect(), node.span)
        }
        _ => Template::Literal(node.json(), node.span),
    }
}

fn scalar(text: &str, node: &Node, problems: &mut Problems) -> Template {
    let parts = path_parts(text, text_start(node), problems);
    match parts.as_slice() {
        [PathPart::Ref(r)] => Template::Ref(r.clone()),
        parts if parts.iter().all(|p| matches!(p, PathPart::Text(_))) => {
            let whole: String =
                parts.iter().map(|p| if let PathPart::Text(t) = p { t.as_str() } else { "" }).collect();
            Template::Literal(serde_json::Value::String(whole), node.span)
        }
        _ => Template::Path(parts, node.span),
    }
}

/// Where the text of a scalar begins: after its quote, if it has one.
pub fn text_start(node: &Node) -> usize {
    node.span.start + usize::from(node.raw.starts_with(['"', '\'']))
}

/// Splits a path into fixed text and references. `$$` is a dollar sign; a `$` that no letter follows is one
/// too. A reference beside other letters is a problem: it must be a whole part.
pub fn path_parts(text: &str, start: usize, problems: &mut Problems) -> Vec<PathPart> {
    let mut parts: Vec<PathPart> = Vec::new();
    let mut at = start;
    for piece in text.split_inclusive(SEPARATORS) {
        let word = piece.trim_end_matches(SEPARATORS);
        if let Some(reference) = reference(word, at) {
            parts.push(PathPart::Ref(reference));
        } else {
            if let Some(inside) = reference_inside(word) {
                let span = Span::new(at + inside, at + word.len());
                let message = t!("runbook-decode-mixed", word = word);
                let help = t!("runbook-decode-mixed-help");
                problems.error_help("param.partial", span, message, Some(help.to_owned()));
            }
            push_text(&mut parts, &word.replace("$$", "$"));
        }
        push_text(&mut parts, &piece[word.len()..]);
        at += piece.len();
    }
    parts
}

fn push_text(parts: &mut Vec<PathPart>, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(PathPart::Text(last)) = parts.last_mut() {
        last.push_str(text);
    } else {
        parts.push(PathPart::Text(text.to_owned()));
    }
}

/// Reads `$name.field.field`.
pub fn reference(word: &str, start: usize) -> Option<ParamRef> {
    let mut names = word.strip_prefix('$')?.split('.').map(str::to_owned);
    let name = names.next().filter(|n| is_name(n))?;
    let fields: Vec<String> = names.collect();
    let span = Span::new(start, start + word.len());
    // Step names have dashes: `$steps.copy-file.path`.
    let good = |f: &String| is_name(&f.replace('-', "_"));
    fields.iter().all(good).then_some(ParamRef { name, fields, span })
}

/// The offset of a reference inside of a longer word.
fn reference_inside(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    let mut i = 0;
    while i + 1 < bytes.len() {
        match (bytes[i], bytes[i + 1]) {
            (b'$', b'$') => i += 2,
            (b'$', c) if c.is_ascii_alphabetic() || c == b'_' || c == b'{' => return Some(i),
            _ => i += 1,
        }
    }
    None
}

/// Whether a word is a name: a letter or underscore, then letters, digits, underscores.
pub fn is_name(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, usize) {
        let mut problems = Problems::default();
        let parts = path_parts(text, 0, &mut problems);
        let show = |p: &PathPart| match p {
            PathPart::Text(t) => t.clone(),
            PathPart::Ref(r) => format!("<{}|{}>", r.name, r.fields.join("|")),
        };
        (parts.iter().map(show).collect(), problems.errors())
    }

    #[test]
    fn references_are_whole_parts() {
        assert_eq!(parts("events/node/$node"), ("events/node/<node|>".into(), 0));
        assert_eq!(parts("ssh:$cps.first"), ("ssh:<cps|first>".into(), 0));
        assert_eq!(parts("app=$app,tier=web"), ("app=<app|>,tier=web".into(), 0));
        assert_eq!(parts("$steps.copy-file.path"), ("<steps|copy-file|path>".into(), 0));
    }

    #[test]
    fn a_dollar_that_is_none_stays() {
        assert_eq!(parts("^web-.*$"), ("^web-.*$".into(), 0));
        assert_eq!(parts("cost$$each"), ("cost$each".into(), 0));
    }

    #[test]
    fn half_a_word_is_refused() {
        assert_eq!(parts("data-$node").1, 1);
        assert_eq!(parts("${node}").1, 1);
    }
}
