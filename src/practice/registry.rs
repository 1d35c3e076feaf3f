//! Which images can be pulled, and what each does when it runs.
//!
//! A registry has what the scenario describes, what its cluster runs before the fault, and what opsbook's own operations
//! pull. Anything else it has not, as a real one: a tag with a typing error stays missing. Must not judge who may pull.
//!
//! One more image is a row in a scenario's `images`; one that everybody has is a line in [`PUBLIC`].

use std::collections::BTreeMap;

use serde_json::Value;

use super::behaviour::Behaviour;

/// What any cluster can pull, as far as operations name it by themselves.
const PUBLIC: [&str; 1] = ["docker.io/library/busybox:1.37"];

/// The images, by their whole references.
#[derive(Debug, Clone, Default)]
pub struct Registry(BTreeMap<String, Behaviour>);

impl Registry {
    /// What the scenario describes and what else its cluster runs.
    pub fn new<'a>(described: &BTreeMap<String, Behaviour>, runs: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = BTreeMap::new();
        for (image, does) in described {
            all.insert(whole(image), does.clone());
        }
        for image in runs.into_iter().chain(PUBLIC) {
            all.entry(whole(image)).or_insert_with(Behaviour::default);
        }
        Self(all)
    }

    /// What an image does; none where no registry has it.
    pub fn get(&self, image: &str) -> Option<&Behaviour> {
        self.0.get(&whole(image)).filter(|does| !does.missing)
    }
}

/// The reference as the runtime resolves it: Docker's own registry, and `latest`, where nothing else is said.
pub fn whole(image: &str) -> String {
    let (host, rest) = match image.split_once('/') {
        Some((host, rest)) if host == "localhost" || host.contains(['.', ':']) => (host, rest),
        _ => ("docker.io", image),
    };
    let library = if host == "docker.io" && !rest.contains('/') { "library/" } else { "" };
    let tag = if rest.contains([':', '@']) { "" } else { ":latest" };
    format!("{host}/{library}{rest}{tag}")
}

/// Why a text is no reference at all, in the kubelet's words; none when it is one.
pub fn malformed(image: &str) -> Option<String> {
    let (repository, digest) = image.split_once('@').map_or((image, None), |(r, d)| (r, Some(d)));
    let slash = repository.rfind('/').map_or(0, |at| at + 1);
    let (path, tag) = match repository[slash..].split_once(':') {
        Some((last, tag)) => (format!("{}{last}", &repository[..slash]), Some(tag)),
        None => (repository.to_owned(), None),
    };
    let mut parts: Vec<_> = path.split('/').collect();
    if parts.len() > 1 && parts[0].contains(['.', ':']) {
        parts.remove(0);
    }
    let low = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let part =
        |p: &&str| p.starts_with(low) && p.ends_with(low) && p.chars().all(|c| low(c) || "._-".contains(c));
    let word = |t: &str| {
        let first = |c: char| c.is_ascii_alphanumeric() || c == '_';
        t.len() <= 128 && t.starts_with(first) && t.chars().all(|c| first(c) || ".-".contains(c))
    };
    let hex = |d: &str| {
        d.split_once(':').is_some_and(|(_, h)| h.len() >= 32 && h.chars().all(|c| c.is_ascii_hexdigit()))
    };
    if parts.iter().all(part) && tag.is_none_or(word) && digest.is_none_or(hex) {
        return None;
    }
    let why = if path.chars().any(|c| c.is_ascii_uppercase()) && tag.is_none_or(word) {
        "repository name must be lowercase"
    } else {
        "invalid reference format"
    };
    Some(format!(
        "Failed to apply default image tag \"{image}\": couldn't parse image name \"{image}\": {why}"
    ))
}

/// The images of all containers in a manifest.
pub fn named_in(manifest: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = vec![manifest];
    while let Some(value) = rest.pop() {
        match value {
            Value::Object(map) => {
                for key in ["containers", "initContainers"] {
                    let containers = map.get(key).and_then(Value::as_array);
                    found.extend(containers.into_iter().flatten().filter_map(|c| c["image"].as_str()));
                }
                rest.extend(map.values());
            }
            Value::Array(items) => rest.extend(items),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_the_same_image_however_much_of_it_is_written() {
        for (image, want) in [
            ("busybox", "docker.io/library/busybox:latest"),
            ("grafana/grafana:12", "docker.io/grafana/grafana:12"),
            ("registry.example/api:1", "registry.example/api:1"),
            ("localhost:5000/api", "localhost:5000/api:latest"),
            ("docker.io/library/redis:7.4", "docker.io/library/redis:7.4"),
        ] {
            assert_eq!(whole(image), want);
        }
        let registry = Registry::new(&BTreeMap::new(), ["redis:7.4"]);
        assert!(registry.get("docker.io/library/redis:7.4").is_some());
        assert!(registry.get("redis:7.5").is_none() && registry.get("busybox:1.37").is_some());
    }

    #[test]
    fn a_text_that_is_no_reference_is_told_from_an_image_that_is_missing() {
        for good in ["a", "a:1", "registry.example:5000/Team".to_lowercase().as_str(), "x/y_z-1.0:v1.2-rc"] {
            assert_eq!(malformed(good), None, "{good}");
        }
        for bad in ["registry.example/Api:1", "api:", "api:1 2", "a//b", "api:1@sha256:00", ""] {
            assert!(malformed(bad).is_some(), "{bad}");
        }
        assert!(malformed("registry.example/Api:1").unwrap().ends_with("must be lowercase"));
    }
}
