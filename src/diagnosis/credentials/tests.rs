use super::*;
use crate::catalog::{Code, Severity};
use crate::diagnosis::testing::{actions, failed_remote as remote, http};
use crate::diagnosis::{diagnose, testing};
use crate::facts::credentials::{
    AgentState, CredentialSource, CredentialsFacts, GoauthFacts, HostCredential, HostKeyState, NetrcFacts,
    NetrcMachine, SshHost, SshKey,
};
use crate::facts::module_proxy::{Answer, Body, Entry, Hop, ModuleProxyFacts, Walk, WalkEnd, Want, WhyAsked};
use crate::facts::version_control::{GitTrouble, Program, Remote, Rewrite};
use crate::facts::{Observation, Reason, Section};
use crate::golang::module_path::ModuleVersion;
use crate::golang::netrc::{Netrc, Rules, Trouble};
use crate::model::situation::credentials::{Advice, Client, LoginFrom, Situation};
use crate::model::{Action, Confidence, Fix, Protection, Role, Safety};

const HOST: &str = "goproxy.corp.example";
const NETRC: &str = "/home/dev/.netrc";

/// A netrc file with this content, read as go 1.27 does.
fn netrc(text: &str) -> NetrcFacts {
    let read = Netrc::parse(text.as_bytes(), Rules::From1_25);
    let machines = read.machines.iter().map(|line| NetrcMachine {
        line: line.line,
        machine: line.machine.as_str().into(),
        login: line.login,
        password: line.password,
        read_by_go: line.read_by_go,
        trouble: line.trouble,
    });
    NetrcFacts {
        observation: Observation::seen("credentials/netrc", NETRC),
        path: NETRC.into(),
        from_variable: false,
        exists: true,
        machines: machines.collect(),
        elsewhere: Vec::new(),
    }
}

fn host(host: &str, go: CredentialSource, git: CredentialSource) -> HostCredential {
    let observation = Observation::seen(format!("credentials/{host}"), host);
    HostCredential { observation, host: host.into(), go, git, helper_missing: false, ineffective: Vec::new() }
}

/// One question to the entry at `base`, which answered with `status`.
fn proxy(base: &str, status: u16, sent: bool) -> Section<ModuleProxyFacts> {
    let host = base.split("://").nth(1).unwrap_or_default().to_owned();
    let url = format!("{base}/example.com/a/@v/v1.0.0.info");
    let hop = Hop {
        observation: Observation::seen("module-proxy/hop", &url).needing([format!("credentials/{host}")]),
        entry: 0,
        url: url.as_str().into(),
        credentials_sent: sent,
        answer: Answer::Http { http: http(&url, status), body: Body::NotRead },
    };
    let walk = Walk {
        module: ModuleVersion { path: "example.com/a".into(), version: "v1.0.0".into() },
        want: Want::Info,
        why: WhyAsked::BuildList,
        hops: vec![hop],
        end: WalkEnd::Stopped { entry: 0 },
    };
    Section::of(ModuleProxyFacts {
        entries: vec![Entry { index: 0, url: base.into(), host: host.as_str().into(), product: None }],
        walks: vec![walk],
        asked: 1,
        ..ModuleProxyFacts::default()
    })
}

/// A machine whose module proxy answers 401, with this netrc file.
fn refusing(base: &str, file: NetrcFacts, process: &[(&str, &str)]) -> Facts {
    let mut facts = testing::nothing();
    facts.environment = testing::environment("1.27.3", process);
    facts.module_proxy = proxy(base, 401, false);
    let at = base.split("://").nth(1).unwrap_or_default();
    let hosts = vec![host(at, CredentialSource::None, CredentialSource::None)];
    facts.credentials = Section::of(CredentialsFacts { netrc: Some(file), hosts, ..CredentialsFacts::default() });
    facts
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

fn credentials(situation: &crate::model::Situation) -> &Situation {
    match situation {
        crate::model::Situation::Credentials(situation) => situation,
        other => panic!("{other:?} is of another family"),
    }
}

#[test]
fn a_line_with_a_port_is_to_lose_it() {
    let file = netrc("machine goproxy.corp.example:8443 login u password p\n");
    let finding = only(&refusing("https://goproxy.corp.example", file, &[]));
    assert_eq!((finding.code, finding.role), (Code::NetrcIneffective, Role::Cause));
    assert_eq!(finding.subject.value, "/home/dev/.netrc:1");
    assert_eq!(finding.about, ["credentials/goproxy.corp.example"]);
    let edit = Action::EditLine { path: NETRC.into(), line: 1, from: ":8443".into(), to: String::new() };
    assert_eq!(actions(&finding), [&edit]);
}

#[test]
fn a_line_without_the_port_is_to_get_it() {
    let file = netrc("machine goproxy.corp.example login u password p\n");
    let finding = only(&refusing("https://goproxy.corp.example:8443", file, &[]));
    let edit =
        Action::EditLine { path: NETRC.into(), line: 1, from: HOST.into(), to: "goproxy.corp.example:8443".into() };
    assert_eq!(actions(&finding), [&edit]);
}

#[test]
fn the_401_follows_from_the_line() {
    let file = netrc("machine goproxy.corp.example login u\n");
    let facts = refusing("https://goproxy.corp.example", file, &[]);
    let mut findings = found(&facts);
    let situation = crate::model::situation::sample::Situation::Unauthorized { host: HOST.into() };
    let unauthorized = Finding::new(Code::ProxyUnauthorized, crate::model::Subject::host(HOST), situation.into());
    findings.push(unauthorized.about("module-proxy/hop"));
    crate::diagnosis::link::link(&facts, &mut findings);
    assert_eq!(findings[0].code, Code::NetrcIneffective);
    assert_eq!((findings[1].role, &findings[1].caused_by), (Role::Symptom, &vec![findings[0].id.clone()]));
}

#[test]
fn each_trouble_of_a_line_is_told() {
    for (text, trouble) in [
        ("default login u password p\n", Trouble::Default),
        ("default\nmachine goproxy.corp.example login u password p\n", Trouble::AfterDefault { line: 1 }),
        ("\u{feff}machine goproxy.corp.example login u password p\n", Trouble::ByteOrderMark),
        ("MACHINE goproxy.corp.example login u password p\n", Trouble::UpperCaseKey),
        ("machine\ngoproxy.corp.example login u password p\n", Trouble::ValueOnNextLine),
        ("machine goproxy.corp.example junk login u password p\n", Trouble::OddToken),
        ("machine goproxy.corp.example password p\n", Trouble::NoLogin),
        ("machine goproxy.corp.example login u\n", Trouble::NoPassword),
        ("machine GoProxy.corp.example login u password p\n", Trouble::MachineCase),
        ("macdef x\r\n\r\nmachine goproxy.corp.example login u password p\r\n", Trouble::InMacro { line: 1 }),
    ] {
        let finding = only(&refusing("https://goproxy.corp.example", netrc(text), &[]));
        let Situation::NetrcLine { trouble: seen, client: Client::Go, .. } = credentials(&finding.situation) else {
            panic!("{text:?}: {:?}", finding.situation)
        };
        assert_eq!(*seen, trouble, "{text:?}");
        assert_eq!(finding.fixes.len(), 1, "{text:?}");
    }
}

#[test]
fn a_line_that_fits_is_silent() {
    for text in [
        "machine goproxy.corp.example login u password p\n",
        "machine https://goproxy.corp.example login u password p\n",
        "machine other.corp.example:1 login u password p\nmachine goproxy.corp.example login u password p\n",
        "machine other.corp.example login u\n",
        "",
    ] {
        assert_eq!(found(&refusing("https://goproxy.corp.example", netrc(text), &[])), [], "{text:?}");
    }
}

#[test]
fn no_login_goes_over_http() {
    let file = netrc("machine goproxy.corp.example:8081 login u password p\n");
    let process = [("GOPROXY", "http://goproxy.corp.example:8081,direct")];
    let finding = only(&refusing("http://goproxy.corp.example:8081", file, &process));
    assert!(matches!(credentials(&finding.situation), Situation::NetrcOverHttp { line: 1, .. }));
    let set = Action::SetVariable { name: "GOPROXY".into(), value: "https://goproxy.corp.example:8081,direct".into() };
    assert_eq!(actions(&finding), [&set]);
    assert_eq!(finding.fixes[0].place, Place::Shell);
}

#[test]
fn goauth_may_leave_netrc_out() {
    let file = || netrc("machine goproxy.corp.example login u password p\n");
    let finding = only(&refusing("https://goproxy.corp.example", file(), &[("GOAUTH", "off")]));
    assert!(matches!(credentials(&finding.situation), Situation::NetrcLeftOut { off: true, .. }));
    assert_eq!(actions(&finding), [&Action::UnsetVariable { name: "GOAUTH".into() }]);
    let finding = only(&refusing("https://goproxy.corp.example", file(), &[("GOAUTH", "git /home/dev")]));
    let value = "git /home/dev;netrc".to_owned();
    assert_eq!(actions(&finding), [&Action::SetVariable { name: "GOAUTH".into(), value }]);
}

#[test]
fn a_login_that_was_sent_and_refused_is_no_matter_of_the_line() {
    let mut facts =
        refusing("https://goproxy.corp.example", netrc("machine goproxy.corp.example login u password p\n"), &[]);
    facts.module_proxy = proxy("https://goproxy.corp.example", 401, true);
    assert_eq!(found(&facts), []);
}

#[test]
fn an_earlier_line_hides_the_one_that_was_meant() {
    let text = "machine goproxy.corp.example login old password x\nmachine goproxy.corp.example login u password p\n";
    let mut facts = refusing("https://goproxy.corp.example", netrc(text), &[]);
    facts.module_proxy = proxy("https://goproxy.corp.example", 401, true);
    let used = CredentialSource::Netrc { path: NETRC.into(), line: 1 };
    facts.credentials.begin().hosts = vec![host(HOST, used, CredentialSource::None)];
    let finding = only(&facts);
    assert_eq!(finding.confidence, Confidence::Likely);
    let Situation::NetrcLine { line: 2, trouble: Trouble::Shadowed { line: 1 }, .. } = credentials(&finding.situation)
    else {
        panic!("{:?}", finding.situation)
    };
}

#[test]
fn an_entry_that_has_nothing_may_hide_it() {
    let file = netrc("machine goproxy.corp.example:8443 login u password p\n");
    let mut facts = refusing("https://goproxy.corp.example", file, &[]);
    facts.module_proxy = proxy("https://goproxy.corp.example", 404, false);
    let finding = only(&facts);
    assert_eq!((finding.role, finding.confidence), (Role::Cause, Confidence::Likely));
}

#[test]
fn a_refusal_that_a_later_entry_makes_good_is_a_warning() {
    let file = netrc("machine goproxy.corp.example:8443 login u password p\n");
    let mut facts = refusing("https://goproxy.corp.example", file, &[]);
    facts.module_proxy.begin().walks[0].end = WalkEnd::Found { entry: 1 };
    assert_eq!(only(&facts).severity, Severity::Warning);
}

#[test]
fn a_line_for_a_host_that_wants_no_login_is_a_note() {
    let file = netrc("machine goproxy.corp.example:8443 login u password p\n");
    let mut facts = refusing("https://goproxy.corp.example", file, &[]);
    facts.module_proxy = Section::default();
    facts.credentials.begin().hosts[0].ineffective = vec![1];
    assert_eq!(only(&facts).severity, Severity::Note);
}

#[test]
fn a_file_where_nobody_looks() {
    let mut file = netrc("");
    file.exists = false;
    file.elsewhere = vec!["/home/dev/_netrc".into()];
    let finding = only(&refusing("https://goproxy.corp.example", file.clone(), &[]));
    let argv = ["mv", "/home/dev/_netrc", NETRC].map(str::to_owned).to_vec();
    assert_eq!(actions(&finding), [&Action::Run { argv }]);
    file.from_variable = true;
    let finding = only(&refusing("https://goproxy.corp.example", file, &[("NETRC", NETRC)]));
    assert_eq!(actions(&finding), [&Action::UnsetVariable { name: "NETRC".into() }]);
}

#[test]
fn a_malformed_goauth_comes_before_netrc() {
    let file = netrc("machine goproxy.corp.example login u\n");
    let mut facts = refusing("https://goproxy.corp.example", file, &[("GOAUTH", "off; git /home/dev")]);
    facts.credentials.begin().goauth = Some(GoauthFacts {
        observation: Observation::seen("credentials/goauth", "GOAUTH"),
        error: Some("go: GOAUTH=off cannot be combined with other authentication commands".into()),
        has_command: false,
        command_failed: None,
    });
    let finding = only(&facts);
    assert_eq!((finding.code, finding.role), (Code::GoauthInvalid, Role::Cause));
    assert_eq!(finding.explains, ["module-proxy/hop"]);
    let set = Action::SetVariable { name: "GOAUTH".into(), value: "git /home/dev".into() };
    assert_eq!(actions(&finding), [&set, &Action::UnsetVariable { name: "GOAUTH".into() }]);
}

#[test]
fn a_goauth_command_that_fails_matters_where_its_login_is_missing() {
    let goauth = GoauthFacts {
        observation: Observation::seen("credentials/goauth", "GOAUTH"),
        error: None,
        has_command: true,
        command_failed: Some("exit status 1".into()),
    };
    let mut facts = refusing("https://goproxy.corp.example", netrc(""), &[("GOAUTH", "helper")]);
    facts.credentials.begin().goauth = Some(goauth);
    assert_eq!(only(&facts).role, Role::Cause);
    facts.module_proxy = proxy("https://goproxy.corp.example", 200, false);
    assert_eq!(only(&facts).severity, Severity::Warning);
}

fn direct(remote: Remote, ssh: Option<SshHost>) -> Facts {
    let mut facts = testing::nothing();
    facts.environment = testing::environment("1.27.3", &[("GOPRIVATE", "git.corp.example")]);
    facts.credentials.begin().ssh.extend(ssh);
    facts.version_control.begin().remotes.push(remote);
    facts
}

const NO_USERNAME: &str = "fatal: could not read Username for 'https://git.corp.example': terminal prompts disabled";

#[test]
fn git_without_a_login_is_told_the_ways_in() {
    let mut facts = direct(remote("https://git.corp.example/team/kit", GitTrouble::LoginWanted, NO_USERNAME), None);
    let finding = only(&facts);
    assert_eq!((finding.code, finding.role), (Code::GitAuthRequired, Role::Cause));
    assert_eq!(finding.subject.value, "git.corp.example");
    assert_eq!(finding.evidence[0].seen, NO_USERNAME.into());
    assert_eq!(actions(&finding), Vec::<&Action>::new());
    facts.version_control.begin().programs.push(Program {
        observation: Observation::skipped("version-control/ssh", "ssh", Reason::NotNeeded),
        name: "ssh".into(),
        needed: false,
        path: Some("/usr/bin/ssh".into()),
        version: None,
        knows_end_of_options: None,
    });
    let rewrite =
        Action::AddInsteadOf { from: "https://git.corp.example/".into(), to: "ssh://git@git.corp.example/".into() };
    assert_eq!(actions(&only(&facts)), [&rewrite]);
}

#[test]
fn git_without_a_login_follows_from_a_netrc_that_git_does_not_read() {
    let mut facts = direct(remote("https://git.corp.example/team/kit", GitTrouble::LoginWanted, NO_USERNAME), None);
    let mut file = netrc("machine git.corp.example login u password p\n");
    file.from_variable = true;
    facts.credentials.begin().netrc = Some(file);
    let diagnosis = diagnose(&facts, &[]);
    let roles: Vec<_> = diagnosis.findings.iter().map(|finding| (finding.code, finding.role)).collect();
    assert_eq!(roles, [(Code::NetrcIneffective, Role::Cause), (Code::GitAuthRequired, Role::Symptom)]);
}

#[test]
fn git_reads_more_of_netrc_than_go() {
    for (text, used) in [
        ("default login u password p\n", true),
        ("machine git.corp.example\nlogin u\npassword p\n", true),
        ("machine git.corp.example:443 login u password p\n", false),
        ("machine https://git.corp.example login u password p\n", true),
        ("machine git.corp.example login u\n", false),
    ] {
        let mut facts = direct(remote("https://git.corp.example/team/kit", GitTrouble::LoginWanted, NO_USERNAME), None);
        facts.credentials.begin().netrc = Some(netrc(text));
        let ineffective = found(&facts).iter().any(|finding| finding.code == Code::NetrcIneffective);
        assert_eq!(ineffective, !used, "{text:?}");
    }
}

#[test]
fn a_missing_helper_is_named() {
    let stderr = format!("git: 'credential-gcm' is not a git command. See 'git --help'.\n{NO_USERNAME}");
    let finding = only(&direct(remote("https://git.corp.example/team/kit", GitTrouble::LoginWanted, &stderr), None));
    let helper = Situation::HelperMissing { helper: "gcm".into(), host: "git.corp.example".into() };
    assert_eq!(credentials(&finding.situation), &helper);
    // Where no helper is run git does not say so.
    let mut facts = direct(remote("https://git.corp.example/team/kit", GitTrouble::LoginWanted, NO_USERNAME), None);
    let mut known = host("git.corp.example", CredentialSource::None, CredentialSource::Helper { name: "gcm".into() });
    known.helper_missing = true;
    facts.credentials.begin().hosts = vec![known];
    assert_eq!(credentials(&only(&facts).situation), &helper);
}

#[test]
fn a_refused_login_is_renewed_where_it_stands() {
    let stderr =
        "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://git.corp.example/team/kit/'";
    let mut facts = direct(remote("https://git.corp.example/team/kit", GitTrouble::LoginRefused, stderr), None);
    let line = CredentialSource::Netrc { path: NETRC.into(), line: 3 };
    facts.credentials.begin().hosts = vec![host("git.corp.example", line.clone(), line)];
    let finding = only(&facts);
    assert_eq!((finding.code, finding.role), (Code::GitAuthFailed, Role::Cause));
    let from = LoginFrom::Netrc { path: NETRC.into(), line: 3 };
    let advice = Advice::RenewLogin { from };
    let place = Place::File { path: NETRC.into(), line: Some(3) };
    assert_eq!(finding.fixes, [Fix::safe(advice.into(), place, Vec::new())]);
}

#[test]
fn a_forbidden_repository_is_for_its_owner() {
    let stderr = "fatal: unable to access 'https://git.corp.example/team/kit/': The requested URL returned error: 403";
    let mut facts = direct(remote("https://git.corp.example/team/kit", GitTrouble::Forbidden, stderr), None);
    assert_eq!(only(&facts).confidence, Confidence::Likely);
    let helper = CredentialSource::Helper { name: "store".into() };
    facts.credentials.begin().hosts = vec![host("git.corp.example", CredentialSource::None, helper)];
    let finding = only(&facts);
    assert_eq!((finding.code, finding.confidence), (Code::GitAuthFailed, Confidence::Confirmed));
    assert_eq!(finding.fixes[0].place, Place::Elsewhere);
}

fn ssh(keys: Vec<SshKey>, agent: AgentState) -> SshHost {
    SshHost {
        observation: Observation::seen("credentials/ssh/git.corp.example", "git.corp.example"),
        host: "git.corp.example".into(),
        user: Some("dev".into()),
        hostname: None,
        port: None,
        keys,
        agent,
        host_key: HostKeyState::Known,
        known_hosts: vec!["/home/dev/.ssh/known_hosts".into()],
    }
}

fn key(exists: bool, open_to_others: bool, encrypted: bool) -> SshKey {
    SshKey {
        path: "/home/dev/.ssh/id_ed25519".into(),
        exists,
        readable: exists,
        open_to_others,
        encrypted: Some(encrypted),
    }
}

const DENIED: &str =
    "git@git.corp.example: Permission denied (publickey).\nfatal: Could not read from remote repository.";

#[test]
fn what_ssh_has_tells_why_it_was_refused() {
    let locked = |situation: &Situation| matches!(situation, Situation::KeyLocked { agent_dead: false, .. });
    type Expected<'a> = &'a dyn Fn(&Situation) -> bool;
    let cases: [(SshHost, Expected<'_>); 6] = [
        (ssh(vec![key(false, false, false)], AgentState::None), &|s| {
            matches!(s, Situation::NoKey { agent_dead: false, .. })
        }),
        (ssh(vec![], AgentState::Dead), &|s| matches!(s, Situation::NoKey { agent_dead: true, .. })),
        (ssh(vec![key(true, true, false)], AgentState::None), &|s| matches!(s, Situation::KeyOpen { .. })),
        (ssh(vec![key(true, false, true)], AgentState::None), &locked),
        (ssh(vec![key(true, false, true)], AgentState::Keys { count: 2 }), &|s| {
            matches!(s, Situation::KeysRefused { in_agent: 2, .. })
        }),
        (ssh(vec![key(true, false, false)], AgentState::None), &|s| {
            matches!(s, Situation::KeysRefused { in_agent: 0, .. })
        }),
    ];
    for (host, expected) in cases {
        let facts =
            direct(remote("ssh://git@git.corp.example/kit", GitTrouble::KeyRefused, DENIED), Some(host.clone()));
        let finding = only(&facts);
        assert_eq!((finding.code, finding.role), (Code::SshAuthFailed, Role::Cause));
        assert!(expected(credentials(&finding.situation)), "{host:?}: {:?}", finding.situation);
    }
}

#[test]
fn an_open_key_is_closed() {
    let stderr =
        "Permissions 0644 for '/home/dev/.ssh/id' are too open.\nLoad key \"/home/dev/.ssh/id\": bad permissions";
    let finding = only(&direct(remote("git@git.corp.example:kit", GitTrouble::KeyModes, stderr), None));
    assert_eq!(actions(&finding), [&Action::RestrictMode { path: "/home/dev/.ssh/id".into() }]);
}

#[test]
fn an_unknown_host_key_is_compared_before_it_is_stored() {
    let stderr = "Host key verification failed.\nfatal: Could not read from remote repository.";
    let url = "ssh://git@git.corp.example:2222/kit";
    let finding = only(&direct(remote(url, GitTrouble::HostKeyUnknown, stderr), None));
    assert_eq!((finding.code, finding.subject.value.as_str()), (Code::SshHostKey, "git.corp.example:2222"));
    let argv = ["ssh", "-T", "-p", "2222", "git@git.corp.example"].map(str::to_owned).to_vec();
    assert_eq!(actions(&finding), [&Action::Run { argv }]);
    assert!(finding.fixes.iter().all(|fix| fix.safety == Safety::Safe));
}

#[test]
fn a_host_key_is_stored_where_git_has_ssh_look() {
    let stderr = "Host key verification failed.\nfatal: Could not read from remote repository.";
    let argv = |file: &str| {
        let ssh = SshHost { known_hosts: vec![file.into()], ..ssh(vec![], AgentState::None) };
        let finding = only(&direct(remote("git@git.corp.example:kit", GitTrouble::HostKeyUnknown, stderr), Some(ssh)));
        match actions(&finding).as_slice() {
            [Action::Run { argv }] => argv.join(" "),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(argv("/etc/ci/known_hosts"), "ssh -T -oUserKnownHostsFile=/etc/ci/known_hosts git@git.corp.example");
    for usual in ["/home/dev/.ssh/known_hosts", "/dev/null", "/a b/known_hosts"] {
        assert!(!argv(usual).contains("UserKnownHostsFile"), "{usual}");
    }
}

#[test]
fn a_changed_host_key_is_first_asked_about() {
    let stderr = "REMOTE HOST IDENTIFICATION HAS CHANGED!\nOffending ED25519 key in /home/dev/.ssh/known_hosts:3\nHost key verification failed.";
    let finding = only(&direct(remote("git@git.corp.example:kit", GitTrouble::HostKeyChanged, stderr), None));
    let known = Some(("/home/dev/.ssh/known_hosts".into(), 3));
    let situation = Situation::HostKeyChanged { host: "git.corp.example".into(), known };
    assert_eq!(credentials(&finding.situation), &situation);
    let costs: Vec<_> = finding.fixes.iter().map(|fix| (fix.safety, fix.removes)).collect();
    assert_eq!(costs, [(Safety::Safe, None), (Safety::WeakensSecurity, Some(Protection::HostKey))]);
    let argv = ["ssh-keygen", "-R", "git.corp.example", "-f", "/home/dev/.ssh/known_hosts"].map(str::to_owned).to_vec();
    assert_eq!(actions(&finding), [&Action::Run { argv }]);
}

#[test]
fn a_rewrite_to_ssh_may_be_taken_back() {
    let mut remote = remote("https://git.corp.example/kit", GitTrouble::KeyRefused, DENIED);
    remote.effective_url = Some("ssh://git@git.corp.example/kit".into());
    remote.rewritten_by = Some(0);
    let mut facts = direct(remote, Some(ssh(vec![], AgentState::None)));
    facts.version_control.begin().rewrites.push(Rewrite {
        from: "https://git.corp.example/".into(),
        to: "ssh://git@git.corp.example/".into(),
        has_login: false,
        origin: crate::facts::version_control::ConfigOrigin {
            scope: "global".into(),
            file: "/home/dev/.gitconfig".into(),
            line: None,
        },
    });
    let advices: Vec<_> = only(&facts).fixes.into_iter().map(|fix| fix.advice).collect();
    assert!(advices.contains(&Advice::UseHttpsForGit.into()), "{advices:?}");
}
