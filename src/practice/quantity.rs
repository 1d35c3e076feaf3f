//! Kubernetes quantities: as many as the practice cluster computes with, cpu in thousandths and memory in bytes.

/// Bytes of `512Mi`, `1Gi`, `128974848`, `129M`; `None` when it is no quantity.
pub fn bytes(text: &str) -> Option<u64> {
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let factor = match unit {
        "" => 1.0,
        "m" => 0.001,
        "k" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "Ki" => 1024.0,
        "Mi" => 1_048_576.0,
        "Gi" => 1_073_741_824.0,
        "Ti" => 1_099_511_627_776.0,
        _ => return None,
    };
    whole(number.parse::<f64>().ok()? * factor)
}

/// Thousandths of a cpu of `250m`, `2`, `0.5`.
pub fn milli(text: &str) -> Option<u64> {
    match text.strip_suffix('m') {
        Some(m) => m.parse().ok(),
        None => whole(text.parse::<f64>().ok()? * 1000.0),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a positive number in range"
)]
fn whole(number: f64) -> Option<u64> {
    (number.is_finite() && (0.0..1e18).contains(&number)).then(|| number.round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read() {
        assert_eq!(bytes("300Mi"), Some(314_572_800));
        assert_eq!(bytes("1.5Gi"), Some(1_610_612_736));
        assert_eq!(milli("0.25"), Some(250));
        assert_eq!(milli("100m"), Some(100));
        assert_eq!(bytes("many"), None);
    }
}
