//! Routes, in Chinese.

use super::Chinese;
use super::private::reason;
use crate::facts::credentials::{AgentState, CredentialSource, HostKeyState};
use crate::golang::goproxy::Fallback;
use crate::golang::route::{PrivateReason, VcsDecision};
use crate::report::words::routes::{RouteWords, SshWay};

impl RouteWords for Chinese {
    fn modules(&self, count: usize) -> String {
        format!("{count} 个模块")
    }
    fn more(&self, count: usize) -> String {
        format!("另有 {count} 个")
    }
    fn built_in(&self) -> &'static str {
        "内置默认值"
    }
    fn default(&self, place: &str) -> String {
        format!("默认值，{place}")
    }
    fn process(&self, place: Option<&str>) -> String {
        match place {
            Some(place) => format!("环境变量，可能由 {place} 设置"),
            None => "环境变量".to_owned(),
        }
    }
    fn named(&self, variable: &str, origin: &str) -> String {
        format!("依据 {variable}（{origin}）")
    }
    fn decided(&self, variable: &str, origin: &str, item: &str) -> String {
        format!("依据 {variable}（{origin}）中的 {item}")
    }
    fn fallback(&self, fallback: Fallback, direct: bool) -> Option<&'static str> {
        match fallback {
            Fallback::NotExist if direct => Some("仅在该处不存在时才查询下一个"),
            Fallback::NotExist => Some("仅在返回 404 或 410 时才查询下一个"),
            Fallback::AnyError => Some("出现任何错误都查询下一个"),
            Fallback::None => None,
        }
    }
    fn credential(&self, host: Option<&str>, source: &CredentialSource) -> String {
        let who = host.map(|host| format!("{host} 的")).unwrap_or_default();
        match source {
            CredentialSource::None => match host {
                Some(host) => format!("{host} 没有凭据"),
                None => "没有凭据".to_owned(),
            },
            CredentialSource::Netrc { path, line } => format!("{who}凭据：{path}:{line}"),
            CredentialSource::Url => format!("{who}凭据：在 URL 中"),
            CredentialSource::Goauth => format!("{who}凭据：由 GOAUTH 提供"),
            CredentialSource::Helper { name } => format!("{who}凭据：git 的 {name}，没有运行"),
            CredentialSource::ExtraHeader => format!("{who}凭据：git 的 http.extraHeader"),
            CredentialSource::NotAsked => format!("{who}凭据：未知，没有运行 GOAUTH"),
        }
    }
    fn no_proxy(&self) -> &'static str {
        "不查询模块代理"
    }
    fn off(&self) -> &'static str {
        "查询到此为止"
    }
    fn malformed(&self, problem: &str) -> String {
        format!("不查询任何服务器：go 查询任何模块都会失败，提示 “{problem}”")
    }
    fn nobody(&self, problem: &str) -> String {
        format!("不查询任何服务器：{problem}")
    }
    fn page(&self, url: &str) -> String {
        format!("先查询 {url}，由它给出仓库地址")
    }
    fn repository(&self, vcs: &str, url: &str) -> String {
        format!("用 {vcs} 获取 {url}")
    }
    fn rewritten(&self, place: &str, from: &str, to: &str, over_ssh: bool) -> String {
        let way = if over_ssh { "经 ssh：" } else { "" };
        format!("{way}{place} 把 {from} 改写为 {to}")
    }
    fn ssh(&self, way: &SshWay) -> String {
        let key = |(path, open): &(String, bool)| match open {
            true => format!("{path}（他人可读，ssh 不会使用）"),
            false => path.clone(),
        };
        let mut keys: Vec<String> = way.keys.iter().map(key).collect();
        match way.agent {
            AgentState::Keys { count } if count > 0 => keys.push(format!("ssh 代理中的 {count} 个")),
            AgentState::None | AgentState::Dead | AgentState::Keys { .. } | AgentState::NotAsked => {}
        }
        let keys =
            if keys.is_empty() { "没有 ssh 密钥".to_owned() } else { format!("ssh 密钥 {}", keys.join("、")) };
        let host = match way.host_key {
            HostKeyState::Known => "主机密钥已知",
            HostKeyState::Unknown => "主机密钥未知",
            HostKeyState::NotAsked => "没有查看主机密钥",
        };
        format!("{keys}；{host}")
    }
    fn govcs(&self, decision: &VcsDecision) -> Option<String> {
        match decision {
            VcsDecision::Allowed => None,
            VcsDecision::Denied { rule: Some(rule), .. } => Some(format!("不运行：GOVCS 中有 {rule}")),
            VcsDecision::Denied { rule: None, .. } => Some("不运行：GOVCS 不允许".to_owned()),
            VcsDecision::Malformed { problem } => Some(format!("不运行：{problem}")),
        }
    }
    fn insecure(&self) -> &'static str {
        "该页面允许明文 HTTP 和未知证书"
    }
    fn checksum(&self) -> &'static str {
        "校验和"
    }
    fn in_go_sum(&self) -> &'static str {
        "go.sum 中已有，不查询校验和数据库"
    }
    fn vendored(&self) -> &'static str {
        "不校验：使用 vendor 目录"
    }
    fn no_database(&self) -> &'static str {
        "不查询校验和数据库"
    }
    fn same_pattern(&self) -> &'static str {
        "不查询校验和数据库（同一模式）"
    }
    fn unusable(&self, problem: &str) -> String {
        format!("下载会失败：{problem}")
    }
    fn through(&self, host: &str) -> String {
        format!("经 {host}")
    }
    fn directly(&self) -> &'static str {
        "直接访问"
    }
    fn database(&self, name: &str, bases: &[String]) -> String {
        match bases.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{name}，{}，否则{last}", before.join("、")),
            Some((last, _)) => format!("{name}，{last}"),
            None => name.to_owned(),
        }
    }
    fn mod_vendor(&self) -> &'static str {
        "构建时改用 vendor 目录"
    }
    fn private(&self) -> &'static str {
        "私有"
    }
    fn leaves(&self, hosts: &[&str], reasons: &[PrivateReason]) -> String {
        let why: Vec<String> = reasons.iter().map(reason).collect();
        let why = if why.is_empty() { String::new() } else { format!("（{}）", why.join("；")) };
        format!("看起来是私有模块{why}，go 却把路径发给 {}", hosts.join(" 和 "))
    }
}
