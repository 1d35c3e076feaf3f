//! Kubeconfigs as people have them, each as kubectl reads it or refused in words.

use std::path::PathBuf;

use super::*;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn read(&self, bytes: impl AsRef<[u8]>) -> Result<Resolved, ConnectError> {
        Resolved::read(&Choice { kubeconfig: Some(self.write("config", bytes)), ..Choice::default() })
    }
}

fn refused(read: Result<Resolved, ConnectError>) -> String {
    match read.and_then(|resolved| resolved.config()) {
        Ok(_) => panic!("it was taken"),
        Err(why) => why.to_string(),
    }
}

/// One context `c` of the cluster and user that are given in flow style.
fn one(cluster: &str, user: &str) -> String {
    format!(
        "current-context: c\nclusters:\n- name: k\n  cluster: {cluster}\nusers:\n- name: u\n  user: {user}\n\
         contexts:\n- name: c\n  context: {{cluster: k, user: u}}\n"
    )
}

/// A certificate for tests: nobody has its key.
fn certificate() -> String {
    let key = rcgen::KeyPair::generate().unwrap();
    let params = rcgen::CertificateParams::new(vec!["x".to_owned()]).unwrap();
    let der = STANDARD.encode(params.self_signed(&key).unwrap().der());
    STANDARD.encode(format!("-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n"))
}

#[test]
fn a_kubeconfig_is_read_in_every_form_that_editors_save() {
    let folder = Folder::new();
    let text = one("{server: 'https://[fd00::1]:6443', tls-server-name: api.example}", "{token: t}");
    let wide = |order: fn(u16) -> [u8; 2]| {
        let text: Vec<u16> = format!("\u{feff}{text}").encode_utf16().collect();
        text.into_iter().flat_map(order).collect::<Vec<u8>>()
    };
    let forms = [
        text.clone().into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
    ];
    for form in &forms {
        let resolved = folder.read(form).unwrap();
        assert_eq!((resolved.context.as_str(), resolved.server.as_str()), ("c", "https://[fd00::1]:6443"));
        assert_eq!(resolved.config().unwrap().tls_server_name.as_deref(), Some("api.example"));
    }
    // One byte too few: no pair of bytes, and no break-off.
    assert!(refused(folder.read(&forms[2][..forms[2].len() - 1])).contains("UTF-16"));
    assert!(refused(folder.read([b'a', 0xC3, b'b'])).contains("UTF-8"));
}

#[test]
fn names_of_clouds_and_long_lists_are_found_whole() {
    let folder = Folder::new();
    for name in
        ["arn:aws:eks:eu-west-1:123456789012:cluster/shop", "gke_project_europe-west1-b_shop", "a/b@c:d"]
    {
        let text = format!(
            "current-context: '{name}'\ncontexts:\n- name: '{name}'\n  context: {{cluster: '{name}', user: '{name}', namespace: shop}}\n\
             clusters:\n- name: '{name}'\n  cluster: {{server: https://10.0.0.1}}\nusers:\n- name: '{name}'\n  user: {{token: t}}\n"
        );
        let resolved = folder.read(text).unwrap();
        assert_eq!(resolved.context, name);
        assert_eq!(resolved.config().unwrap().default_namespace, "shop");
    }
    let mut text = "current-context: c1999\ncontexts:\n".to_owned();
    for n in 0..2000 {
        text.push_str(&format!("- name: c{n}\n  context: {{cluster: k{n}}}\n"));
    }
    text.push_str("clusters:\n");
    for n in 0..2000 {
        text.push_str(&format!("- name: k{n}\n  cluster: {{server: 'https://10.0.0.1:{n}'}}\n"));
    }
    assert_eq!(folder.read(text).unwrap().server, "https://10.0.0.1:1999");
}

#[test]
fn files_are_meant_from_the_folder_of_the_kubeconfig() {
    let folder = Folder::new();
    let pem = STANDARD.decode(certificate()).unwrap();
    folder.write("pki/ca.crt", &pem);
    folder.write("pki/token", "t0k3n\n");
    let user = "{tokenFile: pki/token, exec: {apiVersion: client.authentication.k8s.io/v1, command: ./bin/plugin, env: null}}";
    let resolved =
        folder.read(one("{server: https://10.0.0.1, certificate-authority: pki/ca.crt}", user)).unwrap();
    let config = resolved.config().unwrap();
    assert_eq!(config.root_cert.unwrap().len(), 1);
    let at = |name: &str| Some(folder.0.path().join(name).display().to_string());
    assert_eq!(config.auth_info.token_file, at("pki/token"));
    assert_eq!(config.auth_info.exec.unwrap().command, at("./bin/plugin"));
    let plain = folder.read(one("{server: https://10.0.0.1}", "{exec: {command: aws}}")).unwrap();
    assert_eq!(
        plain.config().unwrap().auth_info.exec.unwrap().command.as_deref(),
        Some("aws"),
        "PATH has it"
    );
}

#[test]
fn line_ends_of_blocks_are_no_part_of_certificates_keys_and_tokens() {
    let folder = Folder::new();
    let data = certificate();
    let folded = format!("{}\n      {}", &data[..64], &data[64..]);
    let text = format!(
        "current-context: c\nclusters:\n- name: k\n  cluster:\n    server: https://10.0.0.1\n    certificate-authority-data: |\n      {folded}\n\
         users:\n- name: u\n  user:\n    token: |\n      t0k3n\n    client-certificate-data: |\n      {folded}\n    client-key-data: \"a2V5\\r\\n\"\n\
         contexts:\n- name: c\n  context: {{cluster: k, user: u}}\n"
    );
    let resolved = folder.read(text).unwrap();
    let config = resolved.config().unwrap();
    assert_eq!(config.root_cert.unwrap().len(), 1);
    assert_eq!(config.auth_info.client_certificate_data.as_deref(), Some(data.as_str()));
    // What scripts get is clean as well: kubectl itself refuses such a token.
    let text = resolved.text().unwrap();
    assert!(text.contains(r#""token":"t0k3n""#) && text.contains(r#""client-key-data":"a2V5""#), "{text}");
}

#[test]
fn what_an_empty_field_does_not_say_its_file_says() {
    let folder = Folder::new();
    folder.write("ca.crt", STANDARD.decode(certificate()).unwrap());
    let cluster = "{server: https://10.0.0.1, certificate-authority-data: '', certificate-authority: ca.crt, proxy-url: '', tls-server-name: ''}";
    let config = folder.read(one(cluster, "{token: ''}")).unwrap().config().unwrap();
    assert!(config.root_cert.is_some() && config.proxy_url.is_none() && config.tls_server_name.is_none());
}

#[test]
fn a_server_without_a_scheme_is_shown_and_locked_as_what_it_is() {
    let resolved = Folder::new().read(one("{server: '10.0.0.1:6443'}", "{exec: {command: x}}")).unwrap();
    assert_eq!(resolved.server, "http://10.0.0.1:6443");
    assert!(resolved.notes[0].contains("https://10.0.0.1:6443"), "{:?}", resolved.notes);
    let config = resolved.config().unwrap();
    assert!(config.auth_info.exec.is_none(), "what is not sent is not asked for");
    assert!(!resolved.sends_credentials());
    assert!(resolved.notes[0].contains("over http, without credentials"), "{:?}", resolved.notes);
}

#[test]
fn the_note_on_a_missing_scheme_says_whether_credentials_are_sent() {
    let resolved = Folder::new().read(one("{server: '127.0.0.1:8001'}", "{exec: {command: x}}")).unwrap();
    assert!(resolved.sends_credentials() && resolved.config().unwrap().auth_info.exec.is_some());
    let note = &resolved.notes[0];
    assert!(note.contains("with credentials since it is on this machine"), "{note}");
    assert!(!note.contains("without credentials"), "{note}");
}

#[test]
fn a_proxy_on_the_way_to_this_machine_gets_no_credentials_over_http() {
    for server in ["http://127.0.0.1:8001", "'127.0.0.1:8001'", "http://localhost:8001"] {
        let cluster = format!("{{server: {server}, proxy-url: 'http://10.9.9.9:3128'}}");
        let resolved = Folder::new().read(one(&cluster, "{exec: {command: x}}")).unwrap();
        assert!(!resolved.sends_credentials(), "{server}");
        assert!(resolved.config().unwrap().auth_info.exec.is_none(), "what is not sent is not asked for");
        assert!(!resolved.notes.iter().any(|n| n.contains("with credentials")), "{:?}", resolved.notes);
    }
}

#[test]
fn what_no_cluster_can_be_made_of_is_refused_in_words_that_name_it() {
    let folder = Folder::new();
    let data = certificate();
    let rows = [
        (one("{server: 'ftp://x'}", "{}"), "neither https nor http"),
        (one("{}", "{}"), "server"),
        (
            one("{server: https://10.0.0.1, certificate-authority-data: '***'}", "{}"),
            "certificate-authority-data",
        ),
        (one("{server: https://10.0.0.1, certificate-authority-data: aGVsbG8=}", "{}"), "no certificate"),
        (one("{server: https://10.0.0.1, certificate-authority: /does/not/exist}", "{}"), "/does/not/exist"),
        (one("{server: https://10.0.0.1, proxy-url: 'ftp://x'}", "{}"), "proxy-url"),
        (
            one(
                &format!(
                    "{{server: https://10.0.0.1, insecure-skip-tls-verify: true, certificate-authority-data: {data}}}"
                ),
                "{}",
            ),
            "leave one",
        ),
        ("current-context: c\ncontexts: [{name: c, context: {cluster: gone}}]\n".to_owned(), "\"gone\""),
        ("contexts: [".to_owned(), "config"),
    ];
    for (text, why) in rows {
        let words = refused(folder.read(&text));
        assert!(words.contains(why), "{text}: {words}");
    }
}

#[test]
fn without_a_current_context_all_are_listed_and_none_is_chosen() {
    let folder = Folder::new();
    let rows = "contexts:\n- name: a\n  context: {cluster: k, user: u, namespace: shop}\n- name: b\n  context: {cluster: gone}\nclusters:\n- name: k\n  cluster: {server: 'https://10.0.0.1:6443/'}\n";
    for current in ["", "current-context: ''\n", "current-context: null\n"] {
        let Err(ConnectError::NoContext(none)) = folder.read(format!("{current}{rows}")) else {
            panic!("one was chosen");
        };
        assert_eq!(none.contexts.len(), 2);
        let server = "https://10.0.0.1:6443".to_owned();
        let a = Entry { name: "a".into(), cluster: "k".into(), server, namespace: "shop".into() };
        assert_eq!(none.contexts[0], a);
        let words = none.to_string();
        assert!(words.contains("no current context") && words.contains("--context NAME: a, b"), "{words}");
    }
    // One alone is not chosen either, and one that is gone is said.
    let Err(ConnectError::NoContext(none)) = folder.read(format!("current-context: gone\n{rows}")) else {
        panic!("one was chosen");
    };
    assert!(none.why.contains("\"gone\""), "{}", none.why);
    // With a name it is that one, whatever is current.
    let path = folder.write("config", rows);
    let choice = Choice { kubeconfig: Some(path), context: Some("a".into()), ..Choice::default() };
    assert_eq!(Resolved::read(&choice).unwrap().context, "a");
}

#[test]
fn a_file_that_was_named_and_says_nothing_is_said_to_be_so() {
    let folder = Folder::new();
    let words = refused(folder.read(" \n"));
    assert!(words.contains("config is empty"), "{words}");
    let choice = Choice { kubeconfig: Some("/does/not/exist".into()), ..Choice::default() };
    let words = refused(Resolved::read(&choice));
    assert!(words.contains("/does/not/exist") && words.contains("not there"), "{words}");
}
