use std::io::{self, Read};

use proptest::prelude::*;

use super::*;
use crate::facts::transcript::{HostRole, Mention, Setting, TranscriptFacts};

fn facts(log: &str) -> TranscriptFacts {
    read(log.as_bytes(), "x.log").unwrap()
}

fn each<T>(mentions: &[Mention<T>], show: impl Fn(&T) -> String) -> Vec<String> {
    mentions.iter().map(|mention| format!("{}: {}", mention.line, show(&mention.what))).collect()
}

fn culprits(facts: &TranscriptFacts) -> Vec<String> {
    each(&facts.culprits, ToString::to_string)
}

fn packages(facts: &TranscriptFacts) -> Vec<String> {
    each(&facts.packages, |package| package.import.to_string())
}

fn hosts(facts: &TranscriptFacts) -> Vec<String> {
    each(&facts.hosts, |host| host.host.to_string())
}

fn failures(facts: &TranscriptFacts) -> Vec<usize> {
    facts.failures.iter().map(|failure| failure.line).collect()
}

/// go 1.26, a module proxy that does not listen.
const REFUSED: &str = "\
go: downloading a.example/x v1.0.0
go: r.example/r imports
\ta.example/x: a.example/x@v1.0.0: Get \"http://goproxy.corp.example:9/a.example/x/@v/v1.0.0.zip\": dial tcp 10.0.0.9:9: connect: connection refused
go: r.example/r imports
\ta.example/z/pkg: a.example/x@v1.0.0: Get \"http://goproxy.corp.example:9/a.example/x/@v/v1.0.0.mod\": dial tcp 10.0.0.9:9: connect: connection refused
";

#[test]
fn the_end_of_a_chain_is_the_culprit() {
    let facts = facts(REFUSED);
    assert_eq!(culprits(&facts), ["3: a.example/x@v1.0.0"]);
    assert_eq!(packages(&facts), ["3: a.example/x", "5: a.example/z/pkg"]);
    assert_eq!(hosts(&facts), ["3: goproxy.corp.example:9"]);
    assert_eq!(facts.hosts[0].what.role, HostRole::ModuleProxy);
    assert_eq!(failures(&facts), [3, 5]);
}

#[test]
fn a_chain_of_requirements_is_followed_down() {
    let log = "go: a.example/x@v1.0.0 requires\n\tb.example/y@v1.1.0 requires\n\tc.example/z@v0.0.0-20200101000000-abcdefabcdef: invalid version: unknown revision abcdefabcdef\n";
    let facts = facts(log);
    assert_eq!(culprits(&facts), ["3: c.example/z@v0.0.0-20200101000000-abcdefabcdef"]);
    assert_eq!(failures(&facts), [3]);
}

#[test]
fn a_chain_that_is_cut_off_names_its_last_element() {
    assert_eq!(culprits(&facts("go: a.example/x@v1.0.0 requires\n")), ["1: a.example/x@v1.0.0"]);
}

#[test]
fn what_another_machine_says_is_not_ours() {
    let log = "\
go: a.example/x@v1.0.0: reading https://goproxy.corp.example/a.example/x/@v/v1.0.0.mod: 404 Not Found
\tserver response:
\tnot found: b.example/y@v1.0.0: invalid version: git ls-remote -q origin in /tmp/gopath/pkg/mod/cache/vcs/0abc: exit status 128:
\t\tfatal: could not read Username for 'https://git.other.example': terminal prompts disabled
\tgo: c.example/z@v1.0.0: open /srv/gopath/pkg/mod/cache/download/x: no space left on device
go: d.example/z@v1.0.0: invalid version: git fetch -f origin in /tmp/gopath/pkg/mod/cache/vcs/0def: exit status 128:
\tfatal: unable to access 'https://git.third.example/z/': Could not resolve host: git.third.example
go: e.example/z@v1.0.0: reading https://h.example/e.example/z/@v/list: 410 Gone
\tserver response: not found: module f.example/q: Get \"https://git.fourth.example/q\": EOF
";
    let facts = facts(log);
    assert_eq!(culprits(&facts), ["1: a.example/x@v1.0.0", "6: d.example/z@v1.0.0", "8: e.example/z@v1.0.0"]);
    assert_eq!(hosts(&facts), ["1: goproxy.corp.example", "8: h.example"]);
    assert_eq!((facts.folders.len(), failures(&facts)), (0, vec![1, 6, 8]));
}

#[test]
fn what_git_says_belongs_to_the_command_that_ran_it() {
    let log = "\
go: git.corp.example/team/lib@v1.1.0: git ls-remote -q --end-of-options origin in /home/dev/go/pkg/mod/cache/vcs/0123abcd: exit status 128:
\tremote: Not Found
\tfatal: could not read Username for 'https://git.corp.example': terminal prompts disabled
Confirm the import path was entered correctly.
";
    let facts = facts(log);
    assert_eq!(culprits(&facts), ["1: git.corp.example/team/lib@v1.1.0"]);
    assert_eq!(hosts(&facts), ["3: git.corp.example"]);
    assert_eq!(facts.hosts[0].what.role, HostRole::Other);
    assert_eq!(each(&facts.folders, ToString::to_string), ["1: /home/dev/go/pkg/mod"]);
    let said: Vec<(usize, &str)> =
        facts.failures[0].said.iter().map(|said| (said.line, said.format.as_str())).collect();
    assert!(said.contains(&(3, "git/no-username")) && said.contains(&(4, "go/confirm-path")), "{said:?}");
}

#[test]
fn lines_that_do_not_begin_with_go_are_known() {
    for (log, culprit, package) in [
        (
            "verifying a.example/x@v1.0.0: checksum mismatch\n\tdownloaded: h1:a=\n\tgo.sum:     h1:b=\n\nSECURITY ERROR\n",
            Some("a.example/x@v1.0.0"),
            None,
        ),
        (
            "main.go:3:8: no required module provides package a.example/x/p; to add it:\n\tgo get a.example/x/p\n",
            None,
            Some("a.example/x/p"),
        ),
        (
            "main.go:2:8: missing go.sum entry for module providing package a.example/x (imported by r.example/r); to add:\n\tgo get r.example/r\n",
            None,
            Some("a.example/x"),
        ),
        (
            "main.go:3:8: a.example/x@v1.0.0: missing go.sum entry for go.mod file; to add it:\n\tgo mod download a.example/x\n",
            Some("a.example/x@v1.0.0"),
            None,
        ),
        (
            "a.example/x v1.0.0: dir has been modified (/root/go/pkg/mod/a.example/x@v1.0.0)\n",
            Some("a.example/x@v1.0.0"),
            None,
        ),
        (
            "package r.example/r\n\timports a.example/p: unrecognized import path \"a.example/p\": reading https://a.example/p?go-get=1: 404 Not Found\n",
            None,
            Some("a.example/p"),
        ),
        (
            "\t\"Error\": \"a.example/x@v1.0.0: Get \\\"http://h/a.example/x/@v/v1.0.0.mod\\\": dial tcp: i/o timeout\",\n",
            Some("a.example/x@v1.0.0"),
            None,
        ),
        ("go get a.example/x: module a.example/x: Get https://h/a.example/x/@v/list: EOF\n", Some("a.example/x"), None),
        (
            "go: finding a.example/x v1.0.0\ngo: module a.example/x@latest found (v1.0.0), but does not contain package a.example/x/q\n",
            Some("a.example/x"),
            Some("a.example/x/q"),
        ),
    ] {
        let facts = facts(log);
        assert_eq!(facts.culprits.first().map(|found| found.what.to_string()).as_deref(), culprit, "{log}");
        assert_eq!(facts.packages.first().map(|found| found.what.import.as_str()), package, "{log}");
        assert!(!facts.failures.is_empty(), "{log}");
    }
}

#[test]
fn progress_and_other_programs_are_no_failures() {
    let log = "\
go: downloading a.example/x v1.0.0
go: finding module for package a.example/x
go: found a.example/x in a.example/x v1.0.0
go: added a.example/x v1.0.0
go: upgraded a.example/x v1.0.0 => v1.1.0
go: creating new go.mod: module r.example/r
go: to add module requirements and sums:
\tgo mod tidy
go: warning: \"./...\" matched no packages
go: module a.example/x is deprecated: use y
go: warning: a.example/x@v1.0.0: retracted by module author: oops
# a.example/x
../go/pkg/mod/a.example/x@v1.0.0/x.go:3:2: undefined: y
./main.go:4:5: cannot use x (variable of type int) as string value
--- FAIL: TestDial (0.00s)
    client_test.go:12: Get \"http://127.0.0.1:1/x\": dial tcp 127.0.0.1:1: connect: connection refused
    client_test.go:13: lookup db.internal: no such host
FAIL\ta.example/x\t0.1s
npm ERR! invalid version: foo.js@v1.2.3: not found
bash: go: command not found
fatal: could not read Username for 'https://git.corp.example': No such device
jane.doe@corp.example: could not deliver
";
    let facts = facts(log);
    assert_eq!(facts.failures, []);
    assert_eq!((facts.culprits.len(), facts.hosts.len()), (0, 0), "{:?} {:?}", facts.culprits, facts.hosts);
}

#[test]
fn requests_of_a_verbose_run_name_hosts_only() {
    let facts = facts("# get https://goproxy.corp.example/a.example/x/@v/list: 404 Not Found (0.100s)\n");
    assert_eq!(hosts(&facts), ["1: goproxy.corp.example"]);
    assert!(facts.failures.is_empty());
}

#[test]
fn wrapped_logs_say_the_same_with_the_same_lines() {
    let plain = facts(REFUSED);
    let wrapped = |wrap: &dyn Fn(&str) -> String| {
        let log: String = REFUSED.lines().map(wrap).collect();
        TranscriptFacts { observations: plain.observations.clone(), ..facts(&log) }
    };
    assert_eq!(wrapped(&|line| format!("2024-05-01T12:34:56.1234567Z {line}\r\n")), plain);
    assert_eq!(wrapped(&|line| format!("#12 3.456 {line}\n")), plain);
    assert_eq!(wrapped(&|line| format!("> {line}\n")), plain);
    assert_eq!(wrapped(&|line| format!("job\tstep\t2024-05-01T12:34:56.1234567Z {line}\n")), plain);
    assert_eq!(wrapped(&|line| format!("    \u{1b}[31m{line}\u{1b}[0m\n")), plain);
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(REFUSED.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(utf16.as_slice(), "x.log").unwrap(), plain);
}

#[test]
fn settings_are_read_out_of_go_env() {
    let facts = facts(
        "$ go env\nGO111MODULE=''\nGOPROXY='https://goproxy.corp.example,direct'\nGOMODCACHE='/root/go/pkg/mod'\n",
    );
    let shown = each(&facts.variables, |Setting { name, value }| format!("{name}={value}"));
    assert_eq!(
        shown,
        ["2: GO111MODULE=", "3: GOPROXY=https://goproxy.corp.example,direct", "4: GOMODCACHE=/root/go/pkg/mod"]
    );
}

#[test]
fn no_secret_gets_into_facts() {
    let log = "\
go: a.example/x@v1.0.0: Get \"https://u:S3cr3t@goproxy.corp.example/a.example/x/@v/list\": EOF
GOPROXY='https://u:S3cr3t@h.example'
go: a.example/x@v1.0.0: git ls-remote -q https://S3cr3t@git.example in /root/go/pkg/mod/cache/vcs/00: exit status 128:
\tfatal: Authentication failed for 'https://u:S3cr3t@git.example/x/'
go: warning: git.corp.exam\"https://u:S3cr3t@h/x\"ple/team/kit@v1.0.0: retracted by module author: x
/home/dev/go/pkg/mod/a.example/x@v1.0.0/'PRIVATE-TOKEN: S3cr3t'_bsd.go:6:8: zip: not a valid zip file
";
    let text = serde_json::to_string(&facts(log)).unwrap();
    assert!(!text.contains("S3cr3t"), "{text}");
}

/// A log that goes on for a while, and of which nothing is held but the piece just asked for.
struct Endless {
    left: usize,
    line: u64,
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Ok(0);
        }
        self.line += 1;
        let line = self.line;
        let text = match line % 3 {
            0 => format!(
                "go: a.example/x{line}@v1.0.0: Get \"https://h{line}.example/@v/list\": dial tcp: lookup h{line}.example: no such host\n"
            ),
            1 => format!("GOFLAGS='-tags={line}' "),
            _ => format!("/c{line}/pkg/mod/x GOFLAGS\n"),
        };
        let length = text.len().min(out.len()).min(self.left);
        out[..length].copy_from_slice(&text.as_bytes()[..length]);
        self.left -= length;
        Ok(length)
    }
}

#[test]
fn what_is_not_kept_is_counted() {
    let line = |n: usize| match n % 2 {
        0 => format!("go: a.example/x{n}@v1.0.0: reading https://h.example/a.example/x{n}/@v/v1.0.0.mod: 410 Gone\n"),
        _ => format!("go: a.example/x{n}@v1.0.0 requires\n\ta.example/y{n}@v1.0.0: unknown revision v1.0.0\n"),
    };
    let log: String = (0..5_000).map(line).collect();
    let facts = facts(&(log + "go: updates to go.mod needed\n"));
    let counted = |format: &str| {
        let told = facts.failures.iter().filter(|failure| failure.said.iter().any(|said| said.format == format));
        told.map(|failure| failure.count).sum::<usize>()
    };
    assert_eq!((counted("go/status"), counted("go/unknown-revision")), (2_500, 2_500));
    assert_eq!(counted("go/mod-update-needed"), 1);
}

#[test]
fn what_is_kept_does_not_grow_with_the_log() {
    let facts = read(Endless { left: 2 << 20, line: 0 }, "x.log").unwrap();
    assert_eq!((facts.culprits.len(), facts.hosts.len()), (MAX_MENTIONS, MAX_MENTIONS));
    // Some places are kept for failures of other kinds.
    assert_eq!(facts.failures.len(), MAX_MENTIONS - 200);
    assert!(facts.folders.len() <= MAX_MENTIONS);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(read(bytes.as_slice(), "x").is_ok());
    }

    #[test]
    fn any_pieces_of_logs_are_read(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "go: ", "a.example/x@v1.0.0", ": ", "\n", "\n\t", "requires", " imports", "server response:", "\r", "\u{feff}",
                "reading https://h/@v/list: 404", "Get \"https://", "[::1]:9/", "\"", "verifying ", "GOPROXY='", "'", "é", "\u{1b}[",
                "\"Error\": \"", "\\n", "main.go:1:2: ", "/root/go/pkg/mod/", "C:\\go\\pkg\\mod\\", "> ", "#1 2.3 ", "module ", "package ",
                " (replaced by ", ")", "@", "https://u:S3cr3t@h/", "\0",
            ]),
            0..40,
        ),
    ) {
        let log = pieces.concat();
        let lines = log.lines().count() + 1;
        let facts = facts(&log);
        let json = serde_json::to_string(&facts).unwrap();
        prop_assert!(!json.contains("S3cr3t"), "{json}");
        prop_assert!(facts.failures.iter().all(|mention| (1..=lines).contains(&mention.line)));
        for culprit in &facts.culprits {
            prop_assert!(crate::golang::module_path::check_import_path(&culprit.what.path).is_ok());
        }
    }
}
