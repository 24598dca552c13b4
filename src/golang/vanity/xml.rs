//! Markup as Go's lenient XML decoder reads it (encoding/xml with Strict off, RawToken).
//!
//! It is no HTML parser: `<script>if (a < b)` in a head ends the page, as does `--` in a comment, an
//! `]]>` in text or a control character. What such a page said before stands. Attributes may lack
//! quotes or a value, and entities that it does not know stay as they are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::quote::{is_letter, is_printable, quote};
use crate::foreign::Foreign;

mod text;

/// Why reading ended; the text is Go's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum XmlError {
    /// The markup is wrong.
    #[error("XML syntax error on line {line}: {problem}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: XmlProblem,
    },
    /// The page calls itself XML of another version.
    #[error("xml: unsupported version {}; only version 1.0 is supported", quote(.0.as_str()))]
    Version(Foreign),
    /// The page calls its encoding other than UTF-8 or ASCII.
    #[error("xml: opening charset {name}: can't decode XML document using charset {name}", name = quote(.0.as_str()))]
    Charset(Foreign),
}

/// What is wrong with markup; the text is Go's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum XmlProblem {
    /// The page ends inside markup.
    #[error("unexpected EOF")]
    EndOfFile,
    /// The page ends inside `<![CDATA[`.
    #[error("unexpected EOF in CDATA section")]
    EndOfFileInCdata,
    /// No name after `<`.
    #[error("expected element name after <")]
    ElementName,
    /// No name after `</`.
    #[error("expected element name after </")]
    EndElementName,
    /// No name after `<?`.
    #[error("expected target name after <?")]
    TargetName,
    /// No name where an attribute's must be.
    #[error("expected attribute name in element")]
    AttributeName,
    /// `/` in an element, but not at its end.
    #[error("expected /> in element")]
    SlashInElement,
    /// Something after the name in `</name`.
    #[error("invalid characters between </{0} and >")]
    EndElement(Foreign),
    /// A name with a character that names do not have there.
    #[error("invalid XML name: {0}")]
    Name(Foreign),
    /// `<!-` that begins no comment.
    #[error("invalid sequence <!- not part of <!--")]
    CommentStart,
    /// `--` inside a comment.
    #[error("invalid sequence \"--\" not allowed in comments")]
    CommentDashes,
    /// `<![` that begins no CDATA section.
    #[error("invalid <![ sequence")]
    CdataStart,
    /// `]]>` in text.
    #[error("unescaped ]]> not in CDATA section")]
    CdataEnd,
    /// `<` in a quoted attribute value.
    #[error("unescaped < inside quoted string")]
    LessInString,
    /// Text that is not UTF-8.
    #[error("invalid UTF-8")]
    Utf8,
    /// A control character in text.
    #[error("illegal character code U+{0:04X}")]
    Character(u32),
}

/// A piece of markup.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `<name attribute="value">`; names are without their namespace.
    Start(String, Vec<(String, String)>),
    /// `</name>`, or the end of `<name/>`.
    End(String),
    /// Text, a comment, a directive, an instruction.
    Other,
}

/// Reads markup piece by piece.
#[derive(Debug)]
pub(super) struct XmlReader<'a> {
    data: &'a [u8],
    at: usize,
    /// The name of an element that closed itself.
    to_close: Option<String>,
}

type Result<T> = std::result::Result<T, XmlError>;

impl<'a> XmlReader<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, to_close: None }
    }

    fn get(&mut self) -> Option<u8> {
        let byte = self.data.get(self.at).copied();
        self.at += usize::from(byte.is_some());
        byte
    }

    fn must_get(&mut self) -> Result<u8> {
        self.get().ok_or_else(|| self.error(XmlProblem::EndOfFile))
    }

    fn unget(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    fn error(&self, problem: XmlProblem) -> XmlError {
        let read = self.data.get(..self.at).unwrap_or(self.data);
        XmlError::Syntax { line: 1 + read.iter().filter(|byte| **byte == b'\n').count(), problem }
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\r' | b'\n' | b'\t') = self.data.get(self.at) {
            self.at += 1;
        }
    }

    /// The next piece, or nothing at the end.
    pub(super) fn token(&mut self) -> Result<Option<Token>> {
        if let Some(name) = self.to_close.take() {
            return Ok(Some(Token::End(name)));
        }
        let Some(first) = self.get() else { return Ok(None) };
        if first != b'<' {
            self.unget();
            self.text(None, false)?;
            return Ok(Some(Token::Other));
        }
        match self.must_get()? {
            b'/' => self.end_element().map(Some),
            b'?' => self.instruction().map(|()| Some(Token::Other)),
            b'!' => self.comment_or_directive().map(|()| Some(Token::Other)),
            _ => {
                self.unget();
                self.start_element().map(Some)
            }
        }
    }

    fn end_element(&mut self) -> Result<Token> {
        let name = self.local_name(XmlProblem::EndElementName)?;
        self.skip_space();
        if self.must_get()? == b'>' {
            Ok(Token::End(name))
        } else {
            Err(self.error(XmlProblem::EndElement(Foreign::new(&name))))
        }
    }

    fn start_element(&mut self) -> Result<Token> {
        let name = self.local_name(XmlProblem::ElementName)?;
        let mut attributes = Vec::new();
        loop {
            self.skip_space();
            match self.must_get()? {
                b'/' => {
                    if self.must_get()? != b'>' {
                        return Err(self.error(XmlProblem::SlashInElement));
                    }
                    self.to_close = Some(name.clone());
                    break;
                }
                b'>' => break,
                _ => self.unget(),
            }
            let attribute = self.local_name(XmlProblem::AttributeName)?;
            self.skip_space();
            if self.must_get()? == b'=' {
                self.skip_space();
                let value = self.attribute_value()?;
                attributes.push((attribute, value));
            } else {
                self.unget();
                attributes.push((attribute.clone(), attribute));
            }
        }
        Ok(Token::Start(name, attributes))
    }

    fn attribute_value(&mut self) -> Result<String> {
        let first = self.must_get()?;
        if matches!(first, b'"' | b'\'') {
            return self.text(Some(first), false);
        }
        self.unget();
        let mut value = String::new();
        loop {
            let byte = self.must_get()?;
            if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-') {
                value.push(char::from(byte));
            } else {
                self.unget();
                return Ok(value);
            }
        }
    }

    /// `<?target …?>`; for `xml` it may name a version and an encoding.
    fn instruction(&mut self) -> Result<()> {
        let target = self.name()?.ok_or_else(|| self.error(XmlProblem::TargetName))?;
        self.skip_space();
        let from = self.at;
        let mut before = 0;
        loop {
            let byte = self.must_get()?;
            if before == b'?' && byte == b'>' {
                break;
            }
            before = byte;
        }
        if target != "xml" {
            return Ok(());
        }
        let content = String::from_utf8_lossy(self.data.get(from..self.at - 2).unwrap_or_default());
        let version = instruction_value("version=", &content);
        if !matches!(version, "" | "1.0") {
            return Err(XmlError::Version(Foreign::new(version)));
        }
        let encoding = instruction_value("encoding=", &content);
        if ["", "utf-8", "ascii"].iter().any(|known| encoding.eq_ignore_ascii_case(known)) {
            Ok(())
        } else {
            Err(XmlError::Charset(Foreign::new(encoding)))
        }
    }

    fn comment_or_directive(&mut self) -> Result<()> {
        match self.must_get()? {
            b'-' => {
                if self.must_get()? != b'-' {
                    return Err(self.error(XmlProblem::CommentStart));
                }
                let (mut first, mut second) = (0, 0);
                loop {
                    let byte = self.must_get()?;
                    if (first, second) == (b'-', b'-') {
                        if byte == b'>' {
                            return Ok(());
                        }
                        return Err(self.error(XmlProblem::CommentDashes));
                    }
                    (first, second) = (second, byte);
                }
            }
            b'[' => {
                for expected in b"CDATA[" {
                    if self.must_get()? != *expected {
                        return Err(self.error(XmlProblem::CdataStart));
                    }
                }
                self.text(None, true).map(drop)
            }
            _ => self.directive(),
        }
    }

    /// `<!DOCTYPE …>`: angle brackets nest, but not in quotes or comments. Its first byte, which the
    /// caller has read, opens and closes nothing.
    fn directive(&mut self) -> Result<()> {
        let (mut quote, mut depth) = (0_u8, 0_i64);
        loop {
            let mut byte = self.must_get()?;
            if quote == 0 && byte == b'>' && depth == 0 {
                return Ok(());
            }
            // Whether `byte` is still to be looked at.
            let mut pending = true;
            while pending {
                pending = false;
                match byte {
                    _ if byte == quote => quote = 0,
                    _ if quote != 0 => {}
                    b'\'' | b'"' => quote = byte,
                    b'>' => depth -= 1,
                    b'<' => {
                        let mut comment = true;
                        for expected in b"!--" {
                            byte = self.must_get()?;
                            if byte != *expected {
                                comment = false;
                                break;
                            }
                        }
                        if comment {
                            self.comment_in_directive()?;
                        } else {
                            depth += 1;
                            pending = true;
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn comment_in_directive(&mut self) -> Result<()> {
        let (mut first, mut second) = (0, 0);
        loop {
            let byte = self.must_get()?;
            if (first, second, byte) == (b'-', b'-', b'>') {
                return Ok(());
            }
            (first, second) = (second, byte);
        }
    }

    /// A name without its namespace; `missing` is the problem if there is none.
    fn local_name(&mut self, missing: XmlProblem) -> Result<String> {
        let Some(name) = self.name()? else { return Err(self.error(missing)) };
        match name.split_once(':') {
            Some((_, local)) if local.contains(':') => Err(self.error(missing)),
            Some((space, local)) if !space.is_empty() && !local.is_empty() => Ok(local.to_owned()),
            _ => Ok(name),
        }
    }

    /// A name, or nothing if the next byte begins none.
    fn name(&mut self) -> Result<Option<String>> {
        let Some(bytes) = self.name_bytes()? else { return Ok(None) };
        match std::str::from_utf8(bytes) {
            Ok(name) if is_name(name) => Ok(Some(name.to_owned())),
            _ => Err(self.error(XmlProblem::Name(Foreign::from_bytes(bytes)))),
        }
    }

    fn name_bytes(&mut self) -> Result<Option<&'a [u8]>> {
        let from = self.at;
        while is_name_byte(self.must_get()?) {}
        self.unget();
        Ok(self.data.get(from..self.at).filter(|name| !name.is_empty()))
    }
}

/// Bytes of names, and all of characters beyond ASCII.
const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.' | b'-') || byte >= 0x80
}

/// Whether the text is a name. Beyond ASCII, Go has the tables of XML 1.0; here letters, then whatever
/// is printable but a symbol of no alphabet, come close enough.
fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|c| is_letter(c) || matches!(c, '_' | ':'));
    first && chars.all(|c| if c.is_ascii() { is_name_byte(c as u8) } else { is_printable(c) })
}

/// The value of a parameter of `<?xml …?>`, read as coarsely as Go does.
fn instruction_value<'t>(parameter: &str, content: &'t str) -> &'t str {
    let mut rest = content;
    while let Some(at) = rest.find(parameter) {
        let Some(value) = rest.get(at + parameter.len()..) else { break };
        match value.chars().next() {
            Some(quote @ ('\'' | '"')) => {
                return value.get(1..).and_then(|value| value.split_once(quote)).map_or("", |(value, _)| value);
            }
            Some(other) => rest = value.get(other.len_utf8()..).unwrap_or_default(),
            None => break,
        }
    }
    ""
}
