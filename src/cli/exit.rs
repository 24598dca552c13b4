//! Exit codes: a contract with scripts and CI systems.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::catalog::Severity;
use crate::model::{Diagnosis, Verdict};

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: nothing fails, or what was asked for is done.
    Fine,
    /// 1: a failure was found.
    Found,
    /// 2: gomoddoc could not do its job. It beats 1.
    Broken,
    /// 75, `EX_TEMPFAIL` of sysexits.h: a failure was found, and a retry may mend all of it.
    Retry,
    /// The code of the command that was run.
    Own(u8),
}

impl Exit {
    /// The number.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Found => 1,
            Self::Broken => 2,
            Self::Retry => 75,
            Self::Own(code) => code,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// What counts as a failure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// What a sync fails of.
    #[default]
    Cause,
    /// Warnings too.
    Warning,
}

/// The flags that decide the exit code.
#[derive(Debug, Clone, Copy, Default, Args)]
#[command(next_help_heading = "Exit code")]
pub struct ExitArgs {
    /// What to end with 1 for
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    pub fail_on: FailOn,
    /// End with 0 although a failure was found
    #[arg(long, conflicts_with = "tempfail")]
    pub exit_zero: bool,
    /// End with 75 instead of 1 where a retry may mend every cause
    #[arg(long)]
    pub tempfail: bool,
}

impl ExitArgs {
    /// How to end after `diagnosis`.
    #[must_use]
    pub fn exit(self, diagnosis: &Diagnosis) -> Exit {
        let warned = diagnosis.findings.iter().any(|finding| finding.severity == Severity::Warning);
        let found = match diagnosis.verdict {
            Verdict::Failing => true,
            Verdict::Unknown if diagnosis.unexplained_failure => true,
            Verdict::Healthy | Verdict::Degraded | Verdict::Unknown => self.fail_on == FailOn::Warning && warned,
        };
        match found {
            false => Exit::Fine,
            true if self.exit_zero => Exit::Fine,
            true if self.tempfail && diagnosis.verdict == Verdict::Failing && diagnosis.worth_a_retry() => Exit::Retry,
            true => Exit::Found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Coverage, GoCommand, Supply};

    fn diagnosis(verdict: Verdict, unexplained_failure: bool) -> Diagnosis {
        Diagnosis {
            go: GoCommand::default(),
            verdict,
            unexplained_failure,
            unexplained: Vec::new(),
            of_log: false,
            coverage: Coverage::default(),
            verified: None,
            supply: Supply::default(),
            findings: Vec::new(),
            checks: Vec::new(),
        }
    }

    #[test]
    fn verdicts_map_to_codes() {
        for (verdict, unexplained, code) in [
            (Verdict::Healthy, false, 0),
            (Verdict::Degraded, false, 0),
            (Verdict::Failing, false, 1),
            (Verdict::Unknown, false, 0),
            (Verdict::Unknown, true, 1),
        ] {
            let diagnosis = diagnosis(verdict, unexplained);
            assert_eq!(ExitArgs::default().exit(&diagnosis).code(), code, "{verdict:?}");
            let zero = ExitArgs { exit_zero: true, ..ExitArgs::default() };
            assert_eq!(zero.exit(&diagnosis), Exit::Fine, "{verdict:?}");
        }
    }

    #[test]
    fn an_unexplained_failure_is_never_called_temporary() {
        let tempfail = ExitArgs { tempfail: true, ..ExitArgs::default() };
        assert_eq!(tempfail.exit(&diagnosis(Verdict::Unknown, true)), Exit::Found);
        assert_eq!(tempfail.exit(&diagnosis(Verdict::Failing, false)), Exit::Found, "no cause, no promise");
    }
}
