//! Where a change stands: one table for everything that keeps a change, the step that wanted it, the task that carried it
//! out, and the journal. Pure.
//!
//! Must not know what shows a change: that is [`super::Operation::progress`]. To add a state, give it a row in [`Change::on`]; the
//! test below wants every pair decided.

/// A change of the cluster, from the moment in which its plan was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// It is carried out.
    Running,
    /// It was applied; the cluster has still to show it.
    Proving,
    /// It was applied and is not shown, and its time is over. It is watched on.
    Late,
    /// The cluster shows it.
    Proved,
    /// The cluster showed it, and does not any more.
    Regressed,
    /// It ended before it was done; some of it may have been.
    Failed,
    /// Whether it happened is not known.
    Unknown,
    /// A later change took it back.
    TakenBack,
    /// What it made was ended on purpose, by a later change or by its own time: nothing of it is watched.
    Over,
    /// It ended well, and nothing in the cluster can show that: a script, or what was read. Nothing of it is watched.
    Done,
}

/// What happens to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Turn {
    /// Everything was accepted.
    Applied,
    /// It was refused or cancelled.
    Failed,
    /// No answer came.
    Unanswered,
    /// The cluster shows it.
    Shown,
    /// The cluster does not show it.
    NotShown,
    /// The time in which it was to be shown is over.
    OutOfTime,
    /// A later change took it back, and the cluster shows that.
    TakenBack,
    /// A later change, or its own time, ended on purpose what it had made.
    Ended,
    /// It came to its end, and there is nothing that the cluster could show of it.
    Done,
}

impl Change {
    pub const ALL: [Change; 10] = [
        Change::Running,
        Change::Proving,
        Change::Late,
        Change::Proved,
        Change::Regressed,
        Change::Failed,
        Change::Unknown,
        Change::TakenBack,
        Change::Over,
        Change::Done,
    ];

    /// Where it stands afterwards. What cannot happen to it any more leaves it as it is: an answer that comes late, for
    /// instance, says nothing about a change that was taken back.
    #[must_use]
    pub fn on(self, turn: Turn) -> Change {
        match (self, turn) {
            (Change::Running, Turn::Applied) => Change::Proving,
            (Change::Running, Turn::Failed) => Change::Failed,
            (Change::Running, Turn::Unanswered) => Change::Unknown,
            (Change::Proving | Change::Late | Change::Regressed, Turn::Shown) => Change::Proved,
            (Change::Proving, Turn::OutOfTime) => Change::Late,
            (Change::Proving | Change::Late, Turn::Done) => Change::Done,
            (Change::Proved, Turn::NotShown) => Change::Regressed,
            // A part of what failed, or may not have happened, can be taken back as well.
            (state, Turn::TakenBack) if state != Change::Running => Change::TakenBack,
            (Change::Proving | Change::Late | Change::Proved | Change::Regressed, Turn::Ended) => {
                Change::Over
            }
            (state, _) => state,
        }
    }

    /// Whether it is on its way: it runs, or the cluster has still to show it.
    pub fn under_way(self) -> bool {
        matches!(self, Change::Running | Change::Proving | Change::Late)
    }

    /// Whether the cluster is to show it from now on, and is watched for it.
    pub fn watched(self) -> bool {
        matches!(self, Change::Proving | Change::Late | Change::Proved | Change::Regressed)
    }
}

impl Turn {
    pub const ALL: [Turn; 9] = [
        Turn::Applied,
        Turn::Failed,
        Turn::Unanswered,
        Turn::Shown,
        Turn::NotShown,
        Turn::OutOfTime,
        Turn::TakenBack,
        Turn::Ended,
        Turn::Done,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table: a row for each state, a column for each turn, in the order of `ALL`.
    #[test]
    fn every_turn_of_every_change_is_decided() {
        use Change::*;
        // Applied, Failed, Unanswered, Shown, NotShown, OutOfTime, TakenBack, Ended, Done
        let table = [
            (Running, [Proving, Failed, Unknown, Running, Running, Running, Running, Running, Running]),
            (Proving, [Proving, Proving, Proving, Proved, Proving, Late, TakenBack, Over, Done]),
            (Late, [Late, Late, Late, Proved, Late, Late, TakenBack, Over, Done]),
            (Proved, [Proved, Proved, Proved, Proved, Regressed, Proved, TakenBack, Over, Proved]),
            (
                Regressed,
                [Regressed, Regressed, Regressed, Proved, Regressed, Regressed, TakenBack, Over, Regressed],
            ),
            (Failed, [Failed, Failed, Failed, Failed, Failed, Failed, TakenBack, Failed, Failed]),
            (Unknown, [Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, TakenBack, Unknown, Unknown]),
            (TakenBack, [TakenBack; 9]),
            (Over, [Over, Over, Over, Over, Over, Over, TakenBack, Over, Over]),
            (Done, [Done, Done, Done, Done, Done, Done, TakenBack, Done, Done]),
        ];
        assert_eq!(table.map(|(state, _)| state), Change::ALL);
        for (state, row) in table {
            for (turn, after) in Turn::ALL.into_iter().zip(row) {
                assert_eq!(state.on(turn), after, "{state:?} on {turn:?}");
            }
        }
    }

    #[test]
    fn only_what_the_cluster_shows_is_proved() {
        for state in Change::ALL {
            for turn in Turn::ALL {
                let came = state != Change::Proved && state.on(turn) == Change::Proved;
                assert!(!came || turn == Turn::Shown, "{state:?} on {turn:?}");
                let stayed = state.on(turn) == Change::Proved;
                assert!(!(stayed && turn == Turn::NotShown), "{state:?} stays proved");
            }
        }
    }

    #[test]
    fn what_was_taken_back_stays_taken_back_and_nothing_begins_again() {
        for state in Change::ALL {
            for turn in Turn::ALL {
                assert_eq!(Change::TakenBack.on(turn), Change::TakenBack);
                assert!(state == Change::Running || state.on(turn) != Change::Running);
            }
        }
    }
}
