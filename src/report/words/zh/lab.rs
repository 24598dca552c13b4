//! The lab, in Chinese.

use std::time::Duration;

use super::Chinese;
use crate::lab::faults::Account;
use crate::lab::scenario::Go;
use crate::report::words::lab::{LabWords, fine};

impl LabWords for Chinese {
    fn go(&self, go: Go) -> &'static str {
        match go {
            Go::Passes => "go 成功",
            Go::Fails => "go 失败",
            Go::Waits => "go 一直等待",
        }
    }

    fn nothing_wrong(&self) -> &'static str {
        "（一切正常）"
    }

    fn account(&self, account: &Account) -> String {
        let Account { rate, burst, penalty, passed, refused, first_refused, elapsed, .. } = account;
        let mut text = format!(
            "模块代理每秒放行 {rate} 个请求，一次最多 {burst} 个，超出后在 {} 秒内全部拒绝\n",
            penalty.as_secs()
        );
        text.push_str(&format!("放行  {passed}\n拒绝  {refused}\n"));
        match first_refused {
            Some((what, when)) => text.push_str(&format!("{} 后首次拒绝：{what}\n", fine(*when))),
            None => text.push_str("没有拒绝任何请求\n"),
        }
        text.push_str(&format!("{} 内共 {} 个请求\n", fine(*elapsed), passed + refused));
        text
    }

    fn request(&self, when: Duration, what: &str, passed: bool) -> String {
        format!("{:>9}  {}  {what}", fine(when), if passed { "放行" } else { "拒绝" })
    }

    fn ended(&self, limit: Duration) -> String {
        format!("{} 秒后已结束该命令（--for）", limit.as_secs_f64())
    }

    fn lives(&self, name: &str, pid: u32, lives: Duration) -> String {
        format!("{name} 作为进程 {pid} 运行，最多 {} 秒；用 gomoddoc lab --stop 结束", lives.as_secs())
    }

    fn repository(&self) -> &'static str {
        "可以在这个仓库中试验："
    }

    fn stopped(&self, name: &str, pid: u32) -> String {
        format!("{name}（进程 {pid}）已拆除")
    }

    fn gone(&self, name: &str, pid: u32) -> String {
        format!("{name}（进程 {pid}）早已结束")
    }

    fn none(&self) -> &'static str {
        "没有正在运行的实验环境"
    }
}
