//! Kubernetes quantities: `512Mi`, `250m`, `1e3`.

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

/// The number that a quantity means; `None` when it is none.
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
}
