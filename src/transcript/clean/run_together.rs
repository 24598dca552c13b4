//! Two lines of go's that lost the line end between them.

use std::sync::LazyLock;

use crate::ascii::Regex;

/// A line about progress that ends with its version, and what stands right behind that.
static PROGRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^go: (?:downloading|finding|extracting|added|upgraded) \S+ v\d+\.\d+\.\d+(?:-(?:\S*?\.)?\d{14}-[0-9a-f]{12}|-(?:alpha|beta|rc)[.\d]*)?(?:\+incompatible)?(?P<next>go: |verifying |[A-Za-z_][\w./-]*\.go:\d+:)",
    )
    .ok()
});
/// The end of a failure, and the beginning of the next line.
static FAILURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^go: .*?(?:\d{3} (?:Gone|Not Found|Forbidden|Unauthorized|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Timeout)|no such host|i/o timeout|connection refused|reset by peer|EOF|unknown authority|prompts disabled)(?P<next>go: (?:downloading|finding|extracting|added|error|module |[a-z0-9-]+\.[a-z]))",
    )
    .ok()
});

/// Where the second line begins.
pub(super) fn second(text: &str) -> Option<usize> {
    // Most lines end here.
    let rest = text.strip_prefix("go: ")?;
    if !["go: ", "verifying ", ".go:"].iter().any(|begin| rest.contains(begin)) {
        return None;
    }
    [&PROGRESS, &FAILURE].iter().find_map(|joined| Some(joined.as_ref()?.captures(text)?.name("next")?.start()))
}

#[cfg(test)]
mod tests {
    use super::second;

    #[test]
    fn two_lines_are_told_apart() {
        for (first, next) in [
            ("go: downloading a.example/b v1.0.0", "go: a.example/c@v1.0.0: x"),
            ("go: downloading a.example/b v0.0.0-20200101000000-abcdefabcdef", "verifying a.example/c@v1.0.0: x"),
            ("go: finding a.example/b v1.2.3", "main.go:3:2: x"),
            (
                "go: a.example/b@v1.0.0: reading https://h/a.example/b/@v/v1.0.0.mod: 410 Gone",
                "go: downloading x.y/z v1.0.0",
            ),
        ] {
            assert_eq!(second(&format!("{first}{next}")), Some(first.len()), "{first}{next}");
            assert_eq!(second(first), None);
        }
        for text in ["mango: x", "go: downloading a.example/b v1.0.0-mango", "go: a.example/mango: x", "go: cargo: x"] {
            assert_eq!(second(text), None, "{text}");
        }
    }
}
