//! Values in the place of their names, in what a person reads or copies: `"$NODE"`, `${NODE}` and `NODE` in the code of a runbook's
//! words. Pure. What opsbook itself runs is never filled in: a script gets its values as variables.
//!
//! Must not fill in a secret, nor a value that a shell would read as something else at its place: there the name stays.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::domain::sanitize;
use crate::lang::t;
use crate::runbook::params::{Values, environment};
use crate::walk::{StepId, Walk};

/// What names stand for. Secrets are not among them.
pub type Known = BTreeMap<String, String>;

/// What the names of these values stand for.
pub fn known(values: &Values) -> Known {
    let plain = environment(values).into_iter().filter(|var| !var.secret);
    plain.map(|var| (var.name, var.value.reveal().to_owned())).filter(|(_, v)| !v.is_empty()).collect()
}

/// Whether a shell, and Markdown, takes a value for one word as it stands.
fn is_word(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:@%+=,".contains(c)) && !value.starts_with('-')
}

/// The same between double quotes.
fn is_quotable(value: &str) -> bool {
    !value.chars().any(|c| c.is_control() || "\"'$`\\!".contains(c)) && sanitize(value) == value
}

/// Where in a line of shell one is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Bare,
    /// Between single quotes no name stands for anything.
    Single,
    Double,
}

/// A name at the beginning of a text: with its sign, and how long it is there.
fn name_at(text: &str) -> Option<(&str, usize)> {
    let end = |t: &str| t.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(t.len());
    let rest = text.strip_prefix('$')?;
    if let Some(inner) = rest.strip_prefix('{') {
        let end = end(inner);
        return inner[end..].starts_with('}').then_some((&inner[..end], end + 3));
    }
    let end = end(rest);
    (end > 0).then_some((&rest[..end], end + 1))
}

/// Code with the values of the names that are known in it. A name without its sign (`NODE`) is filled in where it stands as a
/// word of its own.
pub fn code(text: &str, known: &Known) -> String {
    let (mut out, mut rest, mut at) = (String::new(), text, At::Bare);
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        let found = if at == At::Single { None } else { name_at(rest) };
        if let Some((name, len)) = found {
            let fits = |v: &&String| if at == At::Double { is_quotable(v) } else { is_word(v) };
            out.push_str(known.get(name).filter(fits).map_or(&rest[..len], String::as_str));
            taken = len;
        } else if c.is_ascii_uppercase() && !is_part(before) {
            let len = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
            let next = rest[len..].chars().next().unwrap_or(' ');
            // `NODE=` gives it a value.
            let value = known.get(&rest[..len]).filter(|v| is_word(v) && next != '=');
            out.push_str(value.map_or(&rest[..len], String::as_str));
            taken = len;
        } else {
            at = match (at, c) {
                (At::Bare, '\'') => At::Single,
                (At::Single, '\'') | (At::Double, '"') => At::Bare,
                (At::Bare, '"') => At::Double,
                (at, _) => at,
            };
            if c == '\\' && at != At::Single {
                taken += rest[1..].chars().next().map_or(0, char::len_utf8);
            }
            // A comment has apostrophes that are none.
            if c == '#' && at == At::Bare && before.is_whitespace() {
                taken = rest.find('\n').unwrap_or(rest.len());
            }
            out.push_str(&rest[..taken]);
        }
        before = rest[..taken].chars().next_back().unwrap_or(' ');
        rest = &rest[taken..];
    }
    out
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

/// The folders of the runbooks that are there, or are to come.
const TOPICS: [&str; 16] = [
    "autoscaling",
    "backup",
    "capacity",
    "concepts",
    "control-plane",
    "drills",
    "etcd",
    "install",
    "load-balancer",
    "network",
    "nodes",
    "observability",
    "pods",
    "security",
    "storage",
    "upgrade",
];

/// Whether code names a runbook: `nodes/node-drain`. No subresource (`pods/exec`) has a name of several words.
fn names_runbook(code: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    code.split_once('/')
        .is_some_and(|(topic, name)| TOPICS.contains(&topic) && name.contains('-') && name.chars().all(plain))
}

/// Markdown in which runbooks that nobody has written yet are marked as such.
fn marked(text: &str, written: impl Fn(&str) -> bool) -> String {
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for (event, range) in Parser::new_ext(text, super::prose::options()).into_offset_iter() {
        if let Event::Code(code) = event
            && names_runbook(&code)
            && !written(&code)
        {
            out.push_str(&text[from..range.end]);
            out.push_str(t!("app-fill-not-written"));
            from = range.end;
        }
    }
    out.push_str(&text[from..]);
    out
}

/// Markdown whose code has the values in it.
pub fn markdown(text: &str, known: &Known) -> String {
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut block = false;
    for (event, range) in Parser::new_ext(text, super::prose::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => block = true,
            Event::End(TagEnd::CodeBlock) => block = false,
            Event::Code(_) => places.push(range),
            Event::Text(_) if block => places.push(range),
            _ => {}
        }
    }
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for place in places {
        out.push_str(&text[from..place.start]);
        out.push_str(&code(&text[place.clone()], known));
        from = place.end;
    }
    out.push_str(&text[from..]);
    out
}

/// A script that a person can paste: the values first, then the script as it stands.
pub fn script(body: &str, known: &Known) -> String {
    let used = known.iter().filter(|(name, _)| body.contains(name.as_str()));
    let lines = used.map(|(name, value)| format!("export {name}='{}'\n", value.replace('\'', "'\\''")));
    lines.collect::<String>() + body
}

/// The words of a step with the values that it sees.
pub fn prose(run: &Walk, index: StepId, lang: &str) -> String {
    let text = marked(run.prose(index, lang), |id| run.is_written(id));
    markdown(&text, &known(run.values_of(index)))
}

/// What a step by hand says is to be done, in the same way.
pub fn instruction(run: &Walk, index: StepId) -> String {
    words(run, index, run.instruction(index))
}

/// A question or a hint of a step, in the same way.
pub fn words(run: &Walk, index: StepId, text: &str) -> String {
    markdown(&marked(text, |id| run.is_written(id)), &known(run.values_of(index)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runbook::params::{ParamValue, SecretText};

    fn some() -> Known {
        let text = |t: &str| ParamValue::Text(t.to_owned());
        let secret = ParamValue::Secret(SecretText::new("hunter2-hunter2".to_owned()));
        let values = [
            ("node", text("worker-3")),
            ("reason", text("a \"b\" $(reboot)")),
            ("words", text("two words")),
            ("key", secret),
        ];
        known(&values.map(|(name, value)| (name.to_owned(), value)).into())
    }

    #[test]
    fn what_is_read_and_copied_has_the_values_in_it() {
        let filled = |text: &str| code(text, &some());
        assert_eq!(filled("kubectl cordon \"$NODE\""), "kubectl cordon \"worker-3\"");
        assert_eq!(
            filled("x ${NODE}/$NODE-a NODE NODES MY_NODE"),
            "x worker-3/worker-3-a worker-3 NODES MY_NODE"
        );
        assert_eq!(
            filled("-o jsonpath='{..[?(@.spec.nodeName==\"NODE\")]}'"),
            "-o jsonpath='{..[?(@.spec.nodeName==\"worker-3\")]}'"
        );
        assert_eq!(filled("# don't\nNODE=\"$NODE\" \\$NODE"), "# don't\nNODE=\"worker-3\" \\$NODE");
        assert_eq!(filled("echo \"$WORDS\" $WORDS '$NODE'"), "echo \"two words\" $WORDS '$NODE'");
        assert_eq!(
            markdown("On NODE: `cordon $NODE`\n\n```sh\nuncordon $NODE\n```\n", &some()),
            "On NODE: `cordon worker-3`\n\n```sh\nuncordon worker-3\n```\n"
        );
    }

    #[test]
    fn no_secret_is_filled_in_and_no_value_becomes_more_than_a_word() {
        for text in ["$KEY", "\"$KEY\"", "KEY", "${KEY}", "$REASON", "\"$REASON\"", "REASON"] {
            assert_eq!(code(text, &some()), text);
        }
        assert!(!script("echo $KEY $NODE", &some()).contains("hunter2"));
        assert_eq!(script("echo $REASON", &some()), "export REASON='a \"b\" $(reboot)'\necho $REASON");
    }

    #[test]
    fn a_runbook_that_nobody_has_written_yet_is_marked_and_nothing_else_is() {
        let text = "Go on with `nodes/node-drain`, or `storage/csi-driver-down`; `pods/exec` is needed in `kube-system/a-b`.";
        assert_eq!(
            marked(text, |id| id == "nodes/node-drain"),
            "Go on with `nodes/node-drain`, or `storage/csi-driver-down` (not written yet); `pods/exec` is needed in \
             `kube-system/a-b`."
        );
    }
}
