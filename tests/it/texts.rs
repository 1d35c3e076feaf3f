//! The words of the program: the catalogues of all languages against each other, and against the code, which is read as
//! tokens. To let the code keep words of its own (commands, Kubernetes' own words, what programs read), give them a line in
//! [`OWN`] with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use opsbook::lang::Language;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use regex::Regex;

/// Texts that are no words of opsbook: a file or folder below `src`, a pattern for the whole literal, and why.
const OWN: &[(&str, &str, &str)] = &[
    ("", r"^(kubectl|etcdctl|systemctl|journalctl|crictl|openssl|git|opsbook) ", "what a person would type"),
    (
        "op/csr.rs",
        r"^decided by an operator in opsbook$",
        "stands in the object, in one language for whoever reads it there",
    ),
    ("app/update/sight.rs", r"", "states of the screen, which are compared with each other and never shown"),
    ("app/screens/contexts.rs", r"^contexts ", "the same, of this screen"),
    ("app/screens/terminal.rs", r"^pane ", "the same, of this screen"),
    ("op/exec.rs", r"^if command -v bash ", "is the script that runs in the container"),
    ("testing.rs", r"", "is compiled for tests only, and speaks as a kubelet does"),
    (
        "practice",
        r"",
        "the practice cluster says what Kubernetes says; its scenarios have texts of their own",
    ),
    (
        "detect/cni_sandbox.rs",
        r"^(network for sandbox|pod network|plugin type=|cni plugin)$",
        "words of container runtimes, which are looked for",
    ),
    (
        "detect/node_not_ready.rs",
        r"^(cni plugin not initialized|network plugin is not ready|container runtime is down|pleg is not healthy)$",
        "words of kubelets, which are looked for",
    ),
    (
        "detect/general/complaint.rs",
        r"^(the object has been modified|already exists)$",
        "words of the API server, which are looked for",
    ),
    ("cluster/source", r"watch=true|stream=watch|limit=", "addresses and headers of requests"),
    ("cluster/bridge", r"^(Basic|Bearer) \{", "headers of requests"),
    (
        "cluster/wire/convert.rs",
        r"^(min|max unavailable) \{",
        "minAvailable and maxUnavailable, kept in rows",
    ),
    ("cluster/write/forward.rs", r"^connection refused$", "a word of the kubelet, which is looked for"),
    (
        "cluster/write/request.rs",
        r"^(the server rejected our request due to an error in our request|more than one PodDisruptionBudget|Apply failed|denied the request|failed calling webhook)$",
        "words of the API server, which are looked for",
    ),
    (
        "runbook/cond/value.rs",
        r"^(a list of|a map of) \{|^an object$",
        "what `string(...)` gives, which conditions compare: the same in every language",
    ),
    ("runbook/cond/mod.rs", r"^Syntax error:$", "words of the parser of expressions, which are cut off"),
    ("runbook/yaml.rs", r"^ at line $", "words of the reader of YAML, which are cut off"),
    (
        "runbook/model/param.rs",
        r"^not (ready|cordoned|running|bound)$",
        "words of `where`, as runbooks write them",
    ),
    ("runbook/model/trust.rs", r"^no longer approved$", "an id for programs"),
    ("runbook/model/step.rs", r"^\{\} in a \{\} fence", "is what digests are made of"),
    ("cluster/write/request.rs", r"^ReplicaSet \{", "a kind with a name"),
    ("domain/distro.rs", r"^Red Hat Enterprise Linux CoreOS$", "what a node says of its system"),
    ("shell/container.rs", r"^(echo|export|kill) ", "is run by a shell"),
    (
        "shell/container.rs",
        r"^(executable file not found|no such file|unable to upgrade connection)$",
        "words of container runtimes, which are looked for",
    ),
    ("trust/canon.rs", r"", "names the parts of the form over which an approval is a hash"),
    ("trust/source/git/own.rs", r"^ref: ", "is read by git"),
    ("trust/source/signature.rs", r" namespaces=", "is read by ssh-keygen"),
    ("cluster/evidence/objects.rs", r"^involvedObject", "is a field selector of the API server"),
    ("record/html.rs", r"[<>]", "is the page itself, between the texts"),
    ("record/plot.rs", r"", "are names in journals"),
    ("record/state.rs", r"^not on the way from ", "is read in journals of earlier versions"),
    ("view/svg.rs", r"^<", "is the picture itself"),
    ("app/fill.rs", r"^export ", "is a line for a shell"),
    ("live/volumes.rs", r"^nfs ", "is what Kubernetes calls it"),
    (
        "runbook/model/part.rs",
        r"^(the order of its steps|words of | in |step |labels in |front matter)$",
        "the names of the parts as approvals have them",
    ),
    ("cli/out.rs", r"^opsbook: \{\}$", "the name of the program before what it says"),
    ("cli/man.rs", r"^\.SH \{", "is what a manual page is made of"),
    ("cli/picture.rs", r"^kubelet stopped posting$", "is typed into the search, which is in English there"),
    ("cli/picture.rs", r"^opsbook: \{screen\}$", "the name of the program and that of a screen"),
    ("runtime/start.rs", r"^in this program$", "stands in journals as the address of the practice cluster"),
    (
        "runtime/terminal.rs",
        r"^(thread|without a name|.ndisabled backtrace)",
        "is for the log and for who reports a fault",
    ),
];

/// Macros whose words no operator reads: they speak of faults in the program, or go to its log. A function of the same name
/// (`Consequence::warn`) is none of them.
const NOT_SHOWN: &[&str] = &[
    "panic",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "unreachable",
    "debug",
    "trace",
    "warn",
    "info",
    "error",
    "matches",
    "include_str",
    "include_dir",
    "env",
    "option_env",
];

/// Functions of which the same is true.
const NOT_SHOWN_EITHER: &[&str] = &["expect"];

/// A message as its file has it: the variables it names, and its words without them.
#[derive(Default)]
struct Message {
    variables: BTreeSet<String>,
    words: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn gather(pattern: &Pattern<&str>, out: &mut Message) {
    fn inline(expression: &InlineExpression<&str>, out: &mut Message) {
        match expression {
            InlineExpression::VariableReference { id } => {
                out.variables.insert(id.name.to_owned());
                out.words.push('§');
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|a| inline(a, out));
            }
            InlineExpression::Placeable { expression } => either(expression, out),
            InlineExpression::StringLiteral { value } => out.words.push_str(value),
            _ => {}
        }
    }
    fn either(expression: &Expression<&str>, out: &mut Message) {
        match expression {
            Expression::Inline(one) => inline(one, out),
            Expression::Select { selector, variants } => {
                if let InlineExpression::VariableReference { id } = selector {
                    out.variables.insert(id.name.to_owned());
                }
                for variant in variants {
                    gather(&variant.value, out);
                }
            }
        }
    }
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => out.words.push_str(value),
            PatternElement::Placeable { expression } => either(expression, out),
        }
    }
}

/// The messages of a language by id, and what is wrong with its files.
fn catalogue(language: Language) -> (BTreeMap<String, Message>, Vec<String>) {
    let folder = root().join("assets/lang").join(language.id());
    let (mut messages, mut wrong) = (BTreeMap::new(), Vec::new());
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let at = |what: &str| format!("assets/lang/{}/{name}.ftl: {what}", language.id());
        let text = fs::read_to_string(&file).unwrap();
        let resource = fluent_syntax::parser::parse(text.as_str()).unwrap_or_else(|(resource, errors)| {
            wrong.extend(errors.iter().map(|e| {
                let line = text[..e.pos.start].matches('\n').count() + 1;
                at(&format!("line {line}: {e}"))
            }));
            resource
        });
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name;
            if !id.starts_with(&format!("{name}-")) {
                wrong.push(at(&format!("{id} does not begin with the name of its file")));
            }
            let mut read = Message::default();
            match &message.value {
                Some(pattern) => gather(pattern, &mut read),
                None => wrong.push(at(&format!("{id} has no text"))),
            }
            if messages.insert(id.to_owned(), read).is_some() {
                wrong.push(at(&format!("{id} stands there twice")));
            }
        }
    }
    (messages, wrong)
}

/// What the messages of a language say between their values, of two words at least.
pub fn pieces(language: Language) -> BTreeSet<String> {
    let words = Regex::new(r"[A-Za-z]{2,} [a-z]{2,}").unwrap();
    let messages = catalogue(language).0;
    // The help of the command line is on no screen.
    let shown = messages.iter().filter(|(id, _)| !id.starts_with("cli-"));
    let pieces = shown.flat_map(|(_, message)| message.words.split(['§', '\n']));
    pieces.map(|piece| piece.trim().to_owned()).filter(|piece| words.is_match(piece)).collect()
}

/// What one file of the code says.
#[derive(Default)]
struct Said {
    /// Each use of a message: where, its id, its variables. A `msg!` has none.
    uses: Vec<(String, String, BTreeSet<String>)>,
    /// Literals with words, and where.
    words: Vec<(String, String)>,
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // A folder of tests is no part of the program.
            if !path.ends_with("tests") {
                files(&path, out);
            }
        } else if path.extension().is_some_and(|e| e == "rs") && !path.to_string_lossy().ends_with("tests.rs")
        {
            out.push(path);
        }
    }
}

/// Every file of the code below `src`, by its path there.
fn code() -> BTreeMap<String, Said> {
    let (src, mut paths) = (root().join("src"), Vec::new());
    files(&src, &mut paths);
    let words = words();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let name = path.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        let mut said = Said::default();
        let tokens = text.parse().unwrap_or_else(|e| panic!("{name}: {e}"));
        tokens_of(&name, &words, tokens, &mut said);
        (name, said)
    };
    paths.iter().map(read).collect()
}

/// What looks like a sentence or a part of one: two words beside each other, or a word beside a value.
fn words() -> Regex {
    Regex::new(r"[A-Za-z]{2,}[,;:.!?]? ([a-z(]|\{)|\}[,;:]? ?[a-z]{2,}|[A-Za-z]{2,}: \{|[a-z]{2,} [A-Z][a-z]")
        .unwrap()
}

fn tokens_of(file: &str, words: &Regex, tokens: TokenStream, said: &mut Said) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let punct = |i: usize, c: char| matches!(tokens.get(i), Some(TokenTree::Punct(p)) if p.as_char() == c);
    let mut i = 0;
    while i < tokens.len() {
        match &tokens[i] {
            // Attributes and documentation are no texts, but for those of errors.
            TokenTree::Punct(p) if p.as_char() == '#' => {
                let at = i + 1 + usize::from(punct(i + 1, '!'));
                if let Some(TokenTree::Group(group)) = tokens.get(at).filter(|t| is(t, Delimiter::Bracket)) {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    let first = inside.first().map(ToString::to_string).unwrap_or_default();
                    if first == "error" {
                        tokens_of(file, words, inside.into_iter().skip(1).collect(), said);
                    } else if first == "cfg" && group.stream().to_string().replace(' ', "") == "cfg(test)" {
                        // What is only in tests: to the end of the item.
                        i = at + 1;
                        while i < tokens.len() && !punct(i, ';') && !is(&tokens[i], Delimiter::Brace) {
                            i += 1;
                        }
                        i += 1;
                        continue;
                    }
                    i = at + 1;
                    continue;
                }
            }
            TokenTree::Ident(name) => {
                let after = i + 1 + usize::from(punct(i + 1, '!'));
                let name = name.to_string();
                if let Some(TokenTree::Group(group)) = tokens.get(after) {
                    if after > i + 1 && (name == "t" || name == "msg") {
                        used(file, group.stream(), said);
                        // Values may be texts themselves.
                        let rest = group.stream().into_iter().skip(1).collect();
                        tokens_of(file, words, rest, said);
                        i = after + 1;
                        continue;
                    }
                    let list = if after > i + 1 { NOT_SHOWN } else { NOT_SHOWN_EITHER };
                    if list.contains(&name.as_str()) && group.delimiter() == Delimiter::Parenthesis {
                        i = after + 1;
                        continue;
                    }
                }
            }
            TokenTree::Group(group) => tokens_of(file, words, group.stream(), said),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let is_text = text.starts_with('"') || text.starts_with("r\"") || text.starts_with("r#");
                if is_text && words.is_match(&text) {
                    // `"…"`, or with an `r` and as many `#` as it takes.
                    let text = text
                        .strip_prefix('r')
                        .unwrap_or(&text)
                        .trim_matches('#')
                        .trim_matches('"')
                        .to_owned();
                    said.words.push((format!("src/{file}:{}", literal.span().start().line), text));
                }
            }
            TokenTree::Punct(_) => {}
        }
        i += 1;
    }
}

fn is(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

/// A use of a message: `"id", name = value, …`.
fn used(file: &str, tokens: TokenStream, said: &mut Said) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let Some(TokenTree::Literal(id)) = tokens.first() else { return };
    let mut variables = BTreeSet::new();
    for window in tokens.windows(3) {
        if let [TokenTree::Punct(comma), TokenTree::Ident(name), TokenTree::Punct(equals)] = window
            && comma.as_char() == ','
            && equals.as_char() == '='
            && equals.spacing() == proc_macro2::Spacing::Alone
        {
            variables.insert(name.to_string());
        }
    }
    let at = format!("src/{file}:{}", id.span().start().line);
    said.uses.push((at, id.to_string().trim_matches('"').to_owned(), variables));
}

fn report(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_language_has_the_same_messages_with_the_same_values() {
    let (english, mut wrong) = catalogue(Language::English);
    for language in Language::ALL.iter().filter(|l| **l != Language::English) {
        let (other, faults) = catalogue(*language);
        wrong.extend(faults);
        let name = language.id();
        wrong.extend(
            english.keys().filter(|id| !other.contains_key(*id)).map(|id| format!("{id} is not in {name}")),
        );
        for (id, message) in &other {
            match english.get(id) {
                None => wrong.push(format!("{id} is in {name} only")),
                Some(of) if of.variables != message.variables => wrong.push(format!(
                    "{id} names {:?} in English and {:?} in {name}",
                    of.variables, message.variables
                )),
                Some(_) => {}
            }
        }
    }
    report(&wrong);
}

#[test]
fn what_has_words_in_english_has_chinese_ones() {
    let (english, chinese) = (catalogue(Language::English).0, catalogue(Language::Chinese).0);
    let sentence = Regex::new(r"[a-z]{2,} [a-z]{2,}").unwrap();
    let told = |words: &str| words.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let left = english.iter().filter(|(_, message)| sentence.is_match(&message.words));
    let left = left.filter(|(id, _)| {
        // A name of Kubernetes' own is no sentence any more.
        chinese.get(*id).is_some_and(|m| !told(&m.words) && sentence.is_match(&m.words))
    });
    report(&left.map(|(id, _)| format!("{id} is not translated")).collect::<Vec<_>>());
}

#[test]
fn the_code_names_messages_that_there_are_and_fills_in_what_they_want() {
    let (english, _) = catalogue(Language::English);
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for (at, id, variables) in code().values().flat_map(|said| &said.uses) {
        seen.insert(id.clone());
        match english.get(id) {
            None => wrong.push(format!("{at}: there is no message {id}")),
            Some(message) if message.variables != *variables => {
                wrong.push(format!("{at}: {id} wants {:?} and is given {variables:?}", message.variables));
            }
            Some(_) => {}
        }
    }
    // Those of the table of actions are named by its rows.
    for action in opsbook::action::Action::ALL {
        for id in [format!("action-{}", action.name()), format!("action-{}-help", action.name())] {
            if !english.contains_key(&id) {
                wrong.push(format!("the table of actions: there is no message {id}"));
            }
            seen.insert(id);
        }
    }
    // Those of the help are named by the place of a command or argument; a test of `cli/args` holds them.
    let help = |id: &&String| *id == "cli-help" || id.starts_with("cli-help-") || id.starts_with("cli-arg-");
    seen.extend(english.keys().filter(help).cloned());
    wrong.extend(english.keys().filter(|id| !seen.contains(*id)).map(|id| format!("{id} is said nowhere")));
    report(&wrong);
}

#[test]
fn no_words_stand_in_the_code() {
    let own: Vec<(&str, Regex)> =
        OWN.iter().map(|(place, of, _)| (*place, Regex::new(of).unwrap())).collect();
    let mut found = Vec::new();
    let mut idle: BTreeSet<usize> = (0..own.len()).collect();
    for (file, said) in &code() {
        for (at, text) in &said.words {
            let mine = own.iter().position(|(place, of)| file.starts_with(place) && of.is_match(text));
            if let Some(index) = mine {
                idle.remove(&index);
                continue;
            }
            found.push(format!("{at}: {text}"));
        }
    }
    found.extend(idle.into_iter().map(|i| format!("{:?} lets nothing pass: take its line out", OWN[i])));
    report(&found);
}
