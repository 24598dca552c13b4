//! The versions and intervals of `retract` lines.

use super::super::directive::{main_version, string};
use super::super::problem::{IntervalProblem, Problem, ProblemKind, Problems, Verb, VersionProblem};
use super::GoMod;

/// The bounds of a `retract` line, and the first token after them.
type Interval<'a> = ((String, String), Option<&'a [u8]>);

/// Reads `VERSION` or `[VERSION, VERSION]`. The versions are not checked yet: the module path, which
/// decides, may stand below.
pub(super) fn interval<'a>(args: &[&'a [u8]]) -> Result<Interval<'a>, ProblemKind> {
    let expected = |reason| ProblemKind::InvalidInterval { reason };
    let (&first, rest) = args.split_first().ok_or_else(|| expected(IntervalProblem::BracketOrVersion))?;
    match first {
        b"(" => return Err(expected(IntervalProblem::BracketOrVersion)),
        b"[" => {}
        version => {
            let version = text(version)?;
            return Ok(((version.clone(), version), rest.first().copied()));
        }
    }
    let (low, rest) = rest.split_first().ok_or_else(|| expected(IntervalProblem::VersionAfterBracket))?;
    let low = text(low)?;
    let rest = rest.strip_prefix(&[b",".as_slice()]).ok_or_else(|| expected(IntervalProblem::Comma))?;
    let (high, rest) = rest.split_first().ok_or_else(|| expected(IntervalProblem::VersionAfterComma))?;
    let high = text(high)?;
    let rest = rest.strip_prefix(&[b"]".as_slice()]).ok_or_else(|| expected(IntervalProblem::ClosingBracket))?;
    Ok(((low, high), rest.first().copied()))
}

fn text(token: &[u8]) -> Result<String, ProblemKind> {
    string(token).map_err(|reason| ProblemKind::InvalidVersion {
        verb: Verb::Retract,
        path: "".into(),
        version: Problem::fragment(token),
        reason: VersionProblem::String(reason),
    })
}

/// Checks the versions against the module path, as go does for main modules when it has read the
/// whole file.
pub(super) fn check_versions(file: &mut GoMod, problems: &mut Problems) {
    let path = file.module_path().to_owned();
    for retract in &mut file.retract {
        if path.is_empty() {
            problems.other(retract.position, || ProblemKind::RetractWithoutModule);
            return;
        }
        for version in [&mut retract.low, &mut retract.high] {
            match main_version(Verb::Retract, &path, version.clone()) {
                Ok((fixed, _)) => *version = fixed,
                Err(kind) => {
                    problems.other(retract.position, || kind);
                    break;
                }
            }
        }
    }
}
