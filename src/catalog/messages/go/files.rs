//! What go says of files and folders: the caches, locks, limits of names.

use super::{Format, go, library, part, w};

pub(super) const FORMATS: &[Format] = &[
    go(
        "go/build-cache",
        &[
            w("initialize build cache at", r"failed to initialize build cache at (?P<path>\S+?): (?P<how>.*)"),
            w(
                "disabling cache (",
                r"go: disabling cache \((?P<path>[^)]*)\) due to initialization failure: (?P<how>.*)",
            ),
        ],
    ),
    go(
        "go/module-cache",
        &[w("module cache: ", r"could not create module cache: (?:\w+ (?P<path>\S+?): )?(?P<how>.*)")],
    ),
    go(
        "go/lock",
        &[w(
            "lock ",
            r"\b(?:R?Lock|Unlock) (?P<path>\S+?): (?P<how>function not implemented|no locks available|operation not supported|not supported|input/output error|resource temporarily unavailable|stale NFS file handle|Incorrect function).*",
        )],
    ),
    part("go/lock-folder", &[w(".lock: is a directory", r"open (?P<path>\S+\.lock): is a directory")]),
    part(
        "go/denied",
        &[
            w(
                "permission denied",
                r"\b(?:open|mkdir|stat|lstat|unlinkat|rename|chmod|remove|create|write|fork/exec) (?P<path>\S+?)(?: \S+)?: permission denied",
            ),
            w(
                "read-only file system",
                r"\b(?:open|mkdir|unlinkat|rename|chmod|remove|create|write|symlink) (?P<path>\S+?)(?: \S+)?: read-only file system",
            ),
            w(
                "operation not permitted",
                r"\b(?:open|mkdir|unlinkat|rename|chmod|chown|remove) (?P<path>\S+?)(?: \S+)?: operation not permitted",
            ),
            w(
                "access is denied",
                r"\b(?:open|mkdir|unlinkat|rename|remove|CreateFile|fork/exec) (?P<path>\S.*?): Access is denied",
            ),
            w("lock ", r"\b(?:R?Lock|Unlock) (?P<path>\S.*?): (?:permission denied|Access is denied|拒绝访问)"),
            // The folder could not be made, and go does not say why.
            w("sumdb", r"open (?P<path>\S+[/\\]sumdb[/\\]\S+[/\\]latest): no such file or directory"),
            w("拒绝访问", r"\b(?:open|mkdir|unlinkat|rename|remove) (?P<path>\S.*?): 拒绝访问"),
            w(
                "used by another process",
                r"(?:rename|open|remove) (?P<path>\S.*?): The process cannot access the file because it is being used by another process",
            ),
        ],
    ),
    library(
        "os/no-space",
        &[
            w(
                "no space left on device",
                r"(?:(?:write|mkdir|open|copy|create|writing) (?P<path>\S+?)(?: \S+)?: )?no space left on device",
            ),
            w("disk quota exceeded", r"disk quota exceeded"),
            w("enough space on the disk", r"(?i)not enough space on the disk"),
            w("磁盘空间不足", r"磁盘空间不足"),
        ],
    ),
    // Only the go command has a folder of that name.
    go("go/work-no-space", &[w("$work", r"(?P<path>\$WORK)\S*: no space left on device")]),
    part(
        "go/file-name",
        &[
            w("name too long", r"(?i)file ?name too long"),
            w("case-insensitive file name collision", r"case-insensitive file name collision"),
            w("malformed file path", r#"malformed file path "[^"]*""#),
            w("extension is too long", r"(?i)filename or extension is too long"),
            w("文件名或扩展名太长", r"文件名或扩展名太长"),
            w("path element", r"(?:unzip|create zip) .*: (?:invalid path element|.*disallowed as path element)"),
            w("trailing dot", r"(?:unzip|create zip) .*: trailing dot"),
            w("invalid char", r"(?:unzip|create zip) .*: invalid char"),
        ],
    ),
    go("go/unzip", &[w("unzip ", r"\bunzip (?P<path>\S+?\.zip): (?P<how>.*)")]),
    part(
        "go/zip-of-cache",
        &[
            w("verifying ", r"verifying (?P<module>[^\s@]+)@(?P<version>\S+): (?:\S+: )?zip: not a valid zip file"),
            w("zip: not a valid", r"^(?P<module>[^\s@]+) (?P<version>v\S+): zip: not a valid zip file"),
            w("zip: not a valid", r"^(?:go: |\S+\.go:\d+:\d+: )zip: not a valid zip file"),
            w("unzip ", r"unzip \S+: (?:zip: |unexpected EOF|flate: corrupt input)"),
        ],
    ),
];
