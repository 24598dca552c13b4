//! What go says of checksums: go.sum and the checksum database.

use super::{Format, go, part, w};

pub(super) const FORMATS: &[Format] = &[
    go(
        "go/checksum-mismatch",
        &[
            w(
                "checksum mismatch",
                r"verifying (?:(?P<module>[^\s@:]+)@(?P<version>[^\s:/]+)(?:/go\.mod)?: )?(?:\S+: )?checksum mismatch",
            ),
            w("does not match an earlier", r"does NOT match an earlier download recorded in go\.(?:work\.)?sum"),
        ],
    ),
    // `verifying module: checksum mismatch`: only the checksum database is asked in these words.
    go(
        "go/database-mismatch",
        &[
            w("checksum mismatch", r"verifying (?:module|go\.mod): (?:\S+: )?checksum mismatch"),
            w("reported by the checksum server", r"does NOT match the one reported by the checksum server"),
            w("checksum missing from sumdb", r"checksum missing from sumdb response"),
        ],
    ),
    part(
        "go/recorded",
        &[w(": h1:", r"^\s*(?P<label>[^\s:]+):\s+h1:\S"), w("   h1:", r"^\s*(?P<label>[^\s:]+):\s+h1:\S")],
    ),
    go("go/unknown-hashes", &[w("unknown hashes in go.sum", r"unknown hashes in go\.sum")]),
    go("go/verifying", &[w("verifying ", r"\bverifying (?:module|go\.mod): ")]),
    go(
        "go/sum-missing",
        &[
            w(
                "missing go.sum entry",
                r"missing go\.sum entry (?:for module providing|needed to verify) package \[?(?P<package>[^\s\]()]+)",
            ),
            w("missing go.sum entry", r"missing go\.sum entry"),
            w("missing", r"^go: (?P<module>[^\s@]+)@(?P<version>\S+): missing$"),
            w("updates to go.sum needed", r"updates to go\.sum needed"),
        ],
    ),
    go(
        "go/sum-malformed",
        &[
            w("malformed go.", r"malformed go\.(?:work\.)?sum"),
            w("wrong number of fields", r"(?P<path>\S*go\.(?:work\.)?sum):(?P<line>\d+): wrong number of fields"),
        ],
    ),
    go(
        "go/gosumdb-invalid",
        &[
            w("invalid gosumdb", r"invalid GOSUMDB(?: URL)?: "),
            w("missing gosumdb", r"missing GOSUMDB"),
            w("invalid sumdb name", r"invalid sumdb name \("),
            w("disabled by gosumdb=off", r"checksum database disabled by GOSUMDB=off"),
        ],
    ),
    go(
        "go/database-state",
        &[
            w("inconsistent tile", r"downloaded inconsistent tile"),
            w("bad result slice", r"TileReader returned bad result slice"),
            w("database server misbehavior", r"go\.sum database server misbehavior detected"),
            w(
                "initializing sumdb.client",
                r"initializing sumdb\.Client: (?:reading tree note|open \S+): (?:malformed note|not a directory)",
            ),
        ],
    ),
    part(
        "go/database-answer",
        &[
            w("malformed record data", r"malformed record data"),
            w("no verifiable signatures", r"note has no verifiable signatures"),
            w("cannot authenticate record", r"cannot authenticate record data"),
            w("malformed note", r"reading tree note: malformed note"),
            w("malformed tile", r"malformed tile"),
            w("invalid tile", r"invalid tile\b"),
        ],
    ),
    go(
        "go/ziphash",
        &[
            w("missing ziphash", r"missing ziphash: "),
            w("unexpected ziphash", r"unexpected ziphash: "),
            w("has been modified", r"^(?P<module>[^\s@]+) (?P<version>v\S+): (?:dir|zip) has been modified"),
            w("exists with wrong content", r"exists with wrong content \(have "),
            // rules_go and gazelle hash for themselves.
            w("expected sum", r"resulting module with sum \S+; expected sum"),
        ],
    ),
];
