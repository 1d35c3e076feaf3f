//! A new value for one key of a Secret, and the way back. The old value is copied beside the new one by the API server
//! itself, so opsbook needs neither: one is made when the request is sent, or typed in a field that hides it.
//!
//! Must not put a value into anything that is shown, hashed or written.

use serde_json::{Value, json};

use super::target::{self, guard, object};
use super::{
    Call, CommandLine, Consequence, Inputs, NAMESPACE, OpMeta, Operation, Param, Plan, Progress, Question,
    Refusal, Takes, Undo, WayBack, may, need, readers,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, ObjectRow, Risk};
use crate::lang::{Msg, list, msg, t};

const SECRET: Param = need("secret", Takes::Name(Kind::Secret), msg!("op-secret-secret-param"));
const KEY: Param = need("key", Takes::Text, msg!("op-secret-key-param"));

const ROTATE: OpMeta = OpMeta {
    id: "secret.rotate",
    title: msg!("op-secret-rotate-title"),
    kinds: &[Kind::Secret],
    params: &[
        NAMESPACE,
        SECRET,
        KEY,
        may("value", Takes::Secret, msg!("op-secret-value-param")),
        may("length", Takes::Int, msg!("op-secret-length-param")),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-secret-server-copies"),
        msg!("op-secret-rotate-refuses"),
        msg!("op-secret-rotate-warns"),
        msg!("op-secret-says-who-reads"),
    ],
    undo: WayBack::By("secret.roll-back"),
};

const BACK: OpMeta = OpMeta {
    id: "secret.roll-back",
    title: msg!("op-secret-back-title"),
    kinds: &[Kind::Secret],
    params: &[NAMESPACE, SECRET, KEY],
    risk: Risk::Medium,
    reach: "api",
    guards: &[msg!("op-secret-back-refuses"), msg!("op-secret-says-who-reads")],
    undo: WayBack::None(msg!("op-secret-back-undo")),
};

/// What is behind the name of the key that keeps the old value.
const KEPT: &str = ".before-rotation";
/// The longest key that a Secret takes.
const LONGEST_KEY: usize = 253;
/// What is shorter is not filtered out of what is written.
const SHORTEST: usize = 4;
const LENGTH: i64 = 32;
/// Types whose keys depend on each other or are made by a controller, and what to do instead.
const OTHERS: &[(&str, Msg)] = &[
    ("kubernetes.io/tls", msg!("op-secret-of-tls")),
    ("kubernetes.io/service-account-token", msg!("op-secret-of-service-account")),
    ("bootstrap.kubernetes.io/token", msg!("op-secret-of-bootstrap")),
];
/// Types that have a form: letters and digits are none of it.
const FORMED: &[&str] =
    &["kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg", "kubernetes.io/ssh-auth"];

pub struct Rotate;
pub struct RollBack;

impl Operation for Rotate {
    fn meta(&self) -> &'static OpMeta {
        &ROTATE
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        reads(&ROTATE, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row, name) = found(&ROTATE, world, inputs)?;
        let (value, made) = new_value(row, inputs)?;
        let kept = format!("{name}{KEPT}");
        if kept.len() > LONGEST_KEY {
            let most = LONGEST_KEY - KEPT.len();
            return Err(guard(
                t!("op-secret-has-no-room-for", name = name, suffix = KEPT),
                t!("op-secret-keys-up-to", most = most),
            ));
        }
        let path = |k: &str| format!("/data/{}", k.replace('~', "~0").replace('/', "~1"));
        let mut call = Call::json(
            &key,
            &row.meta,
            vec![
                json!({ "op": "copy", "from": path(name), "path": path(&kept) }),
                json!({ "op": "replace", "path": path(name), "value": value }),
            ],
        );
        call.typed = inputs.secret(&ROTATE, "value")?.cloned();
        let mut consequences = affected(world, &key, row, name)?;
        consequences
            .push(Consequence::info(msg!("op-class-kept"), t!("op-secret-readers-read-kept", kept = kept)));
        let mut questions = Vec::new();
        if holds(row, &kept) {
            consequences.push(Consequence::danger(
                msg!("op-secret-older-value-lost"),
                t!("op-secret-kept-already", kept = kept),
            ));
            let text = t!("op-secret-nobody-needs").to_owned();
            questions.push(Question::new("lost", text));
        }
        let mut back = inputs.open();
        back.0.remove("length");
        Ok(Plan {
            title: t!("op-secret-rotate-does", name = name, row = key.row),
            summary: match made {
                Some(length) => t!("op-secret-made", name = name, length = length, kept = kept),
                None => t!("op-secret-typed", name = name, kept = kept),
            },
            consequences,
            questions,
            kubectl: CommandLine::kubectl(&key, &["patch", "secret", key.name(), "--type=json", "-p"]).and(&[
                &format!(
                    r#"[{{"op":"copy","from":"{0}","path":"{1}"}},{{"op":"replace","path":"{0}","value":"NEW VALUE IN BASE64"}}]"#,
                    path(name),
                    path(&kept)
                ),
            ]),
            undo: Undo::by(BACK.id, back),
            proof: t!("op-secret-rotate-proof", name = name, kept = kept),
            risk: weight(&key),
            ..Plan::draft(&ROTATE, inputs, key.clone(), &row.meta, vec![call])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        moved_on(plan, world, true)
    }
}

impl Operation for RollBack {
    fn meta(&self) -> &'static OpMeta {
        &BACK
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        reads(&BACK, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let (key, row, name) = found(&BACK, world, inputs)?;
        let kept = format!("{name}{KEPT}");
        if !holds(row, &kept) {
            let what = t!("op-secret-none-was-kept", row = key.row, kept = kept);
            return Err(guard(what, t!("op-secret-rotate-it")));
        }
        let path = |k: &str| format!("/data/{}", k.replace('~', "~0").replace('/', "~1"));
        let operation = json!({ "op": "move", "from": path(&kept), "path": path(name) });
        let mut consequences = affected(world, &key, row, name)?;
        consequences.push(Consequence::warn(
            msg!("op-secret-newer-value-lost"),
            t!("op-secret-value-given-up", name = name),
        ));
        Ok(Plan {
            title: t!("op-secret-back-does", name = name, row = key.row),
            summary: t!("op-secret-back-summary", name = name, kept = kept),
            consequences,
            kubectl: CommandLine::kubectl(&key, &["patch", "secret", key.name(), "--type=json", "-p"])
                .and(&[&Value::Array(vec![operation.clone()]).to_string()]),
            proof: t!("op-secret-back-proof", name = name, kept = kept),
            risk: weight(&key),
            ..Plan::draft(
                &BACK,
                inputs,
                key.clone(),
                &row.meta,
                vec![Call::json(&key, &row.meta, vec![operation])],
            )
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        moved_on(plan, world, false)
    }
}

fn reads(meta: &'static OpMeta, inputs: &Inputs) -> Vec<Interest> {
    let Ok(key) = target::key(meta, inputs, Kind::Secret, "secret") else { return Vec::new() };
    let mut out = vec![Interest::one(&key)];
    out.extend(readers::reads(key.namespace()));
    out
}

/// The Secret and its key, where a rotation may change them.
fn found<'a>(
    meta: &'static OpMeta,
    world: &'a ClusterSnapshot,
    inputs: &'a Inputs,
) -> Result<(ObjectKey, &'a ObjectRow, &'a str), Refusal> {
    let key = target::key(meta, inputs, Kind::Secret, "secret")?;
    let name = inputs.text(meta, "key")?;
    let row = object(world, &key)?;
    if row.meta.deleting.is_some() {
        return Err(guard(t!("op-secret-being-deleted", row = key.row), t!("op-secret-make-it-anew")));
    }
    if row.value["immutable"] == true {
        let what = t!("op-secret-immutable", row = key.row);
        return Err(guard(what, t!("op-secret-make-another")));
    }
    let of = row.text("/type");
    if let Some((_, instead)) = OTHERS.iter().find(|(t, _)| *t == of) {
        return Err(guard(t!("op-secret-of-type", row = key.row, type = of), instead.text()));
    }
    if !holds(row, name) {
        let data = row.value["data"].as_object();
        let keys: Vec<_> = data.into_iter().flat_map(|m| m.keys()).map(String::as_str).collect();
        let there = if keys.is_empty() {
            t!("op-secret-has-no-keys").to_owned()
        } else {
            t!("op-secret-has-keys", keys = list(keys))
        };
        return Err(guard(t!("op-secret-no-such-key", row = key.row, name = name), there));
    }
    Ok((key, row, name))
}

fn holds(row: &ObjectRow, key: &str) -> bool {
    row.value["data"].get(key).is_some()
}

/// What stands for the new value, and how long it is where it is made and not typed.
fn new_value(row: &ObjectRow, inputs: &Inputs) -> Result<(Value, Option<i64>), Refusal> {
    let length = inputs.number(&ROTATE, "length")?;
    if let Some(typed) = inputs.secret(&ROTATE, "value")? {
        if typed.reveal().chars().count() < SHORTEST {
            let what = t!("op-secret-too-short", least = SHORTEST);
            return Err(guard(what, t!("op-secret-give-longer-value")));
        }
        return Ok((json!({ "$typed": true }), None));
    }
    let of = row.text("/type");
    if FORMED.contains(&of) {
        return Err(guard(t!("op-secret-has-a-form", type = of), t!("op-secret-give-its-value")));
    }
    let length = length.unwrap_or(LENGTH);
    if !(16..=256).contains(&length) {
        return Err(guard(
            t!("op-secret-so-many-characters", length = length),
            t!("op-secret-give-a-length"),
        ));
    }
    Ok((json!({ "$random": length }), Some(length)))
}

/// Whom the new value reaches, and who may put another one in its place.
fn affected(
    world: &ClusterSnapshot,
    key: &ObjectKey,
    row: &ObjectRow,
    name: &str,
) -> Result<Vec<Consequence>, Refusal> {
    let mut out = Vec::new();
    let certificate = row.annotation("cert-manager.io/certificate-name");
    if let Some(certificate) = certificate.filter(|_| row.meta.owner.is_none()) {
        let detail = t!("op-secret-of-cert-manager", certificate = certificate);
        out.push(Consequence::warn(msg!("op-class-owned"), detail));
    } else {
        out.extend(super::workload::owner_elsewhere(row));
    }
    let detail = t!("op-secret-other-side-must-learn", name = name);
    out.push(Consequence::warn(msg!("op-secret-other-side"), detail));
    out.extend(readers::of(world, key, name)?);
    Ok(out)
}

/// What the cluster itself runs on weighs more.
fn weight(key: &ObjectKey) -> Risk {
    if key.namespace() == "kube-system" { Risk::High } else { Risk::Medium }
}

/// Values are not read: that it was written, and whether the older value is kept, is what can be seen.
fn moved_on(plan: &Plan, world: &ClusterSnapshot, kept: bool) -> Progress {
    let name = plan.inputs.optional("key").unwrap_or_default();
    let so = |row: &ObjectRow| {
        *row.meta.version != *plan.version && holds(row, name) && holds(row, &format!("{name}{KEPT}")) == kept
    };
    target::shown(plan, world, so)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SecretText;
    use crate::op::{Work, plan};
    use crate::testing::{World, deployment};

    fn secret(more: &Value) -> Value {
        let mut out = json!({
            "kind": "Secret", "type": "Opaque",
            "metadata": {"namespace": "shop", "name": "db", "uid": "u", "resourceVersion": "7"},
            "data": {"password": "b2xkLW9sZA==", "user": "YWRtaW4="},
        });
        for (name, value) in more.as_object().unwrap() {
            out[name] = value.clone();
        }
        out
    }

    fn inputs<const N: usize>(more: [(&str, &str); N]) -> Inputs {
        let mut out = Inputs::of([("namespace", "shop"), ("secret", "db"), ("key", "password")]);
        out.0.extend(Inputs::of(more).0);
        out
    }

    fn reader() -> Value {
        let mut reader = deployment("shop", "api", 2);
        reader["spec"]["template"]["spec"]["containers"][0]["env"] = json!([
            {"name": "P", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}
        ]);
        reader
    }

    #[test]
    fn the_server_copies_the_old_value_and_the_new_one_is_made_when_it_is_sent() {
        let world = World::new().object(secret(&json!({}))).object(reader());
        let made = plan("secret.rotate", &world.0, &inputs([])).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        let wanted = [
            json!({"op": "copy", "from": "/data/password", "path": "/data/password.before-rotation"}),
            json!({"op": "replace", "path": "/data/password", "value": {"$random": 32}}),
        ];
        assert_eq!(calls[0].body.as_array().unwrap()[2..], wanted);
        let reader = made.consequences.iter().find(|c| c.detail.contains("Deployment api")).unwrap();
        assert!(reader.detail.contains("workload.restart"), "{reader:?}");
        assert!(matches!(Rotate.progress(&made, &world.0), Progress::Pending(_)));
        let kept = json!({"password": "bmV3", "password.before-rotation": "b2xkLW9sZA=="});
        let mut after = secret(&json!({ "data": kept }));
        after["metadata"]["resourceVersion"] = "8".into();
        let after = World::new().object(after);
        assert!(matches!(Rotate.progress(&made, &after.0), Progress::Fulfilled(_)));
        let Undo::By { op, inputs: back, .. } = &made.undo else { panic!() };
        let back = plan(op, &after.0, back).unwrap();
        let Work::Calls(calls) = &back.work else { panic!() };
        assert_eq!(calls[0].body[2]["op"], "move");
        assert!(matches!(back.undo, Undo::None(_)));
        // Rotated twice, the first value is gone.
        let again = plan("secret.rotate", &after.0, &inputs([])).unwrap();
        assert_eq!(again.questions.len(), 1);
    }

    #[test]
    fn what_was_typed_is_in_nothing_that_is_shown_hashed_or_written() {
        let world = World::new().object(secret(&json!({})));
        let mut given = inputs([]);
        given.1.insert("value".into(), SecretText::new("hunter2-hunter2"));
        let made = plan("secret.rotate", &world.0, &given).unwrap();
        let all = format!("{made:?}{}", serde_json::to_string(&made).unwrap());
        assert!(!all.contains("hunter2") && !all.contains("aHVudGVyMi1odW50ZXIy"), "{all}");
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].typed.as_ref().unwrap().reveal(), "hunter2-hunter2");
        let Undo::By { inputs: back, .. } = &made.undo else { panic!() };
        assert!(back.1.is_empty());
        given.1.insert("value".into(), SecretText::new("another-one"));
        assert_eq!(plan("secret.rotate", &world.0, &given).unwrap().digest(), made.digest());
        given.1.insert("value".into(), SecretText::new("abc"));
        assert!(plan("secret.rotate", &world.0, &given).is_err());
        let plain = plan("secret.rotate", &world.0, &inputs([("value", "hunter2")])).unwrap_err();
        assert!(!plain.to_string().contains("hunter2"), "{plain}");
    }

    #[test]
    fn what_must_not_be_rotated_is_refused_and_owners_are_named() {
        let refused = |more: &Value, inputs: &Inputs| {
            plan("secret.rotate", &World::new().object(secret(more)).0, inputs).unwrap_err().to_string()
        };
        assert!(refused(&json!({"immutable": true}), &inputs([])).contains("immutable"));
        for (of, _) in OTHERS {
            assert!(refused(&json!({ "type": of }), &inputs([])).contains(of));
        }
        assert!(refused(&json!({"type": "kubernetes.io/ssh-auth"}), &inputs([])).contains("give its value"));
        let no_key = Inputs::of([("namespace", "shop"), ("secret", "db"), ("key", "pass")]);
        assert!(refused(&json!({}), &no_key).contains("password, user"));
        assert!(refused(&json!({}), &inputs([("length", "4")])).contains("16 to 256"));
        let back = plan("secret.roll-back", &World::new().object(secret(&json!({}))).0, &inputs([]));
        assert!(back.unwrap_err().to_string().contains("no value was kept"));
        let mut owned = secret(&json!({}));
        owned["metadata"]["ownerReferences"] =
            json!([{"kind": "ExternalSecret", "name": "db", "controller": true}]);
        let made = plan("secret.rotate", &World::new().object(owned).0, &inputs([])).unwrap();
        assert!(made.consequences[0].detail.contains("ExternalSecret db"), "{:?}", made.consequences);
    }
}
