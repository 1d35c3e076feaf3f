//! The nearest known name, for "did you mean".
//!
//! Purpose: turn a typing error into a suggestion. Must not: suggest something far away.

/// Longer names than this, in bytes, are not compared.
const LONGEST: usize = 100;

/// The known name nearest to `wrong`, if it is near enough to be a typing error.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.len() > LONGEST {
        return None;
    }
    let length = wrong.chars().count();
    let limit = (length / 3).clamp(1, 3);
    let wrong_low = wrong.to_lowercase();
    // What differs more in length differs more.
    let known =
        known.into_iter().filter(|k| k.len() <= LONGEST + 12 && k.chars().count().abs_diff(length) <= limit);
    let scored = known.map(|k| (distance(&wrong_low, &k.to_lowercase()), k));
    scored.filter(|(d, _)| *d <= limit).min_by_key(|(d, k)| (*d, *k)).map(|(_, k)| k)
}

/// `did you mean X?`, or the known names when there are few, or nothing.
pub fn suggest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    known.dedup();
    if let Some(near) = nearest(wrong, known.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let few = !known.is_empty() && known.len() <= 20;
    few.then(|| format!("known: {}", known.join(", ")))
}

/// Edits (insert, delete, replace, swap of neighbours) between two words.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_finds_its_word_and_a_stranger_does_not() {
        let known = ["verify", "before", "rollback"];
        assert_eq!(nearest("verfiy", known), Some("verify"));
        assert_eq!(nearest("Rolback", known), Some("rollback"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(suggest("colour", known).as_deref(), Some("known: before, rollback, verify"));
    }
}
