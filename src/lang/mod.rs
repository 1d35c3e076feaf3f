//! The words that the program itself says, from catalogues: Fluent files under `assets/lang/`, a folder for each language
//! and a file for each top module. Kubernetes' own words (kinds, reasons, conditions, fields, verbs), ids, commands and what is
//! read by programs are not texts and stay in the code. It must not decide anything by a text.
//!
//! To add a text, write `t!("op-drain-waits", pods = n)` where it is said, and the message `op-drain-waits` into `op.ftl` of every
//! language; the first word of an id names its file. A constant holds `msg!("op-drain-title")`. `tests/it/texts.rs` holds the
//! code and the catalogues against each other. To add a language, add it to [`Language`] and make its folder.

mod catalogue;
mod value;

use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};

#[doc(hidden)]
pub use fluent_bundle::FluentValue;
#[doc(hidden)]
pub use value::{Number, Shown, Words};

/// A language that opsbook speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    English,
    Chinese,
}

impl Language {
    /// Every language, in the order in which one key goes through them.
    pub const ALL: &'static [Language] = &[Language::English, Language::Chinese];

    /// `en`, `zh`: the name of its folder, and of runbooks' translations.
    pub fn id(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Chinese => "zh",
        }
    }

    /// The language with an id.
    pub fn parse(id: &str) -> Option<Language> {
        Language::ALL.iter().copied().find(|l| l.id() == id)
    }

    /// The language of a POSIX locale (`zh_CN.UTF-8`); English where opsbook does not speak its language.
    pub fn of_locale(locale: &str) -> Language {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        Language::parse(language).unwrap_or_default()
    }

    /// What it is called by those who speak it.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Chinese => "中文",
        }
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Language {
        let at = Language::ALL.iter().position(|l| *l == self).map_or(0, |i| i + 1);
        Language::ALL.get(at).copied().unwrap_or_default()
    }
}

/// The language of the program: there is one operator. Texts are made when they are said, so what was said before stays as it
/// was; what is said anew follows at once.
static CURRENT: AtomicU8 = AtomicU8::new(0);

thread_local! {
    /// What one thread says in another language than the program.
    static WITHIN: Cell<Option<Language>> = const { Cell::new(None) };
}

/// The language in which texts are made now.
pub fn current() -> Language {
    WITHIN.get().unwrap_or_else(|| {
        let index = CURRENT.load(Ordering::Relaxed);
        Language::ALL.get(usize::from(index)).copied().unwrap_or_default()
    })
}

/// From now on the program speaks this language.
pub fn switch(language: Language) {
    CURRENT.store(language as u8, Ordering::Relaxed);
}

/// What `work` says on this thread is said in `language`, whatever the program speaks.
pub fn within<T>(language: Language, work: impl FnOnce() -> T) -> T {
    /// A panic in `work` must not leave the language behind.
    struct Back(Option<Language>);
    impl Drop for Back {
        fn drop(&mut self) {
            WITHIN.set(self.0);
        }
    }
    let _back = Back(WITHIN.replace(Some(language)));
    work()
}

/// A text without values, as a constant that is looked up when it is shown. Made by `msg!`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Msg(pub &'static str);

impl Msg {
    /// The text in the language of now.
    pub fn text(self) -> &'static str {
        plain(self.0)
    }
}

impl fmt::Display for Msg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

impl serde::Serialize for Msg {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

/// The text of a message without values. The id itself where there is no such message, which a test keeps from happening.
pub fn plain(id: &'static str) -> &'static str {
    catalogue::of(current()).plain(id).unwrap_or(id)
}

/// The text of a message without values whose id is made of parts; none where there is no such message.
pub fn named(id: &str) -> Option<&'static str> {
    catalogue::of(current()).plain(id)
}

/// The text of a message with its values filled in.
pub fn filled<const N: usize>(id: &'static str, values: [(&'static str, FluentValue<'_>); N]) -> String {
    catalogue::of(current()).filled(id, values).unwrap_or_else(|| id.to_owned())
}

/// A text: `t!("id")` is a `&'static str`, `t!("id", name = value, …)` a `String`. Whole numbers choose plural forms, everything
/// else is shown with `Display`.
macro_rules! t {
    ($id:literal) => {
        $crate::lang::plain($id)
    };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {{
        #[allow(unused_imports, reason = "each value takes one of them")]
        use $crate::lang::{Number as _, Words as _};
        $crate::lang::filled($id, [$((stringify!($name), (&$crate::lang::Shown(&$value)).value())),+])
    }};
}

/// A text for a constant: a [`Msg`].
macro_rules! msg {
    ($id:literal) => {
        $crate::lang::Msg($id)
    };
}

pub(crate) use {msg, t};

/// Items in a row within a sentence: `a, b, c`.
pub fn list<T: fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    joined(items, t!("lang-comma"))
}

/// Items that are meant together: `a and b`.
pub fn all_of<T: fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    joined(items, t!("lang-and"))
}

/// Sentences, or parts of one, after each other: `one thing; another one`.
pub fn clauses<T: fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    joined(items, t!("lang-semicolon"))
}

/// Items of which one is meant: `a, b or c`.
pub fn one_of<T: fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    let mut items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    let Some(last) = items.pop() else { return String::new() };
    if items.is_empty() { last } else { joined([list(items), last], t!("lang-or")) }
}

fn joined<T: fmt::Display>(items: impl IntoIterator<Item = T>, by: &str) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    items.join(by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_its_language() {
        let of = |locale: &str| Language::of_locale(locale).id();
        assert_eq!(
            [of("zh_CN.UTF-8"), of("zh"), of("zh-Hans"), of("C"), of("de_DE.UTF-8"), of("")],
            ["zh", "zh", "zh", "en", "en", "en"]
        );
    }

    #[test]
    fn items_stand_beside_each_other_as_the_language_has_it() {
        let said =
            || [list(["a", "b", "c"]), all_of(["a", "b"]), one_of(["a", "b", "c"]), clauses(["a", "b"])];
        assert_eq!(said(), ["a, b, c", "a and b", "a, b or c", "a; b"]);
        assert_eq!(within(Language::Chinese, said), ["a、b、c", "a 和 b", "a、b 或 c", "a；b"]);
        assert_eq!([one_of(["a"]), one_of([0; 0]), list([0; 0])], ["a", "", ""]);
    }

    #[test]
    fn one_thread_may_speak_another_language_and_comes_back() {
        let inside = within(Language::Chinese, || within(Language::English, current));
        assert_eq!((inside, current()), (Language::English, Language::English));
        let broken = std::panic::catch_unwind(|| within(Language::Chinese, || panic!("on purpose")));
        assert!(broken.is_err());
        assert_eq!(current(), Language::English);
    }
}
