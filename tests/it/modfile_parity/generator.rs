//! Files that go.mod and go.work writers could have written, and files broken in one place or more.
//! The same seed gives the same files.

/// SplitMix64: small, and the same everywhere.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below the limit.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the list.
    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const PATHS: &[&str] = &["a.b/c", "a.b/c/v2", "gopkg.in/yaml.v3", "github.com/Azure/x", "x.y/z-w_~", "\"a.b/quoted\""];
const BAD_PATHS: &[&str] = &[
    "a.b/c/v1",
    "a.b/c/v02",
    "gopkg.in/yaml",
    "'a.b/c'",
    "\"a\\qb\"",
    "`a.b/c`",
    "a\"b",
    "\"\"",
    "a.b/c/v2.0",
    "ä.b/c",
];
const VERSIONS: &[&str] = &[
    "v1.2.3",
    "v0.0.0-20200101000000-abcdefabcdef",
    "v1.0.0-rc.1",
    "v2.3.4+incompatible",
    "v1",
    "v1.2",
    "\"v1.2.3\"",
    "v1.2.3+meta",
];
const BAD_VERSIONS: &[&str] =
    &["v2.0.0", "master", "1.2.3", "v1.2.3-", "latest", "v01.0.0", "'v1'", "\"\"", "v3.0.0", ">=v1.0.0"];
const TARGETS: &[&str] =
    &["./c", "../c", "/abs/c", "C:/c", "a.b/d v1.0.0", "a.b/d/v2 v2.0.0", ".", "..", "\"./with space\""];
const BAD_TARGETS: &[&str] = &[
    "c",
    "a.b/d",
    "a.b/d@v1.0.0",
    "./c v1.0.0",
    ".\\c",
    "..\\c",
    "C:\\c",
    "a.b/d master",
    "",
    "a.b/d v1 v2",
    "a.b/d v9.0.0",
];
const GOS: &[&str] = &["1.21", "1.21.3", "1.23rc1", "1.9", "2.0", "1.30beta2"];
const BAD_GOS: &[&str] =
    &["v1.21", "1", "1.021", "1.21.x", "1.21-foo", "\"1.21\"", "1.21 1.22", "", "go1.21", "1.21.3rc1x"];
const TOOLCHAINS: &[&str] = &["go1.21.3", "default", "go1.99-custom", "go1"];
const BAD_TOOLCHAINS: &[&str] = &["1.21", "go2", "", "local", "go1.21 x", "\"go1.21\"", "go1x"];
const GODEBUGS: &[&str] = &["default=go1.21", "a=b", "a=", "=b", "a=b=c", "x"];
const BAD_GODEBUGS: &[&str] = &["a", "", "a=b c=d", "a=\"b\"", "a=b,c"];
const COMMENTS: &[&str] = &[
    "// indirect",
    "// indirect; why",
    "// indirect ;",
    "//indirect",
    "// other",
    "// Deprecated: old",
    "//",
    "// indirectly",
    "// indirect;",
];
const NOISE: &[&str] = &[
    "\"",
    "`",
    "(",
    ")",
    "[",
    "]",
    ",",
    "{",
    "/*",
    "*/",
    "//",
    "\u{feff}",
    "\0",
    "\n",
    "\r",
    "\\",
    "=>",
    "\u{a0}",
    "\u{301}",
    "ä",
    "\x7f",
    "\t",
    " ",
    "<<<<<<< HEAD\n",
    "=======\n",
    ">>>>>>> b\n",
];

struct Writer {
    random: Random,
    /// Percent of arguments that are taken from the bad ones.
    bad: usize,
    out: String,
}

impl Writer {
    fn one(&mut self, good: &[&'static str], bad: &[&'static str]) -> &'static str {
        if self.random.chance(self.bad) { self.random.pick(bad) } else { self.random.pick(good) }
    }

    fn arguments(&mut self, verb: &str) -> String {
        match verb {
            "module" => self.one(PATHS, BAD_PATHS).to_owned(),
            "go" => self.one(GOS, BAD_GOS).to_owned(),
            "toolchain" => self.one(TOOLCHAINS, BAD_TOOLCHAINS).to_owned(),
            "godebug" => self.one(GODEBUGS, BAD_GODEBUGS).to_owned(),
            "require" | "exclude" => {
                let path = self.one(PATHS, BAD_PATHS);
                let version = match path {
                    "a.b/c/v2" if !self.random.chance(self.bad) => "v2.5.0",
                    "gopkg.in/yaml.v3" if !self.random.chance(self.bad) => "v3.0.1",
                    _ => self.one(VERSIONS, BAD_VERSIONS),
                };
                let extra = if self.random.chance(self.bad / 4) { " extra" } else { "" };
                format!("{path} {version}{extra}")
            }
            "replace" => {
                let path = self.one(PATHS, BAD_PATHS);
                let version = if self.random.chance(30) && !path.contains("/v2") && !path.contains("yaml") {
                    self.one(VERSIONS, BAD_VERSIONS)
                } else {
                    ""
                };
                let arrow = self.one(&["=>"], &["=>", "->", "", "=> =>"]);
                format!("{path} {version} {arrow} {}", self.one(TARGETS, BAD_TARGETS))
            }
            "retract" => {
                let (low, high) = (self.one(VERSIONS, BAD_VERSIONS), self.one(VERSIONS, BAD_VERSIONS));
                let good = [low.to_owned(), format!("[{low}, {high}]"), format!("[ {low} ,{high} ]")];
                let bad = [
                    format!("[{low}"),
                    format!("[{low},"),
                    "[".to_owned(),
                    format!("[{low} {high}]"),
                    format!("[{low}, {high}"),
                    format!("{low} {high}"),
                    format!("[{low}, {high}] x"),
                    String::new(),
                ];
                if self.random.chance(self.bad) {
                    bad[self.random.below(bad.len())].clone()
                } else {
                    good[self.random.below(good.len())].clone()
                }
            }
            "use" => self.one(&["./a", "../b", "/c", "\"./d e\"", "plain"], &["", "a b", "'x'", "\"\\z\""]).to_owned(),
            _ => self.one(&["a.b/c/cmd/x", "./dir", "\"with space\""], &["", "a b", "'x'", "\"\\z\""]).to_owned(),
        }
    }

    fn space(&mut self) {
        let space = self.random.pick(&[" ", " ", " ", "\t", "  ", " \r"]);
        self.out.push_str(space);
    }

    fn end_of_line(&mut self) {
        if self.random.chance(30) {
            self.space();
            let comment = self.random.pick(COMMENTS);
            self.out.push_str(comment);
        }
        let end = self.random.pick(&["\n", "\n", "\n", "\n", "\r\n", "\n\n"]);
        self.out.push_str(end);
    }

    fn comment_lines(&mut self) {
        while self.random.chance(25) {
            let comment = self.random.pick(COMMENTS);
            self.out.push_str(comment);
            self.out.push('\n');
        }
        if self.random.chance(15) {
            self.out.push('\n');
        }
    }

    fn statement(&mut self, verb: &str, may_be_block: bool) {
        self.comment_lines();
        let may_be_block = may_be_block || self.random.chance(self.bad / 4);
        self.out.push_str(verb);
        self.space();
        if !may_be_block || !self.random.chance(40) {
            let arguments = self.arguments(verb);
            self.out.push_str(&arguments);
            self.end_of_line();
            return;
        }
        self.out.push('(');
        if self.random.chance(10) {
            self.out.push(')');
            self.end_of_line();
            return;
        }
        self.end_of_line();
        for _ in 0..self.random.below(4) {
            self.comment_lines();
            self.out.push('\t');
            let arguments = self.arguments(verb);
            self.out.push_str(&arguments);
            self.end_of_line();
        }
        if !self.random.chance(self.bad / 8) {
            self.out.push(')');
        }
        if self.random.chance(self.bad / 8) {
            self.out.push_str(" x");
        }
        self.end_of_line();
    }

    /// Puts the markers of an unfinished merge around two neighbouring lines.
    fn conflict(&mut self) {
        let mut lines: Vec<&str> = self.out.split_inclusive('\n').collect();
        let at = self.random.below(lines.len());
        for (number, marker) in ["<<<<<<< HEAD\n", "=======\n", ">>>>>>> branch\n"].into_iter().enumerate() {
            lines.insert((at + 2 * number).min(lines.len()), marker);
        }
        self.out = lines.concat();
    }

    fn broken(&mut self) {
        if self.random.chance(20) && !self.out.is_empty() {
            self.conflict();
        }
        for _ in 0..=self.random.below(2) {
            let places: Vec<usize> = self.out.char_indices().map(|(at, _)| at).collect();
            if places.is_empty() {
                return;
            }
            let at = places[self.random.below(places.len())];
            if self.random.chance(60) {
                let noise = self.random.pick(NOISE);
                self.out.insert_str(at, noise);
            } else {
                self.out.remove(at);
            }
        }
    }
}

fn files(count: usize, seed: u64, first: &[&str], single: &[&str], blocks: &[&str]) -> Vec<Vec<u8>> {
    (0..count)
        .map(|number| {
            let random = Random(seed.wrapping_add(number as u64).wrapping_mul(0x2545_f491_4f6c_dd1d));
            // A third of the files is good, a third has bad arguments, a third is broken as text too.
            let kind = number % 3;
            let mut writer = Writer { random, bad: if kind == 0 { 0 } else { 12 }, out: String::new() };
            for verb in first {
                writer.statement(verb, *verb == "module");
            }
            for verb in single {
                if writer.random.chance(50) {
                    writer.statement(verb, false);
                }
            }
            for _ in 0..writer.random.below(7) {
                let verb = match writer.random.below(100) {
                    0 if kind != 0 => "unknown",
                    1 if kind != 0 => single[0],
                    2 if kind != 0 => "module",
                    _ => writer.random.pick(blocks),
                };
                writer.statement(verb, !single.contains(&verb));
            }
            if kind == 2 {
                writer.broken();
            }
            let mut bytes = writer.out.into_bytes();
            if kind == 2 && number % 15 == 2 && !bytes.is_empty() {
                let at = number % bytes.len();
                bytes[at] = 0xff;
            }
            bytes
        })
        .collect()
}

pub fn go_mod_files(count: usize) -> Vec<Vec<u8>> {
    let blocks =
        ["require", "require", "require", "exclude", "replace", "replace", "retract", "tool", "ignore", "godebug"];
    files(count, 1, &["module"], &["go", "toolchain"], &blocks)
}

pub fn go_work_files(count: usize) -> Vec<Vec<u8>> {
    files(count, 2, &[], &["go", "toolchain"], &["use", "use", "replace", "godebug"])
}
