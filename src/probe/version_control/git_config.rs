//! git's configuration as the git sees it that go runs: in a folder outside of any repository.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::disk::{Follow, read_text_capped};
use crate::facts::version_control::ConfigOrigin;
use crate::model::Foreign;
use crate::probe::{World, on_path};
use crate::process::{Command, End, Output};

use super::config_line::line_of;
use super::git::bare_environment;

/// The configuration file of a repository is small; what is larger is none.
const MAX_LOCAL: u64 = 4 << 20;

/// What git is configured to do. It may hold secrets, and never leaves the probes.
#[derive(Debug, Default)]
pub struct GitConfig {
    /// The settings, in the order in which git reads them: of two the later counts.
    pub entries: Vec<Entry>,
    /// What git says where it cannot read them.
    pub broken: Option<Foreign>,
}

/// A setting.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// `system`, `global`, `command`; `local` where go's git does not see it.
    pub scope: String,
    /// The file, without secrets.
    pub file: String,
    /// Section and name in lower case, with the subsection as written between them.
    pub key: String,
    /// The value; none where the key stands alone.
    pub value: Option<String>,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The value may be a token.
        write!(f, "{}:{} {}", self.scope, self.file, self.key)
    }
}

impl Entry {
    /// Where it stands.
    pub fn origin(&self) -> ConfigOrigin {
        ConfigOrigin { scope: Foreign::new(&self.scope), file: Foreign::new(&self.file), line: None }
    }

    /// Where it stands, with the line: the file is read once more.
    pub fn origin_with_line(&self) -> ConfigOrigin {
        let file = Path::new(&self.file);
        let text = file.is_absolute().then(|| read_text_capped(file, MAX_LOCAL, Follow::Yes).ok()).flatten();
        let line = text.and_then(|text| line_of(&text, &self.key, self.value()));
        ConfigOrigin { line, ..self.origin() }
    }

    /// Whether the git that go runs sees it.
    pub fn seen_by_go(&self) -> bool {
        !matches!(self.scope.as_str(), "local" | "worktree")
    }

    /// The value; empty where there is none.
    pub fn value(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }

    /// The subsection and the name of a key such as `http.<url>.proxy`, where it is of `section`.
    pub fn within(&self, section: &str) -> Option<(&str, &str)> {
        let rest = self.key.strip_prefix(section)?.strip_prefix('.')?;
        Some(rest.rsplit_once('.').unwrap_or(("", rest)))
    }
}

impl GitConfig {
    /// The last value that go's git sees of a key in lower case.
    pub fn last(&self, key: &str) -> Option<&str> {
        self.entries.iter().rev().find(|entry| entry.key == key && entry.seen_by_go()).map(Entry::value)
    }
}

/// Reads it: by git itself where there is one, and the repository's own file beside it.
pub async fn look(world: &World) -> GitConfig {
    let mut config = match on_path("git", &world.process) {
        Some(git) => by_git(world, &git).await,
        None => without_git(world),
    };
    config.entries.extend(local_file(&world.directory).map(|file| by_libgit2(&file, "local")).unwrap_or_default());
    config
}

async fn by_git(world: &World, git: &Path) -> GitConfig {
    let output = list(world, git, &["config", "--list", "--show-scope", "--show-origin", "-z"]).await;
    // --show-scope came with git 2.26.
    let (output, scoped) = match output.end {
        End::Exited(129) => (list(world, git, &["config", "--list", "--show-origin", "-z"]).await, false),
        _ => (output, true),
    };
    match output.end {
        End::Exited(0) => GitConfig { entries: parse(&output.stdout.bytes, scoped), broken: None },
        // Neither option: a git before 2.8.
        End::Exited(129) | End::NotStarted(_) => without_git(world),
        _ => GitConfig { entries: Vec::new(), broken: Some(Foreign::from_bytes(&output.stderr.bytes)) },
    }
}

async fn list(world: &World, git: &Path, args: &[&str]) -> Output {
    let limit = Duration::from_secs(5).min(world.deadline.remaining());
    bare_environment(world, Command::new(git)).args(args).limit(limit).run().await
}

/// The files that git would read, where it cannot be asked.
fn without_git(world: &World) -> GitConfig {
    let mut entries = Vec::new();
    let system = ("system", PathBuf::from("/etc/gitconfig"));
    let xdg = world.variable("XDG_CONFIG_HOME").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let xdg = xdg.or_else(|| world.home().map(|home| home.join(".config"))).map(|folder| folder.join("git/config"));
    let home = world.home().map(|home| home.join(".gitconfig"));
    for (scope, file) in [Some(system), xdg.map(|file| ("global", file)), home.map(|file| ("global", file))]
        .into_iter()
        .flatten()
        .filter(|(_, file)| is_small_file(file))
    {
        entries.extend(by_libgit2(&file, scope));
    }
    GitConfig { entries, broken: None }
}

fn is_small_file(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= MAX_LOCAL)
}

/// The configuration file of the repository around a folder; that of a worktree is its main one's.
fn local_file(directory: &Path) -> Option<PathBuf> {
    let git = directory.ancestors().map(|folder| folder.join(".git")).find(|path| path.exists())?;
    let folder = if git.is_dir() {
        git
    } else {
        let text = read_text_capped(&git, 4_096, Follow::Yes).ok()?;
        let named = git.parent()?.join(text.strip_prefix("gitdir:")?.trim());
        let common = read_text_capped(&named.join("commondir"), 4_096, Follow::Yes).ok();
        common.map_or(named.clone(), |common| named.join(common.trim()))
    };
    let file = folder.join("config");
    is_small_file(&file).then_some(file)
}

fn by_libgit2(file: &Path, scope: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let Ok(config) = git2::Config::open(file) else { return entries };
    if let Ok(all) = config.entries(None) {
        let _ = all.for_each(|entry| {
            if let Ok(key) = entry.name() {
                entries.push(Entry {
                    scope: scope.to_owned(),
                    file: file.display().to_string(),
                    key: key.to_owned(),
                    value: entry.value().ok().map(str::to_owned),
                });
            }
        });
    }
    entries
}

/// `scope NUL origin NUL key LF value NUL`, and so on. Without scopes, what is not below a home is
/// taken for the system's.
fn parse(output: &[u8], scoped: bool) -> Vec<Entry> {
    let text = String::from_utf8_lossy(output);
    let mut fields = text.split('\0');
    let mut entries = Vec::new();
    loop {
        let scope = if scoped { fields.next() } else { Some("global") };
        let (Some(scope), Some(origin), Some(setting)) = (scope, fields.next(), fields.next()) else { return entries };
        let (key, value) = match setting.split_once('\n') {
            Some((key, value)) => (key, Some(value.to_owned())),
            None => (setting, None),
        };
        let file = origin.strip_prefix("file:").unwrap_or(origin).trim_end_matches(':');
        let scope = if !scoped && file.starts_with("/etc/") { "system" } else { scope };
        entries.push(Entry { scope: scope.to_owned(), file: file.to_owned(), key: key.to_owned(), value });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_files_and_values_are_read() {
        let output = b"system\0file:/etc/gitconfig\0core.bare\0global\0file:/h/.gitconfig\0url.ssh://git@h/.insteadof\nhttps://h/\0command\0command line:\0http.proxy\na\nb\0";
        let entries = parse(output, true);
        let seen: Vec<_> = entries
            .iter()
            .map(|entry| (entry.scope.as_str(), entry.file.as_str(), entry.key.as_str(), entry.value.as_deref()))
            .collect();
        assert_eq!(
            seen,
            [
                ("system", "/etc/gitconfig", "core.bare", None),
                ("global", "/h/.gitconfig", "url.ssh://git@h/.insteadof", Some("https://h/")),
                ("command", "command line", "http.proxy", Some("a\nb")),
            ]
        );
        assert_eq!(entries[1].within("url"), Some(("ssh://git@h/", "insteadof")));
        assert_eq!(entries[2].within("http"), Some(("", "proxy")));
        assert_eq!(entries[2].within("url"), None);
    }

    #[test]
    fn an_old_git_tells_no_scopes() {
        let entries = parse(b"file:/etc/gitconfig\0a.b\nc\0file:/h/.gitconfig\0a.b\nd\0", false);
        assert_eq!(entries.iter().map(|entry| entry.scope.as_str()).collect::<Vec<_>>(), ["system", "global"]);
    }

    #[test]
    fn cut_off_output_is_no_setting() {
        assert!(parse(b"global\0file:/h", true).is_empty());
        assert!(parse(b"", true).is_empty());
    }

    #[test]
    fn a_repository_s_own_file_is_found_from_below_and_from_a_worktree() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("main/.git/worktrees/w")).unwrap();
        std::fs::create_dir_all(at("main/a/b")).unwrap();
        std::fs::create_dir_all(at("w")).unwrap();
        std::fs::write(at("main/.git/config"), "[http \"https://h/\"]\n\textraHeader = X: y\n").unwrap();
        std::fs::write(at("main/.git/worktrees/w/commondir"), "../..\n").unwrap();
        std::fs::write(at("w/.git"), format!("gitdir: {}\n", at("main/.git/worktrees/w").display())).unwrap();
        for from in ["main/a/b", "w"] {
            let file = local_file(&at(from)).unwrap();
            let entries = by_libgit2(&file, "local");
            assert_eq!(
                entries.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(),
                ["http.https://h/.extraheader"]
            );
            assert!(!entries[0].seen_by_go());
        }
    }
}
