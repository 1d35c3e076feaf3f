//! A served practice cluster has no credentials: only clients of this machine reach it, no page of a browser does, and no
//! request makes it take more than a real server would.

use opsbook::practice::Practice;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::support::{ask, healthy};

const CMS: &str = "/api/v1/namespaces/default/configmaps";

/// What comes back for these bytes.
async fn send(practice: &Practice, head: &str, body: &[u8]) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let talk = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = head.replace("ADDRESS", &address.to_string());
        let head = format!("{head}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).await.unwrap();
        // The server may answer before it has read everything.
        let _ = stream.write_all(body).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    };
    tokio::select! {
        ended = practice.serve(listener) => panic!("{ended:?}"),
        answer = talk => answer,
    }
}

fn code(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or(answer)
}

#[tokio::test]
async fn a_web_page_reaches_nothing_under_any_name() {
    let practice = healthy();
    let map = br#"{"metadata": {"name": "planted"}}"#;
    for (head, wanted) in [
        ("GET /api/v1/nodes HTTP/1.1\r\nHost: ADDRESS\r\n", "200"),
        ("GET /api/v1/nodes HTTP/1.1\r\nHost: localhost:1\r\n", "200"),
        ("GET /api/v1/nodes HTTP/1.1\r\nHost: evil.example\r\n", "403"),
        ("GET /version HTTP/1.1\r\nHost: evil.example\r\n", "403"),
        ("GET /nowhere HTTP/1.1\r\nHost: evil.example\r\n", "403"),
        ("GET /api/v1/nodes HTTP/1.1\r\nHost: ADDRESS\r\nOrigin: https://evil.example\r\n", "403"),
        ("GET /api/v1/nodes HTTP/1.1\r\nHost: ADDRESS\r\nOrigin: null\r\n", "403"),
    ] {
        let answer = send(&practice, head, b"").await;
        assert_eq!(code(&answer), wanted, "{head}\n{answer}");
    }
    let post = |more: &str| format!("POST {CMS} HTTP/1.1\r\nHost: ADDRESS\r\n{more}");
    let form = post("Content-Type: text/plain\r\nOrigin: https://evil.example\r\n");
    assert_eq!(code(&send(&practice, &form, map).await), "403");
    // A form sends one of three types, and the server takes none of them.
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let answer = send(&practice, &post(&format!("Content-Type: {kind}\r\n")), map).await;
        assert_eq!(code(&answer), "415", "{answer}");
    }
    assert_eq!(ask(&practice, "GET", &format!("{CMS}/planted"), "", "").await.0, 404);
    assert_eq!(code(&send(&practice, &post("Content-Type: application/json\r\n"), map).await), "201");
}

#[tokio::test]
async fn a_request_is_as_large_as_a_real_server_takes_and_an_object_as_large_as_etcd_does() {
    let practice = healthy();
    let head = format!("POST {CMS} HTTP/1.1\r\nHost: ADDRESS\r\nContent-Type: application/json\r\n");
    let map =
        |n: usize| format!(r#"{{"metadata": {{"name": "big"}}, "data": {{"a": "{}"}}}}"#, "x".repeat(n));
    let answer = send(&practice, &head, map(4 << 20).as_bytes()).await;
    assert_eq!(code(&answer), "413", "{answer}");
    assert!(answer.contains("limit is 3145728"), "{answer}");
    let answer = send(&practice, &head, map(5 << 19).as_bytes()).await;
    assert_eq!(code(&answer), "500", "{answer}");
    assert!(answer.contains("etcdserver: request is too large"), "{answer}");
    assert_eq!(code(&send(&practice, &head, map(1 << 20).as_bytes()).await), "201");
}

#[tokio::test]
async fn a_patch_of_two_kilobytes_does_not_take_the_memory() {
    let practice = healthy();
    let body = r#"{"metadata": {"name": "x", "annotations": {"a": "b"}}}"#;
    assert_eq!(ask(&practice, "POST", CMS, "application/json", body).await.0, 201);
    let copies: Vec<String> = (0..40)
        .map(|i| format!(r#"{{"op": "copy", "from": "/metadata", "path": "/metadata/annotations/c{i}"}}"#))
        .collect();
    let patch = format!("[{}]", copies.join(","));
    let (code, why) =
        ask(&practice, "PATCH", &format!("{CMS}/x"), "application/json-patch+json", &patch).await;
    assert_eq!(code, 422, "{why}");
}
