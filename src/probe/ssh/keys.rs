//! Key files: there, readable, closed to others, with a passphrase or without.

use std::path::Path;

use base64::Engine as _;

use crate::disk::{Follow, access, facts, read_capped};
use crate::facts::credentials::SshKey;
use crate::model::Foreign;

/// A key is far smaller.
const MAX_KEY: u64 = 64 << 10;

/// Looks at a key file. Its content is read for its header only and never kept.
#[must_use]
pub fn inspect(path: &Path) -> SshKey {
    let seen = access(path);
    let content = read_capped(path, MAX_KEY, Follow::Yes).ok();
    SshKey {
        path: Foreign::new(&path.display().to_string()),
        exists: seen.exists,
        readable: seen.readable,
        open_to_others: open_to_others(path),
        encrypted: content.as_deref().and_then(is_encrypted),
    }
}

/// ssh refuses a key of the user's own that has any permission for others.
fn open_to_others(path: &Path) -> bool {
    let real = std::fs::canonicalize(path);
    let seen = real.ok().and_then(|path| facts(&path).ok());
    seen.is_some_and(|seen| seen.mine == Some(true) && seen.mode.is_some_and(|mode| mode & 0o077 != 0))
}

/// Whether a passphrase protects the key, by its header.
fn is_encrypted(content: &[u8]) -> Option<bool> {
    let text = std::str::from_utf8(content).ok()?;
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (kind, rest) = rest.split_once("-----")?;
    match kind {
        "ENCRYPTED PRIVATE KEY" => Some(true),
        "OPENSSH PRIVATE KEY" => {
            let body = rest.split("-----").next().unwrap_or(rest);
            let head: String = body.chars().filter(|c| !c.is_whitespace()).take(64).collect();
            let bytes = base64::engine::general_purpose::STANDARD.decode(head).ok()?;
            // Magic, then the length and the name of the cipher.
            let cipher = bytes.strip_prefix(b"openssh-key-v1\0")?;
            let (length, name) = cipher.split_first_chunk::<4>()?;
            let name = name.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
            Some(name != b"none")
        }
        kind if kind.ends_with("PRIVATE KEY") => Some(rest.contains("Proc-Type: 4,ENCRYPTED")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn openssh(cipher: &str) -> String {
        let mut bytes = b"openssh-key-v1\0".to_vec();
        bytes.extend(u32::try_from(cipher.len()).unwrap().to_be_bytes());
        bytes.extend(cipher.as_bytes());
        bytes.extend([0; 80]);
        let body = base64::engine::general_purpose::STANDARD.encode(bytes);
        let (first, second) = body.split_at(70);
        format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{first}\n{second}\n-----END OPENSSH PRIVATE KEY-----\n")
    }

    #[test]
    fn headers_tell_of_a_passphrase() {
        for (text, expected) in [
            (openssh("none"), Some(false)),
            (openssh("aes256-ctr"), Some(true)),
            ("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n".to_owned(), Some(true)),
            ("-----BEGIN RSA PRIVATE KEY-----\nMII\n".to_owned(), Some(false)),
            ("-----BEGIN PRIVATE KEY-----\nMII\n".to_owned(), Some(false)),
            ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII\n".to_owned(), Some(true)),
            ("-----BEGIN OPENSSH PRIVATE KEY-----\n!!\n".to_owned(), None),
            ("ssh-ed25519 AAAA".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(is_encrypted(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn files_are_looked_at() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let missing = inspect(&path);
        assert!(!missing.exists && !missing.readable && missing.encrypted.is_none());
        std::fs::write(&path, openssh("none")).unwrap();
        for (mode, open) in [(0o600, false), (0o644, true), (0o640, true)] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let key = inspect(&path);
            assert_eq!((key.exists, key.open_to_others, key.encrypted), (true, open, Some(false)), "{mode:o}");
        }
    }
}
