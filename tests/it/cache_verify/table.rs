//! The table of damages in docs/cache-verify.md.

use std::fmt::Write as _;
use std::path::Path;

use super::cases::{CASES, Case, Go, Worst};

const PAGE: &str = "docs/cache-verify.md";

fn table() -> String {
    let mut table = "| damage | found | told as | `go mod verify` |\n| --- | --- | --- | --- |\n".to_owned();
    for Case { name, finds, worst, go, .. } in CASES {
        let finds = if finds.is_empty() { "–".to_owned() } else { format!("`{}`", finds.join("` `")) };
        let worst = match worst {
            Worst::Nothing => "–",
            Worst::Unknown => "not known",
            Worst::Note => "note",
            Worst::Warning => "warning",
            Worst::Error => "error",
        };
        let go = match go {
            Go::Content => "is content",
            Go::Objects => "objects",
            Go::Hangs => "hangs",
        };
        let _ = writeln!(table, "| {name} | {finds} | {worst} | {go} |");
    }
    table
}

#[test]
fn the_page_lists_every_damage() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = std::fs::read_to_string(&path).expect("the page");
    let (begin, end) = ("<!-- damages -->", "<!-- /damages -->");
    let kept = page.split_once(begin).and_then(|(_, rest)| rest.split_once(end)).expect("the table").0;
    let made = table();
    if std::env::var_os("GOMODDOC_BLESS").is_some() {
        println!("{made}");
        let page = page.replace(&format!("{begin}{kept}{end}"), &format!("{begin}\n\n{made}\n{end}"));
        std::fs::write(&path, page).expect("write the page");
    } else {
        assert!(kept.trim() == made.trim(), "{PAGE} is out of date; the command stands there\n{made}");
    }
}
