use super::super::problem::MAX_PROBLEMS;
use super::*;

fn main(text: &str) -> GoMod {
    GoMod::parse(text.as_bytes(), ReadAs::MainModule, Os::Linux)
}

fn edited(text: &str) -> GoMod {
    GoMod::parse(text.as_bytes(), ReadAs::Edited, Os::Linux)
}

fn lax(text: &str) -> GoMod {
    GoMod::parse(text.as_bytes(), ReadAs::Dependency, Os::Linux)
}

fn lines(file: &GoMod) -> Vec<String> {
    file.problems.iter().map(|problem| problem.go_line("go.mod")).collect()
}

#[test]
fn everything_that_a_file_can_say() {
    let text = r#"// The module.
//
// Deprecated: use x.y/new
// instead.
module x.y/m // really

go 1.24.1

toolchain go1.25.0
godebug default=go1.21
require a.b/c v1.0.0
require (
	"a.b/d" v2.0.0+incompatible // indirect
	a.b/e/v3 v3.1.0-pre // indirect; why
	a.b/f main // indirectly
)
exclude a.b/c v1.1.0
replace (
	a.b/c => ../c
	a.b/d v2.0.0+incompatible => z.z/d v1.0.0
)
// They were broken.
retract (
	v1.0.0
	[v1.1.0, v1.2.0] // worse
)
tool a.b/c/cmd/x
ignore ./node_modules
"#;
    let file = main(text);
    assert_eq!(lines(&file), Vec::<String>::new());
    let module = file.module.clone().unwrap();
    assert_eq!((module.path.as_str(), module.deprecated.as_str()), ("x.y/m", "use x.y/new\ninstead.\nreally"));
    assert_eq!(file.go_version(), Some("1.24.1"));
    assert_eq!(file.toolchain.as_ref().unwrap().name, "go1.25.0");
    assert_eq!((file.godebug[0].key.as_str(), file.godebug[0].value.as_str()), ("default", "go1.21"));
    let requires: Vec<_> =
        file.require.iter().map(|r| (r.module.to_string(), r.indirect, r.unresolved, r.position.line)).collect();
    assert_eq!(
        requires,
        [
            ("a.b/c@v1.0.0".to_owned(), false, false, 11),
            ("a.b/d@v2.0.0+incompatible".to_owned(), true, false, 13),
            ("a.b/e/v3@v3.1.0-pre".to_owned(), true, false, 14),
            ("a.b/f@main".to_owned(), false, true, 15),
        ]
    );
    let byte = u32::try_from(text.find("\"a.b/d\"").unwrap()).unwrap();
    assert_eq!(file.require[1].position, Position { line: 13, column: 2, byte });
    assert_eq!(file.exclude[0].module.to_string(), "a.b/c@v1.1.0");
    assert_eq!(file.replace[0].directory(), Some("../c"));
    assert_eq!((file.replace[1].new.to_string().as_str(), file.replace[1].directory()), ("z.z/d@v1.0.0", None));
    assert_eq!(file.retract[0].rationale, "They were broken.");
    assert_eq!((file.retract[1].low.as_str(), file.retract[1].rationale.as_str()), ("v1.1.0", "worse"));
    assert!(file.retract[1].contains("v1.1.5") && !file.retract[1].contains("v1.2.1"));
    assert_eq!((file.tool[0].path.as_str(), file.ignore[0].path.as_str()), ("a.b/c/cmd/x", "./node_modules"));
}

#[test]
fn problems_in_gos_words() {
    for (text, line) in [
        ("\u{feff}module x.y/m\n", r"go.mod:1: unexpected input character '\ufeff'"),
        ("module x.y/m \0\n", r"go.mod:1:14: unexpected input character '\x00'"),
        ("module x.y/m /* a */\n", "go.mod:1:14: mod files must use // comments (not /* */ comments)"),
        ("module \"x\n", "go.mod:1:10: unexpected newline in string"),
        ("module \"x", "go.mod:1:8: unexpected EOF in string"),
        (
            "module x.y/m\nrequire (\n\ta.b/c v1.0.0\n",
            "go.mod:4: syntax error (unterminated block started at go.mod:2:1)",
        ),
        ("require (\n) x\n", "go.mod:2:4: syntax error (expected newline after closing paren)"),
        ("module\n", "go.mod:1: usage: module module/path"),
        ("module x.y/m\nmodule x.y/n\n", "go.mod:2: repeated module statement"),
        ("module 'x'\n", "go.mod:1: invalid quoted string: unquoted string cannot contain quote"),
        ("module \"\\q\"\n", "go.mod:1: invalid quoted string: invalid syntax"),
        ("modul x\n", "go.mod:1: unknown directive: modul"),
        ("a b (\n)\n", "go.mod:1: unknown block type: a b"),
        ("go (\n1.21\n)\n", "go.mod:1: unknown block type: go"),
        ("go\n", "go.mod:1: go directive expects exactly one argument"),
        ("go 1.21.0.1\n", "go.mod:1: invalid go version '1.21.0.1': must match format 1.23.0"),
        ("toolchain 1.21\n", "go.mod:1: invalid toolchain version '1.21': must match format go1.23.0 or default"),
        ("godebug a\n", "go.mod:1: usage: godebug key=value"),
        ("require a.b/c\n", "go.mod:1: usage: require module/path v1.2.3"),
        ("require a.b/c v2.0.0\n", "go.mod:1: require a.b/c: version \"v2.0.0\" invalid: should be v0 or v1, not v2"),
        ("exclude a.b/c/v2 v1.0.0\n", "go.mod:1: exclude a.b/c/v2: version \"v1.0.0\" invalid: should be v2, not v1"),
        (
            "replace a.b/c\n",
            "go.mod:1: usage: replace module/path [v1.2.3] => other/module v1.4\n\t or replace module/path [v1.2.3] => ../local/directory",
        ),
        (
            "replace a.b/c => d\n",
            "go.mod:1: replacement module without version must be directory path (rooted or starting with . or ..)",
        ),
        (
            "replace a.b/c => d@v1\n",
            "go.mod:1: replacement module must match format 'path version', not 'path@version'",
        ),
        (
            "replace a.b/c => .\\d\n",
            "go.mod:1: replacement directory appears to be Windows path (on a non-windows system)",
        ),
        ("replace a.b/c => ./d v1.0.0\n", "go.mod:1: replacement module directory path \"./d\" cannot have version"),
        ("replace a.b/c/v1 => ./d\n", "go.mod:1: replace a.b/c/v1: invalid module path"),
        ("retract\n", "go.mod:1: expected '[' or version"),
        ("retract [\n", "go.mod:1: expected version after '['"),
        ("retract [v1.0.0\n", "go.mod:1: expected ',' after version"),
        ("retract [v1.0.0,\n", "go.mod:1: expected version after ','"),
        ("retract [v1.0.0,v1.1.0\n", "go.mod:1: expected ']' after version"),
        ("retract v1.0.0 x\n", "go.mod:1: unexpected token after version: \"x\""),
        ("retract v1.0.0\n", "go.mod:1: no module directive found, so retract cannot be used"),
        ("tool a b\n", "go.mod:1: tool directive expects exactly one argument"),
        (
            "go 1.21\n",
            "go.mod: missing module declaration. To specify the module path:\n\tgo mod edit -module=example.com/mod",
        ),
        ("module go\n", "go.mod:1: invalid module path: \"go\""),
    ] {
        assert_eq!(lines(&main(text)).first().map(String::as_str), Some(line), "{text}");
    }
}

#[test]
fn versions_by_reader() {
    let text = "module x.y/m\nrequire a.b/c main\n";
    assert!(main(text).problems.is_empty() && main(text).require[0].unresolved);
    let message = "go.mod:2: require a.b/c: version \"main\" invalid: must be of the form v1.2.3";
    assert_eq!(lines(&edited(text)), [message]);
    assert_eq!(lines(&lax(text)), [message]);
    assert_eq!(edited("require a.b/c v1\n").require[0].module.version, "v1.0.0");
    let malformed = "require a.b/c/v1 v1.0.0\n";
    assert_eq!(
        lines(&main(malformed)),
        ["go.mod:1: require a.b/c/v1: version \"v1.0.0\" invalid: malformed module path \"a.b/c/v1\""]
    );
    assert_eq!(lines(&edited(malformed)), ["go.mod:1: invalid module path"]);
    assert_eq!(main("require gopkg.in/a.v1 v0.0.0-gopkgin-v1.2.3\n").require[0].module.version, "v1.2.3");
}

#[test]
fn dependencies_are_read_laxly() {
    let file = lax(
        "module x.y/m\ngo v1.23-next\nfuture thing\nfuture (\nx\n)\nreplace nonsense\ntoolchain x\nretract [1,\nrequire a.b/c v1.0.0\n",
    );
    assert_eq!(lines(&file), Vec::<String>::new());
    assert_eq!((file.go_version(), file.require.len()), (Some("1.23"), 1));
    assert_eq!(lines(&lax("go 1.21\n")), ["go.mod: missing module line"]);
    assert_eq!(lax("<html><body>not found</body></html>\n").problems[0].kind, ProblemKind::MissingModuleLine);
}

#[test]
fn all_problems_are_found_and_what_go_reports_comes_first() {
    let file = main("module x.y/m\nfoo\nrequire a.b/c v2.0.0\nrequire \"a.b\nbar\nrequire a.b/d v1.0.0\n)\n");
    let found: Vec<_> = file.problems.iter().map(|problem| problem.position.line).collect();
    assert_eq!(found, [4, 2, 3, 5, 7]);
    assert_eq!(file.reported_by_go().len(), 1);
    assert_eq!(file.require.len(), 1);
    assert_eq!(main("module x.y/m\nfoo\nbar\n").reported_by_go().len(), 2);
}

#[test]
fn a_lost_parenthesis_is_one_problem() {
    let file = main("module x.y/m\nrequire (\n\ta.b/c v1.0.0\n\nreplace a.b/c => ../c\ngo 1.21\n");
    assert_eq!(file.problems.len(), 1);
    assert_eq!(file.require[0].module.to_string(), "a.b/c@v1.0.0");
}

#[test]
fn merge_conflicts_are_one_problem_each() {
    let text = "module x.y/m\n\nrequire (\n<<<<<<< HEAD\n\ta.b/c v1.0.0\n=======\n\ta.b/c v1.1.0\n>>>>>>> a b\n)\n\n<<<<<<< HEAD\ngo 1.21\n=======\ngo 1.22\n>>>>>>> x\n";
    for file in [main(text), edited(text)] {
        let conflicts: Vec<_> = file
            .problems
            .iter()
            .map(|problem| match &problem.kind {
                ProblemKind::MergeConflict { conflict, .. } => (conflict.start, conflict.end),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(conflicts, [(4, 8), (11, 15)]);
        assert_eq!(file.require.iter().map(|r| r.module.version.as_str()).collect::<Vec<_>>(), ["v1.0.0", "v1.1.0"]);
    }
    assert_eq!(
        edited(text).problems[0].go_line("go.mod"),
        "go.mod:4: require <<<<<<<: version \"HEAD\" invalid: must be of the form v1.2.3"
    );
}

#[test]
fn an_old_go_does_not_know_new_directives() {
    let file = main("module x.y/m\ntoolchain go1.24.0\ntool a.b/c\ntool a.b/d\nignore ./x\n");
    let of =
        |minor| file.unknown_to(&GoVersion::from_minor(minor)).iter().map(|(v, p)| (*v, p.line)).collect::<Vec<_>>();
    assert_eq!(of(20), [(Verb::Toolchain, 2), (Verb::Tool, 3), (Verb::Ignore, 5)]);
    assert_eq!(of(24), [(Verb::Ignore, 5)]);
    assert_eq!(of(25), []);
}

#[test]
fn backslashes_are_fine_on_windows() {
    let text = "module x.y/m\nreplace a.b/c => ..\\c\n";
    assert!(GoMod::parse(text.as_bytes(), ReadAs::MainModule, Os::Windows).problems.is_empty());
}

#[test]
fn many_problems_are_counted() {
    let file = main(&"x\n".repeat(MAX_PROBLEMS + 50));
    assert_eq!((file.problems.len(), file.omitted_problems), (MAX_PROBLEMS, 50));
}

#[test]
fn carriage_returns_are_white_space() {
    let file = main("module x.y/m\r\n\r\nrequire a.b/c v1.0.0 // indirect\r\n");
    assert_eq!(lines(&file), Vec::<String>::new());
    assert!(file.require[0].indirect);
}

#[test]
fn problems_survive_serialisation() {
    let file = main("<<<<<<< a\nrequire a.b/c v2.0.0\n=======\n>>>>>>> b\nreplace x => y\nretract [\n");
    let json = serde_json::to_string(&file).unwrap();
    assert_eq!(serde_json::from_str::<GoMod>(&json).unwrap(), file);
    assert_eq!(file.problems[1].kind, ProblemKind::ReplacementNotDirectory);
}

#[test]
fn hostile_files_take_linear_time() {
    for text in [
        "/*".repeat(50_000),
        "(\n".repeat(50_000),
        "a ( b\n".repeat(50_000),
        "\"\n".repeat(50_000),
        "//".repeat(50_000),
        "// x\n".repeat(50_000),
        "<<<<<<<\n".repeat(50_000),
        "\u{feff}".repeat(50_000),
        "require (\n".to_owned() + &"a.b/c v2.0.0\n".repeat(50_000),
    ] {
        for read_as in [ReadAs::MainModule, ReadAs::Dependency] {
            let file = GoMod::parse(text.as_bytes(), read_as, Os::Linux);
            assert!(!file.problems.is_empty());
        }
    }
}
