//! `gomoddoc completions` and `gomoddoc man`: files for packagers and shells, made from the flags.

use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::Shell;

use super::exit::Exit;
use super::{Cli, output};

/// The flags of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// The flags of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The subcommand [default: gomoddoc itself]
    #[arg(value_enum)]
    pub command: Option<Page>,
}

/// A subcommand with a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Page {
    /// gomoddoc check.
    Check,
    /// gomoddoc cache verify.
    CacheVerify,
    /// gomoddoc explain.
    Explain,
}

/// Prints a completion script.
///
/// # Errors
/// When stdout cannot be written.
pub fn completions(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "gomoddoc", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}

/// Prints a manual page in roff.
///
/// # Errors
/// When stdout cannot be written.
pub fn man(args: &ManArgs) -> anyhow::Result<Exit> {
    let mut command = Cli::command();
    command.build();
    let wanted: Option<(&[&str], &str)> = args.command.map(|page| match page {
        Page::Check => (&["check"][..], "gomoddoc-check"),
        Page::CacheVerify => (&["cache", "verify"][..], "gomoddoc-cache-verify"),
        Page::Explain => (&["explain"][..], "gomoddoc-explain"),
    });
    let of_subcommand = wanted.and_then(|(names, title)| {
        let found = names.iter().try_fold(&command, |command, name| command.find_subcommand(name))?;
        Some(found.clone().name(title))
    });
    let command = of_subcommand.unwrap_or(command);
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    output::print(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Fine)
}
