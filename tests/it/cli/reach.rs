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
    let file = home.write("config", &config("far", "far", &cluster));
    home.run(&["triage", "--timeout", "2", "--kubeconfig", file.to_str().unwrap()]).expect(3);
    let line = heard.try_recv().unwrap();
    assert!(line.contains("10.255.255.1:6443"), "the proxy hears where to: {line}");
}
