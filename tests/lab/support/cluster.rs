//! One face for both clusters.

use kube::Client;
use opsbook::clock::Clock;
use opsbook::cluster::{Choice, Connection, connect};
use opsbook::domain::{ClusterInfo, Kind, ObjectKey};
use opsbook::practice::{FaultTime, Pace, Practice, PracticeOptions, Scenario};
use serde_json::{Value, json};
use tokio::sync::MutexGuard;

use super::lab::Lab;
use super::until;

/// Which cluster a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Practice,
    Real,
}

/// What a test needs of its cluster.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spec<'a> {
    /// Nodes that are Ready at the start; names that no other test has.
    pub nodes: &'a [&'a str],
    /// The operator may look at everything and not patch nodes.
    pub weak: bool,
    /// How long ago the nodes joined, for `lab node --age`; empty is now.
    pub age: &'a str,
}

/// A cluster with nothing in it but the nodes that were asked for.
pub enum Cluster {
    Practice { practice: Practice },
    Real { lab: Lab, client: Client, weak: Option<Client>, info: ClusterInfo, _turn: MutexGuard<'static, ()> },
}

impl Cluster {
    pub async fn start(which: Which, spec: Spec<'_>) -> Cluster {
        match which {
            Which::Practice => Cluster::practice(spec),
            Which::Real => Cluster::real(spec).await,
        }
    }

    fn practice(spec: Spec<'_>) -> Cluster {
        let node = |(i, name): (usize, &&str)| json!({"name": name, "zone": "zone-a", "address": format!("10.9.0.{}", i + 1), "cpu": 8, "memory": "16Gi"});
        let nodes: Vec<_> = spec.nodes.iter().enumerate().map(node).collect();
        let mut actions = json!({});
        for name in spec.nodes {
            for (verb, fault) in [("silence", "stop-kubelet"), ("wake", "start-kubelet")] {
                let mut what = json!({});
                what[fault] = json!(name);
                actions[format!("{verb}-{name}")] = json!({"says": "so", "says_zh": "so", "do": [what]});
            }
        }
        let deny = if spec.weak { json!([{"verbs": ["patch"], "resources": ["nodes"]}]) } else { json!([]) };
        let words = "a cluster of tests";
        let scenario = json!({
            "scenario": 1, "title": words, "title_zh": words, "summary": words, "summary_zh": words,
            "goal": words, "goal_zh": words, "deny": deny, "actions": actions,
            // What the tests roll out: a registry has nothing else.
            "images": {"registry.example/app:1": {}, "registry.example/app:2": {}, "registry.example/app:9": {}, "registry.example/web:1": {}},
            "cluster": {"version": "v1.34.10", "age": "41d", "nodes": nodes},
        });
        let scenario = Scenario::parse("tests", "tests.yaml", &scenario.to_string()).unwrap();
        let options = PracticeOptions { fault: FaultTime::Held, pace: Pace::Fast };
        Cluster::Practice { practice: Practice::start(&scenario, options).unwrap() }
    }

    async fn real(spec: Spec<'_>) -> Cluster {
        let (lab, turn) = Lab::take().await;
        let of = async |user: &str| {
            let kubeconfig = Some(lab.kubeconfig(user));
            connect(&Choice { kubeconfig, ..Choice::default() }).await.unwrap()
        };
        let Connection { client, info, .. } = of("admin").await;
        let weak = if spec.weak { Some(of("viewer").await.client) } else { None };
        sweep(&lab, &client).await;
        for name in spec.nodes {
            let mut args = vec!["node", name];
            if !spec.age.is_empty() {
                args.extend(["--age", spec.age]);
            }
            lab.run(&args).unwrap();
        }
        Cluster::Real { lab, client, weak, info, _turn: turn }
    }

    pub fn lab(&self) -> Option<&Lab> {
        match self {
            Cluster::Practice { .. } => None,
            Cluster::Real { lab, .. } => Some(lab),
        }
    }

    pub fn client(&self) -> Client {
        match self {
            Cluster::Practice { practice } => practice.client(),
            Cluster::Real { client, .. } => client.clone(),
        }
    }

    /// The client of the operator, who is weak where that was asked for.
    pub fn operator(&self) -> Client {
        match self {
            Cluster::Real { weak: Some(weak), .. } => weak.clone(),
            _ => self.client(),
        }
    }

    pub fn connection(&self) -> Connection {
        self.through(self.client())
    }

    /// The same cluster by another client.
    pub fn through(&self, client: Client) -> Connection {
        let info = match self {
            Cluster::Practice { .. } => {
                ClusterInfo { context: "tests".to_owned(), practice: true, ..ClusterInfo::default() }
            }
            Cluster::Real { info, .. } => info.clone(),
        };
        Connection {
            client,
            info,
            namespaces: opsbook::domain::Namespaces::read("default"),
            login: None,
            skew: opsbook::clock::Skew::default(),
            vault: opsbook::vault::Vault::default(),
        }
    }

    pub fn clock(&self) -> Clock {
        match self {
            Cluster::Practice { practice } => practice.clock(),
            Cluster::Real { .. } => Clock::real(),
        }
    }

    /// The kubelet of this node stops to report.
    pub async fn silence(&self, node: &str) {
        match self {
            Cluster::Practice { practice } => drop(practice.act(&format!("silence-{node}")).await.unwrap()),
            Cluster::Real { lab, .. } => drop(lab.run(&["node", node, "--stop"]).unwrap()),
        }
    }

    /// It reports again.
    pub async fn wake(&self, node: &str) {
        match self {
            Cluster::Practice { practice } => drop(practice.act(&format!("wake-{node}")).await.unwrap()),
            Cluster::Real { lab, .. } => drop(lab.run(&["node", node]).unwrap()),
        }
    }

    /// Creates an object and returns it as the server wrote it. A namespace waits for its service account,
    /// without which no pod is admitted.
    pub async fn create(&self, object: &Value) -> Value {
        let kind = Kind::parse(object["kind"].as_str().unwrap()).unwrap();
        let path = kind.path(object["metadata"]["namespace"].as_str());
        let created = self.ask("POST", &path, "application/json", object).await.unwrap();
        if kind == Kind::Namespace && self.lab().is_some() {
            let name = created["metadata"]["name"].as_str().unwrap();
            let account = format!("/api/v1/namespaces/{name}/serviceaccounts/default");
            until("the service account of a namespace", async || self.get(&account).await.ok()).await;
        }
        created
    }

    pub async fn patch(&self, key: &ObjectKey, body: &Value) -> Value {
        self.ask("PATCH", &key.path(), "application/merge-patch+json", body).await.unwrap()
    }

    /// Writes a status, as its controller would.
    pub async fn status(&self, key: &ObjectKey, status: &Value) {
        let (path, body) = (format!("{}/status", key.path()), json!({ "status": status }));
        self.ask("PATCH", &path, "application/merge-patch+json", &body).await.unwrap();
    }

    pub async fn delete(&self, key: &ObjectKey) {
        let body = json!({"kind": "DeleteOptions", "apiVersion": "v1"});
        self.ask("DELETE", &key.path(), "application/json", &body).await.unwrap();
    }

    /// Takes away what an earlier run may have left outside of its namespace.
    pub async fn forget(&self, path: &str) {
        let body = json!({"kind": "DeleteOptions", "apiVersion": "v1"});
        let _ = self.ask("DELETE", path, "application/json", &body).await;
        let finalizers = json!({"metadata": {"finalizers": null}});
        let _ = self.ask("PATCH", path, "application/merge-patch+json", &finalizers).await;
        until("an object of an earlier run to be gone", async || self.get(path).await.err()).await;
    }

    pub async fn get(&self, path: &str) -> Result<Value, kube::Error> {
        self.client().request(http::Request::get(path).body(Vec::new()).unwrap()).await
    }

    async fn ask(&self, method: &str, path: &str, kind: &str, body: &Value) -> Result<Value, kube::Error> {
        ask(&self.client(), method, path, kind, body).await
    }

    /// The writes that opsbook sent since `from` lines of the audit log: `verb name`, refused ones too. None
    /// on the practice cluster, which keeps no such log.
    pub async fn audited(&self, from: usize, expected: usize) -> Option<Vec<String>> {
        let lab = self.lab()?;
        let ours = || -> Vec<String> {
            let lines = lab.audit();
            let uri = |l: &Value| l["requestURI"].as_str().unwrap_or_default().to_owned();
            let ours = |l: &&Value| uri(l).contains("fieldManager=opsbook") && !uri(l).contains("dryRun");
            let word = |l: &Value| {
                let name = l["objectRef"]["name"].as_str().unwrap_or_default();
                format!("{} {name}", l["verb"].as_str().unwrap_or_default())
            };
            lines.iter().skip(from).filter(ours).map(word).collect()
        };
        // A line may come a moment after the answer.
        Some(until("the audit log", async || Some(ours()).filter(|l| l.len() >= expected)).await)
    }

    /// Number of lines in the audit log.
    pub fn audit_mark(&self) -> usize {
        self.lab().map_or(0, |lab| lab.audit().len())
    }
}

async fn ask(
    client: &Client,
    method: &str,
    path: &str,
    kind: &str,
    body: &Value,
) -> Result<Value, kube::Error> {
    let request = http::Request::builder().method(method).uri(path).header("Content-Type", kind);
    client.request(request.body(body.to_string().into_bytes()).unwrap()).await
}

/// Takes away what an earlier test, perhaps a failed one, left behind.
async fn sweep(lab: &Lab, client: &Client) {
    let list = async |path: &str| -> Vec<Value> {
        let request = http::Request::get(path).body(Vec::new()).unwrap();
        client.request::<Value>(request).await.unwrap()["items"].as_array().cloned().unwrap_or_default()
    };
    let gone = json!({"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": 0});
    let name = |o: &Value| o["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    for space in list("/api/v1/namespaces").await.iter().map(name) {
        if !space.starts_with("kube-") && space != "default" {
            let _ = ask(client, "DELETE", &format!("/api/v1/namespaces/{space}"), "application/json", &gone)
                .await;
        }
    }
    for node in lab.nodes() {
        let _ = lab.run(&["node", &node, "--stop"]);
    }
    for pod in list("/api/v1/pods").await {
        let space = pod["metadata"]["namespace"].as_str().unwrap_or_default();
        let path = format!("/api/v1/namespaces/{space}/pods/{}", name(&pod));
        let _ = ask(client, "DELETE", &path, "application/json", &gone).await;
    }
    for node in list("/api/v1/nodes").await.iter().map(name) {
        let _ = ask(client, "DELETE", &format!("/api/v1/nodes/{node}"), "application/json", &gone).await;
    }
    // A namespace goes in the background: what is still in it is unwell without its nodes, and rightly found.
    let emptied = async {
        for kind in ["deployments", "statefulsets", "daemonsets", "replicasets"] {
            while !list(&format!("/apis/apps/v1/{kind}")).await.is_empty() {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_mins(1), emptied)
        .await
        .expect("the workloads of before go");
}
