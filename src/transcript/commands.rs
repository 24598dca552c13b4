//! Commands of which a log shows only that they failed: go's own words are cut off.
//!
//! Counted are those that do nothing but fetch modules: of a build or a test the trouble may be the code's.

use std::sync::LazyLock;

use crate::ascii::Regex;

/// One of these stands in each line that matters.
pub(super) const SIGNS: &[&str] =
    &["go mod ", "go get ", "[endgroup]", "*** [", "exit code", "non-zero code", "exited with"];
/// So far below the command its settings may be shown.
const MAX_SETTINGS: usize = 40;

/// A build step that names its command.
static STEP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?:process "(?P<docker>[^"]+)" did not complete successfully: exit code: \d+|The command '(?P<classic>[^']+)' returned a non-zero code: \d+|The command "(?P<travis>[^"]+)" exited with [1-9]\d*\.|building at STEP "RUN (?P<podman>[^"]+)": .*exit status [1-9])"#,
    )
    .ok()
});
/// A command as a shell, make or a CI system shows it before it runs.
static COMMAND: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:\$ |\+ |Run )?(?:[A-Z][A-Z0-9_]*=\S* )*(?P<command>go (?:mod|get) .*)$").ok());
/// How a command ended, by whoever ran it.
static END: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:make(?:\[\d+\])?: \*\*\* \[.*\] Error [1-9]|(?:Error: )?Process completed with exit code [1-9]|ERROR: Job failed: exit code [1-9]|.*script returned exit code [1-9]|Bash exited with code '[1-9]|Exited with code exit status [1-9]|.*[Ee]rror: The command exited with status [1-9])",
    )
    .ok()
});

/// The command that fetches modules, and the last line of what it printed.
#[derive(Debug, Default)]
pub(super) struct Commands {
    last: Option<usize>,
}

impl Commands {
    /// Whether the line tells that such a command failed.
    pub(super) fn failed(&mut self, number: usize, text: &str) -> bool {
        if !SIGNS.iter().any(|sign| text.contains(sign)) {
            return false;
        }
        if let Some(step) = STEP.as_ref().and_then(|step| step.captures(text)) {
            let command = ["docker", "classic", "travis", "podman"].iter().find_map(|name| step.name(name));
            return command.is_some_and(|command| only_fetches(command.as_str()));
        }
        if let Some(command) = COMMAND.as_ref().and_then(|command| command.captures(text)) {
            self.last = only_fetches(&command["command"]).then_some(number);
            return false;
        }
        let Some(last) = self.last else { return false };
        if text.ends_with("[endgroup]") {
            self.last = (number <= last + MAX_SETTINGS).then_some(number);
            return false;
        }
        number == last + 1 && END.as_ref().is_some_and(|end| end.is_match(text))
    }

    /// Progress of the command: how it ended may stand in the next line.
    pub(super) fn goes_on(&mut self, number: usize) {
        if self.last.is_some_and(|last| last + 1 == number) {
            self.last = Some(number);
        }
    }
}

/// Whether all that a command does is to fetch modules.
fn only_fetches(command: &str) -> bool {
    const FETCHES: &[&str] = &["go mod download", "go mod tidy", "go mod vendor", "go mod verify", "go get "];
    const SETS_UP: &[&str] = &["cd ", "export ", "set ", "go env ", "go version", "mkdir ", "git config "];
    let command = command.trim_start_matches("/bin/sh -c ").trim_start_matches("/bin/bash -c ").trim();
    let mut parts = command.split("&&").flat_map(|part| part.split(';')).map(str::trim).filter(|part| !part.is_empty());
    let fetches = |part: &str| {
        let bare = part.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '_');
        let bare = if bare.starts_with('=') { bare.split_once(' ').map_or("", |(_, rest)| rest) } else { part };
        FETCHES.iter().any(|fetch| bare.starts_with(fetch)) && !bare.contains('|')
    };
    let mut any = false;
    let known = parts.all(|part| {
        any |= fetches(part);
        fetches(part) || SETS_UP.iter().any(|set_up| part.starts_with(set_up))
    });
    known && any
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(log: &str) -> bool {
        let mut commands = Commands::default();
        log.lines().zip(1..).any(|(line, number)| {
            let failed = commands.failed(number, line);
            if line.starts_with("go: downloading") {
                commands.goes_on(number);
            }
            failed
        })
    }

    #[test]
    fn a_fetch_that_failed_without_a_word_is_seen() {
        for log in [
            "ERROR: process \"/bin/sh -c go mod download\" did not complete successfully: exit code: 1",
            "ERROR: process \"/bin/sh -c cd /src && GOFLAGS=-mod=mod go mod tidy\" did not complete successfully: exit code: 1",
            "The command '/bin/sh -c go mod download -x' returned a non-zero code: 1",
            "The command \"go get ./...\" exited with 1.",
            "Error: building at STEP \"RUN go mod download\": while running runtime: exit status 1",
            "go mod download\nmake: *** [Makefile:5: deps] Error 1",
            "$ go mod vendor\ngo: downloading a.example/b v1.0.0\nERROR: Job failed: exit code 1",
            "Run go mod download\nshell: bash\nenv:\n  A: b\n##[endgroup]\nProcess completed with exit code 1.",
        ] {
            assert!(failed(log), "{log}");
        }
    }

    #[test]
    fn what_may_be_another_trouble_is_not() {
        for log in [
            "ERROR: process \"/bin/sh -c npm install\" did not complete successfully: exit code: 1",
            "ERROR: process \"/bin/sh -c go build ./...\" did not complete successfully: exit code: 1",
            "ERROR: process \"/bin/sh -c go mod download && go build\" did not complete successfully: exit code: 1",
            "The command '/bin/sh -c go mod tidy | tee x' returned a non-zero code: 1",
            "go mod download\ngo test ./...\nmake: *** [Makefile:5: test] Error 1",
            "go mod tidy\nFAIL\nmake: *** [Makefile:5: test] Error 1",
            "Run go mod download\n##[endgroup]\n--- FAIL: TestA\nProcess completed with exit code 1.",
            "make: *** [Makefile:5: deps] Error 1",
            "go mod download\nProcess completed with exit code 0.",
        ] {
            assert!(!failed(log), "{log}");
        }
    }
}
