//! The program: see `cli`.

fn main() -> std::process::ExitCode {
    opsbook::cli::main()
}
