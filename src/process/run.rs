//! Running a child to its end, or to ours.

use std::future::Future;
use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt;
use tokio::process::Child;

use super::capture::{Captured, Shared};
use super::command::Command;
use super::group::{self, Group};

/// How long a group that was asked to end may take before it is killed.
const GRACE: Duration = Duration::from_millis(500);
/// How long a pipe may stay open after the child is gone: a grandchild holds it.
const LINGER: Duration = Duration::from_millis(300);

/// How a child ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It exited with this code.
    Exited(i32),
    /// A signal that we did not send ended it.
    Signalled(i32),
    /// We ended it at its limit.
    TimedOut,
    /// We ended it because it wrote far more than its output cap.
    Flooded,
    /// It never ran.
    NotStarted(StartFailure),
}

/// Why a program could not be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StartFailure {
    /// No such program on the PATH, or no interpreter for it.
    #[error("no such program")]
    NotFound,
    /// The file may not be executed, or its folder not be entered.
    #[error("the program may not be executed")]
    PermissionDenied,
    /// The folder to run in does not exist.
    #[error("no such folder to run in")]
    NoFolder,
    /// The file is no program for this machine.
    #[error("not a program for this machine")]
    NotExecutable,
    /// Another error of the operating system.
    #[error("error {0} of the operating system")]
    Other(i32),
}

/// What a child did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// How it ended.
    pub end: End,
    /// What it wrote to stdout.
    pub stdout: Captured,
    /// What it wrote to stderr.
    pub stderr: Captured,
    /// How long it took.
    pub elapsed: Duration,
}

impl Output {
    /// Whether it exited with code 0.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.end == End::Exited(0)
    }
}

impl Command {
    /// Runs the program to its end or its limit. Dropping the future kills the child and all that
    /// it started. Needs a tokio runtime with I/O and time.
    pub async fn run(&self) -> Output {
        let started = Instant::now();
        let (stdout, stderr) = (Shared::default(), Shared::default());
        let end = match self.start() {
            Ok(child) => self.attend(child, &stdout, &stderr).await,
            Err(failure) => End::NotStarted(failure),
        };
        Output { end, stdout: stdout.take(), stderr: stderr.take(), elapsed: started.elapsed() }
    }

    fn start(&self) -> Result<Child, StartFailure> {
        if self.folder.as_ref().is_some_and(|folder| !folder.is_dir()) {
            return Err(StartFailure::NoFolder);
        }
        let mut command = tokio::process::Command::new(&self.program);
        command.args(&self.args).env_clear().envs(self.env.iter().map(|(name, value)| (name, value)));
        group::lead(&mut command);
        if self.input.is_some() {
            command.stdin(Stdio::piped());
        }
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command.spawn().map_err(|error| start_failure(&error))
    }

    async fn attend(&self, mut child: Child, stdout: &Shared, stderr: &Shared) -> End {
        let mut group = Group::of(&child);
        let stdin = child.stdin.take();
        let feed = async {
            if let (Some(mut stdin), Some(input)) = (stdin, &self.input) {
                // A child may end without reading; that is its affair.
                let _ = stdin.write_all(input).await;
            }
        };
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let read = async { tokio::join!(stdout.fill(out, self.max_output), stderr.fill(err, self.max_output), feed) };
        let end = conclude(&mut child, &mut group, read, self.limit).await;
        if matches!(end, End::TimedOut | End::Flooded) {
            group.ask_to_end();
            let _ = tokio::time::timeout(GRACE, child.wait()).await;
            group.kill();
            let _ = child.start_kill();
            let _ = tokio::time::timeout(GRACE, child.wait()).await;
            group.forget();
        }
        end
    }
}

/// Waits for the child and its pipes. Pipes that outlive the child are given a moment, then whoever
/// holds them is killed.
async fn conclude(
    child: &mut Child,
    group: &mut Group,
    read: impl Future<Output = (bool, bool, ())>,
    limit: Duration,
) -> End {
    tokio::pin!(read);
    let mut pipes_closed = false;
    let wait = async {
        loop {
            tokio::select! {
                (out, err, ()) = &mut read, if !pipes_closed => {
                    if out || err {
                        return End::Flooded;
                    }
                    pipes_closed = true;
                }
                status = child.wait() => return status.map_or(End::Exited(-1), of_status),
            }
        }
    };
    let Ok(end) = tokio::time::timeout(limit, wait).await else { return End::TimedOut };
    if end == End::Flooded {
        return end;
    }
    if !pipes_closed && let Ok((out, err, ())) = tokio::time::timeout(LINGER, &mut read).await {
        // A flood ends in a closed pipe, of which the child may die before we look.
        if out || err {
            return End::Flooded;
        }
        pipes_closed = true;
    }
    if pipes_closed {
        group.forget();
    }
    end
}

pub(super) fn of_status(status: ExitStatus) -> End {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return End::Signalled(signal);
    }
    End::Exited(status.code().unwrap_or(-1))
}

pub(super) fn start_failure(error: &io::Error) -> StartFailure {
    // ENOEXEC has no kind of its own in std; its number is 8 on every Unix.
    const ENOEXEC: i32 = 8;
    match error.kind() {
        io::ErrorKind::NotFound => StartFailure::NotFound,
        io::ErrorKind::PermissionDenied => StartFailure::PermissionDenied,
        _ => match error.raw_os_error() {
            Some(ENOEXEC) if cfg!(unix) => StartFailure::NotExecutable,
            code => StartFailure::Other(code.unwrap_or(0)),
        },
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn sh(script: &str) -> Command {
        Command::new("sh").args(["-c", script]).env("PATH", "/usr/bin:/bin")
    }

    #[tokio::test]
    async fn output_code_and_environment_come_back() {
        let output = sh("echo out; echo err >&2; env; exit 3").env("A", "b").run().await;
        assert_eq!(output.end, End::Exited(3));
        assert_eq!(output.stderr.text(), "err\n");
        let lines: Vec<_> = output.stdout.text().lines().map(str::to_owned).collect();
        assert!(lines.contains(&"A=b".to_owned()), "{lines:?}");
        assert!(!lines.iter().any(|line| line.starts_with("CARGO")), "nothing is inherited: {lines:?}");
    }

    #[tokio::test]
    async fn what_cannot_start_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plain");
        std::fs::write(&file, "x").unwrap();
        let not_started = |output: Output| match output.end {
            End::NotStarted(failure) => failure,
            other => panic!("{other:?}"),
        };
        assert_eq!(not_started(Command::new("no-such-program").run().await), StartFailure::NotFound);
        assert_eq!(not_started(Command::new(&file).run().await), StartFailure::PermissionDenied);
        assert_eq!(not_started(sh(":").folder(folder.path().join("none")).run().await), StartFailure::NoFolder);
    }

    #[tokio::test]
    async fn input_is_given_and_absent_input_is_the_end_of_file() {
        assert_eq!(sh("cat").input("hello").run().await.stdout.text(), "hello");
        assert_eq!(sh("cat; echo end").run().await.stdout.text(), "end\n");
        // More than a pipe holds, to a child that reads nothing.
        assert!(sh(":").input(vec![b'x'; 1 << 20]).run().await.succeeded());
    }

    #[tokio::test]
    async fn long_output_is_cut_and_endless_output_is_ended() {
        let output = sh("head -c 5000 /dev/zero").max_output(1000).run().await;
        assert_eq!((output.stdout.bytes.len(), output.stdout.dropped), (1000, 4000));
        let output = sh("yes").max_output(1000).limit(Duration::from_secs(30)).run().await;
        assert_eq!(output.end, End::Flooded);
    }

    #[tokio::test]
    async fn the_limit_ends_the_whole_group() {
        let folder = tempfile::tempdir().unwrap();
        let pid_file = folder.path().join("pid");
        let script = format!("sleep 300 & echo $! > {}; wait", pid_file.display());
        let output = sh(&script).limit(Duration::from_millis(300)).run().await;
        assert_eq!(output.end, End::TimedOut);
        assert_gone(&pid_file);
    }

    #[tokio::test]
    async fn a_grandchild_that_holds_the_pipe_does_not_hold_us() {
        let output = sh("sleep 300 & echo done").limit(Duration::from_secs(20)).run().await;
        assert_eq!((output.end, output.stdout.text().as_str()), (End::Exited(0), "done\n"));
        assert!(output.elapsed < Duration::from_secs(15), "{:?}", output.elapsed);
    }

    #[tokio::test]
    async fn dropping_the_future_kills_the_group() {
        let folder = tempfile::tempdir().unwrap();
        let pid_file = folder.path().join("pid");
        let command = sh(&format!("sleep 300 & echo $! > {}; wait", pid_file.display()));
        let task = tokio::spawn(async move { command.run().await });
        while !std::fs::read_to_string(&pid_file).unwrap_or_default().ends_with('\n') {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_gone(&pid_file);
    }

    #[tokio::test]
    async fn a_signal_from_elsewhere_is_told() {
        assert_eq!(sh("kill -9 $$").run().await.end, End::Signalled(9));
    }

    /// A killed process may be a zombie for a moment, until its new parent reaps it.
    fn assert_gone(pid_file: &std::path::Path) {
        let pid: i32 = std::fs::read_to_string(pid_file).unwrap().trim().parse().unwrap();
        let pid = rustix::process::Pid::from_raw(pid).unwrap();
        let stat = format!("/proc/{}/stat", pid.as_raw_nonzero());
        for _ in 0..500 {
            let zombie = std::fs::read_to_string(&stat).is_ok_and(|stat| stat.contains(") Z "));
            if zombie || rustix::process::test_kill_process(pid).is_err() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{pid:?} still runs");
    }
}
