//! Where nobody said which context: a list on the screen to choose from, or the same list printed by commands.

use std::io::Write;
use std::sync::Arc;

use super::args::Global;
use super::out::Printer;
use super::run::Outcome;
use super::tui::{Look, look};
use crate::app::screens::{ContextRow, Contexts, List, Screen};
use crate::app::{App, Options, Status};
use crate::clock::Clock;
use crate::cluster::NoContext;
use crate::domain::{ClusterInfo, one_row, sanitize};
use crate::lang::t;
use crate::live::Tone;
use crate::op::{ContextRule, Lock};
use crate::runtime::{Choosing, Places, choose};

/// The contexts as they are shown; the rules say which are production.
fn rows(none: &NoContext, rules: &[ContextRule]) -> Vec<ContextRow> {
    let row = |entry: &crate::cluster::Entry| {
        // The very lock that the session would have.
        let info = ClusterInfo {
            context: sanitize(&entry.name),
            server: entry.server.clone(),
            ..ClusterInfo::default()
        };
        ContextRow {
            name: entry.name.clone(),
            cluster: entry.cluster.clone(),
            server: entry.server.clone(),
            namespace: entry.namespace.clone(),
            production: Lock::of(&info, &[], rules).production(),
        }
    };
    none.contexts.iter().map(row).collect()
}

/// Lets the operator choose on the screen; none when they leave. The choice before, if there was one, is under the cursor, and
/// what was wrong with it is said.
pub(super) async fn on_screen(
    global: &Global,
    places: &Places,
    (none, rules): (&NoContext, &[ContextRule]),
    wrong: Option<(String, String)>,
) -> Result<Option<String>, Box<dyn std::error::Error + Send + Sync>> {
    let Look { themes, theme, depth, name, keymap, .. } = look(global, places)?;
    let options = Options {
        lang: global.language(),
        theme: name,
        themes: themes.names().map(str::to_owned).collect(),
        ..Options::default()
    };
    let mut app = App::new((80, 24), Arc::new(keymap), options, Clock::real().now());
    let (why, rows) = (none.why.clone(), rows(none, rules));
    let before = wrong.as_ref().and_then(|(name, _)| rows.iter().position(|row| row.name == *name));
    let list = List { selected: before.unwrap_or(0), top: 0 };
    app.screens = vec![Screen::Contexts(Contexts { why, rows, list, ..Contexts::default() })];
    app.status = wrong.map(|(_, text)| Status { tone: Tone::Bad, text });
    Ok(choose(Choosing { app, themes, theme, depth }).await?)
}

/// Prints the list, for commands.
pub(super) fn print(none: &NoContext, rules: &[ContextRule], out: &mut Printer<'_>) -> Outcome {
    let said = |text: &str| if text.is_empty() { "-".to_owned() } else { one_row(text) };
    writeln!(out, "{}", t!("cli-contexts-why", why = one_row(&none.why)))?;
    for row in rows(none, rules) {
        let mark = if row.production { t!("cli-contexts-production") } else { "" };
        let (name, server, namespace) = (said(&row.name), said(&row.server), said(&row.namespace));
        let cluster = said(&row.cluster);
        let row = t!(
            "cli-contexts-row",
            name = name,
            cluster = cluster,
            server = server,
            namespace = namespace,
            mark = mark
        );
        writeln!(out, "{row}")?;
    }
    writeln!(out, "{}", t!("cli-contexts-say-which"))?;
    Ok(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Entry;

    #[test]
    fn a_list_to_choose_from_marks_production_as_the_session_would() {
        let entry = |name: &str, server: &str| Entry {
            name: name.to_owned(),
            server: server.to_owned(),
            ..Entry::default()
        };
        let contexts =
            vec![entry("eu-prod", ""), entry("plain", "https://10.0.0.1"), entry("plain", "https://b")];
        let none = NoContext { why: "nobody said it".to_owned(), contexts };
        let rule: toml::Table =
            "name = 'plain'\nserver = 'https://10.0.0.1'\nclass = 'prod'".parse().unwrap();
        let rules: Vec<ContextRule> = vec![rule.try_into().unwrap()];
        let marked: Vec<bool> = rows(&none, &rules).iter().map(|r| r.production).collect();
        assert_eq!(marked, [true, true, false]);
        let mut out = Vec::new();
        print(&none, &rules, &mut Printer::over(&mut out)).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("eu-prod  cluster -  -  namespace -  PRODUCTION\n"), "{text}");
        assert!(text.ends_with("say which with --context NAME\n"), "{text}");
    }
}
