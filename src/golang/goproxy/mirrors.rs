//! Module proxies that anybody may use, by where they are meant to be used.

/// Where the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// Mainland China, where Go's own default cannot be reached or is slow.
    China,
    /// Anywhere else.
    World,
}

/// Operated by Qiniu, Alibaba Cloud, Tencent Cloud and Huawei Cloud, in this order.
const CHINA: [&str; 4] = [
    "https://goproxy.cn",
    "https://mirrors.aliyun.com/goproxy/",
    "https://mirrors.cloud.tencent.com/go/",
    "https://repo.huaweicloud.com/repository/goproxy/",
];

/// Go's own default, and two that are served from many places.
const WORLD: [&str; 3] = ["https://proxy.golang.org", "https://goproxy.io", "https://goproxy.cn"];

/// The well-known module proxies of a region, as items of GOPROXY. That one is listed says nothing about who
/// vouches for it: what it serves is held against the checksum database like all else.
#[must_use]
pub fn mirrors(region: Region) -> &'static [&'static str] {
    match region {
        Region::China => &CHINA,
        Region::World => &WORLD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golang::goproxy::parse;
    use crate::golang::platform::Os;
    use crate::golang::route::is_public_proxy;

    #[test]
    fn each_is_a_public_module_proxy_that_go_accepts() {
        for mirror in [Region::China, Region::World].into_iter().flat_map(mirrors) {
            let list = parse(mirror, "", Os::Linux).unwrap();
            let proxy = list.proxies().next().unwrap();
            assert!(proxy.url().scheme == "https" && proxy.user().is_none(), "{mirror}");
            assert!(is_public_proxy(proxy.host()), "{mirror}");
        }
    }
}
