//! The table of docs/odd-servers.md: each switch of the proxy has its row, and each row the tests that hold it.

use std::path::Path;

#[test]
fn every_switch_of_the_odd_server_has_a_row_and_every_row_its_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let (page, source, tests) =
        (read("docs/odd-servers.md"), read("tests/servers/mod.rs"), read("tests/lab/both/odd.rs"));
    let table = page.split("| trouble | kubectl | opsbook | test |").nth(1).expect("the table is there");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(2)
        .take_while(|l| l.starts_with('|'))
        .map(|l| l.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let switches = source.split("pub struct Switches {").nth(1).unwrap().split("\n}").next().unwrap();
    let fields: Vec<&str> = switches
        .lines()
        .filter_map(|l| l.trim().strip_prefix("pub ")?.split_once(':'))
        .map(|(name, _)| name)
        .collect();
    assert!(fields.len() > 15, "{fields:?}");
    for field in &fields {
        let named = format!("`{field}`");
        assert!(rows.iter().any(|r| r[0].starts_with(&named)), "no row says what {named} does");
    }
    let both = read("tests/lab/both/mod.rs");
    for row in rows {
        assert_eq!(row.len(), 4, "{row:?}");
        let field = row[0].split('`').nth(1).unwrap_or_default();
        assert!(fields.contains(&field), "there is no switch {field:?}");
        let names: Vec<&str> = row[3].split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test holds: {row:?}");
        for name in names {
            let body = tests.split(&format!("pub async fn {name}(")).nth(1);
            let body = body.unwrap_or_else(|| panic!("there is no test {name}: {row:?}"));
            let body = body.split("\npub async fn ").next().unwrap();
            assert!(body.contains(field), "{name} does not turn {field}");
            assert!(both.contains(&format!("odd::{name} ")), "{name} does not run on both clusters");
        }
    }
}
