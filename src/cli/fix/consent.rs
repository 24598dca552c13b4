//! Whether what is planned may be done.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, bail};
use clap::Args;

use crate::catalog::Lang;
use crate::report::words::remedy::of;

/// The flags of commands that change something.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct ConsentArgs {
    /// Show what would be done, and do nothing
    #[arg(short = 'n', long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Do it without a question
    #[arg(short, long)]
    pub yes: bool,
}

impl ConsentArgs {
    /// Asks on the terminal where `--yes` was not given.
    ///
    /// # Errors
    /// Where there is no terminal to ask on.
    pub fn ask(self, lang: Lang) -> anyhow::Result<bool> {
        if self.yes {
            return Ok(true);
        }
        let words = of(lang);
        if !io::stdin().is_terminal() {
            bail!(words.nobody_to_ask());
        }
        let mut out = io::stderr();
        write!(out, "\n{}", words.ask()).and_then(|()| out.flush()).context("cannot ask")?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer).context("cannot read the answer")?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "是"))
    }
}
