//! What a reading reads into: rows of a watched kind, or objects that are followed. A sink collects what arrives and makes
//! edits of the picture of it; it must not know how it was read.

use std::collections::HashSet;

use super::SourceId;
use crate::cluster::intern::Interner;
use crate::cluster::watched::Watched;
use crate::cluster::wire::frames::{Whole, Wire};
use crate::domain::{ClusterSnapshot, Followed, Interest, Kind, Namespaces, ObjectRow, RowKey, Str};
use crate::vault::Vault;

/// Something that is done to the picture.
pub(in crate::cluster) type Edit = Box<dyn FnOnce(&mut ClusterSnapshot) + Send>;

/// Collects what is read of one source, or of a part of it.
pub(in crate::cluster) trait Sink: Send + Sync + 'static {
    type Wire: Wire;
    /// Accepted encodings in the order of preference; the server decides.
    const ENCODINGS: &'static [&'static str];
    /// Whether the whole state is asked for as a stream, where the server can. Else it is read in pages.
    const STREAMED: bool;
    /// Of a longer list the rest is left out.
    const MOST: usize;

    fn source(&self) -> SourceId;
    fn kind(&self) -> Kind;
    /// The namespace that is read anyway; without one it is the whole cluster.
    fn namespace(&self) -> Option<&Str>;
    /// What else chooses the objects, as parameters of a query.
    fn selector(&self) -> Option<String>;
    /// Another one for the same source, empty.
    fn another(&self) -> Self;
    /// Takes what came; returns where it is and its version.
    fn push(&mut self, wire: Self::Wire, deleted: bool) -> (RowKey, Box<str>);
    /// How much waits to be handed over.
    fn waiting(&self) -> usize;
    /// What waits, as an edit.
    fn hand_over(&mut self) -> Edit;
    /// Takes out the rows that are gone.
    fn drop_where(&self, gone: impl Fn(&RowKey) -> bool + Send + 'static) -> Edit;

    /// Takes out what is not among these keys, everywhere or in one namespace.
    fn drop_rest(&self, seen: HashSet<RowKey>, part: Option<Str>) -> Edit {
        self.drop_where(move |key| part.as_ref().is_none_or(|p| key.namespace == *p) && !seen.contains(key))
    }

    /// Takes out what is in no namespace of these.
    fn drop_outside(&self, namespaces: Namespaces) -> Edit {
        self.drop_where(move |key| !namespaces.contains(&key.namespace))
    }
}

/// Rows of a watched kind.
pub(in crate::cluster) struct Rows<R> {
    strings: Interner,
    pending: Vec<(R, bool)>,
}

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Rows { strings: Interner::default(), pending: Vec::new() }
    }
}

impl<R: Watched> Sink for Rows<R> {
    type Wire = R::Wire;
    const ENCODINGS: &'static [&'static str] = &["application/vnd.kubernetes.protobuf", "application/json"];
    const STREAMED: bool = true;
    const MOST: usize = usize::MAX;

    fn source(&self) -> SourceId {
        SourceId::Kind(R::KIND)
    }

    fn kind(&self) -> Kind {
        R::KIND
    }

    fn namespace(&self) -> Option<&Str> {
        None
    }

    fn selector(&self) -> Option<String> {
        None
    }

    fn another(&self) -> Self {
        Rows::default()
    }

    fn push(&mut self, wire: R::Wire, deleted: bool) -> (RowKey, Box<str>) {
        let row = R::from_wire(wire, &mut self.strings);
        let known = (row.meta().key(), row.meta().version.clone());
        self.pending.push((row, deleted));
        known
    }

    fn waiting(&self) -> usize {
        self.pending.len()
    }

    fn hand_over(&mut self) -> Edit {
        let rows = std::mem::take(&mut self.pending);
        Box::new(move |world| {
            for (row, deleted) in rows {
                if deleted { take_out::<R>(world, &row.meta().key()) } else { put(world, row) }
            }
        })
    }

    fn drop_where(&self, gone: impl Fn(&RowKey) -> bool + Send + 'static) -> Edit {
        Box::new(move |world| {
            let keys: Vec<_> = R::store(world).iter().map(|r| r.meta().key()).filter(|k| gone(k)).collect();
            for key in &keys {
                take_out::<R>(world, key);
            }
        })
    }
}

fn put<R: Watched>(world: &mut ClusterSnapshot, row: R) {
    let key = row.meta().key();
    let before = R::store(world).insert(row);
    let after = R::store(world).get(&key).cloned();
    R::index(world, before.as_deref(), after.as_deref());
}

fn take_out<R: Watched>(world: &mut ClusterSnapshot, key: &RowKey) {
    let before = R::store(world).remove(key);
    R::index(world, before.as_deref(), None);
}

/// Objects that are followed because something on the screen needs them, in JSON.
pub(in crate::cluster) struct Objects {
    interest: Interest,
    vault: Vault,
    pending: Vec<(ObjectRow, bool)>,
}

impl Objects {
    pub fn new(interest: Interest, vault: Vault) -> Objects {
        Objects { interest, vault, pending: Vec::new() }
    }

    fn edit(&self, change: impl FnOnce(&mut Followed) + Send + 'static) -> Edit {
        let interest = self.interest.clone();
        Box::new(move |world| change(world.followed.entry(interest).or_default()))
    }
}

impl Sink for Objects {
    type Wire = Whole;
    const ENCODINGS: &'static [&'static str] = &["application/json"];
    // These are few: they are what a person looks at.
    const STREAMED: bool = false;
    const MOST: usize = 20_000;

    fn source(&self) -> SourceId {
        SourceId::Interest(self.interest.clone())
    }

    fn kind(&self) -> Kind {
        self.interest.kind
    }

    fn namespace(&self) -> Option<&Str> {
        self.interest.namespace.as_ref()
    }

    fn selector(&self) -> Option<String> {
        let name = self.interest.name.as_ref()?;
        Some(format!("fieldSelector=metadata.name%3D{}", crate::domain::selector(name)))
    }

    fn another(&self) -> Self {
        Objects::new(self.interest.clone(), self.vault.clone())
    }

    fn push(&mut self, Whole(mut object): Whole, deleted: bool) -> (RowKey, Box<str>) {
        // Items of a list do not say what they are.
        object["kind"] = self.interest.kind.name().into();
        object["apiVersion"] = self.interest.kind.api_version().into();
        self.vault.learn(&object);
        let row = ObjectRow::read(object);
        let known = (row.meta.key(), row.meta.version.clone());
        self.pending.push((row, deleted));
        known
    }

    fn waiting(&self) -> usize {
        self.pending.len()
    }

    fn hand_over(&mut self) -> Edit {
        let rows = std::mem::take(&mut self.pending);
        self.edit(move |followed| {
            for (row, deleted) in rows {
                if deleted { followed.take_out(&row.meta.key()) } else { followed.put(row) }
            }
        })
    }

    fn drop_where(&self, gone: impl Fn(&RowKey) -> bool + Send + 'static) -> Edit {
        self.edit(move |followed| {
            let keys: Vec<_> = followed.rows.keys().filter(|k| gone(k)).cloned().collect();
            for key in &keys {
                followed.take_out(key);
            }
        })
    }
}
