//! The forms in which tickets bring a log along: each must leave the cause as it is.

use super::tests::cause;
use crate::catalog::Code;

const FORBIDDEN: &[&str] =
    &["go: a.example/b@v1.0.0: reading https://goproxy.corp.example/a.example/b/@v/v1.0.0.mod: 403 Forbidden"];
const LOGIN: &[&str] = &[
    "go: github.com/acme/kit@v1.4.0: git ls-remote -q origin in /root/go/pkg/mod/cache/vcs/0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0: exit status 128:",
    "\tfatal: could not read Username for 'https://github.com': terminal prompts disabled",
];
const SUMS: &[&str] = &[
    "verifying a.example/b@v1.0.0: checksum mismatch",
    "\tdownloaded: h1:Kq9b1VxLgk0bX2W7nR5l3Q1dJp0dXyT8mS4eZ6uVw3A=",
    "\tgo.sum:     h1:0pLmN8yTgR4sWqZxC7vB2nM5kJ3hG1fD6aS9dF0gH2j=",
];
const NOT_THERE: &[&str] = &[
    "go: r.example/app imports",
    "\ta.example/b/x: module a.example/b@latest found (v1.4.0), but does not contain package a.example/b/x",
];

const LOGS: &[(&[&str], Code)] = &[
    (FORBIDDEN, Code::ProxyForbidden),
    (LOGIN, Code::GitAuthRequired),
    (SUMS, Code::ChecksumMismatch),
    (NOT_THERE, Code::PackageNotInModule),
];

/// Puts each log into a form, and compares the cause.
fn in_form(name: &str, form: impl Fn(&[&str]) -> String) {
    for (log, code) in LOGS {
        let text = form(log);
        assert_eq!(cause(&text).map(|(code, _)| code), Some(*code), "{name}:\n{text}");
    }
}

#[test]
fn what_ci_systems_put_before_a_line() {
    for prefix in [
        "\u{1b}_bk;t=1700000000123\u{7}",
        "_bk;t=1700000000123",
        "[12:34:56]W:\t [Step 1/2] ",
        "[12:34:56] :\t [Step 1/2] ",
        "##teamcity[message text='",
        "[download:3] ",
        "12\t",
        "[step:L4:3s] ",
        "[build : compile] ",
        "[build] ",
        "[CI/build]   | ",
        "build-pipeline-abcde-1234567: ",
        "12  : [0.3s] | ",
        "  ┃ ",
        "       > ",
        "kit-go-modules> ",
        "- ",
    ] {
        in_form(prefix, |log| log.iter().map(|line| format!("{prefix}{line}\n")).collect());
    }
}

#[test]
fn what_pages_and_chats_make_of_lines() {
    let lines =
        |log: &[&str], line: &dyn Fn(&str) -> String| log.iter().map(|text| line(text) + "\n").collect::<String>();
    in_form("br", |log| format!("<p>{}</p>\n", log.join("<br>")));
    in_form("br and line end", |log| format!("{}<br/>\n", log.join("<br/>\n")));
    in_form("span", |log| lines(log, &|text| format!("<span class=\"ansi red\">{text}</span>")));
    in_form("pre", |log| format!("<pre><code>{}</code></pre>\n", log.join("\n")));
    in_form("bold", |log| lines(log, &|text| format!("**{text}**")));
    in_form("box", |log| lines(log, &|text| format!("│ {text} │")));
    in_form("wiki", |log| lines(log, &|text| text.replace('-', "\\-").replace('_', "\\_")));
    let url = "https://goproxy.corp.example/a.example/b/@v/v1.0.0.mod";
    in_form("autolink", |log| log.join("\n").replace(url, &format!("<{url}>")));
    in_form("jira", |log| log.join("\n").replace(url, &format!("[{url}|{url}]")));
}

#[test]
fn what_programs_write_into_strings() {
    let repr = |log: &[&str]| log.join("\\n").replace('\t', "\\t").replace('\'', "\\'");
    in_form("bytes", |log| format!("CalledProcessError: go mod download; stderr: b'{}\\n'\n", repr(log)));
    in_form("str", |log| format!("RuntimeError('{}\\n')\n", repr(log)));
    in_form("renovate", |log| {
        let stderr = serde_json::to_string(&log.join("\n")).unwrap();
        format!(
            "{{\"level\":40,\"err\":{{\"cmd\":\"go get -t ./...\",\"stderr\":{stderr}}},\"msg\":\"Failed to update go.sum\"}}\n"
        )
    });
    in_form("goreleaser", |log| {
        format!(
            "  ⨯ release failed after 3s   error=hook failed: go mod tidy: exit status 1; output: {}\n",
            log.join("\n")
        )
    });
    in_form("gazelle", |log| {
        format!(
            "ERROR: An error occurred during the fetch of repository 'b':\nError in fail: failed to fetch b: {}\n",
            log.join("\n")
        )
    });
    in_form("dependabot", |log| format!("updater | 2026/03/04 05:06:07 ERROR <job_1> {}\n", log.join("\n")));
}

#[test]
fn what_broke_lines_or_joined_them() {
    for width in [60, 72, 80, 100, 120] {
        in_form(&format!("{width} columns"), |log| {
            let broken = |line: &&str| {
                let line: Vec<char> = line.replace('\t', "        ").chars().collect();
                line.chunks(width).map(|chunk| chunk.iter().collect::<String>() + "\n").collect::<String>()
            };
            log.iter().map(broken).collect()
        });
    }
    in_form("before", |log| format!("go: downloading x.example/y v1.0.0{}\n", log.join("\n")));
    let joined = format!("{}go: downloading x.example/y v1.0.0\n", FORBIDDEN.concat());
    assert_eq!(cause(&joined).map(|(code, _)| code), Some(Code::ProxyForbidden));
}

#[test]
fn utf16_without_a_mark_is_read() {
    use crate::diagnosis::diagnose;
    use crate::facts::Section;
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = LOGIN.join("\r\n").encode_utf16().flat_map(order).collect();
        let mut facts = crate::diagnosis::testing::nothing();
        facts.transcript = Section::of(crate::transcript::read(bytes.as_slice(), "log").unwrap());
        let codes: Vec<Code> = diagnose(&facts, &[]).findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::GitAuthRequired]);
    }
}
