//! The way of somebody new through docs/writing-runbooks.md: what the page prints is checked, and rehearsed.

use opsbook::clock::Clock;
use opsbook::trust::{self, Places, canon};

use super::home::Home;

const PAGE: &str = include_str!("../../../docs/writing-runbooks.md");

/// The fence of that language that begins so.
fn fence<'a>(open: &str, begins: &str) -> &'a str {
    let marks: String = open.chars().take_while(|c| *c == '`').collect();
    let start = format!("\n{open}\n{begins}");
    let at = PAGE.find(&start).unwrap_or_else(|| panic!("the page has no {open} with {begins}"));
    let text = &PAGE[at + 1 + open.len() + 1..];
    &text[..=text.find(&format!("\n{marks}\n")).unwrap()]
}

#[test]
fn the_runbook_and_the_scenario_of_the_page_are_clean_and_rehearsed() {
    let home = Home::new();
    let book = fence("````md", "---\nrunbook: 1\ntitle: \"ImagePullBackOff");
    home.write("books/shop/image-missing.md", book);
    home.write(
        "books/shop/image-missing.scenario.yaml",
        fence("```yaml", "scenario: 1\ntitle: A release whose image"),
    );
    let folder = home.path("books");
    let books = folder.to_str().unwrap();
    assert!(
        home.run(&["check", "runbooks", books]).expect(0).out.contains("1 runbook, 0 errors, 0 warnings")
    );
    assert!(
        home.run(&["check", "scenarios", books]).expect(0).out.contains("1 scenario, 0 errors, 0 warnings")
    );
    // What `trust approve` does once the id was typed.
    let store = home.path("state/opsbook/trust.json");
    let places = Places { store, sources: home.path("none"), handed_over: Vec::new() };
    let mut loaded = trust::load(std::slice::from_ref(&folder), &places);
    let entry = loaded.corpus.named("image-missing").unwrap();
    let (own, now) = (entry.runbook.clone(), Clock::real().now());
    loaded.store.approve(&own, &canon(&own, &|_| None), now, "somebody new".to_owned());
    loaded.store.write(&places.store).unwrap();
    let ran = home.run(&["rehearse", "image-missing", "--runbooks", books]).expect(0);
    for line in PAGE.lines().skip_while(|l| !l.starts_with("✔ shop/image-missing on")).take(5) {
        // The page does not say how pods are called.
        let line = line.split('…').next().unwrap();
        assert!(ran.out.contains(line), "the page says\n{line}\nand it is\n{}", ran.out);
    }
}

#[test]
fn a_scenario_with_a_mistake_is_told_with_its_place_wherever_it_is_named() {
    let home = Home::new();
    let text =
        fence("```yaml", "scenario: 1\ntitle: A release whose image").replace("shop/web\n", "shop/wed\n");
    let path = home.write("books/shop/image-missing.scenario.yaml", &text);
    let (file, books) = (path.to_str().unwrap(), home.path("books"));
    let said = home.run(&["check", "scenarios", books.to_str().unwrap()]).expect(1).out;
    assert!(said.contains("there is no Deployment shop/wed"), "{said}");
    assert!(said.contains("image-missing.scenario.yaml:10:7]"), "{said}");
    let json = home.run(&["check", "scenarios", file, "-o", "json"]).expect(1).json();
    assert_eq!(
        (&json["problems"][0]["line"], &json["problems"][0]["code"]),
        (&10.into(), &"scenario.fault".into())
    );
    let said = home.run(&["triage", "--practice", file]).expect(1).err;
    assert!(said.contains("line 10 column 7") && said.contains("check scenarios"), "{said}");
    home.run(&["triage", "--practice", "./nowhere.yaml"]).expect(2);
}
