//! The `gomoddoc` command.

fn main() -> std::process::ExitCode {
    gomoddoc::cli::main()
}
