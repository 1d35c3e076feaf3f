//! Code blocks of a text: how they are known, and their colours, which come later and of which the newest are kept.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::{Row, options};

/// Code blocks whose colours are kept: those of many runbooks.
const MOST: usize = 512;

/// A code block with its colours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlighted {
    /// The block's `code_id`.
    pub id: u64,
    pub lines: Vec<Row>,
}

/// The number by which a code block and its colours find each other.
pub fn code_id(lang: &str, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (lang, text).hash(&mut hasher);
    hasher.finish()
}

/// The code blocks of a text, as (language, text).
pub fn code_blocks(markdown: &str) -> Vec<(String, String)> {
    let (mut out, mut open) = (Vec::new(), None);
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => open = Some((language(&kind), String::new())),
            Event::Text(text) => {
                if let Some((_, code)) = &mut open {
                    code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => out.extend(open.take()),
            _ => {}
        }
    }
    out
}

/// What stands as code in a text, blocks and spans of more than a word, in its order.
pub fn code_texts(markdown: &str) -> Vec<String> {
    let (mut out, mut open) = (Vec::new(), None);
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => open = Some(String::new()),
            Event::Text(text) => {
                if let Some(code) = &mut open {
                    code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => out.extend(open.take()),
            Event::Code(text) if text.contains(' ') => out.push(text.into_string()),
            _ => {}
        }
    }
    out
}

pub(super) fn language(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().to_owned(),
        CodeBlockKind::Indented => String::new(),
    }
}

/// The colours of code blocks, as they come from the highlighter: the newest, up to a bound. A block without them is
/// shown in one colour until it is asked for again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlights {
    blocks: BTreeMap<u64, Highlighted>,
    /// The oldest first.
    order: VecDeque<u64>,
}

impl Highlights {
    pub fn get(&self, id: u64) -> Option<&Highlighted> {
        self.blocks.get(&id)
    }

    /// Takes a block; the oldest makes room.
    pub fn insert(&mut self, block: Highlighted) {
        self.order.retain(|id| *id != block.id);
        self.order.push_back(block.id);
        self.blocks.insert(block.id, block);
        while self.order.len() > MOST {
            if let Some(oldest) = self.order.pop_front() {
                self.blocks.remove(&oldest);
            }
        }
    }

    /// Whether a block has its colours. One that has counts as new again: it is about to be shown.
    pub fn keep(&mut self, id: u64) -> bool {
        let known = self.blocks.contains_key(&id);
        if known {
            self.order.retain(|other| *other != id);
            self.order.push_back(id);
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_colours_are_kept_and_what_is_shown_again_is_new() {
        let mut colours = Highlights::default();
        let block = |id| Highlighted { id, lines: Vec::new() };
        for id in 0..MOST as u64 {
            colours.insert(block(id));
        }
        assert!(colours.keep(0) && !colours.keep(MOST as u64));
        for id in 0..3 {
            colours.insert(block(1000 + id));
        }
        assert!(colours.get(0).is_some(), "it was asked for");
        assert!((1..4).all(|id| colours.get(id).is_none()) && colours.get(4).is_some());
        assert_eq!((colours.blocks.len(), colours.order.len()), (MOST, MOST));
        // The same block twice takes one place.
        colours.insert(block(1002));
        assert_eq!(colours.order.len(), MOST);
    }
}
