//! Progress for a person who waits: one moving line a probe, on stderr. All of it is gone when the
//! report comes.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::text::cut_middle;
use super::words::{Phrases, phrases};
use crate::catalog::Lang;
use crate::model::{Progress, Step, Topic};

/// The most columns that a step takes.
const STEP: usize = 90;
/// How often the lines move.
const TICK: Duration = Duration::from_millis(100);

/// Shows what the probes are at.
pub struct Watch {
    lines: MultiProgress,
    bars: Mutex<BTreeMap<Topic, ProgressBar>>,
    words: &'static dyn Phrases,
    ascii: bool,
}

impl Watch {
    /// A watch that draws on stderr, or nowhere where it is not `visible`.
    #[must_use]
    pub fn new(lang: Lang, ascii: bool, visible: bool) -> Self {
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self {
            lines: MultiProgress::with_draw_target(target),
            bars: Mutex::new(BTreeMap::new()),
            words: phrases(lang),
            ascii,
        }
    }

    /// Takes the lines away, before the report is written.
    pub fn clear(&self) {
        for bar in self.bars().values() {
            bar.finish_and_clear();
        }
        // The terminal may be gone, and then there is nothing to clear.
        let _ = self.lines.clear();
    }

    /// A probe that panicked while it told its step does not end the telling.
    fn bars(&self) -> std::sync::MutexGuard<'_, BTreeMap<Topic, ProgressBar>> {
        self.bars.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn bar(&self, topic: Topic) -> ProgressBar {
        let mut bars = self.bars();
        if let Some(bar) = bars.get(&topic) {
            return bar.clone();
        }
        let bar = self.lines.add(ProgressBar::new_spinner());
        bar.set_style(self.style());
        bar.set_prefix(self.words.topic(topic));
        bar.enable_steady_tick(TICK);
        bars.insert(topic, bar.clone());
        bar
    }

    fn style(&self) -> ProgressStyle {
        // A wrong template cannot be: a test reads it.
        let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_spinner());
        // The last one stands for a probe that is through, whatever it found.
        style.tick_chars(if self.ascii { "-\\|/." } else { "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏·" })
    }

    fn line(&self, step: Step<'_>) -> String {
        let count = step.count.map(|(done, all)| self.words.done_of(done, all)).unwrap_or_default();
        let line = format!("{}  {count}", step.about);
        cut_middle(line.trim(), STEP, if self.ascii { "..." } else { "…" })
    }
}

const TEMPLATE: &str = "{spinner} {prefix:18} {wide_msg} {elapsed:>5}";

impl Progress for Watch {
    fn began(&self, topic: Topic) {
        self.bar(topic);
    }

    fn step(&self, topic: Topic, step: Step<'_>) {
        self.bar(topic).set_message(self.line(step));
    }

    fn done(&self, topic: Topic, step: Step<'_>) {
        self.bar(topic).finish_with_message(self.line(step));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_what_and_how_many() {
        let watch = Watch::new(Lang::En, false, false);
        assert_eq!(watch.line(Step::about("goproxy.corp.example").of(61, 212)), "goproxy.corp.example 61 of 212");
        assert_eq!(watch.line(Step::default()), "");
        assert_eq!(watch.line(Step::about("a\u{1b}[2Jb")), "a\\u{1b}[2Jb");
        assert!(super::super::text::width(&watch.line(Step::about(&"代".repeat(500)))) <= STEP);
    }

    #[test]
    fn the_template_is_well_formed() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }

    #[test]
    fn steps_may_come_from_many_tasks_in_any_order() {
        let watch = Watch::new(Lang::Zh, true, false);
        std::thread::scope(|scope| {
            for topic in [Topic::Cache, Topic::ModuleProxy, Topic::Cache, Topic::Endpoint] {
                let watch = &watch;
                scope.spawn(move || {
                    watch.step(topic, Step::about("x").of(1, 2));
                    watch.began(topic);
                    watch.done(topic, Step::about("x").of(2, 2));
                    watch.step(topic, Step::about("late"));
                });
            }
        });
        assert_eq!(watch.bars().len(), 3);
        watch.clear();
        assert!(watch.bars().values().all(ProgressBar::is_finished));
    }
}
