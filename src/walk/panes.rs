//! The live panes beside a step: those of the nearest view before it, with the values of its own lane. Pure.
//!
//! Must not show another element than the one that the step is for.

use super::{Status, StepId, Walk};
use crate::live::{Pane, kind_of_value};
use crate::record::Ending;
use crate::runbook::model::{PathPart, StepKind, Template};
use crate::runbook::params::{ParamValue, resolve, resolve_path};

impl Walk {
    /// The live panes beside a step: its own, or those of the nearest view before it.
    pub fn panes(&self, step: StepId) -> Vec<Result<Pane, String>> {
        let passed = |s: &StepId| matches!(self.steps[*s].status(), Status::Ended(Ending::Skipped, _));
        // One that was passed over shows what this way is not about.
        let before = self.tree.before(step).rev().filter(|s| !passed(s));
        let views = std::iter::once(step).chain(before);
        // The view of another element shows another object.
        let own = self.tree.element(step);
        let mut views = views.filter(|s| self.tree.element(*s).is_none_or(|of| Some(of) == own));
        let view =
            views.find_map(|s| if let StepKind::View(v) = &self.tree[s].kind { Some(v) } else { None });
        let shown = view.iter().flat_map(|v| &v.show).map(|pane| self.pane(step, pane));
        let written = self.steps[step].output.as_ref();
        written.map(|_| Ok(Pane::Output)).into_iter().chain(shown).collect()
    }

    fn pane(&self, step: StepId, pane: &crate::runbook::model::Pane) -> Result<Pane, String> {
        let bindings = self.bindings(step);
        let of = resolve_path(&pane.of, &bindings).map_err(|e| e.to_string())?;
        let mut parts = vec![pane.view.as_str()];
        if let Some(PathPart::Ref(first)) = pane.of.first() {
            let value = bindings.values.get(&first.name).filter(|_| first.fields.is_empty());
            let object = match value {
                Some(ParamValue::Object(object)) if object.namespace.is_some() => Some(object.kind.as_str()),
                _ => None,
            };
            parts.extend(kind_of_value(&pane.view, object));
        }
        parts.extend(of.split('/').filter(|p| !p.is_empty()));
        let option = |(name, value): &(String, Template)| match resolve(value, &bindings) {
            Ok(serde_json::Value::String(text)) => Ok((name.clone(), text)),
            Ok(other) => Ok((name.clone(), other.to_string())),
            Err(e) => Err(e.to_string()),
        };
        let options = pane.options.iter().map(option).collect::<Result<Vec<_>, _>>()?;
        let options: Vec<_> = options.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        Pane::parse(&parts, &options)
    }
}
