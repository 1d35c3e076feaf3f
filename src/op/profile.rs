//! What a debug container may do, and which of that a namespace's Pod Security level allows. Shared by the operations that
//! debug; it plans nothing itself.

use serde_json::{Value, json};

use super::target::guard;
use super::{Consequence, Inputs, OpMeta, Refusal};
use crate::domain::{ClusterSnapshot, RowKey};
use crate::lang::{msg, t};

/// The profiles of kubectl.
pub(super) const PROFILES: &[&str] = &["general", "baseline", "restricted", "netadmin", "sysadmin"];
/// The image where none is given: a shell and the tools for networks and processes.
pub(super) const IMAGE: &str = "busybox:1.37";
/// Where the level of a namespace stands.
const ENFORCE: &str = "pod-security.kubernetes.io/enforce";

/// A Pod Security level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Restricted,
    Baseline,
    Privileged,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Level::Restricted => "restricted",
            Level::Baseline => "baseline",
            Level::Privileged => "privileged",
        }
    }

    /// The level that a namespace enforces; none where the cluster's own default decides.
    pub(super) fn of(world: &ClusterSnapshot, namespace: &str) -> Option<Level> {
        let row = world.namespaces.get(&RowKey::new("", namespace))?;
        let levels = [Level::Restricted, Level::Baseline, Level::Privileged];
        levels.into_iter().find(|l| row.meta.label(ENFORCE) == Some(l.word()))
    }

    /// The lowest level that allows a profile.
    pub(super) fn needed(profile: &str) -> Level {
        match profile {
            "restricted" => Level::Restricted,
            "baseline" => Level::Baseline,
            _ => Level::Privileged,
        }
    }
}

/// The profile that was chosen, or the one that the namespace's level allows.
pub(super) fn chosen(
    meta: &'static OpMeta,
    inputs: &Inputs,
    level: Option<Level>,
) -> Result<&'static str, Refusal> {
    if inputs.optional("profile").is_some() {
        return inputs.word(meta, "profile", PROFILES);
    }
    Ok(match level {
        Some(Level::Restricted) => "restricted",
        Some(Level::Baseline) => "baseline",
        Some(Level::Privileged) | None => "general",
    })
}

/// What the level of the namespace says about what is needed: refused, told, or not known. `profiles`: another one may be chosen.
pub(super) fn allowed(
    namespace: &str,
    level: Option<Level>,
    needed: Level,
    what: &str,
    profiles: bool,
) -> Result<Consequence, Refusal> {
    match level {
        Some(level) if level < needed => Err(guard(
            t!("op-profile-forbidden", namespace = namespace, level = level.word(), what = what),
            if needed == Level::Privileged && profiles {
                t!("op-profile-choose-profile", level = level.word())
            } else {
                t!("op-profile-choose-namespace", level = needed.word())
            },
        )),
        Some(level) => {
            let detail = t!("op-profile-allowed", namespace = namespace, level = level.word(), what = what);
            Ok(Consequence::info(msg!("op-class-pod-security"), detail))
        }
        None => Ok(Consequence::info(
            msg!("op-class-pod-security"),
            t!("op-profile-no-level", namespace = namespace),
        )),
    }
}

/// The security context of a profile; null has none.
pub(super) fn context(profile: &str) -> Value {
    match profile {
        "general" => json!({"capabilities": {"add": ["SYS_PTRACE"]}}),
        "netadmin" => json!({"capabilities": {"add": ["NET_ADMIN", "NET_RAW"]}}),
        "sysadmin" => json!({"privileged": true}),
        "restricted" => json!({
            "allowPrivilegeEscalation": false, "runAsNonRoot": true, "runAsUser": 65534,
            "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"},
        }),
        _ => Value::Null,
    }
}

/// The image that was given, or the usual one; with a warning where its tag says nothing.
pub(super) fn image(inputs: &Inputs) -> Result<(&str, Option<Consequence>), Refusal> {
    let image = inputs.optional("image").unwrap_or(IMAGE);
    if image.chars().any(|c| c.is_whitespace() || c.is_control()) || image.starts_with('-') {
        return Err(guard(
            t!("op-profile-no-image", image = format!("{image:?}")),
            t!("op-profile-give-image"),
        ));
    }
    let detail = t!("op-profile-loose-tag", image = image);
    let loose =
        (!super::set_image::fixed(image)).then(|| Consequence::warn(msg!("op-class-no-fixed-tag"), detail));
    Ok((image, loose))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_allows_what_it_allows_and_names_what_it_would() {
        let what = "profile general";
        let refused =
            allowed("shop", Some(Level::Baseline), Level::needed("general"), what, true).unwrap_err();
        assert!(refused.to_string().contains("choose profile baseline"), "{refused}");
        assert!(allowed("shop", Some(Level::Privileged), Level::needed("sysadmin"), what, true).is_ok());
        assert!(allowed("shop", None, Level::needed("sysadmin"), what, true).is_ok());
        assert!(Level::needed("restricted") < Level::needed("baseline"));
        assert!(context("baseline").is_null() && context("sysadmin")["privileged"] == true);
    }
}
