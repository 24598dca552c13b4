//! The flags that all commands share.

use clap::{ArgAction, Args, ValueEnum};

use crate::catalog::Lang;

/// The flags that all commands share, as they were typed.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct GlobalArgs {
    /// How to write the result
    #[arg(long, global = true, value_enum, default_value_t)]
    pub format: Format,
    /// The language for people [default: GOMODDOC_LANG, then the locale; JSON is English]
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Whether to colour; auto does where stdout is a terminal and NO_COLOR is not set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub color: When,
    /// Use no characters outside ASCII for marks and lines
    #[arg(long, global = true)]
    pub ascii: bool,
    /// How to write the log on stderr
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value_t)]
    pub log_format: LogFormat,
    /// Say more: all checks with their reasons, all evidence; twice: also log each step
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// Say only the first line
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
}

/// How a result is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Table,
    /// One JSON document on stdout; its schema lies in docs/schema/.
    Json,
    /// The same on one line; of triage, one document for each file.
    Ndjson,
}

/// When to do something that suits terminals only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}
