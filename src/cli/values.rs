//! Values of parameters from the command line: as words (`--set`), or from files and standard input (`--set-file`).
//!
//! A secret never comes as a word: every user of the machine can read the words of a running program, and the shell keeps
//! them in its history. It must not print a value.

use std::io::Read;
use std::path::Path;

use thiserror::Error;

use crate::corpus::Corpus;
use crate::lang::t;
use crate::machine::open;
use crate::runbook::model::Param;

/// So much of a file is a value, in bytes.
const LARGEST: u64 = 1 << 20;

/// Why the values cannot be taken.
#[derive(Debug, Error)]
pub enum ValueError {
    #[error("{}", t!("cli-values-no-name", flag = flag, text = text, what = what))]
    NoName { flag: &'static str, text: String, what: &'static str },
    #[error(
        "{}", t!("cli-values-secret", name = _0))]
    Secret(String),
    #[error("{}", t!("cli-values-unread", name = name, file = file, why = why))]
    Unreadable { name: String, file: String, why: std::io::Error },
    #[error("{}", t!("cli-values-twice"))]
    Twice,
    #[error(
        "{}", t!("cli-values-no-keys", why = _0))]
    NoTerminal(std::io::Error),
}

fn pair<'a>(flag: &'static str, what: &'static str, text: &'a str) -> Result<(&'a str, &'a str), ValueError> {
    text.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(|| {
        // What stands there may be the secret itself.
        let text = text.chars().take(20).collect();
        ValueError::NoName { flag, text, what }
    })
}

/// The values by their names. The runbooks are read only where a word was given that may be a secret.
pub fn read(
    id: &str,
    words: &[String],
    files: &[String],
    input: &mut dyn Read,
    corpus: impl FnOnce() -> Corpus,
) -> Result<Vec<(String, String)>, ValueError> {
    let mut out = Vec::new();
    for word in words {
        let (name, value) = pair("--set", "VALUE", word)?;
        out.push((name.to_owned(), value.to_owned()));
    }
    if !out.is_empty() {
        let corpus = corpus();
        // By the same name by which it is opened.
        let entry = corpus.named(id).ok();
        let secret = |name: &str| entry.is_some_and(|e| e.runbook.param(name).is_some_and(Param::is_secret));
        if let Some((name, _)) = out.iter().find(|(name, _)| secret(name)) {
            return Err(ValueError::Secret(name.clone()));
        }
    }
    let mut from_input = false;
    for word in files {
        let (name, file) = pair("--set-file", "FILE", word)?;
        if file == "-" && std::mem::replace(&mut from_input, true) {
            return Err(ValueError::Twice);
        }
        let text = content(file, input).map_err(|why| ValueError::Unreadable {
            name: name.to_owned(),
            file: if file == "-" { t!("cli-values-standard-input").to_owned() } else { file.to_owned() },
            why,
        })?;
        // The line end that editors and `echo` put behind it is no part of it.
        let text = text.strip_suffix('\n').map_or(text.as_str(), |t| t.strip_suffix('\r').unwrap_or(t));
        out.push((name.to_owned(), text.to_owned()));
    }
    Ok(out)
}

/// After standard input gave a value, the keys come from the terminal again.
pub fn keys_from_the_terminal(files: &[String]) -> Result<(), ValueError> {
    if !files.iter().any(|word| word.ends_with("=-")) {
        return Ok(());
    }
    let terminal = std::fs::File::open("/dev/tty").map_err(ValueError::NoTerminal)?;
    nix::unistd::dup2_stdin(&terminal).map_err(|e| ValueError::NoTerminal(e.into()))
}

fn content(file: &str, input: &mut dyn Read) -> std::io::Result<String> {
    let mut text = String::new();
    let read = if file == "-" {
        input.take(LARGEST + 1).read_to_string(&mut text)?
    } else {
        open(Path::new(file)).map_err(std::io::Error::other)?.take(LARGEST + 1).read_to_string(&mut text)?
    };
    if read as u64 > LARGEST {
        return Err(std::io::ErrorKind::FileTooLarge.into());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus() -> Corpus {
        let mut corpus = Corpus::built_in();
        let text = "---\nrunbook: 1\ntitle: A\nmeta: { risk: low }\nparams:\n  token: { type: secret }\n  word: { type: text }\n---\n# A\n";
        let origin = crate::corpus::Origin::User("/home/op/runbooks".into());
        corpus.add(vec![crate::corpus::SourceFile { path: "a/b.md".into(), text: text.into(), origin }]);
        corpus
    }

    #[test]
    fn a_secret_is_not_taken_as_a_word_and_its_value_is_not_said() {
        let words = |w: &[&str]| w.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let given = |set: &[&str], files: &[&str], input: &str| {
            super::read("a/b", &words(set), &words(files), &mut input.as_bytes(), corpus)
        };
        let refused = given(&["word=x", "token=hunter2-hunter2"], &[], "").unwrap_err().to_string();
        assert!(refused.contains("--set-file token=FILE") && !refused.contains("hunter2"), "{refused}");
        assert_eq!(given(&["word=x=y"], &[], "").unwrap(), [("word".to_owned(), "x=y".to_owned())]);
        let token = |value: &str| vec![("token".to_owned(), value.to_owned())];
        assert_eq!(given(&[], &["token=-"], "hunter2 hunter2\r\n").unwrap(), token("hunter2 hunter2"));
        assert!(matches!(given(&[], &["token=-", "word=-"], "x"), Err(ValueError::Twice)));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        let of = format!("token={}", file.display());
        std::fs::write(&file, "hunter3\n\n").unwrap();
        assert_eq!(
            given(&[], &[of.as_str()], "").unwrap(),
            token("hunter3\n"),
            "one line end is the editor's"
        );
        std::fs::write(&file, vec![b'x'; 2 << 20]).unwrap();
        assert!(matches!(given(&[], &[of.as_str()], ""), Err(ValueError::Unreadable { .. })));
        let unnamed = given(&["a-very-long-secret-that-stands-here"], &[], "").unwrap_err();
        assert!(!unnamed.to_string().contains("stands-here"), "{unnamed}");
    }
}
