use super::*;
use crate::catalog::{Code, Location, Severity};
use crate::diagnosis::testing::{actions, failed_remote, http, remote};
use crate::diagnosis::{diagnose, testing};
use crate::facts::credentials::{CredentialSource, HostCredential};
use crate::facts::version_control::{
    ConfigOrigin, ExtraHeader, GitSetting, GitTrouble, Program, Remote, RemoteResult, Rewrite, VanityLookup,
    VanityResult,
};
use crate::facts::{Observation, Reason};
use crate::golang::module_path::ModuleVersion;
use crate::model::situation::version_control::Situation;
use crate::model::{Confidence, Protection, Role, Safety, SubjectKind};

const URL: &str = "https://git.corp.example/team/kit";

fn machine(process: &[(&str, &str)]) -> Facts {
    let mut facts = testing::nothing();
    facts.environment = testing::environment("1.27.3", process);
    facts.version_control.begin();
    facts
}

fn with(remote: Remote) -> Facts {
    let mut facts = machine(&[("GOPRIVATE", "git.corp.example")]);
    facts.version_control.begin().remotes.push(remote);
    facts
}

fn failing(trouble: GitTrouble, stderr: &str) -> Facts {
    with(failed_remote(URL, trouble, stderr))
}

fn found(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    rules(facts, &mut findings);
    findings
}

fn only(facts: &Facts) -> Finding {
    let mut findings = found(facts);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}

fn situation(finding: &Finding) -> &Situation {
    match &finding.situation {
        crate::model::Situation::VersionControl(situation) => situation,
        other => panic!("{other:?} is of another family"),
    }
}

/// The codes and roles of a whole diagnosis, causes first.
fn diagnosed(facts: &Facts) -> Vec<(Code, Role)> {
    diagnose(facts, &[]).findings.iter().map(|finding| (finding.code, finding.role)).collect()
}

fn program(name: &str, path: Option<&str>) -> Program {
    let id = format!("version-control/{name}");
    Program {
        observation: Observation::seen(id, name),
        name: name.into(),
        needed: true,
        path: path.map(Into::into),
        version: path.map(|_| "2.20.1".into()),
        knows_end_of_options: path.map(|_| true),
    }
}

#[test]
fn a_program_is_missed_only_where_it_is_needed() {
    let mut facts = machine(&[("GOPROXY", "direct")]);
    let section = facts.version_control.begin();
    section.programs.push(program("git", None));
    section.programs.push(Program { needed: false, ..program("hg", None) });
    let mut asked = remote("https://github.com/acme/kit");
    asked.modules[0].path = "github.com/acme/kit".into();
    asked.observation = Observation::skipped("remote", URL, Reason::ProgramMissing { program: "git".into() })
        .needing(["version-control/git"]);
    section.remotes.push(asked);
    let finding = only(&facts);
    assert_eq!((finding.code, finding.role, finding.subject.value.as_str()), (Code::VcsMissing, Role::Cause, "git"));
    let value = "https://proxy.golang.org,direct".to_owned();
    assert_eq!(actions(&finding), [&Action::SetVariable { name: "GOPROXY".into(), value }]);
}

#[test]
fn a_program_is_installed_with_the_packages_of_the_system() {
    for (manager, program_name, expected) in [
        ("apt-get", "ssh", vec!["apt-get install -y openssh-client"]),
        ("apk", "git", vec!["apk add --no-cache git"]),
        ("dnf", "hg", vec!["dnf install -y mercurial"]),
        ("pacman", "ssh", vec!["pacman -S --noconfirm openssh"]),
        ("winget", "git", vec!["winget install --id Git.Git"]),
        ("nix", "git", vec![]),
    ] {
        let mut facts = machine(&[]);
        let section = facts.version_control.begin();
        section.programs.push(program(program_name, None));
        section.package_manager = Some(manager.into());
        let finding = only(&facts);
        let commands = actions(&finding).into_iter().map(|action| match action {
            Action::Run { argv } => argv.join(" "),
            other => format!("{other:?}"),
        });
        assert_eq!(commands.collect::<Vec<_>>(), expected, "{manager}");
    }
}

#[test]
fn a_limit_of_ours_proves_slowness_only() {
    let mut slow = failed_remote(URL, GitTrouble::Timeout, "");
    slow.observation = Observation::inconclusive("remote", URL, Reason::CutOff { after_ms: 8_000 });
    let finding = only(&with(slow));
    assert_eq!((finding.code, finding.confidence), (Code::ConnectTimeout, Confidence::Likely));
}

#[test]
fn no_module_proxy_is_advised_for_what_looks_private() {
    let mut facts = machine(&[("GOPROXY", "direct")]);
    let section = facts.version_control.begin();
    section.programs.push(program("git", None));
    section.remotes.push(remote(URL));
    assert_eq!(actions(&only(&facts)), Vec::<&Action>::new());
}

#[test]
fn an_old_git_fails_with_a_new_go_only() {
    let git = Program { knows_end_of_options: Some(false), ..program("git", Some("/usr/bin/git")) };
    let mut facts = machine(&[]);
    facts.version_control.begin().programs.push(git);
    assert_eq!(only(&facts).code, Code::GitTooOld);
    facts.environment = testing::environment("1.23.4", &[]);
    assert_eq!(found(&facts), []);
    let stderr = "error: unknown option `end-of-options'\nusage: git ls-remote";
    facts.version_control.begin().remotes.push(failed_remote(URL, GitTrouble::TooOld, stderr));
    assert_eq!(only(&facts).code, Code::GitTooOld);
}

#[test]
fn a_missing_ssh_is_a_missing_program() {
    let mut facts = failing(GitTrouble::SshMissing, "error: cannot run ssh: No such file or directory");
    facts.version_control.begin().programs.push(program("ssh", None));
    let findings = diagnose(&facts, &[]).findings;
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].code, findings[0].subject.value.as_str()), (Code::VcsMissing, "ssh"));
}

#[test]
fn settings_that_git_cannot_read_name_the_line() {
    let stderr = "fatal: bad config line 3 in file /home/dev/.gitconfig";
    let mut facts = failing(GitTrouble::BrokenConfig, stderr);
    let finding = only(&facts);
    assert_eq!((finding.code, finding.subject.value.as_str()), (Code::VcsFailed, "/home/dev/.gitconfig:3"));
    assert_eq!((finding.location, finding.retryable), (Location::Local, false));
    let section = facts.version_control.begin();
    section.broken_config = Some(stderr.into());
    section.programs.push(program("git", Some("/usr/bin/git")));
    assert_eq!(diagnosed(&facts), [(Code::VcsFailed, Role::Cause)]);
}

fn forbidden(words: &str) -> Remote {
    Remote { result: RemoteResult::Forbidden { error: words.into() }, ..remote(URL) }
}

#[test]
fn govcs_is_extended_by_one_path() {
    let words = "GOVCS disallows using git for private git.corp.example/team/kit; see 'go help vcs'";
    let mut facts = machine(&[("GOVCS", "private:hg")]);
    facts.version_control.begin().remotes.push(forbidden(words));
    let finding = only(&facts);
    assert_eq!((finding.code, finding.subject.value.as_str()), (Code::VcsDisallowed, "git.corp.example/team/kit"));
    let value = "git.corp.example/team/kit:git,private:hg".to_owned();
    assert_eq!(actions(&finding), [&Action::SetVariable { name: "GOVCS".into(), value }]);
    let fix = &finding.fixes[0];
    assert_eq!((fix.safety, fix.removes), (Safety::WeakensSecurity, Some(Protection::VersionControlLimit)));
    assert_eq!(fix.place, Place::Shell);
}

#[test]
fn a_malformed_govcs_is_told_in_gos_words() {
    let finding = only(&with(forbidden("malformed entry in GOVCS (missing colon): \"x\"")));
    assert_eq!(finding.subject.value, "GOVCS");
    assert!(matches!(situation(&finding), Situation::GovcsMalformed { .. }));
}

#[test]
fn a_protocol_may_be_forbidden_by_git_itself() {
    let mut facts = machine(&[("GIT_ALLOW_PROTOCOL", "ssh")]);
    let stderr = "fatal: transport 'https' not allowed";
    facts.version_control.begin().remotes.push(failed_remote(URL, GitTrouble::ProtocolNotSupported, stderr));
    let finding = only(&facts);
    assert_eq!((finding.code, finding.subject.value.as_str()), (Code::VcsDisallowed, "GIT_ALLOW_PROTOCOL"));
    let set = Action::SetVariable { name: "GIT_ALLOW_PROTOCOL".into(), value: "ssh:https".into() };
    assert_eq!(actions(&finding), [&set]);
    let stderr = "git: 'remote-https' is not a git command. See 'git --help'.";
    assert_eq!(only(&failing(GitTrouble::ProtocolNotSupported, stderr)).code, Code::VcsFailed);
}

#[test]
fn a_repository_that_is_not_there() {
    let stderr = "remote: Not Found\nfatal: repository 'https://git.corp.example/team/kit/' not found";
    let mut facts = failing(GitTrouble::NotFound, stderr);
    let finding = only(&facts);
    assert_eq!((finding.code, finding.role), (Code::RepositoryNotFound, Role::Cause));
    assert_eq!((finding.subject.kind, finding.subject.value.as_str()), (SubjectKind::Url, URL));
    assert!(matches!(situation(&finding), Situation::NotFound { login: false, rule: None, .. }));
    facts.credentials.begin().hosts.push(HostCredential {
        observation: Observation::seen("credentials/git.corp.example", "git.corp.example"),
        host: "git.corp.example".into(),
        go: CredentialSource::None,
        git: CredentialSource::Netrc { path: "/home/dev/.netrc".into(), line: 1 },
        helper_missing: false,
        ineffective: Vec::new(),
    });
    assert!(matches!(situation(&only(&facts)), Situation::NotFound { login: true, .. }));
}

/// The answer of GitHub to whoever has no login.
fn on_github(process: &[(&str, &str)]) -> Facts {
    let stderr = "fatal: could not read Username for 'https://github.com': terminal prompts disabled";
    let mut facts = machine(process);
    let mut remote = failed_remote("https://github.com/acme/kit", GitTrouble::LoginWanted, stderr);
    remote.modules[0].path = "github.com/acme/kit".into();
    facts.version_control.begin().remotes.push(remote);
    facts
}

#[test]
fn the_path_decides_whether_a_hidden_repository_is_missing_or_private() {
    let public = diagnose(&on_github(&[]), &[]).findings;
    assert_eq!(public.len(), 1);
    assert_eq!((public[0].code, public[0].confidence), (Code::RepositoryNotFound, Confidence::Likely));
    let private = diagnose(&on_github(&[("GOPRIVATE", "github.com/acme")]), &[]).findings;
    assert_eq!(private.len(), 1);
    assert_eq!((private[0].code, private[0].confidence), (Code::GitAuthRequired, Confidence::Confirmed));
    // A pattern for everything says nothing about one path.
    let first = diagnosed(&on_github(&[("GOPRIVATE", "*")])).into_iter().next();
    assert_eq!(first, Some((Code::RepositoryNotFound, Role::Cause)));
}

#[test]
fn a_server_fault_is_worth_a_retry() {
    let stderr = "fatal: unable to access 'https://git.corp.example/team/kit/': The requested URL returned error: 502";
    let finding = only(&failing(GitTrouble::ServerError, stderr));
    assert_eq!((finding.code, finding.retryable), (Code::VcsServerError, true));
    assert_eq!(finding.data["status"], 502);
    let stderr = "fatal: unable to access 'https://git.corp.example/team/kit/': The requested URL returned error: 429";
    let finding = only(&failing(GitTrouble::RateLimited, stderr));
    assert_eq!((finding.code, finding.retryable), (Code::VcsFailed, true));
}

#[test]
fn a_foreign_folder_is_owned_before_it_is_trusted() {
    let stderr = "fatal: detected dubious ownership in repository at '/srv/kit.git'";
    let finding = only(&failing(GitTrouble::UnsafeRepository, stderr));
    assert_eq!((finding.code, finding.subject.value.as_str()), (Code::GitUnsafeRepository, "/srv/kit.git"));
    let costs: Vec<_> = finding.fixes.iter().map(|fix| (fix.safety, fix.removes)).collect();
    assert_eq!(costs, [(Safety::Safe, None), (Safety::WeakensSecurity, Some(Protection::Ownership))]);
}

#[test]
fn what_is_not_known_is_shown() {
    let finding = only(&failing(GitTrouble::Other, "fatal: the flux capacitor is empty\n"));
    assert_eq!(
        (finding.code, &finding.evidence[0].seen),
        (Code::VcsFailed, &"fatal: the flux capacitor is empty".into())
    );
}

fn origin(scope: &str) -> ConfigOrigin {
    ConfigOrigin { scope: scope.into(), file: "/home/dev/.gitconfig".into(), line: None }
}

fn rewritten(to: &str, effective: &str, trouble: GitTrouble, stderr: &str, has_login: bool) -> Facts {
    let mut remote = failed_remote(URL, trouble, stderr);
    remote.effective_url = Some(effective.into());
    remote.rewritten_by = Some(0);
    let mut facts = with(remote);
    let from = "https://git.corp.example/".into();
    facts.version_control.begin().rewrites.push(Rewrite { from, to: to.into(), has_login, origin: origin("global") });
    facts
}

const REFUSED: &str = "fatal: unable to access 'https://old.corp.example:1/team/kit/': Failed to connect to old.corp.example port 1 after 0 ms: Couldn't connect to server";

#[test]
fn a_rewrite_to_a_dead_host_explains_it() {
    let effective = "https://old.corp.example:1/team/kit";
    let facts = rewritten("https://old.corp.example:1/", effective, GitTrouble::Refused, REFUSED, false);
    assert_eq!(diagnosed(&facts), [(Code::GitUrlRewrite, Role::Cause), (Code::ConnectRefused, Role::Symptom)]);
    let findings = found(&facts);
    assert_eq!(findings[0].confidence, Confidence::Likely);
    let argv = ["git", "config", "--global", "--unset-all", "url.https://old.corp.example:1/.insteadOf"];
    assert_eq!(actions(&findings[0]), [&Action::Run { argv: argv.map(str::to_owned).to_vec() }]);
}

#[test]
fn a_rewrite_on_the_same_host_is_not_to_blame_for_a_dead_network() {
    let stderr = "ssh: connect to host git.corp.example port 22: Connection timed out";
    let facts = rewritten(
        "ssh://git@git.corp.example/",
        "ssh://git@git.corp.example/team/kit",
        GitTrouble::Timeout,
        stderr,
        false,
    );
    assert_eq!(diagnosed(&facts), [(Code::ConnectTimeout, Role::Cause)]);
}

#[test]
fn a_rewrite_with_a_stale_login_explains_the_refusal() {
    let stderr = "fatal: Authentication failed for 'https://git.corp.example/team/kit/'";
    let to = "https://REDACTED@git.corp.example/";
    let facts = rewritten(to, "https://REDACTED@git.corp.example/team/kit", GitTrouble::LoginRefused, stderr, true);
    assert_eq!(diagnosed(&facts), [(Code::GitUrlRewrite, Role::Cause), (Code::GitAuthFailed, Role::Symptom)]);
    assert_eq!(actions(&found(&facts)[0]), Vec::<&Action>::new());
}

#[test]
fn a_rewrite_to_a_server_without_the_repository_stays_beside_the_point() {
    let stderr = "fatal: repository 'https://mirror.corp.example/team/kit/' not found";
    let effective = "https://mirror.corp.example/team/kit";
    let facts = rewritten("https://mirror.corp.example/", effective, GitTrouble::NotFound, stderr, false);
    let finding = only(&facts);
    assert_eq!(finding.code, Code::RepositoryNotFound);
    assert!(matches!(situation(&finding), Situation::NotFound { rule: Some(_), .. }));
}

#[test]
fn a_rule_of_the_repository_is_not_seen_by_go() {
    let stderr = "fatal: could not read Username for 'https://git.corp.example': terminal prompts disabled";
    let mut facts = failing(GitTrouble::LoginWanted, stderr);
    facts.version_control.begin().rewrites.push(Rewrite {
        from: "https://git.corp.example/".into(),
        to: "ssh://git@git.corp.example/".into(),
        has_login: false,
        origin: origin("local"),
    });
    assert_eq!(diagnosed(&facts), [(Code::GitUrlRewrite, Role::Cause), (Code::GitAuthRequired, Role::Symptom)]);
    let rewrite =
        Action::AddInsteadOf { from: "https://git.corp.example/".into(), to: "ssh://git@git.corp.example/".into() };
    assert_eq!(actions(&found(&facts)[0]), [&rewrite]);
}

fn header(url: &str, scope: &str) -> ExtraHeader {
    ExtraHeader { url: url.into(), is_authorization: true, origin: origin(scope) }
}

#[test]
fn a_login_of_the_repository_is_not_seen_by_go() {
    let stderr = "fatal: could not read Username for 'https://git.corp.example': terminal prompts disabled";
    let mut facts = failing(GitTrouble::LoginWanted, stderr);
    facts.version_control.begin().extra_headers.push(header("https://git.corp.example/", "local"));
    assert_eq!(diagnosed(&facts), [(Code::GitUrlRewrite, Role::Cause), (Code::GitAuthRequired, Role::Symptom)]);
    facts.version_control.begin().extra_headers[0] = header("https://git.corp.example.evil/", "local");
    assert_eq!(diagnosed(&facts), [(Code::GitAuthRequired, Role::Cause)]);
}

#[test]
fn a_login_of_ci_may_not_see_another_repository() {
    let stderr = "remote: Repository not found.\nfatal: repository 'https://git.corp.example/team/kit/' not found";
    let mut facts = failing(GitTrouble::NotFound, stderr);
    facts.version_control.begin().extra_headers.push(header("https://git.corp.example/", "global"));
    assert_eq!(diagnosed(&facts), [(Code::GitUrlRewrite, Role::Cause), (Code::RepositoryNotFound, Role::Symptom)]);
    let costs: Vec<_> = found(&facts)[0].fixes.iter().map(|fix| fix.safety).collect();
    assert_eq!(costs, [Safety::Safe, Safety::Destructive]);
}

fn page(path: &str, result: VanityResult) -> VanityLookup {
    let url = format!("https://{path}?go-get=1");
    VanityLookup {
        observation: Observation::seen(format!("vanity/{path}"), &url),
        path: path.into(),
        url: url.as_str().into(),
        insecure: false,
        result,
    }
}

fn no_tag(path: &str, status: u16) -> VanityLookup {
    let http = http(&format!("https://{path}?go-get=1"), status);
    page(path, VanityResult::NoTag { http, error: "no go-import meta tags ()".into() })
}

#[test]
fn a_page_without_a_repository() {
    for (status, code, location) in [
        (200, Code::VanityImportFailed, Location::VanityHost),
        (404, Code::VanityImportFailed, Location::VanityHost),
        (401, Code::VanityImportFailed, Location::VanityHost),
        (503, Code::VcsServerError, Location::VanityHost),
    ] {
        let mut facts = machine(&[]);
        facts.version_control.begin().vanity.push(no_tag("go.corp.example/kit", status));
        let finding = only(&facts);
        assert_eq!((finding.code, finding.location, finding.role), (code, location, Role::Cause), "{status}");
        assert_eq!(matches!(situation(&finding), Situation::PageWantsLogin { .. }), status == 401);
    }
}

#[test]
fn a_longer_path_may_have_no_page() {
    let mut facts = machine(&[]);
    let section = facts.version_control.begin();
    section.vanity.push(no_tag("go.corp.example/kit/sub", 404));
    section.vanity.push(page(
        "go.corp.example/kit",
        VanityResult::Found { prefix: "go.corp.example/kit".into(), vcs: "git".into(), root: URL.into() },
    ));
    assert_eq!(found(&facts), []);
}

#[test]
fn a_subgroup_that_was_cut_is_no_missing_repository() {
    let root = "https://gitlab.corp.example/group/sub";
    let stderr = "fatal: repository 'https://gitlab.corp.example/group/sub/' not found";
    let mut remote = failed_remote(root, GitTrouble::NotFound, stderr);
    remote.modules[0].path = "gitlab.corp.example/group/sub/kit".into();
    let mut facts = with(remote);
    let prefix = "gitlab.corp.example/group/sub".into();
    let found = VanityResult::Found { prefix, vcs: "git".into(), root: root.into() };
    facts.version_control.begin().vanity.push(page("gitlab.corp.example/group/sub/kit", found));
    assert!(matches!(situation(&only(&facts)), Situation::SubgroupCut { .. }));
}

#[test]
fn the_network_has_its_own_codes() {
    for (trouble, code) in [
        (GitTrouble::Dns, Code::DnsFailure),
        (GitTrouble::Refused, Code::ConnectRefused),
        (GitTrouble::Timeout, Code::ConnectTimeout),
        (GitTrouble::Reset, Code::ConnectionReset),
        (GitTrouble::TlsUntrusted, Code::TlsUntrusted),
        (GitTrouble::TlsName, Code::TlsInvalid),
        (GitTrouble::TlsProtocol, Code::TlsProtocol),
        (GitTrouble::HttpProxy, Code::HttpProxyError),
    ] {
        let finding = only(&failing(trouble, "fatal: unable to access"));
        assert_eq!((finding.code, finding.role), (code, Role::Cause), "{trouble:?}");
        assert!(finding.about.contains(&"version-control/remote".to_owned()));
    }
}

#[test]
fn git_may_trust_less_than_go() {
    let stderr = "fatal: unable to access 'https://git.corp.example/team/kit/': SSL certificate problem: unable to get local issuer certificate";
    let mut facts = machine(&[("SSL_CERT_FILE", "/etc/corp.pem")]);
    facts.version_control.begin().remotes.push(failed_remote(URL, GitTrouble::TlsUntrusted, stderr));
    let finding = only(&facts);
    let name = "http.https://git.corp.example/.sslCAInfo".to_owned();
    assert_eq!(actions(&finding), [&Action::SetVariable { name, value: "/etc/corp.pem".into() }]);
    assert_eq!(finding.location, Location::Local);
    let stderr =
        "fatal: unable to access 'https://git.corp.example/team/kit/': error setting certificate file: /none.pem";
    let finding = only(&failing(GitTrouble::TlsUntrusted, stderr));
    assert!(matches!(situation(&finding), Situation::NoAuthorities { file, .. } if file.as_str() == "/none.pem"));
}

#[test]
fn git_may_have_an_http_proxy_of_its_own() {
    let stderr = "fatal: unable to access 'https://git.corp.example/team/kit/': Failed to connect to 127.0.0.1 port 3128 after 0 ms: Couldn't connect to server";
    let mut facts = failing(GitTrouble::HttpProxy, stderr);
    facts.version_control.begin().settings.push(GitSetting {
        key: "http.proxy".into(),
        value: "http://127.0.0.1:3128".into(),
        origin: origin("global"),
    });
    let finding = only(&facts);
    assert_eq!((finding.subject.value.as_str(), &finding.fixes[0].place), ("http.proxy", &Place::GitConfig));
}

fn lacking(references: usize) -> Facts {
    let mut asked = remote(URL);
    asked.result = RemoteResult::Answered { references };
    asked.lacks = vec![ModuleVersion { path: "git.corp.example/team/kit".into(), version: "v1.9.0".into() }];
    asked.has = vec![ModuleVersion { path: "git.corp.example/team/kit".into(), version: "v1.2.0".into() }];
    with(asked)
}

#[test]
fn a_version_that_does_not_exist() {
    let finding = only(&lacking(4));
    assert_eq!((finding.code, finding.role), (Code::UnknownRevision, Role::Cause));
    assert_eq!(finding.subject.value, "git.corp.example/team/kit@v1.9.0");
    assert!(matches!(situation(&finding), Situation::NoSuchVersion { has, .. } if has.len() == 1));
    // Nothing is known of who requires it, so no edit is offered.
    assert_eq!(actions(&finding), Vec::<&Action>::new());
}

#[test]
fn a_repository_that_shows_nothing_may_be_a_login_page() {
    let finding = only(&lacking(0));
    assert_eq!(finding.confidence, Confidence::Likely);
    assert!(matches!(situation(&finding), Situation::NoReferences { .. }));
}

#[test]
fn a_repository_that_answers_is_silent() {
    let mut facts = machine(&[("GOPRIVATE", "git.corp.example")]);
    let section = facts.version_control.begin();
    section.programs.push(program("git", Some("/usr/bin/git")));
    section.extra_headers.push(header("https://git.corp.example/", "local"));
    section.rewrites.push(Rewrite {
        from: "https://git.corp.example/".into(),
        to: "ssh://git@git.corp.example/".into(),
        has_login: false,
        origin: origin("global"),
    });
    section.remotes.push(Remote { result: RemoteResult::Answered { references: 3 }, ..remote(URL) });
    assert_eq!(found(&facts), []);
    let severities: Vec<Severity> = diagnose(&facts, &[]).findings.iter().map(|finding| finding.severity).collect();
    assert!(!severities.contains(&Severity::Error), "{severities:?}");
}
