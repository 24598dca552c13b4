//! Hosts that serve everybody: public module proxies, and forges and vanity domains on which many
//! unrelated people publish. A path there says nothing about whether it is private.

/// Module proxies that anybody may use, as `host` or `host/path`.
const PUBLIC_PROXIES: [&str; 12] = [
    "proxy.golang.org",
    "goproxy.cn",
    "goproxy.io",
    "mirrors.aliyun.com",
    "goproxy.baidu.com",
    "mirrors.cloud.tencent.com",
    "mirrors.tencent.com",
    "repo.huaweicloud.com",
    "mirrors.huaweicloud.com",
    "athens.azurefd.net",
    "gocenter.io",
    "goproxy.dev",
];

/// Checksum databases that anybody may use.
const PUBLIC_CHECKSUM_DATABASES: [&str; 3] = ["sum.golang.org", "sum.golang.google.cn", "gosum.io"];

/// Forges and vanity domains open to the public.
const PUBLIC_MODULE_HOSTS: [&str; 28] = [
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "codeberg.org",
    "gitee.com",
    "gitea.com",
    "git.sr.ht",
    "code.gitea.io",
    "code.cloudfoundry.org",
    "gitlab.freedesktop.org",
    "gitlab.gnome.org",
    "salsa.debian.org",
    "git.apache.org",
    "launchpad.net",
    "gopkg.in",
    "golang.org",
    "google.golang.org",
    "cloud.google.com",
    "go.googlesource.com",
    "go.uber.org",
    "go.opentelemetry.io",
    "go.etcd.io",
    "go.mongodb.org",
    "k8s.io",
    "sigs.k8s.io",
    "gonum.org",
    "rsc.io",
    "honnef.co",
];

/// Whether `host`, without a port, is a module proxy that everybody uses.
#[must_use]
pub fn is_public_proxy(host: &str) -> bool {
    contains(&PUBLIC_PROXIES, host)
}

/// Whether `host`, without a port, is a checksum database that everybody uses.
#[must_use]
pub fn is_public_checksum_database(host: &str) -> bool {
    contains(&PUBLIC_CHECKSUM_DATABASES, host)
}

/// Whether unrelated people publish modules under `host`.
#[must_use]
pub fn is_public_module_host(host: &str) -> bool {
    contains(&PUBLIC_MODULE_HOSTS, host)
}

fn contains(hosts: &[&str], host: &str) -> bool {
    hosts.iter().any(|known| known.eq_ignore_ascii_case(host.trim_end_matches('.')))
}
