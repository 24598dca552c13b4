//! What stands before and behind the text of a line.

use std::sync::LazyLock;

use crate::ascii::Regex;

/// Wrappers in wrappers: a quoted log of a docker build in a CI job has three.
const MAX_WRAPPERS: usize = 8;

/// What stands before the text; one space follows it, and the indentation after that is the text's own.
static WRAPPER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let wrappers = [
        // A quotation in a mail, a ticket or a comment.
        r"(?:> ?)+",
        r"\s*///? ?",
        // gh run view --log: job, step, then the line as GitHub stored it.
        r"[^\t]+\t[^\t]+\t(?:FEFF)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z ?",
        // GitHub, Azure; GitLab adds the number of the stream.
        r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?(?: \d\d[OE][ +])?(?: ?\|)? ?",
        r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d+)? ",
        // Jenkins with time stamps, TeamCity, Netlify.
        r"\[\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?\] ?",
        r"\[\d\d:\d\d:\d\d\] ?\w?: ?(?:\t? *\[[^\]]+\] )?",
        r"\[?\d\d:\d\d:\d\d(?:\.\d+)?\]?(?: \||:)? ",
        r"\d\d?:\d\d:\d\d [AP]M:? ",
        // docker build: the step and its seconds; the summary of the failed step has only the seconds.
        r"(?:build )?#\d+ \d+\.\d+ ",
        r"\d+\.\d{2,3} ",
        // Cloud Build, pods, compose.
        r#"Step #\d+(?: - "[^"]*")?: "#,
        r"\[pod/[^\]\s]+\] ",
        r"[A-Za-z][\w.-]*[-_]\d+ +\| ",
        r"[a-z][\w.-]*  +\| ",
        // act, Drone, Woodpecker, Tekton.
        r"\[[^\]]{1,80}\] +\| ",
        r"\[[A-Za-z][\w./-]{0,60}(?::\d+|:L\d+:\d+s| : [\w./-]{1,60})?\] ",
        // The web pages of Drone number the lines.
        r"\d{1,6}\t",
        // Buildkite, Argo, Dagger, Nix, TeamCity.
        r"_bk;t=\d+ ?",
        r"[a-z0-9]+(?:-[a-z0-9]+)+-\d{6,}: ",
        r"\d+ +: \[\d+\.\d+s\] \| ",
        r"[a-z][\w.]*-[\w.-]+> ",
        r"##teamcity\[message text='",
        // The borders of boxes, lists and bold text.
        r"(?:│|┃) ",
        r"(?:-|•) ",
        r"\*\*",
        // The seconds of an Open Build Service.
        r"\[ *\d+(?:\.\d+)?s\] ",
        // syslog, klog, logrus.
        r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]+ [\w./-]+(?:\[\d+\])?: ",
        r"[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ \S+\] ",
        r"(?:DEBU|INFO|WARN|ERRO|FATA)\[\d{4}\] ",
        r"(?:DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\[\d?\d:\d\d[AP]M\]: ",
        r"##\[(?:command|debug|error|group|notice|section|warning)\]",
        r"::(?:error|warning|notice|debug)[^:]*::",
        r"(?:stdout|stderr): ?",
        // A row of a table.
        r"\| ",
        "FEFF",
    ];
    Regex::new(&format!("^(?:{})", wrappers.join("|")).replace("FEFF", "\u{feff}")).ok()
});

/// The number that grep writes before a line, with `-` or `:`.
static GREP: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\d+[-:](?P<text>\t.*|go: .*|/\S.*|fatal: .*|[\w.-]+\.\w+/\S.*)$").ok());

/// The borders of a table, and what Markdown puts around code.
static BEHIND: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:\s+(?:\||│|┃))+$|\s\\$|`+$|\*\*$|' status='\w*'\]$").ok());

pub(super) fn without(text: &str) -> &str {
    let mut text = text;
    for _ in 0..MAX_WRAPPERS {
        // Most lines that matter end here.
        if text.starts_with("go: ") {
            break;
        }
        if let Some(found) = WRAPPER.as_ref().and_then(|wrapper| wrapper.find(text)).filter(|found| found.end() > 0) {
            text = &text[found.end()..];
        } else if let Some(found) = number(text) {
            text = found;
        } else {
            break;
        }
    }
    if !text.ends_with(['|', '│', '┃', '\\', '`', '*', ']']) {
        return text;
    }
    match BEHIND.as_ref().and_then(|behind| behind.find(text)) {
        Some(found) => text[..found.start()].trim_start_matches('`').trim_end(),
        None => text,
    }
}

fn number(text: &str) -> Option<&str> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    GREP.as_ref()?.captures(text)?.name("text").map(|found| found.as_str())
}
