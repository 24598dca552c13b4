//! A line without what terminals, CI systems and quoting put around it.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// Wrappers in wrappers: a quoted log of a docker build in a CI job has three.
const MAX_WRAPPERS: usize = 8;

static ESCAPES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]").ok());

/// What stands before the text; one space follows it, and the indentation after that is the text's own.
static WRAPPER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let wrappers = [
        // A quotation in a mail or a ticket.
        r"(?:> ?)+",
        // gh run view --log: job, step, then the line as GitHub stored it.
        r"[^\t]{1,200}\t[^\t]{1,200}\t\x{feff}?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z ?",
        // GitHub, Azure; GitLab adds the number of the stream.
        r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?(?: \d\d[OE][ +])? ?",
        // Jenkins with time stamps.
        r"\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?\] ?",
        r"\[?\d\d:\d\d:\d\d(?:\.\d+)?\]? ",
        // docker build: the step and its seconds; the summary of the failed step has only the seconds.
        r"#\d+ \d+\.\d+ ",
        r"\d+\.\d{2,3} ",
        // The seconds of an Open Build Service.
        r"\[ *\d+(?:\.\d+)?s\] ",
        r"##\[\w+\]",
        r"::(?:error|warning|notice|debug)[^:]*::",
        r"\x{feff}",
    ];
    Regex::new(&format!("^(?:{})", wrappers.join("|"))).ok()
});

/// The text of a line.
pub(super) fn clean(line: &str) -> String {
    let plain = match &*ESCAPES {
        Some(escapes) if line.contains('\u{1b}') => escapes.replace_all(line, ""),
        _ => Cow::Borrowed(line),
    };
    let mut text: &str = plain.trim_end();
    for _ in 0..MAX_WRAPPERS {
        let Some(found) = WRAPPER.as_ref().and_then(|wrapper| wrapper.find(text)) else { break };
        if found.is_empty() {
            break;
        }
        text = &text[found.end()..];
    }
    text.chars().filter(|c| !c.is_control() || *c == '\t').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_around_a_line_goes_and_its_indentation_stays() {
        for (line, text) in [
            ("go: x", "go: x"),
            ("\u{1b}[31mgo: x\u{1b}[0m\r", "go: x"),
            ("\u{1b}]8;;http://h\u{7}go: x\u{1b}]8;;\u{7}", "go: x"),
            ("2024-05-01T12:34:56.1234567Z go: x", "go: x"),
            ("2024-05-01T12:34:56.1234567Z \tfatal: y", "\tfatal: y"),
            ("2024-05-01T12:34:56.123456Z 01O go: x", "go: x"),
            ("2024-05-01T12:34:56.1234567Z ##[error]go: x", "go: x"),
            ("build\tRun go mod tidy\t2024-05-01T12:34:56.1234567Z go: x", "go: x"),
            ("[2024-05-01T12:34:56.123Z] \tfatal: y", "\tfatal: y"),
            ("12:34:56 go: x", "go: x"),
            ("#12 3.456 go: x", "go: x"),
            ("#12 3.456 \tfatal: y", "\tfatal: y"),
            ("0.345 go: x", "go: x"),
            ("> > go: x", "go: x"),
            ("[  123s] go: x", "go: x"),
            ("::error file=a,line=1::go: x", "go: x"),
            ("> 2024-05-01T12:34:56Z #12 3.456 go: x", "go: x"),
            ("\tfatal: y", "\tfatal: y"),
            ("", ""),
        ] {
            assert_eq!(clean(line), text, "{line:?}");
        }
    }
}
