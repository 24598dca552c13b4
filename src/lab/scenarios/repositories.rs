//! A private module in a git repository over https.

use super::FEW;
use crate::catalog::Code;
use crate::lab::LabError;
use crate::lab::faults::{BasicLogin, Faults, On};
use crate::lab::git::{GitHttp, Repositories};
use crate::lab::modules::Module;
use crate::lab::scenario::{Go, Scenario, Sentence};
use crate::lab::server::{Plan, Server, listener};
use crate::lab::stage::{Stage, main_go};
use crate::lab::tls::{Authority, Flaw};

pub(super) const PRIVATE: &str = "git.corp.example/team/lib.git";
pub(super) const VERSION: &str = "v1.1.0";

/// The repository requires the private module too.
pub(super) fn needs_private(stage: &mut Stage) -> Result<(), LabError> {
    let module = Module::new(PRIVATE, VERSION);
    stage.repository(&format!("\t{PRIVATE} {VERSION}\n"), &main_go(&[PRIVATE]), &module.sum_lines())
}

/// It is fetched from a git host that lets `dev` in with a password; git sends this one, if any.
fn git(stage: &mut Stage, password: Option<&str>) -> Result<(), LabError> {
    needs_private(stage)?;
    let repositories = Repositories::new()?;
    repositories.add("team/lib.git", &["v1.0.0", VERSION].map(|version| Module::new(PRIVATE, version)))?;
    let authority = Authority::new()?;
    let plan = Plan::new(GitHttp::new(repositories.root()))
        .tls(authority.server(Flaw::None)?)
        .faults(Faults::new().add(On::all(), BasicLogin::new("dev", "s3cret-word")));
    let server = Server::start(listener(0)?, plan)?;
    let base = format!("{}/", server.url());
    // git looks for its netrc file in the home folder, and nowhere else.
    let home = stage.path("home");
    stage.set("HOME", home);
    let login = password.map(|password| format!("machine 127.0.0.1 login dev password {password}\n"));
    stage.write("home/.netrc", login.unwrap_or_default())?;
    stage.write("gitconfig", format!("[url \"{base}\"]\n\tinsteadOf = https://git.corp.example/\n"))?;
    stage.trust(&authority)?;
    stage.hold((server, repositories));
    stage.set("GOPRIVATE", "*.corp.example");
    stage.faulty(Faults::new())
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "git-healthy",
        code: None,
        go: Go::Passes,
        sentence: Sentence {
            en: "A private module comes from a git host that wants a login, and git has it.",
            zh: "私有模块来自要求登录的 git 主机，git 有正确的登录信息。",
        },
        modules: FEW,
        set_up: |stage| git(stage, Some("s3cret-word")),
    },
    Scenario {
        name: "git-no-login",
        code: Some(Code::GitAuthRequired),
        go: Go::Fails,
        sentence: Sentence {
            en: "A private module comes from a git host that wants a login, and git has none.",
            zh: "私有模块来自要求登录的 git 主机，而 git 没有登录信息。",
        },
        modules: FEW,
        set_up: |stage| git(stage, None),
    },
    Scenario {
        name: "git-wrong-login",
        code: Some(Code::GitAuthFailed),
        go: Go::Fails,
        sentence: Sentence {
            en: "A private module comes from a git host that does not take the login that git has.",
            zh: "私有模块来自 git 主机，而该主机不接受 git 的登录信息。",
        },
        modules: FEW,
        set_up: |stage| git(stage, Some("wr0ng-w0rd")),
    },
    Scenario {
        name: "private-unset",
        code: Some(Code::PrivateNotConfigured),
        go: Go::Fails,
        sentence: Sentence {
            en: "GOPRIVATE does not name a private module, so that go asks the module proxy for it.",
            zh: "GOPRIVATE 没有列出私有模块，因此 go 向模块代理询问。",
        },
        modules: FEW,
        set_up: |stage| {
            needs_private(stage)?;
            stage.faulty(Faults::new())
        },
    },
];
