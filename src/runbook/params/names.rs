//! Rules for text that comes from outside: no control characters, and Kubernetes' own rules for names.

use crate::domain::Kind;
use crate::lang::t;

/// Kinds without a namespace besides those that the program watches.
const CLUSTER_WIDE: [&str; 17] = [
    "persistentvolume",
    "pv",
    "storageclass",
    "clusterrole",
    "clusterrolebinding",
    "customresourcedefinition",
    "crd",
    "certificatesigningrequest",
    "csr",
    "priorityclass",
    "ingressclass",
    "volumeattachment",
    "csinode",
    "runtimeclass",
    "apiservice",
    "validatingwebhookconfiguration",
    "mutatingwebhookconfiguration",
];

/// Kinds whose names may contain almost anything (`system:node`).
const LOOSE: [&str; 4] = ["role", "clusterrole", "rolebinding", "clusterrolebinding"];

/// Whether objects of this kind live in a namespace; unknown kinds do.
pub fn is_namespaced(kind: &str) -> bool {
    match Kind::parse(kind) {
        Some(kind) => kind.meta().namespaced,
        None => !CLUSTER_WIDE.contains(&kind.to_lowercase().as_str()),
    }
}

/// Refuses newlines and other control characters, the signs that turn the direction of writing, and what is not seen.
pub fn check_plain(text: &str) -> Result<(), String> {
    let bad = |c: &char| c.is_control() || crate::domain::hides(*c);
    match text.chars().find(bad) {
        Some(c) => Err(t!("runbook-params-control", code = format!("{:04X}", c as u32))),
        None => Ok(()),
    }
}

/// Checks a name by the rules of its kind: RFC 1123, a label for namespaces, a path segment for roles.
pub fn check_name(kind: &str, name: &str) -> Result<(), String> {
    let kind = kind.to_lowercase();
    if LOOSE.contains(&kind.as_str()) {
        check_plain(name)?;
        let bad = name.is_empty()
            || name == "."
            || name == ".."
            || name.contains(['/', '%'])
            || name.starts_with('-');
        return if bad { Err(t!("runbook-params-no-name").to_owned()) } else { Ok(()) };
    }
    let longest = if Kind::parse(&kind) == Some(Kind::Namespace) { 63 } else { 253 };
    if name.is_empty() || name.len() > longest {
        return Err(t!("runbook-params-name-length", longest = longest));
    }
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let label = |l: &str| !l.is_empty() && !l.starts_with('-') && !l.ends_with('-') && l.bytes().all(inner);
    let good = if longest == 63 { label(name) } else { name.split('.').all(label) };
    if good { Ok(()) } else { Err(t!("runbook-params-rfc1123").to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_kinds_rules() {
        for (kind, name) in
            [("node", "ip-10-0-0-1.ec2.internal"), ("namespace", "shop"), ("clusterrole", "system:node")]
        {
            assert_eq!(check_name(kind, name), Ok(()), "{name}");
        }
        for (kind, name) in [
            ("node", "-rf"),
            ("node", "a b"),
            ("node", "A"),
            ("node", ""),
            ("node", "a..b"),
            ("pod", "a/b"),
            ("pod", "a\n"),
            ("namespace", "a.b"),
            ("clusterrole", "a/b"),
            ("clusterrole", ".."),
        ] {
            assert!(check_name(kind, name).is_err(), "{name}");
        }
    }

    #[test]
    fn kinds_know_their_scope() {
        assert!(is_namespaced("pod") && is_namespaced("certificate.cert-manager.io"));
        assert!(!is_namespaced("node") && !is_namespaced("PV") && !is_namespaced("ns"));
    }
}
