//! The tokens of go.mod and go.work.

use super::super::quote::is_printable;
use super::position::Position;
use super::problem::{Problem, ProblemKind, Problems};
use crate::foreign::Foreign;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The end of the file.
    End,
    /// The end of a line.
    Newline,
    /// A comment after something on its line; it ends the line.
    SuffixComment,
    /// A comment on a line of its own.
    LineComment,
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// An identifier, a path, a version, or one of `[ ] { } ,`.
    Word,
    /// A quoted string, with its quotes.
    Quoted,
    /// Something that is no token; its problem is recorded.
    Broken,
}

impl Kind {
    /// Whether the token ends a line.
    pub(super) const fn ends_line(self) -> bool {
        matches!(self, Self::End | Self::Newline | Self::SuffixComment)
    }
}

/// A token; comments are without the end of their line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a [u8],
    pub(super) start: Position,
}

/// Reads tokens one by one, in linear time and without memory of its own.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    data: &'a [u8],
    at: usize,
    position: Position,
    line_has_token: bool,
    /// No `*/` follows any more, so that it is not searched again and again.
    no_comment_end: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, position: Position::START, line_has_token: false, no_comment_end: false }
    }

    /// Where the lexer stands: after the token read last.
    pub(super) fn position(&self) -> Position {
        self.position
    }

    fn rest(&self) -> &'a [u8] {
        self.data.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<(char, usize)> {
        decode(self.rest())
    }

    fn read(&mut self) -> Option<char> {
        let (c, size) = self.peek()?;
        self.at += size;
        self.position.advance(c == '\n', size);
        if c == '\n' {
            self.line_has_token = false;
        }
        Some(c)
    }

    fn token(&mut self, kind: Kind, from: usize, start: Position) -> Token<'a> {
        if !matches!(kind, Kind::Newline | Kind::LineComment | Kind::SuffixComment | Kind::End) {
            self.line_has_token = true;
        }
        Token { kind, text: self.data.get(from..self.at).unwrap_or_default(), start }
    }

    /// The next token. What is none is recorded in `problems` and comes as [`Kind::Broken`].
    pub(super) fn next(&mut self, problems: &mut Problems) -> Token<'a> {
        self.skip_spaces(problems);
        let (from, start) = (self.at, self.position);
        if self.rest().starts_with(b"//") {
            return self.comment(from, start);
        }
        if self.rest().starts_with(b"/*") {
            return self.block_comment(from, start, problems);
        }
        let Some((first, _)) = self.peek() else {
            return self.token(Kind::End, from, start);
        };
        let kind = match first {
            '\n' => Kind::Newline,
            '(' => Kind::Open,
            ')' => Kind::Close,
            '[' | ']' | '{' | '}' | ',' => Kind::Word,
            '"' | '`' => return self.string(first, from, start, problems),
            c if is_word(c) => return self.word(from, start, problems),
            c => {
                problems.syntax(start, || ProblemKind::UnexpectedCharacter { character: c });
                self.read();
                return self.token(Kind::Broken, from, start);
            }
        };
        self.read();
        self.token(kind, from, start)
    }

    /// Goes past white space, and past byte order marks, which are an error but change no meaning.
    fn skip_spaces(&mut self, problems: &mut Problems) {
        loop {
            match self.peek() {
                Some((' ' | '\t' | '\r', _)) => {}
                Some(('\u{feff}', _)) => problems.syntax(self.position, || ProblemKind::ByteOrderMark),
                _ => return,
            }
            self.read();
        }
    }

    fn comment(&mut self, from: usize, start: Position) -> Token<'a> {
        let kind = if self.line_has_token { Kind::SuffixComment } else { Kind::LineComment };
        while self.read().is_some_and(|c| c != '\n') {}
        let mut token = self.token(kind, from, start);
        token.text = token.text.strip_suffix(b"\n").map_or(token.text, |text| text.strip_suffix(b"\r").unwrap_or(text));
        token
    }

    /// Records a `/*` comment and goes to its end, or to the end of the line if it has none.
    fn block_comment(&mut self, from: usize, start: Position, problems: &mut Problems) -> Token<'a> {
        problems.syntax(self.position, || ProblemKind::BlockComment);
        let end = if self.no_comment_end { None } else { self.rest().windows(2).position(|pair| pair == b"*/") };
        self.no_comment_end = end.is_none();
        let stop = end.map(|end| self.at + end + 2);
        while self.peek().is_some_and(|(c, _)| stop.map_or(c != '\n', |stop| self.at < stop)) {
            self.read();
        }
        self.token(Kind::Broken, from, start)
    }

    fn string(&mut self, quote: char, from: usize, start: Position, problems: &mut Problems) -> Token<'a> {
        self.read();
        loop {
            match self.peek() {
                None => {
                    problems.syntax(start, || ProblemKind::EndOfFileInString);
                    return self.token(Kind::Broken, from, start);
                }
                Some(('\n', _)) => {
                    problems.syntax(self.position, || ProblemKind::NewlineInString);
                    return self.token(Kind::Broken, from, start);
                }
                Some((c, _)) => {
                    self.read();
                    if c == quote {
                        return self.token(Kind::Quoted, from, start);
                    }
                    if c == '\\' && quote != '`' {
                        // The escaped character, were it a newline. At the end nothing is read, and
                        // the next round reports it.
                        self.read();
                    }
                }
            }
        }
    }

    fn word(&mut self, from: usize, start: Position, problems: &mut Problems) -> Token<'a> {
        while self.peek().is_some_and(|(c, _)| is_word(c)) {
            if self.rest().starts_with(b"//") {
                break;
            }
            if self.rest().starts_with(b"/*") {
                return self.block_comment(from, start, problems);
            }
            self.read();
        }
        self.token(Kind::Word, from, start)
    }
}

fn is_word(c: char) -> bool {
    match c {
        ' ' | '(' | ')' | '[' | ']' | '{' | '}' | ',' => false,
        // Spaces other than the ASCII one are not printable.
        c => is_printable(c),
    }
}

/// The first character of `bytes` and its size; a byte that is no UTF-8 counts as U+FFFD, alone.
pub(super) fn decode(bytes: &[u8]) -> Option<(char, usize)> {
    let first = *bytes.first()?;
    let size = match first {
        0..=0x7f => return Some((char::from(first), 1)),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Some(('\u{fffd}', 1)),
    };
    let c = bytes.get(..size).and_then(|head| std::str::from_utf8(head).ok()).and_then(|head| head.chars().next());
    Some(c.map_or(('\u{fffd}', 1), |c| (c, size)))
}

/// Bytes as text; each byte that is no UTF-8 becomes U+FFFD, as in go's JSON.
pub(super) fn text_of(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((c, size)) = decode(rest) {
        text.push(c);
        rest = rest.get(size..).unwrap_or_default();
    }
    text
}

impl Problem {
    /// A foreign fragment for a problem; made only when the problem is kept.
    pub(super) fn fragment(bytes: &[u8]) -> Foreign {
        Foreign::new(&text_of(bytes.get(..4 * crate::foreign::MAX_CHARS).unwrap_or(bytes)))
    }
}
