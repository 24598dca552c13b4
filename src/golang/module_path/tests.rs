use super::*;

fn reason(path: &str) -> Option<String> {
    check_path(path).err().map(|error| error.reason.to_string())
}

#[test]
fn module_paths() {
    for path in [
        "github.com/Azure/x",
        "x.y/z",
        "x.y",
        "gopkg.in/yaml.v2",
        "gopkg.in/a/b.v0",
        "x.y/z_~-.a/v2",
        "x.y/v2",
        "x.y/conx",
        "x.y/a~b1",
        "x.y/com0",
        "0.x/v10",
    ] {
        assert_eq!(reason(path), None, "{path}");
    }
    for (path, expected) in [
        ("", "empty string"),
        ("-x.y/z", "leading dash"),
        ("x.y//z", "double slash"),
        ("x.y/", "trailing slash"),
        ("/x.y", "empty path element"),
        ("x.y/..", "invalid path element \"..\""),
        ("x.y/.z", "leading dot in path element"),
        ("x.y/z.", "trailing dot in path element"),
        ("x.y/z+", "invalid char '+'"),
        ("x.y/ä", "invalid char 'ä'"),
        ("x.y/a b", "invalid char ' '"),
        ("x.y:80/z", "invalid char ':'"),
        ("x.y/CoM1.z", "\"CoM1\" disallowed as path element component on Windows"),
        ("x.y/a~1", "trailing tilde and digits in path element"),
        ("x.y/a~1.b", "trailing tilde and digits in path element"),
        ("fmt", "missing dot in first path element"),
        ("X.y/z", "invalid char 'X' in first path element"),
        ("x_y.z/a", "invalid char '_' in first path element"),
        ("x.y/v1", "invalid version"),
        ("x.y/v0", "invalid version"),
        ("x.y/v02", "invalid version"),
        ("x.y/v2.0", "invalid version"),
        ("gopkg.in/yaml", "invalid version"),
        ("gopkg.in/yaml.v01", "invalid version"),
    ] {
        assert_eq!(reason(path).as_deref(), Some(expected), "{path}");
    }
    assert_eq!(
        check_path("fmt").unwrap_err().to_string(),
        "malformed module path \"fmt\": missing dot in first path element"
    );
}

#[test]
fn import_and_file_paths() {
    assert!(check_import_path("fmt").is_ok());
    assert!(check_import_path("a/.b/c++").is_ok());
    assert_eq!(check_import_path("/a").unwrap_err().to_string(), "malformed import path \"/a\": empty path element");
    assert!(check_file_path("-a/b c/ä!#$%&()+,-.=@[]^_{}~1").is_ok());
    for bad in ["a\"", "a'", "a*", "a<", "a>", "a?", "a`", "a|", "a\\b", "a:b", "a\u{301}", "nul.txt", "a\nb"] {
        assert!(check_file_path(bad).is_err(), "{bad}");
    }
}

#[test]
fn path_and_version() {
    for (path, split) in [
        ("x.y/z", Some(("x.y/z", ""))),
        ("x.y/z/v2", Some(("x.y/z", "/v2"))),
        ("x.y/z/v", Some(("x.y/z/v", ""))),
        ("x.y/zv2", Some(("x.y/zv2", ""))),
        ("v2", Some(("v2", ""))),
        ("/v2", Some(("", "/v2"))),
        ("x.y/v1", None),
        ("gopkg.in/a.v1-unstable", Some(("gopkg.in/a", ".v1-unstable"))),
        ("gopkg.in/a.v0", Some(("gopkg.in/a", ".v0"))),
        ("gopkg.in/a.v0-unstable", None),
        ("gopkg.in/a.v", None),
    ] {
        assert_eq!(split_path_version(path), split, "{path}");
    }
    for (version, major) in [
        ("v1.0.0", ""),
        ("v0.1.0", ""),
        ("v2.0.0+incompatible", ""),
        ("v2.0.0", "/v2"),
        ("v1.0.0", ".v1"),
        ("v0.0.0-20161208181325-20d25e280405", ".v1"),
        ("v2.1.0", ".v2-unstable"),
    ] {
        assert_eq!(check_path_major(version, major), Ok(()), "{version} {major}");
    }
    for (version, major, text) in [
        ("v2.0.0", "", "version \"v2.0.0\" invalid: should be v0 or v1, not v2"),
        ("v1.0.0", "/v2", "version \"v1.0.0\" invalid: should be v2, not v1"),
        ("v2.0.0+incompatible", "/v3", "version \"v2.0.0+incompatible\" invalid: should be v3, not v2"),
        ("main", "", "version \"main\" invalid: should be v0 or v1, not "),
    ] {
        assert_eq!(check_path_major(version, major).unwrap_err().to_string(), text);
    }
    assert_eq!(path_major_prefix(".v2-unstable"), "v2");
    assert_eq!(
        check("x.y/z", "v2.0.0").unwrap_err().to_string(),
        "x.y/z@v2.0.0: invalid version: should be v0 or v1, not v2"
    );
    assert_eq!(check("x.y/z", "1").unwrap_err().to_string(), "x.y/z@1: invalid version: not a semantic version");
}

#[test]
fn escaping() {
    assert_eq!(escape_path("github.com/Azure/goX").unwrap(), "github.com/!azure/go!x");
    assert_eq!(unescape_path("github.com/!azure/go!x").unwrap(), "github.com/Azure/goX");
    assert_eq!(escape_version("v1.0.0-RC1+incompatible").unwrap(), "v1.0.0-!r!c1+incompatible");
    assert_eq!(unescape_version("v1.0.0-!r!c1").unwrap(), "v1.0.0-RC1");
    assert!(escape_version("feature/x").is_err() && escape_version("a!b").is_err());
    for bad in ["github.com/Azure", "a.b/!", "a.b/!!a", "a.b/!1", "a.b/ä"] {
        assert!(unescape_path(bad).is_err(), "{bad}");
    }
}

#[test]
fn prefixes_are_whole_elements() {
    assert!(has_path_prefix("a.b/c", "a.b") && has_path_prefix("a.b", "a.b") && has_path_prefix("a.b/c", "a.b/"));
    assert!(!has_path_prefix("a.bc", "a.b"));
}

#[test]
fn modules_sort_as_in_go_sum() {
    let mut list = [
        ModuleVersion::new("b.c/d", "v1.0.0"),
        ModuleVersion::new("a.b/c", "v1.10.0"),
        ModuleVersion::new("a.b/c", "v1.9.0/go.mod"),
        ModuleVersion::new("a.b/c", "v1.9.0"),
        ModuleVersion::new("a.b/c", "v1.9.0-rc1/go.mod"),
    ];
    list.sort();
    let texts: Vec<_> = list.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        ["a.b/c@v1.9.0-rc1/go.mod", "a.b/c@v1.9.0", "a.b/c@v1.9.0/go.mod", "a.b/c@v1.10.0", "b.c/d@v1.0.0"]
    );
    assert_eq!(serde_json::to_string(&ModuleVersion::new("a.b/c", "")).unwrap(), r#"{"path":"a.b/c"}"#);
}
