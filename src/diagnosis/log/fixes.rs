//! What to do, as far as a log tells: the advice of the other families, about what the log names.

use super::subject::host_of;
use super::{Meaning, ticket};
use crate::catalog::Code;
use crate::facts::transcript::{Failure, TranscriptFacts};
use crate::golang::module_path::ModuleVersion;
use crate::golang::pattern::corrected_list;
use crate::model::situation::{
    cache, checksum, credentials, environment, log, module, module_proxy, network, private, toolchain, version_control,
};
use crate::model::{Action, Advice, Fix, Foreign, Place, SubjectKind};

/// The first item of GOPROXY that is no provider but git itself.
const DIRECT: &str = "direct";

/// What the fixes are about.
struct About<'a> {
    log: &'a TranscriptFacts,
    meaning: &'a Meaning<'a>,
    module: Option<&'a ModuleVersion>,
    package: Option<&'a str>,
}

pub(super) fn fixes(log: &TranscriptFacts, failure: &Failure, meaning: &Meaning<'_>) -> Vec<Fix> {
    let package = failure.package.as_ref().map(AsRef::as_ref);
    let about = About { log, meaning, module: failure.module.as_ref(), package };
    let mut fixes = about.fixes();
    if fixes.is_empty() {
        fixes.push(advice(log::Advice::CheckThere));
    }
    fixes
}

fn advice(advice: impl Into<Advice>) -> Fix {
    Fix::safe(advice.into(), Place::Elsewhere, Vec::new())
}

fn run(told: impl Into<Advice>, place: Place, commands: &[&[&str]]) -> Fix {
    let argv = |command: &&[&str]| Action::Run { argv: command.iter().map(|word| (*word).to_owned()).collect() };
    Fix::safe(told.into(), place, commands.iter().map(argv).collect())
}

fn set(told: impl Into<Advice>, name: &str, value: &str) -> Fix {
    let action = Action::SetVariable { name: name.to_owned(), value: value.to_owned() };
    Fix::safe(told.into(), Place::UserEnvFile, vec![action])
}

fn unset(told: impl Into<Advice>, name: &str) -> Fix {
    Fix::safe(told.into(), Place::UserEnvFile, vec![Action::UnsetVariable { name: name.to_owned() }])
}

impl About<'_> {
    /// The path of the module, else of the package.
    fn path(&self) -> &str {
        self.module.map(|module| module.path.as_str()).or(self.package).unwrap_or_default()
    }

    fn named(&self) -> Foreign {
        Foreign::new(&self.meaning.subject.value)
    }

    /// The host of the subject, of a URL, or of the path.
    fn host(&self) -> Foreign {
        let subject = &self.meaning.subject;
        let of_subject = (subject.kind == SubjectKind::Host).then_some(subject.value.as_str());
        let of_url = || self.meaning.said.get("url").and_then(host_of);
        let of_path = || Some(self.path()).filter(|path| !path.is_empty()).or(Some(&subject.value))?.split('/').next();
        Foreign::new(of_subject.or_else(of_url).or_else(of_path).unwrap_or_default())
    }

    fn setting(&self, name: &str) -> Option<&str> {
        ticket::setting(self.log, name)
    }

    fn whole(&self) -> ModuleVersion {
        self.module.cloned().unwrap_or_else(|| ModuleVersion::new(self.path(), ""))
    }

    fn fixes(&self) -> Vec<Fix> {
        let family = self.meaning.code.family();
        match family {
            "network" => self.of_network(),
            "module-proxy" => self.of_module_proxy(),
            "checksum" => self.of_checksum(),
            "private" | "environment" => self.of_settings(),
            "credentials" | "version-control" => self.of_version_control(),
            "module" => self.of_module(),
            "toolchain" => self.of_toolchain(),
            "cache" => self.of_cache(),
            _ => Vec::new(),
        }
    }

    fn of_network(&self) -> Vec<Fix> {
        use network::Advice as Say;
        let host = || self.host();
        match self.meaning.code {
            Code::DnsFailure => vec![advice(Say::CheckName { host: host(), variable: None })],
            Code::ConnectRefused => {
                vec![advice(Say::CheckServer { host: host() }), advice(Say::CheckFirewall { host: host() })]
            }
            Code::ConnectTimeout => vec![advice(Say::Retry), advice(Say::CheckFirewall { host: host() })],
            Code::ConnectionReset => vec![advice(Say::Retry), advice(Say::AskOperator { host: host() })],
            Code::TlsUntrusted => vec![advice(Say::TrustAuthority { issuer: None })],
            Code::TlsInvalid => vec![advice(Say::AskForCertificate { host: host() }), advice(Say::SetClock)],
            Code::TlsProtocol => vec![advice(Say::MatchScheme { host: host() })],
            Code::InsecureTransport => vec![advice(Say::UseHttps)],
            Code::HttpProxyError => vec![
                advice(Say::MendProxyVariable {
                    variable: ticket::http_proxy(self.log).map_or("HTTPS_PROXY", |(name, _)| name).into(),
                }),
                advice(Say::AskProxyOperator { host: host() }),
            ],
            _ => Vec::new(),
        }
    }

    fn of_module_proxy(&self) -> Vec<Fix> {
        use module_proxy::Advice as Say;
        let host = || self.host();
        match self.meaning.code {
            Code::ProxyMisconfigured => vec![advice(Say::CorrectGoproxy), unset(Say::UseDefault, "GOPROXY")],
            Code::ProxyDisabled => vec![unset(Say::AllowLookups, "GOPROXY")],
            Code::ProxyUnauthorized => vec![advice(Say::AddLogin { host: host(), netrc: ".netrc".into() })],
            Code::ProxyForbidden => vec![advice(Say::AskToAllow { host: host(), module: self.module.cloned() })],
            Code::ProxyRateLimited => {
                vec![run(
                    Say::Wait,
                    Place::Repository,
                    &[&["gomoddoc", "run", "--retries", "3", "--", "go", "mod", "download"]],
                )]
            }
            Code::ProxyServerError => vec![advice(network::Advice::Retry), advice(Say::TellOperator { host: host() })],
            Code::ProxyBadResponse => {
                vec![advice(Say::CheckUrl { host: host() }), advice(Say::TellOperator { host: host() })]
            }
            Code::ModuleNotOnProxy => {
                let mut fixes = vec![advice(Say::CheckVersion { module: self.whole() })];
                let no_fallback = |list: &&str| !list.split([',', '|']).any(|entry| entry == DIRECT);
                if let Some(list) = self.setting("GOPROXY").filter(no_fallback) {
                    fixes.push(set(Say::AddDirect, "GOPROXY", &format!("{list},{DIRECT}")));
                }
                fixes
            }
            _ => Vec::new(),
        }
    }

    fn of_checksum(&self) -> Vec<Fix> {
        use checksum::Advice as Say;
        let module = || self.whole();
        match self.meaning.code {
            Code::SumdbNotFound => vec![
                advice(Say::CheckVersion { module: module() }),
                set(
                    Say::ExcludePrivate { pattern: Foreign::new(self.path()) },
                    "GONOSUMDB",
                    &self.extended("GONOSUMDB", self.path()),
                ),
            ],
            Code::SumdbUnreachable => vec![advice(Say::Retry), advice(Say::OpenTheWay { host: self.host() })],
            Code::SumdbMisconfigured => vec![unset(Say::UseDefault, "GOSUMDB")],
            Code::SumdbMismatch => vec![advice(Say::DoNotUse { module: module() })],
            Code::SumdbCacheCorrupt => vec![advice(Say::RemoveStored)],
            Code::ChecksumMismatch => vec![advice(Say::DoNotUse { module: module() })],
            Code::GoSumMissing => vec![run(Say::AddLines, Place::Repository, &[&["go", "mod", "tidy"]])],
            Code::GoSumMalformed => {
                vec![run(module::Advice::KeepBothSides, Place::Repository, &[&["go", "mod", "tidy"]])]
            }
            _ => Vec::new(),
        }
    }

    /// The list that the log shows, and one item more.
    fn extended(&self, name: &str, item: &str) -> String {
        match self.setting(name).filter(|list| !list.is_empty()) {
            Some(list) => format!("{list},{item}"),
            None => item.to_owned(),
        }
    }

    fn of_settings(&self) -> Vec<Fix> {
        match self.meaning.code {
            Code::PrivateNotConfigured => {
                use private::Advice as Say;
                // The organisation on a public forge, the host where all of it is one company's.
                let path = self.path();
                let host = path.split('/').next().unwrap_or(path);
                let public = crate::golang::route::is_public_module_host(host);
                let pattern =
                    if public { path.splitn(3, '/').take(2).collect::<Vec<_>>().join("/") } else { host.to_owned() };
                let variable = || Foreign::new("GOPRIVATE");
                vec![
                    set(
                        Say::AddPattern { variable: variable(), pattern: Foreign::new(&pattern) },
                        "GOPRIVATE",
                        &self.extended("GOPRIVATE", &pattern),
                    ),
                    advice(Say::CheckPath { path: Foreign::new(path) }),
                ]
            }
            Code::GoprivatePattern => {
                let name = self.meaning.subject.value.as_str();
                let say = private::Advice::CorrectList { variable: self.named() };
                let corrected = self.setting(name).and_then(corrected_list);
                vec![corrected.map_or_else(|| advice(say.clone()), |list| set(say.clone(), name, &list))]
            }
            Code::SettingsElsewhere => vec![advice(environment::Advice::RunThere)],
            Code::ModulesDisabled => vec![unset(environment::Advice::ModulesOn, "GO111MODULE")],
            Code::EnvShadowed => vec![advice(environment::Advice::Unshadow { variable: self.named() })],
            _ => vec![advice(environment::Advice::Correct { variable: self.named() })],
        }
    }

    fn of_version_control(&self) -> Vec<Fix> {
        use credentials::Advice as Login;
        use version_control::Advice as Say;
        let (host, path) = (|| self.host_of_path(), || Foreign::new(self.path()));
        let ask = || {
            let url = format!("https://{}", self.path());
            run(Say::AskByHand, Place::System, &[&["git", "ls-remote", &url]])
        };
        match self.meaning.code {
            Code::GitAuthRequired => vec![
                advice(Login::AddNetrcLine { path: "~/.netrc".into(), host: host() }),
                advice(Login::UseSsh { host: host() }),
                advice(Login::CheckSpelling { path: path() }),
            ],
            Code::GitAuthFailed => vec![
                advice(Login::RenewLogin { from: credentials::LoginFrom::Unknown }),
                advice(Login::AskForAccess { host: host() }),
            ],
            Code::RepositoryNotFound => {
                vec![advice(Say::CheckPath { path: path() }), advice(Say::LogInIfPrivate { host: host() })]
            }
            Code::SshAuthFailed => vec![advice(Login::RegisterKey { host: host() }), advice(Login::UseHttpsForGit)],
            Code::SshHostKey => {
                let host = host();
                let target = format!("git@{host}");
                vec![
                    run(Login::CompareFingerprint { host: host.clone() }, Place::System, &[&["ssh", "-T", &target]]),
                    advice(Login::KeepHostKeyInCi { host }),
                ]
            }
            Code::GoauthInvalid => vec![unset(Login::UnsetGoauth, "GOAUTH")],
            Code::VcsMissing => vec![advice(Say::Install { program: self.named() }), advice(Say::UseModuleProxy)],
            Code::GitTooOld => vec![advice(Say::UpgradeGit)],
            Code::VcsServerError => vec![advice(Say::RetryLater), advice(Say::TellOperator { host: self.host() })],
            Code::VanityImportFailed => vec![
                advice(Say::CheckPath { path: self.named() }),
                advice(Say::TellPageOwner { path: self.named(), host: host() }),
            ],
            Code::GitUnsafeRepository => {
                let folder = self.meaning.said.get("path");
                folder.map(|folder| advice(Say::OwnRepository { path: Foreign::new(folder) })).into_iter().collect()
            }
            Code::VcsFailed if !self.path().is_empty() => vec![ask()],
            _ => Vec::new(),
        }
    }

    /// The host that the path begins with.
    fn host_of_path(&self) -> Foreign {
        let host = self.path().split('/').next().filter(|host| !host.is_empty());
        host.map_or_else(|| self.host(), Foreign::new)
    }

    fn of_module(&self) -> Vec<Fix> {
        use module::Advice as Say;
        let tidy = || run(Say::Tidy, Place::Repository, &[&["go", "mod", "tidy"]]);
        let import = || Foreign::new(self.package.unwrap_or_else(|| self.path()));
        match self.meaning.code {
            Code::GoModMissing => vec![advice(Say::InitModule)],
            Code::GoModNeedsUpdate => vec![tidy()],
            Code::VendorInconsistent => vec![run(Say::Vendor, Place::Repository, &[&["go", "mod", "vendor"]])],
            Code::ReplaceMissing => {
                let target = self.meaning.said.get("path").unwrap_or_default().trim_end_matches("/go.mod");
                let bring = advice(Say::BringFolder { target: Foreign::new(target) });
                let path = self.path();
                let drop = format!("-dropreplace={path}");
                vec![
                    bring,
                    run(
                        Say::DropReplace { path: Foreign::new(path) },
                        Place::Repository,
                        &[&["go", "mod", "edit", &drop]],
                    ),
                ]
            }
            Code::PackageNotFound => vec![
                advice(Say::CorrectImport { import: import() }),
                run(Say::GetImport { import: import() }, Place::Repository, &[&["go", "get", import().as_str()]]),
            ],
            Code::PackageNotInModule => {
                let path = self.meaning.said.get("module").unwrap_or_else(|| self.path());
                vec![
                    advice(Say::OtherVersion { path: Foreign::new(path) }),
                    advice(Say::CorrectImport { import: import() }),
                ]
            }
            Code::AmbiguousImport => vec![advice(Say::RaiseOuter { path: Foreign::new(self.path()) })],
            Code::UnknownRevision => vec![
                advice(Say::CheckRevision),
                advice(version_control::Advice::PushTag {
                    version: Foreign::new(self.module.map_or("", |module| &module.version)),
                }),
            ],
            Code::NoMatchingVersions => vec![advice(Say::NameRevision { path: Foreign::new(self.path()) })],
            Code::InvalidVersion => vec![advice(Say::MatchMajor)],
            Code::ModulePathMismatch => match self.meaning.said.get("declared") {
                Some(declared) => vec![advice(Say::RequireAs { declared: Foreign::new(declared) })],
                None => Vec::new(),
            },
            Code::InvalidModulePath => vec![advice(Say::CorrectImport { import: self.named() })],
            Code::WorkspaceMismatch => {
                vec![run(Say::AddUse { dir: ".".into() }, Place::Repository, &[&["go", "work", "use", "."]])]
            }
            Code::ModuleRetracted | Code::ModuleDeprecated => vec![advice(Say::MoveOn)],
            Code::VersionConflict => vec![tidy()],
            _ => Vec::new(),
        }
    }

    fn of_toolchain(&self) -> Vec<Fix> {
        use toolchain::Advice as Say;
        let release = self.meaning.said.get("revision").unwrap_or_default();
        match self.meaning.code {
            Code::GoTooOld if !release.is_empty() => {
                vec![advice(Say::Install { release: Foreign::new(release) }), unset(Say::AllowSwitch, "GOTOOLCHAIN")]
            }
            Code::GoTooOld => vec![unset(Say::AllowSwitch, "GOTOOLCHAIN")],
            Code::ToolchainUnavailable => {
                vec![
                    advice(Say::NameRelease { name: self.named() }),
                    advice(Say::Install { release: Foreign::new(release) }),
                ]
            }
            Code::ToolchainMisconfigured => vec![unset(Say::UseDefault, "GOTOOLCHAIN")],
            _ => Vec::new(),
        }
    }

    fn of_cache(&self) -> Vec<Fix> {
        use cache::Advice as Say;
        match self.meaning.code {
            Code::DiskFull => vec![
                advice(Say::MakeRoom { path: self.named() }),
                run(Say::EmptyBuildCache, Place::Cache, &[&["go", "clean", "-cache"]]),
            ],
            Code::CachePermission => vec![advice(Say::GiveBack { path: self.named() })],
            Code::CacheLock => vec![advice(Say::OtherFolder { variable: "GOMODCACHE".into() })],
            Code::CacheCorrupt => vec![advice(Say::Refetch { module: self.whole() })],
            Code::CacheWrongContent => vec![advice(Say::RefetchPage { module: self.whole() })],
            _ => Vec::new(),
        }
    }
}
