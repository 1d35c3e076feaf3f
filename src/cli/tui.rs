//! Opens the full-screen program.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use tokio::sync::mpsc;

use super::args::{FIRST_SCENARIO, Global};
use super::config::Config;
use super::contexts;
use super::out::Printer;
use super::practice::scenario_file;
use super::resume::{CLUSTER_ANSWER, Goes, go_on};
use super::run::{Outcome, runtime};
use crate::app::{App, Options, Practice, Status};
use crate::cluster::{ConnectError, Login, Which};
use crate::corpus::scenario as named;
use crate::domain::{Kind, Namespaces, RunbookLink};
use crate::keymap::{Keymap, KeymapError};
use crate::lang::{self, Language, clauses, msg, t};
use crate::live::Tone;
use crate::machine::read;
use crate::op::{ContextRule, Lock};
use crate::practice::{FaultTime, Pace, Scenario, scenarios};
use crate::record::{Event, Flags};
use crate::runtime::{
    MESSAGES, Opened, Places, Recorder, Runner, Setup, Target, Trouble, Ui, open as open_cluster,
};
use crate::session::{Journal, append_private, private_folder};
use crate::theme::{Depth, Theme, ThemeError, Themes};
use crate::vault::{Filtered, Vault};

/// Largest theme or keymap that is read, in bytes.
const LARGEST: u64 = 1 << 20;

static THEMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// What is on the screen first.
#[derive(Clone, Debug)]
pub enum First {
    Home,
    Runbook {
        id: String,
        set: Vec<(String, String)>,
    },
    Explorer {
        kind: Kind,
        all_namespaces: bool,
    },
    /// A session that goes on.
    Session(Vec<Event>),
}

/// Built-in themes and those of a folder, which may replace built-in ones.
pub fn read_themes(folder: &Path) -> (Themes, Vec<ThemeError>) {
    let mut files: Vec<(String, String, String)> = Vec::new();
    let name = |p: &Path| p.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    for file in THEMES.files() {
        let text = file.contents_utf8().unwrap_or_default().to_owned();
        files.push((name(file.path()), format!("themes/{}", file.path().display()), text));
    }
    let mut unread = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let file = path.display().to_string();
        match read(&path, LARGEST) {
            Ok(text) => {
                files.retain(|(n, _, _)| *n != name(&path));
                files.push((name(&path), file, text));
            }
            Err(why) => unread.push(ThemeError::Unread { file, said: why.to_string() }),
        }
    }
    let (themes, mut errors) =
        Themes::read(files.iter().map(|(n, p, t)| (n.as_str(), p.as_str(), t.as_str())));
    errors.extend(unread);
    (themes, errors)
}

/// The built-in keymap with the user's over it.
pub fn read_keymap(file: &Path) -> (Keymap, Vec<KeymapError>) {
    let mut keymap = Keymap::built_in();
    let errors = match read(file, LARGEST) {
        Ok(text) => keymap.merge(&file.display().to_string(), &text),
        Err(why) if why.is_absent() => Vec::new(),
        Err(why) => vec![KeymapError::Unread { file: file.display().to_string(), said: why.to_string() }],
    };
    (keymap, errors)
}

/// With `OPSBOOK_LOG` set, what the program does behind the screen goes to a file in the state folder.
fn log_to_file(places: &Places, vault: &Vault) {
    if std::env::var_os("OPSBOOK_LOG").is_none() || private_folder(&places.state).is_err() {
        return;
    }
    let path = places.state.join("opsbook.log");
    if let Ok(file) = append_private(&path) {
        // It is read in a terminal.
        let file = Filtered::new(Printer::over(file), vault.clone());
        let _ =
            tracing_subscriber::fmt().with_writer(std::sync::Mutex::new(file)).with_ansi(false).try_init();
    }
}

/// Opens the program on the cluster that the flags choose.
pub fn open(global: &Global, places: &Places, scenario: Option<String>, first: First) -> Outcome {
    start(global, places, scenario, first, Goes::Anew)
}

/// The flags of this session, for its journal.
pub(super) fn flags(global: &Global) -> Flags {
    let absolute = |p: &PathBuf| std::path::absolute(p).unwrap_or_else(|_| p.clone()).display().to_string();
    Flags {
        kubeconfig: global.kubeconfig.as_ref().map(absolute),
        namespace: global.namespace.clone(),
        user: global.user.clone(),
        groups: global.groups.clone(),
        ..Flags::default()
    }
}

pub(super) fn start(
    global: &Global,
    places: &Places,
    scenario: Option<String>,
    mut first: First,
    goes: Goes,
) -> Outcome {
    let scenario = scenario.map(|name| named(&name, &global.folders(places))).transpose()?;
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(t!("cli-tui-no-terminal").into());
    }
    let config = Config::read(&places.config.join("config.toml"))?;
    let runtime = runtime()?;
    let opened = runtime.block_on(opened(global, places, scenario, &config.contexts))?;
    let Some((global, mut opened)) = opened else { return Ok(1) };
    let global = &global;
    if let Some(login) = &opened.connection.login {
        login.on_screen();
    }
    log_to_file(places, &opened.connection.vault);
    // A session that goes on waits a moment to see that the same cluster answers.
    let uid = match &goes {
        Goes::Anew => None,
        _ => runtime.block_on(async {
            let asked = crate::cluster::which_cluster(&opened.connection.client);
            match tokio::time::timeout(CLUSTER_ANSWER, asked).await {
                Ok(Which::Is(uid)) => Some(uid),
                // It is asked again until it is answered, and nothing is begun before.
                _ => None,
            }
        }),
    };
    let also = goes.contexts();
    let journal = go_on(goes, &opened, uid.as_deref(), global, places)?;
    if let Some(journal) = &journal {
        first = First::Session(journal.events().to_vec());
    }
    if let Some(namespaces) = &global.namespace {
        // Also where the whole cluster is forbidden: the namespaces that were asked for are tried.
        opened.connection.namespaces = Namespaces::read(namespaces);
    }
    let Look { themes, theme, depth, name, keymap, errors } = look(global, places)?;
    let lang = global.language();
    let names = themes.names().map(str::to_owned).collect();
    let me = config.four_eyes.me.clone().filter(|me| !me.trim().is_empty());
    let key = config.four_eyes.key.clone();
    let options = Options {
        theme: name,
        themes: names,
        me: me.clone(),
        ..options(global, &opened, &lang, (&also, &config.contexts))
    };
    let mut app = App::new((80, 24), Arc::new(keymap), options, opened.clock.now());
    let login = opened.connection.login.as_ref();
    app.status = passed_over(login.map_or(&[], Login::notes)).or_else(|| own_data_is_wrong(errors));
    let (out, inbox) = mpsc::channel(MESSAGES);
    let ended = runtime.block_on(async move {
        let mut setup = setup(global, places, opened, journal, lang);
        setup.approvers.me = me.unwrap_or_default();
        (setup.approvers.key, setup.approvers.usual) = (key, super::approve::usual());
        let runner = Runner::start(setup, out);
        first_screen(&mut app, first);
        crate::runtime::run(Ui {
            app,
            runner,
            inbox,
            themes,
            theme,
            depth,
            began: tokio::time::Instant::now(),
            ahead: 0,
        })
        .await
    });
    // Blocking threads (reading a corpus, a credential plugin) must not hold the shell.
    runtime.shutdown_background();
    if let Some(words) = ended? {
        // Where nobody reads it any more there is nobody to be told.
        let _ = writeln!(Printer::words(), "{words}");
    }
    Ok(0)
}

/// Opens the cluster that the flags choose; where nobody said which, the operator chooses. None when they leave instead. The
/// flags that come back name the context that was chosen.
async fn opened(
    global: &Global,
    places: &Places,
    scenario: Option<Scenario>,
    rules: &[ContextRule],
) -> Result<Option<(Global, Opened)>, Box<dyn std::error::Error + Send + Sync>> {
    let practice = |scenario| Target::Practice {
        scenario: Arc::new(scenario),
        fault: FaultTime::Past,
        pace: Pace::Real,
    };
    let mut global = global.clone();
    let target = scenario.map_or_else(|| Target::Real(global.choice()), practice);
    let none = match open_cluster(&target).await {
        Err(Trouble::Connect(e @ ConnectError::NoCluster { .. })) => {
            let Some(name) = offer(&e)? else { return Ok(None) };
            let scenario = named(&name, &global.folders(places))?;
            return Ok(Some((global, open_cluster(&practice(scenario)).await?)));
        }
        Err(Trouble::Connect(ConnectError::NoContext(none))) if !none.contexts.is_empty() => none,
        opened => return Ok(Some((global, opened?))),
    };
    let mut wrong = None;
    loop {
        let chosen = contexts::on_screen(&global, places, (&none, rules), wrong).await?;
        let Some(name) = chosen else { return Ok(None) };
        global.context = Some(name.clone());
        match open_cluster(&Target::Real(global.choice())).await {
            Ok(opened) => return Ok(Some((global, opened))),
            Err(e) => wrong = Some((name, e.to_string())),
        }
    }
}

/// How the program looks and what its keys mean.
pub(super) struct Look {
    pub themes: Themes,
    pub theme: Theme,
    pub depth: Depth,
    /// Of the theme.
    pub name: String,
    pub keymap: Keymap,
    /// How many of the user's own have errors.
    pub errors: usize,
}

/// Reads the themes and keys.
pub(super) fn look(global: &Global, places: &Places) -> Result<Look, ThemeError> {
    let depth = Depth::from_env(|name| std::env::var(name).ok());
    let name = global.theme.clone().unwrap_or_else(|| "dark".to_owned());
    let (themes, theme_errors) = read_themes(&places.config.join("themes"));
    let theme = themes.theme(&name, depth)?;
    let (keymap, key_errors) = read_keymap(&places.config.join("keymap.toml"));
    Ok(Look { themes, theme, depth, name, keymap, errors: theme_errors.len() + key_errors.len() })
}

/// What is said first where files that were named are not there, or an address was taken otherwise than it may be meant.
fn passed_over(notes: &[String]) -> Option<Status> {
    (!notes.is_empty()).then(|| Status { tone: Tone::Warn, text: clauses(notes) })
}

/// What is said first when the user's own themes or keys have errors.
fn own_data_is_wrong(errors: usize) -> Option<Status> {
    let words = t!("cli-tui-own-wrong", errors = errors);
    (errors > 0).then_some(Status { tone: Tone::Warn, text: words })
}

/// The options of the core. The cluster may have had another name in the session that goes on; the rules say what
/// contexts are.
pub fn options(
    global: &Global,
    opened: &Opened,
    lang: &str,
    (also, rules): (&[String], &[ContextRule]),
) -> Options {
    let info = &opened.connection.info;
    let also: Vec<&str> = also.iter().map(String::as_str).collect();
    let lock = Lock::of(info, &also, rules);
    let lock = if global.read_only { lock.read_only(msg!("op-lock-started-read-only")) } else { lock };
    let practice = opened.practice.as_ref().map(|p| {
        let s = p.scenario();
        let lang = Language::parse(lang).unwrap_or_default();
        Practice {
            id: s.id.clone(),
            title: s.title_in(lang).to_owned(),
            goal: s.goal_in(lang).to_owned(),
            actions: s.actions.keys().cloned().collect(),
        }
    });
    Options {
        lang: lang.to_owned(),
        cluster: info.clone(),
        lock,
        practice,
        namespaces: global.namespace.as_deref().map(Namespaces::read),
        ..Options::default()
    }
}

/// What the runner needs.
pub fn setup(
    global: &Global,
    places: &Places,
    opened: Opened,
    journal: Option<Journal>,
    lang: String,
) -> Setup {
    let Opened { connection, clock, practice } = opened;
    // A scenario of one's own is found again by its file.
    let file = practice.as_ref().and_then(|p| scenario_file(p.scenario()));
    let recorder = Recorder::new(places.sessions(), journal, connection.info.clone(), clock.clone())
        .with_flags(Flags { scenario: file, ..flags(global) })
        .with_vault(connection.vault.clone());
    Setup {
        #[cfg(feature = "execute")]
        scripts: super::surroundings::surroundings(global, places, &connection),
        connection,
        clock,
        practice,
        recorder,
        runbooks: global.folders(places),
        trust: crate::trust::Places { handed_over: global.handed_over.clone(), ..places.trust() },
        approvers: places.approvers(),
        cache: places.cache.join("search"),
        exports: std::env::current_dir().unwrap_or_else(|_| places.state.clone()),
        lang,
        read_only: global.read_only,
    }
}

fn first_screen(app: &mut App, first: First) {
    match first {
        First::Home => {}
        First::Runbook { id, set } => {
            let params = set.into_iter().collect();
            app.first = Some(RunbookLink { id, params });
        }
        First::Explorer { kind, all_namespaces } => app.explore(kind, all_namespaces),
        First::Session(events) => app.resume(events),
    }
}

/// Nothing is configured: the practice cluster is offered.
fn offer(why: &ConnectError) -> std::io::Result<Option<String>> {
    let mut out = Printer::answers();
    writeln!(out, "{why}\n\n{}", t!("cli-tui-offer"))?;
    for id in scenarios() {
        let title = Scenario::load(id).map(|s| s.title_in(lang::current()).to_owned()).unwrap_or_default();
        writeln!(out, "  {id:<18} {title}")?;
    }
    write!(out, "\n{}", t!("cli-tui-which", first = FIRST_SCENARIO))?;
    out.flush()?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(match line.trim() {
        "q" | "quit" => None,
        "" => Some(FIRST_SCENARIO.to_owned()),
        name => Some(name.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_themes_that_cannot_be_read_are_said_first() {
        let folder = tempfile::tempdir().unwrap();
        let (keys, themes) = (folder.path().join("keymap.toml"), folder.path().join("themes"));
        let said = || own_data_is_wrong(read_keymap(&keys).1.len() + read_themes(&themes).1.len());
        assert!(said().is_none(), "there are none of one's own");
        std::fs::create_dir(&themes).unwrap();
        nix::unistd::mkfifo(&keys, nix::sys::stat::Mode::S_IRWXU).unwrap();
        assert!(said().unwrap().text.starts_with("1 error in your themes or keys"));
        let large = std::fs::File::create(themes.join("dark.toml")).unwrap();
        large.set_len(LARGEST + 1).unwrap();
        assert!(said().unwrap().text.starts_with("2 errors"));
        let (read, errors) = read_themes(&themes);
        assert!(errors[0].to_string().contains("dark.toml could not be read"), "{}", errors[0]);
        assert!(read.theme("dark", Depth::True).is_ok(), "the built-in one is there");
    }
}
