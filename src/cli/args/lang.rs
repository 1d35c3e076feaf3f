//! The option `--lang`: what is written for each language, and what counts where it is not given.
//!
//! Must not switch the language; `cli::run` does. A new language is a row here and in [`Language`].

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::lang::{Language, t};

/// A language that opsbook speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    En,
    Zh,
}

impl ValueEnum for Lang {
    fn value_variants<'a>() -> &'a [Lang] {
        &[Lang::En, Lang::Zh]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Lang::En => PossibleValue::new("en")
                .help(t!("cli-arg-lang-en"))
                .aliases(["en_US", "en_GB", "en-US", "en-GB", "C"]),
            Lang::Zh => PossibleValue::new("zh").help(t!("cli-arg-lang-zh")).aliases([
                "zh_CN",
                "zh-CN",
                "zh_CN.UTF-8",
                "zh_SG",
                "zh-Hans",
            ]),
        })
    }
}

/// The language that was asked for, or that of the locale.
pub fn language_of(asked: Option<Lang>) -> Language {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let locale = || set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default();
    match asked {
        Some(Lang::En) => Language::English,
        Some(Lang::Zh) => Language::Chinese,
        None => Language::of_locale(&locale()),
    }
}
