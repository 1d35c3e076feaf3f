//! What of an object of the API is secret.

use serde_json::Value;

use super::forms::decode;

/// The secret values of an object or a list as the server gave it: those of a Secret, and a token that was asked for.
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

fn collect(object: &Value, listed: bool, out: &mut Vec<Vec<u8>>) {
    if (listed || object["kind"] == "Secret") && object["type"] != PACKED {
        let texts = |field: &str| object[field].as_object().into_iter().flatten();
        out.extend(texts("data").filter_map(|(_, v)| v.as_str().and_then(decode)));
        out.extend(texts("stringData").filter_map(|(_, v)| v.as_str()).map(|v| v.as_bytes().to_vec()));
    }
    if object["kind"] == "TokenRequest"
        && let Some(token) = object["status"]["token"].as_str()
    {
        out.push(token.as_bytes().to_vec());
    }
}
