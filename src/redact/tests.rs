//! Properties of the filter: nothing that was planted comes through, and chunks do not matter.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Added, Redactor, Secrets, secrets_of};

fn set(secrets: &[String]) -> Secrets {
    let mut set = Secrets::default();
    for secret in secrets {
        set.add(secret.as_bytes());
    }
    set
}

/// The text through the filter in chunks of these lengths, over and over.
fn streamed(set: &Secrets, text: &[u8], lengths: &[usize]) -> Vec<u8> {
    let mut filter = Redactor::new(Arc::new(set.clone()));
    let (mut out, mut rest) = (Vec::new(), text);
    for length in lengths.iter().cycle().take(10_000) {
        if rest.is_empty() {
            break;
        }
        let (chunk, next) = rest.split_at((*length).min(rest.len()));
        out.extend(filter.push(chunk));
        rest = next;
    }
    out.extend(filter.push(rest));
    out.extend(filter.finish());
    out
}

proptest! {
    #[test]
    fn any_split_gives_what_the_whole_gives(
        secrets in proptest::collection::vec("[ab]{4,7}|[a-c/ ]{4,9}", 1..5),
        pieces in proptest::collection::vec("[a-c]{0,6}", 0..12),
        planted in proptest::collection::vec(0usize..5, 0..12),
        lengths in proptest::collection::vec(1usize..9, 1..6),
    ) {
        let set = set(&secrets);
        let mut text = String::new();
        for (i, piece) in pieces.iter().enumerate() {
            text.push_str(piece);
            if let Some(n) = planted.get(i) {
                text.push_str(&secrets[n % secrets.len()]);
            }
        }
        let whole = set.bytes(text.as_bytes()).into_owned();
        prop_assert_eq!(&streamed(&set, text.as_bytes(), &lengths), &whole);
        let left = String::from_utf8_lossy(&whole);
        for secret in secrets.iter().map(|s| s.trim()).filter(|s| s.len() >= super::LEAST) {
            prop_assert!(!left.contains(secret), "{} is left in {}", secret, left);
        }
    }

    #[test]
    fn no_text_makes_it_panic(secret in any::<Vec<u8>>(), text in any::<Vec<u8>>(), lengths in proptest::collection::vec(1usize..5, 1..4)) {
        let mut set = Secrets::default();
        set.add(&secret);
        prop_assert_eq!(streamed(&set, &text, &lengths), set.bytes(&text).into_owned());
    }
}

#[test]
fn every_form_is_found() {
    let set = set(&["p@ss w/rd+\"1\"".to_owned()]);
    for text in [
        "x p@ss w/rd+\"1\" y",
        "p%40ss%20w%2Frd%2B%221%22",
        "p%40ss%20w%2frd%2b%221%22",
        "p%40ss+w%2Frd%2B%221%22",
        "{\"v\":\"p@ss w/rd+\\\"1\\\"\"}",
    ] {
        assert!(set.text(text).contains("***"), "{text} comes through");
    }
    assert_eq!(set.text("nothing here"), "nothing here");
}

#[test]
fn hexadecimal_digits_and_a_value_over_several_lines_are_found() {
    let set = set(&["hunter2-hunter2".to_owned()]);
    for text in [
        "68756e746572322d68756e74657232",
        "x=68756E746572322D68756E74657232;",
        "68756e746572322d\n68756e74657232",
        "said hunter2-\nhunter2 twice",
        "hunter2-h\r\n    unter2",
        r"hunter2-\nhunter2",
    ] {
        assert!(set.text(text).contains("***"), "{text:?} comes through");
    }
}

/// A tenant writes `value: delete` into a Secret: once it is read, that word would be gone from every report.
#[test]
fn an_ordinary_word_in_a_secret_that_was_read_masks_nothing() {
    let secret = |value: &str| serde_json::json!({"kind": "Secret", "stringData": {"a": value}});
    for word in ["delete", "Evicted", "default", "30000", "10.0.0.1:443", "worker", "true", ""] {
        assert_eq!(secrets_of(&secret(word)), [] as [Vec<u8>; 0], "{word}");
    }
    for password in [
        "hunter2",
        "s3cret",
        "Tr0ub4dor",
        "p@ss",
        "aBcd",
        "correct horse",
        "worker-3",
        "open-sesame",
        "ABCDEF",
        "12-34",
        "postgresqlproductiondatabase",
    ] {
        assert_eq!(secrets_of(&secret(password)), [password.as_bytes().to_vec()], "{password}");
    }
    let token = serde_json::json!({"kind": "TokenRequest", "status": {"token": "delete"}});
    assert_eq!(secrets_of(&token).len(), 1, "what the server made is no tenant's word");
}

#[test]
fn short_values_are_refused_and_said_and_blanks_do_not_count() {
    let mut set = Secrets::default();
    assert_eq!(set.add(b"abc"), Added::TooShort);
    assert_eq!(set.add(b" abc\n"), Added::TooShort);
    assert_eq!(set.add(b"hunter2\n"), Added::Registered);
    assert_eq!(set.add(b"hunter2"), Added::Known);
    assert_eq!(set.add(&vec![b'x'; 20_000]), Added::Beginning);
    assert_eq!(set.text("a hunter2 b"), "a *** b");
}

#[test]
fn a_secret_of_several_lines_is_found_line_by_line_and_as_a_whole() {
    let key = "-----BEGIN X-----\nMIIEowIBAAKCAQEA7\nq83vEjRWeJCrze8SN\n-----END X-----\n";
    let set = set(&[key.to_owned()]);
    assert_eq!(set.text("line q83vEjRWeJCrze8SN"), "line ***");
    assert_eq!(set.text(key.trim()), "***");
    let debug = format!("{key:?}");
    assert!(!set.text(&debug).contains("MIIEowIBAAKCAQEA7"));
}

#[test]
fn values_of_a_secret_and_tokens_are_taken_from_what_the_server_answers() {
    let of = |value: serde_json::Value| secrets_of(&value);
    let secret =
        serde_json::json!({"kind": "Secret", "data": {"p": "aHVudGVyMg=="}, "stringData": {"q": "pl4in"}});
    assert_eq!(of(secret), [b"hunter2".to_vec(), b"pl4in".to_vec()]);
    let list = serde_json::json!({"kind": "SecretList", "items": [{"data": {"p": "aHVudGVyMg=="}}]});
    assert_eq!(of(list), [b"hunter2".to_vec()]);
    let token = serde_json::json!({"kind": "TokenRequest", "status": {"token": "t0k3n"}});
    assert_eq!(of(token), [b"t0k3n".to_vec()]);
    let release =
        serde_json::json!({"kind": "Secret", "type": "helm.sh/release.v1", "data": {"p": "aHVudGVyMg=="}});
    assert!(of(release).is_empty(), "it is packed");
    assert!(of(serde_json::json!({"kind": "ConfigMap", "data": {"p": "x"}})).is_empty());
}

/// Base64 of a text in lines of this many characters, with this between them.
fn wrapped(text: &str, columns: usize, between: &str) -> String {
    use base64::Engine;
    let coded = base64::engine::general_purpose::STANDARD.encode(text);
    let lines: Vec<&str> =
        coded.as_bytes().chunks(columns).map(|c| std::str::from_utf8(c).unwrap()).collect();
    lines.join(between)
}

proptest! {
    /// Nothing of a secret is left in base64 that is broken into lines, wherever the lines end and whatever cuts the stream.
    #[test]
    fn base64_in_lines_is_found(
        secret in "[a-zA-Z0-9!-/]{8,300}", before in "[a-z ]{0,90}", after in "[a-z ]{0,40}",
        columns in proptest::sample::select(vec![64usize, 76]),
        between in proptest::sample::select(vec!["\n", "\r\n", "\n    ", "\\n", "\\r\\n"]),
        lengths in proptest::collection::vec(1usize..70, 1..5),
    ) {
        let set = set(std::slice::from_ref(&secret));
        let text = wrapped(&format!("{before}{secret}{after}"), columns, between);
        let left = set.text(&text).into_owned();
        // What stands between the masks is that of the neighbours: at most four digits of the secret's own on each side.
        let kept = left.replace(between, "").replace("***", "").len();
        let own = (before.len() + after.len()) * 4 / 3 + 12;
        prop_assert!(kept <= own, "{kept} of {own}: {left}");
        prop_assert_eq!(String::from_utf8(streamed(&set, text.as_bytes(), &lengths)).unwrap(), left);
    }
}
