//! English sentences of the family `module-proxy`.

use super::list;
use crate::model::situation::module_proxy::{Advice, Instead, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::Unparsable { value, error } => Said::new(format!("go cannot read GOPROXY: {error}."))
            .because(format!("GOPROXY is \"{value}\". go reads it when the first module has to be looked up.")),
        Situation::OddHost { entry } => Said::new(format!("GOPROXY has an entry that is no module proxy: {entry}."))
            .because("Entries are separated by a comma or a bar, and each begins with https://."),
        Situation::Off { module, value } => {
            Said::new(format!("GOPROXY forbids to look up {module}, which the module cache lacks."))
                .because(format!("GOPROXY is \"{value}\": go stops at off."))
        }
        Situation::WantsLogin { host, login_sent: false } => {
            Said::new(format!("The module proxy {host} wants a login and got none."))
                .because("It answered 401. go takes a login for it from netrc, GOAUTH or the URL in GOPROXY.")
        }
        Situation::WantsLogin { host, login_sent: true } => {
            Said::new(format!("The module proxy {host} refuses the login that go sends."))
                .because("It answered 401 although a login was sent: the password or token is wrong or has expired.")
        }
        Situation::RefusesModule { host, module } => {
            Said::new(format!("The module proxy {host} refuses {module}, and serves other modules."))
                .because("It answered 403: a rule there forbids this module, or your account may not read it.")
        }
        Situation::RefusesAll { host, login_sent } => {
            let login = if *login_sent { "the login that was sent may not read there" } else { "no login was sent" };
            Said::new(format!("The module proxy {host} refuses every request (403)."))
                .because(format!("A rule there or on the way forbids it; {login}."))
        }
        Situation::TooMany { host, retry_after } => {
            let after = retry_after.as_ref().map_or_else(
                || "It does not say how long to wait.".to_owned(),
                |after| format!("It asks to wait: Retry-After {after}."),
            );
            Said::new(format!("The module proxy {host} refuses requests as too many (429).")).because(after)
        }
        Situation::Fault { host, status: 0, said } => {
            Said::new(format!("go cannot read the module proxy folder {host}.")).because(said.to_string())
        }
        Situation::Fault { host, status, said } => {
            let said = if said.is_empty() { String::new() } else { format!(" It says: {said}") };
            Said::new(format!("The module proxy {host} has a fault of its own ({status})."))
                .because(format!("Nothing on this machine causes it.{said}"))
        }
        Situation::NotTheProtocol { host, module, instead } => {
            Said::new(format!("{host} does not answer as a module proxy: for {module} it sends {}.", what(instead)))
                .because(match instead {
                    Instead::Html => {
                        "A login page, a captive portal or a firewall answers, or the URL in GOPROXY is wrong."
                    }
                    Instead::Status { .. } => "The GOPROXY protocol knows 200, and 404 or 410 for what does not exist.",
                    _ => "go stops there, whatever comes next in GOPROXY.",
                })
        }
        Situation::NotThere { module, hosts } => Said::new(format!("No module proxy has {module}.")).because(format!(
            "Asked: {}. Each says that it does not exist, and nothing else in GOPROXY is left to ask.",
            list(hosts)
        )),
        Situation::Blocked { host, next } => {
            Said::new(format!("A comma in GOPROXY keeps go from {next} while {host} fails."))
                .because("After a comma go goes on only on 404 and 410, after a bar on every error.")
        }
    }
}

fn what(instead: &Instead) -> String {
    match instead {
        Instead::Html => "an HTML page".into(),
        Instead::Nothing => "nothing".into(),
        Instead::NotJson => "no JSON".into(),
        Instead::OtherVersion { got } => format!("the info of {got}"),
        Instead::NotGoMod => "no go.mod file".into(),
        Instead::NotZip => "no valid zip".into(),
        Instead::BadZip { problem } => format!("a zip that go refuses ({problem})"),
        Instead::Status { status } => format!("status {status}"),
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::CorrectGoproxy => {
            "Write GOPROXY as URLs with https://, separated by commas, with direct at the end.".into()
        }
        Advice::UseDefault => "Go back to Go's own default.".into(),
        Advice::AllowLookups => "Let go look modules up again.".into(),
        Advice::AddLogin { host, netrc } => {
            format!("Add a line to {netrc}: machine {host} login USER password TOKEN.")
        }
        Advice::RenewLogin { host } => format!("Renew the login for {host}; try it with curl first."),
        Advice::AskToAllow { host, module: Some(module) } => {
            format!("Ask whoever runs {host} to allow {}.", module.path)
        }
        Advice::AskToAllow { host, module: None } => format!("Ask whoever runs {host} why requests are refused."),
        Advice::Wait => "Wait, and try again.".into(),
        Advice::TellOperator { host } => format!("Tell whoever runs {host} what it answers."),
        Advice::CheckUrl { host } => format!("See whether the URL of {host} in GOPROXY is that of a Go module proxy."),
        Advice::CheckVersion { module } => {
            format!("See whether {module} exists. For a tag pushed minutes ago, ask for its commit or wait.")
        }
        Advice::AddDirect => "If the module lies in version control, let go fall back to it.".into(),
        Advice::UseBar { next } => {
            format!("Let go fall back on any error; {next} then sees which modules you ask for.")
        }
    }
}
