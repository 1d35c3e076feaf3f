//! Programs whose version opsbook can read, and the one fixed command by which each says it. Pure: `shell` runs it.
//!
//! Must not take anything of a command from a runbook: a file names a tool of this table, and no more. A command here
//! prints the version of the program itself, changes nothing and asks no server. To add one, add its line.

use std::sync::LazyLock;

use regex::Regex;

use crate::lang::t;

const COMMANDS: [(&str, &[&str]); 15] = [
    ("calicoctl", &["version", "--client"]),
    ("cilium", &["version", "--client"]),
    ("crictl", &["--version"]),
    ("curl", &["--version"]),
    ("etcdctl", &["version"]),
    ("etcdutl", &["version"]),
    ("git", &["--version"]),
    ("helm", &["version", "--short"]),
    ("jq", &["--version"]),
    ("kubeadm", &["version", "-o", "short"]),
    ("kubectl", &["version", "--client", "-o", "json"]),
    ("kubelet", &["--version"]),
    ("kustomize", &["version"]),
    ("openssl", &["version"]),
    ("yq", &["--version"]),
];

/// The arguments with which a tool says its version; none for a tool that is not known.
pub fn version_arguments(tool: &str) -> Option<&'static [&'static str]> {
    COMMANDS.iter().find(|(name, _)| *name == tool).map(|(_, arguments)| *arguments)
}

/// The tools whose version can be read.
pub fn with_version() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|(name, _)| *name)
}

/// The first version in what a tool wrote.
pub fn version_in(output: &str) -> Option<&str> {
    static VERSION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[^A-Za-z0-9.])v?([0-9]+\.[0-9]+(?:\.[0-9]+)*)")
            .expect("the expression is fixed, and a test reads versions with it")
    });
    VERSION.captures(output)?.get(1).map(|found| found.as_str())
}

/// What a version is, other than a comparison wants it, in words.
pub fn unmet(comparison: &str, version: &str) -> String {
    let wanted = comparison.trim_start_matches(['>', '<', '=']);
    match &comparison[..comparison.len() - wanted.len()] {
        ">=" => t!("runbook-tools-is-older-than", version = version, wanted = wanted),
        ">" => t!("runbook-tools-is-not-newer-than", version = version, wanted = wanted),
        "<" => t!("runbook-tools-is-not-older-than", version = version, wanted = wanted),
        "<=" => t!("runbook-tools-is-newer-than", version = version, wanted = wanted),
        _ => t!("runbook-tools-is-not", version = version, wanted = wanted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_the_tools_write() {
        let kubectl = r#"{ "clientVersion": { "major": "1", "minor": "27", "gitVersion": "v1.27.3", "goVersion": "go1.20.4" } }"#;
        for (output, version) in [
            (kubectl, Some("1.27.3")),
            ("etcdctl version: 3.5.9\nAPI version: 3.5\n", Some("3.5.9")),
            ("v3.12.3+g3a31588", Some("3.12.3")),
            ("crictl version v1.28.0", Some("1.28.0")),
            ("jq-1.6", Some("1.6")),
            ("OpenSSL 3.0.2 15 Mar 2022 (Library: OpenSSL 3.0.2 15 Mar 2022)", Some("3.0.2")),
            ("yq (https://github.com/mikefarah/yq/) version v4.35.1", Some("4.35.1")),
            ("command not found", None),
        ] {
            assert_eq!(version_in(output), version, "{output}");
        }
    }

    #[test]
    fn the_table_is_in_order_and_says_what_is_unmet() {
        assert!(COMMANDS.is_sorted());
        assert!(version_arguments("kubectl").is_some() && version_arguments("rm").is_none());
        assert_eq!(unmet(">=1.28", "1.27.3"), "1.27.3 is older than 1.28");
    }
}
