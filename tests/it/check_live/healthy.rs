use super::frame::{Check, DOWNLOAD, Go, TIDY, live};
use super::scene::{Scene, modules, proxy};
use crate::support::faults::{Faults, On, Status};
use crate::support::git::{SshClient, Vanity, ssh_available};
use crate::support::modules::write_file_proxy;
use crate::support::tls::Flaw;

live! {
    an_empty_cache_and_a_proxy_over_http {
        set_up: || Some(Scene::healthy().with_fresh_cache()),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    a_full_cache {
        set_up: || Some(Scene::healthy()),
        go: Go::Passes(DOWNLOAD),
        check: Check::Healthy,
    }
    a_proxy_over_tls {
        set_up: || Some(Scene::over_tls(Flaw::None, Faults::new()).0.with_fresh_cache()),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    a_folder_as_proxy {
        set_up: || {
            let mut scene = Scene::healthy();
            write_file_proxy(&scene.sandbox.path("proxy"), &modules());
            let url = format!("file://{}", scene.sandbox.path("proxy").display());
            scene.sandbox.set("GOPROXY", url);
            Some(scene.with_fresh_cache())
        },
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    /// The first entry knows nothing, which a comma forgives.
    a_second_proxy_after_a_comma {
        set_up: || {
            let mut scene = Scene::healthy();
            let empty = scene.server(proxy().faults(Faults::new().add(On::all(), Status::text(404, "not found"))));
            let good = scene.server(proxy());
            scene.sandbox.set("GOPROXY", format!("{empty},{good}"));
            Some(scene.with_fresh_cache())
        },
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    a_private_module_over_https {
        set_up: || Some(Scene::private_over_https(Faults::new())),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    a_private_module_over_ssh {
        set_up: || ssh_available().then(|| Scene::private_over_ssh(SshClient::of)),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    a_vanity_path_through_the_http_proxy {
        set_up: || {
            let mut scene = Scene::private_direct();
            let page = Vanity::new().tag("git.corp.example/team/lib.git", "git", "https://git.corp.example/team/lib.git");
            scene.named_hosts(Faults::new(), page, Faults::new());
            Some(scene)
        },
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    the_checksum_database_switched_off {
        set_up: || {
            let mut scene = Scene::healthy();
            scene.sandbox.set("GOSUMDB", "off");
            Some(scene)
        },
        go: Go::Passes(TIDY),
        check: Check::Warns(gomoddoc::catalog::Code::SumdbDisabled),
    }
}
