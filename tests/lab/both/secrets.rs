//! Operations on Secrets and tokens: the values are where they belong, and nowhere else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use opsbook::app::TaskEvent;
use opsbook::domain::{Kind, ObjectKey, SecretText};
use opsbook::op::{Inputs, Plan, Preview, Undo};
use opsbook::record::{Format, Report, RunEnd};
use serde_json::{Value, json};

use super::operate::same_as_the_audit_log;
use crate::support::{Cluster, Desk, journal, manifest};

const OLD: &str = "the-old-value-0817";
const TYPED: &str = "the-typed-value-4711";

fn of<const N: usize>(space: &str, more: [(&str, &str); N]) -> Inputs {
    let mut out = Inputs::of([("namespace", space), ("secret", "db"), ("key", "password")]);
    out.0.extend(Inputs::of(more).0);
    out
}

/// None of these values is in the plan, its preview, the journal or an export, in the clear or in base64.
fn nowhere(desk: &Desk, plan: &Plan, preview: &Preview, values: &[&str]) {
    let events = desk.recorder.events();
    let report = Report::of(&events, &opsbook::redact::Secrets::default());
    let texts = [
        ("plan", format!("{plan:?}{}", serde_json::to_string(plan).unwrap())),
        ("preview", format!("{preview:?}")),
        ("journal", std::fs::read_to_string(desk.recorder.path().unwrap()).unwrap()),
        ("records", format!("{events:?}")),
        ("export", Format::Markdown.render(&report)),
        ("report", Format::Html.render(&report)),
    ];
    for value in values {
        for form in [(*value).to_owned(), STANDARD.encode(value)] {
            for (what, text) in &texts {
                assert!(!text.contains(&form), "{value} is in the {what}");
            }
        }
    }
}

pub async fn a_secret_is_rotated_and_rolled_back(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "rotate";
    cluster.create(&manifest::namespace(space)).await;
    let secret = json!({
        "apiVersion": "v1", "kind": "Secret", "metadata": {"namespace": space, "name": "db"},
        "type": "Opaque", "data": {"password": STANDARD.encode(OLD)},
    });
    cluster.create(&secret).await;
    let key = ObjectKey::new(Kind::Secret, space, "db");
    let read = async |field: &str| {
        let object: Value = cluster.get(&key.path()).await.unwrap();
        let value = object["data"][field].as_str()?.to_owned();
        Some(String::from_utf8(STANDARD.decode(value).unwrap()).unwrap())
    };
    let mark = cluster.audit_mark();
    // Made here: letters and digits, and the old one is kept.
    let inputs = of(space, [("length", "40")]);
    let plan = desk.plan("secret.rotate", &inputs).await;
    let preview = desk.preview(&plan).await;
    assert!(
        preview.clean() && preview.diff.iter().any(|l| l.path.contains("before-rotation")),
        "{preview:?}"
    );
    assert_eq!(read("password").await.as_deref(), Some(OLD), "a preview writes nothing");
    desk.carry_out("secret.rotate", &inputs).await;
    let made = read("password").await.unwrap();
    assert!(made.len() == 40 && made.chars().all(|c| c.is_ascii_alphanumeric()));
    assert_eq!(read("password.before-rotation").await.as_deref(), Some(OLD));
    nowhere(&desk, &plan, &preview, &[OLD, &made]);
    let back = desk.undo().await;
    assert_eq!(back.op, "secret.roll-back");
    assert!(matches!(back.undo, Undo::None(_)));
    assert_eq!(read("password").await.as_deref(), Some(OLD));
    assert_eq!(read("password.before-rotation").await, None);
    // Typed: nothing here knows it to be secret, and it is nowhere all the same.
    let mut inputs = of(space, []);
    inputs.1.insert("value".to_owned(), SecretText::new(TYPED));
    let plan = desk.plan("secret.rotate", &inputs).await;
    let preview = desk.preview(&plan).await;
    desk.carry_out("secret.rotate", &inputs).await;
    assert_eq!(read("password").await.as_deref(), Some(TYPED));
    nowhere(&desk, &plan, &preview, &[OLD, &made, TYPED]);
    same_as_the_audit_log(&cluster, &desk, mark).await;
}

pub async fn a_token_is_shown_once_and_kept_nowhere(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "token";
    cluster.create(&manifest::namespace(space)).await;
    let account = json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"namespace": space, "name": "robot"}});
    cluster.create(&account).await;
    let mark = cluster.audit_mark();
    let inputs = Inputs::of([("namespace", space), ("serviceaccount", "robot"), ("for", "20m")]);
    let plan = desk.plan("serviceaccount.token", &inputs).await;
    let preview = desk.preview(&plan).await;
    assert!(preview.clean() && preview.dry_runs == 0 && preview.diff.is_empty(), "{preview:?}");
    let ran = desk.run(&plan).await;
    assert_eq!(ran.end, RunEnd::Applied, "{}", ran.words);
    desk.proved(&plan).await;
    let [TaskEvent::Token { object, token, until }] = &desk.shown[..] else { panic!("{:?}", desk.shown) };
    assert_eq!(object.to_string(), "ServiceAccount token/robot");
    assert!(until.parse::<opsbook::domain::Timestamp>().is_ok(), "{until}");
    assert!(token.reveal().len() > 20 && !format!("{:?}", desk.shown).contains(token.reveal()));
    // It is known to every filter from now on.
    assert_eq!(desk.recorder.vault().text(&format!("a {} b", token.reveal())), "a *** b");
    nowhere(&desk, &plan, &preview, &[token.reveal()]);
    same_as_the_audit_log(&cluster, &desk, mark).await;
}

pub async fn every_object_of_a_resource_is_written_anew(cluster: Cluster) {
    let mut desk = Desk::open(&cluster).await;
    let space = "anew-all";
    cluster.create(&manifest::namespace(space)).await;
    for name in ["a", "b", "c"] {
        let secret = json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": {"namespace": space, "name": name},
            "data": {"k": STANDARD.encode(OLD)},
        });
        cluster.create(&secret).await;
    }
    let mut inputs = Inputs::of([("kind", "secrets"), ("namespace", space)]);
    inputs.0.insert("per_second".into(), json!(50));
    let plan = desk.plan("storage.re-encrypt", &inputs).await;
    let preview = desk.preview(&plan).await;
    assert!(preview.clean() && preview.dry_runs == 1, "{preview:?}");
    assert_eq!(preview.diff[0].before.as_deref(), Some("3 objects"));
    let mark = cluster.audit_mark();
    let ran = desk.run(&plan).await;
    assert_eq!((ran.end, ran.words.as_str()), (RunEnd::Applied, "3 of 3 objects of secrets written anew"));
    let lines = journal(&desk.recorder.events());
    let sent: Vec<_> = lines.iter().filter(|l| l.starts_with("ok")).map(String::as_str).collect();
    assert_eq!(sent, ["ok patch a", "ok patch b", "ok patch c"]);
    for name in ["a", "b", "c"] {
        let object = cluster.get(&ObjectKey::new(Kind::Secret, space, name).path()).await.unwrap();
        assert_eq!(object["data"]["k"], STANDARD.encode(OLD), "nothing is another one than before");
    }
    nowhere(&desk, &plan, &preview, &[OLD]);
    same_as_the_audit_log(&cluster, &desk, mark).await;
    // One a second, stopped after the first.
    inputs.0.insert("per_second".into(), json!(1));
    let plan = desk.plan("storage.re-encrypt", &inputs).await;
    let ran = desk.run_until(&plan, None, |line| line.starts_with("1 of 3")).await;
    assert_eq!((ran.end, ran.words.as_str()), (RunEnd::Cancelled, "1 of 3 objects of secrets written anew"));
}
