use super::*;

fn go(minor: u32) -> GoVersion {
    GoVersion::from_minor(minor)
}

fn found(path: &str, minor: u32) -> String {
    match repo_path(path, &go(minor)) {
        Ok(RepoPath::Host { root, vcs, url }) => format!("{root} {vcs} {url}"),
        Ok(RepoPath::Suffix { root, vcs, repo }) => format!("{root} {vcs} ?://{repo}"),
        Ok(RepoPath::Vanity) => "vanity".to_owned(),
        Ok(RepoPath::VanityOr { root, url }) => format!("vanity or {root} {url}"),
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn the_static_rules() {
    for (path, expected) in [
        ("github.com/a/b", "github.com/a/b git https://github.com/a/b"),
        ("github.com/a/b/c/v2", "github.com/a/b git https://github.com/a/b"),
        ("github.com/a", "error: invalid github.com import path \"github.com/a\""),
        ("github.com", "error: invalid github.com import path \"github.com\""),
        ("github.com/a/b.git", "error: invalid version control suffix in github.com/ path"),
        ("github.com/a/b.git/c", "error: invalid version control suffix in github.com/ path"),
        ("github.com/a/b.github.io", "github.com/a/b.github.io git https://github.com/a/b.github.io"),
        ("github.company.com/a/b", "vanity"),
        ("bitbucket.org/a/b/c", "bitbucket.org/a/b git https://bitbucket.org/a/b"),
        ("hub.jazz.net/git/u/r", "hub.jazz.net/git/u/r git https://hub.jazz.net/git/u/r"),
        ("hub.jazz.net/git/U/r", "error: invalid hub.jazz.net/git import path \"hub.jazz.net/git/U/r\""),
        ("hub.jazz.net/other", "vanity"),
        ("git.apache.org/x.git/y", "git.apache.org/x.git git https://git.apache.org/x.git"),
        ("git.openstack.org/a/b", "git.openstack.org/a/b git https://git.openstack.org/a/b"),
        (
            "chiselapp.com/user/u/repository/r",
            "chiselapp.com/user/u/repository/r fossil https://chiselapp.com/user/u/repository/r",
        ),
        ("git.x.y/a/b.git/c", "git.x.y/a/b.git git ?://git.x.y/a/b"),
        ("git.x.y:8443/a.git", "git.x.y:8443/a.git git ?://git.x.y:8443/a"),
        ("git.x.y/~me/a.hg", "git.x.y/~me/a.hg hg ?://git.x.y/~me/a"),
        ("git.x.y/a.svn/b.git", "git.x.y/a.svn/b.git git ?://git.x.y/a.svn/b"),
        ("git.x.y/a.gitx", "vanity"),
        ("gopkg.in/yaml.v3", "vanity"),
        ("golang.org/x/mod", "vanity"),
        ("gitlab.com/a/b", "vanity"),
        ("https:/github.com/a/b", "error: \"https://\" not allowed in import path"),
        ("example.net/a", "error: no modules on example.net"),
        ("rsc.io", "error: rsc.io is not a module"),
        ("rsc.io/quote", "vanity"),
    ] {
        assert_eq!(found(path, 26), expected, "{path}");
    }
}

#[test]
fn bazaar_went_with_go_1_27() {
    assert_eq!(found("x.y/a.bzr", 26), "x.y/a.bzr bzr ?://x.y/a");
    assert_eq!(found("x.y/a.bzr", 27), "vanity");
    assert_eq!(found("launchpad.net/goose", 26), "vanity or launchpad.net/goose https://launchpad.net/goose");
    assert_eq!(found("launchpad.net/goose", 27), "vanity");
    assert_eq!(found("github.com/a/b.bzr", 26), "error: invalid version control suffix in github.com/ path");
    assert_eq!(found("github.com/a/b.bzr", 27), "github.com/a/b.bzr git https://github.com/a/b.bzr");
    assert_eq!((Vcs::by_name("bzr", &go(26)), Vcs::by_name("bzr", &go(27))), (Some(Vcs::Bzr), None));
    assert_eq!(Vcs::by_name("mod", &go(26)), None);
}

#[test]
fn schemes() {
    assert_eq!(Vcs::Git.schemes(false, ""), ["https", "git+ssh", "ssh"]);
    assert_eq!(Vcs::Git.schemes(true, ""), ["git", "https", "http", "git+ssh", "ssh"]);
    assert_eq!(Vcs::Git.schemes(false, "http:ssh"), ["http", "ssh"]);
    assert_eq!(Vcs::Fossil.schemes(false, ""), ["https"]);
}
