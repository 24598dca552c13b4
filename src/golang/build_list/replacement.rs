//! `replace` lines of go.mod and go.work.

use std::collections::HashMap;

use super::summary::{Input, MainModule, Replace, Source};
use crate::golang::module_path::ModuleVersion;

/// Two `replace` lines that contradict each other; go stops at them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplaceConflict {
    /// What both replace.
    pub old: ModuleVersion,
    /// The first replacement.
    pub first: ModuleVersion,
    /// The other one.
    pub second: ModuleVersion,
}

/// All replacements in effect.
#[derive(Debug, Clone, Default)]
pub struct Replacements {
    main_paths: Vec<String>,
    workspace: HashMap<ModuleVersion, ModuleVersion>,
    /// One map for each main module.
    modules: Vec<HashMap<ModuleVersion, ModuleVersion>>,
    conflicts: Vec<ReplaceConflict>,
}

impl Replacements {
    pub(super) fn new(input: &Input) -> Self {
        let mut made = Self {
            main_paths: input.main_modules.iter().filter_map(|main| main.file.module_path.clone()).collect(),
            ..Self::default()
        };
        let in_workspace = input.workspace.is_some();
        if let Some(workspace) = &input.workspace {
            made.workspace = made.map_of(workspace.replace.iter().cloned());
        }
        let mut across: HashMap<ModuleVersion, ModuleVersion> = HashMap::new();
        for main in &input.main_modules {
            let lines =
                main.file.replace.iter().map(|line| if in_workspace { from_root(line, main) } else { line.clone() });
            let map = made.map_of(lines);
            // A path that go.work replaces at any version is settled there.
            let settled = |old: &ModuleVersion| made.workspace.keys().any(|key| key.path == old.path);
            let mut contradicting: Vec<ReplaceConflict> = Vec::new();
            for (old, new) in map.iter().filter(|(old, _)| !settled(old)) {
                let first = across.entry(old.clone()).or_insert_with(|| new.clone());
                if first != new {
                    contradicting.push(ReplaceConflict { old: old.clone(), first: first.clone(), second: new.clone() });
                }
            }
            contradicting.sort_by(|a, b| a.old.cmp(&b.old));
            made.conflicts.extend(contradicting);
            made.modules.push(map);
        }
        made
    }

    fn map_of(&mut self, lines: impl Iterator<Item = Replace>) -> HashMap<ModuleVersion, ModuleVersion> {
        let mut map: HashMap<ModuleVersion, ModuleVersion> = HashMap::new();
        for line in lines {
            if let Some(first) = map.get(&line.old)
                && *first != line.new
            {
                let conflict = ReplaceConflict { old: line.old, first: first.clone(), second: line.new };
                self.conflicts.push(conflict);
                continue;
            }
            map.insert(line.old, line.new);
        }
        map
    }

    /// The contradictions between `replace` lines.
    #[must_use]
    pub fn conflicts(&self) -> &[ReplaceConflict] {
        &self.conflicts
    }

    /// The contradiction about one module between the `replace` lines of two workspace modules, where
    /// the later one names a version and the earlier one does not: go notices it once it needs that
    /// module. (The other way round go takes the later line without a word.)
    #[must_use]
    pub fn conflict_on(&self, module: &ModuleVersion) -> Option<ReplaceConflict> {
        if find(&self.workspace, module).is_some()
            || (module.version.is_empty() && self.main_paths.contains(&module.path))
        {
            return None;
        }
        let mut before: Option<&ModuleVersion> = None;
        for map in &self.modules {
            let Some((old, new)) = find(map, module) else { continue };
            if let Some(first) = before.filter(|first| *first != new && !old.version.is_empty()) {
                return Some(ReplaceConflict { old: module.clone(), first: first.clone(), second: new.clone() });
            }
            before = Some(new);
        }
        None
    }

    /// What stands in for `module`: a module with a version, or a directory without.
    #[must_use]
    pub fn of(&self, module: &ModuleVersion) -> Option<&ModuleVersion> {
        if module.version.is_empty() && self.main_paths.contains(&module.path) {
            return None;
        }
        let in_modules = || self.modules.iter().rev().find_map(|map| find(map, module));
        find(&self.workspace, module).or_else(in_modules).map(|(_, new)| new)
    }

    /// Where the go.mod and the packages of `module` come from.
    #[must_use]
    pub fn source(&self, module: &ModuleVersion) -> Source {
        if module.version.is_empty()
            && let Some(index) = self.main_paths.iter().position(|path| *path == module.path)
        {
            return Source::Main(index);
        }
        match self.of(module) {
            Some(new) if new.version.is_empty() => Source::Directory(new.path.clone()),
            Some(new) => Source::Module(new.clone()),
            None => Source::Module(module.clone()),
        }
    }

    /// The highest replaced version of every replaced path (empty where only a line without version
    /// replaces it), by path: what go tries for a missing import before it asks the network.
    #[must_use]
    pub fn highest_replaced(&self) -> Vec<ModuleVersion> {
        let mut highest: HashMap<&str, &str> = HashMap::new();
        let settled = |path: &str| self.workspace.keys().any(|key| key.path == path);
        let olds = self.modules.iter().flat_map(HashMap::keys).filter(|old| !settled(&old.path));
        for old in self.workspace.keys().chain(olds) {
            let kept = highest.entry(&old.path).or_insert(&old.version);
            // Here, unlike in the graph, the empty version is the lowest.
            if kept.is_empty()
                || (!old.version.is_empty() && super::version::compare(&old.path, kept, &old.version).is_lt())
            {
                *kept = &old.version;
            }
        }
        let mut list: Vec<_> = highest.into_iter().map(|(path, version)| ModuleVersion::new(path, version)).collect();
        list.sort();
        list
    }
}

/// The line for the version of `module`, or else the one for all versions.
fn find<'a>(
    map: &'a HashMap<ModuleVersion, ModuleVersion>,
    module: &ModuleVersion,
) -> Option<(&'a ModuleVersion, &'a ModuleVersion)> {
    map.get_key_value(module).or_else(|| map.get_key_value(&ModuleVersion::new(module.path.as_str(), "")))
}

/// In a workspace a relative directory means one from the go.mod that names it.
fn from_root(line: &Replace, main: &MainModule) -> Replace {
    if !line.new.version.is_empty() || is_absolute(&line.new.path) {
        return line.clone();
    }
    Replace { old: line.old.clone(), new: ModuleVersion::new(join(&main.dir, &line.new.path), "") }
}

fn is_absolute(path: &str) -> bool {
    let bytes = path.as_bytes();
    matches!(bytes, [b'/' | b'\\', ..])
        || matches!(bytes, [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic())
}

/// Joins two paths with `/` and cleans the result, without looking at the disk.
fn join(dir: &str, path: &str) -> String {
    let absolute = dir.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in dir.split(['/', '\\']).chain(path.split(['/', '\\'])) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if absolute => {}
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (absolute, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) if parts.first() == Some(&"..") => joined,
        (false, false) => format!("./{joined}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golang::build_list::summary::{ModSummary, Workspace};

    fn module(text: &str) -> ModuleVersion {
        let (path, version) = text.split_once('@').unwrap_or((text, ""));
        ModuleVersion::new(path, version)
    }

    fn lines(text: &str) -> Vec<Replace> {
        let line = |text: &str| {
            let (old, new) = text.trim().split_once(" => ").unwrap();
            Replace { old: module(old), new: module(new) }
        };
        text.split(';').filter(|text| !text.trim().is_empty()).map(line).collect()
    }

    fn main(path: &str, dir: &str, replace: &str) -> MainModule {
        let file = ModSummary { module_path: Some(path.into()), replace: lines(replace), ..Default::default() };
        MainModule { file, dir: dir.into() }
    }

    fn source(replacements: &Replacements, text: &str) -> Source {
        replacements.source(&module(text))
    }

    #[test]
    fn versioned_lines_win_over_others() {
        let input = Input {
            main_modules: vec![main(
                "m.x/m",
                "",
                "a.x/a => ../a; a.x/a@v1.0.0 => b.x/b@v1.1.0; a.x/a@v1.0.0 => c.x/c@v1.0.0",
            )],
            ..Default::default()
        };
        let replacements = Replacements::new(&input);
        assert_eq!(source(&replacements, "a.x/a@v1.0.0"), Source::Module(module("b.x/b@v1.1.0")));
        assert_eq!(source(&replacements, "a.x/a@v1.2.0"), Source::Directory("../a".into()));
        assert_eq!(source(&replacements, "d.x/d@v1.2.0"), Source::Module(module("d.x/d@v1.2.0")));
        assert_eq!(source(&replacements, "m.x/m"), Source::Main(0));
        assert_eq!(replacements.conflicts().len(), 1);
        assert_eq!(replacements.highest_replaced(), [module("a.x/a@v1.0.0")]);
    }

    #[test]
    fn workspaces() {
        let input = Input {
            main_modules: vec![
                main("m.x/m", "./m", "a.x/a => ../lib/a; b.x/b => b.x/fork@v1.0.0"),
                main("m.x/n", "./sub/n", "a.x/a => ../../lib/a; b.x/b => b.x/other@v1.0.0; c.x/c => /abs/c"),
            ],
            workspace: Some(Workspace { replace: lines("b.x/b@v1.5.0 => ./b"), ..Default::default() }),
            ..Default::default()
        };
        let replacements = Replacements::new(&input);
        assert_eq!(source(&replacements, "a.x/a@v1.0.0"), Source::Directory("./lib/a".into()));
        assert_eq!(source(&replacements, "b.x/b@v1.5.0"), Source::Directory("./b".into()));
        assert_eq!(source(&replacements, "c.x/c@v1.5.0"), Source::Directory("/abs/c".into()));
        assert_eq!(source(&replacements, "m.x/n"), Source::Main(1));
        assert_eq!(replacements.conflicts(), []);
        let without = Input { workspace: Some(Workspace::default()), ..input };
        assert_eq!(Replacements::new(&without).conflicts().len(), 1);
    }

    #[test]
    fn joining() {
        for (dir, path, expected) in [
            ("./a", "../b", "./b"),
            ("", "../b", "../b"),
            ("a", "..", "."),
            ("../x", "../../b", "../../b"),
            ("/w/a", "../../../b", "/b"),
            ("a", ".\\b", "./a/b"),
        ] {
            assert_eq!(join(dir, path), expected, "{dir} {path}");
        }
    }
}
