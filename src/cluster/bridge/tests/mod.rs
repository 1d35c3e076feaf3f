//! The bridges against servers and proxies on loopback. What kubectl does with the same was tried with kubectl 1.34.

pub mod made;
pub mod serve;

use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Request;
use kube::config::{AuthInfo, Config};
use rcgen::ExtendedKeyUsagePurpose;

use super::client;
use crate::cluster::explain;
use crate::vault::Vault;
use made::{Made, Wanted, first_version, p521};
use serve::{Heard, http_proxy, server, socks_proxy, tls};

fn at(address: SocketAddr, scheme: &str) -> Config {
    Config::new(format!("{scheme}://{address}").parse().unwrap())
}

/// What the server answers, or why it does not.
async fn asked(config: &Config) -> Result<String, String> {
    let client = client(config, &Vault::default()).map_err(|e| e.to_string())?;
    let request = Request::get("/version").body(Vec::new()).unwrap();
    client.request_text(request).await.map_err(|e| explain(&e))
}

/// The answer to a client that lists these certificates, of a server that shows this chain and has this key.
async fn believed(listed: &[&Made], shown: &[&Made], key: &Made) -> Result<String, String> {
    let mut config = at(server(Some(tls(shown, key, None))).await, "https");
    config.root_cert = Some(listed.iter().map(|made| made.der.clone()).collect());
    asked(&config).await
}

fn with_certificate(config: &mut Config, certificate: &str, key: &str) {
    config.auth_info = AuthInfo {
        client_certificate_data: Some(STANDARD.encode(certificate)),
        client_key_data: Some(STANDARD.encode(key).into()),
        ..AuthInfo::default()
    };
}

#[tokio::test]
async fn a_server_that_shows_a_listed_certificate_is_taken() {
    let unknown = Wanted { name: "an authority", authority: true, ..Wanted::default() };
    let leaf = Wanted::default().by(&unknown.alone(), &unknown);
    let plain = Wanted::default().alone();
    let openssl = Wanted { authority: true, ..Wanted::default() }.alone();
    let purpose = Some(ExtendedKeyUsagePurpose::ServerAuth);
    let serves = Wanted { purpose, ..Wanted::default() }.alone();
    for listed in [&leaf, &plain, &openssl, &serves] {
        believed(&[listed], &[listed], listed).await.unwrap();
        believed(&[&Wanted::default().alone(), listed], &[listed], listed).await.unwrap();
    }
}

#[tokio::test]
async fn an_authority_that_is_listed_vouches_for_its_servers() {
    let of = Wanted { name: "an authority", authority: true, ..Wanted::default() };
    let authority = of.alone();
    let leaf = Wanted::default().by(&authority, &of);
    believed(&[&authority], &[&leaf], &leaf).await.unwrap();
    // What cannot be read takes nothing away from the others.
    let broken = Made { der: vec![0x30, 1, 0], key: Vec::new() };
    believed(&[&broken, &authority], &[&leaf], &leaf).await.unwrap();
    let old = first_version(&authority);
    believed(&[&old], &[&leaf], &leaf).await.unwrap();
    // One that may vouch itself is no server of it.
    let below = Wanted { authority: true, ..Wanted::default() }.by(&authority, &of);
    let words = believed(&[&authority], &[&below], &below).await.unwrap_err();
    assert!(words.contains("certificate-authority lists that very one"), "{words}");
    believed(&[&authority, &below], &[&below], &below).await.unwrap();
}

#[tokio::test]
async fn a_listed_certificate_helps_nobody_else() {
    let listed = Wanted::default().alone();
    let openssl = Wanted { authority: true, ..Wanted::default() }.alone();
    for listed in [&listed, &openssl] {
        // Another one of the same name, and one of the same name that shows the listed one behind it.
        let other = Wanted::default().alone();
        assert!(believed(&[listed], &[&other], &other).await.is_err());
        assert!(believed(&[listed], &[&other, listed], &other).await.is_err());
        // The listed one itself, by somebody who has not its key.
        assert!(believed(&[listed], &[listed], &other).await.is_err());
    }
    let elsewhere = Wanted { name: "other.example", ..Wanted::default() }.alone();
    let words = believed(&[&elsewhere], &[&elsewhere], &elsewhere).await.unwrap_err();
    assert!(words.contains("not valid for name"), "{words}");
    for authority in [false, true] {
        let over = Wanted { expired: true, authority, ..Wanted::default() }.alone();
        let words = believed(&[&over], &[&over], &over).await.unwrap_err();
        assert!(words.contains("xpired"), "{words}");
    }
    let purpose = Some(ExtendedKeyUsagePurpose::ClientAuth);
    let client = Wanted { purpose, ..Wanted::default() }.alone();
    assert!(believed(&[&client], &[&client], &client).await.is_err());
}

#[tokio::test]
async fn a_listed_certificate_that_is_no_authority_vouches_for_no_other() {
    let of = Wanted::default();
    let listed = of.alone();
    let signed = Wanted::default().by(&listed, &of);
    let words = believed(&[&listed], &[&signed], &signed).await.unwrap_err();
    assert!(words.contains("UnknownIssuer") && words.contains("certificate-authority"), "{words}");
    assert!(believed(&[&listed], &[&signed, &listed], &signed).await.is_err());
    // Nor beside one that is.
    let authority = Wanted { name: "an authority", authority: true, ..Wanted::default() }.alone();
    assert!(believed(&[&authority, &listed], &[&signed, &listed], &signed).await.is_err());
}

#[tokio::test]
async fn insecure_takes_every_server_and_nothing_else_does() {
    let nobody = Wanted { name: "other.example", expired: true, ..Wanted::default() }.alone();
    let mut config = at(server(Some(tls(&[&nobody], &nobody, None))).await, "https");
    config.root_cert = Some(vec![Wanted::default().alone().der]);
    assert!(asked(&config).await.is_err());
    config.root_cert = None;
    config.accept_invalid_certs = true;
    asked(&config).await.unwrap();
}

#[tokio::test]
async fn a_client_certificate_of_the_first_version_is_sent() {
    let heard = Heard::default();
    let own = Wanted::default().alone();
    let address = server(Some(tls(&[&own], &own, Some(&heard)))).await;
    let mut config = at(address, "https");
    config.root_cert = Some(vec![own.der.clone()]);
    let client = Wanted { name: "me", ..Wanted::default() }.alone();
    for shown in [&client, &first_version(&client)] {
        with_certificate(&mut config, &shown.pem(), &shown.key_pem());
        asked(&config).await.unwrap();
    }
    assert_eq!(*heard.lock().unwrap(), ["V3", "V1"]);
}

#[tokio::test]
async fn keys_with_the_curve_p521_sign_and_are_checked() {
    let heard = Heard::default();
    let authority = p521(&Wanted { authority: true, ..Wanted::default() }.alone(), 3);
    let mut config = at(server(Some(tls(&[&authority], &authority, Some(&heard)))).await, "https");
    config.root_cert = Some(vec![authority.der.clone()]);
    let client = p521(&Wanted { name: "me", ..Wanted::default() }.alone(), 7);
    with_certificate(&mut config, &client.pem(), &client.key_pem());
    asked(&config).await.unwrap();
    assert_eq!(heard.lock().unwrap().len(), 1);
    // The same certificate by somebody who has another key of the curve.
    let other = p521(&Wanted::default().alone(), 9);
    assert!(believed(&[&authority], &[&authority], &other).await.is_err());
    // A signature of the curve in a chain, which webpki checks.
    let wrong = p521(&Wanted { authority: true, name: "x", ..Wanted::default() }.alone(), 3);
    assert!(believed(&[&wrong], &[&authority], &authority).await.is_err());
}

#[tokio::test]
async fn a_client_certificate_that_cannot_be_used_is_named_with_what_to_do() {
    let made = Wanted::default().alone();
    let words = async |certificate: &str, key: &str| {
        let mut config = at(([127, 0, 0, 1], 1).into(), "https");
        config.root_cert = Some(vec![made.der.clone()]);
        with_certificate(&mut config, certificate, key);
        asked(&config).await.unwrap_err()
    };
    let other = Wanted::default().alone();
    let said = words(&made.pem(), &other.key_pem()).await;
    assert!(said.contains("not the key of client-certificate"), "{said}");
    let said = words("no certificate", &made.key_pem()).await;
    assert!(said.contains("holds no certificate"), "{said}");
    let said = words(
        &made.pem(),
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
    )
    .await;
    assert!(said.contains("password"), "{said}");
    let said = words(&made.pem(), "").await;
    assert!(said.contains("without client-key"), "{said}");
    let said = words(RSA_1024, RSA_1024_KEY).await;
    assert!(said.contains("RSA of about 1024 bits") && said.contains("another certificate"), "{said}");
    // Parameters before a key, as `openssl ecparam -genkey` writes them, are no key and no harm.
    let parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    let said = words(&made.pem(), &format!("{parameters}{}", made.key_pem())).await;
    assert!(said.contains("refused"), "the server, which is not there: {said}");
}

#[tokio::test]
async fn credentials_are_not_sent_over_http_to_another_machine() {
    let there = server(None).await;
    let mut config = at(there, "http");
    config.auth_info.token = Some("t0k3n".to_owned().into());
    assert_eq!(asked(&config).await.unwrap(), "Bearer t0k3n", "on this machine nobody hears it");
    let (socks, _) = socks_proxy(there).await;
    config.cluster_url = "http://far.example:8080".parse().unwrap();
    config.proxy_url = Some(format!("socks5://u:p@{socks}").parse().unwrap());
    assert_eq!(asked(&config).await.unwrap(), "nobody");
}

#[tokio::test]
async fn a_proxy_before_a_server_on_this_machine_hears_no_credentials_over_http() {
    let there = server(None).await;
    let mut config = at(there, "http");
    config.auth_info.token = Some("t0k3n".to_owned().into());
    let (proxy, heard) = http_proxy(None).await;
    config.proxy_url = Some(format!("http://{proxy}").parse().unwrap());
    assert_eq!(asked(&config).await.unwrap(), "nobody");
    assert_eq!(heard.lock().unwrap().len(), 1, "the proxy was asked");
}

#[tokio::test]
async fn every_kind_of_proxy_is_spoken_to_and_knows_its_user() {
    let own = Wanted::default().alone();
    let there = server(Some(tls(&[&own], &own, None))).await;
    let mut config = at(there, "https");
    config.root_cert = Some(vec![own.der.clone()]);
    config.auth_info.token = Some("t0k3n".to_owned().into());
    let basic = format!("Basic {}", STANDARD.encode("u@x:p:w"));
    for (scheme, acceptor) in [("http", None), ("https", Some(tls(&[&own], &own, None)))] {
        let (proxy, heard) = http_proxy(acceptor).await;
        config.proxy_url = Some(format!("{scheme}://u%40x:p%3Aw@{proxy}").parse().unwrap());
        assert_eq!(asked(&config).await.unwrap(), "Bearer t0k3n", "{scheme}");
        assert_eq!(*heard.lock().unwrap(), [format!("CONNECT {there} HTTP/1.1 by {basic}")]);
        config.proxy_url = Some(format!("{scheme}://{proxy}").parse().unwrap());
        asked(&config).await.unwrap();
        assert!(heard.lock().unwrap()[1].ends_with("by nobody"));
    }
    // The proxy looks the name up, and the certificate is judged by `tls-server-name`.
    let (proxy, heard) = socks_proxy(there).await;
    config.cluster_url = "https://cluster.internal:6443".parse().unwrap();
    config.tls_server_name = Some("127.0.0.1".to_owned());
    config.proxy_url = Some(format!("socks5://u%40x:p%3Aw@{proxy}").parse().unwrap());
    assert_eq!(asked(&config).await.unwrap(), "Bearer t0k3n");
    assert_eq!(*heard.lock().unwrap(), ["cluster.internal:6443 by u@x:p:w"]);
}

/// Made for this test: `openssl req -x509 -newkey rsa:1024`.
const RSA_1024: &str = "-----BEGIN CERTIFICATE-----
MIIB+jCCAWOgAwIBAgIUeGphutegVzqqmKiz8GETXQU1ZRkwDQYJKoZIhvcNAQEL
BQAwDjEMMAoGA1UEAwwDb2xkMCAXDTI2MTEzMDE1NDcwNloYDzIxMDkwMTE5MTU0
NzA2WjAOMQwwCgYDVQQDDANvbGQwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGB
AMZ+V7/LIYjPOoG3/B6dDvXJaukM+BNdO+oIUuBLQug2jgtzLBdohpxoiwz2inds
IRb1vNPPxGerCz5PNu7wCrFxrLAvHlMyp6meCNEVoU0F8c1LJ+Q5VVuYk4NTPF3v
8gwDqkRQe6T4W/bJjRCcObgYTDu1eKQiWF2k0bdxqRfrAgMBAAGjUzBRMB0GA1Ud
DgQWBBT/mF6iLIr2mI+xuruZeIZL9V1yDzAfBgNVHSMEGDAWgBT/mF6iLIr2mI+x
uruZeIZL9V1yDzAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4GBAANC
+s0UCHYi57xKEaEF0qe2sxEaHIzKz7MVYLmLEznodSvSkku4M34y9Ms2v0dQXbGI
NEmNwTT+QtUP1XxNMv9hDozGrCI3pzzXZHw2p5PWL7A64BOs2z8WVrvIIom4MygV
r2WJSsN+QXvExxz+Hrqcd/lgMr0netz/02JlLtTQ
-----END CERTIFICATE-----
";
const RSA_1024_KEY: &str = "-----BEGIN PRIVATE KEY-----
MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBAMZ+V7/LIYjPOoG3
/B6dDvXJaukM+BNdO+oIUuBLQug2jgtzLBdohpxoiwz2indsIRb1vNPPxGerCz5P
Nu7wCrFxrLAvHlMyp6meCNEVoU0F8c1LJ+Q5VVuYk4NTPF3v8gwDqkRQe6T4W/bJ
jRCcObgYTDu1eKQiWF2k0bdxqRfrAgMBAAECgYBX750cYPeITpZS5ZmSTm5UQVlV
yeMVYRasBegBahZIHfMr62g7LpmELWR857RMV+EI9PEkvUT70HD4t8tUa4+waIV9
/+/XtCg/uCt/xJPkahp8uOwrovps7vl8yn4tp9vq0YB6fIPqQXVbVbnB1+Pei0qI
VxwKLnPvXGeNIZTksQJBAPUvnCK+NtMg452DzEuhcGkJLzyLWw8h54c+5/A18cP3
SzCtcJp3aFcgUpT6ALJIGoqFhYb9gSq0hmleCHYmLk8CQQDPP4eBpW9p+/AplGD/
yaUC6pFLftodXM6bxnUVuXtfVb3CyabbkxHIlDZnSBoKBgPFUL13v720qcSAXAWp
5hGlAkEAhr0eMZ2UZVvqmdIm/9z8+Eva0IvIg71fDdzM+x25+bY5dMurWMeL6G1T
1Ji6rz6ej0cnBPLk+8HvJ5JMVhlPUwJAYUKLMUiWNMLLPngn3WKgUfILJcbuTYFU
ZL6KDBvzzhXK7DL+X2VxnxQPRAEOV03jTyJJCH2vZa2WTjbhYY5bEQJBAM0JGc9t
BTv/s065586OKo7mVD8M0d6snz8KTLBK5E9vtJ+ZsME07NgVnDXweZh0YVg4ra3E
mRwAFgFj1i1EtCg=
-----END PRIVATE KEY-----
";
