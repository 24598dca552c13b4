//! What docs/lab.md shows is what happens.

use super::{left, room};

/// A command of the page, and the lines that it shows of the output.
struct Shown {
    command: String,
    lines: Vec<String>,
}

/// The blocks that begin with `    $ `; a line `…` stands for any number of lines.
fn shown(page: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        match line.strip_prefix("    ") {
            Some(text) => match text.strip_prefix("$ ") {
                Some(command) => {
                    all.push(Shown { command: command.to_owned(), lines: Vec::new() });
                    open = true;
                }
                None if open && text != "…" => all.last_mut().expect("a command").lines.push(text.to_owned()),
                None => {}
            },
            None => open &= line.is_empty(),
        }
    }
    all
}

/// Numbers differ from run to run: ports, processes, times.
fn plain(line: &str) -> String {
    let mut text = String::new();
    for c in line.trim_end().chars() {
        match c.is_ascii_digit() {
            false => text.push(c),
            true if text.ends_with('0') => {}
            true => text.push('0'),
        }
    }
    text
}

fn read(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).expect("the page")
}

#[test]
fn the_readme_counts_the_scenarios() {
    let says = format!("shows {} scenarios", gomoddoc::lab::scenario::Scenario::all().count());
    assert!(read("README.md").contains(&says), "README.md does not say {says:?}");
}

#[test]
fn the_commands_of_the_page_work_as_shown() {
    if room().is_none() {
        return;
    }
    let all = shown(&read("docs/lab.md"));
    assert!(all.len() >= 7, "only {} commands", all.len());
    std::thread::scope(|scope| {
        for shown in &all {
            scope.spawn(move || {
                let room = room().expect("the programs are there");
                let output = room.run("sh", &["-c", &format!("{{ {}\n}} 2>&1", shown.command)]);
                let mut lines = output.stdout.lines().map(plain);
                for line in &shown.lines {
                    assert!(lines.any(|given| given == plain(line)), "{line:?} is not, or not there, in\n{output}");
                }
                assert!(!shown.lines.is_empty(), "{} shows nothing", shown.command);
                assert_eq!(left(&room), Vec::<String>::new(), "{output}");
            });
        }
    });
}
