//! The HTML report: it holds together whatever is in it, runs nothing and asks for nothing. And the Markdown forms: foreign
//! text makes no row, heading, link, image or HTML in them.

use opsbook::domain::{Kind, ObjectKey, Risk, Timestamp};
use opsbook::op::{Inputs, Undo};
use opsbook::record::{
    Ending, Event, FieldChange, Question, Report, RunEnd, What, html, markdown, post_mortem,
};
use opsbook::redact::Secrets;

/// Names and words as somebody would choose them who wants the reader's browser to do something.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style><script src=//evil.example/x.js></script>",
    "<svg/onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "--><iframe src=https://evil.example></iframe>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "&lt;script&gt;",
    "\u{202e}gnp.exe\u{1b}]0;x\u{7}",
];

fn session(text: &str) -> Vec<Event> {
    let t = || text.to_owned();
    let pod = || ObjectKey::new(Kind::Pod, text, text);
    let plan = || "7f3a-1".to_owned();
    let what = vec![
        What::Started {
            id: t(),
            version: t(),
            user: t(),
            context: t(),
            server: t(),
            practice: false,
            flags: opsbook::record::Flags::default(),
        },
        What::Identity { user: t(), groups: vec![t()] },
        What::Cluster { uid: t() },
        What::Opened {
            walk: 0,
            runbook: t(),
            title: t(),
            hash: t(),
            params: [(t(), t())].into(),
            steps: vec![t()],
            texts: [].into(),
            titles: [(t(), t())].into(),
            conditions: [(t(), t())].into(),
            questions: [(t(), Question { ask: t(), answers: [(t(), t())].into() })].into(),
        },
        What::Finding { detector: t(), subject: pod(), title: t(), evidence: vec![t()] },
        What::Found { detector: t(), subject: pod(), there: false },
        What::Sample { series: t(), plan: None, value: 3 },
        What::Step { step: t() },
        What::Decided { step: t(), value: Some(t()), chosen: "other".into() },
        What::Value { step: t(), name: t(), value: t() },
        What::Intent {
            walk: 0,
            plan: plan(),
            runbook: Some(t()),
            step: Some(t()),
            op: t(),
            title: t(),
            target: pod(),
            uid: t(),
            inputs: Inputs::of([(text, text)]),
            kubectl: t(),
            risk: Risk::Medium,
            digest: t(),
            read: None,
            undo: Undo::By { op: t(), inputs: Inputs::default(), note: t() },
            undoes: None,
        },
        What::Previewed {
            plan: plan(),
            changes: vec![FieldChange { path: t(), before: Some(t()), after: Some(t()) }],
            more: 2,
        },
        What::Sending { plan: plan(), object: pod(), verb: t() },
        What::Unanswered { plan: plan(), object: pod(), verb: t(), why: t() },
        What::Outcome { plan: plan(), end: RunEnd::Applied, words: t() },
        What::Proved { plan: plan(), words: t() },
        What::StepEnded { step: t(), ending: Ending::Proved, words: t(), past: None },
        What::Note { text: t(), about: Some(2) },
        What::Pinned { record: 3, on: true },
        What::Sample { series: t(), plan: None, value: 1 },
        What::Ended { words: t() },
    ];
    let event = |(seq, what): (u64, What)| Event {
        seq,
        at: Timestamp::from_second(1_772_334_840 + 30 * seq as i64).unwrap(),
        prev: String::new(),
        what,
    };
    (0..).zip(what).map(event).collect()
}

fn report(text: &str) -> String {
    html(&Report::of(&session(text), &Secrets::default()))
}

/// Every tag of a page: its name and its attributes. Text cannot hold a `<`, nor a value a `>`: both are escaped, which
/// is what this relies on and what the balance of the tags shows.
fn tags(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let style = page.find("<style>").unwrap()..page.find("</style>").unwrap();
    let page = format!("{}{}", &page[..style.start], &page[style.end + "</style>".len()..]);
    let mut out = Vec::new();
    for part in page.split('<').skip(1) {
        let inside = part.split_once('>').expect("every tag ends").0.trim_end_matches('/');
        let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
        let mut attributes = Vec::new();
        while let Some((key, after)) = rest.trim_start().split_once("=\"") {
            let (value, next) = after.split_once('"').expect("every value ends");
            attributes.push((key.trim().to_owned(), value.to_owned()));
            rest = next;
        }
        out.push((name.to_owned(), attributes));
    }
    out
}

#[test]
fn nothing_in_a_record_can_run_or_ask_for_anything() {
    let plain: Vec<_> = tags(&report("plain")).into_iter().map(|(name, _)| name).collect();
    for text in HOSTILE {
        let page = report(text);
        let all = tags(&page);
        // The page has the same elements whatever the words are: nothing of them became markup.
        assert_eq!(all.iter().map(|(n, _)| n.clone()).collect::<Vec<_>>(), plain, "{text}");
        for (name, attributes) in &all {
            assert!(
                !["script", "iframe", "object", "embed", "link", "img", "base", "form"]
                    .contains(&name.as_str())
            );
            for (key, value) in attributes {
                assert!(!key.starts_with("on") && key != "src" && key != "style", "{name} {key}");
                assert!(key != "href" || value.starts_with('#'), "{name} {key}={value}");
            }
        }
        assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'));
    }
}

#[test]
fn the_page_forbids_itself_everything_but_its_own_style() {
    let page = report("plain");
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">";
    assert!(page.contains(policy));
    assert!(
        page.find(policy).unwrap() < page.find("<style>").unwrap(),
        "the policy counts from where it stands"
    );
    let style = &page[page.find("<style>").unwrap()..page.find("</style>").unwrap()];
    for word in ["url(", "@import", "@font-face", "expression", "http"] {
        assert!(!style.contains(word), "{word}");
    }
    for word in ["prefers-color-scheme:dark", "min-width:640px", "@media print"] {
        assert!(style.contains(word), "{word}");
    }
    assert!(page.contains("width=device-width") && !page.contains("<script"));
}

#[test]
fn it_tells_what_happened() {
    let page = report("worker-3");
    for part in [
        "<h1>worker-3</h1>",
        "Counted over time",
        "at most 3, at the end 1",
        "<del>worker-3</del><ins>worker-3</ins>",
        "and 2 more fields",
        "✔ proved",
        "★ important",
        "<li id=\"r3\" class=\"pinned\">",
        "href=\"#r3\"",
        "on record 2: worker-3",
        "Not taken back",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    // Every place that is linked to is there.
    for (_, attributes) in tags(&page) {
        for (_, to) in attributes.iter().filter(|(k, _)| k == "href") {
            assert!(page.contains(&format!("id=\"{}\"", &to[1..])), "{to}");
        }
    }
}

/// What a reader of Markdown makes of a page but texts and code: blocks, rows, cells, emphasis, links, images, HTML.
fn made(page: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Options, Parser};
    let kept = |event| match event {
        Event::Text(_) | Event::Code(_) => None,
        other => Some(format!("{other:?}")),
    };
    Parser::new_ext(page, Options::all()).filter_map(kept).collect()
}

/// Words that no reader makes a link or a mention of by itself: what would be one stands in code.
fn is_bare(page: &str) -> bool {
    use pulldown_cmark::{Event, Options, Parser};
    let alive = |text: &str| ["://", "www.", "@"].iter().any(|mark| text.to_lowercase().contains(mark));
    Parser::new_ext(page, Options::all()).any(|e| matches!(e, Event::Text(text) if alive(&text)))
}

fn both(text: &str) -> [String; 2] {
    let report = Report::of(&session(text), &Secrets::default());
    [markdown(&report), post_mortem(&report)]
}

#[test]
fn a_page_of_markdown_with_foreign_text_is_made_of_what_it_is_made_of_with_plain_text() {
    let more = [
        "![x](http://evil.example/p.png)",
        "[click](http://evil.example)",
        "see https://evil.example/a or www.evil.example or bob@evil.example",
        "a\n| forged | row |",
        "a\n\n# Forged\n\n- row",
        "a\n12:00:00 \u{2714} proved",
        "`a` | `b` \\| c",
        "*a* __b__ ~~c~~ $d$ [^1] {#id}",
        "<!-- x",
        "1. one",
        "> quoted",
        "--- ",
    ];
    let tame = both("tame").map(|page| made(&page));
    assert!(tame[0].iter().any(|tag| tag.contains("TableCell")) && tame[1].len() > 40);
    for text in HOSTILE.iter().copied().chain(more) {
        for (page, tame) in both(text).iter().zip(&tame) {
            assert_eq!(&made(page), tame, "{text:?} makes something in\n{page}");
            assert!(!is_bare(page) && !opsbook::domain::hidden(page), "{text:?} lives in\n{page}");
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn no_text_makes_anything_in_a_page_of_markdown(
        text in "x([ a|`*_#<>!&~$+=.:@/{}()\\[\\]\\\\\n\u{1b}\u{202e}-]|https://e\\.x/|www\\.e\\.x|\n\n- |<img src=x>|!\\[a\\]\\(b\\)){0,24}",
    ) {
        let tame = both("x").map(|page| made(&page));
        for (page, tame) in both(&text).iter().zip(&tame) {
            proptest::prop_assert_eq!(&made(page), tame, "{}", page);
            proptest::prop_assert!(!is_bare(page), "{}", page);
        }
    }
}
