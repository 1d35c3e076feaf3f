//! A token of a service account that ends by itself. The API server makes it, and it is shown once.
//!
//! Must not know the token: the plan says what is asked for, and the answer goes past it.

use serde_json::json;

use super::target::{self, guard, object};
use super::{
    Call, CommandLine, Consequence, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress, Refusal, Takes,
    Undo, WayBack, may, need,
};
use crate::domain::{ClusterSnapshot, Interest, Kind, ObjectKey, ObjectRow, Risk};
use crate::lang::{list, msg, t};

const META: OpMeta = OpMeta {
    id: "serviceaccount.token",
    title: msg!("op-token-title"),
    kinds: &[Kind::ServiceAccount],
    params: &[
        NAMESPACE,
        need("serviceaccount", Takes::Name(Kind::ServiceAccount), msg!("op-token-account-param")),
        may("for", Takes::Duration, msg!("op-token-for-param")),
        may("audience", Takes::Text, msg!("op-token-audience-param")),
    ],
    risk: Risk::Medium,
    reach: "api",
    guards: &[msg!("op-token-shown-once"), msg!("op-token-names-roles")],
    undo: WayBack::None(msg!("op-token-undo")),
};

/// Seconds. The API server makes none that is shorter.
const SHORTEST: u64 = 600;
const LONGEST: u64 = 24 * 3600;
/// Roles that are named.
const ROLES: usize = 6;

pub struct Token;

impl Operation for Token {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn reads(&self, inputs: &Inputs) -> Vec<Interest> {
        let Ok(key) = target::key(&META, inputs, Kind::ServiceAccount, "serviceaccount") else {
            return Vec::new();
        };
        vec![Interest::one(&key), Interest::all(Kind::ClusterRoleBinding), Interest::all(Kind::RoleBinding)]
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = target::key(&META, inputs, Kind::ServiceAccount, "serviceaccount")?;
        let seconds = inputs.seconds(&META, "for")?.unwrap_or(3600);
        if !(SHORTEST..=LONGEST).contains(&seconds) {
            return Err(guard(t!("op-token-for-so-long", seconds = seconds), t!("op-token-give-a-time")));
        }
        let row = object(world, &key)?;
        if row.meta.deleting.is_some() {
            return Err(guard(t!("op-token-is-being-deleted", key = key), t!("op-token-choose-another")));
        }
        let audience = inputs.optional("audience");
        let mut spec = json!({ "expirationSeconds": seconds });
        if let Some(audience) = audience {
            spec["audiences"] = json!([audience]);
        }
        let body = json!({
            "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": spec,
            "metadata": { "name": key.name(), "namespace": key.namespace(), "uid": &*row.meta.uid },
        });
        let roles = roles(world, &key)?;
        let admin = roles.iter().any(Role::widest);
        let minutes = seconds / 60;
        let lasts = format!("--duration={seconds}s");
        let line = CommandLine::kubectl(&key, &["create", "token", key.name(), &lasts]);
        Ok(Plan {
            title: t!("op-token-does", key = key),
            summary: match audience {
                Some(whom) => t!("op-token-ends-after-for", whom = whom, minutes = minutes),
                None => t!("op-token-ends-after", minutes = minutes),
            },
            consequences: consequences(&roles, admin),
            kubectl: match audience {
                Some(audience) => line.and(&[&format!("--audience={audience}")]),
                None => line,
            },
            undo: Undo::None(t!("op-token-not-called-back", minutes = minutes)),
            proof: t!("op-token-proof").to_owned(),
            risk: if admin { Risk::High } else { META.risk },
            ..Plan::draft(&META, inputs, key.clone(), &row.meta, vec![Call::create_at(&key, "token", body)])
        })
    }

    fn progress(&self, plan: &Plan, world: &ClusterSnapshot) -> Progress {
        // It is in no object: that its account is still the same is all that can be seen.
        target::shown(plan, world, |_: &ObjectRow| true)
    }
}

/// A role, and the namespace that it is bound in; in all of them where there is none.
struct Role {
    name: String,
    place: String,
}

impl Role {
    fn widest(&self) -> bool {
        self.name.starts_with("cluster-admin")
    }

    fn words(&self) -> String {
        if self.place.is_empty() {
            return self.name.clone();
        }
        t!("op-token-role-in", role = self.name, namespace = self.place)
    }
}

fn consequences(roles: &[Role], admin: bool) -> Vec<Consequence> {
    let shown = t!("op-token-where-it-is-shown");
    let mut out = vec![Consequence::info(msg!("op-class-shown"), shown)];
    let more = roles.len().saturating_sub(ROLES);
    let names = list(roles.iter().take(ROLES).map(Role::words));
    out.push(match roles.len() {
        0 => Consequence::info(msg!("op-class-rights"), t!("op-token-no-role")),
        _ if admin => Consequence::danger(
            msg!("op-class-rights"),
            t!("op-token-may-do-everything", names = names, more = more),
        ),
        _ => Consequence::warn(msg!("op-class-rights"), t!("op-token-has-roles", names = names, more = more)),
    });
    out
}

/// The roles that are bound to an account, the widest first: by its name, or by the groups of all accounts.
fn roles(world: &ClusterSnapshot, key: &ObjectKey) -> Result<Vec<Role>, Refusal> {
    let groups = ["system:serviceaccounts".to_owned(), format!("system:serviceaccounts:{}", key.namespace())];
    let means = |subject: &serde_json::Value| {
        let own = subject["kind"] == "ServiceAccount"
            && subject["name"] == key.name()
            && subject["namespace"] == key.namespace();
        own || (subject["kind"] == "Group" && groups.iter().any(|g| subject["name"] == g.as_str()))
    };
    let mut out = Vec::new();
    for kind in [Kind::ClusterRoleBinding, Kind::RoleBinding] {
        for row in target::others(world, &Interest::all(kind))? {
            if row.list("/subjects").iter().any(means) {
                let name = row.text("/roleRef/name").to_owned();
                out.push(Role { name, place: row.meta.namespace.to_string() });
            }
        }
    }
    out.sort_by_key(|role| !role.widest());
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Work, plan};
    use crate::testing::World;

    fn world(role: &str) -> World {
        let account = json!({
            "kind": "ServiceAccount", "metadata": {"namespace": "shop", "name": "robot", "uid": "u", "resourceVersion": "3"},
        });
        let binding = json!({
            "kind": "ClusterRoleBinding", "metadata": {"name": "b"}, "roleRef": {"name": role},
            "subjects": [{"kind": "ServiceAccount", "namespace": "shop", "name": "robot"}],
        });
        World::new().object(account).object(binding)
    }

    fn inputs<const N: usize>(more: [(&str, &str); N]) -> Inputs {
        let mut out = Inputs::of([("namespace", "shop"), ("serviceaccount", "robot")]);
        out.0.extend(Inputs::of(more).0);
        out
    }

    #[test]
    fn it_is_bound_to_the_account_ends_by_itself_and_says_what_it_gives() {
        let made = plan(META.id, &world("view").0, &inputs([("for", "2h"), ("audience", "vault")])).unwrap();
        let Work::Calls(calls) = &made.work else { panic!() };
        assert_eq!(calls[0].body["metadata"]["uid"], "u");
        assert_eq!(calls[0].body["spec"], json!({"expirationSeconds": 7200, "audiences": ["vault"]}));
        assert_eq!(made.needs[0].to_string(), "create serviceaccounts/token in shop");
        assert!(made.consequences[1].detail.contains("view"), "{:?}", made.consequences);
        assert!(matches!(&made.undo, Undo::None(why) if why.contains("120 min")));
        assert!(!calls[0].dry_runs(), "a dry run would make one");
        let admin = plan(META.id, &world("cluster-admin").0, &inputs([])).unwrap();
        assert_eq!((made.risk, admin.risk), (Risk::Medium, Risk::High));
    }

    #[test]
    fn what_a_token_weighs_is_the_same_in_every_language() {
        let bound = |name: &str, role: &str| {
            json!({
                "kind": "RoleBinding", "metadata": {"namespace": "shop", "name": name}, "roleRef": {"name": role},
                "subjects": [{"kind": "ServiceAccount", "namespace": "shop", "name": "robot"}],
            })
        };
        let world = world("view").object(bound("a", "cluster-admin")).object(bound("b", "edit"));
        for language in crate::lang::Language::ALL {
            let made = crate::lang::within(*language, || plan(META.id, &world.0, &inputs([])).unwrap());
            let rights = made.consequences.last().unwrap();
            assert_eq!((made.risk, rights.level), (Risk::High, crate::op::Level::Danger), "{rights:?}");
            let at = |role: &str| rights.detail.find(role).unwrap();
            assert!(at("cluster-admin") < at("view") && at("cluster-admin") < at("edit"), "{rights:?}");
        }
    }

    #[test]
    fn too_long_too_short_and_no_account_are_refused() {
        for wrong in ["25h", "1m"] {
            assert!(plan(META.id, &world("view").0, &inputs([("for", wrong)])).is_err());
        }
        let other = World::new().object(json!({
            "kind": "ServiceAccount", "metadata": {"namespace": "shop", "name": "other", "uid": "u", "resourceVersion": "3"},
        }));
        assert!(matches!(plan(META.id, &other.0, &inputs([])), Err(Refusal::NotFound(_))));
    }
}
