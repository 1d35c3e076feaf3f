//! The record of a session as one HTML file that needs nothing else: no script, no picture, no font, no request. It is
//! read on a phone, in the dark, and on paper.
//!
//! Everything that is not a constant of this file goes through [`Page::text`], which escapes it; there is no other way
//! in. It must not link to anything but places within itself.

use super::account::Row;
use super::export::ended;
use super::plot::{Series, series, steps};
use super::{PlanState, Report, What};
use crate::domain::{Timestamp, clock, date, sanitize};

const HEAD: &str = include_str!("html/head.html");

/// Size of a plot in its own units.
const PLOT: (f64, f64) = (560.0, 90.0);

/// Renders the whole session.
pub fn html(report: &Report) -> String {
    let mut page = Page(String::new());
    page.raw(HEAD).raw("<title>").text(report.title()).raw("</title>\n</head>\n<body>\n");
    page.raw("<header><p class=\"kind\">Record of a session</p><h1>")
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
    page.raw("</main>\n<footer><p>Written by opsbook ").text(env!("CARGO_PKG_VERSION"));
    page.raw(". Times are UTC.</p></footer>\n</body>\n</html>\n");
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

    /// Text in which a condition stands between backticks.
    fn words(&mut self, text: &str) -> &mut Page {
        let parts: Vec<&str> = text.split('`').collect();
        if parts.len().is_multiple_of(2) {
            return self.text(text);
        }
        for (i, part) in parts.into_iter().enumerate() {
            match i % 2 {
                0 => self.text(part),
                _ => self.raw("<code>").text(part).raw("</code>"),
            };
        }
        self
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
    for (name, value) in report.facts() {
        page.raw("<div><dt>").text(name).raw("</dt><dd>").text(&value).raw("</dd></div>\n");
    }
    page.raw("</dl>\n");
}

fn contents(page: &mut Page, report: &Report) {
    page.raw("<nav aria-label=\"Contents\"><a href=\"#findings\">Findings</a> <a href=\"#steps\">Steps</a> ");
    page.raw("<a href=\"#operations\">Operations</a> <a href=\"#timeline\">Timeline</a>");
    for pin in &report.state.pins {
        page.raw(" <a href=\"#r").number(*pin).raw("\">★ ").number(*pin).raw("</a>");
    }
    page.raw("</nav>\n");
}

fn findings(page: &mut Page, report: &Report) {
    page.raw("<section id=\"findings\"><h2>Findings</h2>\n");
    let mut none = true;
    for event in &report.events {
        let What::Finding { title, evidence, subject, .. } = &event.what else { continue };
        none = false;
        page.raw("<article><h3>").text(title).raw("</h3><p class=\"meta\">").text(&subject.to_string());
        page.raw(" · found at ").time(event.at).raw("</p><ul>");
        for line in evidence {
            page.raw("<li>").text(line).raw("</li>");
        }
        page.raw("</ul></article>\n");
    }
    if none {
        page.raw("<p>No finding led into this session.</p>");
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
    page.raw("<section id=\"counts\"><h2>Counted over time</h2>\n");
    for series in &all {
        plot(page, series, (first.at, last.at));
    }
    page.raw("</section>\n");
}

fn plot(page: &mut Page, series: &Series, span: (Timestamp, Timestamp)) {
    let most = series.points.iter().map(|(_, v)| *v).max().unwrap_or(0);
    let last = series.points.last().map_or(0, |(_, v)| *v);
    page.raw("<figure><figcaption>").text(&series.name).raw(": at most ").number(most);
    page.raw(", at the end ").number(last).raw("</figcaption>");
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
    page.raw("<section id=\"steps\"><h2>Steps</h2>\n");
    let steps = report.steps();
    if steps.is_empty() {
        page.raw("<p>No runbook was opened.</p>");
    }
    page.raw("<ol class=\"steps\">\n");
    for row in steps {
        match row {
            Row::Walk(title) => {
                page.raw("</ol><h3>").text(&title).raw("</h3><ol class=\"steps\">\n");
            }
            Row::Step(step) => {
                let title = if step.title.is_empty() { &step.name } else { &step.title };
                page.raw("<li><strong>")
                    .text(title)
                    .raw("</strong> <code>")
                    .text(&step.name)
                    .raw("</code><br>");
                page.words(&step.how);
                for (what, said) in &step.also {
                    page.raw("<br><span class=\"meta\">").text(what).raw(":</span> ").text(said);
                }
                page.raw("</li>\n");
            }
            Row::Folded { why, steps } => {
                page.raw("<li class=\"meta\">").text(&steps.join(" · ")).raw(": ").raw(why).raw("</li>\n");
            }
        }
    }
    page.raw("</ol></section>\n");
}

fn operations(page: &mut Page, report: &Report) {
    page.raw("<section id=\"operations\"><h2>Operations</h2>\n");
    if report.state.order.is_empty() {
        page.raw("<p>Nothing was changed.</p>");
    }
    for (plan, proof) in report.plans() {
        page.raw("<article><h3>").text(&plan.title).raw("</h3><p class=\"meta\">");
        page.time(plan.started).raw(" · ").text(&plan.target.to_string());
        if let Some(step) = &plan.step {
            page.raw(" · step <code>").text(step).raw("</code>");
        }
        page.raw("</p><p class=\"label\">Same as</p><pre><code>").text(&plan.kubectl).raw("</code></pre>");
        if let Some((by, key)) = &plan.agreed {
            page.raw("<p>Second person: ").text(by).raw(", key <code>").text(key).raw("</code></p>");
        }
        changes(page, plan);
        if let Some(before) = report.undoes(plan) {
            page.raw("<p>Takes back: ").text(before).raw("</p>");
        }
        page.raw("<p class=\"label\">Outcome</p><p>").text(&ended(plan)).raw(if proof.holds() {
            " — <span class=\"good\">✔ "
        } else if proof.undone.is_some() {
            " — <span>"
        } else {
            " — <span class=\"bad\">"
        });
        page.text(&proof.words()).raw("</span></p>");
        for object in &plan.open {
            page.raw("<p class=\"bad\">? sent, no answer recorded: ").text(&object.to_string()).raw("</p>");
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
    page.raw("<p class=\"label\">Before and after, by the server's dry run</p><ul class=\"changes\">\n");
    for change in changes {
        page.raw("<li><code class=\"path\">").text(&change.path).raw("</code>");
        match &change.before {
            Some(text) => page.raw("<del>").text(text).raw("</del>"),
            None => page.raw("<span class=\"none\">not there</span>"),
        };
        match &change.after {
            Some(text) => page.raw("<ins>").text(text).raw("</ins>"),
            None => page.raw("<span class=\"none\">taken out</span>"),
        };
        page.raw("</li>\n");
    }
    page.raw("</ul>");
    if *more > 0 {
        page.raw("<p>and ").number(*more as u64).raw(" more fields</p>");
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
    page.raw("<section id=\"notes\"><h2>Notes</h2><ul>\n");
    for (event, text, about) in notes {
        page.raw("<li>").time(event.at).raw(" ").text(text);
        if let Some(record) = about {
            page.raw(" (on <a href=\"#r").number(*record).raw("\">record ").number(*record).raw("</a>)");
        }
        page.raw("</li>\n");
    }
    page.raw("</ul></section>\n");
}

fn timeline(page: &mut Page, report: &Report) {
    page.raw("<section id=\"timeline\"><h2>Timeline (UTC)</h2>\n<ol class=\"timeline\">\n");
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
            page.raw(" <span class=\"pin\">★ important</span>");
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
    page.raw("<section id=\"open\"><h2>Not taken back</h2><ul>\n");
    for (title, way) in open {
        page.raw("<li><strong>").text(&title).raw("</strong>: ").text(&way).raw("</li>\n");
    }
    page.raw("</ul></section>\n");
}
