//! Words of a text: identifiers whole and in parts, English words also by their stem, Chinese as pairs and single
//! characters.
//!
//! Must not: know which words matter (that is the lexicon). To cut otherwise: here, and a new name for `ANALYSER`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use frostem::{Algorithm, Stemmer};

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// A word for the index, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Whether it is only a part of a longer identifier, a single Chinese character of a longer run, or a stem:
    /// indexed, but not asked for.
    pub part: bool,
}

/// Longest word that is indexed, in bytes; anything longer is no word of a person.
const LONGEST: usize = 120;

/// Signs that hold identifiers together.
const INNER: [char; 8] = ['.', '-', '_', '/', ':', '@', '\'', '\u{2019}'];

/// Those of them that people leave out: `won't` and `wont` are one word.
const LEFT_OUT: [char; 2] = ['\'', '\u{2019}'];

/// How many stems are remembered: runbooks say the same few thousand words, and a stem costs more than all else of a word.
const REMEMBERED: usize = 8192;

thread_local! {
    static STEMS: RefCell<HashMap<String, String>> = RefCell::default();
}

/// The stem of an English word in lower case: `crashing`, `crashes` and `crash` have one. Short words, and what is no
/// English word, stay as they are.
pub fn stem(word: &str) -> String {
    if word.len() <= 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    STEMS.with_borrow_mut(|stems| {
        if let Some(stem) = stems.get(word) {
            return stem.clone();
        }
        if stems.len() == REMEMBERED {
            stems.clear();
        }
        let stem = Stemmer::new(Algorithm::English).stem(word).into_owned();
        stems.insert(word.to_owned(), stem.clone());
        stem
    })
}

/// A piece of a text in one kind of writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// An identifier or a word, without signs at its ends.
    Word(Range<usize>),
    /// Characters of a writing without gaps.
    Chinese(Range<usize>),
}

/// Cuts a text into runs.
pub fn runs(text: &str) -> Vec<Run> {
    let mut out = Vec::new();
    let mut run: Option<(usize, Kind)> = None;
    for (at, c) in text.char_indices() {
        let kind = kind(c);
        if let Some((start, open)) = run
            && (kind != open)
        {
            out.extend(open.run(text, start..at));
            run = None;
        }
        if run.is_none() && kind != Kind::Gap {
            run = Some((at, kind));
        }
    }
    if let Some((start, open)) = run {
        out.extend(open.run(text, start..text.len()));
    }
    out
}

/// Cuts a text into words.
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    for run in runs(text) {
        match run {
            Run::Word(range) => identifier(text, range, &mut out),
            Run::Chinese(range) => chinese(text, range, &mut out),
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gap,
    Word,
    Chinese,
}

fn kind(c: char) -> Kind {
    match c {
        // Han, kana, Hangul and the compatibility blocks.
        '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' => Kind::Chinese,
        c if c.is_alphanumeric() || INNER.contains(&c) => Kind::Word,
        _ => Kind::Gap,
    }
}

impl Kind {
    fn run(self, text: &str, range: Range<usize>) -> Option<Run> {
        match self {
            Self::Gap => None,
            Self::Chinese => Some(Run::Chinese(range)),
            Self::Word => {
                let whole = &text[range.clone()];
                let trimmed = whole.trim_matches(INNER);
                let start = range.start + whole.find(trimmed).unwrap_or(0);
                (!trimmed.is_empty()).then(|| Run::Word(start..start + trimmed.len()))
            }
        }
    }
}

/// A word as it is compared: in lower case, without what people leave out.
pub fn plain(word: &str) -> String {
    word.to_lowercase().replace(LEFT_OUT, "")
}

fn push(text: &str, range: Range<usize>, part: bool, out: &mut Vec<Word>) {
    let word = plain(&text[range.clone()]);
    if !word.is_empty() && word.len() <= LONGEST {
        out.push(Word { text: word, range, part });
    }
}

/// Overlapping pairs, and each character by itself.
fn chinese(text: &str, range: Range<usize>, out: &mut Vec<Word>) {
    let starts: Vec<usize> = text[range.clone()].char_indices().map(|(i, _)| range.start + i).collect();
    let end = |i: usize| starts.get(i).copied().unwrap_or(range.end);
    for i in 0..starts.len() {
        if i + 1 < starts.len() {
            push(text, starts[i]..end(i + 2), false, out);
        }
        push(text, starts[i]..end(i + 1), starts.len() > 1, out);
    }
}

/// The whole identifier, its parts between signs, and theirs between capitals.
fn identifier(text: &str, range: Range<usize>, out: &mut Vec<Word>) {
    push(text, range.clone(), false, out);
    let mut at = range.start;
    for piece in text[range.clone()].split(INNER) {
        let piece_range = at..at + piece.len();
        at = piece_range.end + text[piece_range.end..].chars().next().map_or(0, char::len_utf8);
        if piece_range != range {
            push(text, piece_range.clone(), true, out);
        }
        let humps: Vec<_> = humps(piece)
            .into_iter()
            .map(|h| piece_range.start + h.start..piece_range.start + h.end)
            .collect();
        if humps.len() > 1 {
            for (i, hump) in humps.iter().enumerate() {
                push(text, hump.clone(), true, out);
                stemmed(text, hump.clone(), out);
                // `notready` finds KubeNodeNotReady, `backoff` finds ImagePullBackOff.
                if let Some(next) = humps.get(i + 1).filter(|_| humps.len() > 2) {
                    push(text, hump.start..next.end, true, out);
                }
            }
        }
        stemmed(text, piece_range, out);
    }
}

/// The stem beside the word, where it is another: the word itself is what a typed beginning goes on to.
fn stemmed(text: &str, range: Range<usize>, out: &mut Vec<Word>) {
    let word = plain(&text[range.clone()]);
    let stem = stem(&word);
    if stem != word && word.len() <= LONGEST {
        out.push(Word { text: stem, range, part: true });
    }
}

/// `ImagePullBackOff` in four, `OOMKilled` in two; digits stay with their letters.
fn humps(word: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let mut cuts = vec![0];
    for i in 1..chars.len() {
        let (before, here) = (chars[i - 1].1, chars[i].1);
        let after = chars.get(i + 1).map(|(_, c)| *c);
        let up = here.is_uppercase() && (before.is_lowercase() || before.is_numeric());
        let last_of_acronym =
            here.is_uppercase() && before.is_uppercase() && after.is_some_and(char::is_lowercase);
        if up || last_of_acronym {
            cuts.push(chars[i].0);
        }
    }
    cuts.push(word.len());
    cuts.windows(2).map(|w| w[0]..w[1]).filter(|r| !r.is_empty()).collect()
}

/// The smallest pieces of a text, one after the other: identifiers taken apart, ordinary words whole.
pub fn pieces(text: &str) -> Vec<Word> {
    let all = words(text);
    let inside = |outer: &Range<usize>, inner: &Range<usize>| {
        outer != inner && outer.start <= inner.start && inner.end <= outer.end
    };
    let mut out: Vec<Word> = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let own = 1 + all[at + 1..]
            .iter()
            .take_while(|w| inside(&all[at].range, &w.range) || w.range == all[at].range)
            .count();
        let (group, chinese) =
            (&all[at..at + own], !all[at].text.is_ascii() && all[at].text.chars().count() == 2);
        if chinese {
            out.push(all[at].clone());
        } else {
            let smallest = |w: &Word| !group.iter().any(|o| inside(&w.range, &o.range));
            for word in group.iter().filter(|w| smallest(w)) {
                // A stem stands behind its word.
                if out.last().is_none_or(|last| last.range != word.range) {
                    out.push(word.clone());
                }
            }
        }
        at += own;
    }
    out
}

/// The analyser as tantivy wants it.
#[derive(Clone, Debug, Default)]
pub struct Analyser;

impl Tokenizer for Analyser {
    type TokenStream<'a> = Words;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words {
        Words { words: words(text).into_iter(), token: Token::default() }
    }
}

/// The stream of [`Analyser`].
#[derive(Debug)]
pub struct Words {
    words: std::vec::IntoIter<Word>,
    token: Token,
}

impl TokenStream for Words {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = word.range.start;
        self.token.offset_to = word.range.end;
        self.token.text = word.text;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<String> {
        words(text).into_iter().map(|w| w.text).collect()
    }

    #[test]
    fn identifiers_are_found_whole_and_in_parts() {
        assert_eq!(
            all("ImagePullBackOff"),
            ["imagepullbackoff", "image", "imag", "imagepull", "pull", "pullback", "back", "backoff", "off"]
        );
        assert_eq!(all("OOMKilled"), ["oomkilled", "oom", "killed", "kill", "oomkil"]);
        assert_eq!(
            all("x509: certificate has expired"),
            ["x509", "certificate", "certif", "has", "expired", "expir"]
        );
        assert_eq!(
            all("0/5 nodes are available"),
            ["0/5", "0", "5", "nodes", "node", "are", "available", "avail"]
        );
        let label = all("node.kubernetes.io/not-ready");
        assert_eq!(label[0], "node.kubernetes.io/not-ready");
        assert!(label.contains(&"kubernetes".to_owned()) && label.contains(&"ready".to_owned()));
    }

    #[test]
    fn the_smallest_pieces_follow_each_other() {
        let of = |text: &str| pieces(text).into_iter().map(|w| w.text).collect::<Vec<_>>();
        assert_eq!(of("Init:CrashLoopBackOff again"), ["init", "crash", "loop", "back", "off", "again"]);
        assert_eq!(of("pods/pod-crashloop"), ["pods", "pod", "crashloop"]);
        assert_eq!(of("证书过期了 cert"), ["证书", "书过", "过期", "期了", "cert"]);
        assert_eq!(of("won't"), ["won", "t"]);
    }

    #[test]
    fn chinese_is_found_in_pairs_and_single_characters() {
        assert_eq!(all("节点失联"), ["节点", "节", "点失", "点", "失联", "失", "联"]);
        assert_eq!(all("节"), ["节"]);
        assert_eq!(
            all("节点NotReady"),
            ["节点", "节", "点", "notready", "not", "ready", "readi", "notreadi"]
        );
    }

    #[test]
    fn ranges_point_at_the_text() {
        let text = "é ImagePull，节点 a won't";
        for word in words(text) {
            let shown = plain(&text[word.range.clone()]);
            assert!(shown == word.text || stem(&shown) == word.text, "{word:?}");
        }
    }

    #[test]
    fn forms_of_a_word_have_one_stem_and_an_apostrophe_may_be_left_out() {
        for (form, other) in
            [("crashing", "crash"), ("crashes", "crashed"), ("evicting", "eviction"), ("nodes", "node")]
        {
            assert_eq!(stem(form), stem(other), "{form} {other}");
        }
        assert_eq!(stem("etcd-0"), "etcd-0");
        assert_eq!(all("won't")[0], "wont");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_analyser_panic(text in "\\PC*") {
            for word in words(&text) {
                prop_assert!(text.get(word.range.clone()).is_some() && word.text.len() <= LONGEST);
            }
        }

        #[test]
        fn no_mix_of_signs_makes_the_analyser_panic(text in "[a-zA-Z0-9./:_@节点 İß-]{0,40}") {
            for word in words(&text) {
                prop_assert!(text.get(word.range.clone()).is_some());
            }
        }
    }
}
