//! Long text on a terminal goes through a pager, as with git and cargo.

use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Stdio};

use super::output;

/// Prints `text` through the user's pager; without one, or where it does not start, straight to
/// stdout. The pager is that of PAGER, else less.
///
/// # Errors
/// When stdout cannot be written.
pub fn print(text: &str) -> anyhow::Result<()> {
    let named = std::env::var("PAGER").ok();
    let Some((program, arguments)) = chosen(named.as_deref()) else { return output::print(text) };
    let mut command = Command::new(&program);
    command.args(&arguments).stdin(Stdio::piped());
    // F: quit where all fits on one screen; R: pass colours on; X: leave the text on the screen.
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    if std::env::var_os("LESSCHARSET").is_none() {
        command.env("LESSCHARSET", "utf-8");
    }
    let Ok(mut pager) = command.spawn() else { return output::print(text) };
    if let Some(mut stdin) = pager.stdin.take() {
        // Whoever quits the pager early has read enough.
        let _ = stdin.write_all(text.as_bytes());
    }
    let _ = pager.wait();
    Ok(())
}

/// The program and its arguments; `None` where PAGER asks for none.
fn chosen(named: Option<&str>) -> Option<(String, Vec<String>)> {
    let mut words = named.unwrap_or("less").split_whitespace().map(str::to_owned);
    let program = words.next()?;
    let is_cat = std::path::Path::new(&program).file_name() == Some(OsStr::new("cat"));
    (!is_cat).then(|| (program, words.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pager_is_that_of_the_user() {
        let told = |named| chosen(named).map(|(program, arguments)| format!("{program} {}", arguments.join(" ")));
        assert_eq!(told(None).as_deref(), Some("less "));
        assert_eq!(told(Some("less -S  -R")).as_deref(), Some("less -S -R"));
        assert_eq!(told(Some("/bin/cat")), None);
        assert_eq!(told(Some(" ")), None);
    }
}
