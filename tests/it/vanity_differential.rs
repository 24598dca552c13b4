//! What vanity pages say, read by us and by the go command: both must find the same repository or
//! the same fault, in the same words.
//!
//! Go asks over plain http (GOINSECURE) through an HTTP proxy that is our server, so that no name is
//! looked up. GOVCS forbids all version control: a page that go understands ends with that message,
//! which names the system, and no git runs.

use gomoddoc::golang::go_version::GoVersion;
use gomoddoc::golang::vanity::{FirstStep, first_step, second_step};

use super::modfile_parity::generator::Random;
use super::support::sandbox::Sandbox;
use super::support::server::{Answer, Asked, Plan};
use super::support::tools;

const HOST: &str = "vanity.invalid";
const MUTATED: usize = 120;

/// The page of the host itself, which the pages of shorter prefixes must agree with.
const ROOT_PAGE: &str = "<meta name=go-import content='vanity.invalid git https://git.invalid/root'>";

const PAGES: &[&str] = &[
    "",
    "not found",
    "<head>\n<script>if (a < b)</script>",
    "a ]]> b",
    "<!-- a -- b -->",
    "<!-- a --><!DOCTYPE html [<!-- > --> <!ENTITY a '>'>]><meta name=go-import content='HOST/PATH git https://git.invalid/x'>",
    "<meta",
    "<1>",
    "<a:b:c>",
    "</a b>",
    "<?xml version='1.0' encoding='ISO-8859-1'?>",
    "<?xml version='1.0' encoding='ascii'?><meta name=go-import content='HOST/PATH hg https://git.invalid/x'>",
    "<?xml version=\"1.1\"?>",
    "a\u{1}b",
    "<a>&amp",
    "<![CDATA[ a",
    "<![if IE]>",
    "<a &>",
    "<meta content=\"a\n",
    "<meta content=\"a<b\">",
    "<META CONTENT='HOST/PATH git https:&#47;&#x2f;git.invalid/x' NAME=go-import />",
    "<meta name=go-import content='HOST/PATH git HOST/x'>",
    "<meta name=go-import content='HOST/PATH git file:///x'>",
    "<meta name=go-import content='HOST/PATH cvs https://git.invalid/x'>",
    "<meta name=go-import content='HOST/PATH git https://git.invalid/x /a'>",
    "<meta name=go-import content='HOST/PATH git https://git.invalid/x sub/dir'>",
    "<meta name=go-import content='HOST/PATH git https://git.invalid:x/x'>",
    "<meta name=go-import content='HOST/one git https://git.invalid/x'><meta name=go-import content='HOST/two hg https://git.invalid/x'>",
    "<meta name=go-import content='HOST/PATH git https://git.invalid/x'><meta name=go-import content='HOST git https://git.invalid/x'>",
    "<meta name=go-import content='HOST git https://git.invalid/root'>",
    "<meta name=go-import content='HOST git https://git.invalid/other'>",
    "<body><meta name=go-import content='HOST/PATH git https://git.invalid/x'>",
    "<p>a &nbsp; b & c</p><meta name='go-import' content='HOST/PATH svn https://git.invalid/x'><script>a<b</script>",
];

const NOISE: &[&str] = &[
    "<", ">", "\"", "'", "&", ";", "=", "/", "!", "-", "--", "]]>", "?", ":", " ", "\n", "\0", "\u{e9}", "</head>",
    "<body>", "&#x41;", "\r\n",
];

fn page(number: usize) -> String {
    let path = format!("p{number}");
    let fill = |page: &str| page.replace("HOST", HOST).replace("PATH", &path);
    let Some(extra) = number.checked_sub(PAGES.len()) else {
        return fill(PAGES[number]);
    };
    let mut random = Random(7 + extra as u64);
    // Those that say something, so that mutations decide what.
    let mut page = fill(PAGES[[5, 11, 20, 25, 29, 32][random.below(6)]]);
    for _ in 0..=random.below(3) {
        let places: Vec<usize> = page.char_indices().map(|(at, _)| at).collect();
        let at = places[random.below(places.len())];
        if random.chance(50) {
            page.insert_str(at, random.pick(NOISE));
        } else {
            page.remove(at);
        }
    }
    page
}

fn url(path: &str) -> String {
    format!("http://{path}?go-get=1")
}

/// What go should say after `unrecognized import path "P": `.
fn expected(number: usize, go: &GoVersion) -> String {
    let path = format!("{HOST}/p{number}");
    let body = page(number);
    let repo = first_step(&path, &url(&path), body.as_bytes(), go).and_then(|step| match step {
        FirstStep::Found(repo) => Ok(repo),
        FirstStep::Confirm { import, .. } => {
            // Every path but those of the cases has the root's page.
            second_step(&path, &import, &url(&path), &url(&format!("{HOST}/")), ROOT_PAGE.as_bytes(), go)
        }
    });
    match repo {
        Ok(repo) => format!("GOVCS disallows using {} for public {}; see 'go help vcs'", repo.vcs, repo.root),
        Err(error) => error.to_string(),
    }
}

#[test]
fn go_reads_vanity_pages_as_we_do() {
    if !tools::have(&["go"]) {
        return;
    }
    let site = |asked: &Asked| {
        if asked.method == "CONNECT" {
            return Answer::text(502, "no tunnels");
        }
        let number = asked.path.strip_prefix("/p").and_then(|number| number.parse().ok());
        Answer::ok("text/html", number.map_or_else(|| ROOT_PAGE.to_owned(), page))
    };
    let server = Plan::new(site).start();
    let mut sandbox = Sandbox::new();
    sandbox
        .set("HTTP_PROXY", server.url())
        .set("HTTPS_PROXY", server.url())
        .set("GOPROXY", "direct")
        .set("GOINSECURE", "*")
        .set("GOVCS", "*:off")
        .go_mod("");
    let version = sandbox.go(&["version"]).stdout;
    let go = GoVersion::of_go_version_output(&version).expect("a version of go");
    let modules: Vec<String> = (0..PAGES.len() + MUTATED).map(|number| format!("{HOST}/p{number}@latest")).collect();
    let mut args = vec!["list", "-m", "-e", "-f", "{{.Path}}\t{{printf \"%q\" .Error.Err}}"];
    args.extend(modules.iter().map(String::as_str));
    let output = sandbox.go(&args);
    let lines: Vec<&str> = output.stdout.lines().collect();
    assert_eq!(lines.len(), modules.len(), "{output}");
    let mut differences = Vec::new();
    let mut found = 0;
    for (number, line) in lines.iter().enumerate() {
        let ours = gomoddoc::golang::quote::quote(&expected(number, &go));
        found += usize::from(ours.contains("GOVCS disallows"));
        // Quoted, so that text with control characters compares; the closing quote is the end.
        if !line.ends_with(&format!(": {}", &ours[1..])) {
            differences.push(format!("page {:?}\nours {ours}\ngo's {line}", page(number)));
        }
    }
    assert!(differences.is_empty(), "{} of {}\n{}", differences.len(), lines.len(), differences.join("\n"));
    assert!((20..100).contains(&found), "{found} pages named a repository");
}
