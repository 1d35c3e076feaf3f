//! `opsbook approve`: the second person reads what a plan would do, and signs it. It speaks to no cluster.
//!
//! Must not sign what nobody can have read: words and question go to a terminal, and only the answer to the output.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::config::Config;
use super::out::Printer;
use super::run::Outcome;
use crate::op::{PeerAnswer, PeerRequest, REQUEST};
use crate::runtime::Places;
use crate::trust::sign;

/// What is typed for a yes.
const YES: &str = "yes";
/// Largest file that is read, in bytes.
const LARGEST: u64 = 256 * 1024;
/// Keys that are looked for where none was named.
const USUAL: &[&str] = &["id_ed25519_sk", "id_ed25519", "id_ecdsa_sk", "id_ecdsa", "id_rsa"];

pub fn approve(places: &Places, request: &str, key: Option<PathBuf>) -> Outcome {
    let text = if request.trim_start().starts_with(REQUEST) { request.to_owned() } else { read(request)? };
    let (asked, hash) = PeerRequest::read(&text)?;
    let config = Config::read(&places.config.join("config.toml"))?.four_eyes;
    let key = key
        .or(config.key)
        .or_else(|| usual().into_iter().next())
        .ok_or("no key was found: name one with --key FILE, or as `key` below [four-eyes] in config.toml")?;
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err("`opsbook approve` needs a terminal: what is approved must be read".into());
    }
    let now = || crate::clock::Clock::real().now();
    PeerAnswer::to(&asked, &hash, now()).fits(&asked, &hash, now())?;
    let mut words = Printer::words();
    if !consent(&asked, &key, &mut std::io::stdin().lock(), &mut words)? {
        writeln!(words, "not approved")?;
        return Ok(1);
    }
    // Reading may have taken its time.
    let answer = PeerAnswer::to(&asked, &hash, now());
    answer.fits(&asked, &hash, now())?;
    let signed = sign(answer, &key)?;
    writeln!(words, "\nGive this line to {}, or put it beside the request as FILE.approval:\n", asked.by)?;
    writeln!(Printer::answers(), "{}", signed.line())?;
    Ok(0)
}

fn read(file: &str) -> Result<String, String> {
    crate::machine::read(Path::new(file), LARGEST).map_err(|e| {
        format!("{file} could not be read: {e}; give the file with the request, or its line ({REQUEST}...)")
    })
}

/// Shows all of it and asks. Only the typed word is a yes.
fn consent(
    asked: &PeerRequest,
    key: &Path,
    answer: &mut dyn BufRead,
    out: &mut Printer<'_>,
) -> std::io::Result<bool> {
    for line in asked.words() {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "\nWith your signature ({}) {} can run exactly this plan, once.", key.display(), asked.by)?;
    writeln!(out, "It says what their opsbook said; ask them where it does not fit what you see.")?;
    write!(out, "Type {YES} to sign it, anything else leaves it: ")?;
    out.flush()?;
    let mut typed = String::new();
    answer.read_line(&mut typed)?;
    Ok(typed.trim() == YES)
}

/// The usual keys that are there, or whose public halves are.
pub fn usual() -> Vec<PathBuf> {
    let Some(base) = directories::BaseDirs::new() else { return Vec::new() };
    let folder = base.home_dir().join(".ssh");
    let there = |path: PathBuf| {
        let public = path.with_extension("pub");
        [path, public].into_iter().find(|p| p.is_file())
    };
    USUAL.iter().map(|name| folder.join(name)).filter_map(there).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Risk, Timestamp};
    use crate::op::plan_by_hand;

    #[test]
    fn only_the_typed_word_is_a_yes_and_all_of_it_was_shown_before() {
        let plan = plan_by_hand("lamp", "Look at the lamp.", "node=worker-3", Risk::Critical);
        let asked = PeerRequest {
            by: "alice".into(),
            context: "prod-eu-1".into(),
            ..PeerRequest::of(&plan, "1".into(), Timestamp::UNIX_EPOCH)
        };
        for (typed, yes) in
            [("yes\n", true), (" yes \n", true), ("y\n", false), ("YES\n", false), ("", false)]
        {
            let mut out = Vec::new();
            assert_eq!(
                consent(&asked, Path::new("key"), &mut typed.as_bytes(), &mut Printer::over(&mut out))
                    .unwrap(),
                yes
            );
            let said = String::from_utf8(out).unwrap();
            for word in
                ["alice", "prod-eu-1", "Look at the lamp.", "node=worker-3", "R4", asked.digest.as_str()]
            {
                assert!(said.contains(word), "{word} in\n{said}");
            }
        }
    }
}
