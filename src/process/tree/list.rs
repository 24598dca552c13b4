//! Which processes there are.

use std::collections::HashSet;
use std::fs;

/// A process, from its `/proc/PID/stat`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::process) struct Process {
    pub(in crate::process) pid: i32,
    /// The name of its program, of which the kernel keeps 15 bytes.
    pub(super) name: String,
    pub(super) parent: i32,
    pub(super) group: i32,
    /// Clock ticks on a CPU, those of its ended and awaited children included.
    pub(super) ticks: u64,
}

impl Process {
    /// The name stands in brackets and may itself hold brackets and blanks.
    fn parse(stat: &str) -> Option<Self> {
        let (head, rest) = stat.rsplit_once(") ")?;
        let (pid, name) = head.split_once(" (")?;
        let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
        let number = |at: usize| fields.get(at).and_then(|field| field.parse::<i64>().ok());
        let time = |at: usize| number(at).and_then(|ticks| u64::try_from(ticks).ok()).unwrap_or_default();
        Some(Self {
            pid: pid.parse().ok()?,
            name: name.to_owned(),
            parent: i32::try_from(number(1)?).ok()?,
            group: i32::try_from(number(2)?).ok()?,
            ticks: (11..=14).map(time).sum(),
        })
    }
}

/// `root`, what it and its descendants have started, and whoever is in a group that one of them leads.
pub(in crate::process) fn below(root: i32) -> Vec<Process> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let stat = |pid| fs::read(format!("/proc/{pid}/stat")).ok();
    let all: Vec<Process> =
        pids.filter_map(stat).filter_map(|stat| Process::parse(&String::from_utf8_lossy(&stat))).collect();
    select(all, root)
}

fn select(all: Vec<Process>, root: i32) -> Vec<Process> {
    let mut chosen = HashSet::from([root]);
    loop {
        let before = chosen.len();
        for process in &all {
            if chosen.contains(&process.parent) || chosen.contains(&process.group) {
                chosen.insert(process.pid);
            }
        }
        if chosen.len() == before {
            return all.into_iter().filter(|process| chosen.contains(&process.pid)).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_hold_anything() {
        let stat = "42 (a) R (b) S 7 40 40 0 -1 4194304 100 200 0 0 5 6 1 2 20 0 1 0 99 1000 10";
        let process = Process::parse(stat).unwrap();
        assert_eq!((process.pid, process.name.as_str(), process.parent, process.group), (42, "a) R (b", 7, 40));
        assert_eq!(process.ticks, 14);
        assert_eq!(Process::parse("42 (x"), None);
        assert_eq!(Process::parse(""), None);
    }

    #[test]
    fn descendants_and_their_groups_belong_to_it() {
        let process = |pid, parent, group| Process { pid, name: String::new(), parent, group, ticks: 0 };
        // 5 lost its parent but is in the group of 2; 6 is a stranger.
        let all = vec![process(4, 3, 2), process(3, 2, 2), process(2, 1, 2), process(5, 1, 2), process(6, 1, 6)];
        let pids: Vec<i32> = select(all, 2).iter().map(|process| process.pid).collect();
        assert_eq!(pids, [4, 3, 2, 5]);
    }
}
