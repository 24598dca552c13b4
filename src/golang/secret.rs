//! A login, password or token: it can be sent, compared and counted, but not shown.

use std::fmt;

use serde::{Serialize, Serializer};

const SHOWN: &str = "[secret]";

/// Bytes that no `Debug`, `Display` or `Serialize` shows.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Takes the bytes as they were written.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes themselves, for the one place that sends them.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of an `Authorization` or `Proxy-Authorization` header for HTTP basic
    /// authentication (RFC 7617), itself a secret.
    #[must_use]
    pub fn basic(login: &Self, password: &Self) -> Self {
        use base64::Engine as _;
        let pair = [login.expose(), b":", password.expose()].concat();
        Self::new(format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SHOWN)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SHOWN)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(SHOWN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_shown() {
        let secret = Secret::new("S3cr3t");
        let shown = format!("{secret} {secret:?} {}", serde_json::to_string(&secret).unwrap());
        assert_eq!(shown, r#"[secret] [secret] "[secret]""#);
    }

    #[test]
    fn basic_authentication_joins_login_and_password() {
        let header = Secret::basic(&Secret::new("Aladdin"), &Secret::new("open sesame"));
        assert_eq!(header.expose(), b"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }
}
