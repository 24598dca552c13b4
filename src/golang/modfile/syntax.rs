//! The statements of go.mod and go.work: lines, and blocks of lines in parentheses.
//!
//! Statements go to a [`Reader`] one by one and are not kept, so that a hostile file costs no more
//! memory than what it validly says. Nothing nests.

use super::lexer::{Kind, Lexer, Token, text_of};
use super::position::Position;
use super::problem::{ProblemKind, Problems};

/// A line: a statement of its own or one line of a block.
#[derive(Debug, Default)]
pub(super) struct Line<'a> {
    /// Its tokens as they stand in the file.
    pub(super) tokens: Vec<&'a [u8]>,
    pub(super) start: Position,
    /// The comment lines right before it. An empty one is a blank line in a block.
    pub(super) before: Vec<&'a [u8]>,
    /// The comment at its end.
    pub(super) suffix: Option<&'a [u8]>,
    /// It holds something that is no token, so that it means nothing.
    broken: bool,
}

impl<'a> Line<'a> {
    fn push(&mut self, token: &Token<'a>) {
        if token.kind == Kind::Broken {
            self.broken = true;
        } else {
            self.tokens.push(token.text);
        }
    }
}

/// The head of a block.
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// The tokens before the parenthesis; more than one is an error.
    pub(super) tokens: Vec<&'a [u8]>,
    pub(super) start: Position,
    /// The comment lines right before it.
    pub(super) before: Vec<&'a [u8]>,
}

impl Block<'_> {
    /// The tokens before the parenthesis, joined by spaces.
    pub(super) fn head(&self) -> Vec<u8> {
        self.tokens.join(&b' ')
    }
}

/// What gets the statements of a file.
pub(super) trait Reader {
    /// A statement on a line of its own; it has at least one token.
    fn line(&mut self, line: &Line<'_>);
    /// A block begins; says whether its lines are wanted.
    fn block(&mut self, block: &Block<'_>) -> bool;
    /// A line of the block that began last.
    fn block_line(&mut self, block: &Block<'_>, line: &Line<'_>);
    /// Where problems are recorded.
    fn problems(&mut self) -> &mut Problems;
}

/// Reads all statements of `data`.
pub(super) fn parse(data: &[u8], reader: &mut impl Reader) {
    let mut lexer = Lexer::new(data);
    let peeked = lexer.next(reader.problems());
    Parser { lexer, peeked, reader }.file();
}

struct Parser<'a, 'r, R> {
    lexer: Lexer<'a>,
    peeked: Token<'a>,
    reader: &'r mut R,
}

impl<'a, R: Reader> Parser<'a, '_, R> {
    fn lex(&mut self) -> Token<'a> {
        let next = self.lexer.next(self.reader.problems());
        std::mem::replace(&mut self.peeked, next)
    }

    fn file(&mut self) {
        let mut comments = Vec::new();
        loop {
            match self.peeked.kind {
                Kind::End => return,
                // A blank line parts comments from what follows.
                Kind::Newline | Kind::SuffixComment => {
                    self.lex();
                    comments.clear();
                }
                Kind::LineComment => comments.push(self.lex().text),
                _ => self.statement(std::mem::take(&mut comments)),
            }
        }
    }

    fn statement(&mut self, before: Vec<&'a [u8]>) {
        let first = self.lex();
        let mut line = Line { start: first.start, before, ..Line::default() };
        line.push(&first);
        loop {
            let token = self.lex();
            if token.kind.ends_line() {
                self.finish(&mut line, &token);
                if !line.broken {
                    self.reader.line(&line);
                }
                return;
            }
            if token.kind == Kind::Open {
                if self.peeked.kind.ends_line() {
                    return self.block(line);
                }
                if self.peeked.kind == Kind::Close {
                    let close = self.lex();
                    if self.peeked.kind.ends_line() {
                        self.lex();
                        if !line.broken {
                            self.reader.block(&head_of(line));
                        }
                        return;
                    }
                    line.push(&token);
                    line.push(&close);
                    continue;
                }
            }
            line.push(&token);
        }
    }

    fn finish(&self, line: &mut Line<'a>, end: &Token<'a>) {
        if end.kind == Kind::SuffixComment {
            line.suffix = Some(end.text);
        }
    }

    fn block(&mut self, head: Line<'a>) {
        let mut wanted = !head.broken;
        let block = head_of(head);
        let before_block = self.reader.problems().mark();
        wanted = wanted && self.reader.block(&block);
        let mut comments: Vec<&[u8]> = Vec::new();
        let mut first = true;
        loop {
            match self.peeked.kind {
                Kind::SuffixComment => drop(self.lex()),
                Kind::Newline => {
                    self.lex();
                    // One blank line counts as a comment without text; those at the top count not.
                    let blank_counts = comments.last().map_or(!first, |last| !last.is_empty());
                    if blank_counts {
                        comments.push(b"");
                    }
                }
                Kind::LineComment => comments.push(self.lex().text),
                Kind::End => {
                    // The lines after a lost parenthesis are no longer those of the block: what is wrong
                    // with them says nothing.
                    self.reader.problems().forget_since(before_block);
                    let at = self.lexer.position();
                    let start = block.start;
                    self.reader.problems().syntax(at, || ProblemKind::UnterminatedBlock { start });
                    return;
                }
                Kind::Close => {
                    self.lex();
                    if !self.peeked.kind.ends_line() {
                        let at = self.lexer.position();
                        self.reader.problems().syntax(at, || ProblemKind::TextAfterBlock);
                        while !self.peeked.kind.ends_line() {
                            self.lex();
                        }
                    }
                    self.lex();
                    return;
                }
                _ => {
                    let line = self.block_line(std::mem::take(&mut comments));
                    if wanted && !line.broken {
                        self.reader.block_line(&block, &line);
                    }
                    first = false;
                }
            }
        }
    }

    fn block_line(&mut self, before: Vec<&'a [u8]>) -> Line<'a> {
        let token = self.lex();
        let mut line = Line { start: token.start, before, ..Line::default() };
        line.push(&token);
        loop {
            let token = self.lex();
            if token.kind.ends_line() {
                self.finish(&mut line, &token);
                return line;
            }
            line.push(&token);
        }
    }
}

fn head_of(line: Line<'_>) -> Block<'_> {
    Block { tokens: line.tokens, start: line.start, before: line.before }
}

/// The text of the comments of a line, without slashes, one comment a line. A line of a block that
/// has none of its own has the block's.
pub(super) fn comment_text(block: Option<&Block<'_>>, line: &Line<'_>) -> String {
    let own = !line.before.is_empty() || line.suffix.is_some();
    let before = match block {
        Some(block) if !own => &block.before,
        _ => &line.before,
    };
    let texts = before.iter().copied().chain(line.suffix).filter_map(|comment| comment.strip_prefix(b"//"));
    texts.map(|text| text_of(text).trim().to_owned()).collect::<Vec<_>>().join("\n")
}
