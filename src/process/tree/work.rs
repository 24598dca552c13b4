//! Whether anything is at work.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use super::list::below;

/// Less than this share of one CPU is the housekeeping of a runtime that waits.
const IDLE_PERCENT: u128 = 2;
/// Fewer bytes a look are the wake-ups within a program, and the pings of an idle connection.
const IDLE_BYTES: u64 = 256;

/// What the processes of a tree have done so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::process) struct Work {
    /// By process: clock ticks on a CPU, and bytes read and written, sockets included.
    done: BTreeMap<i32, (u64, u64)>,
}

impl Work {
    /// That of `root` and all that it has started.
    pub(in crate::process) fn below(root: i32) -> Self {
        Self { done: below(root).into_iter().map(|process| (process.pid, (process.ticks, io(process.pid)))).collect() }
    }

    /// Whether work was done since `before`, which was `elapsed` ago: CPU time, bytes, or a process started
    /// or ended.
    pub(in crate::process) fn is_more_than(&self, before: &Self, elapsed: Duration) -> bool {
        if !self.done.keys().eq(before.done.keys()) {
            return true;
        }
        let sum = |work: &Self| work.done.values().fold((0, 0), |(cpu, io), more| (cpu + more.0, io + more.1));
        let ((cpu, io), (cpu_before, io_before)) = (sum(self), sum(before));
        let ticks = u128::from(cpu.saturating_sub(cpu_before));
        let milliseconds = ticks * 1000 / u128::from(ticks_per_second());
        let idle = elapsed.as_millis() * IDLE_PERCENT / 100;
        (ticks > 1 && milliseconds > idle) || io.saturating_sub(io_before) > IDLE_BYTES
    }
}

/// Bytes that passed through read and write calls. A process of another user's does not tell.
fn io(pid: i32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/io")).unwrap_or_default();
    let field = |name| text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok());
    field("rchar:").unwrap_or_default() + field("wchar:").unwrap_or_default()
}

#[cfg(unix)]
fn ticks_per_second() -> u64 {
    rustix::param::clock_ticks_per_second().max(1)
}

#[cfg(not(unix))]
fn ticks_per_second() -> u64 {
    100
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(done: &[(i32, u64, u64)]) -> Work {
        Work { done: done.iter().map(|(pid, cpu, io)| (*pid, (*cpu, *io))).collect() }
    }

    #[test]
    fn housekeeping_is_no_work() {
        let before = work(&[(1, 100, 5_000)]);
        let more = |after: &[(i32, u64, u64)]| work(after).is_more_than(&before, Duration::from_secs(5));
        assert!(!more(&[(1, 100, 5_000)]));
        assert!(!more(&[(1, 105, 5_078)]), "50 ms of 5 s, and a ping");
        assert!(more(&[(1, 150, 5_000)]), "half a second");
        assert!(more(&[(1, 100, 6_000)]), "a thousand bytes");
        assert!(more(&[(1, 100, 5_000), (2, 0, 0)]), "a new process");
        assert!(more(&[]), "the process is gone");
    }
}
