//! The record of a session as one HTML file that needs nothing else: no script, no picture, no font, no request. It is
//! read on a phone, in the dark, and on paper.
//!
//! Everything that is not a constant of this file goes through [`Page::text`], which escapes it; there is no other way
//! in. It must not link to anything but places within itself.

use super::account::Row;
use super::export::ended;
use super::plot::{Series, counted, series, steps};
use super::{PlanState, Report, What};
use crate::domain::{Timestamp, clock, date, sanitize};
use crate::lang::{self, t};

const HEAD: &str = include_str!("html/head.html");

/// Size of a plot in its own units.
const PLOT: (f64, f64) = (560.0, 90.0);

/// Where markup of this file stands in a sentence: nothing that goes through [`sanitize`] holds it.
const HERE: &str = "\u{7}";

/// Renders the whole session.
pub fn html(report: &Report) -> String {
    let mut page = Page(String::new());
    page.raw("<!doctype html>\n<html lang=\"").raw(lang::current().id()).raw("\">\n").raw(HEAD);
    page.raw("<title>").text(report.title()).raw("</title>\n</head>\n<body>\n");
    page.raw("<header><p class=\"kind\">")
        .text(t!("record-html-kind"))
        .raw("</p><h1>")
        .text(report.title())
        .raw("</h1></header>\n");
    facts(&mut page, report);
    contents(&mut page, report);
    page.raw("<main>\n");
    findings(&mut page, report);
    plots(&mut page, report);
    walked(&mut page, report);
    operations(&mut page, report);
    notes(&mut page, report);
    timeline(&mut page, report);
    open_changes(&mut page, report);
    let written = t!("record-html-written", version = env!("CARGO_PKG_VERSION"));
    page.raw("</main>\n<footer><p>").text(&written).raw("</p></footer>\n</body>\n</html>\n");
    page.0
}

/// A page in the making.
struct Page(String);

impl Page {
    /// Markup of this file.
    fn raw(&mut self, markup: &'static str) -> &mut Page {
        self.0.push_str(markup);
        self
    }

    /// Text from anywhere.
    fn text(&mut self, text: &str) -> &mut Page {
        for c in sanitize(text).chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c => self.0.push(c),
            }
        }
        self
    }

    /// A sentence in which markup of this file stands at one place.
    fn around(&mut self, sentence: &str, markup: impl FnOnce(&mut Page)) -> &mut Page {
        let (before, after) = sentence.split_once(HERE).unwrap_or((sentence, ""));
        markup(self.text(before));
        self.text(after)
    }

    /// A name and what stands for it.
    fn labelled(&mut self, name: &str, value: &str) -> &mut Page {
        self.text(&super::labelled(name, value))
    }

    /// A heading of the second level in a section with a place of its own.
    fn section(&mut self, id: &'static str, title: &str) -> &mut Page {
        self.raw("<section id=\"").raw(id).raw("\"><h2>").text(title).raw("</h2>")
    }

    /// Text in which a condition stands between backticks.
    fn words(&mut self, text: &str) -> &mut Page {
        let parts: Vec<&str> = text.split('`').collect();
        if parts.len().is_multiple_of(2) {
            return self.text(text);
        }
        for (i, part) in parts.into_iter().enumerate() {
            if i % 2 == 0 {
                self.text(part);
            } else {
                self.code(part);
            }
        }
        self
    }

    fn code(&mut self, text: &str) {
        self.raw("<code>").text(text).raw("</code>");
    }

    fn number(&mut self, number: u64) -> &mut Page {
        self.0.push_str(&number.to_string());
        self
    }

    /// A place in a plot.
    fn place(&mut self, number: f64) -> &mut Page {
        self.0.push_str(&format!("{number:.1}"));
        self
    }

    fn time(&mut self, at: Timestamp) -> &mut Page {
        self.raw("<time datetime=\"").text(&at.to_string()).raw("\">").text(&clock(at)).raw("</time>")
    }
}

fn facts(page: &mut Page, report: &Report) {
    page.raw("<dl class=\"facts\">\n");
    for fact in report.facts() {
        page.raw("<div><dt>").text(fact.name).raw("</dt><dd>").text(&fact.value).raw("</dd></div>\n");
    }
    page.raw("</dl>\n");
}

fn contents(page: &mut Page, report: &Report) {
    page.raw("<nav aria-label=\"").text(t!("record-html-contents")).raw("\">");
    page.raw("<a href=\"#findings\">").text(t!("record-findings")).raw("</a> ");
    page.raw("<a href=\"#steps\">").text(t!("record-steps")).raw("</a> ");
    page.raw("<a href=\"#operations\">").text(t!("record-operations")).raw("</a> ");
    page.raw("<a href=\"#timeline\">").text(t!("record-html-timeline")).raw("</a>");
    for pin in &report.state.pins {
        page.raw(" <a href=\"#r").number(*pin).raw("\">★ ").number(*pin).raw("</a>");
    }
    page.raw("</nav>\n");
}

fn findings(page: &mut Page, report: &Report) {
    page.section("findings", t!("record-findings")).raw("\n");
    let mut none = true;
    for event in &report.events {
        let What::Finding { title, evidence, subject, .. } = &event.what else { continue };
        none = false;
        page.raw("<article><h3>").text(title).raw("</h3><p class=\"meta\">").text(&subject.to_string());
        page.raw(" · ").around(&t!("record-html-found-at", at = HERE), |page| {
            page.time(event.at);
        });
        page.raw("</p><ul>");
        for line in evidence {
            page.raw("<li>").text(line).raw("</li>");
        }
        page.raw("</ul></article>\n");
    }
    if none {
        page.raw("<p>").text(t!("record-html-no-finding")).raw("</p>");
    }
    page.raw("</section>\n");
}

fn plots(page: &mut Page, report: &Report) {
    let (Some(first), Some(last)) = (report.events.first(), report.events.last()) else { return };
    // What was never there is no picture.
    let all: Vec<_> =
        series(&report.events).into_iter().filter(|s| s.points.iter().any(|(_, n)| *n > 0)).collect();
    if all.is_empty() {
        return;
    }
    page.section("counts", t!("record-html-counted")).raw("\n");
    for series in &all {
        plot(page, series, (first.at, last.at));
    }
    page.raw("</section>\n");
}

fn plot(page: &mut Page, series: &Series, span: (Timestamp, Timestamp)) {
    let most = series.points.iter().map(|(_, v)| *v).max().unwrap_or(0);
    let last = series.points.last().map_or(0, |(_, v)| *v);
    let name = counted(&series.name);
    page.raw("<figure><figcaption>").text(&t!("record-html-plot", name = name, most = most, last = last));
    page.raw("</figcaption>");
    page.raw("<svg viewBox=\"-4 -6 568 104\" role=\"img\" preserveAspectRatio=\"none\">");
    page.raw(
        "<line class=\"axis\" x1=\"0\" y1=\"90\" x2=\"560\" y2=\"90\"/><polyline class=\"line\" points=\"",
    );
    for (x, y) in steps(series, span, PLOT) {
        page.place(x).raw(",").place(y).raw(" ");
    }
    page.raw("\"/></svg><p class=\"axis-words\">").time(span.0).raw("<span>").time(span.1);
    page.raw("</span></p></figure>\n");
}

fn walked(page: &mut Page, report: &Report) {
    page.section("steps", t!("record-steps")).raw("\n");
    let steps = report.steps();
    if steps.is_empty() {
        page.raw("<p>").text(t!("record-html-no-runbook")).raw("</p>");
    }
    page.raw("<ol class=\"steps\">\n");
    for row in steps {
        match row {
            Row::Walk(title) => {
                page.raw("</ol><h3>").text(&title).raw("</h3><ol class=\"steps\">\n");
            }
            Row::Step(step) => {
                let title = if step.title.is_empty() { &step.name } else { &step.title };
                page.raw("<li><strong>").text(title).raw("</strong> ");
                page.code(&step.name);
                page.raw("<br>").words(&step.how);
                for also in &step.also {
                    let sentence = super::labelled(HERE, &sanitize(&also.said));
                    page.raw("<br>").around(&sentence, |page| {
                        page.raw("<span class=\"meta\">").text(&also.name).raw("</span>");
                    });
                }
                page.raw("</li>\n");
            }
            Row::Folded { why, steps } => {
                page.raw("<li class=\"meta\">").labelled(&steps.join(" · "), why.words()).raw("</li>\n");
            }
        }
    }
    page.raw("</ol></section>\n");
}

fn operations(page: &mut Page, report: &Report) {
    page.section("operations", t!("record-operations")).raw("\n");
    if report.state.order.is_empty() {
        page.raw("<p>").text(t!("record-nothing-changed")).raw("</p>");
    }
    for (plan, proof) in report.plans() {
        page.raw("<article><h3>").text(&plan.title).raw("</h3><p class=\"meta\">");
        page.time(plan.started).raw(" · ").text(&plan.target.to_string());
        if let Some(step) = &plan.step {
            page.raw(" · ").around(&t!("record-html-of-step", step = HERE), |page| page.code(step));
        }
        page.raw("</p><p class=\"label\">").text(t!("record-same-as")).raw("</p><pre>");
        page.code(&plan.kubectl);
        page.raw("</pre>");
        if let Some((by, key)) = &plan.agreed {
            let sentence = t!("record-html-second-person", by = sanitize(by), key = HERE);
            page.raw("<p>").around(&sentence, |page| page.code(key)).raw("</p>");
        }
        changes(page, plan);
        if let Some(before) = report.undoes(plan) {
            page.raw("<p>").labelled(t!("record-html-takes-back"), before).raw("</p>");
        }
        page.raw("<p class=\"label\">").text(t!("record-outcome")).raw("</p><p>");
        page.text(&ended(plan)).raw(if proof.holds() {
            " — <span class=\"good\">✔ "
        } else if proof.undone.is_some() {
            " — <span>"
        } else {
            " — <span class=\"bad\">"
        });
        page.text(&proof.words()).raw("</span></p>");
        for object in &plan.open {
            let sentence = t!("record-sent-no-answer", object = object);
            page.raw("<p class=\"bad\">? ").text(&sentence).raw("</p>");
        }
        page.raw("</article>\n");
    }
    page.raw("</section>\n");
}

/// Before and after, as the server's dry run said.
fn changes(page: &mut Page, plan: &PlanState) {
    let (changes, more) = &plan.changes;
    if changes.is_empty() {
        return;
    }
    page.raw("<p class=\"label\">").text(t!("record-html-before-and-after"));
    page.raw("</p><ul class=\"changes\">\n");
    for change in changes {
        page.raw("<li><code class=\"path\">").text(&change.path).raw("</code>");
        match &change.before {
            Some(text) => page.raw("<del>").text(text).raw("</del>"),
            None => page.raw("<span class=\"none\">").text(t!("record-html-not-there")).raw("</span>"),
        };
        match &change.after {
            Some(text) => page.raw("<ins>").text(text).raw("</ins>"),
            None => page.raw("<span class=\"none\">").text(t!("record-html-taken-out")).raw("</span>"),
        };
        page.raw("</li>\n");
    }
    page.raw("</ul>");
    if *more > 0 {
        page.raw("<p>").text(&t!("record-more-fields", fields = *more)).raw("</p>");
    }
}

fn notes(page: &mut Page, report: &Report) {
    let notes = report.events.iter().filter_map(|e| match &e.what {
        What::Note { text, about } => Some((e, text, about)),
        _ => None,
    });
    let mut notes = notes.peekable();
    if notes.peek().is_none() {
        return;
    }
    page.section("notes", t!("record-html-notes")).raw("<ul>\n");
    for (event, text, about) in notes {
        page.raw("<li>").time(event.at).raw(" ").text(text);
        if let Some(record) = about {
            page.around(&t!("record-html-about", record = HERE), |page| {
                page.raw("<a href=\"#r").number(*record).raw("\">");
                page.text(&t!("record-html-record", record = *record)).raw("</a>");
            });
        }
        page.raw("</li>\n");
    }
    page.raw("</ul></section>\n");
}

fn timeline(page: &mut Page, report: &Report) {
    page.section("timeline", t!("record-timeline")).raw("\n<ol class=\"timeline\">\n");
    let mut day = String::new();
    for (record, at, symbol, line) in report.timeline() {
        let today = date(at).chars().take(10).collect::<String>();
        if today != day {
            page.raw("<li class=\"day\">").text(&today).raw("</li>\n");
            day = today;
        }
        let pinned = report.state.pins.contains(&record);
        page.raw("<li id=\"r").number(record).raw(if pinned { "\" class=\"pinned\">" } else { "\">" });
        page.time(at).raw(match symbol {
            '✔' => " <span class=\"good\">",
            '✖' | '?' => " <span class=\"bad\">",
            '!' => " <span class=\"warn\">",
            _ => " <span>",
        });
        page.text(&symbol.to_string()).raw("</span> <span class=\"words\">").words(&line).raw("</span>");
        if pinned {
            page.raw(" <span class=\"pin\">★ ").text(t!("record-html-important")).raw("</span>");
        }
        page.raw("</li>\n");
    }
    page.raw("</ol></section>\n");
}

fn open_changes(page: &mut Page, report: &Report) {
    let open = report.open_changes();
    if open.is_empty() {
        return;
    }
    page.section("open", t!("record-not-taken-back")).raw("<ul>\n");
    for (title, way) in open {
        let strong = |page: &mut Page| {
            page.raw("<strong>").text(&title).raw("</strong>");
        };
        page.raw("<li>").around(&super::labelled(HERE, &sanitize(&way)), strong).raw("</li>\n");
    }
    page.raw("</ul></section>\n");
}
