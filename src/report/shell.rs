//! Actions as text: commands to paste, for each shell, and edits to make by hand.
//!
//! Every value is quoted. A value that a shell could not take back as it stands, that could drive a
//! terminal, or that holds a secret, yields no command: the reader is told so.

use crate::foreign::{is_dangerous, redact};
use crate::golang::module_cache::{ModuleFiles, Piece};
use crate::golang::module_path::ModuleVersion;
use crate::model::{Action, Fix, Place};

mod quote;

use quote::{join_path, quote, quote_always, quote_path};

/// A shell for which commands are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shell {
    /// A POSIX shell: sh, bash, zsh.
    #[default]
    Sh,
    /// PowerShell 5.1 and later.
    PowerShell,
    /// The Windows command prompt.
    Cmd,
}

impl Shell {
    /// The usual shell of an operating system.
    #[must_use]
    pub fn of(os: crate::golang::platform::Os) -> Self {
        match os {
            crate::golang::platform::Os::Windows => Self::PowerShell,
            _ => Self::Sh,
        }
    }
}

/// One step of a fix, for a person to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A command to paste.
    Command(String),
    /// A line to change by hand.
    Edit {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The text to be replaced; may be empty.
        from: String,
        /// What is to stand there; may be empty.
        to: String,
    },
    /// A variable to set by hand in a file.
    Set {
        /// The file, with `:line` where it is known.
        file: String,
        /// The variable.
        name: String,
        /// The value.
        value: String,
    },
    /// A variable to remove by hand from a file.
    Unset {
        /// The file, with `:line` where it is known.
        file: String,
        /// The variable.
        name: String,
    },
    /// There would be a command, but a value in it could do harm or holds a secret.
    Withheld,
}

/// What a person does to make `fix`, in order. Empty where only others can act.
#[must_use]
pub fn steps(shell: Shell, fix: &Fix) -> Vec<Step> {
    steps_of(shell, &fix.actions, &fix.place)
}

/// What a person does for `actions` at `place`, in order.
#[must_use]
pub fn steps_of(shell: Shell, actions: &[Action], place: &Place) -> Vec<Step> {
    actions.iter().flat_map(|action| step(shell, action, place)).collect()
}

/// The commands alone, for programs.
#[must_use]
pub fn commands(shell: Shell, fix: &Fix) -> Vec<String> {
    let command = |step| match step {
        Step::Command(command) => Some(command),
        _ => None,
    };
    steps(shell, fix).into_iter().filter_map(command).collect()
}

fn step(shell: Shell, action: &Action, place: &Place) -> Vec<Step> {
    let commands = match action {
        Action::Ask => return Vec::new(),
        Action::EditLine { path, line, from, to } => {
            let [path, from, to] = [path, from, to].map(Clone::clone);
            return vec![Step::Edit { path, line: *line, from, to }];
        }
        Action::SetVariable { name, value } => match place {
            Place::Elsewhere => return Vec::new(),
            Place::CiFile { path, line } | Place::Dockerfile { path, line } => {
                return vec![Step::Set { file: format!("{path}:{line}"), name: name.clone(), value: value.clone() }];
            }
            Place::File { path, line } => {
                return vec![Step::Set { file: at(path, *line), name: name.clone(), value: value.clone() }];
            }
            Place::UserEnvFile => assignment(shell, name, value).map(|pair| vec![format!("go env -w {pair}")]),
            Place::GitConfig => run(shell, &["git", "config", "--global", name, value]).map(|one| vec![one]),
            Place::Shell | Place::Cache | Place::Repository | Place::System => {
                set(shell, name, value).map(|one| vec![one])
            }
        },
        Action::UnsetVariable { name } => match place {
            Place::Elsewhere => return Vec::new(),
            Place::CiFile { path, line } | Place::Dockerfile { path, line } => {
                return vec![Step::Unset { file: format!("{path}:{line}"), name: name.clone() }];
            }
            Place::File { path, line } => return vec![Step::Unset { file: at(path, *line), name: name.clone() }],
            Place::UserEnvFile => run(shell, &["go", "env", "-u", name]).map(|one| vec![one]),
            Place::GitConfig => run(shell, &["git", "config", "--global", "--unset-all", name]).map(|one| vec![one]),
            Place::Shell | Place::Cache | Place::Repository | Place::System => unset(shell, name).map(|one| vec![one]),
        },
        Action::Run { argv } => run(shell, &argv.iter().map(String::as_str).collect::<Vec<_>>()).map(|one| vec![one]),
        Action::RefetchModule { cache, path, version, pieces } => {
            refetch(shell, cache, &ModuleVersion::new(path, version), pieces)
        }
        Action::RemoveFromCache { path } => absolute(path).and_then(|path| remove(shell, &[path], &[])),
        Action::RestrictMode { path } => restrict(shell, path).map(|one| vec![one]),
        Action::AddInsteadOf { from, to } => {
            let key = format!("url.{to}.insteadOf");
            run(shell, &["git", "config", "--global", "--add", &key, from]).map(|one| vec![one])
        }
    };
    match commands {
        // A present value that a fix extends may hold a login.
        Some(commands) if commands.iter().all(|command| redact(command) == command.as_str()) => {
            commands.into_iter().map(Step::Command).collect()
        }
        _ => vec![Step::Withheld],
    }
}

fn at(path: &str, line: Option<usize>) -> String {
    line.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}"))
}

/// A name that each shell takes for a variable.
fn variable(name: &str) -> Option<&str> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (name.starts_with(|c: char| word(c) && !c.is_ascii_digit()) && name.chars().all(word)).then_some(name)
}

fn assignment(shell: Shell, name: &str, value: &str) -> Option<String> {
    quote_always(shell, &format!("{}={value}", variable(name)?))
}

/// The line that gives a variable a value; none where the shell could not take the value as it stands.
#[must_use]
pub fn set(shell: Shell, name: &str, value: &str) -> Option<String> {
    let name = variable(name)?;
    match shell {
        Shell::Sh => Some(format!("export {name}={}", quote_always(shell, value)?)),
        Shell::PowerShell => Some(format!("$env:{name} = {}", quote::powershell_string(value)?)),
        Shell::Cmd => Some(format!("set {}", quote_always(shell, &format!("{name}={value}"))?)),
    }
}

/// The line that takes a variable away.
#[must_use]
pub fn unset(shell: Shell, name: &str) -> Option<String> {
    let name = variable(name)?;
    Some(match shell {
        Shell::Sh => format!("unset {name}"),
        Shell::PowerShell => format!("Remove-Item Env:{name}"),
        Shell::Cmd => format!("set \"{name}=\""),
    })
}

fn run(shell: Shell, argv: &[&str]) -> Option<String> {
    let (program, arguments) = argv.split_first()?;
    let mut line = quote(shell, program)?;
    if shell == Shell::PowerShell && line.starts_with(['"', '\'']) {
        line.insert_str(0, "& ");
    }
    for argument in arguments {
        line.push(' ');
        line.push_str(&quote(shell, argument)?);
    }
    Some(line)
}

/// Removes pieces of one module version from the cache, and has go bring them anew. The `.lock` file is
/// no piece: another go process may hold it.
fn refetch(shell: Shell, cache: &str, module: &ModuleVersion, pieces: &[Piece]) -> Option<Vec<String>> {
    let cache = absolute(cache)?;
    let places = ModuleFiles::of(module).ok()?;
    let places = |of_folder: bool| -> Vec<String> {
        let pieces = pieces.iter().filter(|piece| (**piece == Piece::Folder) == of_folder);
        pieces.map(|piece| join_path(cache, places.of_piece(*piece))).collect()
    };
    let (trees, files) = (places(true), places(false));
    let [trees, files] = [&trees, &files].map(|places| places.iter().map(String::as_str).collect::<Vec<_>>());
    let mut lines = remove(shell, &trees, &files)?;
    lines.push(run(shell, &["go", "mod", "download", &module.to_string()])?);
    Some(lines)
}

/// Removes folders of the cache, which go makes read-only, and files.
fn remove(shell: Shell, trees: &[&str], files: &[&str]) -> Option<Vec<String>> {
    let list = |paths: &[&str], between: &str| -> Option<String> {
        Some(paths.iter().map(|path| quote_path(shell, path)).collect::<Option<Vec<_>>>()?.join(between))
    };
    let all: Vec<&str> = trees.iter().chain(files).copied().collect();
    if all.is_empty() {
        return Some(Vec::new());
    }
    Some(match shell {
        Shell::Sh if trees.is_empty() => vec![format!("rm -f {}", list(files, " ")?)],
        Shell::Sh => vec![format!("chmod -R u+w {}", list(trees, " ")?), format!("rm -rf {}", list(&all, " ")?)],
        Shell::PowerShell => {
            let strings = all.iter().map(|path| quote::powershell_path(path)).collect::<Option<Vec<_>>>()?.join(", ");
            vec![format!("Remove-Item -Recurse -Force -ErrorAction Ignore -LiteralPath {strings}")]
        }
        Shell::Cmd => {
            let rmdir = (!trees.is_empty()).then(|| Some(format!("rmdir /s /q {}", list(trees, " ")?)));
            let del = (!files.is_empty()).then(|| Some(format!("del /f /q {}", list(files, " ")?)));
            rmdir.into_iter().chain(del).collect::<Option<Vec<_>>>()?
        }
    })
}

fn restrict(shell: Shell, path: &str) -> Option<String> {
    let path = quote_path(shell, path)?;
    Some(match shell {
        Shell::Sh => format!("chmod 600 {path}"),
        Shell::PowerShell => format!("icacls {path} /inheritance:r /grant:r \"${{env:USERNAME}}:F\""),
        Shell::Cmd => format!("icacls {path} /inheritance:r /grant:r \"%USERNAME%:F\""),
    })
}

/// A path that is safe to remove from: absolute or in the home folder, below the root, and without
/// `..`.
fn absolute(path: &str) -> Option<&str> {
    let bytes = path.as_bytes();
    let drive = bytes.first().is_some_and(u8::is_ascii_alphabetic) && matches!(bytes.get(1..3), Some(b":\\" | b":/"));
    let rooted = path.starts_with('/') || path.starts_with("~/") || path.starts_with("\\\\") || drive;
    let mut elements = path.split(['/', '\\']).filter(|element| !element.is_empty());
    let deep = elements.clone().count() >= 2;
    (rooted && deep && elements.all(|element| element != "..") && !path.chars().any(is_dangerous)).then_some(path)
}

#[cfg(test)]
mod tests;
