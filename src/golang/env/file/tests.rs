use super::LineProblem as P;
use super::*;

fn found(text: &str) -> Vec<(usize, LineProblem)> {
    let file = EnvFile::parse(text, Kind::User, None);
    file.problems.into_iter().map(|problem| (problem.line, problem.problem)).collect()
}

#[test]
fn lines_are_taken_verbatim() {
    let text = "# comment\nGOPROXY=https://a,direct\n\nGOFLAGS=-mod=mod\r\nGOPRIVATE= \"x\" \nGOSUMDB=\nGOPROXY=off";
    let file = EnvFile::parse(text, Kind::User, None);
    let value = |name| file.get(name, Kind::User).map(|line| (line.number, line.value));
    assert_eq!(value("GOPROXY"), Some((7, "off")));
    assert_eq!(file.get("GOPROXY", Kind::Goroot).map(|line| line.number), Some(2));
    assert_eq!(value("GOFLAGS"), Some((4, "-mod=mod\r")));
    assert_eq!(value("GOPRIVATE"), Some((5, " \"x\" ")));
    assert_eq!(value("GOSUMDB"), Some((6, "")));
    assert_eq!(value("GOVCS"), None);
}

#[test]
fn each_mistake_is_named() {
    for (text, problem) in [
        ("\u{feff}GOPROXY=off", P::ByteOrderMark),
        (" GOPROXY=off", P::LeadingSpace),
        ("\tGOPROXY=off", P::LeadingSpace),
        ("export GOPROXY=off", P::ShellSyntax),
        ("set GOPROXY=off", P::ShellSyntax),
        ("$env:GOPROXY=off", P::ShellSyntax),
        ("goproxy=off", P::LowerCaseName),
        ("GOPROXY: off", P::NoEqualsSign),
        ("GOPROXY =off", P::SpaceInName),
        ("GOPROXY= off", P::SpaceBeforeValue),
        ("GOPROXY=off ", P::SpaceAfterValue),
        ("GOPROXY=off\r", P::CarriageReturn),
        ("GOPROXY=\"off\"", P::Quotes),
        ("GOPROXY='off'", P::Quotes),
        ("GOPATH=$HOME/go", P::Expansion),
        ("GOPATH=${HOME}/go", P::Expansion),
        ("GOPATH=%USERPROFILE%\\go", P::Expansion),
        ("GOPROXY=off # no network", P::TrailingComment),
        ("GOPROXY=", P::Empty),
        ("GODEBUG=netdns=go", P::ProcessOnly),
        ("HTTPS_PROXY=http://p:3128", P::ProcessOnly),
        ("GIT_SSH_COMMAND=ssh", P::ProcessOnly),
        ("GOVERSION=go1.22", P::Computed),
        ("GONOSUMCHECK=1", P::UnknownName { suggestion: Some("GONOSUMDB".into()) }),
        ("GOPROXYS=off", P::UnknownName { suggestion: Some("GOPROXY".into()) }),
        ("PATH=/bin", P::UnknownName { suggestion: None }),
        ("GO\0P\0=x", P::UnknownName { suggestion: None }),
        ("G\0O\0\u{fffd}", P::Encoding),
    ] {
        assert_eq!(found(text), [(1, problem)], "{text:?}");
    }
}

#[test]
fn usual_lines_are_not_reported() {
    let text = "# x\n\n  # y\nGOPRIVATE=*.corp.example.com\nGOPROXY=https://p/%2Fx%2Fy,direct\nGOFLAGS=-ldflags='-s -w'\nCC=gcc\n";
    assert_eq!(found(text), []);
}

#[test]
fn repeated_names_say_which_line_counts() {
    assert_eq!(found("GOPROXY=a.b\nGOVCS=*:all\nGOPROXY=off\n"), [(1, P::Repeated { effective: 3 })]);
    let file = EnvFile::parse("GOPROXY=a.b\nGOPROXY=off\n", Kind::Goroot, None);
    assert_eq!(file.problems[0].problem, P::Repeated { effective: 1 });
    assert_eq!(file.problems[0].line, 2);
}

#[test]
fn variables_of_newer_versions_are_told() {
    let version = GoVersion::parse("1.23.4").unwrap();
    let file = EnvFile::parse("GOAUTH=netrc\n", Kind::User, Some(&version));
    assert_eq!(file.problems[0].problem, P::NotYetKnown { since: 24 });
}

#[test]
fn a_hostile_file_is_bounded() {
    let empty = "GOPROXY=\n".repeat(50_000);
    assert_eq!(EnvFile::parse(&empty, Kind::User, None).problems.len(), MAX_PROBLEMS);
    let distinct: String = (0..50_000).map(|number| format!("CC={number}\nA{number}=x\n")).collect();
    let file = EnvFile::parse(&distinct, Kind::User, None);
    assert_eq!((file.problems.len(), file.lines.len()), (MAX_PROBLEMS, 100_000));
}
