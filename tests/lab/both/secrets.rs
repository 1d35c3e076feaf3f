//! Operations on Secrets and tokens: the values are where they belong, and nowhere else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use opsbook::domain::{Kind, ObjectKey, SecretText};
use opsbook::op::{Inputs, Plan, Preview, Undo};
use opsbook::record::{Format, Report};
use serde_json::{Value, json};

use super::operate::same_as_the_audit_log;
use crate::support::{Cluster, Desk, manifest};

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
