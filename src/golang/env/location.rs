//! Where go keeps its files: the user's env file, the build cache.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::super::file_path::{is_abs, join};
use super::super::go_version::GoVersion;
use super::super::platform::Os;
use super::Value;

/// The environment of a process, as `os.Getenv` sees it.
#[derive(Debug, Clone, Copy)]
pub struct ProcessEnv<'a> {
    os: Os,
    variables: &'a [(String, String)],
}

impl<'a> ProcessEnv<'a> {
    /// The variables of a process in their order.
    #[must_use]
    pub fn new(os: Os, variables: &'a [(String, String)]) -> Self {
        Self { os, variables }
    }

    /// The value of a variable, nothing if it is unset. Of a variable that stands there twice the
    /// first counts; on Windows the case of names does not.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.variables.iter().find(|(key, _)| self.same_name(key, name)).map(|(_, value)| value.as_str())
    }

    /// The value of a variable, nothing if it is unset or empty: to go the two are the same.
    #[must_use]
    pub fn non_empty(&self, name: &str) -> Option<&'a str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// The names in order.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.variables.iter().map(|(name, _)| name.as_str())
    }

    pub(super) fn same_name(&self, x: &str, y: &str) -> bool {
        if self.os == Os::Windows { x.eq_ignore_ascii_case(y) } else { x == y }
    }
}

/// The user's env file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum UserFile {
    /// At this path, which GOENV may have named. It may be relative.
    At {
        /// The path.
        path: Value,
    },
    /// `GOENV=off`.
    Off,
    /// There is no folder for it.
    Nowhere {
        /// Why.
        because: NoFolder,
    },
}

/// Why a folder of the user is not known. Displayed in Go's own words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Error)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum NoFolder {
    /// The variables that would name it are unset.
    #[error("{words}")]
    Unset {
        /// The variables, the usual one last.
        variables: Vec<String>,
        /// Go's sentence.
        words: String,
    },
    /// An XDG variable holds a relative path.
    #[error("path in ${variable} is relative")]
    Relative {
        /// The variable.
        variable: String,
    },
}

impl UserFile {
    /// Where go looks for the user's env file. Versions before 1.24 take a relative folder.
    #[must_use]
    pub fn locate(os: Os, process: &ProcessEnv<'_>, version: Option<&GoVersion>) -> Self {
        match process.non_empty("GOENV") {
            Some("off") => return Self::Off,
            Some(path) => return Self::At { path: Value::new("GOENV", path) },
            None => {}
        }
        let folder = match os {
            Os::Windows => below(process, "AppData", ""),
            Os::Darwin => below(process, "HOME", "/Library/Application Support"),
            Os::Plan9 => below(process, "home", "/lib"),
            Os::Linux | Os::Bsd => xdg(os, process, version, "XDG_CONFIG_HOME", "/.config"),
        };
        match folder {
            Ok(folder) => Self::At { path: Value::new("GOENV", &join(os, &[&folder, "go/env"])) },
            Err(because) => Self::Nowhere { because },
        }
    }

    /// The path, if there is one.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::At { path } => Some(path.as_str()),
            Self::Off | Self::Nowhere { .. } => None,
        }
    }
}

/// The default of GOCACHE. Versions before 1.24 take a relative folder.
///
/// # Errors
/// Why there is none: go then cannot build.
pub fn default_build_cache(os: Os, process: &ProcessEnv<'_>, version: Option<&GoVersion>) -> Result<String, NoFolder> {
    let folder = match os {
        Os::Windows => below(process, "LocalAppData", ""),
        Os::Darwin => below(process, "HOME", "/Library/Caches"),
        Os::Plan9 => below(process, "home", "/lib/cache"),
        Os::Linux | Os::Bsd => xdg(os, process, version, "XDG_CACHE_HOME", "/.cache"),
    }?;
    Ok(join(os, &[&folder, "go-build"]))
}

/// The variable that names the user's home folder on that system.
#[must_use]
pub const fn home_variable(os: Os) -> &'static str {
    match os {
        Os::Windows => "USERPROFILE",
        Os::Plan9 => "home",
        _ => "HOME",
    }
}

/// The default of GOPATH. It is dropped where it is the GOROOT of the process environment.
#[must_use]
pub fn default_gopath(os: Os, process: &ProcessEnv<'_>) -> Option<String> {
    let gopath = join(os, &[process.non_empty(home_variable(os))?, "go"]);
    let is_goroot = process.non_empty("GOROOT").is_some_and(|goroot| join(os, &[goroot]) == gopath);
    (!is_goroot).then_some(gopath)
}

fn below(process: &ProcessEnv<'_>, variable: &str, folder: &str) -> Result<String, NoFolder> {
    let windows = matches!(variable, "AppData" | "LocalAppData");
    let words = if windows { format!("%{variable}% is not defined") } else { format!("${variable} is not defined") };
    let base = process.non_empty(variable).ok_or(NoFolder::Unset { variables: vec![variable.to_owned()], words })?;
    Ok(format!("{base}{folder}"))
}

fn xdg(
    os: Os,
    process: &ProcessEnv<'_>,
    version: Option<&GoVersion>,
    variable: &str,
    folder: &str,
) -> Result<String, NoFolder> {
    let takes_relative = version.is_some_and(|version| !version.is_at_least(24));
    match process.non_empty(variable) {
        Some(path) if takes_relative || is_abs(os, path) => Ok(path.to_owned()),
        Some(_) => Err(NoFolder::Relative { variable: variable.to_owned() }),
        None => {
            let home = process.non_empty("HOME").ok_or_else(|| NoFolder::Unset {
                variables: vec![variable.to_owned(), "HOME".to_owned()],
                words: format!("neither ${variable} nor $HOME are defined"),
            })?;
            Ok(format!("{home}{folder}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(os: Os, variables: &[(&str, &str)]) -> Result<String, String> {
        let variables: Vec<_> = variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        match UserFile::locate(os, &ProcessEnv::new(os, &variables), None) {
            UserFile::At { path } => Ok(path.as_str().to_owned()),
            UserFile::Off => Err("off".to_owned()),
            UserFile::Nowhere { because } => Err(because.to_string()),
        }
    }

    #[test]
    fn the_env_file_lies_where_go_looks_for_it() {
        for (os, variables, expected) in [
            (Os::Linux, vec![("HOME", "/home/u")], Ok("/home/u/.config/go/env")),
            (Os::Linux, vec![("HOME", "/home/u"), ("XDG_CONFIG_HOME", "/cfg")], Ok("/cfg/go/env")),
            (Os::Linux, vec![("HOME", "/home/u"), ("XDG_CONFIG_HOME", "")], Ok("/home/u/.config/go/env")),
            (Os::Linux, vec![("XDG_CONFIG_HOME", "cfg")], Err("path in $XDG_CONFIG_HOME is relative")),
            (Os::Linux, vec![], Err("neither $XDG_CONFIG_HOME nor $HOME are defined")),
            (Os::Darwin, vec![("HOME", "/Users/u")], Ok("/Users/u/Library/Application Support/go/env")),
            (Os::Darwin, vec![], Err("$HOME is not defined")),
            (
                Os::Windows,
                vec![("APPDATA", "C:\\Users\\u\\AppData\\Roaming")],
                Ok("C:\\Users\\u\\AppData\\Roaming\\go\\env"),
            ),
            (Os::Windows, vec![("HOME", "C:\\x")], Err("%AppData% is not defined")),
            (Os::Plan9, vec![("home", "/usr/u")], Ok("/usr/u/lib/go/env")),
            (Os::Linux, vec![("GOENV", "off"), ("HOME", "/home/u")], Err("off")),
            (Os::Linux, vec![("GOENV", "/etc/go.env")], Ok("/etc/go.env")),
            (Os::Linux, vec![("GOENV", "rel")], Ok("rel")),
        ] {
            assert_eq!(
                located(os, &variables),
                expected.map(str::to_owned).map_err(str::to_owned),
                "{os:?} {variables:?}"
            );
        }
    }

    #[test]
    fn old_versions_take_a_relative_folder() {
        let variables = [("XDG_CONFIG_HOME".to_owned(), "cfg".to_owned())];
        let old = GoVersion::parse("1.23.9");
        let located = UserFile::locate(Os::Linux, &ProcessEnv::new(Os::Linux, &variables), old.as_ref());
        assert_eq!(located.path(), Some("cfg/go/env"));
    }

    #[test]
    fn the_first_of_two_counts_and_windows_ignores_case() {
        let variables = [("A".to_owned(), "1".to_owned()), ("A".to_owned(), "2".to_owned())];
        assert_eq!(ProcessEnv::new(Os::Linux, &variables).get("A"), Some("1"));
        assert_eq!(ProcessEnv::new(Os::Linux, &variables).get("a"), None);
        assert_eq!(ProcessEnv::new(Os::Windows, &variables).get("a"), Some("1"));
    }
}
