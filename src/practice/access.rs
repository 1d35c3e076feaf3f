//! Who may do what: everything, but for what the scenario denies.

use super::scenario::Denial;

/// The one user of the practice cluster.
pub const USER: &str = "practice-operator";

/// Whether a verb on a resource is allowed. `namespace` is empty for all namespaces and cluster-wide resources.
pub fn allowed(denials: &[Denial], verb: &str, plural: &str, sub: &str, namespace: &str) -> bool {
    let resource = if sub.is_empty() { plural.to_owned() } else { format!("{plural}/{sub}") };
    !denials.iter().any(|d| {
        let has = |list: &[String], wanted: &str| list.iter().any(|x| x == "*" || x == wanted);
        has(&d.verbs, verb)
            && has(&d.resources, &resource)
            && (d.namespaces.is_empty() || has(&d.namespaces, namespace))
    })
}
