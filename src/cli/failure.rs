//! How gomoddoc says that it could not do its job.

use std::io::Write;

use crate::model::Foreign;

/// Writes the error and what lies beneath it to stderr, without secrets and control characters.
pub fn print(error: &anyhow::Error) {
    // Nobody is left to tell where stderr is closed.
    let _ = std::io::stderr().lock().write_all(text(error).as_bytes());
}

fn text(error: &anyhow::Error) -> String {
    let mut text = format!("gomoddoc: {}\n", Foreign::new(&error.to_string()));
    let mut said = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        // Many error types repeat their source in their own text.
        if !said.contains(&cause) {
            text.push_str(&format!("  because: {}\n", Foreign::new(&cause)));
        }
        said = cause;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_follow_and_secrets_do_not() {
        let error = anyhow::anyhow!("no such file").context("cannot read https://u:S3cr3t@host/\u{1b}[2J");
        assert_eq!(text(&error), "gomoddoc: cannot read https://REDACTED@host/\\u{1b}[2J\n  because: no such file\n");
    }
}
