//! What happens in the cluster meanwhile: pods, budgets and maps that come and go, nodes that change.

use std::time::Duration;

use kube::Client;
use opsbook::domain::{Kind, ObjectKey};
use serde_json::{Value, json};

use super::plan::Seed;
use super::program::{LAST, PODS, SPACE};
use crate::support::manifest;

pub struct Mover {
    client: Client,
    seed: Seed,
    /// What was made and is still there.
    made: Vec<ObjectKey>,
    count: u64,
    moves: u64,
}

impl Mover {
    pub async fn new(client: Client, seed: Seed) -> Mover {
        let mover = Mover { client, seed, made: Vec::new(), count: 0, moves: 0 };
        mover.create(&manifest::namespace(SPACE)).await;
        mover.create(&manifest::deployment(SPACE, "web", PODS)).await;
        mover
    }

    /// Changes something, again and again.
    pub async fn move_on(&mut self) {
        loop {
            tokio::time::sleep(self.seed.span(Duration::from_millis(200), Duration::from_millis(800))).await;
            self.moves += 1;
            if self.moves.is_multiple_of(40) {
                self.forget().await;
            }
            match self.seed.below(6) {
                0 | 1 => {
                    let replicas = 1 + self.seed.below(6);
                    self.scale(replicas).await;
                }
                2 => self.label().await,
                3 if self.made.len() > 4 => self.delete().await,
                4 if self.made.len() > 2 => self.delete().await,
                _ => self.make().await,
            }
        }
    }

    /// What the walk waits for.
    pub async fn end(&self) {
        self.scale(u64::from(PODS)).await;
        self.create(&map(LAST)).await;
    }

    async fn scale(&self, replicas: u64) {
        let key = ObjectKey::new(Kind::Deployment, SPACE, "web");
        self.patch(&key, &json!({"spec": {"replicas": replicas}})).await;
    }

    async fn label(&mut self) {
        self.count += 1;
        let key = ObjectKey::cluster(Kind::Node, "worker-1");
        self.patch(&key, &json!({"metadata": {"labels": {"soak": self.count.to_string()}}})).await;
    }

    /// Events go after an hour; here they go sooner, so that the cluster at the end is as large as at the start.
    async fn forget(&self) {
        let path = Kind::Event.path(Some(SPACE));
        let list = self.ask("GET", &path, "application/json", &Value::Null).await;
        for event in list["items"].as_array().unwrap() {
            let body = json!({"kind": "DeleteOptions", "apiVersion": "v1"});
            let name = event["metadata"]["name"].as_str().unwrap();
            self.ask("DELETE", &format!("{path}/{name}"), "application/json", &body).await;
        }
    }

    async fn make(&mut self) {
        self.count += 1;
        let name = format!("made-{}", self.count);
        let (kind, object) = if self.seed.one_in(2) {
            (Kind::PodDisruptionBudget, manifest::budget(SPACE, &name, 0))
        } else {
            (Kind::ConfigMap, map(&name))
        };
        self.create(&object).await;
        self.made.push(ObjectKey::new(kind, SPACE, &*name));
    }

    async fn delete(&mut self) {
        let at = self.seed.below(self.made.len() as u64) as usize;
        let key = self.made.swap_remove(at);
        let body = json!({"kind": "DeleteOptions", "apiVersion": "v1"});
        self.ask("DELETE", &key.path(), "application/json", &body).await;
    }

    async fn create(&self, object: &Value) {
        let kind = Kind::parse(object["kind"].as_str().unwrap()).unwrap();
        let path = kind.path(object["metadata"]["namespace"].as_str());
        self.ask("POST", &path, "application/json", object).await;
    }

    async fn patch(&self, key: &ObjectKey, body: &Value) {
        self.ask("PATCH", &key.path(), "application/merge-patch+json", body).await;
    }

    async fn ask(&self, method: &str, path: &str, kind: &str, body: &Value) -> Value {
        let request = http::Request::builder().method(method).uri(path).header("Content-Type", kind);
        let request = request.body(body.to_string().into_bytes()).unwrap();
        self.client.request::<Value>(request).await.unwrap()
    }
}

fn map(name: &str) -> Value {
    json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"namespace": SPACE, "name": name}, "data": {"a": "b"}})
}
