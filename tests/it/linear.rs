//! A file that is four times as long takes about four times as long to read and to check, whatever it is made of: the
//! library is read whole at every start, and one hostile file must not stop it. Times are compared with each other in one
//! run, never with a clock's idea of fast: a square would be sixteen times.

use std::time::Duration;

use opsbook::corpus::{Corpus, Origin, SourceFile};
use opsbook::runbook::cond::compile;

/// Less than a square, more than the noise of a busy machine.
pub const FACTOR: u32 = 10;

const FRONT: &str = "---\nrunbook: 1\ntitle: Long\nmeta: { risk: low }\n";

/// What this thread has worked: that others use the machine makes nothing longer.
#[cfg(target_os = "linux")]
fn worked() -> Duration {
    use nix::sys::resource::{UsageWho, getrusage};
    let used = getrusage(UsageWho::RUSAGE_THREAD).unwrap();
    let micros = [used.user_time(), used.system_time()]
        .iter()
        .map(|t| t.tv_sec() * 1_000_000 + t.tv_usec())
        .sum::<i64>();
    Duration::from_micros(micros.unsigned_abs())
}

#[cfg(not(target_os = "linux"))]
fn worked() -> Duration {
    static BEGAN: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    BEGAN.get_or_init(std::time::Instant::now).elapsed()
}

/// The shortest of three runs.
pub fn time(run: impl Fn()) -> Duration {
    let once = || {
        let began = worked();
        run();
        worked().saturating_sub(began)
    };
    (0..3).map(|_| once()).min().unwrap()
}

/// Reads and checks a file, and its translation where there is one, as the library does.
fn check(text: &str, translation: Option<&str>) {
    let mut corpus = Corpus::default();
    let origin = Origin::User("/home/op/runbooks".into());
    let file = |path: &str, text: &str| SourceFile {
        path: path.into(),
        text: text.to_owned(),
        origin: origin.clone(),
    };
    let mut files = vec![file("long/a.md", text)];
    files.extend(translation.map(|text| file("long/a.zh.md", text)));
    corpus.add(files);
    corpus.check();
    assert!(corpus.entries().any(|e| e.runbook.id == "long/a"));
}

/// Four times as much may take `FACTOR` times as long.
fn linear(what: &str, of: impl Fn(usize) -> (String, Option<String>)) {
    let few = 600;
    let ((small, small_zh), (large, large_zh)) = (of(few), of(4 * few));
    let (one, four) =
        (time(|| check(&small, small_zh.as_deref())), time(|| check(&large, large_zh.as_deref())));
    let least = Duration::from_millis(4);
    assert!(four < one.max(least) * FACTOR, "{what}: {one:?}, and four times as much {four:?}");
}

#[test]
fn reading_and_checking_takes_as_long_as_the_file_is() {
    let body = |piece: &str| {
        let piece = piece.to_owned();
        move |n: usize| (format!("{FRONT}---\n# A\n\n{}", each(&piece, n)), None)
    };
    linear("fences", body("```sh\necho N\n```\n\n"));
    linear("steps", body("```yaml {step=check name=sN}\nexpect: p.a == 'b'\n```\n\n"));
    linear("steps with one name", body("```yaml {step=check name=s}\nexpect: nothing\n```\n\n"));
    linear("headings", body("## Heading N\n\n```sh\ntrue\n```\n\n"));
    linear("dead links", body("[a](#nowhereN) [b](../x/yN.md)\n"));
    linear("code", body("`kubectl get N` "));
    linear("unknown keys", |n| (format!("{FRONT}{}---\n# A\n", each("titleN: 1\n", n)), None));
    linear("one line", |n| (format!("{FRONT}scope: {{ {} }}\n---\n# A\n", each("titleN: 1, ", n)), None));
    linear("parameters", |n| {
        (format!("{FRONT}params:\n{}---\n# A\n", each("  aN: { type: text, default: 1 }\n", n)), None)
    });
    linear("references", |n| {
        let panes = each("pods/$aN, ", n);
        (format!("{FRONT}---\n# A\n\n```yaml {{step=view name=v}}\nshow: [{panes}]\n```\n"), None)
    });
    linear("cases", |n| {
        let cases = each("  cN: { goto: sN }\n", n);
        let step = "```yaml {step=decision name=d}\nvalue: p.a\ncases:\n";
        (format!("{FRONT}---\n# A\n\n{step}{cases}```\n"), None)
    });
    linear("marks of a translation", |n| {
        let zh = format!("---\ntitle: T\n---\n{}", each("<!-- step: sN -->\n\nx\n\n", n));
        (format!("{FRONT}---\n# A\n"), Some(zh))
    });
    linear("long names", |n| {
        let (wrong, right) = ("a".repeat(n), "b".repeat(n));
        let step =
            format!("```yaml {{step=check name={right}}}\nexpect: x\nelse: {{ goto: {wrong} }}\n```\n");
        (format!("{FRONT}---\n# A\n\n{step}"), None)
    });
}

/// A piece so many times, with its number for each `N`.
fn each(piece: &str, n: usize) -> String {
    (0..n).map(|i| piece.replace('N', &i.to_string())).collect()
}

/// The parser of the language takes the square of an expression, so it gets none that is longer than a bound: a file costs
/// as much as the number of its conditions, and one that is made of a single huge one costs nothing.
#[test]
fn conditions_take_as_long_as_there_are_many() {
    for piece in
        ["true", "nodes.ready.size() > 1", "节点 == '节点'", "p.a", "'x'.contains('y')", "!(1 in [1])"]
    {
        let longest = vec![piece; 16_000 / (piece.len() + 4)].join(" && ");
        let one = time(|| drop(compile(&longest)));
        let huge = vec![longest.as_str(); 60].join(" && ");
        let refused = time(|| assert!(compile(&huge).is_err()));
        assert!(
            refused < one.max(Duration::from_millis(2)),
            "{piece}: {one:?}, and sixty times as much {refused:?}"
        );
    }
    let step = |i: usize| {
        let condition = vec!["true"; 1900].join(" && ");
        format!("```yaml {{step=check name=s{i}}}\nexpect: {condition}\n```\n\n")
    };
    let file = |n: usize| format!("{FRONT}---\n# A\n\n{}", (0..n).map(step).collect::<String>());
    let (few, many) = (file(8), file(32));
    let (one, four) = (time(|| check(&few, None)), time(|| check(&many, None)));
    assert!(four < one * FACTOR, "{one:?}, and four times as much {four:?}");
}

#[test]
fn a_condition_is_bounded_in_length_and_depth() {
    let long = vec!["true"; 50_000].join(" && ");
    assert!(compile(&long).unwrap_err().to_string().contains("at most 16384 bytes"));
    let deep = format!("{} == 1", vec!["1"; 3000].join(" + "));
    assert!(compile(&deep).unwrap_err().to_string().contains("deep"), "{:?}", compile(&deep));
    assert!(compile(&vec!["nodes.all.size() == 1"; 100].join(" && ")).is_ok());
}

#[test]
fn too_many_steps_or_problems_block_the_whole_runbook() {
    for piece in ["```yaml {step=view name=sN}\nshow: [pods]\n```\n\n", "[a](#nowhereN)\n\n"] {
        let mut corpus = Corpus::default();
        let text = format!(
            "{FRONT}---\n# A\n\n{}```yaml {{step=view name=last}}\nshow: [pods]\n```\n",
            each(piece, 1000)
        );
        let origin = Origin::User("/home/op/runbooks".into());
        corpus.add(vec![SourceFile { path: "long/a.md".into(), text, origin }]);
        corpus.check();
        let entry = corpus.entries().find(|e| e.runbook.id == "long/a").unwrap();
        assert!(entry.runbook.blocked.is_some(), "{piece}");
    }
}
