//! Waiting for it.

use std::sync::Arc;
use std::time::Duration;

use tokio::process::Child;

use super::super::run::{End, of_status};
use super::super::tree::Wait;
use super::activity::Activity;
use super::end;
use super::reach::Reach;
use super::signals::{Came, Signals};
use super::stall::Stall;
use super::ticket::Lines;

/// How long a stalled child may take to tidy up before it is killed.
const GRACE: Duration = Duration::from_secs(2);

/// A child that runs.
#[derive(Debug)]
pub struct Running {
    child: Child,
    reach: Reach,
    lines: Lines,
    pub(super) streams: Vec<Arc<Activity>>,
    /// How long it may run.
    pub(super) limit: Option<Duration>,
    /// Whether what it leaves behind is killed.
    pub(super) sweep: bool,
    /// Our side of each pty, and the terminal that it stands for.
    #[cfg(unix)]
    pub(super) windows: Vec<(std::fs::File, std::fs::File)>,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Its exit code or signal.
    pub end: End,
    /// The last signal that asked us to end meanwhile.
    pub interrupted: Option<i32>,
    /// What it was waiting for when it was ended because it stood still.
    pub stalled: Option<Vec<Wait>>,
}

impl Running {
    pub(super) fn new(child: Child, reach: Reach, lines: Lines) -> Self {
        let reach = reach.of(&child);
        Self {
            child,
            reach,
            lines,
            streams: Vec::new(),
            limit: None,
            sweep: false,
            #[cfg(unix)]
            windows: Vec::new(),
        }
    }

    /// Waits for its end, passes signals on to it, and ends it when it has been silent and idle for `stall`.
    /// Dropping the future lets the child run on.
    pub async fn wait(mut self, signals: &mut Signals, stall: Option<Duration>) -> Ended {
        let mut ended = Ended { end: End::Exited(-1), interrupted: None, stalled: None };
        let mut stall = stall.map(Stall::new);
        let end = self.limit.map(|limit| tokio::time::Instant::now() + limit);
        ended.end = loop {
            tokio::select! {
                status = self.child.wait() => break status.map_or(End::Exited(-1), of_status),
                came = signals.next() => match came {
                    Came::End(number) => {
                        ended.interrupted = Some(number);
                        self.reach.pass(number);
                    }
                    Came::Resized => self.resize(),
                },
                () = until(end), if end.is_some() => break self.stop().await,
                () = tick(stall.as_mut()), if stall.is_some() => {
                    if self.stands_still(stall.as_mut()) {
                        ended.stalled = Some(self.waits());
                        break self.stop().await;
                    }
                }
            }
        };
        if self.sweep {
            self.reach.sweep();
        }
        end::drained(&self.streams).await;
        self.lines.close();
        ended
    }

    #[cfg(unix)]
    fn resize(&self) {
        for (ours, like) in &self.windows {
            super::pty::fit(ours, like);
        }
        if !self.windows.is_empty() {
            self.reach.send(rustix::process::Signal::WINCH);
        }
    }

    #[cfg(unix)]
    fn stands_still(&self, stall: Option<&mut Stall>) -> bool {
        let (Some(stall), Some(pid)) = (stall, self.reach.pid()) else { return false };
        // A reader behind us that takes its time is no fault of the child's.
        let held_up = self.streams.iter().any(|stream| stream.is_writing());
        let reads = self.streams.iter().map(|stream| stream.reads()).sum();
        stall.is_over(pid, reads, held_up)
    }

    #[cfg(unix)]
    fn waits(&self) -> Vec<Wait> {
        self.reach.pid().map(super::super::tree::waits).unwrap_or_default()
    }

    #[cfg(unix)]
    async fn stop(&mut self) -> End {
        use rustix::process::Signal;
        self.reach.send(Signal::TERM);
        let status = match tokio::time::timeout(GRACE, self.child.wait()).await {
            Ok(status) => status,
            Err(_) => {
                self.reach.send(Signal::KILL);
                self.child.wait().await
            }
        };
        status.map_or(End::Exited(-1), of_status)
    }

    #[cfg(not(unix))]
    fn resize(&self) {}

    #[cfg(not(unix))]
    fn stands_still(&self, _: Option<&mut Stall>) -> bool {
        false
    }

    #[cfg(not(unix))]
    fn waits(&self) -> Vec<Wait> {
        Vec::new()
    }

    #[cfg(not(unix))]
    async fn stop(&mut self) -> End {
        let _ = tokio::time::timeout(GRACE, self.child.kill()).await;
        End::TimedOut
    }
}

async fn until(end: Option<tokio::time::Instant>) {
    match end {
        Some(end) => tokio::time::sleep_until(end).await,
        None => std::future::pending().await,
    }
}

async fn tick(stall: Option<&mut Stall>) {
    match stall {
        Some(stall) => stall.tick().await,
        None => std::future::pending().await,
    }
}
