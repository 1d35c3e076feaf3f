//! The runtime: it reads the terminal, carries out effects, keeps the clock, and draws when something changed.
//! It decides nothing: decisions are `app`'s.

#[cfg(feature = "execute")]
mod change;
#[cfg(not(feature = "execute"))]
#[path = "only_read.rs"]
mod change;
mod choose;
mod clipboard;
#[cfg(feature = "execute")]
mod emulator;
#[cfg(feature = "execute")]
mod evidence;
#[cfg(feature = "execute")]
mod exec;
mod headless;
mod highlight;
mod input;
mod journal;
mod library;
mod logs;
#[cfg(feature = "execute")]
mod operate;
mod operation;
#[cfg(feature = "execute")]
mod pane;
mod peer;
mod player;
mod runner;
mod same;
#[cfg(feature = "execute")]
mod script;
mod start;
mod terminal;
mod ui;
mod watchers;

pub use choose::{Choosing, choose};
#[cfg(feature = "execute")]
pub use exec::open_shell;
pub use headless::Headless;
pub use journal::{Recorder, new_id, started, user};
#[cfg(feature = "execute")]
pub use operate::operate;
pub use operation::Operation;
#[cfg(feature = "execute")]
pub use pane::Pane;
pub use player::{Player, StepEnd, Told, step_ends};
pub use runner::{Runner, Setup};
pub use start::{Opened, Places, Target, Trouble, open};
pub use terminal::{Screen, restore, restore_on_panic};
pub use ui::{Ui, run};

/// Messages that may wait for the core: a slow screen slows its sources, nothing piles up.
pub const MESSAGES: usize = 1024;
