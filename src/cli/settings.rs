//! What the flags, the environment and the terminal come to, resolved once.

use std::io::IsTerminal;
use std::time::Duration;

use super::global::{Format, GlobalArgs, LogFormat, When};
use super::logging;
use crate::catalog::Lang;
use crate::golang::platform::Os;
use crate::report::progress::Watch;
use crate::report::{Options, Shell, Verbosity};

/// The columns of a report that goes to a pipe or a file, and the fewest of any.
const NARROW: usize = 80;
/// The most columns that a report uses: longer lines are hard to read.
const WIDE: usize = 120;

/// What the process sees around it.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// GOMODDOC_LANG.
    pub lang: Option<String>,
    /// The locale of the system, such as `zh-CN`.
    pub locale: Option<String>,
    /// NO_COLOR (<https://no-color.org>: any value but the empty one).
    pub no_color: Option<String>,
    /// TERM.
    pub term: Option<String>,
    /// Whether stdout is a terminal.
    pub stdout_is_terminal: bool,
    /// Whether stderr is a terminal.
    pub stderr_is_terminal: bool,
    /// The columns of the terminal behind stdout.
    pub columns: Option<u16>,
}

impl Surroundings {
    /// Looks around.
    #[must_use]
    pub fn look() -> Self {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            lang: variable("GOMODDOC_LANG"),
            locale: sys_locale::get_locale(),
            no_color: variable("NO_COLOR"),
            term: variable("TERM"),
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stderr_is_terminal: std::io::stderr().is_terminal(),
            columns: comfy_table::Table::new().width(),
        }
    }
}

/// How to speak and to write, for all commands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How to write the result.
    pub format: Format,
    /// The language for people.
    pub lang: Lang,
    /// The language of sentences in documents for programs: English unless `--lang` was given.
    pub document_lang: Lang,
    /// Whether to colour stdout.
    pub color: bool,
    /// Whether to keep to ASCII for marks and lines.
    pub ascii: bool,
    /// The columns that a report may use.
    pub width: usize,
    /// How much to say.
    pub verbosity: Verbosity,
    /// Whether to show progress on stderr.
    pub progress: bool,
    /// Whether stdout is a terminal.
    pub terminal: bool,
    /// The `-v` count, for the log.
    pub verbose: u8,
    /// How to write the log.
    pub log_format: LogFormat,
}

impl Settings {
    /// Joins what was typed with what is around.
    #[must_use]
    pub fn resolve(args: &GlobalArgs, around: &Surroundings) -> Self {
        let dumb = around.term.as_deref() == Some("dumb");
        let color = match args.color {
            When::Always => true,
            When::Never => false,
            When::Auto => around.stdout_is_terminal && around.no_color.is_none() && !dumb,
        };
        let width = around.columns.filter(|_| around.stdout_is_terminal).map_or(NARROW, usize::from);
        let verbosity = match (args.quiet, args.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, 0) => Verbosity::Normal,
            (false, _) => Verbosity::Verbose,
        };
        Self {
            format: args.format,
            lang: language(args.lang, around),
            document_lang: args.lang.unwrap_or(Lang::En),
            color,
            ascii: args.ascii || dumb,
            width: width.clamp(NARROW, WIDE),
            verbosity,
            // Log lines and moving lines would overwrite each other.
            progress: around.stderr_is_terminal && !dumb && verbosity != Verbosity::Quiet && args.verbose < 2,
            terminal: around.stdout_is_terminal && !dumb,
            verbose: args.verbose,
            log_format: args.log_format,
        }
    }

    /// Starts the log and tells the colour library what was decided here.
    pub fn apply(&self) {
        colored::control::set_override(self.color);
        logging::start(self.log_format, self.verbose, self.color);
    }

    /// Shows progress, where it is wanted.
    #[must_use]
    pub fn watch(&self) -> Watch {
        Watch::new(self.lang, self.ascii, self.progress)
    }

    /// How a report for people is to look.
    #[must_use]
    pub fn options(&self, elapsed: Option<Duration>) -> Options {
        Options {
            lang: self.lang,
            width: self.width,
            color: self.color,
            ascii: self.ascii,
            verbosity: self.verbosity,
            shell: Shell::of(Os::current()),
            elapsed,
        }
    }
}

fn language(flag: Option<Lang>, around: &Surroundings) -> Lang {
    let of = |name: &Option<String>| {
        let name = name.as_deref()?.to_ascii_lowercase();
        match name.split(['-', '_', '.', '@']).next() {
            Some("zh") => Some(Lang::Zh),
            Some("en") => Some(Lang::En),
            _ => None,
        }
    };
    flag.or_else(|| of(&around.lang)).or_else(|| of(&around.locale)).unwrap_or(Lang::En)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal() -> Surroundings {
        Surroundings {
            stdout_is_terminal: true,
            stderr_is_terminal: true,
            columns: Some(100),
            ..Surroundings::default()
        }
    }

    #[test]
    fn the_language_comes_from_flag_then_variable_then_locale() {
        for (flag, variable, locale, lang) in [
            (None, None, None, Lang::En),
            (None, None, Some("zh-CN"), Lang::Zh),
            (None, None, Some("zh_TW.UTF-8"), Lang::Zh),
            (None, None, Some("de-DE"), Lang::En),
            (None, Some("en"), Some("zh-CN"), Lang::En),
            (None, Some("klingon"), Some("zh-CN"), Lang::Zh),
            (Some(Lang::En), Some("zh"), Some("zh-CN"), Lang::En),
        ] {
            let args = GlobalArgs { lang: flag, ..GlobalArgs::default() };
            let around = Surroundings {
                lang: variable.map(str::to_owned),
                locale: locale.map(str::to_owned),
                ..Surroundings::default()
            };
            let settings = Settings::resolve(&args, &around);
            assert_eq!(settings.lang, lang, "{flag:?} {variable:?} {locale:?}");
            assert_eq!(
                settings.document_lang,
                flag.unwrap_or(Lang::En),
                "a document is English unless --lang is given"
            );
        }
    }

    #[test]
    fn colour_is_for_terminals_without_no_color() {
        let args = GlobalArgs::default();
        assert!(Settings::resolve(&args, &terminal()).color);
        assert!(!Settings::resolve(&args, &Surroundings::default()).color);
        assert!(!Settings::resolve(&args, &Surroundings { no_color: Some("1".into()), ..terminal() }).color);
        assert!(!Settings::resolve(&args, &Surroundings { term: Some("dumb".into()), ..terminal() }).color);
        let always = GlobalArgs { color: When::Always, ..GlobalArgs::default() };
        assert!(Settings::resolve(&always, &Surroundings::default()).color);
        let never = GlobalArgs { color: When::Never, ..GlobalArgs::default() };
        assert!(!Settings::resolve(&never, &terminal()).color);
    }

    #[test]
    fn the_width_stays_between_80_and_120() {
        for (columns, width) in [(None, 80), (Some(40), 80), (Some(100), 100), (Some(300), 120)] {
            let around = Surroundings { columns, ..terminal() };
            assert_eq!(Settings::resolve(&GlobalArgs::default(), &around).width, width);
        }
        let piped = Surroundings { stdout_is_terminal: false, ..terminal() };
        assert_eq!(Settings::resolve(&GlobalArgs::default(), &piped).width, 80);
    }

    #[test]
    fn progress_is_for_a_terminal_on_stderr() {
        let args = GlobalArgs::default();
        assert!(Settings::resolve(&args, &terminal()).progress);
        assert!(!Settings::resolve(&args, &Surroundings { stderr_is_terminal: false, ..terminal() }).progress);
        let logging = GlobalArgs { verbose: 2, ..GlobalArgs::default() };
        assert!(!Settings::resolve(&logging, &terminal()).progress);
    }
}
