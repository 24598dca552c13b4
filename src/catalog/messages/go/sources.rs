//! What go says of version control.

use super::{Format, go, part, w};

pub(super) const FORMATS: &[Format] = &[
    go(
        "go/git-command",
        &[
            w(
                ": exit status ",
                r"\b(?:git|hg|svn|bzr|fossil) (?:-c \S+ )*(?P<command>[a-z][a-z-]*)\b.* in (?P<path>\S.*?[/\\]cache[/\\]vcs[/\\](?:[0-9a-f.]|…)+): (?:exit status|signal:?) (?P<status>\w+)",
            ),
            w(
                ": signal",
                r"\b(?:git|hg|svn|bzr|fossil) (?:-c \S+ )*(?P<command>[a-z][a-z-]*)\b.* in (?P<path>\S.*?[/\\]cache[/\\]vcs[/\\](?:[0-9a-f.]|…)+): (?:exit status|signal:?) (?P<status>\w+)",
            ),
            w(
                ": exit status ",
                r"\bgit ls-remote -q(?: --end-of-options)? \S+(?: in \S+)?: exit status (?P<status>\d+)",
            ),
            w("git ls-remote", r"\bgit ls-remote -q(?: --end-of-options)? \S+ in$"),
            w(
                "cache/vcs",
                r"\b(?:git|hg|svn|bzr) (?:-c \S+ )*(?P<command>[a-z][a-z-]*)\b.* in (?P<path>\S*?[/\\]cache[/\\]vcs[/\\](?:[0-9a-f.]|…)+)$",
            ),
            w(
                "cache\\vcs",
                r"\b(?:git|hg|svn|bzr) (?:-c \S+ )*(?P<command>[a-z][a-z-]*)\b.* in (?P<path>\S*?[/\\]cache[/\\]vcs[/\\](?:[0-9a-f.]|…)+)$",
            ),
        ],
    ),
    // Go before modules (and GOPATH mode): what it runs.
    go("go/clone", &[w("# cd ", r"# cd .*; (?:git|hg|svn|bzr) (?P<command>clone|pull|submodule|checkout|fetch)\b")]),
    go(
        "go/vcs-missing",
        &[
            w(
                "executable file not found",
                r#"(?:exec: )?"?(?P<program>git|hg|svn|bzr|fossil|ssh)(?:\.exe)?"?: executable file not found"#,
            ),
            w("go: missing ", r"^go: missing (?P<program>\w+) command\."),
            w(
                " command. see http",
                r"missing (?P<program>Git|Mercurial|Subversion|Bazaar|Fossil) command\. See https?://",
            ),
        ],
    ),
    go(
        "go/vcs-disallowed",
        &[w("govcs disallows", r"GOVCS disallows using (?P<vcs>\w+)(?: for (?:public|private) (?P<package>[^\s;]+))?")],
    ),
    part(
        "go/govcs",
        &[w(
            "in govcs",
            r"(?:malformed entry|empty entry|empty pattern list|empty VCS name|relative pattern not allowed|unreachable pattern|unknown VCS)\b.* in GOVCS|in GOVCS: ",
        )],
    ),
    part("go/git-version", &[w("unable to resolve git version", r"unable to resolve git version: ")]),
    go("go/vcs-status", &[w("error obtaining vcs status", r"error obtaining VCS status: (?P<how>.*)")]),
];
