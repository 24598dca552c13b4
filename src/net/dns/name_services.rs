//! nsswitch.conf as a go without cgo reads it (net/nss.go and net/conf.go, Go 1.21 to 1.27).

use std::path::Path;

use crate::net::read::read_capped;

/// More than this of nsswitch.conf is not read.
const MAX_BYTES: u64 = 1 << 20;

/// Whether the file has go look hosts up in the hosts file and nowhere else.
#[must_use]
pub fn know_files_only(path: &Path) -> bool {
    read_capped(path, MAX_BYTES).is_ok_and(|text| is_files_only(&String::from_utf8_lossy(&text)))
}

/// A source that go does not know stands for DNS, and so does a line that it cannot read.
fn is_files_only(text: &str) -> bool {
    let mut files = false;
    for line in text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
        let Some((database, sources)) = line.split_once(':') else {
            if line.is_empty() { continue } else { return false }
        };
        if database.trim() == "hosts" {
            for source in sources.split_whitespace() {
                if source != "files" {
                    return false;
                }
                files = true;
            }
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::is_files_only;

    #[test]
    fn dns_is_asked_unless_the_hosts_file_is_all() {
        for only in ["hosts: files\n", "passwd: files\n\nhosts:\tfiles # no dns\n"] {
            assert!(is_files_only(only), "{only:?}");
        }
        for more in [
            "",
            "hosts:\n",
            "passwd: files\n",
            "hosts: files dns\n",
            "hosts: files nowhere\n",
            "hosts: files [!UNAVAIL=return] dns\n",
            "hosts: files\nno colon\n",
        ] {
            assert!(!is_files_only(more), "{more:?}");
        }
    }
}
