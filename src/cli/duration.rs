//! Durations as people type them: `20s`, `500ms`, `1m30s`.

use std::time::Duration;

/// A text that is no duration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// A number has no unit.
    #[error("a unit is missing: write {0}s for seconds, {0}ms for milliseconds")]
    NoUnit(String),
    /// It is none of the known units, or no number stands before it.
    #[error("not a duration: write for example 20s, 500ms, 2m or 1m30s")]
    Form,
    /// It is zero.
    #[error("a limit of zero leaves no time for anything")]
    Zero,
    /// It is longer than a day.
    #[error("longer than a day")]
    TooLong,
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Reads a duration above zero and of at most a day: numbers with a unit of `ms`, `s`, `m` or `h`, one after
/// the other. The number may have a decimal fraction.
///
/// # Errors
/// When the text has another form, or the duration is zero or longer than a day.
pub fn parse(text: &str) -> Result<Duration, DurationError> {
    let mut rest = text.trim();
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let value: f64 = number.parse().map_err(|_| DurationError::Form)?;
        let seconds = match unit {
            "ms" => value / 1000.0,
            "s" => value,
            "m" => value * 60.0,
            "h" => value * 3600.0,
            "" if after.is_empty() => return Err(DurationError::NoUnit(number.to_owned())),
            _ => return Err(DurationError::Form),
        };
        let part = Duration::try_from_secs_f64(seconds).map_err(|_| DurationError::TooLong)?;
        total = total.checked_add(part).ok_or(DurationError::TooLong)?;
        rest = after;
    }
    match total {
        _ if text.trim().is_empty() => Err(DurationError::Form),
        Duration::ZERO => Err(DurationError::Zero),
        total if total > DAY => Err(DurationError::TooLong),
        total => Ok(total),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_of_every_form() {
        for (text, ms) in [("20s", 20_000), ("500ms", 500), ("2m", 120_000), ("1m30s", 90_000), ("1.5s", 1_500)] {
            assert_eq!(parse(text), Ok(Duration::from_millis(ms)), "{text}");
        }
        assert_eq!(parse("24h"), Ok(DAY));
    }

    #[test]
    fn what_is_no_duration_is_refused_with_a_hint() {
        for (text, error) in [
            ("20", DurationError::NoUnit("20".into())),
            ("1m30", DurationError::NoUnit("30".into())),
            ("", DurationError::Form),
            ("s", DurationError::Form),
            ("1 s", DurationError::Form),
            ("-1s", DurationError::Form),
            ("1d", DurationError::Form),
            ("1..5s", DurationError::Form),
            ("0s", DurationError::Zero),
            ("25h", DurationError::TooLong),
            ("99999999999999999999999999999h", DurationError::TooLong),
        ] {
            assert_eq!(parse(text), Err(error), "{text:?}");
        }
    }
}
