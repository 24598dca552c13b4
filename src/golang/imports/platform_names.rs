//! The names of operating systems and processors that go recognises in file names and build tags
//! (go 1.21–1.27 share these lists).

/// Every GOOS that counts as a file-name suffix, past and future.
const KNOWN_OS: [&str; 18] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];

/// Every GOOS that satisfies the build tag `unix`.
const UNIX_OS: [&str; 12] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "linux",
    "netbsd",
    "openbsd",
    "solaris",
];

/// Every GOARCH that counts as a file-name suffix.
const KNOWN_ARCH: [&str; 24] = [
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "armbe",
    "arm64",
    "arm64be",
    "loong64",
    "mips",
    "mipsle",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
];

pub(super) fn is_known_os(name: &str) -> bool {
    KNOWN_OS.contains(&name)
}

pub(super) fn is_unix(os: &str) -> bool {
    UNIX_OS.contains(&os)
}

pub(super) fn is_known_arch(name: &str) -> bool {
    KNOWN_ARCH.contains(&name)
}
