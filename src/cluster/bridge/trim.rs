//! Credentials as editors, YAML blocks and `base64` leave them: with line ends. kubectl takes those in base64 and at the
//! ends of a token's file; kube-rs takes neither, and breaks off at a token with one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;

use super::Unusable;
use crate::lang::t;

/// What a field of base64 holds. Line ends are no part of it, wherever they stand.
pub(in crate::cluster) fn decoded(field: &'static str, text: &str) -> Result<Vec<u8>, Unusable> {
    let text: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    STANDARD.decode(text).map_err(|e| Unusable::Base64 { field, why: e.to_string() })
}

/// The header of a token. Blanks and line ends around it are no part of it.
pub(super) fn bearer(place: &str, token: &str) -> Result<HeaderValue, Unusable> {
    let token = token.trim();
    if token.is_empty() {
        return Err(Unusable::Token { place: place.to_owned(), why: t!("cluster-bearer-empty") });
    }
    let why = t!("cluster-bearer-characters");
    let mut value = HeaderValue::try_from(format!("Bearer {token}"))
        .map_err(|_| Unusable::Token { place: place.to_owned(), why })?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_with_line_ends_is_read_and_anything_else_is_named() {
        assert_eq!(decoded("client-key-data", "aGVs\nbG8=\r\n").unwrap(), b"hello");
        for wrong in ["aGVs bG8=", "aGVsbG8", "-----BEGIN"] {
            let words = decoded("client-key-data", wrong).unwrap_err().to_string();
            assert!(words.contains("client-key-data") && words.contains("base64"), "{words}");
        }
    }

    #[test]
    fn a_token_may_end_in_line_ends_and_is_refused_in_words_when_it_is_none() {
        assert_eq!(bearer("the token", "t0k3n\r\n\n").unwrap(), "Bearer t0k3n");
        for wrong in ["", " \n", "a\nb", "a\u{0}b"] {
            let words = bearer("/run/token", wrong).unwrap_err().to_string();
            assert!(words.contains("/run/token") && !words.contains("a\nb"), "{words}");
        }
    }
}
