use super::*;

fn go(minor: u32) -> GoVersion {
    GoVersion::from_minor(minor)
}

fn imports(page: &str) -> Result<Vec<String>, String> {
    parse_page(page.as_bytes(), &go(26))
        .map(|list| {
            list.iter()
                .map(|i| format!("{} {} {} {}", i.prefix, i.vcs, i.root, i.subdirectory).trim().to_owned())
                .collect()
        })
        .map_err(|error| error.to_string())
}

fn tag(content: &str) -> String {
    format!("<html><head><meta name=\"go-import\" content=\"{content}\"></head><body></body></html>")
}

const TAG: &str = "<meta name=\"go-import\" content=\"x.y/z git https://x.y/z\">";
const FOUND: &str = "x.y/z git https://x.y/z";

#[test]
fn tags_are_found() {
    for page in [
        TAG.to_owned(),
        format!("<!DOCTYPE html><html><head>\n{TAG}\n</head>"),
        format!("<!doctype html [<!-- > --> <!ENTITY a \">\">]>{TAG}"),
        "<META CONTENT='x.y/z git https://x.y/z' NAME=go-import />".to_owned(),
        "<head><meta charset=utf-8 defer name='go-import' content='x.y/z\n git\thttps://x.y/z'>".to_owned(),
        "<meta name=\"go-import\" content=\"x.y/z git https:&#47;&#x2f;x.y/z\">".to_owned(),
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{TAG}"),
        format!("<p>a &nbsp; b & c &unknown d</p>{TAG}"),
        format!("{TAG}<script>if (a < b) {{}}</script>"),
        format!("<link rel=x href=\"/a?b=c&d=e\">{TAG}"),
        format!("<![CDATA[ < & ]]>{TAG}"),
        format!("<a:b c:d=\"e\"/>{TAG}"),
        "<meta name=\"go-import\" name=\"other\" content=\"x.y/z git https://x.y/z\">".to_owned(),
    ] {
        assert_eq!(imports(&page), Ok(vec![FOUND.to_owned()]), "{page}");
    }
}

#[test]
fn tags_are_not_found() {
    for page in [
        String::new(),
        "not found".to_owned(),
        format!("<head></head>{TAG}"),
        format!("<BODY>{TAG}"),
        format!("<!-- {TAG} -->"),
        tag("x.y/z git"),
        tag("x.y/z git https://x.y/z a b"),
        tag("x.y/z git https://x.y/z").replace("go-import", "go-source"),
        tag("x.y/z git https://x.y/z").replace("go-import", "Go-Import"),
    ] {
        assert_eq!(imports(&page), Ok(vec![]), "{page}");
    }
}

#[test]
fn pages_that_end_the_reading() {
    let syntax = |line: usize, problem: &str| Err(format!("XML syntax error on line {line}: {problem}"));
    for (page, error) in [
        ("<head>\n<script>if (a < b)</script>", syntax(2, "expected element name after <")),
        ("<script>for(i=0;i<n;i++)</script>", syntax(1, "expected attribute name in element")),
        ("a ]]> b", syntax(1, "unescaped ]]> not in CDATA section")),
        ("<!-- a -- b -->", syntax(1, "invalid sequence \"--\" not allowed in comments")),
        ("<!-a>", syntax(1, "invalid sequence <!- not part of <!--")),
        ("<![if IE]>", syntax(1, "invalid <![ sequence")),
        ("<meta content=\"a<b\">", syntax(1, "unescaped < inside quoted string")),
        ("<meta", syntax(1, "unexpected EOF")),
        ("<meta content=\"a\n", syntax(2, "unexpected EOF")),
        ("</ a>", syntax(1, "expected element name after </")),
        ("</a b>", syntax(1, "invalid characters between </a and >")),
        ("<a / b>", syntax(1, "expected /> in element")),
        ("<1>", syntax(1, "invalid XML name: 1")),
        ("<a:b:c>", syntax(1, "expected element name after <")),
        ("<? a?>", syntax(1, "expected target name after <?")),
        ("a\u{1}b", syntax(1, "illegal character code U+0001")),
        ("<![CDATA[ a", syntax(1, "unexpected EOF in CDATA section")),
        ("<a>&amp", syntax(1, "unexpected EOF")),
        ("<?xml version=\"1.1\"?>", Err("xml: unsupported version \"1.1\"; only version 1.0 is supported".to_owned())),
        (
            "<?xml version='1.0' encoding='ISO-8859-1'?>",
            Err("xml: opening charset \"ISO-8859-1\": can't decode XML document using charset \"ISO-8859-1\""
                .to_owned()),
        ),
    ] {
        assert_eq!(imports(page), error, "{page}");
        let later = format!("{TAG}{page}");
        assert_eq!(imports(&later), Ok(vec![FOUND.to_owned()]), "{later}");
    }
    assert_eq!(parse_page(b"a\xffb", &go(26)).unwrap_err().to_string(), "XML syntax error on line 1: invalid UTF-8");
}

#[test]
fn module_proxies_come_first() {
    let page = "<meta name=go-import content='x.y/z git https://x.y/z'><meta name=go-import content='x.y/z mod https://p'>\
                <meta name=go-import content='x.y git https://x.y/r'>";
    assert_eq!(imports(page), Ok(vec!["x.y/z mod https://p".to_owned(), "x.y git https://x.y/r".to_owned()]));
    let found = first_step("x.y/z", "https://x.y/z?go-get=1", page.as_bytes(), &go(26)).unwrap();
    assert!(matches!(found, FirstStep::Found(repo) if repo.vcs == Vcs::Mod && repo.url == "https://p"));
}

#[test]
fn addresses() {
    assert_eq!(page_url("x.y/z/a").unwrap(), "https://x.y/z/a?go-get=1");
    assert_eq!(page_url("x.y").unwrap(), "https://x.y/?go-get=1");
    assert_eq!(page_url("z/a").unwrap_err().to_string(), "import path does not begin with hostname");
}

#[test]
fn what_the_first_page_may_say() {
    let url = "https://x.y/z?go-get=1";
    let step = |page: &str, minor| first_step("x.y/z", url, page.as_bytes(), &go(minor));
    let error = |page: &str, minor| step(page, minor).unwrap_err().to_string();
    assert_eq!(error("", 26), "parse https://x.y/z?go-get=1: no go-import meta tags ()");
    assert_eq!(
        error(&tag("x.y/a git https://x.y/a"), 26),
        "parse https://x.y/z?go-get=1: no go-import meta tags (meta tag x.y/a did not match import path x.y/z)"
    );
    assert_eq!(
        error(&(tag("x.y/z git https://a").replace("</head>", TAG)), 26),
        "parse //x.y/z?go-get=1: multiple meta tags match import path \"x.y/z\""
    );
    assert_eq!(error("<meta", 26), "parsing x.y/z: XML syntax error on line 1: unexpected EOF");
    for (content, message) in [
        ("x.y/z git x.y/z", "invalid repo root \"x.y/z\": no scheme"),
        ("x.y/z git file:///z", "invalid repo root \"file:///z\": file scheme disallowed"),
        ("x.y/z cvs https://x.y/z", "unknown vcs \"cvs\""),
        ("x.y/z git https://x.y/z /a", "invalid subdirectory \"/a\": leading slash"),
        ("x.y/z git https://x.y/z -a", "invalid subdirectory \"-a\": leading hyphen"),
        (
            "x.y/z git https://x.y:z",
            "invalid repo root \"https://x.y:z\": parse \"https://x.y:z\": invalid port \":z\" after host",
        ),
    ] {
        assert_eq!(error(&tag(content), 26), format!("{url}: {message}"));
    }
    let FirstStep::Found(repo) = step(&tag("x.y/z git ssh://git@x.y/z sub/dir"), 26).unwrap() else { panic!() };
    assert_eq!((repo.url.as_str(), repo.subdirectory.as_str()), ("ssh://git@x.y/z", "sub/dir"));
    assert!(error(&tag("x.y/z git https://x.y/z sub"), 24).contains("no go-import meta tags"));
    assert!(step(&tag("x.y/z git https://x.y/z /a"), 25).is_ok());
    assert!(step(&tag("x.y/z bzr https://x.y/z"), 26).is_ok() && step(&tag("x.y/z bzr https://x.y/z"), 27).is_err());
}

#[test]
fn a_shorter_prefix_must_agree() {
    let first_url = "https://x.y/z/a?go-get=1";
    let second_url = "https://x.y/z?go-get=1";
    let page = tag("x.y/z git https://x.y/z");
    let FirstStep::Confirm { import, url } = first_step("x.y/z/a", first_url, page.as_bytes(), &go(26)).unwrap() else {
        panic!()
    };
    assert_eq!(url, second_url);
    let second = |page: &str| second_step("x.y/z/a", &import, first_url, second_url, page.as_bytes(), &go(26));
    assert_eq!(second(&page).unwrap().root, "x.y/z");
    assert_eq!(
        second(&tag("x.y/z git https://evil.x")).unwrap_err().to_string(),
        "https://x.y/z/a?go-get=1 and //x.y/z?go-get=1 disagree about go-import for x.y/z"
    );
    assert_eq!(
        second("").unwrap_err().to_string(),
        "fetching x.y/z: no go-import meta tag found in https://x.y/z?go-get=1"
    );
    assert_eq!(
        second("<meta").unwrap_err().to_string(),
        "parsing https://x.y/z?go-get=1: XML syntax error on line 1: unexpected EOF"
    );
}
