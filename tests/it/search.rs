//! What people paste and type, asked of the built-in runbooks, and of ninety.
use std::collections::BTreeSet;

use opsbook::corpus::Corpus;
use opsbook::search::{Index, QueryOptions, SearchDoc};

#[derive(serde::Deserialize)]
struct Grown {
    book: Vec<Book>,
}

#[derive(serde::Deserialize)]
struct Book {
    id: String,
    title: String,
    zh: String,
    risk: u8,
    symptoms: Vec<String>,
    alerts: Vec<String>,
    see: Vec<String>,
}

fn built_in() -> Vec<SearchDoc> {
    Corpus::built_in().search_docs().collect()
}

fn grown() -> Vec<SearchDoc> {
    let mut docs = built_in();
    let text = include_str!("../data/search/grown.toml");
    let grown: Grown = toml::from_str(text).unwrap();
    for (i, book) in grown.book.iter().enumerate() {
        let mut body = vec![format!("{}. {}", book.title, book.symptoms.join(". "))];
        let mut see: BTreeSet<&String> = book.see.iter().collect();
        see.insert(&grown.book[(i + 1) % grown.book.len()].id);
        see.insert(&grown.book[(i + 7) % grown.book.len()].id);
        for other in grown.book.iter().filter(|b| see.contains(&b.id)) {
            body.push(format!("When it is {}, see {}: {}", other.title, other.id, other.symptoms.join(", ")));
        }
        docs.push(SearchDoc {
            id: book.id.clone(),
            titles: vec![("en".into(), book.title.clone()), ("zh".into(), book.zh.clone())],
            symptoms: book.symptoms.clone(),
            alerts: book.alerts.iter().map(|a| a.as_str().into()).collect(),
            risk: book.risk,
            body: vec![body.join("\n")],
            tags: vec![book.id.split('/').next().unwrap().to_owned()],
            langs: vec!["en".into(), "zh".into()],
            ..SearchDoc::default()
        });
    }
    docs
}

fn run(half: &str, docs: Vec<SearchDoc>) -> (usize, usize) {
    let ids: BTreeSet<String> = docs.iter().map(|d| d.id.clone()).collect();
    let index = Index::build(docs.into_iter()).unwrap();
    let (mut good, mut all) = (0, 0);
    for line in include_str!("../data/search/queries.tsv").lines() {
        let [h, expected, query] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        if h != half {
            continue;
        }
        let query = query.replace("\\n", "\n");
        let expected: Vec<&str> = expected.split('|').filter(|id| ids.contains(*id)).collect();
        let answer = index.query(&query, &QueryOptions::default()).unwrap();
        let understood = answer.understood.clone();
        let hits: Vec<_> = answer.hits.into_iter().filter(|h| h.about).collect();
        let first = hits.first().map(|h| h.id.as_str());
        let right = if expected.is_empty() { first.is_none() } else { first.is_some_and(|f| expected.contains(&f)) };
        all += 1;
        good += usize::from(right);
        if !right && std::env::var("SHOW").is_ok() {
            println!("{half} {query:.60} -> {:?}, wanted {expected:?}", hits.iter().take(3).map(|h| (&h.id, h.score)).collect::<Vec<_>>());
            println!("       {:?}\n       {:?}", understood.iter().map(|u| (&u.typed, &u.read)).collect::<Vec<_>>(), hits.iter().take(2).flat_map(|h| h.matched.iter().map(|m| (m.field, &m.fragment))).collect::<Vec<_>>());
        }
    }
    (good, all)
}

#[test]
fn measure() {
    for half in std::env::var("HALF").unwrap_or("t".into()).split(',') {
        println!("{half} built-in {:?} grown {:?}", run(half, built_in()), run(half, grown()));
    }
}
