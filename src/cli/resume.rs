//! A session that goes on: one's own, or one that somebody else handed over. It goes on where it was, or not at all.
//!
//! Must not believe what a file of somebody else says about rights: the cluster is looked for with one's own.

use std::collections::BTreeMap;
use std::path::Path;

use super::args::Global;
use super::run::Outcome;
use super::tui::{First, flags, start};
use crate::cluster::context_of;
use crate::corpus::Corpus;
use crate::lang::t;
use crate::record::{SessionState, What};
use crate::runtime::{Opened, Places, new_id, started, user};
use crate::session::{HandOver, Journal, private_folder, write_private};

/// Goes on with a session: on its own cluster, chosen as it was, or its practice scenario.
pub fn resume(global: &Global, places: &Places, path: &Path) -> Outcome {
    let journal = Journal::reopen(path)?;
    let state = SessionState::fold(journal.events());
    let scenario =
        state.practice.then(|| state.flags.scenario.clone().unwrap_or_else(|| state.context.clone()));
    let global = as_before(global, &state);
    start(&global, places, scenario, First::Session(Vec::new()), Goes::On(journal))
}

/// Goes on with a session that somebody else handed over, on the cluster that it was on, with one's own rights.
pub fn take_over(global: &Global, places: &Places, path: &Path) -> Outcome {
    let (handed, sha256) = HandOver::open(path)?;
    let state = SessionState::fold(&handed.events());
    // A file that somebody else's session names is not opened: a scenario of one's own is found by its id.
    let scenario = state.practice.then(|| state.context.clone());
    let mut global = global.clone();
    if !state.practice && global.context.is_none() {
        // The same cluster may have another name here.
        global.context = context_of(&global.choice(), &state.server, &state.context)?;
    }
    global.namespace = global.namespace.or(state.flags.namespace);
    let folder = places.handed_over().join(&sha256[..16]);
    let corpus = crate::trust::load(&global.folders(places), &places.trust()).corpus;
    unpack(&handed.runbooks, &corpus, &folder)?;
    global.handed_over.push(folder);
    start(&global, places, scenario, First::Session(Vec::new()), Goes::HandedOver(handed, sha256))
}

/// Puts those runbooks into a folder that are not at hand here.
fn unpack(runbooks: &BTreeMap<String, String>, corpus: &Corpus, to: &Path) -> Result<(), String> {
    for (id, text) in runbooks.iter().filter(|(id, _)| corpus.get(id).is_none()) {
        // The id comes from a file that somebody sent: it must lead nowhere else.
        let plain = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        };
        if !id.split('/').all(plain) {
            return Err(t!("cli-resume-bad-id", id = format!("{id:?}")));
        }
        let path = to.join(format!("{id}.md"));
        let folder = path.parent().unwrap_or(to);
        private_folder(folder)
            .and_then(|()| write_private(&path, text))
            .map_err(|e| t!("cli-resume-unwritten", path = path.display(), why = e))?;
    }
    Ok(())
}

/// Which journal a start records into.
pub(super) enum Goes {
    /// A new one.
    Anew,
    /// The one of a session that goes on.
    On(Journal),
    /// A new one that goes on with what was handed over, whose content has this hash.
    HandedOver(HandOver, String),
}

impl Goes {
    /// The names by which the session knew its cluster before it goes on here.
    pub(super) fn contexts(&self) -> Vec<String> {
        let state = match self {
            Goes::Anew => return Vec::new(),
            Goes::On(journal) => SessionState::fold(journal.events()),
            Goes::HandedOver(handed, _) => SessionState::fold(&handed.events()),
        };
        state.contexts.into_iter().collect()
    }
}

/// The flags of a session that goes on; what is given now comes before what was given then.
fn as_before(global: &Global, state: &SessionState) -> Global {
    let (mut global, flags) = (global.clone(), state.flags.clone());
    if !state.practice {
        global.context.get_or_insert_with(|| state.context.clone());
    }
    global.kubeconfig = global.kubeconfig.or(flags.kubeconfig.map(Into::into));
    global.namespace = global.namespace.or(flags.namespace);
    if global.user.is_none() {
        (global.user, global.groups) = (flags.user, flags.groups);
    }
    global
}

/// How long a session that goes on waits to hear which cluster it is on.
pub(super) const CLUSTER_ANSWER: std::time::Duration = std::time::Duration::from_secs(5);

/// The journal of a session that goes on, unless it would be on another cluster.
pub(super) fn go_on(
    goes: Goes,
    opened: &Opened,
    uid: Option<&str>,
    global: &Global,
    places: &Places,
) -> Result<Option<Journal>, Box<dyn std::error::Error + Send + Sync>> {
    let info = &opened.connection.info;
    let now = crate::clock::Clock::real().now();
    let mut journal = match goes {
        Goes::Anew => return Ok(None),
        Goes::On(journal) => {
            let state = SessionState::fold(journal.events());
            state.same_server(info)?;
            state.same_cluster(uid)?;
            journal
        }
        Goes::HandedOver(handed, sha256) => {
            let state = SessionState::fold(&handed.events());
            state.same_server(info)?;
            state.same_cluster(uid)?;
            let id = new_id(now);
            let path = places.sessions().join(format!("{id}.jsonl"));
            handed.take_over(&path, started(id, info, flags(global)), &sha256, now)?
        }
    };
    let resumed = What::Resumed { version: env!("CARGO_PKG_VERSION").to_owned(), user: user() };
    journal.append(now, resumed)?;
    Ok(Some(journal))
}
