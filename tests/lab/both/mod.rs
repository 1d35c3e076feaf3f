//! One body, two clusters. Each line below is a test on the practice cluster and one on the real one, with
//! the names of its nodes, which no other test has.

mod debug;
mod drain;
mod ends;
mod evidence;
mod follow;
mod leaving;
mod objects;
mod odd;
mod operate;
mod refuse;
mod secrets;
mod storage;
mod triage;
mod watch;
mod workloads;

pub use operate::deploy;

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
    odd::a_watch_that_is_cut_again_and_again_is_no_outage ["odd-cut-1"];
    odd::a_list_whose_pages_expire_is_read_at_once ["odd-page-1"];
    odd::versions_that_are_always_too_old_are_not_asked_for_all_the_time ["odd-gone-1"];
    odd::a_streamed_list_without_an_end_is_read_in_pages ["odd-mark-1"];
    odd::who_may_list_and_not_watch_reads_again_and_again ["odd-poll-1"];
    odd::who_may_read_some_namespaces_reads_those_that_are_named ["odd-some-1"];
    odd::a_busy_server_is_left_alone_for_as_long_as_it_asks ["odd-busy-1"];
    odd::a_broken_server_is_said_and_forgotten_when_it_works ["odd-500-1"];
    odd::a_head_that_is_late_is_no_live_picture ["odd-head-1"];
    odd::what_comes_slowly_cut_or_compressed_is_whole ["odd-body-1"];
    odd::what_cannot_be_followed_is_not_live_while_nobody_reads_it ["odd-rest-1"];
    odd::a_list_is_not_live_for_long_when_its_watch_does_not_answer ["odd-late-1"];
    odd::nothing_is_discovered_so_that_a_dead_aggregated_api_changes_nothing ["odd-disc-1"];
    odd::the_servers_clock_counts ["odd-time-1"];
    odd::a_new_token_is_taken_when_the_old_one_ends ["odd-401-1"];
    odd::a_drain_goes_on_after_a_new_login ["odd-login-1", "odd-login-2"];
    odd::a_link_that_died_is_opened_anew_when_the_operator_asks ["odd-dead-1"];
    follow::what_is_asked_for_is_followed_and_what_is_not_is_forgotten ["follow-1"];
    triage::a_silent_node_is_found_with_its_evidence_and_forgotten_when_it_is_back ["silent-1", "silent-2"], age: "1h";
    operate::a_node_is_cordoned_and_the_undo_opens_it ["cordon-1"];
    operate::a_deleted_pod_is_replaced ["delete-1"];
    operate::a_rollout_is_restarted_and_taken_back ["rollout-1"];
    drain::what_can_move_is_evicted_and_the_rest_stays ["drain-1", "drain-2"];
    drain::a_budget_blocks_until_it_is_lifted ["budget-1", "budget-2"];
    drain::a_cancelled_drain_sends_nothing_more ["cancel-1", "cancel-2"];
    leaving::a_pod_with_two_budgets_is_refused_at_once_and_the_others_leave ["two-1"];
    leaving::a_pod_of_a_namespace_that_is_ending_is_waited_for ["term-1"];
    leaving::what_holds_a_pod_is_said_while_it_is_waited_for ["held-1"];
    leaving::a_pod_that_tolerates_the_cordon_is_named_before_and_after ["back-1"];
    leaving::a_pod_without_an_owner_leaves_by_force_alone ["bare-1"];
    leaving::what_comes_between_the_plan_and_the_cordon_leaves_too ["late-1", "late-2"];
    leaving::a_partition_keeps_pods_and_the_proof_says_so ["part-1"];
    ends::one_pod_is_evicted_when_its_budget_allows_it ["evict-1"];
    ends::a_pod_of_a_silent_node_is_forgotten_by_force ["force-1"];
    ends::taints_come_and_go ["taint-1"];
    ends::a_machine_that_is_off_gives_its_pods_free ["out-1"];
    objects::labels_and_annotations_are_set_and_taken_back ["label-1"];
    objects::a_patch_is_taken_back_field_by_field ["patch-1"];
    objects::a_manifest_makes_changes_and_is_taken_back ["apply-1"];
    objects::a_deleted_object_is_made_again_from_its_manifest ["remove-1"];
    objects::a_webhook_fails_open_for_a_while_and_is_closed_again ["webhook-1"];
    objects::requests_for_certificates_are_decided ["csr-1"];
    objects::a_finalizer_is_removed_and_the_object_goes ["finalizer-1"];
    workloads::a_workload_is_scaled_and_taken_back ["scale-1"];
    workloads::image_and_resources_are_set_and_taken_back ["template-1"];
    workloads::sets_of_other_kinds_are_restarted_and_rolled_back ["sets-1"];
    workloads::switches_go_on_and_off ["switch-1"];
    workloads::a_pod_is_resized_at_its_subresource ["resize-1"];
    debug::a_container_joins_a_running_pod ["dbg-1"];
    debug::a_debug_pod_is_root_on_a_node_and_is_deleted ["dbg-2"];
    debug::a_forward_that_cannot_be_says_why ["dbg-3"];
    debug::a_shell_that_cannot_be_says_why ["dbg-4"];
    secrets::a_secret_is_rotated_and_rolled_back ["rotate-1"];
    secrets::a_token_is_shown_once_and_kept_nowhere ["token-1"];
    evidence::what_is_known_of_a_pod_is_saved_with_its_logs_and_without_secrets ["evidence-1"];
    evidence::what_could_not_be_read_is_named_and_then_it_is_not_done ["evidence-2"];
    evidence::what_is_left_in_a_namespace_is_listed_and_kept_but_for_secrets ["evidence-3"];
    secrets::every_object_of_a_resource_is_written_anew ["rewrite-1"];
    storage::a_volume_is_kept_and_a_claim_grows ["claims-1"];
    storage::an_attachment_is_deleted_when_the_machine_is_off ["detach-1"];
    refuse::an_object_that_changed_since_the_plan_is_left_alone ["stale-1"];
    refuse::an_object_that_was_made_anew_is_left_alone ["anew-1"];
    refuse::without_the_right_nothing_is_written ["weak-1"], weak: true;
}

/// Every operation of the registry has a test above.
#[test]
fn no_operation_is_without_a_test() {
    let tested = [
        "node.cordon",
        "node.uncordon",
        "node.drain",
        "node.taint",
        "node.untaint",
        "node.out-of-service",
        "pod.evict",
        "pod.delete",
        "pod.force-delete",
        "pod.resize",
        "workload.scale",
        "workload.set-image",
        "workload.set-resources",
        "workload.restart",
        "workload.undo",
        "workload.pause",
        "workload.resume",
        "cronjob.suspend",
        "cronjob.resume",
        "pvc.expand",
        "pv.reclaim",
        "volumeattachment.delete",
        "webhook.fail-open",
        "webhook.fail-closed",
        "csr.approve",
        "csr.deny",
        "object.label",
        "object.annotate",
        "object.patch",
        "object.apply",
        "object.delete",
        "object.remove-finalizer",
        "secret.rotate",
        "secret.roll-back",
        "serviceaccount.token",
        "storage.re-encrypt",
        "pod.debug",
        "node.debug",
        "node.debug-end",
        "pod.port-forward",
        "pod.exec",
        "evidence.save",
    ];
    let all: Vec<_> = opsbook::op::REGISTRY.iter().map(|op| op.meta().id).collect();
    assert_eq!(all, tested, "write a test for the new operation and name it here");
}
