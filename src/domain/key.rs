//! Names of objects.

use serde::{Deserialize, Serialize};

use super::{Kind, Str};

/// Namespace and name of an object within its kind; sorts by namespace, then name. The namespace of a
/// cluster-wide object is empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RowKey {
    pub namespace: Str,
    pub name: Str,
}

impl RowKey {
    pub fn new(namespace: impl Into<Str>, name: impl Into<Str>) -> RowKey {
        RowKey { namespace: namespace.into(), name: name.into() }
    }
}

impl std::fmt::Display for RowKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.namespace.is_empty() {
            f.write_str(&self.name)
        } else {
            write!(f, "{}/{}", self.namespace, self.name)
        }
    }
}

/// An object of a watched kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObjectKey {
    pub kind: Kind,
    #[serde(flatten)]
    pub row: RowKey,
}

impl ObjectKey {
    pub fn new(kind: Kind, namespace: impl Into<Str>, name: impl Into<Str>) -> ObjectKey {
        ObjectKey { kind, row: RowKey::new(namespace, name) }
    }

    /// A cluster-wide object.
    pub fn cluster(kind: Kind, name: impl Into<Str>) -> ObjectKey {
        ObjectKey::new(kind, "", name)
    }

    pub fn name(&self) -> &str {
        &self.row.name
    }

    pub fn namespace(&self) -> &str {
        &self.row.namespace
    }

    /// The request path of this object.
    pub fn path(&self) -> String {
        let namespace = (!self.namespace().is_empty()).then(|| self.namespace());
        format!("{}/{}", self.kind.path(namespace), super::segment(self.name()))
    }
}

impl std::fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.kind, self.row)
    }
}
