//! Locks on files, from `/proc/locks`.

/// Somebody waits for a lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Waiting {
    pub(super) waiter: i32,
    /// Who holds it; none where the kernel does not name a process that we may see.
    pub(super) holder: Option<i32>,
    pub(super) inode: u64,
}

/// Reads the table. A line with an arrow waits for the lock whose number it bears.
pub(super) fn waiting(table: &str) -> Vec<Waiting> {
    let mut found = Vec::new();
    let mut held: Option<(&str, i32)> = None;
    for line in table.lines() {
        let mut words = line.split_ascii_whitespace().peekable();
        let Some(number) = words.next() else { continue };
        let waits = words.next_if(|word| *word == "->").is_some();
        // Kind, how binding, read or write; then process and place.
        let mut words = words.skip(3);
        let (Some(Ok(pid)), Some(place)) = (words.next().map(str::parse::<i32>), words.next()) else { continue };
        if !waits {
            held = Some((number, pid));
            continue;
        }
        let Some(inode) = place.rsplit(':').next().and_then(|inode| inode.parse().ok()) else { continue };
        let holder = held.filter(|(of, pid)| *of == number && *pid > 0).map(|(_, pid)| pid);
        found.push(Waiting { waiter: pid, holder, inode });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_for_whom() {
        let table = "1: FLOCK  ADVISORY  WRITE 100 fe:00:77 0 EOF\n\
                     1: -> FLOCK  ADVISORY  WRITE 200 fe:00:77 0 EOF\n\
                     1: -> FLOCK  ADVISORY  READ 201 fe:00:77 0 EOF\n\
                     2: POSIX  ADVISORY  WRITE -1 fe:00:78 0 EOF\n\
                     2: -> POSIX  ADVISORY  WRITE 202 fe:00:78 0 EOF\n\
                     nonsense\n3: ->\n";
        let waiting_for = |waiter, holder, inode| Waiting { waiter, holder, inode };
        let expected = [waiting_for(200, Some(100), 77), waiting_for(201, Some(100), 77), waiting_for(202, None, 78)];
        assert_eq!(waiting(table), expected);
    }
}
