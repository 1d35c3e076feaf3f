//! Opens a shell in a container. What goes in and comes out is the caller's; here is only whether it may begin.

use k8s_openapi::api::core::v1::Pod;
use kube::api::{Api, AttachParams, AttachedProcess};

use super::apply::Writer;
use super::request::{WriteError, says_gone};
use crate::cluster::connect::explain;
use crate::cluster::failure::logged_out;
use crate::lang::t;
use crate::op::ExecWork;

/// Opens it in the very pod that was read.
pub async fn open(writer: &Writer, work: &ExecWork) -> Result<AttachedProcess, WriteError> {
    let pods: Api<Pod> = Api::namespaced(writer.client.clone(), work.pod.namespace());
    let object = work.pod.to_string();
    let failed = |e: &kube::Error| {
        let said = explain(e);
        match e {
            kube::Error::Api(status) if says_gone(status, &work.pod) => {
                WriteError::Gone { object: object.clone() }
            }
            e if logged_out(e) => WriteError::LoggedOut { said },
            kube::Error::Api(status) if status.code == 403 => WriteError::Forbidden { said },
            kube::Error::Api(_) => WriteError::Refused { said },
            _ => WriteError::Unknown { said },
        }
    };
    let now = pods.get_metadata(work.pod.name()).await.map_err(|e| failed(&e))?;
    if now.metadata.uid.as_deref() != Some(work.uid.as_str()) {
        return Err(WriteError::Stale { object, said: t!("cluster-write-another").to_owned() });
    }
    let params = AttachParams::interactive_tty().container(&work.container);
    pods.exec(work.pod.name(), &work.command, &params).await.map_err(|e| failed(&e))
}
