//! A port of a pod on a port of this machine, for as long as its task runs. It changes nothing in the cluster; it is an
//! operation because it opens a way in, and that is recorded.

use super::target::{self, guard};
use super::{
    Access, CommandLine, Consequence, ForwardWork, Inputs, NAMESPACE, OpMeta, Operation, Plan, Progress,
    Refusal, Takes, Undo, WayBack, Work, may, need,
};
use crate::domain::{ClusterSnapshot, Kind, PodPhase, Risk};
use crate::lang::{msg, t};

const META: OpMeta = OpMeta {
    id: "pod.port-forward",
    title: msg!("op-forward-title"),
    kinds: &[Kind::Pod],
    params: &[
        NAMESPACE,
        need("pod", Takes::Name(Kind::Pod), msg!("op-forward-pod")),
        need("port", Takes::Port, msg!("op-forward-port")),
        may("local", Takes::Port, msg!("op-forward-local")),
    ],
    risk: Risk::Low,
    reach: "api",
    guards: &[msg!("op-forward-guard-loopback"), msg!("op-forward-guard-runs")],
    undo: WayBack::None(msg!("op-forward-no-way-back")),
};

pub struct PortForward;

impl Operation for PortForward {
    fn meta(&self) -> &'static OpMeta {
        &META
    }

    fn plan(&self, world: &ClusterSnapshot, inputs: &Inputs) -> Result<Plan, Refusal> {
        let key = target::key(&META, inputs, Kind::Pod, "pod")?;
        let port = number(inputs, "port")?.filter(|p| *p > 0).ok_or(Refusal::Missing {
            op: META.id,
            param: "port",
            doc: META.params[2].doc.text(),
        })?;
        let local = number(inputs, "local")?.unwrap_or(0);
        let pod = world.pods.get(&key.row).ok_or_else(|| Refusal::NotFound(key.clone()))?;
        if pod.meta.deleting.is_some() || pod.phase != PodPhase::Running {
            let what = t!("op-forward-pod-does-not-run", row = key.row);
            return Err(guard(what, t!("op-forward-choose-another")));
        }
        let right = |verb: &str| Access {
            verb: verb.to_owned(),
            group: String::new(),
            resource: "pods".to_owned(),
            subresource: "portforward".to_owned(),
            namespace: key.namespace().to_owned(),
        };
        let here = if local == 0 { format!(":{port}") } else { format!("{local}:{port}") };
        let work = ForwardWork { pod: key.clone(), uid: pod.meta.uid.to_string(), port, local };
        Ok(Plan {
            title: t!("op-forward-plan", row = key.row, port = port),
            summary: t!("op-forward-summary", local = local, port = port, row = key.row),
            consequences: vec![
                Consequence::info(msg!("op-class-way-in"), t!("op-forward-for-every-user")),
                Consequence::info(msg!("op-class-recorded"), t!("op-forward-recorded")),
            ],
            kubectl: CommandLine::kubectl(&key, &["port-forward", key.name(), &here]),
            undo: Undo::None(t!("op-forward-ends").to_owned()),
            proof: t!("op-forward-proof").to_owned(),
            work: Work::Forward(work),
            needs: vec![right("create"), right("get")],
            // A pod changes with every probe; the uid says that it is the same one.
            version: String::new(),
            ..Plan::draft(&META, inputs, key, &pod.meta, Vec::new())
        })
    }

    fn progress(&self, plan: &Plan, _: &ClusterSnapshot) -> Progress {
        Progress::Fulfilled(plan.proof.clone())
    }
}

fn number(inputs: &Inputs, name: &'static str) -> Result<Option<u16>, Refusal> {
    let Some(given) = inputs.number(&META, name)? else { return Ok(None) };
    let port = u16::try_from(given)
        .map_err(|_| guard(t!("op-forward-no-port", given = given), t!("op-forward-give-port")))?;
    Ok(Some(port))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::{Approval, plan};
    use crate::testing::{World, pod};

    fn inputs<const N: usize>(more: [(&str, &str); N]) -> Inputs {
        let mut out = Inputs::of([("namespace", "shop"), ("pod", "web-1"), ("port", "8080")]);
        out.0.extend(Inputs::of(more).0);
        out
    }

    #[test]
    fn it_is_low_bound_to_the_pod_and_outlives_its_probes() {
        let world = World::new().pod(pod("shop", "web-1", "w"));
        let made = plan(META.id, &world.0, &inputs([])).unwrap();
        let Work::Forward(work) = &made.work else { panic!() };
        assert_eq!((work.port, work.local, work.uid.as_str()), (8080, 0, "uid-web-1"));
        let needs: Vec<_> = made.needs.iter().map(ToString::to_string).collect();
        assert_eq!(needs, ["create pods/portforward in shop", "get pods/portforward in shop"]);
        assert_eq!((made.approval(), made.work.calls().count()), (Approval::Enter, 0));
        let probed = world.pod(pod("shop", "web-1", "w"));
        assert_eq!(plan(META.id, &probed.0, &inputs([])).unwrap().digest(), made.digest());
        assert!(matches!(made.undo, Undo::None(_)));
    }

    #[test]
    fn pods_that_do_not_run_and_ports_that_are_none_are_refused() {
        let mut over = pod("shop", "web-1", "w");
        over.phase = PodPhase::Succeeded;
        let world = World::new().pod(over);
        assert!(plan(META.id, &world.0, &inputs([])).unwrap_err().to_string().contains("does not run"));
        for wrong in [("port", "0"), ("port", "70000"), ("local", "-1"), ("port", "http")] {
            assert!(plan(META.id, &world.0, &inputs([wrong])).is_err(), "{wrong:?}");
        }
    }
}
