//! The table of user intents: all that keys, the palette, the mouse and the rehearsal can ask for. Each row
//! has a name for the keymap and a line for the help. Every operation is one too, by its id, with its own title: a key
//! for it is a row of the keymap and nothing else.
//!
//! To add one, add a row here, handle it in `app::update`, and give it a key in `assets/keymap.toml`.

use crate::domain::Kind;
use crate::lang;
use crate::op::{self, OpMeta};

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
    /// The table of a kind; `[nodes]`, and so by the plural of each.
    Of(Kind),
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
    /// Every context with its name in the keymap, besides those of the kinds.
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
        if let Context::Of(kind) = self {
            return kind.meta().plural;
        }
        Context::ALL.iter().find(|(_, c)| *c == self).map_or("", |(name, _)| name)
    }

    pub fn parse(name: &str) -> Option<Context> {
        let own = Context::ALL.iter().find(|(n, _)| *n == name).map(|(_, c)| *c);
        let kind = || Kind::ALL.iter().find(|kind| kind.meta().plural == name).map(|kind| Context::Of(*kind));
        own.or_else(kind)
    }

    /// Whether an operation is about what is under the cursor here: of the kind of the table, or of any kind.
    pub fn takes(self, operation: Operation) -> bool {
        match self {
            Context::Of(kind) => operation.meta().fits(kind),
            Context::Explorer => operation.meta().fits_any(),
            _ => false,
        }
    }
}

macro_rules! actions {
    ($($name:ident $kebab:literal;)*) => {
        /// A user intent.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($name,)*
            /// An operation on the object under the cursor.
            Operate(Operation),
        }

        impl Action {
            /// Every action in the order of the help, without the operations.
            pub const ALL: &'static [Action] = &[$(Action::$name),*];

            /// The name in the keymap.
            pub fn name(self) -> &'static str {
                match self {
                    $(Action::$name => $kebab,)*
                    Action::Operate(operation) => operation.meta().id,
                }
            }

            /// A word or two for the footer.
            pub fn short(self) -> &'static str {
                match self {
                    $(Action::$name => lang::plain(concat!("action-", $kebab)),)*
                    Action::Operate(operation) => operation.meta().verb(),
                }
            }

            /// A line for the help.
            pub fn doc(self) -> &'static str {
                match self {
                    $(Action::$name => lang::plain(concat!("action-", $kebab, "-help")),)*
                    Action::Operate(operation) => operation.meta().title.text(),
                }
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
    /// By its name; an operation by its id.
    pub fn parse(name: &str) -> Option<Action> {
        let own = Action::ALL.iter().copied().find(|a| a.name() == name);
        own.or_else(|| Operation::parse(name).map(Action::Operate))
    }

    /// Every action, the operations last, in the order of their registry.
    pub fn every() -> impl Iterator<Item = Action> {
        Action::ALL.iter().copied().chain(Operation::all().map(Action::Operate))
    }
}

/// An operation of the registry, by its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Operation(usize);

/// What keymaps called operations that had actions of their own: rows that a user wrote then still count.
const ONCE: &[(&str, &str)] = &[
    ("cordon", "node.cordon"),
    ("uncordon", "node.uncordon"),
    ("drain", "node.drain"),
    ("shell", "pod.exec"),
    ("delete", "pod.delete"),
    ("restart", "workload.restart"),
    ("roll-back", "workload.undo"),
];

impl Operation {
    /// By its id, or by the name that its action once had.
    pub fn parse(name: &str) -> Option<Operation> {
        let id = ONCE.iter().find(|(once, _)| *once == name).map_or(name, |(_, id)| id);
        op::REGISTRY.iter().position(|op| op.meta().id == id).map(Operation)
    }

    pub fn all() -> impl Iterator<Item = Operation> {
        (0..op::REGISTRY.len()).map(Operation)
    }

    pub fn meta(self) -> &'static OpMeta {
        op::REGISTRY[self.0].meta()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_thing() {
        for action in Action::every() {
            assert_eq!(Action::parse(action.name()), Some(action), "{}", action.name());
        }
        for (_, context) in Context::ALL {
            assert_eq!(Context::parse(context.name()), Some(*context));
        }
        for kind in Kind::ALL {
            assert_eq!(Context::parse(kind.meta().plural), Some(Context::Of(*kind)), "{}", kind.name());
        }
        for (once, id) in ONCE {
            assert_eq!(Operation::parse(once).map(|o| o.meta().id), Some(*id), "{once}");
        }
    }
}
