//! `//go:build` and `// +build` expressions.
//!
//! An expression is evaluated while it is read: no tree is kept, and a hostile one is bounded by the
//! limits of go/build/constraint (1000 terms, 100 operators in the old form).

use super::tags::Tags;

const MAX_TERMS: usize = 1_000;
const MAX_OLD_OPERATORS: usize = 100;

/// The value of the expression after `//go:build`, or `None` where it is malformed, which excludes
/// the file.
pub(super) fn go_build(expression: &str, tags: &Tags) -> Option<bool> {
    let mut reader = Reader { rest: expression, token: Token::End, terms: 0, tags };
    let value = reader.or(true)?;
    (reader.token == Token::End).then_some(value)
}

/// The value of the words after `// +build`, or `None` where there are too many, which go ignores.
pub(super) fn plus_build(words: &str, tags: &Tags) -> Option<bool> {
    let mut operators = 0;
    let mut any: Option<bool> = None;
    for clause in words.split_whitespace() {
        let mut all: Option<bool> = None;
        for literal in clause.split(',') {
            let (name, wanted) = match literal.strip_prefix('!') {
                Some(rest) if rest.is_empty() || rest.starts_with('!') => ("ignore", true),
                Some(rest) => (rest, false),
                None => (literal, true),
            };
            let name = if is_tag(name) { name } else { "ignore" };
            let value = tags.holds(name, wanted) == wanted;
            all = Some(match all {
                None => value,
                Some(before) => {
                    operators += 1;
                    before && value
                }
            });
        }
        let value = all.unwrap_or(false);
        any = Some(match any {
            None => value,
            Some(before) => {
                operators += 1;
                before || value
            }
        });
        if operators > MAX_OLD_OPERATORS {
            return None;
        }
    }
    Some(any.unwrap_or_else(|| tags.holds("ignore", true)))
}

fn is_tag(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_tag_char)
}

fn is_tag_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Token<'a> {
    End,
    Open,
    Close,
    Not,
    And,
    Or,
    Tag(&'a str),
}

struct Reader<'a, 't> {
    rest: &'a str,
    token: Token<'a>,
    terms: usize,
    tags: &'t Tags,
}

/// `prefer` is what the surrounding expression wants of a tag: it turns over under each `!`.
impl Reader<'_, '_> {
    fn or(&mut self, prefer: bool) -> Option<bool> {
        let mut value = self.and(prefer)?;
        while self.token == Token::Or {
            value |= self.and(prefer)?;
        }
        Some(value)
    }

    fn and(&mut self, prefer: bool) -> Option<bool> {
        let mut value = self.not(prefer)?;
        while self.token == Token::And {
            value &= self.not(prefer)?;
        }
        Some(value)
    }

    fn not(&mut self, prefer: bool) -> Option<bool> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return None;
        }
        self.next()?;
        if self.token == Token::Not {
            self.next()?;
            return self.atom(!prefer).map(|value| !value);
        }
        self.atom(prefer)
    }

    fn atom(&mut self, prefer: bool) -> Option<bool> {
        match self.token {
            Token::Open => {
                let value = self.or(prefer)?;
                if self.token != Token::Close {
                    return None;
                }
                self.next()?;
                Some(value)
            }
            Token::Tag(tag) => {
                self.next()?;
                Some(self.tags.holds(tag, prefer))
            }
            _ => None,
        }
    }

    fn next(&mut self) -> Option<()> {
        let text = self.rest.trim_start_matches([' ', '\t']);
        let (token, length) = match text.chars().next() {
            None => (Token::End, 0),
            Some('(') => (Token::Open, 1),
            Some(')') => (Token::Close, 1),
            Some('!') => (Token::Not, 1),
            Some('&') if text.starts_with("&&") => (Token::And, 2),
            Some('|') if text.starts_with("||") => (Token::Or, 2),
            Some(_) => {
                let length = text.find(|c| !is_tag_char(c)).unwrap_or(text.len());
                if length == 0 {
                    return None;
                }
                (Token::Tag(&text[..length]), length)
            }
        };
        self.token = token;
        self.rest = &text[length..];
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_form() {
        let tags = Tags::platform("linux", "amd64", true, 26, &[]);
        for (expression, value) in [
            ("linux", Some(true)),
            ("!linux", Some(false)),
            ("linux && !cgo || windows", Some(false)),
            ("linux && (cgo || windows)", Some(true)),
            ("!(windows || darwin)", Some(true)),
            ("!!linux", None),
            ("! !linux", None),
            ("linux &", None),
            ("linux && ", None),
            ("(linux", None),
            ("linux)", None),
            ("linux,amd64", None),
            ("", None),
            ("386 || go1.26", Some(true)),
        ] {
            assert_eq!(go_build(expression, &tags), value, "{expression}");
        }
    }

    #[test]
    fn any_tags_want_both_ways() {
        for (expression, value) in [
            ("linux", true),
            ("!linux", true),
            ("linux && !linux", true),
            ("ignore", false),
            ("!ignore", true),
            ("tools && !(a || b)", true),
            ("ignore || tools", true),
        ] {
            assert_eq!(go_build(expression, &Tags::Any), Some(value), "{expression}");
        }
    }

    #[test]
    fn old_form() {
        let tags = Tags::platform("linux", "amd64", true, 26, &[]);
        for (words, value) in [
            ("linux", true),
            ("windows linux", true),
            ("linux,!cgo", false),
            ("!windows", true),
            ("!!linux", false),
            ("a-b", false),
            ("!a-b", true),
            ("", false),
        ] {
            assert_eq!(plus_build(words, &tags), Some(value), "{words}");
        }
        assert_eq!(plus_build("!linux linux,!amd64", &Tags::Any), Some(true));
        assert_eq!(plus_build("ignore", &Tags::Any), Some(false));
        assert_eq!(plus_build(&"a ".repeat(102), &tags), None);
    }

    #[test]
    fn deep_expressions_end() {
        assert_eq!(go_build(&"(".repeat(100_000), &Tags::Any), None);
        assert_eq!(go_build(&"a&&".repeat(100_000), &Tags::Any), None);
    }
}
