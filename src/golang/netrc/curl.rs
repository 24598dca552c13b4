//! curl's reading (lib/netrc.c of 7.84 and later): tokens across lines, quotes, comments, default.

use super::{Entry, Secret};

/// A key of an entry, and its value if one follows.
#[derive(Debug)]
pub(super) struct Pair {
    /// Where the key begins in the file.
    pub start: usize,
    pub line: usize,
    pub lower_case: bool,
    pub value: Option<Token>,
}

/// One entry as it was meant.
#[derive(Debug)]
pub(super) struct Meant {
    pub machine: Pair,
    pub default: bool,
    pub login: Option<Pair>,
    pub password: Option<Pair>,
    /// Whether its first key follows a byte order mark, which curl does not skip either.
    pub after_mark: bool,
    /// Whether curl does not see it.
    pub hidden: bool,
}

impl Meant {
    pub(super) fn into_entry(self) -> Entry {
        let secret = |pair: Option<Pair>| pair.and_then(|pair| pair.value).map(|token| Secret::new(token.text));
        Entry {
            line: self.machine.line,
            machine: self.name(),
            login: secret(self.login),
            password: secret(self.password),
        }
    }

    pub(super) fn name(&self) -> String {
        self.machine.value.as_ref().map(|token| String::from_utf8_lossy(&token.text).into_owned()).unwrap_or_default()
    }

    /// All its keys.
    pub(super) fn pairs(&self) -> impl Iterator<Item = &Pair> {
        std::iter::once(&self.machine).chain(&self.login).chain(&self.password)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub start: usize,
    pub line: usize,
    pub text: Vec<u8>,
    pub quoted: bool,
    /// Whether curl takes it for a part of a macro.
    pub hidden: bool,
}

const MARK: &[u8] = "\u{feff}".as_bytes();

/// What curl would find.
#[derive(Debug)]
pub(super) struct Reading {
    /// The entries in order, up to a quote that its line does not close.
    pub entries: Vec<Meant>,
    /// Whether there is such a quote: then curl fails on the whole file.
    pub fails: bool,
}

pub(super) fn read(data: &[u8]) -> Reading {
    let Tokens { tokens, mark, fails } = tokens(data);
    let mut entries: Vec<Meant> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let key = token.text.to_ascii_lowercase();
        let pair = |value| Pair { start: token.start, line: token.line, lower_case: token.text == key, value };
        match (key.as_slice(), entries.last_mut()) {
            (b"machine", _) => entries.push(Meant {
                machine: pair(tokens.next()),
                default: false,
                login: None,
                password: None,
                after_mark: mark && token.start == MARK.len(),
                hidden: token.hidden || mark && token.start == MARK.len(),
            }),
            (b"default", _) => entries.push(Meant {
                machine: pair(None),
                default: true,
                login: None,
                password: None,
                after_mark: false,
                hidden: token.hidden,
            }),
            (b"login", Some(entry)) if entry.login.is_none() => entry.login = Some(pair(tokens.next())),
            (b"password", Some(entry)) if entry.password.is_none() => entry.password = Some(pair(tokens.next())),
            _ => {}
        }
    }
    Reading { entries, fails }
}

struct Tokens {
    tokens: Vec<Token>,
    /// Whether the file begins with a byte order mark.
    mark: bool,
    /// Whether a quote is not closed.
    fails: bool,
}

/// All tokens outside comments and macros.
fn tokens(data: &[u8]) -> Tokens {
    let mark = data.starts_with(MARK);
    let mut found: Vec<Token> = Vec::new();
    let (mut in_macro, mut hidden) = (false, false);
    let mut offset = 0;
    for (number, line) in (1..).zip(data.split(|byte| *byte == b'\n')) {
        let mut at = if number == 1 && mark { MARK.len() } else { 0 };
        let start = offset;
        offset += line.len() + 1;
        // For curl a line of blanks ends no macro; whoever wrote it meant that it does.
        hidden &= !matches!(line.first(), None | Some(b'\r'));
        let blanks = line.iter().skip(at).take_while(|byte| **byte == b' ' || **byte == b'\t').count();
        match line.get(at + blanks) {
            None | Some(b'\r') => {
                in_macro = false;
                continue;
            }
            Some(b'#') => continue,
            Some(_) if in_macro => continue,
            Some(_) => {}
        }
        while let Some(begin) = (at..line.len()).find(|index| line.get(*index).is_some_and(|byte| *byte > b' ')) {
            let Some((text, quoted, end)) = token(line, begin) else {
                return Tokens { tokens: found, mark, fails: true };
            };
            let macdef = text.eq_ignore_ascii_case(b"macdef");
            found.push(Token { start: start + begin, line: number, text, quoted, hidden });
            in_macro |= macdef;
            hidden |= macdef;
            at = end;
        }
    }
    Tokens { tokens: found, mark, fails: false }
}

/// The token that begins at `begin`, whether it was quoted, and where it ends; None for a quote
/// that the line does not close.
fn token(line: &[u8], begin: usize) -> Option<(Vec<u8>, bool, usize)> {
    let rest = line.get(begin..)?;
    if rest.first() != Some(&b'"') {
        let text: Vec<u8> = rest.iter().copied().take_while(|byte| *byte > b' ').collect();
        let end = begin + text.len();
        return Some((text, false, end));
    }
    let mut text = Vec::new();
    let mut bytes = rest.iter().enumerate().skip(1);
    while let Some((index, byte)) = bytes.next() {
        match byte {
            b'"' => return Some((text, true, begin + index + 1)),
            b'\\' => match bytes.next()?.1 {
                b'n' => text.push(b'\n'),
                b'r' => text.push(b'\r'),
                b't' => text.push(b'\t'),
                other => text.push(*other),
            },
            other => text.push(*other),
        }
    }
    None
}
