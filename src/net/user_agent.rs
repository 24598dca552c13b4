//! How the go command names itself.

/// The User-Agent of a go command. Some proxies and firewalls let only some of them pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserAgent {
    /// Go 1.27 and later.
    Command,
    /// Before that the name of Go's HTTP library, which differs with the HTTP version.
    Library,
}

impl UserAgent {
    /// That of Go 1.`minor`.
    #[must_use]
    pub fn of_go(minor: u32) -> Self {
        if minor >= 27 { Self::Command } else { Self::Library }
    }

    /// The text for a request. go's library knows the HTTP version when it writes the header; where
    /// we do not yet, https stands for HTTP/2, which nearly every such server speaks.
    #[must_use]
    pub fn text(self, http2: bool) -> &'static str {
        match (self, http2) {
            (Self::Command, _) => "GoCommand/1 (+https://go.dev/cmd/go)",
            (Self::Library, true) => "Go-http-client/2.0",
            (Self::Library, false) => "Go-http-client/1.1",
        }
    }
}
