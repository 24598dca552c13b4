//! `gomoddoc run`.

use std::ffi::OsString;
use std::time::Duration;

use clap::Args;

mod diagnose;
mod retry;

use super::child::{code, not_started, say, signalled, write};
use super::exit::Exit;
use super::settings::Settings;
use super::{check, duration};
use crate::facts::transcript::TranscriptFacts;
use crate::model::Diagnosis;
use crate::process::through::{Ended, Signals, Through};
use crate::process::{StartFailure, can_see_work};
use crate::report::Verbosity;
use crate::report::words::phrases::{self, Phrases};
use crate::transcript;

/// The flags of `run`, as they were typed.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// Run again up to this many times where every cause is one that a retry may mend
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=100))]
    pub retries: u32,
    /// How long to wait before the first retry; twice as long before each further one
    #[arg(long, value_name = "D", value_parser = duration::parse, default_value = "2s")]
    pub backoff: Duration,
    /// End the command when for so long it has written nothing and used neither CPU nor network (Linux)
    #[arg(long, value_name = "D", value_parser = duration::parse)]
    pub stall: Option<Duration>,
    /// When it has failed, look at this machine and ask the servers too, as `check --log` does
    #[arg(long)]
    pub check: bool,
    /// End with 75 instead of the command's own code where a retry may mend every cause
    #[arg(long)]
    pub tempfail: bool,
    /// The command
    #[arg(last = true, required = true, value_name = "CMD")]
    pub command: Vec<OsString>,
}

/// One run of the command.
struct Attempt {
    ended: Ended,
    transcript: TranscriptFacts,
}

/// Runs the command, and says what it failed of.
///
/// # Errors
/// When signals cannot be taken, `--stall` is asked for where nobody can tell, or `--check` cannot be done.
pub async fn run(args: &RunArgs, settings: &Settings) -> anyhow::Result<Exit> {
    anyhow::ensure!(
        args.stall.is_none() || can_see_work(),
        "--stall: this system does not tell whether a silent command is at work"
    );
    let words = phrases::of(settings.lang);
    let mut signals = Signals::take()?;
    let mut attempt = 0;
    loop {
        let Attempt { ended, transcript } = match once(args, &mut signals).await? {
            Ok(attempt) => attempt,
            Err(failure) => return Ok(not_started(&args.command, failure)),
        };
        let code = code(&ended.end);
        if code == 0 && ended.stalled.is_none() {
            return Ok(Exit::Own(0));
        }
        // Whoever pressed Ctrl-C knows why it ended.
        if ended.interrupted.is_some() {
            return Ok(Exit::Own(code));
        }
        if let (Some(waits), Some(limit)) = (&ended.stalled, args.stall) {
            say(&words.stalled(limit, waits));
        }
        let diagnosis = diagnose::of_transcript(&transcript);
        let temporary = temporary(&diagnosis, &ended);
        if attempt < args.retries && temporary {
            attempt += 1;
            let wait = retry::wait(args.backoff, attempt);
            if settings.verbosity != Verbosity::Quiet {
                say(&retry_line(words, &diagnosis, attempt, args.retries, wait));
            }
            tokio::select! {
                () = tokio::time::sleep(wait) => continue,
                signal = signals.end() => return Ok(Exit::Own(signalled(signal))),
            }
        }
        let (report, diagnosis) = if args.check {
            tokio::select! {
                looked = check::of_transcript(transcript, "run", settings) => {
                    let (report, diagnosis) = looked?;
                    (Some(report), diagnosis)
                }
                _ = signals.end() => return Ok(Exit::Own(code)),
            }
        } else {
            (diagnose::report(&diagnosis, settings, words, ended.stalled.is_some()), diagnosis)
        };
        report.iter().for_each(|report| write(report));
        let temporary = if args.check { temporary && self::temporary(&diagnosis, &ended) } else { temporary };
        return Ok(if args.tempfail && temporary { Exit::Retry } else { Exit::Own(code) });
    }
}

/// Runs it once, and reads along.
async fn once(args: &RunArgs, signals: &mut Signals) -> anyhow::Result<Result<Attempt, StartFailure>> {
    let Some((program, rest)) = args.command.split_first() else { anyhow::bail!("no command to run") };
    let (running, ticket) = match Through::new(program, rest.iter().cloned()).start() {
        Ok(started) => started,
        Err(failure) => return Ok(Err(failure)),
    };
    let reading = tokio::task::spawn_blocking(move || transcript::read(ticket, "output"));
    let ended = running.wait(signals, args.stall).await;
    Ok(Ok(Attempt { ended, transcript: reading.await?? }))
}

/// Whether another try may mend all that is known to be wrong.
fn temporary(diagnosis: &Diagnosis, ended: &Ended) -> bool {
    let caused = diagnosis.summary().causes > 0;
    match &ended.stalled {
        None => diagnosis.worth_a_retry(),
        Some(waits) => {
            let server = !waits.is_empty() && waits.iter().all(crate::process::Wait::may_pass);
            server && (!caused || diagnosis.worth_a_retry())
        }
    }
}

fn retry_line(words: &dyn Phrases, diagnosis: &Diagnosis, nth: u32, of: u32, wait: Duration) -> String {
    let mut causes = diagnosis.findings.iter().filter(|finding| finding.role == crate::model::Role::Cause);
    let first = causes.next().map(|finding| (finding.code.as_str(), finding.subject.value.as_str()));
    words.retrying(first, causes.count(), nth, of, wait)
}
