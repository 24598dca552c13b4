//! Each live case again, from the other side: what the go command printed is all that `triage` gets.

use gomoddoc::catalog::Code;
use serde_json::Value;

use super::frame::{Case, Check};
use crate::support::child::Output;
use crate::support::sandbox::Sandbox;

/// Cases in which what go prints tells something else than the cause, and why.
const HIDDEN: &[(&[&str], &[Code])] = &[
    // Where a vanity page names the repository without a scheme go tries each protocol, and prints
    // nothing of what they said.
    (
        &[
            "git_that_needs_a_login",
            "git_with_a_wrong_login",
            "git_with_an_expired_token",
            "a_repository_of_another_owner",
            "ssh_refused_behind_a_rewrite",
            "ssh_to_a_host_whose_key_has_changed",
            "ssh_to_an_unknown_host",
            "ssh_without_a_key",
            "ssh_with_a_key_that_others_can_read",
            "a_helper_that_is_not_installed",
            "a_login_in_the_settings_of_the_repository",
            "a_netrc_that_only_go_finds",
            "a_netrc_with_a_port_that_git_does_not_want",
            "a_rewrite_with_a_stale_login",
            "git_trusts_less_than_go",
            "an_ssh_key_with_a_passphrase",
            "settings_that_git_cannot_read",
            "a_git_server_with_an_internal_fault",
            "a_rewrite_that_points_nowhere",
            "a_repository_that_does_not_exist",
        ],
        &[Code::InsecureTransport],
    ),
    // The hash is all that go compares: not where the wrong bytes come from.
    (
        &[
            "a_damaged_go_mod_in_the_cache",
            "a_damaged_ziphash_in_the_cache",
            "a_login_page_for_everything",
            "a_comma_after_an_entry_with_a_login_page",
            "a_bar_after_an_entry_with_a_login_page",
        ],
        &[Code::ChecksumMismatch],
    ),
    (&["go_sum_with_conflict_markers_that_go_does_not_name"], &[Code::GoSumMissing]),
    // That it is the copy in the cache that is damaged does not show.
    (&["a_go_mod_that_is_cut_off"], &[Code::GoModMalformed]),
    (&["a_zip_with_a_name_that_is_not_allowed"], &[Code::FileNameLimit]),
    (&["an_extracted_folder_without_its_source"], &[Code::PackageNotFound]),
    // go says what the server answers, not which login it did not send.
    (
        &[
            "a_netrc_over_plain_http",
            "a_netrc_that_a_variable_hides",
            "a_netrc_under_the_name_of_windows",
            "a_netrc_with_default_first",
            "a_netrc_without_a_password",
            "a_netrc_without_the_port",
        ],
        &[Code::ProxyUnauthorized],
    ),
    (&["a_page_that_wants_a_login_and_a_line_with_a_port"], &[Code::VanityImportFailed]),
    // Of a module proxy on this machine nobody knows whether it should have the module.
    (
        &[
            "a_private_module_without_goprivate",
            "an_unlisted_private_import",
            "an_unlisted_private_import_and_a_scheme",
            "an_unlisted_private_import_and_quotes",
            "goprivate_for_hosts_below_only",
            "goprivate_with_a_letter_too_few",
            "goprivate_in_quotes",
            "goprivate_with_a_port",
            "goprivate_with_a_scheme",
            "goprivate_with_a_space",
        ],
        &[Code::ModuleNotOnProxy],
    ),
    // The other value does not show, nor who stands in the way.
    (&["the_shell_shadows_the_env_file"], &[Code::ConnectRefused]),
    (&["an_http_proxy_that_hangs_up"], &[Code::ConnectionReset]),
    (&["gonoproxy_without_gonosumdb"], &[Code::SumdbNotFound]),
    (&["a_cache_whose_place_is_a_file"], &[Code::EnvInvalid]),
];

/// What triage is to name where go's words do not tell the cause of this case.
pub fn hidden(case: &str) -> Option<&'static [Code]> {
    HIDDEN.iter().find(|(cases, _)| cases.contains(&case)).map(|(_, codes)| *codes)
}

/// The names of the cases whose cause go's words do not tell.
pub fn all_hidden() -> impl Iterator<Item = &'static str> {
    HIDDEN.iter().flat_map(|(cases, _)| *cases).copied()
}

/// Holds triage of what a failing go command printed to what check is to say, or to what a log can tell.
pub fn is_told(go: &Output, case: &Case) {
    let Check::Cause(codes) = case.check else { return };
    let document = triage(go);
    let causes = causes(&document);
    let right = hidden(case.name).unwrap_or(codes);
    let first = causes.first().map(String::as_str).unwrap_or_default();
    assert!(
        right.iter().any(|code| code.as_str() == first),
        "triage says {causes:?}, is to say {right:?}, check {codes:?}\n{go}\n{document:#}"
    );
}

/// Holds triage of what a go command printed that passed.
pub fn is_quiet(go: &Output) {
    let document = triage(go);
    assert_eq!(causes(&document), Vec::<String>::new(), "go passed\n{go}\n{document:#}");
}

fn triage(go: &Output) -> Value {
    let sandbox = Sandbox::new();
    let log = sandbox.root().join("go.log");
    std::fs::write(&log, go.all()).expect("write the log");
    let output = sandbox.gomoddoc(&["triage", "--format", "json", log.to_str().expect("a path")]);
    serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("no JSON: {error}\n{output}"))
}

fn causes(document: &Value) -> Vec<String> {
    let findings = document["findings"].as_array().expect("findings");
    let causes = findings.iter().filter(|finding| finding["role"] == "cause");
    causes.filter_map(|finding| finding["code"].as_str().map(str::to_owned)).collect()
}
