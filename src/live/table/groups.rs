//! Rows that fold into one: how many they are, and from when to when. A change costs the logarithm of their number,
//! however many fold into the same row.
//!
//! Must not know what the rows are: the view says to which group each one belongs. A new figure of a group is kept here
//! so that taking a row out does not read the others.

use imbl::{OrdMap, OrdSet};

use crate::domain::{RowKey, Timestamp};

/// What one row brings into its group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Tells the group from others, and sorts it where nothing else does.
    pub group: RowKey,
    /// How often it happened.
    pub count: i64,
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
}

/// Rows that are shown as one.
#[derive(Clone, Debug, Default)]
pub struct Group {
    count: i64,
    by_first: OrdSet<(Option<Timestamp>, RowKey)>,
    by_last: OrdSet<(Option<Timestamp>, RowKey)>,
}

impl Group {
    /// How many rows fold into it.
    pub fn len(&self) -> usize {
        self.by_last.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_last.is_empty()
    }

    /// How often all of them happened.
    pub fn count(&self) -> i64 {
        self.count
    }

    /// When the first of them happened first, as far as it is known.
    pub fn first(&self) -> Option<Timestamp> {
        // Those that say nothing sort before all others.
        let from = (Some(Timestamp::MIN), RowKey::new("", ""));
        self.by_first.range(from..).next().and_then(|(at, _)| *at)
    }

    /// When the latest happened last.
    pub fn last(&self) -> Option<Timestamp> {
        self.by_last.get_max().and_then(|(at, _)| *at)
    }

    /// The row that stands for all of them: the latest.
    pub fn newest(&self) -> Option<&RowKey> {
        self.by_last.get_max().map(|(_, key)| key)
    }
}

/// All groups of a table.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    shares: OrdMap<RowKey, Share>,
    all: OrdMap<RowKey, Group>,
}

impl Groups {
    /// Puts a row into its group, or takes it out. Returns the groups that changed.
    pub fn put(&mut self, key: &RowKey, share: Option<Share>) -> Vec<RowKey> {
        let before = match &share {
            Some(new) => self.shares.insert(key.clone(), new.clone()),
            None => self.shares.remove(key),
        };
        if before == share {
            // What a row shows may change although its share does not.
            return share.into_iter().map(|s| s.group).collect();
        }
        let mut touched = Vec::new();
        if let Some(old) = before {
            let group = self.all.entry(old.group.clone()).or_default();
            group.count -= old.count;
            group.by_first.remove(&(old.first, key.clone()));
            group.by_last.remove(&(old.last, key.clone()));
            if group.is_empty() {
                self.all.remove(&old.group);
            }
            touched.push(old.group);
        }
        if let Some(new) = share {
            let group = self.all.entry(new.group.clone()).or_default();
            group.count += new.count;
            group.by_first.insert((new.first, key.clone()));
            group.by_last.insert((new.last, key.clone()));
            if !touched.contains(&new.group) {
                touched.push(new.group);
            }
        }
        touched
    }

    pub fn get(&self, group: &RowKey) -> Option<&Group> {
        self.all.get(group)
    }

    /// How many rows fold into groups.
    pub fn rows(&self) -> usize {
        self.shares.len()
    }

    /// The rows, by namespace and name.
    pub fn keys(&self) -> impl Iterator<Item = &RowKey> {
        self.shares.keys()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&RowKey, &Group)> {
        self.all.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::ago;

    fn share(group: &str, count: i64, first: i64, last: i64) -> Share {
        let group = RowKey::new("shop", group);
        Share { group, count, first: Some(ago(first)), last: Some(ago(last)) }
    }

    #[test]
    fn a_group_knows_its_figures_when_rows_come_change_and_leave() {
        let (one, two) = (RowKey::new("shop", "one"), RowKey::new("shop", "two"));
        let group = RowKey::new("shop", "late");
        let mut groups = Groups::default();
        assert_eq!(groups.put(&one, Some(share("late", 2, 90, 30))).len(), 1);
        groups.put(&two, Some(share("late", 5, 60, 10)));
        let late = groups.get(&group).unwrap();
        assert_eq!(
            (late.len(), late.count(), late.first(), late.last()),
            (2, 7, Some(ago(90)), Some(ago(10)))
        );
        assert_eq!(late.newest(), Some(&two));
        groups.put(&one, Some(share("late", 3, 90, 5)));
        assert_eq!(
            groups.get(&group).map(|g| (g.count(), g.newest().cloned())),
            Some((8, Some(one.clone())))
        );
        assert_eq!(
            groups.put(&one, Some(share("other", 3, 90, 5))).len(),
            2,
            "it left one group for another"
        );
        assert_eq!(groups.get(&group).map(Group::count), Some(5));
        groups.put(&two, None);
        assert!(groups.get(&group).is_none() && groups.rows() == 1 && groups.iter().count() == 1);
        let unknown = Share { first: None, last: None, ..share("other", 1, 0, 0) };
        groups.put(&two, Some(unknown));
        let other = groups.get(&RowKey::new("shop", "other")).unwrap();
        assert_eq!((other.first(), other.last()), (Some(ago(90)), Some(ago(5))));
    }
}
