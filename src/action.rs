//! The table of user intents: all that keys, the palette, the mouse and the rehearsal can ask for. Each row
//! has a name for the keymap, a line for the help, and the contexts in which it means something.
//!
//! To add one, add a row here, handle it in `app::update`, and give it a key in `assets/keymap.toml`.

use crate::lang;

/// Where the keyboard is: the most special context is asked first, `global` last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    Global,
    /// Anything with a selection that moves.
    List,
    /// Anything that scrolls.
    Text,
    /// A text in which something is searched for.
    Found,
    Triage,
    Library,
    Runbook,
    /// A live pane beside a runbook.
    Pane,
    Explorer,
    Nodes,
    Pods,
    EventTable,
    Deployments,
    /// Anything whose logs can be read and that has no context of its own.
    Workloads,
    /// One object, described.
    Object,
    Logs,
    Tasks,
    /// The lanes of a list, a row each.
    Board,
    Session,
    Confirm,
    /// A confirmation that wants a name typed: letters are text there.
    ConfirmTyped,
    Choose,
    /// A text over the screen.
    Message,
}

impl Context {
    /// Every context with its name in the keymap.
    pub const ALL: &'static [(&'static str, Context)] = &[
        ("global", Context::Global),
        ("list", Context::List),
        ("text", Context::Text),
        ("found", Context::Found),
        ("triage", Context::Triage),
        ("library", Context::Library),
        ("runbook", Context::Runbook),
        ("pane", Context::Pane),
        ("explorer", Context::Explorer),
        ("nodes", Context::Nodes),
        ("pods", Context::Pods),
        ("events", Context::EventTable),
        ("deployments", Context::Deployments),
        ("workloads", Context::Workloads),
        ("object", Context::Object),
        ("logs", Context::Logs),
        ("tasks", Context::Tasks),
        ("board", Context::Board),
        ("session", Context::Session),
        ("confirm", Context::Confirm),
        ("confirm-typed", Context::ConfirmTyped),
        ("choose", Context::Choose),
        ("message", Context::Message),
    ];

    pub fn name(self) -> &'static str {
        Context::ALL.iter().find(|(_, c)| *c == self).map_or("", |(name, _)| name)
    }

    pub fn parse(name: &str) -> Option<Context> {
        Context::ALL.iter().find(|(n, _)| *n == name).map(|(_, c)| *c)
    }
}

macro_rules! actions {
    ($($name:ident $kebab:literal;)*) => {
        /// A user intent.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($name),* }

        impl Action {
            /// Every action in the order of the help.
            pub const ALL: &'static [Action] = &[$(Action::$name),*];

            /// The name in the keymap.
            pub fn name(self) -> &'static str {
                match self { $(Action::$name => $kebab),* }
            }

            /// A word or two for the footer.
            pub fn short(self) -> &'static str {
                match self { $(Action::$name => lang::plain(concat!("action-", $kebab))),* }
            }

            /// A line for the help.
            pub fn doc(self) -> &'static str {
                match self { $(Action::$name => lang::plain(concat!("action-", $kebab, "-help"))),* }
            }
        }
    };
}

actions! {
    Open "open";
    Back "back";
    Quit "quit";
    Help "help";
    Up "up";
    Down "down";
    PageUp "page-up";
    PageDown "page-down";
    Top "top";
    Bottom "bottom";
    NextPane "next-pane";
    PreviousPane "previous-pane";
    Zoom "zoom";
    Search "search";
    Find "find";
    FindNext "find-next";
    FindPrevious "find-previous";
    Copy "copy";
    Said "said";
    Filter "filter";
    Command "command";
    Palette "palette";
    Triage "triage";
    Library "library";
    Tasks "tasks";
    Board "board";
    Walks "walks";
    Session "session";
    Refresh "refresh";
    NextTheme "next-theme";
    NextLanguage "next-language";
    View "view";
    Describe "describe";
    Yaml "yaml";
    Events "events";
    Logs "logs";
    PreviousLogs "previous-logs";
    Containers "containers";
    Times "times";
    Group "group";
    Warnings "warnings";
    Owner "owner";
    Wide "wide";
    Sort "sort";
    SortBackwards "sort-backwards";
    AllNamespaces "all-namespaces";
    Operations "operations";
    Cordon "cordon";
    Uncordon "uncordon";
    Drain "drain";
    Shell "shell";
    Delete "delete";
    Restart "restart";
    RollBack "roll-back";
    RunStep "run-step";
    NextStep "next-step";
    PreviousStep "previous-step";
    Preview "preview";
    Choices "choices";
    Blocks "blocks";
    SkipStep "skip-step";
    TakeBack "take-back";
    Parameters "parameters";
    Undo "undo";
    Note "note";
    NoteHere "note-here";
    Pin "pin";
    ShowOnly "show-only";
    Export "export";
    Cancel "cancel";
    Wrap "wrap";
    Follow "follow";
    Yes "yes";
    Arm "arm";
    Accept "accept";
    Mark "mark";
    NextQuestion "next-question";
    PreviousQuestion "previous-question";
}

impl Action {
    pub fn parse(name: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|a| a.name() == name)
    }
}
