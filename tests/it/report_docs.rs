//! What the README says is true.

use std::path::Path;

use gomoddoc::catalog::Code;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_readme_counts_the_error_types() {
    let says = format!("[{} error types](docs/errors/)", Code::ALL.len());
    assert!(read("README.md").contains(&says), "README.md does not say {says:?}");
}

#[test]
fn what_the_readme_links_to_is_there() {
    let readme = read("README.md");
    let links: Vec<&str> = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(links.len() >= 6, "{links:?}");
    for link in links.iter().filter(|link| !link.starts_with("https://")) {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(link).exists(), "README.md links to {link}");
    }
}

#[test]
fn the_readme_tells_every_exit_code() {
    use gomoddoc::cli::exit::Exit;
    let readme = read("README.md");
    for exit in [Exit::Fine, Exit::Found, Exit::Broken, Exit::Retry] {
        assert!(readme.contains(&format!("\n| {} |", exit.code())), "{exit:?}");
    }
}

#[test]
fn the_readme_shows_the_triage_of_its_ticket() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_gomoddoc"))
        .args(["triage", "--lang", "en", "docs/examples/ticket.log"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let indent = |line: &str| if line.is_empty() { String::new() } else { format!("    {line}") };
    let shown: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(indent).collect();
    assert!(read("README.md").contains(&shown.join("\n")), "README.md does not show:\n{}", shown.join("\n"));
}
