//! Write every object of a resource anew, as it is: an API server whose encryption key or storage version has changed
//! stores it in the new form. Each is one empty patch, bound to the uid; none is read but for its name.

use super::target::guard;
use super::{
    Access, CommandLine, Consequence, Inputs, OpMeta, Operation, Param, Plan, Progress, Refusal, RewriteWork,
    Takes, WayBack, Work, may, need,
};
use crate::domain::{ClusterSnapshot, Kind, ObjectKey, Risk};
use crate::lang::{msg, t};

const META: OpMeta = OpMeta {
    id: "storage.re-encrypt",
    title: msg!("op-rewrite-title"),
    kinds: &[Kind::Secret, Kind::ConfigMap],
    params: &[
        need("kind", Takes::Text, msg!("op-rewrite-kind-param")),
        NAMESPACE,
        may("per_second", Takes::Int, msg!("op-rewrite-rate-param")),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[
        msg!("op-rewrite-reads-names-only"),
        msg!("op-rewrite-passes-over"),
        msg!("op-rewrite-says-what-is-unseen"),
    ],
    undo: WayBack::None(msg!("op-rewrite-undo")),
};

const NAMESPACE: Param = may("namespace", Takes::Name(Kind::Namespace), msg!("op-rewrite-namespace-param"));
/// Its uid is that of the cluster.
const CLUSTER: &str = "kube-system";
const PER_SECOND: i64 = 5;
const MOST_PER_SECOND: i64 = 50;

pub struct ReEncrypt;

impl Operation for ReEncrypt {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let given = inputs.text(&META, "kind")?;
        let kind = Kind::parse(given).filter(|k| Kind::ALL.contains(k)).ok_or_else(|| Refusal::Invalid {
            op: META.id,
            param: "kind".to_owned(),
            given: given.to_owned(),
            expected: t!("op-rewrite-a-kind"),
        })?;
        let plural = kind.meta().plural;
        let namespace = inputs.optional("namespace");
        if namespace.is_some() && !kind.meta().namespaced {
            return Err(guard(
                t!("op-rewrite-has-no-namespace", plural = plural),
                t!("op-rewrite-leave-namespace-out"),
            ));
        }
        let per_second = inputs.number(&META, "per_second")?.unwrap_or(PER_SECOND);
        if !(1..=MOST_PER_SECOND).contains(&per_second) {
            let instead = t!("op-rewrite-give-a-rate", most = MOST_PER_SECOND);
            return Err(guard(t!("op-rewrite-so-many-requests", per_second = per_second), instead));
        }
        let key = ObjectKey::cluster(Kind::Namespace, namespace.unwrap_or(CLUSTER));
        let of = world.meta(&key).ok_or_else(|| Refusal::NotFound(key.clone()))?;
        let right = |verb: &str| Access {
            verb: verb.to_owned(),
            group: kind.meta().group.to_owned(),
            resource: plural.to_owned(),
            subresource: String::new(),
            namespace: namespace.unwrap_or_default().to_owned(),
        };
        let work = RewriteWork {
            kind,
            namespace: namespace.map(str::to_owned),
            per_second: per_second.unsigned_abs(),
        };
        let get = match namespace {
            Some(namespace) => CommandLine::within(namespace, &["get", plural, "-o", "json"]),
            None => CommandLine::cluster(&["get", plural, "-A", "-o", "json"]),
        };
        Ok(Plan {
            title: t!("op-rewrite-does", plural = plural),
            summary: match namespace {
                Some(namespace) => t!(
                    "op-rewrite-every-one-of-namespace",
                    plural = plural,
                    namespace = namespace,
                    per_second = per_second
                ),
                None => t!("op-rewrite-every-one", plural = plural, per_second = per_second),
            },
            consequences: consequences(kind),
            kubectl: CommandLine::within(namespace.unwrap_or_default(), &["replace", "-f", "-"]).reads(get),
            proof: t!("op-rewrite-proof", plural = plural),
            work: Work::Rewrite(work),
            needs: vec![right("list"), right("patch")],
            ..Plan::draft(&META, inputs, key, of, Vec::new())
        })
    }

    fn progress(&self, plan: &Plan, _: &ClusterSnapshot) -> Progress {
        Progress::Fulfilled(plan.proof.clone())
    }
}

fn consequences(kind: Kind) -> Vec<Consequence> {
    let unseen = t!("op-rewrite-key-unseen");
    let old = t!("op-rewrite-keep-the-old-key");
    let mut out = vec![
        Consequence::warn(msg!("op-rewrite-unseen"), unseen),
        Consequence::warn(msg!("op-rewrite-old-key"), old),
        Consequence::info(msg!("op-rewrite-not-written"), t!("op-rewrite-stored-already")),
    ];
    if matches!(kind, Kind::Event | Kind::Lease) {
        out.push(Consequence::info(msg!("op-class-short-lived"), t!("op-rewrite-by-themselves")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Undo, plan};
    use crate::testing::World;
    use serde_json::json;

    fn world() -> World {
        let mut world = World::new();
        for name in ["kube-system", "shop"] {
            let meta = crate::testing::meta("", name);
            world =
                world.with(|w| &mut w.namespaces, crate::domain::NamespaceRow { meta, ..Default::default() });
        }
        world
    }

    #[test]
    fn it_asks_for_the_rights_and_says_what_it_cannot_see() {
        let made = plan(META.id, &world().0, &Inputs::of([("kind", "secrets")])).unwrap();
        let Work::Rewrite(work) = &made.work else { panic!() };
        assert_eq!((work.kind, work.per_second, &work.namespace), (Kind::Secret, 5, &None));
        let needs: Vec<_> = made.needs.iter().map(ToString::to_string).collect();
        assert_eq!(needs, ["list secrets", "patch secrets"]);
        assert!(made.consequences[0].detail.contains("EncryptionConfiguration"));
        assert!(matches!(made.undo, Undo::None(_)));
        let one = plan(META.id, &world().0, &Inputs::of([("kind", "cm"), ("namespace", "shop")])).unwrap();
        assert_eq!(one.uid, "uid-shop");
        assert!(matches!(ReEncrypt.progress(&one, &world().0), Progress::Fulfilled(_)));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for (name, value) in
            [("per_second", json!(51)), ("per_second", json!(0)), ("namespace", json!("nowhere"))]
        {
            let mut inputs = Inputs::of([("kind", "secrets")]);
            inputs.0.insert(name.into(), value);
            assert!(plan(META.id, &world().0, &inputs).is_err(), "{name}");
        }
        assert!(plan(META.id, &world().0, &Inputs::of([("kind", "gizmo")])).is_err());
        let nodes = Inputs::of([("kind", "nodes"), ("namespace", "shop")]);
        assert!(plan(META.id, &world().0, &nodes).is_err());
    }
}
