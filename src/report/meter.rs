//! Progress in bytes for a person who waits: one bar on stderr, gone when the report comes.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::words::phrases;
use crate::catalog::Lang;

/// A bar with what is done, how fast it goes and how long it will take.
pub struct Meter(ProgressBar);

const TEMPLATE: &str = "{prefix} {wide_bar} {bytes} / {total_bytes}  {binary_bytes_per_sec}  {eta}";

impl Meter {
    /// A bar over `total` bytes that draws on stderr, or nowhere where it is not `visible`.
    #[must_use]
    pub fn new(lang: Lang, ascii: bool, visible: bool, total: u64) -> Self {
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(total), target).with_style(style(ascii));
        bar.set_prefix(phrases(lang).verifying());
        if visible {
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        Self(bar)
    }

    /// So many bytes more are done.
    pub fn advance(&self, bytes: u64) {
        self.0.inc(bytes);
    }

    /// Takes the bar away, before the report is written.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

fn style(ascii: bool) -> ProgressStyle {
    // A wrong template cannot be: a test reads it.
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars(if ascii { "#>-" } else { "█▉▊▋▌▍▎▏ " })
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_well_formed() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }

    #[test]
    fn more_than_announced_does_no_harm() {
        let meter = Meter::new(Lang::Zh, true, false, 10);
        for _ in 0..3 {
            meter.advance(7);
        }
        assert_eq!(meter.0.position(), 21);
        meter.clear();
        assert!(meter.0.is_finished());
    }
}
