//! The value of GOSUMDB (cmd/go/internal/modfetch/sumdb.go).

use super::note::{KeyError, VerifierKey};
use super::{CHINA_ALIAS, DEFAULT_KEY, DEFAULT_NAME};
use crate::golang::go_url::{GoUrl, UrlProblem};

/// What GOSUMDB says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// No checksum database.
    Off,
    /// This one.
    Database(Box<Database>),
}

/// A checksum database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// The key that its tree heads are signed with. Its name is also `host[/path]`.
    pub key: VerifierKey,
    /// The address that GOSUMDB names. Then neither the one of the name nor a module proxy is asked.
    pub url: Option<GoUrl>,
}

impl Database {
    /// The address that follows from the name.
    #[must_use]
    pub fn direct_url(&self) -> String {
        format!("https://{}", self.key.name())
    }

    /// Whether it is the database that go uses by default, at whatever address.
    #[must_use]
    pub fn is_default(&self) -> bool {
        VerifierKey::parse(DEFAULT_KEY).is_ok_and(|key| key == self.key)
    }
}

/// Why a value of GOSUMDB cannot be used. The text is go's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GosumdbError {
    /// Set to nothing, in a file (an empty variable is unset).
    #[error("missing GOSUMDB")]
    Missing,
    /// More than a key and an address.
    #[error("invalid GOSUMDB: too many fields")]
    TooManyFields,
    /// The key is none.
    #[error("invalid GOSUMDB: {0}")]
    Key(#[from] KeyError),
    /// The name in the key makes no address.
    #[error("invalid sumdb name (must be host[/path]): {name}")]
    Name {
        /// The name.
        name: String,
    },
    /// The address is none. It is not kept, as it may hold a password.
    #[error("invalid GOSUMDB URL: {0}")]
    Url(UrlProblem),
}

/// Reads a value of GOSUMDB.
///
/// # Errors
///
/// [`GosumdbError`], which go reports at the first module that it would look up.
pub fn parse_gosumdb(value: &str) -> Result<Setting, GosumdbError> {
    let alias = format!("{DEFAULT_NAME} https://{CHINA_ALIAS}");
    // Both words count only when nothing else stands in the value, not even a blank.
    let value = match value {
        "off" => return Ok(Setting::Off),
        CHINA_ALIAS => &alias,
        _ => value,
    };
    let mut fields = value.split_whitespace();
    let key = match fields.next() {
        None => return Err(GosumdbError::Missing),
        Some(DEFAULT_NAME) => DEFAULT_KEY,
        Some(key) => key,
    };
    let url = fields.next();
    if fields.next().is_some() {
        return Err(GosumdbError::TooManyFields);
    }
    let key = VerifierKey::parse(key)?;
    if !is_host_and_path(key.name()) {
        return Err(GosumdbError::Name { name: key.name().to_owned() });
    }
    let url = url.map(|url| GoUrl::parse(url).map_err(GosumdbError::Url)).transpose()?;
    Ok(Setting::Database(Box::new(Database { key, url })))
}

fn is_host_and_path(name: &str) -> bool {
    GoUrl::parse(&format!("https://{name}")).is_ok_and(|url| {
        let plain =
            GoUrl { scheme: url.scheme.clone(), host: url.host.clone(), path: url.path.clone(), ..GoUrl::default() };
        !name.ends_with('/') && !url.host.is_empty() && url == plain
    })
}
