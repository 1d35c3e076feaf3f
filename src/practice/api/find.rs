//! Which objects a list, a watch or a collection delete is about.

use serde_json::Value;

use super::query::Query;
use super::request::Target;
use crate::practice::obj::namespace;
use crate::practice::selector::{Fields, Labels};
use crate::practice::status::Refusal;

/// Namespace, label selector, field selector.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    namespace: String,
    labels: Labels,
    fields: Fields,
}

impl Filter {
    /// The filter of a request; a named object is a filter by its name.
    pub fn of(target: &Target, query: &Query) -> Result<Self, Refusal> {
        let mut fields = query.get("fieldSelector").to_owned();
        if !target.name.is_empty() {
            fields = format!("{fields},metadata.name={}", target.name);
        }
        let labels = Labels::parse(query.get("labelSelector")).map_err(Refusal::bad_request)?;
        let fields = Fields::parse(&fields).map_err(Refusal::bad_request)?;
        Ok(Self { namespace: target.namespace.clone(), labels, fields })
    }

    /// Whether an object belongs to it.
    pub fn matches(&self, object: &Value) -> bool {
        (self.namespace.is_empty() || namespace(object) == self.namespace)
            && self.labels.matches(object)
            && self.fields.matches(object)
    }

    /// Whether a selector is given; then the number of remaining items is not told.
    pub fn selects(&self) -> bool {
        !self.labels.is_empty() || !self.fields.is_empty()
    }
}
