//! Approve or deny a certificate signing request. Who asks, and for which names, is read from the request
//! itself and held against the Node.

// Addresses only; std::net has sockets as well.
use core::net::IpAddr;

use base64::Engine;
use serde_json::json;
use x509_cert::der::{Decode, DecodePem};
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::request::{CertReq, ExtensionReq};

use super::target::{guard, key, object, shown};
use super::{
    Access, Call, CommandLine, Consequence, Inputs, OpMeta, Operation, Param, Plan, Progress, Refusal, Takes,
    Undo, WayBack, need,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, Looked, ObjectKey, ObjectRow, Risk, sanitize};
use crate::lang::{list, msg, t};

const CSR: Param = need("csr", Takes::Name(Kind::CertificateSigningRequest), msg!("op-csr-csr"));

const APPROVE: OpMeta = OpMeta {
    id: "csr.approve",
    title: msg!("op-csr-approve-title"),
    kinds: &[Kind::CertificateSigningRequest],
    params: &[CSR],
    risk: Risk::High,
    reach: "api",
    guards: &[msg!("op-csr-guard-kubelet"), msg!("op-csr-guard-others")],
    undo: WayBack::None(msg!("op-csr-no-way-back")),
};

const DENY: OpMeta = OpMeta {
    id: "csr.deny",
    title: msg!("op-csr-deny-title"),
    kinds: &[Kind::CertificateSigningRequest],
    params: &[CSR],
    risk: Risk::Medium,
    reach: "api",
    guards: &[msg!("op-csr-deny-guard")],
    undo: WayBack::None(msg!("op-csr-asks-again")),
};

const SERVING: &str = "kubernetes.io/kubelet-serving";
const CLIENT: &str = "kubernetes.io/kube-apiserver-client-kubelet";

pub struct Approve;
pub struct Deny;

impl Operation for Approve {
    fn meta(&self) -> &'static OpMeta {
        &APPROVE
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        let mut out = one(&APPROVE, inputs);
        // The node's addresses are not in its row.
        out.push(Interest::all(Kind::Node));
        out
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row, asked) = request(&APPROVE, world, inputs)?;
        let (signer, user) = (row.text("/spec/signerName"), row.text("/spec/username"));
        let told = match signer {
            SERVING => vec![serving(world, user, &asked)?],
            CLIENT => vec![client(user, &asked)?],
            _ => {
                if asked.common_names.len() > 1 {
                    let what = t!("op-csr-several-names", user = user, words = asked.words());
                    return Err(guard(what, t!("op-csr-deny-several-names")));
                }
                let usages: Vec<_> = row.list("/spec/usages").iter().filter_map(|u| u.as_str()).collect();
                let detail = t!(
                    "op-csr-becomes",
                    user = user,
                    words = asked.words(),
                    signer = signer,
                    usages = list(usages)
                );
                vec![Consequence::danger(msg!("op-class-identity"), detail)]
            }
        };
        let mut plan = decide(&APPROVE, inputs, &key, row, "Approved");
        plan.title = t!("op-csr-approve", name = key.name());
        plan.summary = t!("op-csr-approve-summary", signer = signer, words = asked.words());
        plan.consequences.extend(told);
        plan.kubectl = CommandLine::cluster(&["certificate", "approve", key.name()]);
        plan.proof = t!("op-csr-is-approved", name = key.name());
        Ok(plan)
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        if let Looked::Present(row) = world.object(&plan.target)
            && let Some(failed) = row.condition("Failed").filter(|c| &*c.status == "True")
        {
            return Progress::Pending(t!("op-csr-not-signed", message = failed.message));
        }
        shown(plan, world, |row| decided(row) == Some("Approved"))
    }
}

impl Operation for Deny {
    fn meta(&self) -> &'static OpMeta {
        &DENY
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        one(&DENY, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row, asked) = request(&DENY, world, inputs)?;
        let (signer, user) = (row.text("/spec/signerName"), row.text("/spec/username"));
        let mut plan = decide(&DENY, inputs, &key, row, "Denied");
        plan.title = t!("op-csr-deny", name = key.name());
        plan.summary = t!("op-csr-deny-summary", user = user, words = asked.words(), signer = signer);
        plan.kubectl = CommandLine::cluster(&["certificate", "deny", key.name()]);
        plan.proof = t!("op-csr-is-denied", name = key.name());
        Ok(plan)
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        shown(plan, world, |row| decided(row) == Some("Denied"))
    }
}

/// What a request asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    common_names: Vec<String>,
    organizations: Vec<String>,
    names: Vec<String>,
    addresses: Vec<IpAddr>,
    /// Names of a form that kubelets do not ask for.
    others: usize,
}

impl Asked {
    fn words(&self) -> String {
        let of =
            |part: &str, values: &[String]| values.iter().map(|v| format!("{part} {v}")).collect::<Vec<_>>();
        let mut out = list([of("CN", &self.common_names), of("O", &self.organizations)].concat());
        let addresses = self.addresses.iter().map(ToString::to_string);
        let names: Vec<_> = self.names.iter().cloned().chain(addresses).collect();
        if !names.is_empty() {
            out = t!("op-csr-subject-and-names", subject = out, names = list(names));
        }
        if self.others > 0 {
            out = t!("op-csr-other-names", subject = out, others = self.others);
        }
        out
    }
}

fn one(meta: &'static OpMeta, inputs: &Inputs) -> Vec<Interest> {
    key(meta, inputs, Kind::CertificateSigningRequest, "csr")
        .map(|k| vec![Interest::one(&k)])
        .unwrap_or_default()
}

/// How it was decided, if it was.
fn decided(row: &ObjectRow) -> Option<&'static str> {
    ["Approved", "Denied"].into_iter().find(|kind| row.condition(kind).is_some_and(|c| &*c.status == "True"))
}

fn request<'a>(
    meta: &'static OpMeta,
    world: &'a ClusterSnapshot,
    inputs: &Inputs,
) -> Result<(ObjectKey, &'a ObjectRow, Asked), Refusal> {
    let key = key(meta, inputs, Kind::CertificateSigningRequest, "csr")?;
    let row = object(world, &key)?;
    if let Some(how) = decided(row) {
        let so = match how {
            "Approved" => t!("op-csr-is-approved", name = key.name()),
            _ => t!("op-csr-is-denied", name = key.name()),
        };
        return Err(Refusal::AlreadySo(so));
    }
    let asked = read(row.text("/spec/request"))
        .ok_or_else(|| guard(t!("op-csr-unreadable", name = key.name()), t!("op-csr-look-with-openssl")))?;
    Ok((key, row, asked))
}

/// Reads a PKCS #10 request in PEM, which is in base64 once more.
fn read(request: &str) -> Option<Asked> {
    let pem = base64::engine::general_purpose::STANDARD.decode(request).ok()?;
    let request = CertReq::from_pem(pem).ok()?;
    let mut asked = Asked::default();
    // Every part counts: who looks at the first one only, and who at the last, is up to the reader.
    for part in request.info.subject.iter() {
        let text = || std::str::from_utf8(part.value.value()).ok().map(sanitize);
        match part.oid.to_string().as_str() {
            "2.5.4.3" => asked.common_names.push(text()?),
            "2.5.4.10" => asked.organizations.push(text()?),
            _ => asked.others += 1,
        }
    }
    for attribute in request.info.attributes.iter() {
        if attribute.oid != <ExtensionReq as x509_cert::der::oid::AssociatedOid>::OID {
            continue;
        }
        for value in attribute.values.iter() {
            let extensions: Vec<x509_cert::ext::Extension> = value.decode_as().ok()?;
            for extension in extensions {
                if extension.extn_id == <SubjectAltName as x509_cert::der::oid::AssociatedOid>::OID {
                    let names = SubjectAltName::from_der(extension.extn_value.as_bytes()).ok()?;
                    names.0.iter().for_each(|name| asked.take(name));
                }
            }
        }
    }
    Some(asked)
}

impl Asked {
    fn take(&mut self, name: &GeneralName) {
        match name {
            GeneralName::DnsName(name) => self.names.push(sanitize(name.as_str())),
            GeneralName::IpAddress(bytes) => match bytes.as_bytes() {
                [a, b, c, d] => self.addresses.push(IpAddr::from([*a, *b, *c, *d])),
                long => match <[u8; 16]>::try_from(long) {
                    Ok(v6) => self.addresses.push(IpAddr::from(v6)),
                    Err(_) => self.others += 1,
                },
            },
            _ => self.others += 1,
        }
    }
}

/// The node that a kubelet's certificate is for: its common name must say so.
fn node_of(asked: &Asked) -> Result<&str, Refusal> {
    let name = match (asked.common_names.as_slice(), asked.organizations.as_slice()) {
        ([name], [group]) if group == "system:nodes" => name.strip_prefix("system:node:"),
        _ => None,
    };
    name.ok_or_else(|| guard(t!("op-csr-no-kubelet", words = asked.words()), t!("op-csr-deny-find-out")))
}

/// A serving certificate: only the node itself may ask, for names and addresses that its Node has.
fn serving(world: &ClusterSnapshot, user: &str, asked: &Asked) -> Result<Consequence, Refusal> {
    let node = node_of(asked)?;
    if user.strip_prefix("system:node:") != Some(node) {
        return Err(guard(t!("op-csr-asks-for-another", user = user, node = node), t!("op-csr-deny-it")));
    }
    let target = ObjectKey::cluster(Kind::Node, node);
    let row = object(world, &target)?;
    let known: Vec<&str> =
        row.list("/status/addresses").iter().filter_map(|a| a["address"].as_str()).collect();
    let addresses = asked.addresses.iter().map(ToString::to_string);
    let strange: Vec<_> =
        asked.names.iter().cloned().chain(addresses).filter(|n| !known.contains(&n.as_str())).collect();
    if !strange.is_empty() || asked.others > 0 {
        let what = t!("op-csr-strange-names", user = user, node = node, strange = list(strange));
        return Err(guard(what, t!("op-csr-deny-or-mend")));
    }
    Ok(Consequence::info(
        msg!("op-class-checked"),
        t!("op-csr-serving-checked", node = node, known = known.len()),
    ))
}

/// A client certificate: of a node for itself, or of a machine that joins with a bootstrap token.
fn client(user: &str, asked: &Asked) -> Result<Consequence, Refusal> {
    let node = node_of(asked)?;
    if !asked.names.is_empty() || !asked.addresses.is_empty() || asked.others > 0 {
        return Err(guard(t!("op-csr-client-has-names", node = node), t!("op-csr-deny-it")));
    }
    if user.strip_prefix("system:node:") == Some(node) {
        return Ok(Consequence::info(msg!("op-class-checked"), t!("op-csr-client-checked", node = node)));
    }
    if user.starts_with("system:bootstrap:") {
        let detail = t!("op-csr-new-node-is", user = user, node = node);
        return Ok(Consequence::danger(msg!("op-csr-new-node"), detail));
    }
    Err(guard(t!("op-csr-asks-for-another", user = user, node = node), t!("op-csr-deny-it")))
}

fn decide(meta: &'static OpMeta, inputs: &Inputs, key: &ObjectKey, row: &ObjectRow, how: &str) -> Plan {
    let mut conditions = row.list("/status/conditions").to_vec();
    conditions.push(json!({
        "type": how, "status": "True", "reason": "Opsbook", "message": "decided by an operator in opsbook",
    }));
    let call = Call::merge(key, &row.meta, json!({ "status": { "conditions": conditions } })).at("approval");
    let mut plan = Plan::draft(meta, inputs, key.clone(), &row.meta, vec![call]);
    let group = key.kind.meta().group.to_owned();
    let signer = Access {
        verb: "approve".to_owned(),
        group,
        resource: "signers".to_owned(),
        subresource: String::new(),
        namespace: String::new(),
    };
    plan.needs.push(signer);
    plan.undo = Undo::None(meta.undo.why());
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::World;
    use serde_json::Value;

    /// Of `system:node:csr-1` in `system:nodes`, for the name csr-1 and the address 10.9.0.1.
    const REQUEST: &str = include_str!("../../tests/data/csr-node.b64");

    fn world(user: &str, signer: &str, addresses: &[&str]) -> World {
        let addresses: Vec<Value> =
            addresses.iter().map(|a| json!({"type": "InternalIP", "address": a})).collect();
        World::new()
            .object(json!({"kind": "Node", "metadata": {"name": "csr-1"}, "status": {"addresses": addresses}}))
            .object(json!({
                "kind": "CertificateSigningRequest", "metadata": {"name": "r", "uid": "u", "resourceVersion": "3"},
                "spec": {"username": user, "signerName": signer, "request": REQUEST.trim()},
            }))
    }

    fn approve(world: &World) -> Result<Plan, Refusal> {
        plan("csr.approve", &world.0, &Inputs::of([("csr", "r")]))
    }

    #[test]
    fn a_request_is_read() {
        let asked = read(REQUEST.trim()).unwrap();
        assert_eq!(asked.words(), "CN system:node:csr-1, O system:nodes (csr-1, 10.9.0.1)");
        assert_eq!((read("AAAA"), asked.others), (None, 0));
        let two = read(include_str!("../../tests/data/csr-two-names.b64").trim()).unwrap();
        assert_eq!(two.words(), "CN dev, CN admin, O dev, O ops-admins and 2 names of other kinds");
        assert!(node_of(&two).is_err());
    }

    #[test]
    fn a_kubelet_gets_what_its_node_has_and_nothing_else() {
        let own = world("system:node:csr-1", SERVING, &["10.9.0.1", "csr-1"]);
        let made = approve(&own).unwrap();
        assert_eq!((made.risk, made.consequences[0].what.as_str()), (Risk::High, "checked"));
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].subresource.as_deref(), Some("approval"));
        assert_eq!(calls[0].body["status"]["conditions"][0]["type"], "Approved");
        let words = |world: &World| approve(world).unwrap_err().to_string();
        assert!(words(&world("system:node:csr-1", SERVING, &["10.9.0.1"])).contains("does not have: csr-1"));
        assert!(words(&world("mallory", SERVING, &["10.9.0.1", "csr-1"])).contains("mallory asks"));
        assert!(words(&world("system:node:csr-1", CLIENT, &[])).contains("no other names"));
    }

    #[test]
    fn any_other_signer_is_a_danger_and_what_is_decided_stays_so() {
        let made = approve(&world("mallory", "acme.io/any", &[])).unwrap();
        assert!(made.consequences[0].detail.starts_with("mallory becomes CN system:node:csr-1"));
        let denied =
            plan("csr.deny", &world("mallory", "acme.io/any", &[]).0, &Inputs::of([("csr", "r")])).unwrap();
        assert!(matches!(&denied.undo, Undo::None(why) if why.starts_with("whoever")));
        let mut done = json!({"kind": "CertificateSigningRequest", "metadata": {"name": "r"}});
        done["status"] = json!({"conditions": [{"type": "Approved", "status": "True"}]});
        assert!(matches!(approve(&World::new().object(done)), Err(Refusal::AlreadySo(_))));
    }
}
