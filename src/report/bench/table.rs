//! The table: a line for each module proxy and way, and what to do.

use std::time::Duration;

use super::chart::Scale;
use super::{Told, detail, short};
use crate::diagnosis::bench::Line;
use crate::inquiry::bench::Source;
use crate::model::bench::{Outcome, Statistics, Tally, Trial};
use crate::model::transport::HttpVersion;
use crate::model::{Action, Foreign, Place};
use crate::report::paint::{Paint, Tone};
use crate::report::shell::{Step, steps_of};
use crate::report::text::{cut_middle, pad, width, wrap};
use crate::report::words::bench::{BenchWords, of};
use crate::report::words::phrases;
use crate::report::{Options, Verbosity};

/// What stands between two columns.
const GAP: usize = 2;
/// The columns of the chart, at most.
const CHART: usize = 48;

/// The report for people; `chart` adds bars where somebody looks at a terminal.
#[must_use]
pub fn table(told: Told<'_>, options: &Options, chart: bool) -> String {
    let sheet = Sheet { told, options, words: of(options.lang), paint: Paint::new(options.color, options.ascii) };
    if options.verbosity == Verbosity::Quiet {
        return lines(wrap(&sheet.words.line(&told.advice.line), options.width));
    }
    let mut text = lines(sheet.rows());
    if chart {
        text.push_str(&lines(sheet.chart()));
    }
    text.push_str(&lines(sheet.account()));
    text.push('\n');
    text.push_str(&lines(sheet.advice()));
    text
}

struct Sheet<'a> {
    told: Told<'a>,
    options: &'a Options,
    words: &'static dyn BenchWords,
    paint: Paint,
}

impl Sheet<'_> {
    fn trials(&self) -> &[Trial] {
        &self.told.measured.trials
    }

    /// Several ways lead to the same module proxy: its name has a line of its own, and the ways stand below.
    fn several_ways(&self) -> bool {
        self.trials().iter().any(|trial| !trial.way.present)
    }

    fn name(&self, trial: &Trial) -> String {
        if !self.several_ways() {
            return short(&trial.url).to_owned();
        }
        let way = match &trial.way.through {
            Some(http_proxy) => self.words.through(host_of(http_proxy)),
            None => self.words.direct().to_owned(),
        };
        let today = if trial.way.present { " *" } else { "" };
        format!("  {way}{today}")
    }

    fn rows(&self) -> Vec<String> {
        let heads = self.words.heads();
        let [name, ok, mean, first_byte, cache] = heads;
        let head = [ok, mean, "P50", "P95", "P99", first_byte, "429", "HTTP", cache].map(str::to_owned);
        let cells: Vec<[String; 9]> = self.trials().iter().map(|trial| self.cells(&Tally::of(trial))).collect();
        let mut widths = head.each_ref().map(|text| width(text));
        for row in &cells {
            for (at, cell) in row.iter().enumerate() {
                if let Some(columns) = widths.get_mut(at) {
                    *columns = (*columns).max(width(cell));
                }
            }
        }
        let rest: usize = widths.iter().map(|columns| columns + GAP).sum();
        let names = self.trials().iter().map(|trial| width(&self.name(trial)));
        let widest = names.chain([width(name)]).max().unwrap_or(0);
        let first = widest.min(self.options.width.saturating_sub(rest).max(8));
        let line = |name: &str, cells: &[String; 9]| {
            let mut line = pad(&cut_middle_keeping(name, first, self.paint.ellipsis()), first);
            for (at, (cell, columns)) in cells.iter().zip(widths).enumerate() {
                // Numbers stand to the right, words to the left.
                let blanks = " ".repeat(columns.saturating_sub(width(cell)));
                let cell = if at < 7 { format!("{blanks}{cell}") } else { format!("{cell}{blanks}") };
                line.push_str(&format!("{}{cell}", " ".repeat(GAP)));
            }
            line.trim_end().to_owned()
        };
        let mut lines = vec![self.paint.strong(&line(name, &head))];
        let mut group = None;
        for (trial, cells) in self.trials().iter().zip(&cells) {
            if self.several_ways() && group != Some(trial.proxy) {
                group = Some(trial.proxy);
                lines.push(cut_middle(short(&trial.url), self.options.width, self.paint.ellipsis()));
            }
            let text = line(&self.name(trial), cells);
            let fit = trial.is_fit();
            lines.push(if fit { text } else { self.paint.tone(&text, Tone::Bad) });
        }
        lines
    }

    fn cells(&self, tally: &Tally) -> [String; 9] {
        let none = || if self.options.ascii { "-".to_owned() } else { "–".to_owned() };
        let time = |of: fn(&Statistics) -> Duration| tally.times.as_ref().map_or_else(none, |times| ms(of(times)));
        [
            tally.per_cent().map_or_else(none, |per_cent| format!("{per_cent}%")),
            time(|times| times.mean),
            time(|times| times.p50),
            time(|times| times.p95),
            time(|times| times.p99),
            tally.first_byte.as_ref().map_or_else(none, |times| ms(times.p50)),
            tally.count(Outcome::RateLimited).to_string(),
            versions(tally).unwrap_or_else(none),
            tally.hit_per_cent().map_or_else(none, |hits| format!("{hits}% HIT")),
        ]
    }

    fn chart(&self) -> Vec<String> {
        let times = |trial: &Trial| -> Vec<Duration> {
            let good = trial.samples.iter().filter(|sample| sample.outcome == Outcome::Good);
            good.map(|sample| sample.total).collect()
        };
        let names: Vec<String> = self.trials().iter().map(|trial| self.label(trial)).collect();
        let widest = names.iter().map(|name| width(name)).max().unwrap_or(0).min(self.options.width / 3);
        let columns = self.options.width.saturating_sub(widest + 4).min(CHART);
        let Some(scale) = Scale::over(self.trials().iter().flat_map(times), columns) else { return Vec::new() };
        let mut lines = vec![String::new()];
        for (trial, name) in self.trials().iter().zip(&names) {
            let name = pad(&cut_middle(name, widest, self.paint.ellipsis()), widest);
            let bars = scale.bars(times(trial), self.options.ascii);
            lines.push(format!("  {name}  {}", self.paint.command(&bars)).trim_end().to_owned());
        }
        let (low, high) = scale.ends();
        let [low, high] = [low, high].map(|end| ms(Duration::from_secs_f64(end / 1000.0)));
        let high = format!("{high} {}", self.words.scale());
        let between = columns.saturating_sub(width(&low) + width(&high));
        let axis = format!("  {}  {low}{}{high}", " ".repeat(widest), " ".repeat(between));
        lines.push(self.paint.faint(&axis));
        lines.push(String::new());
        lines
    }

    /// The module proxy, with its way where there are several.
    fn label(&self, trial: &Trial) -> String {
        let name = short(&trial.url);
        match &trial.way.through {
            _ if !self.several_ways() => name.to_owned(),
            Some(http_proxy) => format!("{name} {}", self.words.through(host_of(http_proxy))),
            None => format!("{name} {}", self.words.direct()),
        }
    }

    /// What was asked, how fast, and what went wrong.
    fn account(&self) -> Vec<String> {
        let (words, sequence) = (self.words, self.told.sequence);
        let mut facts = Vec::new();
        let rates = &self.told.measured.rates;
        // The host that was asked the fastest: what holds for it holds for all.
        if let Some(rate) = rates.iter().max_by(|a, b| a.kept().unwrap_or(0.0).total_cmp(&b.kept().unwrap_or(0.0))) {
            facts.push(words.rate(rate.planned, rate.burst, rate.kept()));
        }
        facts.push(words.each(sequence.requests.len()));
        let mut lines = wrap(&facts.join(self.paint.between()), self.options.width);
        let mut facts = vec![words.unit().to_owned()];
        facts.extend(self.several_ways().then(|| format!("* {}", words.today())));
        facts.push(words.asked_for(sequence.modules, sequence.source == Source::BuildList));
        lines.extend(wrap(&facts.join(self.paint.between()), self.options.width));
        if sequence.left_out > 0 {
            lines.extend(wrap(&words.left_out(sequence.left_out), self.options.width));
        }
        for trial in self.trials() {
            let said = self.said_of(trial);
            if !said.is_empty() {
                let text = words.about(&self.label(trial), &said);
                lines.extend(wrap(&text, self.options.width));
            }
        }
        lines
    }

    fn said_of(&self, trial: &Trial) -> Vec<String> {
        let (words, tally) = (self.words, Tally::of(trial));
        let mut said = Vec::new();
        let detail = detail(trial);
        let trouble = trial.trouble().map(|sample| sample.outcome);
        for (outcome, count) in tally.outcomes.iter().filter(|(outcome, _)| **outcome != Outcome::Good) {
            let detail = detail.as_deref().filter(|_| Some(*outcome) == trouble);
            said.push(words.trouble(*count, *outcome, detail));
        }
        said.extend(trial.stopped.map(|stopped| words.stopped(stopped, tally.asked, trial.planned)));
        if self.options.verbosity == Verbosity::Verbose {
            said.extend(trial.cold.map(|cold| words.cold(&ms(cold))));
            said.extend(tally.age.map(|age| words.age(age)));
        }
        said
    }

    fn advice(&self) -> Vec<String> {
        let advice = self.told.advice;
        let mut lines = wrap(&format!("{}{}", self.words.hint(), self.words.line(&advice.line)), self.options.width);
        if let Some(first) = lines.first_mut() {
            *first = self.paint.strong(first);
        }
        if let Line::Change { value, place, actions, .. } = &advice.line {
            lines.extend(self.steps(actions, place));
            if actions.is_empty() {
                lines.extend(self.hang(phrases(self.options.lang).no_command()));
                lines.extend(self.hang(&format!("GOPROXY={value}")));
            }
        }
        for note in &advice.notes {
            lines.extend(self.hang(&self.words.note(note)));
        }
        if let Some(way) = &advice.way {
            lines.extend(wrap(&format!("{}{}", self.words.hint(), self.words.other_way(way)), self.options.width));
            lines.extend(self.steps(&way.actions, &Place::Shell));
        }
        lines
    }

    fn steps(&self, actions: &[Action], place: &Place) -> Vec<String> {
        let words = phrases(self.options.lang);
        let step = |step| match step {
            // Never wrapped: what is copied must be whole.
            Step::Command(command) => vec![format!("  {}", self.paint.command(&command))],
            Step::Edit { path, line, from, to } => self.hang(&words.edit_line(&path, line, &from, &to)),
            Step::Set { file, name, value } => self.hang(&words.set_variable(&file, &name, &value)),
            Step::Unset { file, name } => self.hang(&words.unset_variable(&file, &name)),
            Step::Withheld => self.hang(words.no_command()),
        };
        steps_of(self.options.shell, actions, place).into_iter().flat_map(step).collect()
    }

    fn hang(&self, text: &str) -> Vec<String> {
        let text = Foreign::new(text);
        wrap(text.as_str(), self.options.width.saturating_sub(2)).into_iter().map(|line| format!("  {line}")).collect()
    }
}

/// An HTTP proxy as short as it can be told: that it is one of the http kind goes without saying.
fn host_of(http_proxy: &Foreign) -> &str {
    http_proxy.as_str().strip_prefix("http://").unwrap_or(http_proxy.as_str())
}

/// The name with its indentation, which cutting would take away.
fn cut_middle_keeping(name: &str, columns: usize, ellipsis: &str) -> String {
    let indent = name.len() - name.trim_start().len();
    format!("{}{}", " ".repeat(indent), cut_middle(name, columns.saturating_sub(indent), ellipsis))
}

fn lines(lines: Vec<String>) -> String {
    lines.into_iter().map(|line| line + "\n").collect()
}

/// Whole milliseconds; a decimal where there are few.
pub(super) fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    if ms < 9.95 { format!("{ms:.1}") } else { format!("{ms:.0}") }
}

fn versions(tally: &Tally) -> Option<String> {
    let names: Vec<&str> = tally
        .versions
        .iter()
        .map(|version| match version {
            HttpVersion::V1_0 => "1.0",
            HttpVersion::V1_1 => "h1",
            HttpVersion::V2 => "h2",
        })
        .collect();
    (!names.is_empty()).then(|| names.join(","))
}
