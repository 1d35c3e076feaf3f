//! Kubernetes quantities: `512Mi`, `250m`, `1e3`. The one reader of them, for objects of the cluster as for parameters
//! and conditions of runbooks.
//!
//! Must not guess: what Kubernetes would refuse is no quantity.

/// Suffixes with their factors; longer ones stand before their first letters.
const SUFFIXES: [(&str, f64); 15] = [
    ("Ki", 1024.0),
    ("Mi", 1_048_576.0),
    ("Gi", 1_073_741_824.0),
    ("Ti", 1_099_511_627_776.0),
    ("Pi", 1_125_899_906_842_624.0),
    ("Ei", 1_152_921_504_606_846_976.0),
    ("n", 1e-9),
    ("u", 1e-6),
    ("m", 1e-3),
    ("k", 1e3),
    ("M", 1e6),
    ("G", 1e9),
    ("T", 1e12),
    ("P", 1e15),
    ("E", 1e18),
];

/// The number that a quantity means, in its own unit (cores, bytes); `None` when it is none.
pub fn parse_quantity(text: &str) -> Option<f64> {
    let (number, factor) = SUFFIXES
        .iter()
        .find_map(|(suffix, factor)| Some((text.strip_suffix(suffix)?, *factor)))
        .unwrap_or((text, 1.0));
    let plain = number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'+' | b'-' | b'e' | b'E'));
    let starts = number.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
    if !plain || !starts {
        return None;
    }
    number.parse::<f64>().ok().filter(|n| n.is_finite()).map(|n| n * factor)
}

/// A quantity times `scale`, in whole units and rounded up as Kubernetes does; `None` when it is none.
pub fn whole_quantity(text: &str, scale: i64) -> Option<i64> {
    let scaled = parse_quantity(text)? * scale as f64;
    // Less than this is not a part of a unit, but of the floating point.
    scaled.is_finite().then(|| (scaled - 1e-9).ceil() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_numbers() {
        let near = |text, wanted: f64| (parse_quantity(text).unwrap() - wanted).abs() < wanted.abs() * 1e-12;
        assert!(
            near("512Mi", 536_870_912.0) && near("250m", 0.25) && near("1e3", 1000.0) && near("2E", 2e18)
        );
        for wrong in ["", "Mi", "1 Gi", "1GiB", "inf", "NaN", "0x10", "--1"] {
            assert_eq!(parse_quantity(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn whole_units_are_rounded_up() {
        let cases = [("250m", 1000, 250), ("2", 1000, 2000), ("1Gi", 1, 1 << 30), ("1.5G", 1, 1_500_000_000)];
        for (text, scale, value) in cases {
            assert_eq!(whole_quantity(text, scale), Some(value), "{text}");
        }
        assert_eq!((whole_quantity("1e3", 1), whole_quantity("1500m", 1)), (Some(1000), Some(2)));
        assert_eq!((whole_quantity("much", 1), whole_quantity("inf", 1)), (None, None));
    }
}
