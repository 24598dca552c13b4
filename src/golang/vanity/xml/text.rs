//! Text between markup and in quotes, with its entities.

use super::{Result, XmlProblem, XmlReader, is_name};

impl XmlReader<'_> {
    /// Reads text up to `<`, or up to the quote that is given, or up to `]]>` in a CDATA section. At the
    /// end of the page text and quotes end too: what follows notices.
    pub(super) fn text(&mut self, quote: Option<u8>, cdata: bool) -> Result<String> {
        let mut out = Vec::new();
        let (mut first, mut second) = (0_u8, 0_u8);
        loop {
            let Some(byte) = self.get() else {
                if cdata {
                    return Err(self.error(XmlProblem::EndOfFileInCdata));
                }
                break;
            };
            if quote.is_none() && (first, second, byte) == (b']', b']', b'>') {
                if cdata {
                    out.truncate(out.len().saturating_sub(2));
                    break;
                }
                return Err(self.error(XmlProblem::CdataEnd));
            }
            if byte == b'<' && !cdata {
                if quote.is_some() {
                    return Err(self.error(XmlProblem::LessInString));
                }
                self.unget();
                break;
            }
            if quote == Some(byte) {
                break;
            }
            if byte == b'&' && !cdata {
                self.entity(&mut out)?;
                (first, second) = (0, 0);
                continue;
            }
            match byte {
                b'\r' => out.push(b'\n'),
                // Its `\r` has become a `\n` already.
                b'\n' if second == b'\r' => {}
                byte => out.push(byte),
            }
            (first, second) = (second, byte);
        }
        self.checked(out)
    }

    fn checked(&self, bytes: Vec<u8>) -> Result<String> {
        let in_range =
            |c: char| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
        // What is wrong first counts: a bad character, or bytes that are none.
        let (valid, rest) = match std::str::from_utf8(&bytes) {
            Ok(text) => (text, false),
            Err(error) => {
                let head = bytes.get(..error.valid_up_to()).unwrap_or_default();
                (std::str::from_utf8(head).unwrap_or_default(), true)
            }
        };
        if let Some(bad) = valid.chars().find(|c| !in_range(*c)) {
            return Err(self.error(XmlProblem::Character(u32::from(bad))));
        }
        if rest {
            return Err(self.error(XmlProblem::Utf8));
        }
        Ok(valid.to_owned())
    }

    /// Reads what follows an ampersand. What is no known entity stays as it is.
    fn entity(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let before = out.len();
        out.push(b'&');
        let meaning = if self.must_get()? == b'#' {
            out.push(b'#');
            self.number(out)?
        } else {
            self.unget();
            self.named(out)?
        };
        if let Some(c) = meaning {
            out.truncate(before);
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Ok(())
    }

    fn number(&mut self, out: &mut Vec<u8>) -> Result<Option<char>> {
        let mut byte = self.must_get()?;
        let base = if byte == b'x' {
            out.push(b'x');
            byte = self.must_get()?;
            16
        } else {
            10
        };
        let from = out.len();
        while char::from(byte).is_digit(base) {
            out.push(byte);
            byte = self.must_get()?;
        }
        if byte != b';' {
            self.unget();
            return Ok(None);
        }
        let digits = out.get(from..).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default();
        let number = u64::from_str_radix(digits, base).ok().filter(|number| *number <= 0x10_ffff);
        out.push(b';');
        let code = number.and_then(|number| u32::try_from(number).ok());
        Ok(code.map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)))
    }

    fn named(&mut self, out: &mut Vec<u8>) -> Result<Option<char>> {
        let name = self.name_bytes()?.unwrap_or_default();
        out.extend_from_slice(name);
        if self.must_get()? != b';' {
            self.unget();
            return Ok(None);
        }
        out.push(b';');
        let name = std::str::from_utf8(name).ok().filter(|name| is_name(name));
        Ok(match name {
            Some("lt") => Some('<'),
            Some("gt") => Some('>'),
            Some("amp") => Some('&'),
            Some("apos") => Some('\''),
            Some("quot") => Some('"'),
            _ => None,
        })
    }
}
