//! The ids that runbooks may use, from the program's own registries.

use super::Corpus;
use crate::domain::{Kind, Risk};
use crate::runbook::check::{ArgType, Catalogue, OperationInfo, OperationParam};
use crate::{detect, live, op, practice};

/// Operations, live views, detectors, scenarios, and the runbooks of a corpus.
pub fn catalogue(corpus: &Corpus) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for operation in op::REGISTRY {
        let meta = operation.meta();
        let params = meta.params.iter().map(|p| argument(p, meta.kind)).collect();
        let risk: Risk = meta.risk;
        catalogue.operations.insert(meta.id.to_owned(), OperationInfo { risk, params });
    }
    let heads = live::HEADS.iter().map(|h| (*h).to_owned());
    let kinds = Kind::ALL.iter().flat_map(|k| std::iter::once(&k.meta().plural).chain(k.meta().aliases));
    catalogue.views = heads.chain(kinds.map(|k| (*k).to_owned())).collect();
    catalogue.pane = Some(|parts| live::Pane::parse(parts).map(drop));
    catalogue.detectors = detect::REGISTRY.iter().map(|d| d.meta().id.to_owned()).collect();
    catalogue.scenarios = practice::scenarios().into_iter().map(str::to_owned).collect();
    for entry in corpus.entries() {
        catalogue.add_runbook(&entry.runbook);
    }
    catalogue
}

/// The registry names parameters without types; the names that all operations share have one meaning.
fn argument(param: &op::Param, kind: Kind) -> OperationParam {
    let cluster_wide = !kind.meta().namespaced && kind.meta().aliases.contains(&param.name);
    let ty = match param.name {
        _ if cluster_wide => ArgType::Object(param.name.to_owned()),
        "timeout" | "grace" | "within" => ArgType::Duration,
        "replicas" | "revision" => ArgType::Int,
        "deleteEmptyDir" | "ignoreDaemonsets" | "force" => ArgType::Bool,
        "namespace" => ArgType::Object("namespace".to_owned()),
        name if kind.meta().aliases.contains(&name) => ArgType::Text,
        _ => ArgType::Any,
    };
    OperationParam { name: param.name.to_owned(), ty, required: param.required }
}
