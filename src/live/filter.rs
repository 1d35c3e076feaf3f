//! Which rows a table has.
//!
//! Must not know how they are ordered or kept: that is the table's. To add a way to filter, a field or a form of the
//! text here, and its case in [`Filter::narrows`]: what is not surely narrower is read anew.

use super::{LiveView, LogsOf};
use crate::domain::{ClusterSnapshot, Namespaces, ObjectKey, RowKey, Str};

/// Which rows belong to a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these namespaces.
    pub namespaces: Option<Namespaces>,
    /// Only pods on this node.
    pub node: Option<Str>,
    /// Only pods of this workload.
    pub owner: Option<ObjectKey>,
    /// Only events about this object.
    pub about: Option<ObjectKey>,
    /// Only rows of this group.
    pub group: Option<RowKey>,
    /// Only events of type Warning.
    pub warnings: bool,
    /// What the operator typed: text, `!text`, or `-l key=value`.
    pub text: String,
}

impl Filter {
    /// Whether a row belongs to the table.
    pub(super) fn admits(&self, view: &dyn LiveView, world: &ClusterSnapshot, key: &RowKey) -> bool {
        if self
            .namespaces
            .as_ref()
            .is_some_and(|some| view.meta().kind.meta().namespaced && !some.contains(&key.namespace))
        {
            return false;
        }
        if let Some(node) = &self.node
            && world.pods.get(key).is_none_or(|p| p.node != *node)
        {
            return false;
        }
        if let Some(owner) = &self.owner
            && !world.pods.get(key).is_some_and(|pod| LogsOf::new(owner.clone(), false).holds(world, pod))
        {
            return false;
        }
        if let Some(about) = &self.about
            && world.events.get(key).is_none_or(|e| !e.is_about(about))
        {
            return false;
        }
        if self.warnings && world.events.get(key).is_none_or(|e| !e.warning) {
            return false;
        }
        let group = |wanted: &RowKey| view.share(world, key).is_some_and(|s| s.group == *wanted);
        self.group.as_ref().is_none_or(group) && self.text_admits(view, world, key)
    }

    fn text_admits(&self, view: &dyn LiveView, world: &ClusterSnapshot, key: &RowKey) -> bool {
        let text = self.text.trim();
        if text.is_empty() {
            return true;
        }
        if let Some(selector) = text.strip_prefix("-l ") {
            let object = ObjectKey { kind: view.meta().kind, row: key.clone() };
            let Some(meta) = world.meta(&object) else { return false };
            return selector.split(',').all(|part| match part.trim().split_once('=') {
                Some((k, v)) => meta.label(k.trim()) == Some(v.trim_start_matches('=').trim()),
                None => meta.label(part.trim()).is_some(),
            });
        }
        let (wanted, inverse) = text.strip_prefix('!').map_or((text, false), |t| (t, true));
        view.says(world, key, &wanted.to_lowercase()) != inverse
    }

    /// Whether every row that this filter admits is admitted by that one as well: only the text grew, and it is one
    /// that is plainly looked for. (Not `!text`, of which more admits more.)
    pub(super) fn narrows(&self, before: &Filter) -> bool {
        let plain = |text: &str| !text.starts_with('!') && !text.starts_with("-l");
        let (now, then) = (self.text.trim(), before.text.trim());
        let rows = |f: &Filter| {
            (
                f.namespaces.clone(),
                f.node.clone(),
                f.owner.clone(),
                f.about.clone(),
                f.group.clone(),
                f.warnings,
            )
        };
        let same = rows(self) == rows(before);
        same && plain(now) && plain(then) && now.to_lowercase().contains(&then.to_lowercase())
    }
}
