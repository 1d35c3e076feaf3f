//! Comparisons of versions, as `applies` and `requires.app` have them. Pure.
//!
//! Must not guess: a version that cannot be read is not known, which is neither true nor false.

use std::cmp::Ordering;

/// Whether a version is as a comparison such as `>=1.28` says; none where the version is not known. Only as many parts are
/// compared as the comparison has: `v1.30.4` is `=1.30`, and not `<1.30`.
pub fn holds(comparison: &str, version: &str) -> Option<bool> {
    let wanted = comparison.trim_start_matches(['>', '<', '=']);
    let operator = &comparison[..comparison.len() - wanted.len()];
    let (wanted, found) = (numbers(wanted)?, numbers(version)?);
    if found.len() < wanted.len() {
        return None;
    }
    let order = found[..wanted.len()].cmp(&wanted);
    Some(match operator {
        ">" => order == Ordering::Greater,
        ">=" => order != Ordering::Less,
        "<" => order == Ordering::Less,
        "<=" => order != Ordering::Greater,
        _ => order == Ordering::Equal,
    })
}

/// The numbers that a version begins with: `v1.34.1-gke.5` is 1, 34, 1.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let text = version.trim().trim_start_matches('v');
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let parts = text[..end].trim_end_matches('.').split('.').map(|p| p.parse().ok());
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_far_as_the_comparison_goes() {
        for (comparison, version, said) in [
            (">=1.28", "v1.28.0", Some(true)),
            (">=1.28", "v1.27.16", Some(false)),
            ("<1.36", "v1.36.0", Some(false)),
            ("<1.36", "v1.35.9-gke.1", Some(true)),
            (">1.30", "v1.30.4", Some(false)),
            ("<=1.30", "v1.30.4", Some(true)),
            ("=1.30", "1.30.4+k3s1", Some(true)),
            ("1.30.2", "1.30", None),
            (">=1.28", "", None),
            (">=1.28", "latest", None),
            (">=0.4", "0.10.0", Some(true)),
        ] {
            assert_eq!(holds(comparison, version), said, "{version} {comparison}");
        }
    }
}
