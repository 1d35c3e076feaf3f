//! `config.toml` in the configuration folder: what the contexts are, and who the user is for a second person. A file that cannot be understood stops the program,
//! since it may be the one that says which cluster is production.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use crate::op::ContextRule;

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
    #[error("{path} could not be read: {why}; correct its rights, or move it away")]
    Unreadable { path: String, why: std::io::Error },
    #[error("{path}: {why}\ncorrect it (docs/safety.md has an example), or move it away")]
    Wrong { path: String, why: toml::de::Error },
}

impl Config {
    /// Reads the file; one that is not there configures nothing.
    pub fn read(file: &Path) -> Result<Config, ConfigError> {
        let path = || file.display().to_string();
        match std::fs::read_to_string(file) {
            Ok(text) => toml::from_str(&text).map_err(|why| ConfigError::Wrong { path: path(), why }),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Config::default()),
            Err(why) => Err(ConfigError::Unreadable { path: path(), why }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::Class;

    fn read(text: &str) -> Result<Config, ConfigError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Config::read(file.path())
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
}
