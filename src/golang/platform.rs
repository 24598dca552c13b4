//! The operating systems whose rules the go command distinguishes.

use serde::{Deserialize, Serialize};

/// A value of GOOS, as far as the rules of module downloading differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Os {
    /// Linux, and any Unix without rules of its own.
    Linux,
    /// macOS.
    Darwin,
    /// FreeBSD, OpenBSD, NetBSD, DragonFly.
    Bsd,
    /// Windows.
    Windows,
    /// Plan 9.
    Plan9,
}

impl Os {
    /// The system that this program was built for.
    #[must_use]
    pub const fn current() -> Self {
        if cfg!(target_os = "windows") {
            Self::Windows
        } else if cfg!(any(target_os = "macos", target_os = "ios")) {
            Self::Darwin
        } else if cfg!(any(target_os = "freebsd", target_os = "openbsd", target_os = "netbsd", target_os = "dragonfly"))
        {
            Self::Bsd
        } else {
            Self::Linux
        }
    }

    /// The character between the entries of a path list: `;` on Windows, `:` elsewhere
    /// (Plan 9 uses NUL).
    #[must_use]
    pub const fn list_separator(self) -> char {
        match self {
            Self::Windows => ';',
            Self::Plan9 => '\0',
            _ => ':',
        }
    }
}
