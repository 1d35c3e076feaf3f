//! The images on a node, from the object itself.
//!
//! Must not judge: which image may go is the kubelet's to say.

use serde_json::Value;

use super::{Cell, Line, Tone, field};
use crate::domain::{ObjectRow, sanitize};
use crate::lang::t;

/// The kubelet reports so many, unless it is told otherwise.
const REPORTED: usize = 50;
/// So many of the largest ones are named.
const NAMED: usize = 5;

/// How many there are, how large, and the largest by name.
pub(super) fn lines(node: &ObjectRow) -> Vec<Line> {
    let size = |image: &Value| image["sizeBytes"].as_i64().unwrap_or(0);
    let mut images: Vec<&Value> = node.list("/status/images").iter().collect();
    images.sort_by_key(|image| std::cmp::Reverse(size(image)));
    let all: i64 = images.iter().map(|image| size(image)).sum();
    let words = match images.len() {
        0 => t!("live-images-none").to_owned(),
        count @ REPORTED => t!("live-images-largest", count = count, size = bytes(all)),
        count => t!("live-images", count = count, size = bytes(all)),
    };
    let mut out = vec![field(t!("live-label-images"), words)];
    for image in images.into_iter().take(NAMED) {
        let line = format!("    {:>8}  {}", bytes(size(image)), name(image));
        out.push(vec![Cell::new(line, Tone::Faint)]);
    }
    out
}

/// The name with a tag, where there is one: digests say little to people.
fn name(image: &Value) -> String {
    let mut names = image["names"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let first = names.clone().next().unwrap_or(t!("live-images-without-name"));
    sanitize(names.find(|n| !n.contains('@')).unwrap_or(first))
}

/// A size with one digit behind the point, in powers of 1024.
fn bytes(size: i64) -> String {
    let mib = size / (1 << 20);
    if mib >= 1024 { format!("{}.{}Gi", mib / 1024, mib % 1024 * 10 / 1024) } else { format!("{mib}Mi") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn images_are_counted_summed_and_the_largest_named_by_their_tag() {
        let node = ObjectRow::read(json!({"metadata": {"name": "w"}, "status": {"images": [
            {"names": ["a@sha256:1", "registry/a:1"], "sizeBytes": 100 << 20},
            {"names": ["b@sha256:2"], "sizeBytes": 1500_i64 << 20},
            {"sizeBytes": 1},
        ]}}));
        let text: Vec<String> =
            lines(&node).iter().map(|l| l.iter().map(|c| c.text.as_str()).collect::<String>()).collect();
        assert!(text[0].contains("3 images, 1.5Gi together"), "{text:?}");
        assert!(
            text[1].ends_with("1.4Gi  b@sha256:2") && text[2].ends_with("100Mi  registry/a:1"),
            "{text:?}"
        );
        assert!(text[3].contains("without a name"));
        assert!(lines(&ObjectRow::default())[0][1].text.contains("none reported"));
    }
}
