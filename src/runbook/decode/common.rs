//! The keys that steps of several kinds have: `when`, `goto`, `means`.

use super::super::model::{Common, CondSource, Goto, Means, MeansPart, Span, StepKind};
use super::super::yaml::Node;
use super::fields::Fields;
use super::{Ctx, goto, scalars, template};
use crate::lang::t;

/// What stands there, before it is known whether the step may have it.
#[derive(Debug)]
pub struct Found<'a> {
    when: Option<&'a Node>,
    goto: Option<&'a Node>,
    means: Option<&'a Node>,
}

/// Takes the keys out of a step.
pub fn find<'a>(fields: &mut Fields<'a>) -> Found<'a> {
    Found { when: fields.get("when"), goto: fields.get("goto"), means: fields.get("means") }
}

impl Found<'_> {
    /// Reads them for a step of this kind.
    pub fn read(self, kind: &StepKind, ctx: &mut Ctx<'_>) -> Common {
        let when = self.when.and_then(|n| scalars::condition("`when`", n, ctx.problems));
        let goto = self.goto.and_then(|n| leads(n, kind, ctx));
        let means = self.means.and_then(|n| means(n, kind, ctx));
        Common { when, goto, means }
    }
}

fn leads(node: &Node, kind: &StepKind, ctx: &mut Ctx<'_>) -> Option<Goto> {
    let found = goto(&scalars::text("`goto`", node, ctx.problems)?, node.span, ctx)?;
    if matches!(kind, StepKind::Decision(_)) {
        let help = t!("runbook-decode-goto-decision-help").to_owned();
        ctx.problems.error_help("goto.shape", node.span, t!("runbook-decode-goto-decision"), Some(help));
        return None;
    }
    Some(found)
}

fn means(node: &Node, kind: &StepKind, ctx: &mut Ctx<'_>) -> Option<Means> {
    if kind.decides().is_none() && !matches!(kind, StepKind::Unreadable { .. }) {
        let help = t!("runbook-decode-means-none-help").to_owned();
        ctx.problems.error_help("means.shape", node.span, t!("runbook-decode-means-none"), Some(help));
        return None;
    }
    text(node, ctx)
}

/// Reads a text with expressions in braces.
pub fn text(node: &Node, ctx: &mut Ctx<'_>) -> Option<Means> {
    let text = scalars::text("`means`", node, ctx.problems)?;
    let parts = parts(&text, template::text_start(node));
    if parts.is_none() {
        ctx.problems.error("means.shape", node.span, t!("runbook-decode-means-brace"));
    }
    Some(Means { parts: parts?, span: node.span })
}

/// Takes a text apart at the braces around its expressions; `{{` and `}}` are braces of the text. None where one is not closed. A
/// brace inside of an expression's text in quotes is none.
pub fn parts(text: &str, start: usize) -> Option<Vec<MeansPart>> {
    let mut parts = Vec::new();
    let (mut said, mut at) = (String::new(), 0);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            said.push(c);
            at += 2;
        } else if c == '{' {
            let length = expression(&rest[1..])?;
            let span = Span::new(start + at + 1, start + at + 1 + length);
            if !said.is_empty() {
                parts.push(MeansPart::Text(std::mem::take(&mut said)));
            }
            let text = rest[1..=length].trim().to_owned();
            parts.push(MeansPart::Value(CondSource { text, span }));
            at += length + 2;
        } else if c == '}' {
            return None;
        } else {
            said.push(c);
            at += c.len_utf8();
        }
    }
    if !said.is_empty() {
        parts.push(MeansPart::Text(said));
    }
    Some(parts)
}

/// How many bytes there are up to the brace that closes an expression.
fn expression(text: &str) -> Option<usize> {
    let (mut quote, mut open) = (None, 0);
    for (at, c) in text.char_indices() {
        match (c, quote) {
            ('\'' | '"', None) => quote = Some(c),
            (c, Some(q)) if c == q => quote = None,
            ('{', None) => open += 1,
            ('}', None) if open == 0 => return Some(at),
            ('}', None) => open -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<String>> {
        let word = |part: MeansPart| match part {
            MeansPart::Text(text) => text,
            MeansPart::Value(source) => format!("={}@{}", source.text, source.span.start),
        };
        Some(parts(text, 10)?.into_iter().map(word).collect())
    }

    #[test]
    fn a_text_is_taken_apart_at_its_braces_and_not_at_those_in_quotes_or_written_twice() {
        let is = |text: &str, parts: &[&str]| {
            assert_eq!(
                read(text).as_deref(),
                Some(&parts.iter().map(ToString::to_string).collect::<Vec<_>>()[..])
            );
        };
        is("no values", &["no values"]);
        is("{ a.b } of {c}", &["=a.b@11", " of ", "=c@22"]);
        is("{f('}') + {'k': 1}['k']}!", &["=f('}') + {'k': 1}['k']@11", "!"]);
        is("{{x}} 值 {y}", &["{x} 值 ", "=y@21"]);
    }

    #[test]
    fn a_brace_that_nobody_closes_or_opens_is_none() {
        assert_eq!(read("{a"), None);
        assert_eq!(read("a}"), None);
        assert_eq!(read("{'a}"), None);
    }
}
