//! Whatever bytes a parser gets, it answers: no panic, and no time that grows faster than the input.

use gomoddoc::golang::go_version::GoVersion;
use gomoddoc::golang::modfile::{
    GoMod, GoSum, GoWork, MAX_PROBLEMS, ModulesTxt, Problem, ReadAs, VendorOwner, find_conflicts, vendor_differences,
};
use gomoddoc::golang::module_path;
use gomoddoc::golang::platform::Os;
use gomoddoc::golang::pseudo_version::PseudoVersion;
use gomoddoc::golang::repo_path::{RepoPath, repo_path};
use gomoddoc::golang::vanity::{FirstStep, first_step, parse_page, second_step};
use gomoddoc::golang::{quote, semver};
use proptest::prelude::*;

const GO_MOD: &str = "// Deprecated: old\nmodule x.y/m // z\n\ngo 1.23.0\ntoolchain go1.24.0\ngodebug a=b\nrequire (\n\t\"a.b/c\" v1.0.0 // \
                      indirect\n\tgopkg.in/a.v2 v2.0.0-rc.1\n)\nexclude a.b/c v1.1.0\nreplace a.b/c v1.0.0 => ../c\nretract [v1.0.0, v1.1.0] // \
                      bad\ntool a.b/c/x\nignore ./y\n<<<<<<< HEAD\n=======\n>>>>>>> b\n";
const GO_WORK: &str = "go 1.23.0\nuse (\n\t./a\n\t\"./b c\"\n)\nreplace a.b/c => a.b/d v1.0.0\n";
const GO_SUM: &str = "a.b/c v1.0.0 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\na.b/c v1.0.0/go.mod \
                      h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=\n<<<<<<< HEAD\na b\n>>>>>>> c\n";
const MODULES_TXT: &str =
    "## workspace\n# a.b/c v1.0.0 => ../c\n## explicit; go 1.17\na.b/c/d\n# a.b/e => a.b/f v1.2.0\n";
const PAGE: &str = "<?xml version=\"1.0\" encoding='utf-8'?><!DOCTYPE html [<!-- > -->]><html><head><!-- c --><meta charset=utf-8 \
                    x:y='&amp;&#x41;'><meta name=\"go-import\" content=\"x.y/z git https://x.y/z sub\"/><![CDATA[ a ]]></head>";

/// Any bytes; bytes of the alphabet that the formats use; a valid file with some bytes changed.
fn inputs(valid: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let alphabet = prop::sample::select(b" \t\r\n()[]{},\"`'/\\*<>=!?-&;:#.@|abgov1020\xc3\xa4\xef\xbb\xbf\0".to_vec());
    let change = (any::<prop::sample::Index>(), prop::option::of(any::<u8>()), 0_usize..3);
    let changed = prop::collection::vec(change, 0..12).prop_map(move |changes| {
        let mut bytes = valid.as_bytes().to_vec();
        for (at, byte, length) in changes {
            let at = at.index(bytes.len() + 1);
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, byte);
        }
        bytes
    });
    prop_oneof![prop::collection::vec(any::<u8>(), 0..300), prop::collection::vec(alphabet, 0..300), changed,]
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The texts of problems are made too, and their places lie in the file.
fn check_problems(problems: &[Problem], bytes: &[u8]) {
    for problem in problems {
        assert!(!problem.go_line("go.mod").is_empty());
        assert!(problem.position.byte as usize <= bytes.len());
    }
}

proptest! {
    #[test]
    fn go_mod(bytes in inputs(GO_MOD)) {
        for read_as in [ReadAs::MainModule, ReadAs::Edited, ReadAs::Dependency] {
            let file = GoMod::parse(&bytes, read_as, Os::Linux);
            check_problems(&file.problems, &bytes);
            let txt = ModulesTxt::parse(MODULES_TXT.as_bytes());
            let owner = VendorOwner { modules: &[("", &file)], work: None, os: Os::Windows };
            for difference in vendor_differences(owner, &txt) {
                assert!(!difference.go_line().is_empty());
            }
        }
    }

    #[test]
    fn go_work(bytes in inputs(GO_WORK)) {
        let work = GoWork::parse(&bytes, Os::Windows);
        check_problems(&work.problems, &bytes);
        let file = GoMod::parse(GO_MOD.as_bytes(), ReadAs::MainModule, Os::Linux);
        let owner = VendorOwner { modules: &[("./a", &file)], work: Some(&work), os: Os::Linux };
        assert!(vendor_differences(owner, &ModulesTxt::default()).len() >= 2);
    }

    #[test]
    fn go_sum(bytes in inputs(GO_SUM)) {
        let sum = GoSum::parse(&bytes);
        assert!(sum.problems.iter().filter_map(|problem| problem.go_message("go.sum")).all(|text| text.contains("malformed")));
        assert!(sum.by_key().len() <= sum.lines.len());
        assert!(find_conflicts(&bytes).iter().all(|conflict| conflict.start <= conflict.end));
    }

    #[test]
    fn modules_txt(bytes in inputs(MODULES_TXT)) {
        let txt = ModulesTxt::parse(&bytes);
        let file = GoMod::parse(GO_MOD.as_bytes(), ReadAs::MainModule, Os::Linux);
        let owner = VendorOwner { modules: &[("", &file)], work: None, os: Os::Linux };
        assert!(vendor_differences(owner, &txt).iter().all(|difference| !difference.go_line().is_empty()));
        assert!(txt.too_new_for("1.21").is_none_or(|module| module.go.is_some()));
    }

    #[test]
    fn vanity_page(bytes in inputs(PAGE)) {
        let url = "https://x.y/z?go-get=1";
        for minor in [24, 27] {
            let go = GoVersion::from_minor(minor);
            if let Err(error) = parse_page(&bytes, &go) {
                assert!(!error.to_string().is_empty());
            }
            if let Ok(FirstStep::Confirm { import, .. }) = first_step("x.y/z/a", url, &bytes, &go) {
                let _ = second_step("x.y/z/a", &import, url, url, &bytes, &go);
            }
        }
    }

    #[test]
    fn paths_and_versions(bytes in inputs("github.com/Azure/x.git/v2@v1.2.4-0.20200101000000-abcdefabcdef+incompatible")) {
        let text = lossy(&bytes);
        let canonical = semver::canonical(&text);
        assert_eq!(canonical.is_some(), semver::is_valid(&text));
        if let Some(pseudo) = PseudoVersion::parse(&text) {
            let _ = (pseudo.base(), pseudo.check_time(), pseudo.check_commit("abcdefabcdef", "20200101000000", "/v2"));
        }
        if let Ok(escaped) = module_path::escape_path(&text) {
            assert_eq!(module_path::unescape_path(&escaped).as_deref(), Ok(text.as_str()));
        }
        if let Ok(escaped) = module_path::escape_version(&text) {
            assert_eq!(module_path::unescape_version(&escaped).as_deref(), Ok(text.as_str()));
        }
        for error in [module_path::check_path(&text), module_path::check_import_path(&text), module_path::check_file_path(&text)] {
            assert!(error.is_ok() || error.unwrap_err().to_string().starts_with("malformed "));
        }
        let (path, version) = text.split_once('@').unwrap_or((&text, ""));
        let _ = module_path::check(path, version);
        if let Ok(RepoPath::Host { root, .. }) = repo_path(&text, &GoVersion::from_minor(26)) {
            assert!(text.starts_with(&root));
        }
    }

    #[test]
    fn quoting_comes_back(text in any::<String>()) {
        assert_eq!(quote::unquote(quote::quote(&text).as_bytes()).as_deref(), Some(text.as_bytes()));
    }

    #[test]
    fn the_order_of_versions_is_one(a in "v[0-3](\\.[0-2]){0,2}(-[a0-2]{1,2}(\\.[a0-2])?)?", b in "v[0-3](\\.[0-2]){0,2}(-[a0-2]{1,2})?") {
        assert_eq!(semver::compare_total(&a, &b), semver::compare_total(&b, &a).reverse());
        let modules = [module_path::ModuleVersion::new("x.y/z", &*a), module_path::ModuleVersion::new("x.y/z", &*b)];
        assert_eq!(modules[0] == modules[1], modules[0].cmp(&modules[1]).is_eq());
    }
}

/// What is quadratic would take minutes here.
#[test]
fn large_hostile_files() {
    const SIZE: usize = 300_000;
    for unit in [
        "/*",
        "(\n",
        "\"",
        "\\",
        "a (",
        "<!--",
        "<a b=",
        "&#",
        "]]",
        "<![",
        "<!<",
        "<<<<<<< \n=======\n",
        "a b c\n",
        "# a v1.0.0\n",
        "\u{feff}",
        "\u{301}",
    ] {
        let bytes = unit.repeat(SIZE / unit.len()).into_bytes();
        let file = GoMod::parse(&bytes, ReadAs::MainModule, Os::Linux);
        assert!((1..=2 * MAX_PROBLEMS).contains(&file.problems.len()), "{unit:?}: {}", file.problems.len());
        let sum = GoSum::parse(&bytes);
        assert!(sum.problems.len() <= MAX_PROBLEMS);
        assert!(ModulesTxt::parse(&bytes).modules.len() <= 1);
        let _ = parse_page(&bytes, &GoVersion::from_minor(26));
    }
}
