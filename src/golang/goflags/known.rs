//! The flags that go accepts in GOFLAGS: those of any subcommand.

/// The flags of Go 1.21.
const ALWAYS: &[&str] = &[
    "C",
    "a",
    "asan",
    "asmflags",
    "bench",
    "benchmem",
    "benchtime",
    "blockprofile",
    "blockprofilerate",
    "buildmode",
    "buildvcs",
    "c",
    "cache",
    "compat",
    "compiled",
    "compiler",
    "count",
    "cover",
    "covermode",
    "coverpkg",
    "coverprofile",
    "cpu",
    "cpuprofile",
    "d",
    "deps",
    "dropexclude",
    "dropreplace",
    "droprequire",
    "dropretract",
    "dropuse",
    "e",
    "exclude",
    "exec",
    "export",
    "f",
    "failfast",
    "find",
    "fix",
    "fmt",
    "fullpath",
    "fuzz",
    "fuzzcache",
    "fuzzminimizetime",
    "fuzztime",
    "gccgoflags",
    "gcflags",
    "go",
    "i",
    "insecure",
    "installsuffix",
    "json",
    "ldflags",
    "linkshared",
    "list",
    "m",
    "memprofile",
    "memprofilerate",
    "mod",
    "modcache",
    "modcacherw",
    "modfile",
    "module",
    "msan",
    "mutexprofile",
    "mutexprofilefraction",
    "n",
    "o",
    "outputdir",
    "overlay",
    "p",
    "parallel",
    "pgo",
    "pkgdir",
    "print",
    "r",
    "race",
    "replace",
    "require",
    "retract",
    "retracted",
    "reuse",
    "run",
    "short",
    "shuffle",
    "skip",
    "t",
    "tags",
    "test",
    "testcache",
    "timeout",
    "toolchain",
    "toolexec",
    "trace",
    "trimpath",
    "u",
    "use",
    "v",
    "vendor",
    "versions",
    "vet",
    "vettool",
    "w",
    "work",
    "x",
];

/// Flags that came later, with the N of their Go 1.N.
const LATER: &[(&str, u32)] = &[
    ("artifacts", 26),
    ("changed", 23),
    ("diff", 23),
    ("dropgodebug", 23),
    ("dropignore", 25),
    ("droptool", 24),
    ("fixtool", 26),
    ("godebug", 23),
    ("ignore", 25),
    ("tool", 24),
];

/// The N of the Go 1.N that brought the flag, 0 if it is older than Go 1.22; nothing if no version
/// up to 1.27 knows it. Found by asking each version.
#[must_use]
pub fn since(name: &str) -> Option<u32> {
    if ALWAYS.contains(&name) {
        return Some(0);
    }
    LATER.iter().find(|(flag, _)| *flag == name).map(|(_, minor)| *minor)
}

/// Whether the flag takes a truth value in each command that knows it, so that it may stand without
/// a value. Only flags that matter to commands of modules and packages are listed.
#[must_use]
pub fn is_boolean(name: &str) -> bool {
    matches!(
        name,
        "a" | "asan"
            | "cover"
            | "e"
            | "insecure"
            | "linkshared"
            | "modcacherw"
            | "msan"
            | "n"
            | "race"
            | "trimpath"
            | "work"
            | "x"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_know_their_age() {
        assert_eq!((since("mod"), since("changed"), since("nosuch")), (Some(0), Some(23), None));
        assert!(is_boolean("modcacherw") && !is_boolean("mod"));
    }
}
