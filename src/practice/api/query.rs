//! The query string of a request.

use std::collections::BTreeMap;

/// Query parameters; of one that is given twice the last counts.
#[derive(Debug, Clone, Default)]
pub struct Query(BTreeMap<String, String>);

impl Query {
    /// Reads `a=b&c=d`, with percent and plus escapes.
    pub fn parse(text: &str) -> Self {
        let pairs = text.split('&').filter(|p| !p.is_empty());
        Self(
            pairs
                .map(|pair| {
                    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (unescape(key), unescape(value))
                })
                .collect(),
        )
    }

    /// A parameter, empty when absent.
    pub fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// Whether a parameter is given and says yes.
    pub fn yes(&self, key: &str) -> bool {
        self.0.get(key).is_some_and(|v| matches!(v.as_str(), "true" | "1" | ""))
    }

    /// Whether a parameter is given at all.
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// A parameter as a number.
    pub fn number(&self, key: &str) -> Option<u64> {
        self.get(key).parse().ok()
    }
}

fn unescape(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(b) = bytes.next() {
        match b {
            b'+' => out.push(b' '),
            b'%' => {
                let code =
                    [bytes.next(), bytes.next()].map(|c| char::from(c.unwrap_or_default()).to_digit(16));
                if let [Some(high), Some(low)] = code {
                    out.push(u8::try_from(high * 16 + low).expect("two hexadecimal digits"));
                }
            }
            b => out.push(b),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone() {
        let query = Query::parse("labelSelector=app%3Dapi%2Ctier+in+%28a%29&watch=true&x");
        assert_eq!(query.get("labelSelector"), "app=api,tier in (a)");
        assert!(query.yes("watch") && query.has("x") && !query.has("y"));
    }
}
