//! Taints, tolerations and node selectors: which pods may be on which nodes.

use serde_json::Value;

use crate::practice::obj::{label, list, name, text};
use crate::practice::selector::expression_matches;

/// Whether one toleration covers a taint.
pub fn tolerates(toleration: &Value, taint: &Value) -> bool {
    let (key, effect) = (text(toleration, "/key"), text(toleration, "/effect"));
    if !effect.is_empty() && effect != text(taint, "/effect") {
        return false;
    }
    if key.is_empty() {
        return text(toleration, "/operator") == "Exists";
    }
    key == text(taint, "/key")
        && (text(toleration, "/operator") == "Exists" || text(toleration, "/value") == text(taint, "/value"))
}

/// The first taint with one of the effects that no toleration covers.
pub fn untolerated<'a>(node: &'a Value, tolerations: &[Value], effects: &[&str]) -> Option<&'a Value> {
    list(node, "/spec/taints")
        .iter()
        .filter(|t| effects.contains(&text(t, "/effect")))
        .find(|taint| !tolerations.iter().any(|t| tolerates(t, taint)))
}

/// Whether nodeSelector and required node affinity let a pod onto a node.
pub fn selects(spec: &Value, node: &Value) -> bool {
    let simple = spec["nodeSelector"].as_object().into_iter().flatten();
    if !simple.into_iter().all(|(k, v)| label(node, k) == v.as_str()) {
        return false;
    }
    let required = "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";
    let terms = list(spec, required);
    terms.is_empty()
        || terms.iter().any(|term| {
            let labels = list(term, "/matchExpressions")
                .iter()
                .all(|e| expression_matches(e, label(node, text(e, "/key"))));
            let fields = list(term, "/matchFields").iter().all(|e| expression_matches(e, Some(name(node))));
            labels && fields
        })
}
