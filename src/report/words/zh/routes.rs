//! Routes, in Chinese.

use super::Chinese;
use crate::facts::credentials::{CredentialSource, HostKeyState};
use crate::golang::goproxy::Fallback;
use crate::golang::route::VcsDecision;
use crate::report::words::routes::RouteWords;

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
    fn process(&self) -> &'static str {
        "环境变量"
    }
    fn decided(&self, variable: &str, origin: &str, item: &str) -> String {
        format!("依据 {variable}（{origin}）中的 {item}")
    }
    fn fallback(&self, fallback: Fallback) -> Option<&'static str> {
        match fallback {
            Fallback::NotExist => Some("仅在返回 404 或 410 时才查询下一个"),
            Fallback::AnyError => Some("出现任何错误都查询下一个"),
            Fallback::None => None,
        }
    }
    fn credential(&self, host: &str, source: &CredentialSource) -> String {
        match source {
            CredentialSource::None => format!("{host} 没有凭据"),
            CredentialSource::Netrc { path, line } => format!("{host} 的凭据：{path}:{line}"),
            CredentialSource::Url => format!("{host} 的凭据：在 URL 中"),
            CredentialSource::Goauth => format!("{host} 的凭据：GOAUTH"),
            CredentialSource::Helper { name } => format!("{host} 的凭据：git 的 {name}，没有运行"),
            CredentialSource::ExtraHeader => format!("{host} 的凭据：git 的 http.extraHeader"),
            CredentialSource::NotAsked => format!("{host} 的凭据：未知，没有运行 GOAUTH"),
        }
    }
    fn no_proxy(&self) -> &'static str {
        "不查询模块代理"
    }
    fn off(&self) -> &'static str {
        "查询到此为止"
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
    fn rewritten(&self, to: &str, file: &str) -> String {
        format!("{file} 中的 insteadOf 将其改写为 {to}")
    }
    fn ssh(&self, keys: &[&str], host_key: HostKeyState) -> String {
        let keys = if keys.is_empty() {
            "没有 ssh 密钥文件".to_owned()
        } else {
            format!("ssh 密钥 {}", keys.join("、"))
        };
        let host = match host_key {
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
    fn unusable(&self, problem: &str) -> String {
        format!("下载会失败：{problem}")
    }
    fn database(&self, name: &str, bases: &[&str]) -> String {
        format!("{name}，使用以下地址中首个可用的：{}", bases.join("、"))
    }
    fn mod_vendor(&self) -> &'static str {
        "构建时改用 vendor 目录"
    }
    fn leaves(&self, hosts: &str) -> String {
        format!("该路径看起来是私有模块，却会发给 {hosts}。设置 GOPRIVATE 可以避免。")
    }
}
