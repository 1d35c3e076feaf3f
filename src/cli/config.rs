//! `config.toml` in the configuration folder: what the contexts are, and who the user is for a second person. A file that cannot be understood stops the program,
//! since it may be the one that says which cluster is production.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use crate::lang::t;
use crate::machine::{FileFault, OwnFault, read, read_own};
use crate::op::ContextRule;

/// Largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// What the user configured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The first rule that fits a context counts.
    #[serde(default, rename = "context")]
    pub contexts: Vec<ContextRule>,
    /// Second persons.
    #[serde(default, rename = "four-eyes")]
    pub four_eyes: FourEyes,
}

/// Who the user is when a second person is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FourEyes {
    /// The name by which the list of approvers would name this user.
    pub me: Option<String>,
    /// The key with which this user agrees to plans of others.
    pub key: Option<PathBuf>,
}

/// Why the configuration is not known.
#[derive(Debug, Error)]
pub enum ConfigError {
    #[error("{}", t!("cli-config-not-own", path = path, why = why))]
    NotOwn { path: String, why: OwnFault },
    #[error("{}", t!("cli-config-unread", path = path, why = why))]
    Unreadable { path: String, why: FileFault },
    #[error("{}", t!("cli-config-wrong", path = path, why = why))]
    Wrong { path: String, why: toml::de::Error },
}

impl Config {
    /// Reads the file; one that is not there configures nothing. Who can write it decides what is production and who is
    /// who, so it must be the user's own.
    pub fn read(file: &Path) -> Result<Config, ConfigError> {
        let not_own = |why| ConfigError::NotOwn { path: file.display().to_string(), why };
        read_own(file, LARGEST).map_err(not_own)?.map_or_else(|| Ok(Config::default()), |t| parse(file, &t))
    }

    /// Reads a file that is to be checked and decides nothing: it may be anybody's.
    pub fn check(file: &Path) -> Result<Config, ConfigError> {
        let unreadable = |why| ConfigError::Unreadable { path: file.display().to_string(), why };
        parse(file, &read(file, LARGEST).map_err(unreadable)?)
    }
}

fn parse(file: &Path, text: &str) -> Result<Config, ConfigError> {
    toml::from_str(text).map_err(|why| ConfigError::Wrong { path: file.display().to_string(), why })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::Class;

    fn read(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        std::fs::write(&file, text).unwrap();
        assert_eq!(Config::check(&file).ok(), Config::read(&file).ok());
        Config::read(&file)
    }

    #[test]
    fn rules_are_read_in_their_order() {
        let text = "[[context]]\nname = \"eu-*\"\nclass = \"prod\"\narmed-minutes = 5\nraise-risk = true\n\
                    [[context]]\nname = \"*\"\nclass = \"dev\"\n";
        let rules = read(text).unwrap().contexts;
        assert_eq!(
            (rules[0].class, rules[0].armed_minutes, rules[0].raise_risk),
            (Class::Prod, Some(5), true)
        );
        assert_eq!((rules[1].name.as_str(), rules[1].class), ("*", Class::Dev));
        let eyes = read("[four-eyes]\nme = \"alice\"\n").unwrap().four_eyes;
        assert_eq!((eyes.me.as_deref(), eyes.key), (Some("alice"), None));
        assert_eq!(read("").unwrap(), Config::default());
        assert_eq!(Config::read(Path::new("/nowhere/config.toml")).unwrap(), Config::default());
    }

    #[test]
    fn what_is_not_understood_is_an_error_with_its_place() {
        for (text, word) in [
            ("[[context]]\nname = \"x\"\nclass = \"live\"\n", "line 3"),
            ("[[context]]\nname = \"x\"\n", "class"),
            ("[[context]]\nname = \"x\"\nclass = \"prod\"\narm = 3\n", "line 4"),
            ("[prod]\n", "prod"),
            ("[[context]]\nname = \"x\"\nclass = \"prod\"\narmed-minutes = 0\n", "1 to 240 minutes"),
            ("[[context]]\nname = \"\"\nclass = \"prod\"\n", "has a name"),
            ("[four-eyes]\nme = 3\n", "line 2"),
        ] {
            let said = read(text).unwrap_err().to_string();
            assert!(said.contains(word) && said.contains("correct it"), "{said}");
        }
    }

    #[test]
    fn a_file_that_others_can_write_does_not_say_what_is_production() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        std::fs::write(&file, "[[context]]\nname = \"*\"\nclass = \"dev\"\n").unwrap();
        let mode = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        mode(0o644);
        assert_eq!(Config::read(&file).unwrap().contexts.len(), 1);
        mode(0o666);
        let said = Config::read(&file).unwrap_err().to_string();
        assert!(said.contains("others may write it") && said.contains("chmod 600"), "{said}");
    }
}
