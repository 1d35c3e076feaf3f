//! The ids that runbooks may use, from the program's own registries.

use super::Corpus;
use crate::domain::{Kind, Risk};
use crate::op::Takes;
use crate::runbook::check::{ArgType, Catalogue, OperationInfo, OperationParam};
use crate::{detect, live, op, practice};

/// Operations, live views, detectors, scenarios, and the runbooks of a corpus.
pub fn catalogue(corpus: &Corpus) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for operation in op::REGISTRY {
        let meta = operation.meta();
        let params = meta.params.iter().map(argument).collect();
        let risk: Risk = meta.risk;
        catalogue.operations.insert(meta.id.to_owned(), OperationInfo { risk, params });
    }
    let heads = live::HEADS.iter().map(|h| (*h).to_owned());
    let kinds = Kind::ALL.iter().flat_map(|k| std::iter::once(&k.meta().plural).chain(k.meta().aliases));
    catalogue.views = heads.chain(kinds.map(|k| (*k).to_owned())).collect();
    catalogue.kind_of_value = Some(live::kind_of_value);
    catalogue.pane = Some(|parts, options| live::Pane::parse(parts, options).map(drop));
    catalogue.detectors = detect::REGISTRY.iter().map(|d| d.meta().id.to_owned()).collect();
    catalogue.scenarios = practice::scenarios().into_iter().map(str::to_owned).collect();
    catalogue.scenarios.extend(corpus.scenarios.iter().cloned());
    for entry in corpus.entries() {
        catalogue.add_runbook(&entry.runbook);
    }
    catalogue
}

/// How the checker calls what a parameter takes. The name of a cluster-wide object may come from a picker as
/// it is; of a namespaced one only the name is meant, since the namespace stands beside it.
fn argument(param: &op::Param) -> OperationParam {
    let ty = match param.takes {
        Takes::Text => ArgType::Text,
        Takes::Bool => ArgType::Bool,
        Takes::Int | Takes::Port => ArgType::Int,
        Takes::Duration => ArgType::Duration,
        Takes::Quantity => ArgType::Quantity,
        Takes::Name(kind) if kind.meta().namespaced => ArgType::Text,
        Takes::Name(kind) => ArgType::Object(kind.name().to_lowercase()),
        Takes::Word(words) => ArgType::Enum(words.iter().map(|w| (*w).to_owned()).collect()),
        Takes::Json => ArgType::Any,
        Takes::Secret => ArgType::Secret,
    };
    OperationParam { name: param.name.to_owned(), ty, required: param.required }
}
