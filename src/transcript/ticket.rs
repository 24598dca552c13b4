//! Logs become lines, and lines become facts.

use std::io::{self, Read};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::clean::clean;
use super::joins::glue;
use super::lines::Lines;
use super::read::Reader;
use super::{commands, exchange, releases, served, settings};
use crate::catalog::messages;
use crate::facts::transcript::TranscriptFacts;
use crate::model::Foreign;

/// A line is joined with what follows up to this many bytes.
const MAX_JOINED: usize = 4_096;

/// Reads a log to its end; `name` is what it is called in the facts.
///
/// # Errors
///
/// When reading fails.
pub fn read(source: impl Read, name: &str) -> io::Result<TranscriptFacts> {
    let mut ticket = Ticket::default();
    ticket.read(source, None)?;
    Ok(ticket.end(name))
}

/// A ticket: one log, or the members of a folder or an archive, one after another.
#[derive(Default)]
pub struct Ticket {
    reader: Reader,
}

impl Ticket {
    /// Reads one log of it to its end; `member` is what that is called within the ticket.
    ///
    /// # Errors
    ///
    /// When reading fails. What was read until then counts.
    pub fn read(&mut self, source: impl Read, member: Option<&str>) -> io::Result<()> {
        self.reader.member = member.map(Foreign::new);
        let read = self.lines(source);
        self.reader.end_of_log();
        read
    }

    fn lines(&mut self, source: impl Read) -> io::Result<()> {
        let mut lines = Lines::new(source)?;
        let mut number = 0;
        // What may go on in the next line, and the line in which it began.
        let mut held: Option<(usize, String)> = None;
        loop {
            // Most lines of a log are nobody's business here.
            if held.is_none() && self.reader.is_settled() {
                number += lines.pass_over();
            }
            let Some(line) = lines.next()? else { break };
            number += 1;
            let tells = may_tell(line);
            let server = tells.then(|| served::served(line)).flatten();
            if server != self.reader.server {
                if let Some((begun, last)) = held.take() {
                    self.reader.line(begun, &last);
                }
                self.reader.server = server;
            }
            let begins = held.is_none() && self.reader.is_settled();
            if begins && !tells && !is_wrapped(line) {
                continue;
            }
            // What a progress bar wrote over is lines of its own.
            let texts: Vec<String> = line.split('\r').filter(|part| !part.is_empty()).flat_map(clean).collect();
            let tells = tells || texts.iter().any(|text| may_tell(text));
            if begins && !tells {
                continue;
            }
            for text in texts {
                held = Some(self.held(held.take(), number, text));
            }
            // Nothing goes on where nothing began, but what was joined may go on again.
            if !tells && let Some((begun, last)) = held.take_if(|(begun, _)| *begun == number) {
                self.reader.line(begun, &last);
            }
        }
        if let Some((begun, last)) = held {
            self.reader.line(begun, &last);
        }
        Ok(())
    }

    /// What is to be held back now: the text joined with what it goes on, or itself.
    fn held(&mut self, held: Option<(usize, String)>, number: usize, text: String) -> (usize, String) {
        let Some((begun, first)) = held else { return (number, text) };
        match glue(&first, &text) {
            Some(between) if first.len() < MAX_JOINED => {
                (begun, format!("{}{between}{}", first.trim_end(), text.trim_start()))
            }
            _ => {
                self.reader.line(begun, &first);
                (number, text)
            }
        }
    }

    /// What was found; `name` is what the ticket is called in the facts.
    #[must_use]
    pub fn end(self, name: &str) -> TranscriptFacts {
        self.reader.end(name)
    }
}

/// Whether words of a line may not show before it is cleaned.
fn is_wrapped(line: &str) -> bool {
    ["\\", "\u{1b}", "&", "](", "<http", "[http", "<br"].iter().any(|sign| line.contains(sign))
}

/// Whether a line may matter by itself: it speaks in a known format, begins a chain or shows a setting.
fn may_tell(line: &str) -> bool {
    SIGNS.as_ref().is_none_or(|signs| signs.is_match(line)) || messages::may_speak(line)
}

/// What stands in each line that may matter and speaks in no known format: one pass finds them all.
static SIGNS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    const HERE: &[&str] = &["go: ", " requires", " imports", " tested by", "cannot load"];
    let others = [HERE, commands::SIGNS, exchange::SIGNS, releases::SIGNS, served::SIGNS, settings::SIGNS];
    AhoCorasick::new(others.into_iter().flatten()).ok()
});
