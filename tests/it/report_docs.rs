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
