//! What of an object of the API is secret.

use serde_json::Value;

use super::forms::decode;

/// The secret values of an object or a list as the server gave it: those of a Secret, and a token that was asked for.
///
/// Whoever may write a Secret chooses its values. One that is an ordinary word would mask that word in every record, so that
/// a tenant could decide what a report does not say: such a value is no secret, and is left out.
pub fn secrets_of(object: &Value) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    for item in object["items"].as_array().into_iter().flatten() {
        let listed = object["kind"] == "SecretList";
        collect(item, listed, &mut out);
    }
    collect(object, false, &mut out);
    out
}

/// Releases of Helm are packed: nothing in them would be found in a text, and they are large.
const PACKED: &str = "helm.sh/release.v1";

/// Ordinary words are shorter; what is longer and guessed is still a secret to somebody.
const LONGEST_WORD: usize = 16;

/// Whether a value is what stands in texts anyway: one word in lower-case letters, also with a capital at its beginning, or
/// a number. Passwords of that form are as weak as the word is common; whatever has another sign in it stays a secret.
fn ordinary(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    let (first, rest) = value.split_at(value.len().min(1));
    let word = first.iter().all(u8::is_ascii_alphabetic) && rest.iter().all(u8::is_ascii_lowercase);
    let number = value.iter().all(|b| b.is_ascii_digit() || b".:".contains(b));
    value.len() < LONGEST_WORD && (word || number)
}

fn collect(object: &Value, listed: bool, out: &mut Vec<Vec<u8>>) {
    if (listed || object["kind"] == "Secret") && object["type"] != PACKED {
        let texts = |field: &str| object[field].as_object().into_iter().flatten();
        let kept = texts("data").filter_map(|(_, v)| v.as_str().and_then(decode));
        let given = texts("stringData").filter_map(|(_, v)| v.as_str()).map(|v| v.as_bytes().to_vec());
        out.extend(kept.chain(given).filter(|value| !ordinary(value)));
    }
    if object["kind"] == "TokenRequest"
        && let Some(token) = object["status"]["token"].as_str()
    {
        out.push(token.as_bytes().to_vec());
    }
}
