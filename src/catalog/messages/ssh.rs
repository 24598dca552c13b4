//! What ssh says before git says `Could not read from remote repository.`
//!
//! Sources: OpenSSH 6.6 to 10.2. Its words are never translated; those of the system in them may be.

use super::Depth::{Root, Usual, Vague};
use super::GitTrouble::{Dns, HostKeyChanged, HostKeyUnknown, KeyModes, KeyRefused, Other, Refused, Reset, Timeout};
use super::{Format, detail, ours, servers, w};

pub(super) const FORMATS: &[Format] = &[
    ours(
        "ssh/no-such-host",
        Dns,
        Usual,
        &[w("could not resolve hostname", r"ssh: Could not resolve hostname (?P<host>[^\s:]+)")],
    ),
    ours(
        "ssh/timeout",
        Timeout,
        Usual,
        &[
            w(
                "connect to host",
                r"connect to host (?P<host>\S+) port (?P<port>\d+): (?:Connection|Operation) timed out",
            ),
            w("banner exchange", r"[Cc]onnection (?:to \S+ )?timed out during banner exchange"),
            w("timed out", r"^(?:ssh: )?Connection to (?P<host>\S+) port (?P<port>\d+) timed out"),
        ],
    ),
    ours(
        "ssh/no-connection",
        Refused,
        Vague,
        &[w("connect to host", r"connect to host (?P<host>\S+) port (?P<port>\d+): (?P<how>.+)")],
    ),
    ours(
        "ssh/broke",
        Reset,
        Usual,
        &[
            w("kex_exchange_identification", r"kex_exchange_identification: "),
            w("ssh_exchange_identification", r"ssh_exchange_identification: "),
            w("connection closed by", r"Connection closed by (?:remote host|UNKNOWN|(?P<host>\S+) port (?P<port>\d+))"),
            w("connection reset by", r"Connection reset by (?P<host>\S+) port (?P<port>\d+)"),
        ],
    ),
    ours(
        "ssh/host-key-unknown",
        HostKeyUnknown,
        Usual,
        &[
            w(
                "host key is known for",
                r"No (?P<kind>\S+) host key is known for (?P<host>\S+) and you have requested strict",
            ),
            w("host key verification failed", r"Host key verification failed"),
        ],
    ),
    ours(
        "ssh/host-key-changed",
        HostKeyChanged,
        Root,
        &[
            w("identification has changed", r"REMOTE HOST IDENTIFICATION HAS CHANGED"),
            w("has changed and you have", r"[Hh]ost key for (?P<host>\S+) has changed and you have requested strict"),
            w("possible dns spoofing", r"POSSIBLE DNS SPOOFING DETECTED"),
        ],
    ),
    detail("ssh/offending-key", &[w("offending ", r"Offending (?P<kind>\S+ )?key in (?P<path>.+?):(?P<line>\d+)")]),
    servers(
        "ssh/permission-denied",
        KeyRefused,
        Usual,
        &[
            w(
                "permission denied (",
                r"(?:(?P<user>[^\s@]+)@(?P<host>[^\s:]+): )?Permission denied \((?P<methods>[\w,-]+)\)",
            ),
            w("too many authentication failures", r"Too many authentication failures"),
            w("no supported authentication", r"No supported authentication methods available"),
        ],
    ),
    ours(
        "ssh/key-modes",
        KeyModes,
        Root,
        &[
            w("unprotected private key file", r"UNPROTECTED PRIVATE KEY FILE"),
            w("are too open", r"Permissions (?P<mode>\d+) for '(?P<path>[^']*)' are too open"),
            w("bad permissions", r#"Load key "(?P<path>[^"]*)": bad permissions"#),
        ],
    ),
    detail(
        "ssh/key-unusable",
        &[
            w("load key", r#"Load key "(?P<path>[^"]*)": (?P<how>.+)"#),
            w("identity file", r"Identity file (?P<path>\S+) not accessible: (?P<how>.+)"),
        ],
    ),
    detail(
        "ssh/signing-failed",
        &[
            w("sign_and_send_pubkey", r"sign_and_send_pubkey: (?P<how>.+)"),
            w("mutual signature", r"no mutual signature (?:algorithm|supported)"),
        ],
    ),
    ours(
        "ssh/nothing-in-common",
        Other,
        Root,
        &[w(
            "no matching ",
            r"(?:Unable to negotiate|no matching) .*no matching (?P<what>[\w ]+?) found|no matching (?P<of>[\w ]+?) found",
        )],
    ),
    ours(
        "ssh/bad-config",
        Other,
        Root,
        &[
            w("bad owner or permissions", r"Bad owner or permissions on (?P<path>.+)"),
            w("configuration option", r"(?P<path>[^:]+): line (?P<line>\d+): Bad configuration option"),
            w("bad configuration option", r"terminating, \d+ bad configuration options"),
        ],
    ),
    detail("ssh/passphrase", &[w("enter passphrase", r"Enter passphrase for (?:key )?'?(?P<path>[^':]+)")]),
];
