//! Every kubeconfig that kubectl can connect with, opsbook can; where they differ, the row says so. The server is the real
//! one, and kubectl the lab's.

use std::fs;
use std::path::Path;
use std::process::Command;

use opsbook::cluster::{Choice, connect, explain};

use crate::support::{Lab, real_wanted};

/// Who connects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    Both,
    Neither,
    /// What kubectl refuses, and is no harm.
    Opsbook,
}

struct Bench<'a> {
    lab: &'a Lab,
    folder: tempfile::TempDir,
}

impl Bench<'_> {
    fn pki(&self, name: &str) -> String {
        self.lab.file("pki").join(name).display().to_string()
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn openssl(&self, args: &[&str]) {
        let out = Command::new("openssl").args(args).current_dir(self.folder.path()).output().unwrap();
        assert!(out.status.success(), "{args:?} {}", String::from_utf8_lossy(&out.stderr));
    }

    /// A certificate of the cluster's authority for an administrator, with a key that is made so.
    fn client(&self, name: &str, key: &[&str], extensions: bool) -> String {
        let (key_file, request, made) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.crt"));
        let mut genkey = vec!["genpkey", "-out", &key_file];
        genkey.extend(key);
        self.openssl(&genkey);
        self.openssl(&[
            "req",
            "-new",
            "-key",
            &key_file,
            "-subj",
            "/O=system:masters/CN=someone",
            "-out",
            &request,
        ]);
        let (ca, ca_key) = (self.pki("ca.crt"), self.pki("ca.key"));
        let mut sign = vec!["x509", "-req", "-days", "30", "-in", &request, "-CA", &ca, "-CAkey", &ca_key];
        sign.extend(["-CAcreateserial", "-CAserial", "serial", "-out", &made]);
        let extension = self.write("client.ext", "extendedKeyUsage=clientAuth\n");
        if extensions {
            sign.extend(["-extfile", &extension]);
        }
        self.openssl(&sign);
        format!("{{client-certificate: {made}, client-key: {key_file}}}")
    }

    fn user(&self, certificate: &str, key: &str) -> String {
        format!("{{client-certificate: {}, client-key: {}}}", self.pki(certificate), self.pki(key))
    }

    fn kubectl(&self, kubeconfig: &str) -> Result<(), String> {
        // The latter of two flags counts.
        let args = ["kubectl", "--request-timeout=10s", "get", "--raw", "/api/v1/namespaces/kube-system"];
        self.lab.run(&[&args[..], &["--kubeconfig", kubeconfig]].concat()).map(drop)
    }
}

async fn opsbook(kubeconfig: &Path) -> Result<(), String> {
    let choice = Choice { kubeconfig: Some(kubeconfig.to_owned()), ..Choice::default() };
    let connection = connect(&choice).await.map_err(|e| e.to_string())?;
    let request = http::Request::get("/api/v1/namespaces/kube-system").body(Vec::new()).unwrap();
    connection.client.request_text(request).await.map(drop).map_err(|e| explain(&e))
}

/// A name, the cluster, the user, and who connects.
type Row = (&'static str, String, String, Takes);

/// A field of base64 in lines, as blocks of YAML and `base64` leave it.
fn in_lines(file: &str) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::STANDARD.encode(fs::read(file).unwrap());
    let lines: Vec<_> = text.as_bytes().chunks(76).map(|l| String::from_utf8_lossy(l).into_owned()).collect();
    format!("\"{}\\n\"", lines.join("\\n"))
}

/// Ways to write one cluster.
fn clusters(bench: &Bench<'_>, server: &str) -> Vec<Row> {
    use Takes::{Both, Neither};
    let authority = |name: &str| format!("certificate-authority: {}", bench.pki(name));
    let ca = authority("ca.crt");
    let of = |rest: &str| format!("{{server: '{server}', {rest}}}");
    let at = |server: &str| format!("{{server: '{server}', {ca}}}");
    let bare = server.trim_start_matches("https://");
    let data = format!("certificate-authority-data: {}", in_lines(&bench.pki("ca.crt")));
    let rows = [
        ("as it is", of(&ca), Both),
        ("line ends in base64", of(&data), Both),
        ("upper case and a slash", at(&format!("{}/", server.replace("https", "HTTPS"))), Both),
        ("no scheme", at(bare), Neither),
        ("a path without a scheme", at(&format!("{bare}/x")), Neither),
        ("the server's own certificate as authority", of(&authority("apiserver.crt")), Both),
        ("another certificate as authority", of(&authority("admin.crt")), Neither),
        ("another authority", of(&authority("etcd-ca.crt")), Neither),
        ("no authority", of("tls-server-name: ''"), Neither),
        ("a name that it has", of(&format!("{ca}, tls-server-name: kubernetes.default.svc")), Both),
        ("a name that it has not", of(&format!("{ca}, tls-server-name: other.example")), Neither),
        ("insecure", of("insecure-skip-tls-verify: true"), Both),
        ("insecure with an authority", of(&format!("insecure-skip-tls-verify: true, {ca}")), Neither),
        ("a proxy that is none", of(&format!("{ca}, proxy-url: 'ftp://127.0.0.1:1'")), Neither),
        ("a proxy without a scheme", of(&format!("{ca}, proxy-url: '127.0.0.1:1'")), Neither),
    ];
    let admin = bench.user("admin.crt", "admin.key");
    rows.into_iter().map(|(name, cluster, takes)| (name, cluster, admin.clone(), takes)).collect()
}

/// Ways to say who one is.
fn users(bench: &Bench<'_>, server: &str) -> Vec<Row> {
    use Takes::{Both, Neither, Opsbook};
    let token = bench.lab.run(&["kubectl", "create", "token", "default", "-n", "kube-system"]).unwrap();
    let token = token.trim();
    bench.write("token", &format!("{token}\n\n"));
    let (certificate, key) = (in_lines(&bench.pki("admin.crt")), in_lines(&bench.pki("admin.key")));
    let curve = |name: &'static str| ["-algorithm", "EC", "-pkeyopt", name];
    let rsa = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
    let rows = [
        (
            "line ends in base64",
            format!("{{client-certificate-data: {certificate}, client-key-data: {key}}}"),
            Both,
        ),
        ("a key of another certificate", bench.user("admin.crt", "viewer.key"), Neither),
        ("a token", format!("{{token: {token}}}"), Both),
        ("a token with a line end", format!("{{token: \"{token}\\n\"}}"), Opsbook),
        ("a token with a line end in its middle", "{token: \"a\\nb\"}".to_owned(), Neither),
        ("a file of a token with line ends", "{tokenFile: token}".to_owned(), Both),
        ("two ways to log in", format!("{{token: {token}, username: a, password: b}}"), Neither),
        ("X.509 v1", bench.client("v1", &curve("ec_paramgen_curve:P-256"), false), Both),
        ("P-521", bench.client("p521", &curve("ec_paramgen_curve:P-521"), true), Both),
        ("Ed25519", bench.client("ed", &["-algorithm", "ED25519"], true), Both),
        ("RSA 2048", bench.client("rsa2048", &rsa, true), Both),
        ("no user", "{}".to_owned(), Neither),
    ];
    let cluster = format!("{{server: '{server}', certificate-authority: {}}}", bench.pki("ca.crt"));
    rows.into_iter().map(|(name, user, takes)| (name, cluster.clone(), user, takes)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn opsbook_connects_with_what_kubectl_connects_with() {
    if !real_wanted("real::kubectl::opsbook_connects_with_what_kubectl_connects_with") {
        return;
    }
    let (lab, _turn) = Lab::take().await;
    let bench = Bench { lab: &lab, folder: tempfile::tempdir().unwrap() };
    let server =
        lab.run(&["kubectl", "config", "view", "-o", "jsonpath={.clusters[0].cluster.server}"]).unwrap();
    let mut wrong = Vec::new();
    let binding = ["create", "clusterrolebinding", "kubectl-row", "--clusterrole=cluster-admin"];
    let account = ["--serviceaccount=kube-system:default"];
    lab.run(&[&["kubectl"], &binding[..], &account[..]].concat()).unwrap();
    let rows = clusters(&bench, server.trim()).into_iter().chain(users(&bench, server.trim()));
    for (name, cluster, user, takes) in rows {
        let text = format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters:\n- name: k\n  cluster: {cluster}\nusers:\n- name: u\n  user: {user}\ncontexts:\n- name: c\n  context: {{cluster: k, user: u}}\n"
        );
        let path = bench.write("config", &text);
        let (go, ours) = (bench.kubectl(&path), opsbook(Path::new(&path)).await);
        let as_said = match takes {
            Takes::Both => go.is_ok() && ours.is_ok(),
            Takes::Neither => go.is_err() && ours.is_err(),
            Takes::Opsbook => go.is_err() && ours.is_ok(),
        };
        if !as_said {
            wrong.push(format!("{name}: {takes:?} should; kubectl {go:?}, opsbook {ours:?}"));
        }
    }
    lab.run(&["kubectl", "delete", "clusterrolebinding", "kubectl-row"]).unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
