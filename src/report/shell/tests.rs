use crate::golang::module_cache::Piece;

use super::*;
use crate::model::{Protection, Safety};

fn lines(shell: Shell, place: Place, action: Action) -> Vec<Step> {
    step(shell, &action, &place)
}

fn commands_of(shell: Shell, place: Place, action: Action) -> Vec<String> {
    let command = |step| match step {
        Step::Command(command) => command,
        other => panic!("no command: {other:?}"),
    };
    lines(shell, place, action).into_iter().map(command).collect()
}

fn set(value: &str) -> Action {
    Action::SetVariable { name: "GOPRIVATE".into(), value: value.into() }
}

#[test]
fn a_variable_is_set_where_it_stands() {
    let in_shells = |place: Place| {
        [Shell::Sh, Shell::PowerShell, Shell::Cmd]
            .map(|shell| commands_of(shell, place.clone(), set("git.corp.example,*.x")).remove(0))
    };
    assert_eq!(in_shells(Place::UserEnvFile), [r#"go env -w "GOPRIVATE=git.corp.example,*.x""#; 3]);
    assert_eq!(
        in_shells(Place::Shell),
        [
            r#"export GOPRIVATE="git.corp.example,*.x""#,
            r#"$env:GOPRIVATE = "git.corp.example,*.x""#,
            r#"set "GOPRIVATE=git.corp.example,*.x""#,
        ]
    );
    let workflow = Place::CiFile { path: ".github/workflows/ci.yml".into(), line: 12 };
    assert_eq!(
        lines(Shell::Sh, workflow, set("x")),
        [Step::Set { file: ".github/workflows/ci.yml:12".into(), name: "GOPRIVATE".into(), value: "x".into() }]
    );
    assert_eq!(lines(Shell::Sh, Place::Elsewhere, set("x")), []);
}

#[test]
fn a_variable_is_taken_away_where_it_stands() {
    let unset = Action::UnsetVariable { name: "GOPROXY".into() };
    assert_eq!(commands_of(Shell::Sh, Place::UserEnvFile, unset.clone()), ["go env -u GOPROXY"]);
    assert_eq!(commands_of(Shell::Sh, Place::Shell, unset.clone()), ["unset GOPROXY"]);
    assert_eq!(commands_of(Shell::PowerShell, Place::Shell, unset.clone()), ["Remove-Item Env:GOPROXY"]);
    assert_eq!(commands_of(Shell::Cmd, Place::Shell, unset), [r#"set "GOPROXY=""#]);
}

#[test]
fn hostile_values_yield_no_command() {
    for value in ["a\nrm -rf /", "a\u{1b}]0;x\u{7}", "a\u{202e}b"] {
        for shell in [Shell::Sh, Shell::PowerShell, Shell::Cmd] {
            for place in [Place::UserEnvFile, Place::Shell, Place::GitConfig] {
                assert_eq!(lines(shell, place, set(value)), [Step::Withheld], "{value:?}");
            }
            let run = Action::Run { argv: vec!["git".into(), value.into()] };
            assert_eq!(lines(shell, Place::System, run), [Step::Withheld], "{value:?}");
            let refetch = Action::RefetchModule {
                cache: "/m/x".into(),
                path: value.into(),
                version: "v1.0.0".into(),
                pieces: vec![Piece::Zip],
            };
            assert_eq!(lines(shell, Place::Cache, refetch), [Step::Withheld], "{value:?}");
        }
    }
    let name = Action::SetVariable { name: "X=1;rm".into(), value: "x".into() };
    assert_eq!(lines(Shell::Sh, Place::Shell, name), [Step::Withheld]);
    assert_eq!(
        commands_of(Shell::Sh, Place::Shell, set("$(reboot)`x`'; y")),
        [r#"export GOPRIVATE='$(reboot)`x`'\''; y'"#]
    );
}

#[test]
fn a_secret_yields_no_command() {
    let proxy = Action::SetVariable { name: "GOPROXY".into(), value: "https://u:S3cr3t@h,direct".into() };
    for place in [Place::UserEnvFile, Place::Shell] {
        assert_eq!(lines(Shell::Sh, place, proxy.clone()), [Step::Withheld]);
    }
}

#[test]
fn nothing_is_removed_outside_of_the_cache() {
    for (cache, path, version) in [
        ("/go/pkg/mod", "../../etc", "v1.0.0"),
        ("/go/pkg/mod", "example.com/../../x", "v1.0.0"),
        ("/go/pkg/mod", "example.com/x", "../../v1"),
        ("/go/pkg/mod", "example.com/x", ""),
        ("/go/../etc", "example.com/x", "v1.0.0"),
        ("go/pkg/mod", "example.com/x", "v1.0.0"),
        ("/", "example.com/x", "v1.0.0"),
        ("", "example.com/x", "v1.0.0"),
    ] {
        let pieces = vec![Piece::Folder, Piece::Zip];
        let refetch = Action::RefetchModule { cache: cache.into(), path: path.into(), version: version.into(), pieces };
        assert_eq!(lines(Shell::Sh, Place::Cache, refetch), [Step::Withheld], "{cache} {path} {version}");
    }
    for path in ["/", "/etc", "~/", "x/y", "-rf /x", "/go/pkg/mod/../../x", r"C:\", ""] {
        let remove = Action::RemoveFromCache { path: path.into() };
        assert_eq!(lines(Shell::Sh, Place::Cache, remove), [Step::Withheld], "{path}");
    }
}

#[test]
fn one_module_is_fetched_again_and_its_lock_stays() {
    let refetch = |cache: &str| Action::RefetchModule {
        cache: cache.into(),
        path: "github.com/BurntSushi/toml".into(),
        version: "v1.2.0".into(),
        pieces: vec![Piece::Folder, Piece::Zip, Piece::Ziphash, Piece::GoMod, Piece::Info],
    };
    insta::assert_snapshot!(commands_of(Shell::Sh, Place::Cache, refetch("/home/u/go/pkg/mod")).join("\n"), @"
    chmod -R u+w '/home/u/go/pkg/mod/github.com/!burnt!sushi/toml@v1.2.0'
    rm -rf '/home/u/go/pkg/mod/github.com/!burnt!sushi/toml@v1.2.0' '/home/u/go/pkg/mod/cache/download/github.com/!burnt!sushi/toml/@v/v1.2.0.zip' '/home/u/go/pkg/mod/cache/download/github.com/!burnt!sushi/toml/@v/v1.2.0.ziphash' '/home/u/go/pkg/mod/cache/download/github.com/!burnt!sushi/toml/@v/v1.2.0.mod' '/home/u/go/pkg/mod/cache/download/github.com/!burnt!sushi/toml/@v/v1.2.0.info'
    go mod download github.com/BurntSushi/toml@v1.2.0
    ");
    insta::assert_snapshot!(commands_of(Shell::PowerShell, Place::Cache, refetch(r"C:\go\mod")).join("\n"), @r"
    Remove-Item -Recurse -Force -ErrorAction Ignore -LiteralPath 'C:\go\mod\github.com\!burnt!sushi\toml@v1.2.0', 'C:\go\mod\cache\download\github.com\!burnt!sushi\toml\@v\v1.2.0.zip', 'C:\go\mod\cache\download\github.com\!burnt!sushi\toml\@v\v1.2.0.ziphash', 'C:\go\mod\cache\download\github.com\!burnt!sushi\toml\@v\v1.2.0.mod', 'C:\go\mod\cache\download\github.com\!burnt!sushi\toml\@v\v1.2.0.info'
    go mod download github.com/BurntSushi/toml@v1.2.0
    ");
}

#[test]
fn the_other_actions_in_sh() {
    let sh = |place, action| commands_of(Shell::Sh, place, action).join("\n");
    assert_eq!(
        sh(Place::GitConfig, Action::AddInsteadOf { from: "https://h/".into(), to: "ssh://git@h/".into() }),
        "git config --global --add url.ssh://git@h/.insteadOf https://h/"
    );
    assert_eq!(
        sh(Place::System, Action::RestrictMode { path: "~/.ssh/id rsa".into() }),
        "chmod 600 ~/\"id rsa\"".replace("~/", "~/\"").replace("\"\"id", "\".ssh/id")
    );
    assert_eq!(
        sh(Place::Repository, Action::Run { argv: vec!["go".into(), "get".into(), "a.example/b@none".into()] }),
        "go get a.example/b@none"
    );
    assert_eq!(
        sh(Place::Cache, Action::RemoveFromCache { path: "/go/pkg/mod/cache/vcs/0ab1".into() }),
        "chmod -R u+w /go/pkg/mod/cache/vcs/0ab1\nrm -rf /go/pkg/mod/cache/vcs/0ab1"
    );
}

#[test]
fn weakening_names_what_its_variable_stands_for() {
    let advice = || crate::model::situation::sample::Advice::DropPort.into();
    let fix = Fix::weakening(
        advice(),
        Place::UserEnvFile,
        vec![Action::SetVariable { name: "GOINSECURE".into(), value: "h".into() }],
    );
    assert_eq!((fix.safety, fix.removes), (Safety::WeakensSecurity, Some(Protection::Transport)));
    assert_eq!(commands(Shell::Sh, &fix), [r#"go env -w "GOINSECURE=h""#]);
}
