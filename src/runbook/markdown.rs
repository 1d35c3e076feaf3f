//! The outline of a Markdown text: headings, links, fences, marks.
//!
//! Purpose: one pass of the `CommonMark` parser that notes where everything stands; offsets are those of the
//! whole file. Must not: read YAML or know what a step means.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::model::{Link, Section, Span};
use super::yaml::Pieces;

/// A fenced block.
#[derive(Clone, Debug)]
pub struct Fence {
    /// The first word of the info string.
    pub lang: String,
    /// The info string after that word, trimmed, with its place.
    pub attributes: (String, Span),
    /// The whole block.
    pub span: Span,
    /// What stands inside.
    pub body: Pieces,
}

/// A step's mark in a translation, `<!-- step: NAME -->`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The step's name.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// The whole comment.
    pub span: Span,
}

/// What one pass found, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Headings.
    pub sections: Vec<Section>,
    /// Links.
    pub links: Vec<Link>,
    /// Fenced blocks.
    pub fences: Vec<Fence>,
    /// Step marks.
    pub marks: Vec<Mark>,
    /// Inline code.
    pub code: Vec<Span>,
}

impl Outline {
    /// The heading nearest above an offset.
    pub fn heading_above(&self, offset: usize) -> Option<&Section> {
        let above = self.sections.partition_point(|s| s.heading.start <= offset);
        above.checked_sub(1).and_then(|i| self.sections.get(i))
    }
}

/// Reads the part `body` of `source`.
pub fn outline(source: &str, body: Span) -> Outline {
    let text = body.of(source);
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let mut out = Outline::default();
    let mut heading: Option<(u8, Span, String)> = None;
    let mut fence: Option<Fence> = None;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let span = Span::new(range.start + body.start, range.end + body.start);
        match event {
            Event::Start(Tag::Heading { level, .. }) => heading = Some((depth(level), span, String::new())),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, span, title)) = heading.take() {
                    push_section(&mut out.sections, level, span, title);
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                fence = Some(open_fence(source, span, &info));
            }
            Event::End(TagEnd::CodeBlock) => out.fences.extend(fence.take()),
            Event::Start(Tag::Link { dest_url, .. }) => {
                out.links.push(Link { target: dest_url.into_string(), span });
            }
            Event::Html(html) | Event::InlineHtml(html) => out.marks.extend(mark(&html, span)),
            Event::Text(t) => {
                if let Some(fence) = &mut fence {
                    fence.body.push(&t, span.start);
                } else if let Some((_, _, title)) = &mut heading {
                    title.push_str(&t);
                }
            }
            Event::Code(t) => {
                out.code.push(span);
                if let Some((_, _, title)) = &mut heading {
                    title.push_str(&t);
                }
            }
            _ => {}
        }
    }
    if let Some(last) = out.sections.last_mut() {
        last.body.end = body.end;
    }
    out
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}

fn push_section(sections: &mut Vec<Section>, level: u8, heading: Span, title: String) {
    if let Some(last) = sections.last_mut() {
        last.body.end = heading.start;
    }
    let anchor = anchor(&title);
    sections.push(Section { level, title, anchor, heading, body: Span::new(heading.end, heading.end) });
}

/// The anchor that web pages give a heading.
pub fn anchor(title: &str) -> String {
    let keep = |c: char| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    };
    title.trim().to_lowercase().chars().filter_map(keep).collect()
}

fn open_fence(source: &str, span: Span, info: &str) -> Fence {
    let info = info.trim();
    let (lang, rest) = info.split_once(char::is_whitespace).unwrap_or((info, ""));
    let (lang, rest) = if lang.starts_with('{') { ("", info) } else { (lang, rest.trim()) };
    // The info string stands on the first line; without escapes its text is found there as it is.
    let first_line = span.of(source).lines().next().unwrap_or("");
    let at = if rest.is_empty() { None } else { first_line.find(rest) };
    let start = span.start + at.unwrap_or(0);
    let place = Span::new(start, start + if at.is_some() { rest.len() } else { first_line.len() });
    Fence { lang: lang.to_owned(), attributes: (rest.to_owned(), place), span, body: Pieces::default() }
}

fn mark(html: &str, span: Span) -> Option<Mark> {
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    let name = inner.trim().strip_prefix("step:")?.trim();
    let start = span.start + html.find(name)?;
    Some(Mark { name: name.to_owned(), name_span: Span::new(start, start + name.len()), span })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "head\n# One `two`!\ntext `code` [l](a.md#b)\n```yaml {step=view name=look}\nshow: [a]\n```\n\
                        ## Next\n<!-- step: go -->\n";

    #[test]
    fn an_outline_has_headings_links_fences_and_marks() {
        let out = outline(TEXT, Span::new(5, TEXT.len()));
        let titles: Vec<_> =
            out.sections.iter().map(|s| (s.level, s.title.as_str(), s.anchor.as_str())).collect();
        assert_eq!(titles, [(1, "One two!", "one-two"), (2, "Next", "next")]);
        assert_eq!(out.links[0].target, "a.md#b");
        let fence = &out.fences[0];
        assert_eq!((fence.lang.as_str(), fence.attributes.0.as_str()), ("yaml", "{step=view name=look}"));
        assert_eq!(fence.attributes.1.of(TEXT), "{step=view name=look}");
        assert_eq!(fence.body.text(), "show: [a]\n");
        assert_eq!(fence.body.to_file(0), TEXT.find("show").unwrap());
        assert_eq!((out.marks[0].name.as_str(), out.marks[0].name_span.of(TEXT)), ("go", "go"));
        assert_eq!(out.sections[0].body.end, out.sections[1].heading.start);
    }
}
