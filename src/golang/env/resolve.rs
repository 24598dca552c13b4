//! Working out every value.

use super::file::Kind;
use super::known::{GO, Source};
use super::{
    EnvFile, Environment, FOREIGN, FileReport, FileState, Inputs, Origin, ProcessEnv, Setting, Text, UserFile, Value,
    Variable, default_build_cache, default_gopath, is_foreign, startup, unknown_names,
};
use crate::golang::file_path::{clean, is_abs, join, split_list};

/// The sources of one resolution.
struct Sources<'a> {
    inputs: &'a Inputs<'a>,
    process: ProcessEnv<'a>,
    user: EnvFile<'a>,
    goroot: EnvFile<'a>,
}

pub(super) fn resolve(inputs: &Inputs<'_>) -> Environment {
    let process = ProcessEnv::new(inputs.os, inputs.process);
    let user_file = UserFile::locate(inputs.os, &process, inputs.version);
    let user_text = if user_file.path().is_some() { inputs.user_file } else { Text::Absent };
    let sources = Sources {
        inputs,
        process,
        user: parse(user_text, Kind::User, inputs),
        goroot: parse(inputs.goroot_file, Kind::Goroot, inputs),
    };
    let mut environment = Environment {
        os: inputs.os,
        version: inputs.version.cloned(),
        user_file_report: report(user_text, &sources.user),
        goroot_file_report: report(inputs.goroot_file, &sources.goroot),
        variables: sources.variables(&user_file),
        unknown: unknown_names(&process, inputs.version),
        startup_problems: Vec::new(),
        user_file,
    };
    environment.startup_problems = startup::problems(&environment, &process);
    environment
}

fn parse<'a>(text: Text<'a>, kind: Kind, inputs: &Inputs<'_>) -> EnvFile<'a> {
    match text {
        Text::Read(text) => EnvFile::parse(text, kind, inputs.version),
        Text::Absent | Text::Unreadable => EnvFile::default(),
    }
}

fn report(text: Text<'_>, file: &EnvFile<'_>) -> FileReport {
    let state = match text {
        Text::Absent => FileState::Absent,
        Text::Unreadable => FileState::Unreadable,
        Text::Read(_) => FileState::Read,
    };
    FileReport { state, problems: file.problems.clone() }
}

impl Sources<'_> {
    fn variables(&self, user_file: &UserFile) -> Vec<Variable> {
        let mut variables: Vec<Variable> = GO
            .iter()
            .filter(|known| known.matters && known.source != Source::Computed)
            .map(|known| self.variable(known.name, self.settings(known.name, known.source), self.default(known.name)))
            .collect();
        let set = |variables: &mut Vec<Variable>, name: &str, change: &dyn Fn(&mut Variable)| {
            variables.iter_mut().filter(|variable| variable.name == name).for_each(change);
        };
        let of = |variables: &[Variable], name: &str| {
            variables.iter().find(|variable| variable.name == name).map(|variable| variable.value.clone())
        };
        if let Some(goroot) = self.inputs.goroot {
            set(&mut variables, "GOROOT", &|variable| {
                variable.value = Value::new("GOROOT", &clean(self.inputs.os, goroot));
            });
        }
        set(&mut variables, "GOENV", &|variable| {
            variable.value = Value::new("GOENV", user_file.path().unwrap_or_default());
        });
        set(&mut variables, "GOCACHE", &|variable| {
            let written = variable.value.as_str();
            if variable.origin != Origin::BuiltIn && written != "off" && !is_abs(self.inputs.os, written) {
                refuse(variable, "off");
            }
        });
        self.uninfer_gopath(&mut variables);
        if let Some(goprivate) = of(&variables, "GOPRIVATE").filter(|value| !value.is_empty()) {
            for name in ["GONOPROXY", "GONOSUMDB"] {
                set(&mut variables, name, &|variable| {
                    if variable.value.is_empty() {
                        refuse(variable, goprivate.as_str());
                        variable.origin = Origin::Variable { name: "GOPRIVATE".to_owned() };
                    }
                });
            }
        }
        self.add_foreign(&mut variables);
        variables.sort_by(|x, y| x.name.cmp(&y.name));
        variables
    }

    /// A default GOPATH that is relative, since HOME is, is dropped by go at its start. GOMODCACHE
    /// was worked out before that.
    fn uninfer_gopath(&self, variables: &mut [Variable]) {
        let os = self.inputs.os;
        for variable in variables {
            let inferred = variable.name == "GOPATH" && variable.origin == Origin::BuiltIn;
            if inferred && split_list(os, variable.value.as_str()).iter().any(|entry| !is_abs(os, entry)) {
                variable.value = Value::new("GOPATH", "");
            }
        }
    }

    /// What is set for a name, strongest first, empty settings of files included.
    fn settings(&self, name: &str, source: Source) -> Vec<Setting> {
        let process = self.process.non_empty(name).map(|value| (Origin::Process, value));
        let files = (source == Source::Anywhere).then(|| {
            let user = self.user.get(name, Kind::User);
            let goroot = self.goroot.get(name, Kind::Goroot);
            [
                user.map(|line| (Origin::UserFile { line: line.number }, line.value)),
                goroot.map(|line| (Origin::GorootFile { line: line.number }, line.value)),
            ]
        });
        process
            .into_iter()
            .chain(files.into_iter().flatten().flatten())
            .map(|(origin, value)| Setting { origin, value: self.value(name, value) })
            .collect()
    }

    fn variable(&self, name: &str, mut settings: Vec<Setting>, default: String) -> Variable {
        let empty_in_process = self.process.get(name) == Some("");
        let effective = settings.first().is_some_and(|first| !first.value.is_empty() || default.is_empty());
        let (origin, value) = if effective {
            let first = settings.remove(0);
            (first.origin, first.value)
        } else {
            (Origin::BuiltIn, Value::new(name, &default))
        };
        Variable { name: name.to_owned(), value, origin, shadowed: settings, empty_in_process }
    }

    fn default(&self, name: &str) -> String {
        let os = self.inputs.os;
        match name {
            "GOARCH" => self.inputs.goarch.to_owned(),
            "GOOS" => self.inputs.goos.to_owned(),
            "GOAUTH" => "netrc".to_owned(),
            "GOFIPS140" => "off".to_owned(),
            "GOCACHE" => {
                default_build_cache(os, &self.process, self.inputs.version).unwrap_or_else(|_| "off".to_owned())
            }
            "GOPATH" => default_gopath(os, &self.process).unwrap_or_default(),
            "GOMODCACHE" => self.default_gomodcache(),
            _ => String::new(),
        }
    }

    fn default_gomodcache(&self) -> String {
        let settings = self.settings("GOPATH", Source::Anywhere);
        let gopath = self.variable("GOPATH", settings, self.default("GOPATH"));
        let entries = split_list(self.inputs.os, gopath.value.as_str());
        entries
            .first()
            .filter(|first| !first.is_empty())
            .map_or_else(String::new, |first| join(self.inputs.os, &[first, "pkg/mod"]))
    }

    fn add_foreign(&self, variables: &mut Vec<Variable>) {
        let mut names: Vec<&str> = FOREIGN.iter().copied().filter(|name| self.process.get(name).is_some()).collect();
        names.extend(self.process.names().filter(|name| is_foreign(name) && !FOREIGN.contains(name)).take(200));
        for name in names {
            let settings = self.settings(name, Source::ProcessOnly);
            variables.push(self.variable(name, settings, String::new()));
        }
    }

    /// A setting of git that is passed by variables may hold a header with a token.
    fn value(&self, name: &str, raw: &str) -> Value {
        let holds_headers = |text: &str| {
            let text = text.to_ascii_lowercase();
            ["header", "token", "password", "credential"].iter().any(|word| text.contains(word))
        };
        let is_secret = match name.strip_prefix("GIT_CONFIG_VALUE_") {
            Some(number) => self.process.get(&format!("GIT_CONFIG_KEY_{number}")).is_none_or(holds_headers),
            None => name == "GIT_CONFIG_PARAMETERS" && holds_headers(raw),
        };
        if is_secret { Value::secret(raw) } else { Value::new(name, raw) }
    }
}

/// Puts `value` in the place of a setting that go refuses, and keeps that one as shadowed.
fn refuse(variable: &mut Variable, value: &str) {
    let refused = Setting {
        origin: std::mem::replace(&mut variable.origin, Origin::BuiltIn),
        value: std::mem::replace(&mut variable.value, Value::new(&variable.name, value)),
    };
    if refused.origin != Origin::BuiltIn {
        variable.shadowed.insert(0, refused);
    }
}
