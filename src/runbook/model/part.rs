//! What the parts of a runbook are called over which an approval is a hash (`trust::canon` makes them), for people. Their
//! names are ids: they stand in the file of approvals and are hashed, and stay as they are in every language.
//!
//! Must not decide anything. A new kind of part is another case in [`part_text`].

use crate::lang::t;

/// The part that stands for the order of all steps.
pub const ORDER: &str = "the order of its steps";

/// The name of a part in words: the name itself in English.
pub fn part_text(name: &str) -> String {
    if name == ORDER {
        return t!("runbook-part-order").to_owned();
    }
    if let Some(step) = name.strip_prefix("words of ") {
        let lang = step.rsplit_once(" in ").filter(|(_, lang)| !lang.contains(' '));
        return match lang {
            Some((step, lang)) => t!("runbook-part-words-in", step = of_its_file(step), lang = lang),
            None => t!("runbook-part-words", step = of_its_file(step)),
        };
    }
    of_its_file(name)
}

/// A part of a runbook, or of one that it includes: `drain/step cordon`.
fn of_its_file(name: &str) -> String {
    let at = name.rfind('/').map_or(0, |at| at + 1);
    let (file, part) = name.split_at(at);
    let part = match (part, part.strip_prefix("step "), part.strip_prefix("labels in ")) {
        ("front matter", ..) => t!("runbook-part-front").to_owned(),
        (_, Some(step), _) => t!("runbook-part-step", step = step),
        (_, _, Some(lang)) => t!("runbook-part-labels", lang = lang),
        _ => part.to_owned(),
    };
    format!("{file}{part}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, within};

    #[test]
    fn a_part_is_called_as_the_language_has_it_and_in_english_by_its_name() {
        let all = [
            (ORDER, "步骤的顺序"),
            ("front matter", "文件头"),
            ("labels in zh", "zh 译文中的参数名"),
            ("step drain", "步骤 drain"),
            ("look/step drain", "look/步骤 drain"),
            ("words of step ask", "步骤 ask 的文字"),
            ("words of a/step ask in zh", "a/步骤 ask 的 zh 译文"),
        ];
        for (name, chinese) in all {
            assert_eq!(part_text(name), name);
            assert_eq!(within(Language::Chinese, || part_text(name)), chinese, "{name}");
        }
    }
}
