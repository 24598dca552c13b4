//! Random modules that require each other, by a seed.

use std::collections::BTreeMap;

use gomoddoc::golang::build_list::{ModFile, Source};
use gomoddoc::golang::platform::Os;

use crate::support::modules::{self, Module};
use crate::support::sandbox::Sandbox;

/// Numbers that look random and are the same on every run (SplitMix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x9e37_79b9_7f4a_7c15)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap()
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn choose<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// The versions that every module has.
pub const VERSIONS: [&str; 4] = ["v1.0.0", "v1.1.0", "v1.2.0-rc.1", "v1.2.0"];

const GO_LINES: [&str; 7] = ["", "", "go 1.15", "go 1.16", "go 1.17", "go 1.20", "go 1.22"];

/// Modules of one seed: what the proxy serves, and the directories that replace some of them.
#[derive(Default)]
pub struct World {
    /// The path of the main module.
    pub main: String,
    pub paths: Vec<String>,
    pub modules: Vec<Module>,
    /// go.mod texts by directory name within the repository.
    pub replacing: BTreeMap<String, String>,
    go_lines: BTreeMap<(String, String), &'static str>,
}

impl World {
    pub fn new(seed: u64, random: &mut Random) -> Self {
        let count = 4 + random.below(7);
        let mut paths: Vec<String> = (0..count).map(|n| format!("s{seed}.test/m{n}")).collect();
        // Some modules lie within others.
        paths.push(format!("{}/nested", paths[0]));
        let mut world = Self { main: format!("s{seed}.test/main"), paths, ..Self::default() };
        for path in &world.paths {
            for version in VERSIONS {
                world.modules.push(Module::new(path, version));
                world.go_lines.insert((path.clone(), version.to_owned()), random.choose(&GO_LINES));
            }
        }
        world
    }

    /// Gives each module version requirements on any others, cycles included.
    pub fn require_freely(&mut self, random: &mut Random) {
        let paths = self.paths.clone();
        for module in &mut self.modules {
            let go = self.go_lines[&(module.path.clone(), module.version.clone())];
            let mut text = format!("module {}\n\n{go}\n\n", module.path);
            for path in &paths {
                if *path != module.path && random.once_in(4) {
                    text.push_str(&format!("require {path} {}\n", random.choose(&VERSIONS)));
                }
            }
            if random.once_in(6) {
                text.push_str(&format!("require {} v0.0.1\n", self.main));
            }
            if random.once_in(8) {
                text.push_str(&format!("retract {}\n", random.choose(&VERSIONS)));
            }
            *module = module.clone().go_mod(&text);
        }
        for version in ["v0.0.1", "v0.0.2"] {
            let path = random.below(paths.len());
            let text = format!("module {}\n\nrequire {} v1.1.0\n", self.main, paths[path]);
            self.modules.push(Module::new(&self.main, version).go_mod(&text));
        }
    }

    /// A main module with random requirements, replacements and exclusions.
    pub fn main_go_mod(&mut self, random: &mut Random) -> String {
        let go = random
            .choose(&["", "go 1.15", "go 1.16", "go 1.17", "go 1.18", "go 1.20", "go 1.21", "go 1.22", "go 1.25"]);
        let mut text = format!("module {}\n\n{go}\n\n", self.main);
        self.requirements(&mut text, random, 3);
        if random.once_in(6) {
            text.push_str(&format!("require {} {}\n", self.paths[0], random.choose(&VERSIONS)));
            text.push_str(&format!("require {} {}\n", self.paths[0], random.choose(&VERSIONS)));
        }
        for _ in 0..random.below(3) {
            let line = self.replace_line(random, "./");
            text.push_str(&line);
        }
        for _ in 0..random.below(3) {
            let path = random.below(self.paths.len());
            text.push_str(&format!("exclude {} {}\n", self.paths[path], random.choose(&VERSIONS)));
        }
        text
    }

    fn requirements(&self, text: &mut String, random: &mut Random, one_in: usize) {
        let mut some = false;
        for path in &self.paths {
            if random.once_in(one_in) {
                some = true;
                text.push_str(&format!("require {path} {}", random.choose(&VERSIONS)));
                text.push_str(if random.once_in(3) { " // indirect\n" } else { "\n" });
            }
        }
        if !some {
            text.push_str(&format!("require {} v1.0.0\n", self.paths[1]));
        }
    }

    fn replace_line(&mut self, random: &mut Random, to_root: &str) -> String {
        let old = self.paths[random.below(self.paths.len())].clone();
        let version = if random.once_in(2) { format!(" {}", random.choose(&VERSIONS)) } else { String::new() };
        // The name of a replacement must not be that of a module which is required as well.
        if random.once_in(2) {
            let fork = format!("{old}-fork");
            if self.modules.iter().all(|module| module.path != fork) {
                let like = self.modules.iter().find(|module| module.path == old).unwrap().clone();
                for version in VERSIONS {
                    self.modules.push(Module::new(&fork, version).go_mod(&like.mod_text()));
                }
            }
            return format!("replace {old}{version} => {fork} {}\n", random.choose(&VERSIONS));
        }
        let name = format!("local{}", self.replacing.len());
        let like = self.modules.iter().rfind(|module| module.path == old).unwrap().mod_text();
        self.replacing.insert(name.clone(), like);
        format!("replace {old}{version} => {to_root}{name}\n")
    }

    /// A go.work and its modules' go.mod files by directory.
    pub fn workspace(&mut self, random: &mut Random) -> (String, Vec<(String, String)>) {
        let go = random.choose(&["go 1.22", "go 1.23", "go 1.25"]);
        let count = 2 + random.below(2);
        let mut work = format!("{go}\n\n");
        let mut mains = Vec::new();
        for n in 0..count {
            let dir = format!("w{n}");
            let mut text =
                format!("module {}{n}\n\n{}\n\n", self.main, random.choose(&["go 1.16", "go 1.20", "go 1.22"]));
            self.requirements(&mut text, random, 3);
            if n > 0 && random.once_in(2) {
                text.push_str(&format!("require {}0 v0.0.1\n", self.main));
            }
            if random.once_in(2) {
                let line = self.replace_line(random, "../");
                text.push_str(&line);
            }
            if random.once_in(3) {
                text.push_str(&format!("exclude {} {}\n", self.paths[0], random.choose(&VERSIONS)));
            }
            work.push_str(&format!("use ./{dir}\n"));
            mains.push((dir, text));
        }
        if random.once_in(2) {
            let line = self.replace_line(random, "./");
            work.push_str(&line);
        }
        self.modules.push(Module::new(&format!("{}0", self.main), "v0.0.1"));
        (work, mains)
    }

    pub fn directories(&self) -> impl Iterator<Item = (&String, &String)> {
        self.replacing.iter()
    }

    /// Checksums of everything.
    pub fn go_sum(&self) -> String {
        modules::go_sum(&self.modules)
    }

    /// The go.mod that our build list asks for.
    pub fn mod_file(&self, source: &Source) -> ModFile {
        let text = match source {
            Source::Main(_) => None,
            Source::Module(wanted) => {
                let here = |module: &&Module| module.path == wanted.path && module.version == wanted.version;
                self.modules.iter().find(here).map(Module::mod_text)
            }
            Source::Directory(dir) => self.replacing.get(dir.trim_start_matches("./")).cloned(),
        };
        text.map_or(ModFile::Missing, |text| ModFile::read(text.as_bytes(), Os::Linux))
    }
}

/// Serves exactly these modules to the sandbox's commands.
pub fn serve(sandbox: &mut Sandbox, modules: &[Module]) {
    let folder = sandbox.path("proxy");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    modules::write_file_proxy(&folder, modules);
    sandbox.set("GOPROXY", format!("file://{}", folder.display()));
}
