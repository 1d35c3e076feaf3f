//! The words of a runbook in the operator's language: those of its translation where it has them, else its own.
//!
//! Must not look for a translation anywhere else: one that is in the runbook has the same origin, and so the same tier.

use super::{Else, MeansPart, Param, Runbook, Step, StepKind, StepText};

impl Runbook {
    /// The title in `lang`, or in the base language.
    pub fn title_in(&self, lang: &str) -> &str {
        self.translations.get(lang).map_or(self.title.as_str(), |t| t.title.as_str())
    }

    /// The symptoms in `lang`; empty when nobody translated them.
    pub fn symptoms_in(&self, lang: &str) -> &[String] {
        self.translations.get(lang).map_or(&[], |t| t.symptoms.as_slice())
    }

    /// What a parameter is called, in `lang`, or in the base language; its name where nobody says it.
    pub fn param_label_in<'a>(&'a self, param: &'a Param, lang: &str) -> &'a str {
        let translated = self.translations.get(lang).and_then(|t| t.params.get(&param.name));
        translated.or(param.label.as_ref()).unwrap_or(&param.name)
    }

    /// A step's heading in `lang`, or in the base language.
    pub fn step_title_in<'a>(&'a self, step: &'a Step, lang: &str) -> &'a str {
        self.step_text(step, lang).and_then(|t| t.title.as_deref()).unwrap_or(&step.title)
    }

    /// The Markdown in front of a step in `lang`, or in the base language.
    pub fn step_prose_in<'a>(&'a self, step: &'a Step, lang: &str) -> &'a str {
        let text = self.translations.get(lang).and_then(|t| t.steps.get(step.written()).map(|s| (t, s)));
        // A step that only has short texts in the front matter has no mark, and so no prose of its own.
        match text.filter(|(_, s)| s.prose.end > 0) {
            Some((translation, text)) => text.prose.of(&translation.source),
            None => step.prose.of(&self.source),
        }
    }

    /// What a translation says of a step.
    fn step_text<'a>(&'a self, step: &Step, lang: &str) -> Option<&'a StepText> {
        self.translations.get(lang)?.steps.get(step.written())
    }

    /// What a step by hand says is to be done, in `lang`, or in the base language; empty for other steps.
    pub fn step_instruction_in<'a>(&'a self, step: &'a Step, lang: &str) -> &'a str {
        let StepKind::Manual(manual) = &step.kind else { return "" };
        let translated = self.step_text(step, lang).and_then(|t| t.instruction.as_deref());
        translated.unwrap_or(&manual.instruction)
    }

    /// The question of a decision in `lang`, or in the base language; its heading where it asks none.
    pub fn step_question_in<'a>(&'a self, step: &'a Step, lang: &str) -> &'a str {
        let StepKind::Decision(decision) = &step.kind else { return "" };
        let translated = self.step_text(step, lang).and_then(|t| t.ask.as_deref());
        translated.or(decision.ask.as_deref()).unwrap_or_else(|| self.step_title_in(step, lang))
    }

    /// What a value that a step by hand records is called, in `lang`, or in the base language; its name where nobody says it.
    pub fn step_value_in(&self, step: &Step, name: &str, lang: &str) -> String {
        let own = match &step.kind {
            StepKind::Manual(manual) => manual.field(name).and_then(|field| field.title.as_deref()),
            _ => None,
        };
        let translated = self.step_text(step, lang).and_then(|t| t.record.get(name).map(String::as_str));
        translated.or(own).map_or_else(|| name.replace('_', " "), str::to_owned)
    }

    /// What the condition of a step means, in `lang`, or in the base language; none where nobody says it.
    pub fn step_means_in<'a>(&'a self, step: &'a Step, lang: &str) -> Option<&'a [MeansPart]> {
        let own = step.common.means.as_ref()?;
        let translated = self.step_text(step, lang).and_then(|t| t.means.as_ref());
        Some(&translated.unwrap_or(own).parts)
    }

    /// The hint of a decision's case in `lang`, or in the base language; empty where it has none.
    pub fn step_hint_in<'a>(&'a self, step: &'a Step, case: &str, lang: &str) -> &'a str {
        let StepKind::Decision(decision) = &step.kind else { return "" };
        let Some(known) = decision.cases.iter().find(|c| c.value == case) else { return "" };
        let translated = self.step_text(step, lang).and_then(|t| t.hints.get(case).map(String::as_str));
        translated.or(known.hint.as_deref()).unwrap_or_default()
    }

    /// What a step says where its condition does not hold (`say`, else `stop`), in `lang`, or in the base language.
    pub fn step_otherwise_in<'a>(&'a self, step: &'a Step, lang: &str) -> Option<&'a str> {
        let say = otherwise(step)?.say.as_deref();
        let said = self.step_text(step, lang).and_then(|t| t.say.as_deref());
        say.map(|say| said.unwrap_or(say)).or_else(|| self.step_stop_in(step, lang))
    }

    /// With which words a step ends the run where its condition does not hold, in `lang`, or in the base language.
    pub fn step_stop_in<'a>(&'a self, step: &'a Step, lang: &str) -> Option<&'a str> {
        let stop = otherwise(step)?.stop.as_deref()?;
        Some(self.step_text(step, lang).and_then(|t| t.stop.as_deref()).unwrap_or(stop))
    }
}

fn otherwise(step: &Step) -> Option<&Else> {
    match &step.kind {
        StepKind::Check(check) => check.otherwise.as_ref(),
        StepKind::Decision(decision) => decision.otherwise.as_ref(),
        _ => None,
    }
}
