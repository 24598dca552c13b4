//! Chinese sentences of the family `network`.

use super::list;
use crate::model::situation::network::{Advice, Moment, Peer, Serves, Situation};
use crate::model::transport::DnsFailure;
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::NameFails { peer, failure } => name_fails(peer, *failure),
        Situation::ResolversDiffer { peer, system_works: true } => Said::new(format!(
            "{} 对 git 可以解析，对静态编译的 go 却不能。",
            peer.host
        ))
        .because(
            "系统解析器能查到该名称的地址，resolv.conf 里的 DNS 服务器查不到。不带 cgo 的 go 命令直接询问这些服务器。",
        ),
        Situation::ResolversDiffer { peer, system_works: false } => {
            Said::new(format!("{} 对静态编译的 go 可以解析，对 git 却不能。", peer.host))
                .because("resolv.conf 里的 DNS 服务器能查到该名称的地址，系统解析器查不到。git 和 ssh 使用系统解析器。")
        }
        Situation::NoAnswer { peer, moment, cut_off_after_ms } => no_answer(peer, *moment, *cut_off_after_ms),
        Situation::Refused { peer } => {
            Said::new(format!("{} 没有程序在监听，它是{}。", peer.host, serves(peer.serves)))
                .because("机器有响应，但拒绝连接：服务没有运行，或者端口写错了。")
        }
        Situation::Unreachable { peer } => {
            Said::new(format!("到 {} 的网络不通，它是{}。", peer.host, serves(peer.serves)))
                .because("本机没有到它的路由，或者本机防火墙禁止该连接。")
        }
        Situation::Broke { peer, moment } => {
            let when = match moment {
                Moment::Connect => "刚建立就断开",
                Moment::Handshake => "在 TLS 握手时断开",
                Moment::Answer => "在收到响应之前断开",
                Moment::Body => "在下载中途断开",
            };
            Said::new(format!("到 {} 的连接{when}。", peer.host))
                .because("服务器重启、中间的防火墙或 HTTP 代理都会切断连接。go 不会自动重试。")
        }
        Situation::FamilyBroken { peer, ipv6 } => {
            let (bad, good) = if *ipv6 { ("IPv6", "IPv4") } else { ("IPv4", "IPv6") };
            Said::new(format!("{} 用 {good} 能连上，用 {bad} 连不上。", peer.host))
        }
        Situation::UnknownAuthority { peer, issuer, roots_from } => {
            let whose =
                issuer.as_ref().map_or_else(|| "自签名证书".to_owned(), |issuer| format!("由 {issuer} 签发的证书"));
            let trusted = roots_from.as_ref().map_or_else(
                || "该签发机构不在本机信任的机构之列。".to_owned(),
                |variable| format!("go 信任哪些机构由 {variable} 决定，其中没有它。"),
            );
            Said::new(format!("go 不信任 {} 的{whose}。", peer.host)).because(trusted)
        }
        Situation::NoTrustRoots { peer, roots_from } => {
            let why = roots_from.as_ref().map_or_else(
                || "本机找不到任何存放机构证书的文件或目录。".to_owned(),
                |variable| format!("{variable} 指向的文件或目录里没有证书，而 go 对此不报错。"),
            );
            Said::new(format!("go 不信任任何签发机构，因此也不信任 {}。", peer.host)).because(why)
        }
        Situation::Expired { peer, at } => Said::new(format!("{} 的证书已于 {at} 过期。", peer.host)),
        Situation::NotYetValid { peer, from } => {
            Said::new(format!("{} 的证书从 {from} 起才有效。", peer.host)).because("要么证书太新，要么本机时钟偏慢。")
        }
        Situation::OtherName { peer, presented } => {
            let names = if presented.is_empty() { "（无）".into() } else { list(presented) };
            Said::new(format!("{} 的证书是给别的名称用的。", peer.host)).because(format!("证书中的名称：{names}。"))
        }
        Situation::BadCertificate { peer, how } => Said::new(format!("{} 的证书无法使用：{how}。", peer.host)),
        Situation::NotTls { peer, http: true } => {
            Said::new(format!("应使用 https，但 {} 说的是明文 http。", peer.host))
        }
        Situation::NotTls { peer, http: false } => Said::new(format!("{} 上响应的程序不支持 TLS。", peer.host)),
        Situation::HandshakeFails { peer, how } => Said::new(format!("与 {} 的 TLS 握手失败：{how}。", peer.host)),
        Situation::HttpProxyRefuses { proxy, variable, host, status: 407, schemes, login_sent } => {
            let sent = if *login_sent { "拒绝了所给的凭据" } else { "要求登录，但请求没有带凭据" };
            let offers = if schemes.is_empty() {
                String::new()
            } else {
                format!("它支持 {}；go 只支持 Basic。", list(schemes))
            };
            Said::new(format!("HTTP 代理 {proxy}（{variable}）{sent}。"))
                .because(format!("对 {host} 的请求返回 407。{offers}"))
        }
        Situation::HttpProxyRefuses { proxy, variable, host, status, .. } => {
            Said::new(format!("HTTP 代理 {proxy}（{variable}）不放行到 {host} 的连接（{status}）。"))
        }
        Situation::HttpProxyFails { proxy, variable, how } => {
            Said::new(format!("HTTP 代理 {proxy}（{variable}）无法使用：{how}。"))
        }
        Situation::RedirectToHttp { peer, to } => {
            Said::new(format!("{} 从 https 重定向到 http，go 拒绝跟随。", peer.host))
                .because(format!("重定向目标：{to}。"))
        }
        Situation::LoginOverHttp { peer } => Said::new(format!("地址是 http，go 不会向 {} 发送凭据。", peer.host))
            .because("http 是明文，途中任何人都能读到凭据。"),
        Situation::RedirectLoop { peer } => {
            Said::new(format!("{} 无休止地重定向。", peer.host)).because("go 最多跟随 10 次重定向。")
        }
        Situation::BrokenHttp { peer, how } => Said::new(format!("{} 的响应不符合 HTTP 协议：{how}。", peer.host)),
    }
}

fn name_fails(peer: &Peer, failure: DnsFailure) -> Said {
    let Peer { host, serves: what } = peer;
    let what = serves(*what);
    match failure {
        DnsFailure::NoSuchHost | DnsFailure::NoAddress => Said::new(format!("主机名 {host} 不存在，它是{what}。"))
            .because("名称拼写有误，或者它只在某个内网（VPN）里存在，而本机不在其中。"),
        DnsFailure::InvalidName => Said::new(format!("{host} 不是合法的主机名，它是{what}。")),
        DnsFailure::Timeout | DnsFailure::CutOff | DnsFailure::TryAgain | DnsFailure::NoServers => {
            Said::new(format!("DNS 服务器对 {host} 没有响应，它是{what}。"))
        }
        DnsFailure::ServerFailure | DnsFailure::Refused | DnsFailure::Other { .. } => {
            Said::new(format!("DNS 服务器无法解析 {host}，它是{what}。"))
        }
    }
}

fn no_answer(peer: &Peer, moment: Moment, cut_off_after_ms: Option<u64>) -> Said {
    let Peer { host, serves: what } = peer;
    let after = cut_off_after_ms.map_or_else(String::new, |ms| format!("（等了 {}）", super::duration(ms)));
    let (headline, limit) = match moment {
        Moment::Connect => (format!("连不上 {host}{after}，它是{}。", serves(*what)), Some(30)),
        Moment::Handshake => (format!("{host} 不响应 TLS 握手{after}。"), Some(10)),
        Moment::Answer => (format!("{host} 收下请求后没有响应{after}。"), None),
        Moment::Body => (format!("从 {host} 下载到一半就停住了{after}。"), None),
    };
    let go_waits = limit.map_or_else(
        || "go 对此没有时限，会一直等下去。".to_owned(),
        |seconds| format!("go 会等 {seconds} 秒，然后报错。"),
    );
    Said::new(headline).because(go_waits)
}

fn serves(serves: Serves) -> &'static str {
    match serves {
        Serves::ModuleProxy => " GOPROXY 中的模块代理",
        Serves::ChecksumDatabase => "校验和数据库",
        Serves::VanityHost => "自定义导入路径的主机",
        Serves::VersionControl => "代码仓库所在的主机",
        Serves::Storage => "模块代理存放下载文件的主机",
        Serves::HttpProxy => " HTTP 代理",
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::CheckName { host, variable: Some(variable) } => {
            format!("检查 {variable} 中 {host} 的拼写，以及 VPN 是否已连接。")
        }
        Advice::CheckName { host, variable: None } => {
            format!("检查 {host} 的拼写，以及 VPN 和 DNS 服务器是否正常。")
        }
        Advice::UseSystemResolver => "让带 cgo 的 go 命令使用系统解析器。".into(),
        Advice::MendDnsServers => "修正本机的 DNS 服务器设置。".into(),
        Advice::CheckServer { host } => format!("检查 {host} 是否写对，以及那里的服务是否在运行。"),
        Advice::CheckFirewall { host } => {
            format!("检查防火墙是否拦截了 {host}，或者是否需要设置 HTTPS_PROXY 才能访问外网。")
        }
        Advice::Retry => "重试。".into(),
        Advice::UseMirror { mirror } => format!("先使用镜像 {mirror}。"),
        Advice::TrustAuthority { issuer: Some(issuer) } => {
            format!("向公司索取 {issuer} 的证书，并加入本机的信任列表。")
        }
        Advice::TrustAuthority { issuer: None } => {
            "让服务器改用机构签发的证书，或把它的证书加入本机的信任列表。".into()
        }
        Advice::MendRoots { variable } => format!("修正 {variable}，或取消设置以使用系统证书。"),
        Advice::AskForCertificate { host } => format!("联系 {host} 的管理员更换有效的证书。"),
        Advice::SetClock => "检查本机时钟是否准确。".into(),
        Advice::MatchScheme { host } => format!("检查 {host} 是否应使用 http，或者应使用其他端口。"),
        Advice::GiveProxyLogin { variable } => {
            format!("在 {variable} 中写入凭据：http://USER:PASSWORD@HOST:PORT。")
        }
        Advice::BypassProxy { host } => format!("如果 {host} 可以直连，就把它加入 NO_PROXY。"),
        Advice::MendProxyVariable { variable } => format!("修正 {variable}；如果没有 HTTP 代理，就取消设置。"),
        Advice::AskProxyOperator { host } => format!("联系 HTTP 代理的管理员放行 {host}。"),
        Advice::UseHttps => "在地址中使用 https。".into(),
        Advice::AskOperator { host } => format!("把响应内容告诉 {host} 的管理员。"),
    }
}
