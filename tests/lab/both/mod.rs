//! One body, two clusters. Each line below is a test on the practice cluster and one on the real one, with
//! the names of its nodes, which no other test has.

mod drain;
mod operate;
mod refuse;
mod triage;
mod watch;

macro_rules! both {
    ($($module:ident::$name:ident $nodes:expr $(, $field:ident: $value:expr)?;)*) => {
        mod practice {
            use crate::support::{Cluster, Spec, Which};
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let spec = Spec { nodes: &$nodes, $($field: $value,)? ..Spec::default() };
                super::$module::$name(Cluster::start(Which::Practice, spec).await).await;
            })*
        }

        mod real {
            use crate::support::{Cluster, Spec, Which, real_wanted};
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if real_wanted(concat!("both::real::", stringify!($name))) {
                    let spec = Spec { nodes: &$nodes, $($field: $value,)? ..Spec::default() };
                    super::$module::$name(Cluster::start(Which::Real, spec).await).await;
                }
            })*
        }
    };
}

both! {
    watch::every_kind_goes_live_with_its_rows ["rows-1", "rows-2"];
    watch::changes_and_deletions_arrive ["changes-1"];
    watch::a_server_that_was_away_is_stale_and_then_live ["away-1"];
    watch::what_went_meanwhile_is_gone_after_versions_expired ["expired-1"];
    watch::servers_that_do_not_stream_are_read_in_pages ["pages-1"];
    triage::a_silent_node_is_found_with_its_evidence_and_forgotten_when_it_is_back ["silent-1", "silent-2"], age: "1h";
    operate::a_node_is_cordoned_and_the_undo_opens_it ["cordon-1"];
    operate::a_deleted_pod_is_replaced ["delete-1"];
    operate::a_rollout_is_restarted_and_taken_back ["rollout-1"];
    drain::what_can_move_is_evicted_and_the_rest_stays ["drain-1", "drain-2"];
    drain::a_budget_blocks_until_it_is_lifted ["budget-1", "budget-2"];
    drain::a_cancelled_drain_sends_nothing_more ["cancel-1", "cancel-2"];
    refuse::an_object_that_changed_since_the_plan_is_left_alone ["stale-1"];
    refuse::an_object_that_was_made_anew_is_left_alone ["anew-1"];
    refuse::without_the_right_nothing_is_written ["weak-1"], weak: true;
}

/// Every operation of the registry has a test above.
#[test]
fn no_operation_is_without_a_test() {
    let tested =
        ["node.cordon", "node.uncordon", "node.drain", "pod.delete", "workload.restart", "workload.undo"];
    let all: Vec<_> = opsbook::op::REGISTRY.iter().map(|op| op.meta().id).collect();
    assert_eq!(all, tested, "write a test for the new operation and name it here");
}
