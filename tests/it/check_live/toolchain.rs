use gomoddoc::catalog::Code;

use super::frame::{Check, Go, TIDY, live};
use super::scene::Scene;

/// The repository wants this Go, and GOTOOLCHAIN is this.
fn wants(go: &str, gotoolchain: &str) -> Option<Scene> {
    let mut scene = Scene::healthy();
    let text = scene.sandbox.read("repo/go.mod").replace("go 1.21", &format!("go {go}"));
    scene.sandbox.write("repo/go.mod", text).set("GOTOOLCHAIN", gotoolchain);
    Some(scene)
}

live! {
    a_go_older_than_the_go_line {
        set_up: || wants("1.99.0", "local"),
        go: Go::Fails(TIDY, "requires go >= 1.99"),
        check: Check::Cause(&[Code::GoTooOld]),
    }
    a_toolchain_that_no_proxy_has {
        set_up: || wants("1.99.0", "auto"),
        go: Go::Fails(TIDY, "toolchain not available"),
        check: Check::Cause(&[Code::ToolchainUnavailable]),
    }
    a_toolchain_that_is_not_on_path {
        set_up: || wants("1.99.0", "path"),
        go: Go::Fails(TIDY, "cannot find \"go1.99.0\" in PATH"),
        check: Check::Cause(&[Code::ToolchainUnavailable]),
    }
    gotoolchain_in_a_wrong_form {
        set_up: || wants("1.21", "1.22"),
        go: Go::Fails(TIDY, "invalid GOTOOLCHAIN"),
        check: Check::Cause(&[Code::ToolchainMisconfigured]),
    }
}
