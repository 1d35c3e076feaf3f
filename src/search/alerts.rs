//! Names of alerts in what was pasted.
//!
//! Purpose: an alert's exact name wins over everything, so it is one term of the index; one that is meant with certain
//! labels only is another term, and its labels must be in the text too.
//!
//! Must not: know alerts. To accept another form of a name: a row in [`NEARLY`].

use super::analyse::{Run, plain, runs};

/// The prefix of the alerts of the public collections, that people leave out or add.
const PREFIX: &str = "kube";

/// Most words of a text that are looked up.
const LONGEST: usize = 200;

/// Another form of a name.
pub type Form = fn(&str) -> Option<String>;

/// Other forms of a name, which are a weaker match.
pub const NEARLY: [Form; 2] =
    [|name| name.strip_prefix(PREFIX).map(str::to_owned), |name| Some(format!("{PREFIX}{name}"))];

/// The term of an alert's name in lower case.
pub fn exact(name: &str) -> String {
    name.to_owned()
}

/// The term of an alert that is meant with certain labels only.
pub fn narrowed(name: &str) -> String {
    format!("{name}{{}}")
}

/// The words of a text that the index knows as an alert's name in some form: in lower case, and that form.
pub fn named(
    text: &str,
    knows: impl Fn(&str) -> tantivy::Result<bool>,
) -> tantivy::Result<Vec<(String, String)>> {
    let mut out: Vec<(String, String)> = Vec::new();
    for run in runs(text).into_iter().take(LONGEST) {
        let Run::Word(range) = run else { continue };
        let word = plain(&text[range]);
        let seen = out.iter().any(|(other, _)| *other == word);
        for term in terms(&word) {
            if !seen && knows(&term)? {
                out.push((word, term));
                break;
            }
        }
    }
    Ok(out)
}

/// All terms under which a name may stand.
pub fn terms(word: &str) -> Vec<String> {
    let mut all = vec![exact(word), narrowed(word)];
    all.extend(NEARLY.iter().filter_map(|near| near(word)).map(|n| exact(&n)));
    all
}
