//! How the program finds its cluster: lists of kubeconfig files, and proxies.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;

use super::home::Home;

/// A listener that tells the first line of each request that reaches it, and answers nothing of use.
fn ear() -> (u16, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (told, heard) = mpsc::sync_channel(64);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream: TcpStream = stream.unwrap();
            let mut buffer = [0; 2048];
            let read = stream.read(&mut buffer).unwrap_or(0);
            let line = String::from_utf8_lossy(&buffer[..read]).lines().next().unwrap_or_default().to_owned();
            // Who listens may have heard enough.
            if told.send(line).is_err() {
                return;
            }
            let _ = stream
                .write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    });
    (port, heard)
}

fn config(name: &str, current: &str, cluster: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: '{current}'\nclusters:\n- name: {name}\n  cluster: {cluster}\n\
         users:\n- name: {name}\n  user: {{}}\ncontexts:\n- name: {name}\n  context: {{ cluster: {name}, user: {name} }}\n"
    )
}

#[test]
fn a_list_of_kubeconfigs_is_one_and_the_first_says_which_context() {
    let home = Home::new();
    let ((first, heard_first), (second, heard_second)) = (ear(), ear());
    let a = home.write("a", &config("a", "b", &format!("{{ server: 'http://127.0.0.1:{first}' }}")));
    let b = home.write("b", &config("b", "a", &format!("{{ server: 'http://127.0.0.1:{second}' }}")));
    let list = std::env::join_paths([&a, &b]).unwrap();
    let run = |args: &[&str]| {
        let mut all = vec!["triage", "--timeout", "2"];
        all.extend(args);
        home.run_with(&all, &[("KUBECONFIG", list.to_str().unwrap())]).expect(3)
    };
    run(&[]);
    assert!(
        heard_second.try_recv().unwrap().starts_with("GET /"),
        "the first file names a context of the second"
    );
    assert!(heard_first.try_recv().is_err());
    run(&["--context", "a"]);
    assert!(heard_first.try_recv().unwrap().starts_with("GET /"));
}

#[test]
fn the_proxy_of_a_cluster_is_asked_for_it() {
    let home = Home::new();
    let (proxy, heard) = ear();
    let cluster = format!("{{ server: 'http://10.255.255.1:6443', proxy-url: 'http://127.0.0.1:{proxy}' }}");
    let file = home.write("kubeconfig", &config("far", "far", &cluster));
    home.run(&["triage", "--timeout", "2", "--kubeconfig", file.to_str().unwrap()]).expect(3);
    let line = heard.try_recv().unwrap();
    assert!(line.contains("10.255.255.1:6443"), "the proxy hears where to: {line}");
}

/// What `triage` says, in one text.
fn looked(home: &Home, args: &[&str], env: &[(&str, &str)]) -> String {
    let mut all = vec!["triage", "--timeout", "2"];
    all.extend(args);
    let ran = home.run_with(&all, env).expect(3);
    ran.out + &ran.err
}

#[test]
fn a_kubeconfig_of_a_list_that_is_not_there_or_empty_is_passed_over_and_named() {
    let home = Home::new();
    let (port, heard) = ear();
    let good = home.write("good", &config("a", "a", &format!("{{ server: 'http://127.0.0.1:{port}' }}")));
    let empty = home.write("empty", "\n");
    let (good, empty) = (good.to_str().unwrap(), empty.to_str().unwrap());
    for list in [[good, "/no/such/file", empty], ["/no/such/file", empty, good]] {
        let said = looked(&home, &[], &[("KUBECONFIG", &list.join(":"))]);
        assert!(heard.try_iter().any(|line| line.starts_with("GET /")), "{said}");
        assert!(said.contains("/no/such/file is not there") && said.contains("empty is empty"), "{said}");
    }
    // Where nothing is left, the reason is what was named, and not another place.
    let said = looked(&home, &[], &[("KUBECONFIG", &["/no/such/file", empty].join(":"))]);
    assert!(said.contains("/no/such/file is not there") && said.contains("empty is empty"), "{said}");
    assert!(said.contains("no cluster is configured"), "{said}");
}

#[test]
fn without_a_current_context_a_command_lists_them_and_says_the_flag() {
    let home = Home::new();
    let text = config("eu-prod", "", "{ server: 'https://10.0.0.1:6443' }");
    let file = home.write("kubeconfig", &text);
    let file = file.to_str().unwrap();
    let said = looked(&home, &["--kubeconfig", file], &[]);
    for words in ["no current context", "eu-prod", "https://10.0.0.1:6443", "PRODUCTION", "--context NAME"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let ran = home.run(&["triage", "--kubeconfig", file, "-o", "json"]).expect(3);
    assert!(ran.json()["unknown"][0].as_str().unwrap().contains("--context NAME: eu-prod"), "{}", ran.out);
}

#[test]
fn a_proxy_of_the_environment_is_not_asked_for_a_cluster_that_no_proxy_names() {
    let home = Home::new();
    let (proxy, heard) = ear();
    // The address is reserved for documentation: nobody answers there.
    let file = home.write(
        "config",
        &config("far", "far", "{ server: 'https://192.0.2.7:6443', insecure-skip-tls-verify: true }"),
    );
    let file = file.to_str().unwrap();
    let url = format!("http://127.0.0.1:{proxy}");
    let look = |env: &[(&str, &str)]| {
        looked(&home, &["--kubeconfig", file], env);
        heard.try_iter().count()
    };
    assert!(look(&[("HTTPS_PROXY", &url)]) > 0, "without NO_PROXY it is asked");
    assert!(look(&[("https_proxy", &url[7..])]) > 0, "a host and port alone is one");
    for (name, except) in [("NO_PROXY", "192.0.2.0/24"), ("no_proxy", "192.0.2.7:6443")] {
        assert_eq!(look(&[("HTTPS_PROXY", &url), (name, except)]), 0, "{name}={except}");
    }
    assert!(
        look(&[("HTTPS_PROXY", &url), ("NO_PROXY", "127.0.0.1")]) > 0,
        "the proxy's own address is not the cluster's"
    );
}

#[test]
fn a_server_without_a_scheme_breaks_nothing_and_is_said_to_be_asked_over_http() {
    let home = Home::new();
    let (port, heard) = ear();
    let file = home.write("kubeconfig", &config("a", "a", &format!("{{ server: '127.0.0.1:{port}' }}")));
    let said = looked(&home, &["--kubeconfig", file.to_str().unwrap()], &[]);
    assert!(heard.try_iter().any(|line| line.starts_with("GET /")), "{said}");
    assert!(said.contains("no scheme") && !said.contains("panicked"), "{said}");
}

#[test]
fn a_missing_plugin_is_named_with_its_hint_and_no_key_is_named_where_there_is_no_screen() {
    let home = Home::new();
    let user = "{ exec: { apiVersion: client.authentication.k8s.io/v1, command: br-no-such-plugin, installHint: 'brew install br', interactiveMode: Never } }";
    let text =
        config("a", "a", "{ server: 'https://192.0.2.7' }").replace("user: {}", &format!("user: {user}"));
    let file = home.write("kubeconfig", &text);
    let said = looked(&home, &["--kubeconfig", file.to_str().unwrap()], &[("PATH", "/usr/bin:/bin")]);
    assert!(said.contains("br-no-such-plugin") && said.contains("brew install br"), "{said}");
    assert!(!said.contains("ctrl-r") && !said.contains("log in"), "{said}");
    // One that wants a login says so, and what to do here.
    let text = text.replace("br-no-such-plugin", "./plugin");
    let file = home.write("kubeconfig", &text);
    let plugin = home.write("plugin", "#!/bin/sh\necho 'please log in' >&2\nexit 1\n");
    std::fs::set_permissions(&plugin, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let said = looked(&home, &["--kubeconfig", file.to_str().unwrap()], &[("PATH", "/usr/bin:/bin")]);
    assert!(said.contains("please log in; log in, then run it again") && !said.contains("ctrl-r"), "{said}");
    // What no login mends does not say so.
    let text =
        config("a", "a", "{ server: 'https://192.0.2.7' }").replace("user: {}", "user: { token: \"a\\nb\" }");
    let file = home.write("kubeconfig", &text);
    let said = looked(&home, &["--kubeconfig", file.to_str().unwrap()], &[]);
    assert!(said.contains("token") && !said.contains("log in") && !said.contains("panicked"), "{said}");
}
