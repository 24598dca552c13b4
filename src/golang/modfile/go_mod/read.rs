//! The statements of a go.mod file, one by one.

use super::super::directive::{self, Rules};
use super::super::lexer::text_of;
use super::super::problem::{Problem, ProblemKind, Problems, Verb};
use super::super::syntax::{Block, Line, Reader, comment_text};
use super::{
    Exclude, GoLine, GoMod, Godebug, Ignore, ModuleLine, ReadAs, Require, Tool, ToolchainLine, retract,
    whole_file_problem,
};

pub(super) struct GoModReader {
    rules: Rules,
    file: GoMod,
    problems: Problems,
}

impl GoModReader {
    pub(super) fn new(rules: Rules) -> Self {
        Self { rules, file: GoMod::default(), problems: Problems::default() }
    }

    pub(super) fn finish(mut self) -> (GoMod, Problems) {
        if self.rules.read_as == ReadAs::MainModule {
            retract::check_versions(&mut self.file, &mut self.problems);
        }
        if self.problems.is_empty()
            && let Some((position, kind)) = whole_file_problem(&self.file, self.rules.read_as)
        {
            self.problems.other(position, || kind);
        }
        (self.file, self.problems)
    }

    fn is_lax(&self) -> bool {
        self.rules.read_as == ReadAs::Dependency
    }

    fn directive(&mut self, block: Option<&Block<'_>>, line: &Line<'_>, verb: &[u8], args: &[&[u8]]) {
        let Some(verb) = verb_of(verb) else {
            if !self.is_lax() {
                self.problems
                    .other(line.start, || ProblemKind::UnknownDirective { directive: Problem::fragment(verb) });
            }
            return;
        };
        let wanted = matches!(verb, Verb::Go | Verb::Module | Verb::Retract | Verb::Require | Verb::Ignore);
        if self.is_lax() && !wanted {
            return;
        }
        if let Err(kind) = self.known_directive(block, line, verb, args) {
            self.problems.other(line.start, || kind);
        }
    }

    fn known_directive(
        &mut self,
        block: Option<&Block<'_>>,
        line: &Line<'_>,
        verb: Verb,
        args: &[&[u8]],
    ) -> Result<(), ProblemKind> {
        let position = line.start;
        let file = &mut self.file;
        match verb {
            Verb::Go if file.go.is_some() => return Err(ProblemKind::Repeated { verb }),
            Verb::Go => {
                let version = directive::go_version(args, self.rules)?;
                file.go = Some(GoLine { version, position });
            }
            Verb::Toolchain if file.toolchain.is_some() => return Err(ProblemKind::Repeated { verb }),
            Verb::Toolchain => {
                let name = directive::toolchain(args)?;
                file.toolchain = Some(ToolchainLine { name, position });
            }
            Verb::Module if file.module.is_some() => return Err(ProblemKind::Repeated { verb }),
            Verb::Module => {
                let deprecated = deprecation(&comment_text(block, line));
                // A line without a good path is a `module` line all the same: a second one repeats it.
                let module = file.module.insert(ModuleLine { path: String::new(), deprecated, position });
                let [token] = *args else { return Err(ProblemKind::Usage { verb }) };
                module.path = directive::path(token)?;
            }
            Verb::Godebug => {
                let (key, value) = directive::godebug(args)?;
                file.godebug.push(Godebug { key, value, position });
            }
            Verb::Require | Verb::Exclude => {
                let [path, version] = *args else { return Err(ProblemKind::Usage { verb }) };
                let (module, unresolved) = directive::module(verb, directive::path(path)?, version, self.rules)?;
                if verb == Verb::Require {
                    file.require.push(Require { module, indirect: is_indirect(line), unresolved, position });
                } else {
                    file.exclude.push(Exclude { module, position });
                }
            }
            Verb::Replace => file.replace.push(directive::replace(args, position, self.rules)?),
            Verb::Retract => {
                let rationale = comment_text(block, line);
                match retract::interval(args) {
                    // A newer go may know other intervals: in dependencies they are no error.
                    Err(_) if self.rules.read_as == ReadAs::Dependency => {}
                    Err(kind) => return Err(kind),
                    Ok((_, Some(token))) if self.rules.read_as != ReadAs::Dependency => {
                        return Err(ProblemKind::TextAfterInterval { token: Problem::fragment(token) });
                    }
                    Ok(((low, high), _)) => file.retract.push(super::Retract { low, high, rationale, position }),
                }
            }
            Verb::Tool => {
                let path = directive::path(directive::one(verb, args)?)?;
                file.tool.push(Tool { path, position });
            }
            Verb::Ignore => {
                let path = directive::path(directive::one(verb, args)?)?;
                file.ignore.push(Ignore { path, position });
            }
            // A directive of go.work only; `verb_of` does not give it.
            Verb::Use => {}
        }
        Ok(())
    }
}

impl Reader for GoModReader {
    fn line(&mut self, line: &Line<'_>) {
        if let Some((verb, args)) = line.tokens.split_first() {
            self.directive(None, line, verb, args);
        }
    }

    fn block(&mut self, block: &Block<'_>) -> bool {
        let known = match *block.tokens {
            [verb] => verb_of(verb).is_some_and(|verb| !matches!(verb, Verb::Go | Verb::Toolchain)),
            _ => false,
        };
        if !known && !self.is_lax() {
            let head = || ProblemKind::UnknownBlock { directive: Problem::fragment(&block.head()) };
            self.problems.other(block.start, head);
        }
        known
    }

    fn block_line(&mut self, block: &Block<'_>, line: &Line<'_>) {
        if let Some(verb) = block.tokens.first() {
            self.directive(Some(block), line, verb, &line.tokens);
        }
    }

    fn problems(&mut self) -> &mut Problems {
        &mut self.problems
    }
}

fn verb_of(word: &[u8]) -> Option<Verb> {
    use Verb::{Exclude, Go, Godebug, Ignore, Module, Replace, Require, Retract, Tool, Toolchain};
    [Module, Go, Toolchain, Godebug, Require, Exclude, Replace, Retract, Tool, Ignore]
        .into_iter()
        .find(|verb| verb.as_str().as_bytes() == word)
}

/// Whether the line's comment is `// indirect`, alone or before a semicolon.
fn is_indirect(line: &Line<'_>) -> bool {
    let Some(comment) = line.suffix.and_then(|comment| comment.strip_prefix(b"//")) else { return false };
    let text = text_of(comment);
    let mut words = text.split_whitespace();
    match words.next() {
        Some("indirect") => words.next().is_none(),
        Some("indirect;") => words.next().is_some(),
        _ => false,
    }
}

/// The first paragraph that begins with `Deprecated:`, without that word.
fn deprecation(comment: &str) -> String {
    const WORD: &str = "Deprecated:";
    const PARAGRAPH: &str = "\n\n";
    let after = match comment.strip_prefix(WORD) {
        Some(after) => after,
        None => match comment.split_once("\n\nDeprecated:") {
            Some((_, after)) => after,
            None => return String::new(),
        },
    };
    let text = after.trim_start_matches(' ');
    text.split_once(PARAGRAPH).map_or(text, |(text, _)| text).to_owned()
}
