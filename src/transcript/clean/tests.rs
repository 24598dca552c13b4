use proptest::prelude::*;

use super::clean;

#[test]
fn an_escape_character_before_a_secret_does_not_hide_its_name() {
    for line in [
        "\u{1b} Authorization: Bearer S3cr3t",
        "\u{1b}\"Authorization: Bearer S3cr3t",
        "\u{1b}[password S3cr3t",
        "\u{1b}]0;https://u:\u{7}S3cr3t@h/",
        "\u{1b}[31mpass\u{1b}[0mword=S3cr3t",
    ] {
        let texts = clean(line);
        assert!(texts.iter().all(|text| !crate::foreign::redact(text).contains("S3cr3t")), "{line:?} → {texts:?}");
    }
}

#[test]
fn what_is_around_a_line_goes_and_its_indentation_stays() {
    for (line, text) in [
        ("go: x", "go: x"),
        ("\u{1b}[31mgo: x\u{1b}[0m\r", "go: x"),
        ("␛[36;1mgo: x␛[0m", "go: x"),
        ("[91mgo: x[0m", "go: x"),
        ("\\033[31mgo: x\\033[0m", "go: x"),
        ("\u{1b}]8;;http://h\u{7}go: x\u{1b}]8;;\u{7}", "go: x"),
        ("2024-05-01T12:34:56.1234567Z go: x", "go: x"),
        ("2024-05-01T12:34:56.1234567Z \tfatal: y", "\tfatal: y"),
        ("2024-05-01T12:34:56.123456Z 01O go: x", "go: x"),
        ("2024-05-01T12:34:56.1234567Z ##[error]go: x", "go: x"),
        ("2024-05-01 12:34:56 UTC | go: x", "go: x"),
        ("2024/05/01 12:34:56 go: x", "go: x"),
        ("build\tRun go mod tidy\t2024-05-01T12:34:56.1234567Z go: x", "go: x"),
        ("[2024-05-01T12:34:56.123Z] \tfatal: y", "\tfatal: y"),
        ("12:34:56 go: x", "go: x"),
        ("3:04:05 PM: go: x", "go: x"),
        ("[12:34:56]E:\t [Step 2/3] go: x", "go: x"),
        ("#12 3.456 go: x", "go: x"),
        ("build #15 4.619     go: x", "    go: x"),
        ("#12 3.456 \tfatal: y", "\tfatal: y"),
        ("0.345 go: x", "go: x"),
        ("> > go: x", "go: x"),
        ("  //    go: x", "   go: x"),
        ("[  123s] go: x", "go: x"),
        ("web-1  | go: x", "go: x"),
        ("[pod/ci-1/main] go: x", "go: x"),
        ("Step #1: go: x", "go: x"),
        ("Mai  1 12:34:56 host ci[12]: go: x", "go: x"),
        ("::error file=a,line=1::go: x", "go: x"),
        ("stderr: go: x", "go: x"),
        ("> 2024-05-01T12:34:56Z #12 3.456 go: x", "go: x"),
        ("136532:\tfatal: y", "\tfatal: y"),
        ("136532-go: x", "go: x"),
        ("go: x: exit status 128: | |", "go: x: exit status 128:"),
        ("`go: x`", "go: x"),
        ("\tfatal: y", "\tfatal: y"),
        ("| DNS | x |", "DNS | x"),
        ("", ""),
    ] {
        assert_eq!(clean(line), [text], "{line:?}");
    }
}

#[test]
fn what_a_page_did_is_undone() {
    for (line, text) in [
        ("go: a&lt;b &quot;c&quot; &#39;d&#39; &amp;lt;", "go: a<b \"c\" 'd' &lt;"),
        ("go: “a” ‘b’\u{a0}c", "go: \"a\" 'b' c"),
        ("package [github.com/a/b](http://github.com/a/b) (imported", "package github.com/a/b (imported"),
        ("go: [a.example/b@v1](mailto:a.example/b@v1): x", "go: a.example/b@v1: x"),
        ("go: a.example/[email protected]: x", "go: a.example/hidden@v0.0.0-hidden: x"),
        ("a [b] (c) & d", "a [b] (c) & d"),
    ] {
        assert_eq!(clean(line), [text], "{line:?}");
    }
}

#[test]
fn output_in_a_string_is_taken_out() {
    for (line, texts) in [
        (r#"{"log":"go: x:\n","stream":"stderr"}"#, vec!["go: x:", "stderr"]),
        (r#"{"level":"error","err":"go: x:\n\tfatal: \"y\""}"#, vec!["error", "go: x:", "\tfatal: \"y\""]),
        (r#"	"Error": "go: x\n\tfatal: y","#, vec!["go: x", "\tfatal: y"]),
        (r#"time=2024-05-01T12:34:56Z level=error msg="go: x:\n\tfatal: y""#, vec!["go: x:", "\tfatal: y"]),
        (r"ERROR: go: x:\n\tfatal: y\n", vec!["ERROR: go: x:", "\tfatal: y"]),
        (r#"err: "go: x:\\n\\tfatal: y""#, vec!["err: \"go: x:", "\tfatal: y\""]),
        (r"open C:\new\table: x", vec![r"open C:\new\table: x"]),
        (r#"GOPROXY="https://h.example""#, vec![r#"GOPROXY="https://h.example""#]),
    ] {
        assert_eq!(clean(line), texts, "{line:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_cleaned(text in "\\PC{0,200}") {
        for cleaned in clean(&text) {
            prop_assert!(!cleaned.contains('\n'), "{cleaned:?}");
        }
    }

    #[test]
    fn pieces_of_wrappers_are_cleaned(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "{", "}", "\"", "\\n", "\\", "\\\\", "\\u00", "msg=\"", "level=x ", "#1 2.3 ", "> ", "\u{1b}[", "m", "[email protected]",
                "](http://", "[", ")", "&amp;", "&lt;", "|", " ", "\t", "12:34:56 ", "2024-05-01T12:34:56Z ", "go: ", "é", "`",
            ]),
            0..60,
        ),
    ) {
        let text = pieces.concat();
        let cleaned = clean(&text);
        prop_assert!(cleaned.iter().map(String::len).sum::<usize>() <= text.len() * 8 + 64);
    }
}
