//! Plain data that every other module speaks: kinds, keys, slim rows, findings, snapshots, keys of the
//! keyboard.
//!
//! It must not do anything: no I/O, no clock, no channels, no drawing. To add a kind of object, add a
//! line to the table in `kind.rs`, a row type in `rows/` and its store in `snapshot.rs`.

mod cluster;
mod distro;
mod finding;
mod found;
mod input;
mod key;
mod kind;
mod login;
mod logs;
mod namespaces;
mod object;
mod quantity;
mod risk;
mod rows;
mod secret;
mod segment;
mod snapshot;
mod store;
mod sync;
mod text;
mod time;

pub use cluster::{ClusterInfo, IN_CLUSTER};
pub use distro::Distro;
pub use finding::{Blast, Evidence, Finding, Folded, Group, Level, RunbookLink, Severity};
pub use found::found_in;
pub use input::{Key, KeyCode, KeyError, Mouse, MouseKind, Press, Pressed};
pub use key::{ObjectKey, RowKey};
pub use kind::{Kind, KindMeta};
pub use login::Asking;
pub use logs::{LogLine, LogRequest};
pub use namespaces::Namespaces;
pub use object::{Followed, Interest, Looked, ObjectRow, hide_secrets};
pub use quantity::{parse_quantity, whole_quantity};
pub use risk::Risk;
pub use rows::{
    Condition, ContainerRole, ContainerRow, ContainerState, Containers, DaemonSetRow, DeploymentRow,
    EventRow, LeaseRow, Meta, NamespaceRow, NodeRow, Owner, PdbRow, PodPhase, PodRow, ReplicaSetRow,
    Requirement, Resources, Row, Selector, StatefulSetRow, Taint, Terminated, Volumes,
};
pub use secret::SecretText;
pub use segment::{encoded, is_segment, segment, selector};
pub use snapshot::ClusterSnapshot;
pub use store::{Change, Store};
pub use sync::SyncState;
pub use text::{
    Labels, NARROW, Str, WIDE, control, hidden, hides, in_columns, legible, number, one_row, parts, sanitize,
    sanitize_in_place, visible, visible_rows, written_over,
};
pub use time::{Timestamp, age, age_short, clock, date, moment, skew};
