use super::Suspicion as S;
use super::*;

fn only(list: &str) -> ItemReport {
    let mut reports = lint(list);
    assert_eq!(reports.len(), 1, "{list:?}: {reports:?}");
    reports.remove(0)
}

#[test]
fn each_mistake_is_named_and_mended() {
    for (item, suspicion, corrected) in [
        ("https://github.com/acme", S::Scheme, Some("github.com/acme")),
        ("git.example.com:8443/*", S::Port, Some("git.example.com/*")),
        ("\"github.com/acme\"", S::Quotes, Some("github.com/acme")),
        (" github.com/acme", S::LeadingSpace, Some("github.com/acme")),
        ("github.com/acme ", S::TrailingSpace, Some("github.com/acme")),
        ("github.com/acme\r", S::CarriageReturn, Some("github.com/acme")),
        ("a.com;github.com/acme", S::WrongSeparator { separator: ';' }, Some("a.com,github.com/acme")),
        ("a.com github.com/acme", S::WrongSeparator { separator: ' ' }, Some("a.com,github.com/acme")),
        ("a.com|github.com/acme", S::WrongSeparator { separator: '|' }, Some("a.com,github.com/acme")),
        ("a.com，github.com/acme", S::WrongSeparator { separator: '，' }, Some("a.com,github.com/acme")),
        ("github.com/acme/...", S::TrailingEllipsis, Some("github.com/acme")),
        ("github.com/acme/repo.git", S::GitSuffix, Some("github.com/acme/repo")),
        ("github.com/acme//", S::DoubleSlash, Some("github.com/acme")),
        ("/github.com/acme", S::LeadingSlash, Some("github.com/acme")),
        (".corp.example.com", S::LeadingDot, Some("*.corp.example.com")),
        ("GitHub.com/Acme", S::UpperCaseHost, Some("github.com/Acme")),
        ("git@github.com:acme/repo", S::UserPart, Some("github.com/acme/repo")),
        ("git@github.com/acme", S::UserPart, Some("github.com/acme")),
        ("github.com/acme/repo@v1.2.3", S::Version, Some("github.com/acme/repo")),
        ("!github.com/acme/public", S::Negation, None),
        ("^github\\.com/acme$", S::RegularExpression, None),
        (".*\\.corp\\.com", S::RegularExpression, None),
        ("github.com/[", S::Malformed, None),
        ("acme", S::NoDot, None),
        ("github.com/acme%2Frepo", S::IllegalCharacter { character: '%' }, None),
        ("$GOPRIVATE", S::IllegalCharacter { character: '$' }, None),
    ] {
        let report = only(item);
        assert_eq!(report.suspicions, [suspicion], "{item:?}");
        assert_eq!(report.corrected.as_deref(), corrected, "{item:?}");
        assert!(report.never_matches, "{item:?}");
    }
}

#[test]
fn several_mistakes_are_mended_together() {
    let report = only(" \"https://git.Example.com:8443/team/...\"\r");
    assert_eq!(report.corrected.as_deref(), Some("git.example.com/team"));
    assert!(report.suspicions.len() >= 5, "{:?}", report.suspicions);
}

#[test]
fn braces_are_split_at_the_comma_too() {
    let reports = lint("{a,b}.com/x");
    assert_eq!(reports.len(), 2);
    assert!(reports.iter().all(|report| report.suspicions == [S::Braces] && report.never_matches));
}

#[test]
fn usual_lists_are_not_suspicious() {
    for list in [
        "",
        "none",
        "off",
        ",,",
        "github.com/acme",
        "github.com/acme/",
        "github.com/acme/*",
        "*.corp.example.com,github.com/Azure/go-sdk",
        "[a-c]x.com",
        "?.com",
        "github\\.com/acme",
        "github.com/acme/**",
        "git.example.com/a_b/~user",
    ] {
        assert_eq!(lint(list), [], "{list:?}");
        assert_eq!(corrected_list(list), None, "{list:?}");
    }
}

#[test]
fn a_git_suffix_may_be_meant_on_other_hosts() {
    let report = only("git.example.com/team/repo.git");
    assert_eq!((report.suspicions.as_slice(), report.never_matches), ([S::GitSuffix].as_slice(), false));
    assert_eq!(report.corrected, None);
}

#[test]
fn too_wide_items_are_reported() {
    for list in ["*", "**", "*.com"] {
        let report = only(list);
        assert_eq!((report.suspicions.as_slice(), report.never_matches), ([S::MatchesEverything].as_slice(), false));
    }
}

#[test]
fn the_whole_list_is_mended() {
    assert_eq!(corrected_list("a.com, https://github.com/acme/,").as_deref(), Some("a.com,github.com/acme/"));
}

#[test]
fn what_only_just_misses_is_found() {
    let miss = near_miss("a.com,github.com/Acme", "github.com/acme/repo").unwrap();
    assert_eq!((miss.index, miss.corrected.as_str(), miss.case_only), (1, "github.com/acme", true));
    let miss = near_miss("a.com; github.com/acme", "github.com/acme/repo").unwrap();
    assert_eq!((miss.corrected.as_str(), miss.case_only), ("github.com/acme", false));
    assert_eq!(near_miss("github.com/acme", "github.com/acme/repo"), None);
    assert_eq!(near_miss("github.com/other", "github.com/acme/repo"), None);
}
