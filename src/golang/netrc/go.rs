//! Go's parser (cmd/go/internal/auth, the same in 1.21 to 1.27): each line by itself, as pairs.

use std::collections::HashSet;
use std::ops::Range;

use super::{Entry, Secret};

/// A white-space separated word of one line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'a> {
    /// Where it begins in the file.
    pub start: usize,
    pub text: &'a [u8],
}

#[derive(Debug)]
pub(super) struct Read {
    /// Where its `machine` key begins in the file.
    pub start: usize,
    pub entry: Entry,
}

/// What Go makes of the file.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub entries: Vec<Read>,
    /// The line that ends in a lone `default`, after which nothing is read.
    pub stopped: Option<usize>,
    /// Bodies of macros: the line of `macdef`, and the lines that were skipped.
    pub macros: Vec<(usize, Range<usize>)>,
    /// Where the words begin that are taken for values.
    pub values: HashSet<usize>,
}

#[derive(Default)]
struct Partial<'a> {
    line: usize,
    start: usize,
    machine: &'a [u8],
    login: &'a [u8],
    password: &'a [u8],
}

pub(super) fn read(data: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let mut partial = Partial::default();
    let mut macro_since: Option<usize> = None;
    let mut offset = 0;
    for (number, line) in (1..).zip(data.split(|byte| *byte == b'\n')) {
        let start = offset;
        offset += line.len() + 1;
        if macro_since.is_some() {
            if line.is_empty() {
                macro_since = None;
            } else if let Some((_, skipped)) = reading.macros.last_mut() {
                skipped.end = number + 1;
            }
            continue;
        }
        let fields = fields(line, start);
        let (pairs, odd) = fields.as_chunks::<2>();
        for [key, value] in pairs {
            reading.values.insert(value.start);
            match key.text {
                b"machine" => {
                    partial = Partial { line: number, start: key.start, machine: value.text, ..Partial::default() };
                }
                b"login" => partial.login = value.text,
                b"password" => partial.password = value.text,
                b"macdef" => macro_since = Some(number),
                _ => {}
            }
            if !partial.machine.is_empty() && !partial.login.is_empty() && !partial.password.is_empty() {
                reading.entries.push(std::mem::take(&mut partial).into_read());
            }
        }
        if let Some(since) = macro_since {
            reading.macros.push((since, number + 1..number + 1));
        }
        if matches!(odd, [field] if field.text == b"default") {
            reading.stopped = Some(number);
            break;
        }
    }
    reading
}

impl Partial<'_> {
    fn into_read(self) -> Read {
        Read {
            start: self.start,
            entry: Entry {
                line: self.line,
                machine: String::from_utf8_lossy(self.machine).into_owned(),
                login: Some(Secret::new(self.login)),
                password: Some(Secret::new(self.password)),
            },
        }
    }
}

/// The words of a line, parted at Unicode white space; bytes that are no UTF-8 belong to words.
pub(super) fn fields(line: &[u8], start: usize) -> Vec<Field<'_>> {
    let mut found = Vec::new();
    let mut word = 0;
    let mut at = 0;
    for chunk in line.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_whitespace() {
                push(line, start, word..at, &mut found);
                word = at + c.len_utf8();
            }
            at += c.len_utf8();
        }
        at += chunk.invalid().len();
    }
    push(line, start, word..line.len(), &mut found);
    found
}

fn push<'a>(line: &'a [u8], start: usize, word: Range<usize>, found: &mut Vec<Field<'a>>) {
    if let Some(text) = line.get(word.clone()).filter(|text| !text.is_empty()) {
        found.push(Field { start: start + word.start, text });
    }
}
