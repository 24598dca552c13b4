//! The formats in which programs speak when something fails: their ids, wordings and named groups.
//!
//! A format is not an error type: the same words mean different things in different frames, and on
//! different sides of a connection. Ids are neutral (`git/no-username`); which error type a message
//! comes to is decided where frame and side are known.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::LazyLock;

mod curl;
mod finder;
mod git;
mod go;
mod literals;
mod ssh;
mod translated;
mod trouble;

use finder::Entry;
pub use trouble::{GitTrouble, deciding, git_trouble};

/// A line is looked at no further than this many bytes; messages of these programs are far shorter.
const MAX_LINE: usize = 16_384;

/// Whose trouble a message tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// The program's that prints it, or the way from it to the server.
    Ours,
    /// The server's, or what the server thinks of the request.
    Servers,
}

/// What a message tells about why git failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tells {
    /// A trouble, and how near to its root the message is.
    Git(GitTrouble, Depth),
    /// Something beside the trouble that makes it plainer: a file, a helper, a key.
    Detail,
    /// Only that something inside it failed.
    Frame,
    /// What the go command itself is saying.
    Go(GoSays),
}

/// What a line of the go command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoSays {
    /// A failure: nobody else speaks like this.
    Failure,
    /// A part of a failure. Other programs may say the same, so it counts only in a line of which
    /// something else shows that the go command printed it: its name, a position, a module.
    Part,
    /// What any program says that is written in Go, or any at all. It counts only in a line that names
    /// the go command or a module, or a URL that the go command asks for.
    Library,
    /// A request that it makes (`-x`).
    Request,
    /// What it is doing.
    Progress,
    /// Something that stops nothing.
    Warning,
    /// Something that stops nothing and is worth knowing.
    Notice,
}

/// How near to the root of the trouble a message is: of two, the deeper one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Depth {
    /// A sentence that also follows from other troubles.
    Vague,
    /// The usual sentence for it.
    Usual,
    /// It names the root; what else is said follows from it.
    Root,
}

/// A form of message.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its neutral id, such as `git/no-username`.
    pub id: &'static str,
    /// Whose trouble it tells.
    pub whose: Whose,
    /// What it tells.
    pub tells: Tells,
    wordings: &'static [Wording],
}

impl Format {
    /// The literals of its wordings, without translations: a line that holds none does not speak in it.
    pub fn literals(&self) -> impl Iterator<Item = &'static str> {
        self.wordings.iter().map(|wording| wording.literal)
    }
}

/// One wording of a format: of a release, a library or a language.
#[derive(Debug, Clone, Copy)]
struct Wording {
    /// Text without which no line matches, in any case of ASCII letters.
    literal: &'static str,
    pattern: &'static str,
}

const fn w(literal: &'static str, pattern: &'static str) -> Wording {
    Wording { literal, pattern }
}

const fn ours(id: &'static str, trouble: GitTrouble, depth: Depth, wordings: &'static [Wording]) -> Format {
    Format { id, whose: Whose::Ours, tells: Tells::Git(trouble, depth), wordings }
}

const fn servers(id: &'static str, trouble: GitTrouble, depth: Depth, wordings: &'static [Wording]) -> Format {
    Format { id, whose: Whose::Servers, tells: Tells::Git(trouble, depth), wordings }
}

const fn detail(id: &'static str, wordings: &'static [Wording]) -> Format {
    Format { id, whose: Whose::Ours, tells: Tells::Detail, wordings }
}

const fn frame(id: &'static str, wordings: &'static [Wording]) -> Format {
    Format { id, whose: Whose::Ours, tells: Tells::Frame, wordings }
}

/// A line that speaks in a known format.
#[derive(Debug, Clone)]
pub struct Message<'t> {
    /// The format.
    pub format: &'static Format,
    /// The line, from 1.
    pub line: usize,
    /// The line itself.
    pub text: &'t str,
    entry: &'static Entry,
    /// Found when first asked for: most messages are only counted.
    groups: OnceCell<Vec<(&'static str, &'t str)>>,
}

impl<'t> Message<'t> {
    /// What the message names: `host`, `url`, `path`, `user`, `status`, `port` and the like, where
    /// its wording has it.
    #[must_use]
    pub fn get(&self, group: &str) -> Option<&'t str> {
        self.names().find(|(name, _)| *name == group).map(|(_, value)| value)
    }

    /// All that it names, as group and value.
    pub fn names(&self) -> impl Iterator<Item = (&'static str, &'t str)> + '_ {
        self.groups.get_or_init(|| self.entry.groups(head(self.text))).iter().copied()
    }
}

/// All formats, in the order of their rooms.
pub fn formats() -> impl Iterator<Item = &'static Format> {
    go::formats().chain([git::FORMATS, curl::FORMATS, ssh::FORMATS].into_iter().flatten())
}

/// The format of an id.
#[must_use]
pub fn format(id: &str) -> Option<&'static Format> {
    static BY_ID: LazyLock<HashMap<&'static str, &'static Format>> =
        LazyLock::new(|| formats().map(|format| (format.id, format)).collect());
    BY_ID.get(id).copied()
}

/// The messages in `text`, line by line. A line may speak in more than one format.
pub fn read(text: &str) -> impl Iterator<Item = Message<'_>> {
    text.lines().zip(1..).flat_map(|(text, line)| read_line(text, line))
}

/// Whether a line may speak in any format: it holds the literal of one. Far cheaper than [`read`].
#[must_use]
pub fn may_speak(line: &str) -> bool {
    finder::holds_literal(head(line))
}

fn read_line(text: &str, line: usize) -> impl Iterator<Item = Message<'_>> {
    heard(text, line).into_iter().flatten()
}

/// The messages of one line; `None` where it does not even hold the literal of a format.
pub fn heard(text: &str, line: usize) -> Option<impl Iterator<Item = Message<'_>>> {
    let spoken = finder::spoken(head(text))?.into_iter();
    Some(spoken.map(move |entry| Message { format: entry.format, line, text, entry, groups: OnceCell::new() }))
}

/// A number that is equal for lines that hold the same literals of formats, so that most likely they say the
/// same of different things.
#[must_use]
pub fn kinship(line: &str) -> u64 {
    finder::kinship(head(line))
}

fn head(line: &str) -> &str {
    &line[..line.floor_char_boundary(MAX_LINE)]
}

#[cfg(test)]
mod tests;
