//! The table of docs/safety.md that says which test holds which promise: a test that is renamed or gone is seen.

use std::path::Path;

fn all(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_promise_names_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/safety.md")).unwrap();
    let table = page.split("| promise | held by |").nth(1).expect("the table is there");
    let rows: Vec<&str> = table.lines().skip(2).take_while(|l| l.starts_with('|')).collect();
    assert!(rows.len() > 20, "{} rows", rows.len());
    let mut source = String::new();
    all(&root.join("src"), &mut source);
    all(&root.join("tests"), &mut source);
    for row in rows {
        let tests = row.rsplit('|').nth(1).unwrap();
        let names: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test holds: {row}");
        for name in names {
            assert!(source.contains(&format!("fn {name}(")), "there is no test {name}: {row}");
        }
    }
}
