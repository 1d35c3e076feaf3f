//! Names as parts of a request's path and query. A name can come from a runbook's parameter: whatever it holds, the request
//! stays with the object that it names.
//!
//! Must not let a name end its part: `/`, `..`, `?` and `#` in it lead nowhere else.

/// Stands for what no object can be called, so that the server answers that there is none: names do not begin with a dash.
const NOBODY: &str = "-no-such-name";

/// Whether something can be called so at all, as the API server judges: one part of a path, and nothing else.
pub fn is_segment(name: &str) -> bool {
    let plain = |c: char| !c.is_control() && !super::hides(c) && !c.is_whitespace() && !"/%?#\\".contains(c);
    !name.is_empty() && name != "." && name != ".." && name.chars().all(plain)
}

/// A name as one part of a path.
pub fn segment(name: &str) -> String {
    if is_segment(name) { encoded(name) } else { NOBODY.to_owned() }
}

/// A name in a field selector, where commas and equal signs would select something else.
pub fn selector(name: &str) -> String {
    if name.contains([',', '=', '!']) { NOBODY.to_owned() } else { segment(name) }
}

/// A text as a value in a query, or as one part of a path.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~:".contains(&b) {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_one_part() {
        for name in ["web-0", "system:node:a", "kube-root-ca.crt", "10.0.0.1"] {
            assert_eq!(segment(name), name);
        }
        for name in ["..", ".", "", "a/b", "a?x=1", "a#b", "a%2fb", "a b", "a\nb", "\\a"] {
            assert_eq!(segment(name), NOBODY, "{name:?}");
        }
        assert_eq!(
            (selector("a,metadata.namespace=b").as_str(), selector("a&b").as_str()),
            (NOBODY, "a%26b")
        );
        assert_eq!(segment("a&b"), "a%26b");
        assert_eq!(encoded("a b/ü"), "a%20b%2F%C3%BC");
    }
}
