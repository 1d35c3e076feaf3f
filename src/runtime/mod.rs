//! The runtime: it reads the terminal, carries out effects, keeps the clock, and draws when something changed.
//! It decides nothing: decisions are `app`'s.

mod headless;
mod highlight;
mod journal;
mod library;
mod logs;
mod operate;
mod player;
mod runner;
mod script;
mod start;
mod terminal;
mod ui;
mod watchers;

pub use headless::Headless;
pub use journal::{Recorder, new_id, started, user};
pub use operate::{Operation, operate};
pub use player::{Player, StepEnd, Told, step_ends};
pub use runner::{Runner, Setup};
pub use start::{Opened, Places, Target, Trouble, open};
pub use terminal::{Screen, restore, restore_on_panic};
pub use ui::{Ui, run};

/// Messages that may wait for the core: a slow screen slows its sources, nothing piles up.
pub const MESSAGES: usize = 1024;
