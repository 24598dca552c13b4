//! Our routes against whom the go command asks.
//!
//! One server on loopback is every module proxy (`/missing`, `/broken`, `/bare` and `/full` differ in
//! what they answer) and the HTTP proxy besides, so that a direct fetch shows as a CONNECT to the module's
//! host. Its log is the order in which go asked.

use gomoddoc::golang::env::{Environment, Inputs, Text};
use gomoddoc::golang::goproxy::Fallback;
use gomoddoc::golang::platform::Os;
use gomoddoc::golang::route::{ChecksumBase, ChecksumRoute, Recorded, Route, StepProvider, route};

use super::support::module_proxy::ModuleProxy;
use super::support::modules::Module;
use super::support::sandbox::Sandbox;
use super::support::server::{Answer, Asked, Plan, Server, Site};
use super::support::sumdb::{Key, Sumdb};
use super::support::tools::have;

const MODULES: [&str; 3] = ["corp.example/team/tool", "corp.example/other", "public.example/lib"];

struct World {
    full: ModuleProxy,
    /// The same without a checksum database behind it.
    bare: ModuleProxy,
}

impl Site for World {
    fn answer(&self, asked: &Asked) -> Answer {
        if asked.method == "CONNECT" {
            return Answer::text(403, "no way out\n");
        }
        match asked.path.trim_start_matches('/').split_once('/') {
            Some(("full", rest)) => self.full.answer(&Asked { path: format!("/{rest}"), ..asked.clone() }),
            Some(("bare", rest)) => self.bare.answer(&Asked { path: format!("/{rest}"), ..asked.clone() }),
            Some(("broken", _)) => Answer::text(500, "broken\n"),
            _ => Answer::not_found("nothing here"),
        }
    }
}

/// Whom the log shows as asked: the first element of the path, or `direct HOST`; each once.
fn asked(server: &Server, from: usize, wanted: impl Fn(&Asked) -> bool) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    for asked in server.log.all().iter().skip(from).filter(|asked| wanted(asked)) {
        let who = if asked.method == "CONNECT" {
            format!("direct {}", asked.header("host").split(':').next().unwrap())
        } else {
            asked.path.split('/').nth(1).unwrap().to_owned()
        };
        if !order.contains(&who) {
            order.push(who);
        }
    }
    order
}

/// Whom our route asks, given what each answers.
fn expected(route: &Route) -> Vec<String> {
    let mut order = Vec::new();
    for step in &route.modules.steps {
        // A host that cannot be reached counts as "does not exist" to go.
        let (who, missing) = match &step.provider {
            StepProvider::Proxy { url, .. } => {
                let who = url.rsplit('/').next().unwrap().to_owned();
                let missing = who == "missing";
                (Some(who), missing)
            }
            StepProvider::Direct => (Some(format!("direct {}", route.module_path.split('/').next().unwrap())), true),
            StepProvider::Off => (None, true),
            StepProvider::Folder { .. } => panic!("no folder in this table"),
        };
        let found = who.as_deref() == Some("full");
        order.extend(who);
        let goes_on = match step.fallback {
            Fallback::AnyError => true,
            Fallback::NotExist => missing,
            Fallback::None => false,
        };
        if found || !goes_on {
            break;
        }
    }
    order
}

fn environment(process: &[(&str, String)], user_file: &str, goroot_file: &str) -> Environment {
    let mut process: Vec<_> = process.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    process.push(("HOME".to_owned(), "/home/u".to_owned()));
    Environment::resolve(&Inputs {
        os: Os::Linux,
        goos: "linux",
        goarch: "amd64",
        process: &process,
        goroot: None,
        user_file: Text::Read(user_file),
        goroot_file: Text::Read(goroot_file),
        version: None,
    })
}

/// A room without any of the variables that the tables set.
fn bare_sandbox(server: &Server) -> (Sandbox, String) {
    let mut sandbox = Sandbox::new();
    let goroot = sandbox.go(&["env", "GOROOT"]).stdout.trim().to_owned();
    let goroot_file = std::fs::read_to_string(format!("{goroot}/go.env")).unwrap_or_default();
    sandbox.unset("GOPROXY").set("GOFLAGS", "-mod=mod").set("HTTPS_PROXY", server.url());
    sandbox.go_mod("");
    (sandbox, goroot_file)
}

#[test]
fn go_asks_whom_the_route_names() {
    if !have(&["go"]) {
        return;
    }
    let full = ModuleProxy::new(&MODULES.map(|path| Module::new(path, "v1.0.0")));
    let server = Plan::new(World { full, bare: ModuleProxy::default() }).start();
    let (mut sandbox, goroot_file) = bare_sandbox(&server);
    let mut room = 0;
    for (goproxy, variables, user_file) in [
        ("{}/full", &[] as &[(&str, &str)], ""),
        ("{}/missing,{}/full", &[], ""),
        ("{}/missing,{}/broken,{}/full", &[], ""),
        ("{}/broken|{}/missing|{}/full,direct", &[], ""),
        ("{}/missing,off", &[], ""),
        ("{}/missing,direct,{}/full", &[], ""),
        ("direct", &[], ""),
        ("off", &[], ""),
        (" {}/missing , {}/full ", &[], ""),
        ("{}/full", &[("GOPRIVATE", "corp.example")], ""),
        ("{}/missing,{}/full", &[("GOPRIVATE", "corp.example/team")], ""),
        ("{}/full,direct", &[("GONOPROXY", "none"), ("GOPRIVATE", "corp.example")], ""),
        ("off", &[("GONOPROXY", "*.example")], ""),
        ("direct", &[("GONOPROXY", "corp.example/team")], ""),
        ("{}/broken|direct", &[("GONOPROXY", "public.example/*")], ""),
        ("{}/full", &[("GOPRIVATE", "https://corp.example")], ""),
        ("{}/full", &[("GOPRIVATE", "public.example, corp.example")], ""),
        ("{}/full", &[("GONOSUMDB", "corp.example")], ""),
        ("{}/full", &[], "GOPRIVATE=corp.example/other\n"),
        ("{}/full", &[("GOPRIVATE", "public.example")], "GOPRIVATE=corp.example\nGONOPROXY=\n"),
        ("", &[], "GOPROXY={}/missing,{}/full\nGONOPROXY=corp.example/team\n"),
    ] {
        let value = |text: &str| text.replace("{}", &server.url());
        let mut process = vec![("GOSUMDB", "off".to_owned())];
        process.extend(variables.iter().map(|(name, text)| (*name, value(text))));
        if !goproxy.is_empty() {
            process.push(("GOPROXY", value(goproxy)));
        }
        let user_file = value(user_file);
        for name in ["GOPROXY", "GOPRIVATE", "GONOPROXY", "GONOSUMDB"] {
            sandbox.unset(name);
        }
        for (name, text) in &process {
            sandbox.set(name, text);
        }
        sandbox.write("home/.config/go/env", &user_file);
        let environment = environment(&process, &user_file, &goroot_file);
        for module in MODULES {
            room += 1;
            sandbox.set("GOMODCACHE", sandbox.path("rooms").join(room.to_string()));
            let from = server.log.all().len();
            let output = sandbox.go(&["list", "-m", &format!("{module}@v1.0.0")]);
            let ours = route(&environment, module, Recorded::No);
            let case = format!("{goproxy} {variables:?} {user_file:?} {module}: {output}{ours:#?}");
            assert_eq!(asked(&server, from, |_| true), expected(&ours), "{case}");
            assert_eq!(output.stderr.contains("module lookup disabled by GOPROXY=off"), goes_off(&ours), "{case}");
        }
    }
}

/// Whether the search ends at `off`, whose message beats that of a proxy which lacks the module.
fn goes_off(route: &Route) -> bool {
    route.modules.steps.last().is_some_and(|step| step.provider == StepProvider::Off)
}

#[test]
fn go_asks_the_checksum_database_where_the_route_says() {
    if !have(&["go"]) {
        return;
    }
    let modules = MODULES.map(|path| Module::new(path, "v1.0.0"));
    let key = Key::new("sums.example", 1);
    let sumdb = Sumdb::new(&key, &modules);
    let bare = ModuleProxy::new(&modules);
    let full = bare.clone().with_sumdb("sums.example", std::sync::Arc::new(sumdb));
    let server = Plan::new(World { full, bare }).start();
    let (mut sandbox, goroot_file) = bare_sandbox(&server);
    let mut room = 0;
    for (goproxy, gosumdb, variables) in [
        ("{}/full", key.verifier(), &[] as &[(&str, &str)]),
        ("{}/missing,{}/full", key.verifier(), &[]),
        ("{}/full,{}/missing", key.verifier(), &[]),
        ("{}/broken|{}/missing|{}/full", key.verifier(), &[]),
        // The module comes from a proxy that passes nothing on, so the database itself is asked, `off`
        // or not.
        ("{}/missing,{}/bare,off", key.verifier(), &[]),
        ("{}/full", format!("{} {{}}/full/sumdb/sums.example", key.verifier()), &[]),
        ("{}/full", "off".to_owned(), &[]),
        ("{}/full", key.verifier(), &[("GONOSUMDB", "corp.example")]),
        ("{}/full", key.verifier(), &[("GONOSUMDB", "none"), ("GOPRIVATE", "corp.example"), ("GONOPROXY", "none")]),
    ] {
        let value = |text: &str| text.replace("{}", &server.url());
        let mut process = vec![("GOSUMDB", value(&gosumdb)), ("GOPROXY", value(goproxy))];
        process.extend(variables.iter().map(|(name, text)| (*name, value(text))));
        for name in ["GOPRIVATE", "GONOPROXY", "GONOSUMDB"] {
            sandbox.unset(name);
        }
        for (name, text) in &process {
            sandbox.set(name, text);
        }
        let environment = environment(&process, "", &goroot_file);
        for module in MODULES {
            room += 1;
            let place = sandbox.path("rooms").join(room.to_string());
            sandbox.set("GOMODCACHE", place.join("mod")).set("GOPATH", place);
            let from = server.log.all().len();
            let output = sandbox.go(&["mod", "download", &format!("{module}@v1.0.0")]);
            let ours = route(&environment, module, Recorded::No);
            let wanted = |asked: &Asked| {
                asked.path.ends_with("/supported") || asked.path.contains("/lookup/") || asked.method == "CONNECT"
            };
            let case = format!("{goproxy} {gosumdb} {variables:?} {module}: {output}{ours:#?}");
            assert_eq!(asked(&server, from, wanted), expected_sums(&ours), "{case}");
        }
    }
}

fn expected_sums(route: &Route) -> Vec<String> {
    let ChecksumRoute::Database(source) = &route.checksum else { return Vec::new() };
    let mut order = Vec::new();
    for base in &source.bases {
        match base {
            ChecksumBase::Proxy { url, fallback, .. } => {
                let who = url.trim_end_matches("/sumdb/sums.example").rsplit('/').next().unwrap().to_owned();
                let ends = who == "full" || (who == "broken" && *fallback != Fallback::AnyError);
                order.push(who);
                if ends {
                    break;
                }
            }
            ChecksumBase::Configured { .. } => order.push("full".to_owned()),
            ChecksumBase::Direct { .. } => order.push("direct sums.example".to_owned()),
        }
    }
    order
}

/// The hosts of our command's document against the URLs that `go mod download -x` prints.
#[test]
fn the_command_names_the_steps_that_go_traces() {
    if !have(&["go"]) {
        return;
    }
    let full = ModuleProxy::new(&MODULES.map(|path| Module::new(path, "v1.0.0")));
    let server = Plan::new(World { full, bare: ModuleProxy::default() }).start();
    let (mut sandbox, _) = bare_sandbox(&server);
    let goproxy = "{}/missing,{}/broken|{}/full,direct".replace("{}", &server.url());
    sandbox.set("GOPROXY", goproxy).go_env_file(&["GOPRIVATE=corp.example/team"]);

    let from = server.log.all().len();
    let module = "public.example/lib@v1.0.0";
    let document = sandbox.gomoddoc(&["route", "--format", "json", module, "corp.example/team/tool@v1.0.0"]);
    assert_eq!(document.code, Some(0), "{document}");
    assert_eq!(server.log.all().len(), from, "route asked somebody");
    let document: serde_json::Value = serde_json::from_str(&document.stdout).unwrap();
    let steps = document["routes"][0]["route"]["modules"]["steps"].as_array().unwrap();
    let urls: Vec<&str> = steps.iter().filter_map(|step| step["url"].as_str()).collect();
    assert_eq!(urls.len(), 3, "{document:#}");

    let traced = sandbox.go(&["mod", "download", "-x", module]);
    let mut order: Vec<&str> = Vec::new();
    for line in traced.stderr.lines().filter_map(|line| line.strip_prefix("# get ")) {
        let url = urls.iter().find(|url| line.starts_with(**url));
        order.extend(url.filter(|url| !order.contains(url)));
    }
    assert_eq!(order, urls, "{traced}");

    let private = &document["routes"][1]["route"]["modules"];
    assert_eq!(private["steps"][0]["provider"], "direct", "{document:#}");
    assert_eq!(private["bypass"]["variable"], "GOPRIVATE");
    for lang in ["en", "zh"] {
        let table = sandbox.gomoddoc(&["route", "--lang", lang, "corp.example/team/tool@v1.0.0"]);
        assert!(table.stdout.contains(".config/go/env:1"), "{table}");
        assert!(table.stdout.contains("https://corp.example/team/tool?go-get=1"), "{table}");
    }
}
