//! Namespaces that are read one by one, where the whole cluster may not be read.

use std::fmt;
use std::sync::Arc;

use super::Str;
use crate::lang::{list, t};

/// Some namespaces, sorted, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Namespaces(Arc<[Str]>);

impl Namespaces {
    /// From what somebody typed: names with commas between them.
    pub fn read(text: &str) -> Namespaces {
        text.split(',').map(|n| Str::from(n.trim())).collect()
    }

    /// The only one.
    pub fn single(&self) -> Option<&Str> {
        if let [only] = &*self.0 { Some(only) } else { None }
    }

    /// `a, b`
    pub fn names(&self) -> String {
        self.0.join(", ")
    }

    pub fn contains(&self, namespace: &str) -> bool {
        self.0.iter().any(|n| &**n == namespace)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Str> {
        self.0.iter()
    }

    /// The same with one more.
    #[must_use]
    pub fn with(&self, namespace: &str) -> Namespaces {
        self.0.iter().cloned().chain([namespace.into()]).collect()
    }
}

impl From<&str> for Namespaces {
    fn from(text: &str) -> Namespaces {
        Namespaces::read(text)
    }
}

impl FromIterator<Str> for Namespaces {
    fn from_iter<T: IntoIterator<Item = Str>>(names: T) -> Namespaces {
        let mut names: Vec<Str> = names.into_iter().filter(|n| !n.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        Namespaces(names.into())
    }
}

/// `namespace a`, `namespaces a, b`.
impl fmt::Display for Namespaces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&t!("domain-namespaces", count = self.0.len(), names = list(&*self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_namespace_is_there_once_and_in_order() {
        let some: Namespaces = ["b", "a", "b", ""].into_iter().map(Str::from).collect();
        assert_eq!(some.to_string(), "namespaces a, b");
        assert!(some.contains("a") && !some.contains(""));
        assert_eq!(Namespaces::read(" b, a,,b "), some);
        assert_eq!((some.names().as_str(), some.single()), ("a, b", None));
        assert_eq!(some.with("a"), some);
        assert_eq!(Namespaces::default().with("shop").to_string(), "namespace shop");
    }
}
