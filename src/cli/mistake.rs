//! What is wrong with a command line, in words of ours: the parser has its own in English only.
//!
//! Must not judge: the parser did. A kind of mistake without words here is told by the parser, in English.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::lang::{list, t};

/// The mistake in the language of now; none where the parser has to say it.
pub fn words(said: &Error) -> Option<String> {
    let given = |kind| said.get(kind).map(shown).unwrap_or_default();
    let (arg, value) = (given(ContextKind::InvalidArg), given(ContextKind::InvalidValue));
    let what = match said.kind() {
        ErrorKind::UnknownArgument => t!("cli-mistake-unknown-argument", arg = arg),
        ErrorKind::InvalidSubcommand => {
            t!("cli-mistake-unknown-command", command = given(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => t!("cli-mistake-no-value", arg = arg),
        ErrorKind::InvalidValue => {
            t!("cli-mistake-value-of", value = value, arg = arg, known = given(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => t!("cli-mistake-value", value = value, arg = arg),
        ErrorKind::MissingRequiredArgument => t!("cli-mistake-missing", arg = arg),
        ErrorKind::ArgumentConflict => {
            t!("cli-mistake-conflict", arg = arg, other = given(ContextKind::PriorArg))
        }
        ErrorKind::NoEquals => t!("cli-mistake-no-equals", arg = arg),
        ErrorKind::MissingSubcommand => {
            t!("cli-mistake-no-command", known = given(ContextKind::ValidSubcommand))
        }
        _ => return None,
    };
    let usage = said.get(ContextKind::Usage).map(shown).unwrap_or_default();
    // The parser writes its own heading before it.
    let usage = usage.split_once(' ').map_or("", |(_, typed)| typed.trim());
    let close = [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand];
    let close: Vec<_> = close.into_iter().filter_map(|kind| said.get(kind)).map(shown).collect();
    let mut out = vec![what];
    if !close.is_empty() {
        out.push(format!("\n  {}", t!("cli-mistake-close", known = list(close))));
    }
    if !usage.is_empty() {
        out.push(format!("\n{}{usage}", t!("cli-clap-usage")));
    }
    out.push(format!("\n{}\n", t!("cli-mistake-help")));
    Some(out.join("\n"))
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::String(one) => one.clone(),
        ContextValue::Strings(several) => list(several),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Number(number) => number.to_string(),
        ContextValue::Bool(yes) => yes.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::args::help;
    use super::*;
    use crate::lang::{Language, within};

    #[test]
    fn a_mistake_is_told_in_the_language_with_what_was_typed() {
        for (line, parts) in [
            ("opsbook sessions hand-over --nope", &["--nope", "用法：opsbook sessions hand-over"][..]),
            ("opsbook opne x", &["opne", "open"]),
            ("opsbook triage -o yaml", &["yaml", "text、json"]),
            ("opsbook triage --timeout soon", &["soon", "--timeout"]),
            ("opsbook open", &["<ID>", "opsbook open"]),
            ("opsbook man --dir a b", &["--dir", "[COMMAND]"]),
            ("opsbook rehearse --all x", &["--all"]),
        ] {
            let words = line.split(' ');
            let told = within(Language::Chinese, || {
                let said = help::command().try_get_matches_from(words).expect_err(line);
                words_of(&said)
            });
            assert!(parts.iter().all(|part| told.contains(part)), "{line}\n{told}");
            assert!(!told.contains("error:") && !told.contains("Usage"), "{line}\n{told}");
        }
    }

    fn words_of(said: &Error) -> String {
        super::words(said).unwrap_or_else(|| panic!("{said}"))
    }
}
