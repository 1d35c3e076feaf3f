//! The table of user intents: all that keys, the palette, the mouse and the rehearsal can ask for. Each row
//! has a name for the keymap, a line for the help, and the contexts in which it means something.
//!
//! To add one, add a row here, handle it in `app::update`, and give it a key in `assets/keymap.toml`.

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
    ($($name:ident $kebab:literal $short:literal $doc:literal;)*) => {
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
                match self { $(Action::$name => $short),* }
            }

            /// A line for the help.
            pub fn doc(self) -> &'static str {
                match self { $(Action::$name => $doc),* }
            }
        }
    };
}

actions! {
    Open "open" "open" "open what is selected, or accept";
    Back "back" "back" "go back one level, or close what is open";
    Quit "quit" "quit" "leave opsbook; asks while something runs";
    Help "help" "help" "show the keys of this screen";
    Up "up" "up" "one line up";
    Down "down" "down" "one line down";
    PageUp "page-up" "page up" "one page up";
    PageDown "page-down" "page down" "one page down";
    Top "top" "top" "to the first line";
    Bottom "bottom" "bottom" "to the last line";
    NextPane "next-pane" "pane" "to the next pane";
    PreviousPane "previous-pane" "pane back" "to the pane before";
    Zoom "zoom" "zoom" "show only this pane, or all again";
    Search "search" "search" "search runbooks";
    Find "find" "find" "search in the text; in capitals only what is written so";
    FindNext "find-next" "next match" "to the next match";
    FindPrevious "find-previous" "match before" "to the match before";
    Copy "copy" "copy" "copy a name, a value, a command or a text to the terminal's clipboard";
    Said "said" "message" "read the latest messages in full";
    Filter "filter" "filter" "filter the rows: text, !text, -l key=value";
    Command "command" "explorer" "type a kind (:pods), a runbook (:rb ID), :ns NAME, :theme NAME or :q";
    Palette "palette" "palette" "find an action by name";
    Triage "triage" "triage" "to the triage screen";
    Library "library" "library" "to the library of runbooks, to search them";
    Tasks "tasks" "tasks" "what runs in the background";
    Board "board" "board" "all elements of the list as rows, what is done for each as columns";
    Walks "walks" "walks" "the other runbook that is being walked, or a choice of them";
    Session "session" "session" "the record of this session";
    Refresh "refresh" "refresh" "draw anew, and ask again for what was refused";
    NextTheme "next-theme" "theme" "switch to the next theme";
    View "view" "look" "look at the object in the explorer";
    Describe "describe" "describe" "describe the object";
    Yaml "yaml" "yaml" "show the object as YAML";
    Events "events" "events" "events about the object";
    Logs "logs" "logs" "show the log of the pod, or of all pods of the workload";
    PreviousLogs "previous-logs" "prev. logs" "show the log before the last restart";
    Containers "containers" "container" "choose one container of the log, or all";
    Times "times" "times" "show the server's times, and the lines in their order";
    Group "group" "group" "show alike events as one row, or each one";
    Warnings "warnings" "warnings" "show only warnings, or all events";
    Owner "owner" "owner" "go to the object that owns this one";
    Wide "wide" "wide" "show more columns, or fewer";
    Sort "sort" "sort" "sort by the next column";
    SortBackwards "sort-backwards" "reverse" "reverse the order";
    AllNamespaces "all-namespaces" "all ns" "show all namespaces";
    Operations "operations" "operate" "choose an operation for the object";
    Cordon "cordon" "cordon" "cordon the node: no new pods";
    Uncordon "uncordon" "uncordon" "uncordon the node";
    Drain "drain" "drain" "drain the node: evict its pods within their budgets";
    Shell "shell" "shell" "open a shell in a container of the pod";
    Delete "delete" "delete" "delete the pod, with its normal grace";
    Restart "restart" "restart" "restart the Deployment pod by pod";
    RollBack "roll-back" "roll back" "roll the Deployment back to the revision before";
    RunStep "run-step" "run" "run the step, or accept its answer";
    NextStep "next-step" "next step" "look at the next step";
    PreviousStep "previous-step" "step back" "look at the step before";
    Preview "preview" "preview" "show what the plan would change, field by field";
    Choices "choices" "choices" "choose how it is done: the fields of the operation";
    Blocks "blocks" "what blocks" "show what blocks the plan";
    SkipStep "skip-step" "skip" "skip the step, with the reason";
    TakeBack "take-back" "take back" "take the step back, as its runbook says";
    Parameters "parameters" "values" "show the parameters of the runbook, and give one another value";
    Undo "undo" "undo" "take the latest change back";
    Note "note" "note" "write a note into the session";
    NoteHere "note-here" "note here" "write a note on the record under the cursor";
    Pin "pin" "important" "mark the record as important, or take the mark off";
    ShowOnly "show-only" "show only" "show all records, the important ones, or the failures";
    Export "export" "export" "write the session into a file, HTML or Markdown";
    Cancel "cancel" "cancel" "stop the task in good order";
    Wrap "wrap" "wrap" "wrap long lines, or cut them";
    Follow "follow" "follow" "stay at the end of the log";
    Yes "yes" "yes" "yes, run this plan";
    Arm "arm" "arm" "allow changes in production for a while, or end that";
    Accept "accept" "accept" "accept the marked consequence";
    Mark "mark" "mark" "mark the row, or take its mark off";
    NextQuestion "next-question" "next" "to the next question";
    PreviousQuestion "previous-question" "question back" "to the question before";
}

impl Action {
    pub fn parse(name: &str) -> Option<Action> {
        Action::ALL.iter().copied().find(|a| a.name() == name)
    }
}
