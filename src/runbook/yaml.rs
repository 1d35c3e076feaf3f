//! YAML as a tree in which every key and value knows its place in the file.
//!
//! Purpose: front matter, step bodies and `#|` option lines are read into one [`Node`] each, so that the
//! decoder can report every problem at once instead of the first one.
//!
//! Must not: know any key of the format.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use super::model::Span;
use crate::domain::{control, visible};
use crate::lang::t;

/// A key with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyNode {
    /// The key as text.
    pub text: String,
    /// Its place in the file.
    pub span: Span,
}

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Its place in the file; of lists and maps at least the first byte.
    pub span: Span,
    /// The scalar as it was written, quotes included; empty for lists and maps.
    pub raw: String,
}

/// A YAML value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// `true` or `false`; `yes` and `on` stay text.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Str(String),
    /// A list.
    Seq(Vec<Node>),
    /// A map in file order.
    Map(Vec<(KeyNode, Node)>),
}

impl Node {
    /// The scalar as text: numbers and booleans as they were written. `None` for lists, maps and nothing.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Str(s) => Some(s),
            Value::Bool(_) | Value::Int(_) | Value::Float(_) => Some(&self.raw),
            Value::Null | Value::Seq(_) | Value::Map(_) => None,
        }
    }

    /// What a person would call it.
    pub fn what(&self) -> &'static str {
        match self.value {
            Value::Null => t!("runbook-what-nothing"),
            Value::Bool(_) => t!("runbook-what-boolean"),
            Value::Int(_) | Value::Float(_) => t!("runbook-what-number"),
            Value::Str(_) => t!("runbook-what-text"),
            Value::Seq(_) => t!("runbook-what-list"),
            Value::Map(_) => t!("runbook-what-map"),
        }
    }

    /// The value without places, and with what [`Node::json`] loses: a number or boolean that JSON would write in another
    /// way stands as it was written, since a reader may take it as a text (`1.10` is not `1.1`).
    pub fn exact(&self) -> serde_json::Value {
        use serde_json::{Value as Json, json};
        match &self.value {
            Value::Bool(_) | Value::Int(_) | Value::Float(_) => {
                let plain = self.json();
                let said = plain.to_string();
                if said == self.raw { plain } else { json!({ "written": self.raw }) }
            }
            Value::Seq(items) => Json::Array(items.iter().map(Node::exact).collect()),
            Value::Map(items) => {
                Json::Object(items.iter().map(|(k, v)| (k.text.clone(), v.exact())).collect())
            }
            Value::Null | Value::Str(_) => self.json(),
        }
    }

    /// The value without places.
    pub fn json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(b) => Json::Bool(*b),
            Value::Int(i) => Json::from(*i),
            Value::Float(f) => serde_json::Number::from_f64(*f).map_or(Json::Null, Json::Number),
            Value::Str(s) => Json::String(s.clone()),
            Value::Seq(items) => Json::Array(items.iter().map(Node::json).collect()),
            Value::Map(items) => {
                Json::Object(items.iter().map(|(k, v)| (k.text.clone(), v.json())).collect())
            }
        }
    }
}

/// Text put together from pieces of the file, with the way back to the file's offsets.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    text: String,
    /// Start in `text` and start in the file of each piece.
    starts: Vec<(usize, usize)>,
}

impl Pieces {
    /// One piece.
    pub fn whole(text: &str, at: usize) -> Self {
        let mut pieces = Self::default();
        pieces.push(text, at);
        pieces
    }

    /// Appends a piece that stands at byte `at` of the file.
    pub fn push(&mut self, text: &str, at: usize) {
        self.starts.push((self.text.len(), at));
        self.text.push_str(text);
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The file's offset of an offset in the text.
    pub fn to_file(&self, offset: usize) -> usize {
        let index = self.starts.partition_point(|(start, _)| *start <= offset);
        match index.checked_sub(1).and_then(|i| self.starts.get(i)) {
            Some((start, at)) => at + (offset - start),
            None => offset,
        }
    }

    /// The file's span of a range in the text.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let last = self.to_file(end.max(start + 1) - 1) + 1;
        Span::new(self.to_file(start), if end > start { last } else { self.to_file(start) })
    }

    /// The lines with their offsets in the text, newlines included.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut at = 0;
        self.text.split_inclusive('\n').map(move |line| {
            at += line.len();
            (at - line.len(), line)
        })
    }
}

/// Text that is not YAML.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct YamlError {
    /// What the reader expected.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// Reads one YAML document.
pub fn read(pieces: &Pieces) -> Result<Node, YamlError> {
    if pieces.text().lines().all(|l| l.trim().is_empty() || l.trim_start().starts_with('#')) {
        return Ok(Node { value: Value::Null, span: pieces.span(0, 0), raw: String::new() });
    }
    let options = serde_saphyr::options! {
        strict_booleans: true,
        with_snippet: false,
        merge_keys: serde_saphyr::MergeKeyPolicy::Error,
    };
    serde_saphyr::from_str_with_options::<Spanned<Tree>>(pieces.text(), options)
        .map(|tree| node(tree, pieces))
        .map_err(|error| yaml_error(&error, pieces))
        .and_then(|node| match steers(&node) {
            None => Ok(node),
            Some((span, c)) => {
                let message = t!("runbook-yaml-control", c = visible(&c.to_string()));
                Err(YamlError { message, span })
            }
        })
}

/// Where a value or a key is that holds a control character, which may be written as an escape.
fn steers(node: &Node) -> Option<(Span, char)> {
    match &node.value {
        Value::Str(text) => control(text).map(|(_, c)| (node.span, c)),
        Value::Seq(items) => items.iter().find_map(steers),
        Value::Map(items) => items.iter().find_map(|(key, value)| {
            control(&key.text).map(|(_, c)| (key.span, c)).or_else(|| steers(value))
        }),
        _ => None,
    }
}

fn yaml_error(error: &serde_saphyr::Error, pieces: &Pieces) -> YamlError {
    let location = error.location().unwrap_or(Location::UNKNOWN);
    let mut span = place(location, pieces);
    if span.start == span.end {
        span.end += 1;
    }
    let text = error.without_snippet().to_string();
    // The position in the text would mislead: it counts from the start of the fence.
    let message = text.split(" at line ").next().unwrap_or(&text).trim().trim_end_matches(',').to_owned();
    YamlError { message, span }
}

fn place(location: Location, pieces: &Pieces) -> Span {
    let start = location.span().byte_offset().map(|b| b as usize);
    let start =
        start.unwrap_or_else(|| offset_of(pieces, location.line() as usize, location.column() as usize));
    let len = location.span().byte_len().unwrap_or(0) as usize;
    pieces.span(start.min(pieces.text().len()), (start + len).min(pieces.text().len()))
}

fn offset_of(pieces: &Pieces, line: usize, column: usize) -> usize {
    let Some((start, text)) = pieces.lines().nth(line.saturating_sub(1)) else { return pieces.text().len() };
    start + text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(i, _)| i)
}

fn node(tree: Spanned<Tree>, pieces: &Pieces) -> Node {
    let span = place(tree.referenced, pieces);
    let scalar = || {
        let at = tree.referenced.span();
        let range = at.byte_offset().zip(at.byte_len()).map(|(o, l)| (o as usize)..((o + l) as usize));
        range.and_then(|r| pieces.text().get(r)).unwrap_or("").trim().to_owned()
    };
    let (value, raw) = match tree.value {
        Tree::Null => (Value::Null, scalar()),
        Tree::Bool(b) => (Value::Bool(b), scalar()),
        Tree::Int(i) => (Value::Int(i), scalar()),
        Tree::Float(f) => (Value::Float(f), scalar()),
        Tree::Str(s) => (Value::Str(s), scalar()),
        Tree::Seq(items) => (Value::Seq(items.into_iter().map(|i| node(i, pieces)).collect()), String::new()),
        Tree::Map(items) => {
            let pair = |(k, v): (Spanned<String>, Spanned<Tree>)| {
                let key = KeyNode { span: place(k.referenced, pieces), text: k.value };
                (key, node(v, pieces))
            };
            (Value::Map(items.into_iter().map(pair).collect()), String::new())
        }
    };
    Node { value, span, raw }
}

/// The shape that serde fills; places are added by `Spanned`.
enum Tree {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(String),
    Seq(Vec<Spanned<Tree>>),
    Map(Vec<(Spanned<String>, Spanned<Tree>)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(t!("runbook-yaml-a-value"))
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, v: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Tree, E> {
        Ok(Tree::Int(v))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Tree, E> {
        Ok(i64::try_from(v).map_or_else(|_| Tree::Float(v as f64), Tree::Int))
    }

    fn visit_f64<E>(self, v: f64) -> Result<Tree, E> {
        Ok(Tree::Float(v))
    }

    fn visit_str<E>(self, v: &str) -> Result<Tree, E> {
        Ok(Tree::Str(v.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Tree::Seq(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(entry) = map.next_entry()? {
            items.push(entry);
        }
        Ok(Tree::Map(items))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(text: &str) -> Vec<(KeyNode, Node)> {
        match read(&Pieces::whole(text, 100)).unwrap().value {
            Value::Map(items) => items,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_key_and_value_knows_its_place() {
        let items = map("a: 1\nb: [x, 'y z']\nnode: $node\non: yes\nv: 1.30\n");
        let places: Vec<_> =
            items.iter().map(|(k, v)| (k.text.as_str(), k.span.start, v.span.start)).collect();
        let expected =
            [("a", 100, 103), ("b", 105, 108), ("node", 119, 125), ("on", 131, 135), ("v", 139, 142)];
        assert_eq!(places, expected);
        let Value::Seq(list) = &items[1].1.value else { panic!("no list") };
        assert_eq!((list[1].text(), list[1].raw.as_str()), (Some("y z"), "'y z'"));
        assert_eq!(items[2].1.span, Span::new(125, 130));
        assert_eq!(items[3].1.text(), Some("yes"));
        assert_eq!(items[4].1.text(), Some("1.30"));
    }

    #[test]
    fn wide_characters_do_not_shift_places() {
        let text = "t: 节点\nu: z\n";
        let items = map(text);
        assert_eq!(items[1].1.span.start, 100 + text.find('z').unwrap());
    }

    #[test]
    fn pieces_lead_back_to_the_file() {
        let mut pieces = Pieces::default();
        pieces.push("at: local\n", 10);
        pieces.push("risk: lo\n", 40);
        let node = read(&pieces).unwrap();
        let Value::Map(items) = node.value else { panic!("no map") };
        assert_eq!(items[1].1.span, Span::new(46, 48));
    }

    #[test]
    fn broken_yaml_says_where() {
        let error = read(&Pieces::whole("a: [1, 2\nb: 3\n", 0)).unwrap_err();
        assert!(error.span.start > 0, "{error:?}");
        let twice = read(&Pieces::whole("a: 1\nb: 2\na: 3\n", 0)).unwrap_err();
        assert_eq!(twice.span.start, 10, "{twice:?}");
        assert!(!twice.message.contains("line"), "{twice:?}");
    }

    #[test]
    fn comments_alone_are_nothing() {
        assert_eq!(read(&Pieces::whole("# x\n\n", 0)).unwrap().value, Value::Null);
    }
}
