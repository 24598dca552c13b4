//! How often an answer took how long: one line of bars for each module proxy, all on one scale.

use std::time::Duration;

const BARS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const ASCII_BARS: [&str; 9] = [" ", ".", ".", ":", "-", "=", "+", "#", "@"];

/// A scale from the shortest to the longest time, in columns of equal ratio.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    columns: usize,
}

impl Scale {
    /// Over all these times; nothing where there are none, or no room.
    pub(super) fn over(times: impl IntoIterator<Item = Duration>, columns: usize) -> Option<Self> {
        let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
        for time in times {
            // Shorter than a tenth of a millisecond is noise, and has no logarithm worth a column.
            let ms = (time.as_secs_f64() * 1000.0).max(0.1);
            (low, high) = (low.min(ms), high.max(ms));
        }
        (low.is_finite() && columns > 0).then_some(Self { low, high, columns })
    }

    /// Both ends, in milliseconds.
    pub(super) fn ends(self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// The bars of these times: the column with the most of them is full, and none that has one is empty.
    pub(super) fn bars(self, times: impl IntoIterator<Item = Duration>, ascii: bool) -> String {
        let mut counts = vec![0_usize; self.columns];
        for time in times {
            if let Some(count) = counts.get_mut(self.column(time)) {
                *count += 1;
            }
        }
        let most = counts.iter().max().copied().unwrap_or(0).max(1);
        let bars = if ascii { ASCII_BARS } else { BARS };
        counts.into_iter().filter_map(|count| bars.get((count * (bars.len() - 1)).div_ceil(most))).copied().collect()
    }

    fn column(self, time: Duration) -> usize {
        let ms = (time.as_secs_f64() * 1000.0).clamp(self.low, self.high);
        let share = if self.high > self.low { (ms / self.low).ln() / (self.high / self.low).ln() } else { 0.0 };
        // A share of a few dozen columns: nothing is lost, and nothing is negative.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let column = (share * self.columns as f64) as usize;
        column.min(self.columns - 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ms(times: &[u64]) -> impl Iterator<Item = Duration> + '_ {
        times.iter().copied().map(Duration::from_millis)
    }

    #[test]
    fn the_ends_of_the_scale_are_in_the_first_and_the_last_column() {
        let times = [10, 10, 10, 10, 100, 1000];
        let scale = Scale::over(ms(&times), 6).unwrap();
        assert_eq!(scale.bars(ms(&times), false), "█  ▂ ▂");
        assert_eq!(scale.bars(ms(&times), true), "@  . .");
        assert_eq!(Scale::over(ms(&[7, 7]), 3).unwrap().bars(ms(&[7, 7]), false), "█  ");
        assert!(Scale::over(ms(&[]), 6).is_none() && Scale::over(ms(&[1]), 0).is_none());
    }

    proptest! {
        #[test]
        fn every_line_is_as_wide_as_the_scale(times in prop::collection::vec(0_u64..100_000, 1..50), columns in 1_usize..60) {
            let scale = Scale::over(ms(&times), columns).unwrap();
            let bars = scale.bars(ms(&times), false);
            prop_assert_eq!(bars.chars().count(), columns);
            prop_assert!(bars.contains('█'));
        }
    }
}
