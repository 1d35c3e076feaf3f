//! One Markdown file to one runbook, with every problem that can be seen without the catalogue.
//!
//! Purpose: [`parse`] for `ID.md`, [`parse_translation`] for `ID.LANG.md`. A file always gives something to
//! read, however broken it is; what is broken is marked as not runnable.
//!
//! Must not: read files. The caller gives the path below the runbook folder and the text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::decode::{Ctx, Front, StepFence, front_matter, step, translation_front};
use super::markdown::{Fence, Outline, outline};
use super::model::{Format, Runbook, Runnable, Span, Step, StepKind, StepText, Translation, Trust};
use super::problem::{Problem, Problems};
use super::yaml::{self, Pieces};
use crate::domain::{control, visible};
use crate::lang::t;

/// More steps than this nobody walks. Steps name one another, so checking them costs more than their number.
const MOST_STEPS: usize = 400;

/// The check for what nobody can read.
const CONTROL: &str = "text.control";

/// A runbook with what is wrong with it.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// What could be read.
    pub runbook: Runbook,
    /// Everything that is wrong, in the order of the file.
    pub problems: Vec<Problem>,
}

/// The id for a path below the runbook folder: `nodes/a.md` gives `nodes/a`, with no language.
/// `nodes/a.zh.md` gives the same id and `zh`. Anything but `.md` gives `None`.
pub fn id_of(path: &str) -> Option<(String, Option<String>)> {
    let path = path.replace('\\', "/");
    let stem = path.strip_suffix(".md")?;
    match stem.rsplit_once('.') {
        Some((id, lang)) if is_language(lang) => Some((id.to_owned(), Some(lang.to_owned()))),
        _ => Some((stem.to_owned(), None)),
    }
}

fn is_language(word: &str) -> bool {
    let (base, region) = word.split_once('-').map_or((word, None), |(b, r)| (b, Some(r)));
    base.len() == 2
        && base.bytes().all(|b| b.is_ascii_lowercase())
        && region.is_none_or(|r| r.len() == 2 && r.bytes().all(|b| b.is_ascii_uppercase()))
}

/// Reads a runbook. `path` is relative to the runbook folder and is what problems are reported under.
pub fn parse(path: &str, source: &str) -> Parsed {
    let (id, _) = id_of(path).unwrap_or_else(|| (path.to_owned(), None));
    let mut problems = Problems::default();
    let (front_pieces, body) = split(source);
    let first = Span::new(0, source.lines().next().map_or(0, str::len));
    let mut ctx = Ctx { problems: &mut problems, id: &id };
    let front = front_pieces.and_then(|pieces| read_front(&pieces, first, &mut ctx)).unwrap_or_default();
    let outline = outline(source, body);
    let title = front.title.clone().or_else(|| outline.sections.first().map(|s| s.title.clone()));
    let title = title.unwrap_or_else(|| id.rsplit('/').next().unwrap_or(&id).to_owned());
    let format = front.format.unwrap_or(Format::Plain);
    if format == Format::V1 {
        let front = Span::new(0, body.start);
        no_controls(t!("runbook-parse-front-matter"), front.of(source), source, front, ctx.problems);
    }
    let steps = match format {
        Format::Plain => Vec::new(),
        Format::V1 | Format::Newer(_) => read_steps(source, &outline, body, first, &title, &mut ctx),
    };
    match format {
        Format::Newer(version) => {
            problems.clear();
            let message = t!("runbook-parse-newer", version = version);
            problems.warn("format.newer", first, message, None);
        }
        Format::V1 => check_id(&front, &id, &mut problems),
        Format::Plain => {}
    }
    let problems = problems.finish(path, source);
    let mut runbook = assemble(id, format, title, front, steps, outline, source, body);
    block(&mut runbook, &problems);
    Parsed { runbook, problems }
}

#[allow(clippy::too_many_arguments)] // the parts of one struct literal
fn assemble(
    id: String,
    format: Format,
    title: String,
    front: Front,
    steps: Vec<Step>,
    outline: Outline,
    source: &str,
    body: Span,
) -> Runbook {
    let plain_shell = |f: &&Fence| ["sh", "bash", "shell", "console"].contains(&f.lang.as_str());
    let inside_step = |s: &Span| step_at(&steps, s.start).is_some_and(|i| s.end <= steps[i].span.end);
    let fences = outline.fences.iter().filter(plain_shell).map(|f| f.span).filter(|s| !inside_step(s));
    let mut commands: Vec<Span> = outline.code.iter().copied().chain(fences).collect();
    commands.sort_unstable();
    Runbook {
        id,
        format,
        title,
        kind: front.kind,
        scope: front.scope,
        symptoms: front.symptoms,
        alerts: front.alerts,
        detectors: front.detectors,
        applies: front.applies,
        requires: front.requires,
        meta: front.meta,
        params: front.params,
        scenario: front.scenario,
        tags: front.tags,
        extra: front.extra,
        source: Arc::from(source),
        body,
        sections: outline.sections,
        links: outline.links,
        commands,
        steps,
        translations: BTreeMap::new(),
        blocked: None,
        trust: Trust::default(),
    }
}

/// The last step that begins at an offset or before it; they stand one after the other.
fn step_at(steps: &[Step], offset: usize) -> Option<usize> {
    steps.partition_point(|s| s.span.start <= offset).checked_sub(1)
}

/// Marks what must not run because of errors: a step that contains one, the whole runbook when one stands in
/// the front matter or is about what nobody can read. The checker's problems can be applied in the same way.
pub fn block(runbook: &mut Runbook, problems: &[Problem]) {
    for problem in problems.iter().filter(|p| p.is_error()) {
        let at = problem.span.start;
        let reason = || t!("runbook-parse-line", line = problem.line, message = problem.message);
        if at < runbook.body.start || problem.code == CONTROL {
            runbook.blocked.get_or_insert_with(reason);
        } else if let Some(index) = step_at(&runbook.steps, at)
            && let Some(step) = runbook.steps.get_mut(index).filter(|s| at < s.span.end)
            && step.runnable.is_yes()
        {
            step.runnable = Runnable::No(reason());
        }
    }
}

fn check_id(front: &Front, id: &str, problems: &mut Problems) {
    if let Some(named) = &front.id
        && named.id != id
    {
        let message = t!("runbook-parse-id-path", id = named.id, path = id);
        problems.error_help("id.path", named.span, message, Some(t!("runbook-parse-id-path-help", id = id)));
    }
}

/// The front matter's text and the rest. Without a closing line there is no front matter.
pub(super) fn split(source: &str) -> (Option<Pieces>, Span) {
    let whole = Span::new(0, source.len());
    let mut at = 0;
    let mut lines = source.split_inclusive('\n');
    match lines.next() {
        Some(first) if first.trim_end() == "---" => at += first.len(),
        _ => return (None, whole),
    }
    let start = at;
    for line in lines {
        if line.trim_end() == "---" {
            let pieces = Pieces::whole(&source[start..at], start);
            return (Some(pieces), Span::new(at + line.len(), source.len()));
        }
        at += line.len();
    }
    (None, whole)
}

fn read_front(pieces: &Pieces, place: Span, ctx: &mut Ctx<'_>) -> Option<Front> {
    match yaml::read(pieces) {
        Ok(node) => front_matter(&node, place, ctx),
        Err(error) => {
            // Broken front matter that names the format is a broken runbook; other is somebody else's.
            let ours = pieces.text().lines().any(|l| l.starts_with("runbook:"));
            if ours {
                ctx.problems.error("yaml.syntax", error.span, error.message);
            }
            Some(Front { format: ours.then_some(Format::V1), ..Front::default() })
        }
    }
}

fn read_steps(
    source: &str,
    outline: &Outline,
    body: Span,
    first: Span,
    title: &str,
    ctx: &mut Ctx<'_>,
) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut prose_start = body.start;
    for fence in &outline.fences {
        let Some(info) = step_info(fence, ctx.problems) else { continue };
        if steps.len() >= MOST_STEPS {
            let message = t!("runbook-parse-too-many-steps", most = MOST_STEPS);
            // It stands in the front matter, so that nothing runs: what follows may be what makes the rest safe.
            let help = Some(t!("runbook-parse-too-many-steps-help").to_owned());
            ctx.problems.error_help("step.too-many", first, message, help);
            break;
        }
        let StepInfo { kind: (kind, kind_span), name: (name, name_span) } = info;
        no_controls(
            &t!("runbook-parse-step", name = name),
            fence.body.text(),
            source,
            fence.span,
            ctx.problems,
        );
        let read = StepFence { kind: &kind, kind_span, name_span, lang: &fence.lang, body: &fence.body };
        let (kind, common) = step(&read, ctx);
        if steps.iter().any(|s| s.name == name) {
            ctx.problems.error("step.duplicate", name_span, t!("runbook-parse-duplicate", name = name));
        }
        let runnable = match &kind {
            StepKind::Unreadable { kind } if !StepKind::WORDS.contains(&kind.as_str()) => {
                Runnable::No(t!("runbook-parse-unknown-kind", kind = kind))
            }
            StepKind::Unreadable { .. } => Runnable::No(t!("runbook-parse-unreadable-step").to_owned()),
            _ => Runnable::Yes,
        };
        let heading = outline.heading_above(fence.span.start).map_or(title, |s| s.title.as_str());
        let prose = Span::new(prose_start, fence.span.start);
        prose_start = fence.span.end;
        let (title, lang, body) = (heading.to_owned(), fence.lang.clone(), fence.body.text().to_owned());
        let (span, part) = (fence.span, None);
        steps.push(Step { name, title, kind, common, prose, span, lang, body, name_span, runnable, part });
    }
    steps
}

/// What runs, and what decides how, is read by somebody first: a control character in it is seen by nobody, and a terminal
/// takes what follows it for a command of its own. Line ends of Windows are none.
fn no_controls(what: &str, text: &str, file: &str, within: Span, problems: &mut Problems) {
    let found = control(&text.replace("\r\n", "\n"));
    let Some((_, c)) = found else { return };
    let start = within.start + within.of(file).find(c).unwrap_or(0);
    let message = t!("runbook-parse-control", what = what, c = visible(&c.to_string()));
    let help = t!("runbook-parse-control-help").to_owned();
    problems.error_help(CONTROL, Span::new(start, start + c.len_utf8()), message, Some(help));
}

struct StepInfo {
    kind: (String, Span),
    name: (String, Span),
}

/// Reads `{step=kind name=slug}`. Fences without `step=` are prose.
fn step_info(fence: &Fence, problems: &mut Problems) -> Option<StepInfo> {
    let (text, place) = &fence.attributes;
    if !text.starts_with('{') || !text.contains("step=") {
        return None;
    }
    let Some(inner) = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')) else {
        problems.error("fence.brace", *place, t!("runbook-parse-braces"));
        return None;
    };
    let (mut kind, mut name) = (None, None);
    let mut at = place.start + 1;
    for word in inner.split_inclusive(' ') {
        let attribute = word.trim_end();
        let span = Span::new(at, at + attribute.len());
        at += word.len();
        match attribute.split_once('=') {
            Some(("step", value)) => kind = Some((value.to_owned(), Span::new(span.start + 5, span.end))),
            Some(("name", value)) => name = Some((value.to_owned(), Span::new(span.start + 5, span.end))),
            _ if attribute.is_empty() => {}
            _ => {
                let message = t!("runbook-parse-attribute", attribute = attribute);
                problems.error("fence.attribute", span, message);
            }
        }
    }
    let Some(name) = name else {
        problems.error("step.name", *place, t!("runbook-parse-needs-name"));
        return None;
    };
    let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.0.is_empty() || !name.0.chars().all(slug) {
        let message = t!("runbook-parse-bad-name", name = name.0);
        let help = t!("runbook-parse-bad-name-help").to_owned();
        problems.error_help("step.name", name.1, message, Some(help));
    }
    Some(StepInfo { kind: kind?, name })
}

/// Reads a translation of the runbook `id`.
pub fn parse_translation(path: &str, lang: &str, source: &str) -> (Translation, Vec<Problem>) {
    let (id, _) = id_of(path).unwrap_or_else(|| (path.to_owned(), None));
    let mut problems = Problems::default();
    let (pieces, body) = split(source);
    let first = Span::new(0, source.lines().next().map_or(0, str::len));
    let mut ctx = Ctx { problems: &mut problems, id: &id };
    let front = match pieces.as_ref().map(yaml::read) {
        Some(Ok(node)) => translation_front(&node, first, &mut ctx),
        Some(Err(error)) => {
            ctx.problems.error("yaml.syntax", error.span, error.message);
            None
        }
        None => {
            ctx.problems.error("key.missing", first, t!("runbook-parse-translation-front"));
            None
        }
    };
    let front = front.unwrap_or_default();
    let outline = outline(source, body);
    no_controls(
        t!("runbook-parse-the-translation"),
        source,
        source,
        Span::new(0, source.len()),
        &mut problems,
    );
    let mut step_spans: Vec<(String, Span)> = front.steps.iter().map(|(n, s, _)| (n.clone(), *s)).collect();
    let mut steps: BTreeMap<String, StepText> = front.steps.into_iter().map(|(n, _, t)| (n, t)).collect();
    let mut prose_start = body.start;
    for mark in &outline.marks {
        let entry = steps.entry(mark.name.clone()).or_default();
        entry.prose = Span::new(prose_start, mark.span.start);
        if entry.title.is_none() {
            entry.title = outline.heading_above(mark.span.start).map(|s| s.title.clone());
        }
        prose_start = mark.span.end;
        step_spans.push((mark.name.clone(), mark.name_span));
    }
    for fence in outline.fences.iter().filter(|f| f.attributes.0.contains("step=")) {
        let help = t!("runbook-parse-translation-step-help").to_owned();
        problems.error_help(
            "translation.step",
            fence.attributes.1,
            t!("runbook-parse-translation-step"),
            Some(help),
        );
    }
    let title = front.title.or_else(|| outline.sections.first().map(|s| s.title.clone())).unwrap_or(id);
    let translation = Translation {
        lang: lang.to_owned(),
        title,
        symptoms: front.symptoms,
        params: front.params,
        source: Arc::from(source),
        body,
        sections: outline.sections,
        links: outline.links,
        steps,
        step_spans,
    };
    (translation, problems.finish(path, source))
}
