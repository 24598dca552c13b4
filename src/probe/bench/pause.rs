//! The pause that an answer asks for.

use std::time::{Duration, SystemTime};

use crate::model::transport::Header;

/// A longer pause is not kept: the module proxy is not asked any more.
pub(super) const LONGEST: Duration = Duration::from_secs(30);

/// Retry-After: seconds, or a date (RFC 9110, 10.2.3). Nothing where there is none, or none that can be read.
/// A pause is never shorter than a second.
pub(super) fn wanted(headers: &[Header], now: SystemTime) -> Option<Duration> {
    let value = headers.iter().find(|header| header.name.as_str() == "retry-after")?.value.as_str().trim();
    let pause = match value.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => httpdate::parse_http_date(value).ok()?.duration_since(now).unwrap_or_default(),
    };
    Some(pause.max(Duration::from_secs(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (value, seconds) in [
            ("3", Some(3)),
            (" 120 ", Some(120)),
            ("0", Some(1)),
            ("Sun, 06 Nov 1994 08:49:47 GMT", Some(10)),
            ("Sun, 06 Nov 1994 08:49:00 GMT", Some(1)),
            ("soon", None),
            ("-1", None),
            ("1e9", None),
        ] {
            let header = Header { name: "retry-after".into(), value: value.into() };
            assert_eq!(wanted(&[header], now), seconds.map(Duration::from_secs), "{value:?}");
        }
        assert_eq!(wanted(&[], now), None);
    }
}
