//! What git says itself, and what servers say through it (`remote: …`).
//!
//! Sources: git 1.8 to 2.52 (remote-curl.c, connect.c, credential.c, config.c, setup.c) and the
//! answers of GitHub, GitLab, Gitea, Bitbucket and Azure DevOps.

use super::Depth::{Root, Usual, Vague};
use super::GitTrouble::{
    BrokenConfig, Forbidden, HttpProxy, LoginRefused, LoginWanted, NotFound, NotGit, Other, ProtocolNotSupported,
    RateLimited, Reset, ServerError, SshMissing, TooOld, UnsafeRepository,
};
use super::{Format, detail, frame, ours, servers, w};

pub(super) const FORMATS: &[Format] = &[
    ours(
        "git/no-username",
        LoginWanted,
        Usual,
        &[
            w("could not read ", r"could not read (?:Username|Password)(?: for '(?P<url>[^']*)')?"),
            w("terminal prompts", r"terminal prompts (?:have been )?disabled"),
            w("user interactivity", r"user interactivity has been disabled"),
        ],
    ),
    // The word behind `credential-` is the helper's name as written in the configuration.
    detail(
        "git/credential-helper-missing",
        &[w("credential-", r#"^git\s?[:：] ?['"„“«]credential-(?P<helper>[\w.-]+)['"”“»]"#)],
    ),
    servers(
        "git/authentication-failed",
        LoginRefused,
        Usual,
        &[w("authentication failed for", r"Authentication failed for '(?P<url>[^']*)'")],
    ),
    servers(
        "git/login-denied",
        LoginRefused,
        Usual,
        &[
            w("access denied", r"HTTP Basic: Access denied"),
            w("password authentication", r"(?i)support for password authentication was removed"),
            w("invalid username or ", r"(?i)invalid username or (?:password|token)"),
            w("invalid credentials", r"(?i)remote: .*invalid credentials"),
            w("unauthorized", r"(?i)remote: (?:\w+: )?unauthorized"),
            w("tf400813", r"TF400813"),
        ],
    ),
    servers("git/http-401", LoginRefused, Vague, &[w("returned error: 401", r"returned error: (?P<status>401)\b")]),
    servers(
        "git/http-403",
        Forbidden,
        Usual,
        &[w("returned error: 403", r"(?:'(?P<url>https?://[^']*)'.*)?returned error: (?P<status>403)\b")],
    ),
    servers(
        "git/forbidden",
        Forbidden,
        Usual,
        &[
            w("saml sso", r"(?i)enabled or enforced SAML SSO"),
            w("repository not granted", r"(?i)(?:write )?access to (?:this )?repository not granted"),
            w("not allowed to download", r"(?i)you are not allowed to download code"),
            w("ip allow list", r"(?i)IP allow list"),
            w("has been blocked", r"(?i)remote: .*account has been blocked"),
            w("repository has been disabled", r"(?i)access to this repository has been disabled"),
            w("remote: ", r"(?i)remote: (?:forbidden|access denied)\b"),
        ],
    ),
    servers("git/repository-not-found", NotFound, Usual, &[w("not found", r"repository '(?P<url>[^']*)' not found")]),
    servers(
        "git/no-such-repository",
        NotFound,
        Usual,
        &[
            w("repository", r"(?i)(?:remote|ERROR|remote error): .*repository(?: \S+)? not found"),
            w("remote: not found", r"(?i)^remote: not found"),
            w("could not be found", r"(?i)(?:project|repository) .{0,120}could not be found"),
            w("does not exist", r"(?i)repository .{0,120}does not exist"),
            w("tf401019", r"TF401019"),
        ],
    ),
    servers(
        "git/not-a-repository",
        NotFound,
        Usual,
        &[w("does not appear to be a git", r"'(?P<path>[^']*)' does not appear to be a git repository")],
    ),
    // The name of a remote in place of a path: the clone has lost its configuration.
    ours(
        "git/no-origin",
        Other,
        Root,
        &[w("'origin' does not appear", r"'(?P<path>origin)' does not appear to be a git repository")],
    ),
    servers("git/http-404", NotFound, Vague, &[w("returned error: 4", r"returned error: (?P<status>404|410)\b")]),
    servers(
        "git/http-5xx",
        ServerError,
        Usual,
        &[w("returned error: 5", r"(?:'(?P<url>https?://[^']*)'.*)?returned error: (?P<status>5\d\d)\b")],
    ),
    servers(
        "git/internal-fault",
        ServerError,
        Usual,
        &[w("internal", r"(?i)(?:remote|fatal: remote error): .*internal (?:server )?error")],
    ),
    servers(
        "git/rate-limited",
        RateLimited,
        Usual,
        &[
            w("returned error: 429", r"returned error: (?P<status>429)\b"),
            w("rate limit", r"(?i)rate limit(?:ed)? exceeded"),
            w("too many requests", r"(?i)too many requests"),
        ],
    ),
    ours("git/http-407", HttpProxy, Root, &[w("returned error: 407", r"returned error: (?P<status>407)\b")]),
    servers(
        "git/http-status",
        Other,
        Vague,
        &[w("returned error: ", r"The requested URL returned error: (?P<status>\d{3})\b")],
    ),
    ours(
        "git/ssh-missing",
        SshMissing,
        Root,
        &[
            w("cannot ", r"cannot (?:run|exec) '?(?P<program>[^':]*\bssh\b[^':]*)'?: No such file"),
            // GIT_SSH_COMMAND (which go up to 1.24 sets) runs ssh by way of the shell.
            w("ssh: ", r"(?:^|[\s:/])(?P<program>ssh)(?:\.exe)?: (?:command )?not found"),
            w("'ssh' is not recognized", r"'(?P<program>ssh)' is not recognized"),
        ],
    ),
    ours(
        "git/protocol-not-allowed",
        ProtocolNotSupported,
        Root,
        &[w("transport", r"transport '(?P<scheme>[^']*)' not allowed")],
    ),
    ours(
        "git/no-remote-helper",
        ProtocolNotSupported,
        Usual,
        &[
            w("remote helper", r"nable to find remote helper for '(?P<scheme>[^']*)'"),
            w("remote-", r#"^git\s?[:：] ?['"„“«]remote-(?P<scheme>[\w.+-]+)['"”“»]"#),
        ],
    ),
    ours(
        "git/dubious-ownership",
        UnsafeRepository,
        Root,
        &[
            w("dubious ownership", r"detected dubious ownership in repository at '(?P<path>[^']*)'"),
            w("unsafe repository", r"unsafe repository \('(?P<path>[^']*)' is owned by someone else\)"),
        ],
    ),
    ours(
        "git/unknown-option",
        TooOld,
        Root,
        &[
            w("end-of-options", r#"[:：].*[`'"„“«]\s?(?P<option>end-of-options)\b"#),
            w("object-format", r#"[:：].*[`'"„“«]\s?(?P<option>object-format)\b"#),
            w("unknown option: --", r"[Uu]nknown option: (?P<option>--\S+)"),
        ],
    ),
    ours(
        "git/bad-config-line",
        BrokenConfig,
        Root,
        &[w("bad config ", r"bad config (?:file )?line (?P<line>\d+) in (?:file )?(?P<path>.+)$")],
    ),
    ours(
        "git/bad-config",
        BrokenConfig,
        Root,
        &[
            w("configuration files", r"unknown error occurred while reading the configuration files"),
            w("config value", r"bad (?:numeric|boolean) config value '(?P<value>[^']*)'"),
            w(
                "config variable",
                r"bad config variable '(?P<key>[^']*)' in file '(?P<path>[^']*)' at line (?P<line>\d+)",
            ),
            w("command-line config", r"unable to parse command-line config"),
            w("does not contain", r"key does not contain (?:a section|variable name)"),
        ],
    ),
    servers(
        "git/no-git-server",
        NotGit,
        Usual,
        &[
            w("info/refs not valid", r"(?P<url>\S+)info/refs not valid"),
            w("invalid server response", r"invalid server response"),
            w("bad line length", r"bad line length(?: character)?"),
            w("url base from redirection", r"unable to update url base from redirection"),
            w("service not enabled", r"(?i)service not enabled"),
        ],
    ),
    ours(
        "git/transfer-broke",
        Reset,
        Usual,
        &[
            w("early eof", r"early EOF"),
            w("fetch-pack: ", r"fetch-pack: (?:unexpected disconnect|invalid index-pack output)"),
        ],
    ),
    // What follows it may say why: a status, a broken connection.
    ours("git/rpc-failed", Reset, Vague, &[w("rpc failed", r"RPC failed; (?P<how>.*)")]),
    ours(
        "git/hung-up",
        Reset,
        Vague,
        &[
            w("remote end hung up", r"remote end hung up (?:unexpectedly|upon initial contact)"),
            w("aborted session", r"remote helper '(?P<scheme>[^']*)' aborted session"),
        ],
    ),
    // What it meets on this machine's disk.
    ours(
        "git/cannot-write",
        Other,
        Root,
        &[
            w(
                "could not create",
                r"could not create (?:work tree dir|leading directories of|directory) '?(?P<path>[^':]*)'?: (?P<how>.*)",
            ),
            w("cannot open ", r"cannot open '?(?P<path>\S+?)'?: Permission denied"),
            w(
                "unable to ",
                r"unable to (?:create|write|open|unlink)\b.*(?P<how>Permission denied|Read-only file system)",
            ),
            w("could not lock config", r"could not lock config file (?P<path>\S+): Permission denied"),
        ],
    ),
    ours(
        "git/damaged",
        Other,
        Root,
        &[
            w("could not read ", r"error: Could not read (?P<revision>[0-9a-f]{40})"),
            w("is corrupt", r"(?:loose object|object file|packed object) .* is corrupt"),
            w("is empty", r"(?:loose object|object file|packed object) .* is empty"),
            // Go names the clone to git: it is there, and no repository.
            w("not a git repository: ", r"not a git repository: '?\S*[/\\]cache[/\\]vcs[/\\]"),
            w("unable to read ", r"unable to read (?:sha1 file|tree|object)"),
            w("bad object", r"(?:fatal|error): (?:bad object|pack has bad object)"),
            w("data stream error", r"inflate: data stream error"),
        ],
    ),
    ours(
        "git/shallow",
        Other,
        Root,
        &[
            w("expected shallow list", r"expected shallow list"),
            w("shallow file has changed", r"shallow file has changed"),
        ],
    ),
    servers(
        "git/no-such-revision",
        Other,
        Root,
        &[
            w("find remote ref", r"couldn't find remote ref (?P<revision>\S+)"),
            w("not our ref", r"not our ref (?P<revision>[0-9a-f]+)"),
            w("unadvertised object", r"Server does not allow request for unadvertised object (?P<revision>\S+)"),
            w("reference is not a tree", r"reference is not a tree: (?P<revision>\S+)"),
        ],
    ),
    ours("git/file-name", Other, Root, &[w("filename too long", r"(?i)filename too long")]),
    frame(
        "git/could-not-read-remote",
        &[w("could not read from remote", r"(?i)could not read from remote repository")],
    ),
    frame("git/unable-to-fork", &[w("unable to fork", r"unable to fork")]),
];
