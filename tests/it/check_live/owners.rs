//! Files that belong to somebody else. Only root can make such: without root the cases are skipped.

use gomoddoc::catalog::Code;

use super::frame::{Check, DOWNLOAD, Go, Heal, TIDY, live};
use super::scene::{Scene, private_repository};
use crate::support::tools;

/// A user id that nobody has to have.
const SOMEBODY: u32 = 65534;

/// Gives a path of the sandbox and all below it to a user.
fn give(scene: &Scene, path: &str, user: u32) {
    for entry in walkdir::WalkDir::new(scene.sandbox.path(path)).into_iter().flatten() {
        std::os::unix::fs::lchown(entry.path(), Some(user), Some(user)).expect("change the owner");
    }
}

fn as_root(set_up: impl FnOnce() -> Scene) -> Option<Scene> {
    (rustix::process::geteuid().is_root() || tools::skip("only root makes files of another owner")).then(set_up)
}

/// Everything is another user's, who then runs all commands.
fn as_somebody(scene: &mut Scene) {
    give(scene, "", SOMEBODY);
    scene.sandbox.user(SOMEBODY);
}

live! {
    /// As after a `sudo go …`.
    a_cache_of_another_owner {
        set_up: || as_root(|| {
            let mut scene = Scene::healthy();
            scene.sandbox.write("gopath/pkg/mod/cache/download/example.dev/a/@v/list", "");
            as_somebody(&mut scene);
            give(&scene, "gopath/pkg/mod", 0);
            scene
        }),
        go: Go::Fails(TIDY, "permission denied"),
        check: Check::Cause(&[Code::CachePermission]),
        heal: Heal::Locally,
    }
    a_go_mod_of_another_owner {
        set_up: || as_root(|| {
            let mut scene = Scene::healthy();
            let filled = scene.sandbox.go(DOWNLOAD);
            assert!(filled.ok(), "{filled}");
            scene.sandbox.write("repo/go.sum", "");
            as_somebody(&mut scene);
            give(&scene, "repo", 0);
            scene
        }),
        go: Go::Fails(TIDY, "permission denied"),
        check: Check::Cause(&[Code::CachePermission]),
        heal: Heal::ByHand("belong to the user who runs go", |scene| give(scene, "repo", SOMEBODY)),
    }
    /// A rewrite leads to a folder on this machine; git runs nothing in it, since its settings could run programs.
    a_repository_of_another_owner {
        set_up: || as_root(|| {
            let mut scene = Scene::private_direct();
            let repositories = private_repository();
            let place = scene.sandbox.path("srv");
            let copied = scene.sandbox.run("cp", &["-r", &repositories.root().display().to_string(), &place.display().to_string()]);
            assert!(copied.ok(), "{copied}");
            give(&scene, "srv", SOMEBODY);
            scene.rewrite_git(&place.display().to_string());
            scene
        }),
        go: Go::Fails(TIDY, "no secure protocol found for repository"),
        check: Check::Cause(&[Code::GitUnsafeRepository]),
        heal: Heal::AtACost,
    }
}
