//! Runbooks, themes and scenarios are embedded: a file that comes or goes must build the program anew.

fn main() {
    for folder in ["runbooks", "themes", "assets"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
