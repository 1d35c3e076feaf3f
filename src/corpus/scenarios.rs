//! Practice scenarios beside the built-in ones: `NAME.scenario.yaml` anywhere in a folder of runbooks, or any file that is
//! named by its path.
//!
//! Must not run anything, and must not let a file of a folder take the name of a built-in scenario.

use std::path::{Path, PathBuf};

use super::{Origin, SourceFile, Unreadable, walk};
use crate::lang::t;
use crate::machine::{FileFault, read};
use crate::practice::{Flaw, PracticeError, Scenario, scenarios};
use crate::runbook::model::Span;
use crate::runbook::{Problem, Problems};

/// How the name of such a file ends.
const ENDING: &str = ".scenario.yaml";

/// Largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// Why there is no such scenario.
#[derive(Debug, thiserror::Error)]
pub enum NoScenario {
    #[error("{}", t!("corpus-scenarios-unread", file = file, why = why))]
    Unread { file: String, why: FileFault },
    #[error("{}", t!("corpus-scenarios-unknown", name = name, guess = guess))]
    Unknown { name: String, guess: String },
    #[error(transparent)]
    Wrong(#[from] PracticeError),
}

/// Whether a text names a file and not a scenario by its id.
pub fn is_file(name: &str) -> bool {
    name.contains('/') || [".yaml", ".yml"].iter().any(|end| name.ends_with(end))
}

/// Whether a file in a folder of runbooks is a scenario.
pub(super) fn is_scenario(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.len() > ENDING.len() && name.ends_with(ENDING))
}

/// The scenario that a person or a runbook names: a built-in one, one of the folders, or a file.
pub fn scenario(name: &str, folders: &[PathBuf]) -> Result<Scenario, NoScenario> {
    if is_file(name) {
        let text = read(Path::new(name), LARGEST)
            .map_err(|why| NoScenario::Unread { file: name.to_owned(), why })?;
        return Ok(Scenario::parse(&id_of(name), name, &text)?);
    }
    if scenarios().contains(&name) {
        return Ok(Scenario::load(name)?);
    }
    let own = own_scenarios(folders).0;
    if let Some(file) = own.iter().find(|f| id_of(&f.path) == name) {
        return Ok(Scenario::parse(name, &shown(file), &file.text)?);
    }
    let known = scenarios().into_iter().map(str::to_owned).chain(own.iter().map(|f| id_of(&f.path)));
    let known: Vec<_> = known.collect();
    let guess = crate::runbook::suggest(name, known.iter().map(String::as_str));
    let guess = guess.map(|help| t!("corpus-scenarios-guess", help = help)).unwrap_or_default();
    Err(NoScenario::Unknown { name: name.to_owned(), guess })
}

/// The scenarios in folders of runbooks, those with the id of a built-in one left out, and what could not be read.
pub fn own_scenarios(folders: &[PathBuf]) -> (Vec<SourceFile>, Vec<Unreadable>) {
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    for folder in folders.iter().filter(|f| f.exists()) {
        walk(folder, folder, 0, &is_scenario, &mut files, &mut unread);
    }
    let (free, taken): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|f| !scenarios().contains(&id_of(&f.path).as_str()));
    unread.extend(
        taken.iter().map(|f| Unreadable {
            path: shown(f),
            reason: t!("corpus-scenarios-taken", id = id_of(&f.path)),
        }),
    );
    (free, unread)
}

/// What is wrong with the text of a scenario, each with its place.
pub fn problems(file: &str, text: &str) -> Vec<Problem> {
    let flaws = match Scenario::parse(&id_of(file), file, text) {
        Ok(scenario) => scenario.flaws(),
        Err(PracticeError::BadScenario { flaw, .. }) => vec![flaw],
        Err(other) => vec![Flaw::new("scenario.format", None, other.to_string())],
    };
    let mut found = Problems::default();
    for flaw in flaws {
        let first = text.lines().next().map_or(0, str::len);
        let span = flaw.at.map_or(Span::new(0, first), |at| {
            // A list or a map is underlined in its first line only.
            let start = at.start.min(text.len());
            let line = text.get(start..).and_then(|t| t.find('\n')).map_or(text.len(), |n| start + n);
            Span::new(start, at.end.min(line).max(start))
        });
        found.error_help(flaw.code, span, flaw.why, None);
    }
    found.finish(file, text)
}

/// The id of a scenario's file: its name without the ending.
pub fn id_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ends = [ENDING, ".yaml", ".yml"];
    ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name).to_owned()
}

/// Where a file is, for people.
pub fn shown(file: &SourceFile) -> String {
    match &file.origin {
        Origin::User(folder) => folder.join(&file.path).display().to_string(),
        _ => file.path.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "scenario: 1\ntitle: t\nsummary: s\ngoal: g\ncluster_of: healthy\n";

    #[test]
    fn a_scenario_of_ones_own_is_found_beside_the_runbooks_or_by_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pods/mine.scenario.yaml");
        std::fs::create_dir(folder.path().join("pods")).unwrap();
        std::fs::write(&path, OWN).unwrap();
        std::fs::write(folder.path().join("healthy.scenario.yaml"), OWN).unwrap();
        let folders = [folder.path().to_owned()];
        let found = scenario("mine", &folders).unwrap();
        assert_eq!((found.id.as_str(), found.goal_zh.as_str()), ("mine", "g"));
        assert_eq!(scenario(path.to_str().unwrap(), &[]).unwrap().id, "mine");
        assert_ne!(scenario("healthy", &folders).unwrap().title, "t", "a built-in one keeps its name");
        assert!(own_scenarios(&folders).1[0].to_string().contains("give it another name"));
        let said = scenario("mime", &folders).unwrap_err().to_string();
        assert!(said.contains("did you mean `mine`?"), "{said}");
        let said = scenario("./nowhere.yaml", &folders).unwrap_err().to_string();
        assert!(said.contains("./nowhere.yaml cannot be read"), "{said}");
    }

    #[test]
    fn what_is_wrong_with_a_scenario_is_told_with_its_place() {
        let fault =
            "fault:\n  do:\n    - patch-template:\n        of: Deployment shop/ap\n        template: {}\n";
        for (text, code, line, word) in [
            ("imges: {}\n", "scenario.syntax", 6, "unknown field `imges`"),
            ("images: {a: {crash: soon}}\n", "scenario.syntax", 6, "`soon` is not like `exit 1 after 3s`"),
            (fault, "scenario.fault", 8, "there is no Deployment shop/ap"),
            ("actions: {mend: {says: x, do: [stop-kubelet: w]}}\n", "scenario.fault", 6, "no machine w"),
        ] {
            let found = problems("x.scenario.yaml", &format!("{OWN}{text}"));
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((found[0].code, found[0].line), (code, line), "{}", found[0].one_line());
            assert!(found[0].message.contains(word), "{}", found[0].one_line());
        }
        assert!(problems("x.scenario.yaml", OWN).is_empty());
        assert_eq!(
            problems("x.yaml", "scenario: 2\ntitle: t\nsummary: s\ngoal: g\n")[0].code,
            "scenario.format"
        );
    }
}
