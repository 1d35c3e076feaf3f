//! Labels and annotations of any object: set one, or take it away. The value from before is kept in the record.

use serde_json::{Map, Value, json};

use super::target::{self, gitops, guard, object, shown};
use super::{
    Call, CommandLine, Consequence, Inputs, KIND, NAME, OpMeta, Operation, Plan, Progress, Refusal, SPACE,
    Takes, Undo, WayBack, may, need,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, ObjectRow, Risk};
use crate::lang::{msg, t};

/// The two maps that every object carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Labels,
    Annotations,
}

const LABEL: OpMeta = OpMeta {
    id: "object.label",
    title: msg!("op-label-label"),
    kinds: &[],
    params: &[
        KIND,
        SPACE,
        NAME,
        need("key", Takes::Text, msg!("op-label-key")),
        may("value", Takes::Text, msg!("op-label-value")),
    ],
    risk: Risk::Low,
    reach: "api",
    guards: &[msg!("op-label-guard-selectors"), msg!("op-label-guard-gitops")],
    undo: WayBack::Told(msg!("op-label-way-back")),
};

const ANNOTATE: OpMeta = OpMeta {
    id: "object.annotate",
    title: msg!("op-label-annotate"),
    kinds: &[],
    params: &[
        KIND,
        SPACE,
        NAME,
        need("key", Takes::Text, msg!("op-label-annotation-key")),
        may("value", Takes::Text, msg!("op-label-annotation-value")),
    ],
    risk: Risk::Low,
    reach: "api",
    guards: &[msg!("op-label-guard-gitops")],
    undo: WayBack::Told(msg!("op-label-way-back-annotate")),
};

pub struct Label;
pub struct Annotate;

impl Operation for Label {
    fn meta(&self) -> &'static OpMeta {
        &LABEL
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        target::any_reads(&LABEL, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        plan(Of::Labels, world, inputs)
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        set(Of::Labels, plan, world)
    }
}

impl Operation for Annotate {
    fn meta(&self) -> &'static OpMeta {
        &ANNOTATE
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        target::any_reads(&ANNOTATE, inputs)
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        plan(Of::Annotations, world, inputs)
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        set(Of::Annotations, plan, world)
    }
}

impl Of {
    fn meta(self) -> &'static OpMeta {
        match self {
            Of::Labels => &LABEL,
            Of::Annotations => &ANNOTATE,
        }
    }

    fn field(self) -> &'static str {
        match self {
            Of::Labels => "labels",
            Of::Annotations => "annotations",
        }
    }

    /// As kubectl calls it.
    fn verb(self) -> &'static str {
        match self {
            Of::Labels => "label",
            Of::Annotations => "annotate",
        }
    }

    fn title(self, target: &ObjectKey) -> String {
        match self {
            Of::Labels => t!("op-label-title", target = target),
            Of::Annotations => t!("op-label-title-annotate", target = target),
        }
    }

    fn no_name(self, key: &str) -> String {
        match self {
            Of::Labels => t!("op-label-no-name", key = format!("{key:?}")),
            Of::Annotations => t!("op-label-no-name-annotation", key = format!("{key:?}")),
        }
    }

    fn value(self, row: &ObjectRow, key: &str) -> Option<String> {
        row.value["metadata"][self.field()][key].as_str().map(str::to_owned)
    }
}

/// What the inputs want: a value, or none of it.
fn wanted(inputs: &Inputs) -> Option<&str> {
    inputs.0.get("value").and_then(Value::as_str)
}

fn plan(of: Of, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
    let meta = of.meta();
    let target = target::any(meta, inputs)?;
    let row = object(world, &target)?;
    let (key, value) = (inputs.text(meta, "key")?, wanted(inputs));
    if !qualified(key) {
        return Err(guard(of.no_name(key), t!("op-label-write-name")));
    }
    let before = of.value(row, key);
    if before.as_deref() == value {
        let so = match value {
            Some(value) => t!("op-label-is", key = key, target = target, value = value),
            None => t!("op-label-is-not-there", key = key, target = target),
        };
        return Err(Refusal::AlreadySo(so));
    }
    let mut fields = Map::new();
    fields.insert(key.to_owned(), value.map_or(Value::Null, Value::from));
    let mut metadata = Map::new();
    metadata.insert(of.field().to_owned(), Value::Object(fields));
    let call = Call::merge(&target, &row.meta, json!({ "metadata": metadata }));
    let mut back = inputs.clone();
    match &before {
        Some(old) => back.0.insert("value".to_owned(), Value::from(old.as_str())),
        None => back.0.remove("value"),
    };
    let mut consequences: Vec<_> =
        gitops(&row.meta, |name| row.annotation(name).map(str::to_owned)).into_iter().collect();
    if of == Of::Labels && before.is_some() && matches!(target.kind, Kind::Pod | Kind::Node | Kind::Namespace)
    {
        let detail = t!("op-label-selects");
        consequences.push(Consequence::warn(msg!("op-class-selectors"), detail));
    }
    let none = t!("op-label-none");
    let (was, will) = (before.as_deref().unwrap_or(none), value.unwrap_or(none));
    let argument = value.map_or_else(|| format!("{key}-"), |v| format!("{key}={v}"));
    Ok(Plan {
        title: of.title(&target),
        summary: format!("{key}: {was} → {will}"),
        consequences,
        kubectl: CommandLine::kubectl(
            &target,
            &[of.verb(), target.kind.meta().plural, target.name(), &argument, "--overwrite"],
        ),
        undo: Undo::by(meta.id, back),
        proof: t!("op-label-is", key = key, target = target, value = will),
        ..Plan::draft(meta, inputs, target.clone(), &row.meta, vec![call])
    })
}

fn set(of: Of, plan: &Plan, world: &ClusterSnapshot) -> Progress {
    let key = plan.inputs.0.get("key").and_then(Value::as_str).unwrap_or_default();
    shown(plan, world, |row| of.value(row, key).as_deref() == wanted(&plan.inputs))
}

/// `[prefix/]name` as the API server takes it.
fn qualified(key: &str) -> bool {
    let (prefix, name) = key.rsplit_once('/').map_or((None, key), |(p, n)| (Some(p), n));
    let word = |t: &str, longest: usize| {
        let inner = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        t.len() <= longest && t.chars().all(inner) && edge(t.chars().next()) && edge(t.chars().last())
    };
    word(name, 63) && prefix.is_none_or(|p| word(p, 253))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::World;

    fn world() -> World {
        World::new().object(json!({
            "apiVersion": "v1", "kind": "Node",
            "metadata": {"name": "w", "uid": "u", "resourceVersion": "5", "labels": {"pool": "old"}},
        }))
    }

    fn inputs<const N: usize>(more: [(&str, &str); N]) -> Inputs {
        let mut all = Inputs::of([("kind", "node"), ("name", "w")]);
        all.0.extend(Inputs::of(more).0);
        all
    }

    #[test]
    fn a_label_is_set_bound_to_the_object_and_knows_its_old_value() {
        let made = plan("object.label", &world().0, &inputs([("key", "pool"), ("value", "new")])).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        let wanted = json!({"metadata": {"labels": {"pool": "new"}, "uid": "u", "resourceVersion": "5"}});
        assert_eq!(calls[0].body, wanted);
        let Undo::By { inputs: back, .. } = &made.undo else { panic!() };
        assert_eq!(back.0["value"], "old");
        assert!(matches!(Label.progress(&made, &world().0), Progress::Pending(_)));
        assert_eq!(made.consequences[0].what, "selectors");
    }

    #[test]
    fn a_new_one_is_taken_away_again_and_what_is_so_needs_no_write() {
        let made = plan("object.annotate", &world().0, &inputs([("key", "a/b"), ("value", "x y")])).unwrap();
        let Undo::By { inputs: back, .. } = &made.undo else { panic!() };
        assert!(!back.0.contains_key("value"));
        assert!(made.kubectl.to_string().contains("'a/b=x y'"), "{}", made.kubectl);
        let same = plan("object.label", &world().0, &inputs([("key", "pool"), ("value", "old")]));
        assert!(matches!(same, Err(Refusal::AlreadySo(_))));
        let wrong = plan("object.label", &world().0, &inputs([("key", "-x"), ("value", "y")]));
        assert!(matches!(wrong, Err(Refusal::Guard { .. })));
    }
}
