//! Chinese sentences of the family `version-control`.

use super::list;
use crate::model::situation::version_control::{Advice, Rule, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::ProgramMissing { program, module } => {
            let what = module.as_ref().map_or_else(String::new, |module| format!("，而 {module} 需要它"));
            Said::new(format!("本机没有安装 {program}{what}。"))
                .because("go 直接从仓库获取这类模块，为此要运行该程序。")
        }
        Situation::GitTooOld { version, go } => {
            let git = version.as_ref().map_or_else(|| "git".to_owned(), |version| format!("git {version}"));
            let go = go.as_ref().map_or_else(|| "这个版本的 go".to_owned(), |go| format!("go {go}"));
            Said::new(format!("{git} 对 {go} 来说太旧。"))
                .because("go 会传递 --end-of-options，git 从 2.24 起才支持。更旧的 git 只打印用法并失败。")
        }
        Situation::Disallowed { vcs, root, private } => {
            let kind = if *private { "私有" } else { "公开" };
            Said::new(format!("GOVCS 不允许 go 对 {root} 运行 {vcs}。"))
                .because(format!("go 把该路径视为{kind}，适用的规则不允许 {vcs}。"))
        }
        Situation::GovcsMalformed { error } => Said::new("GOVCS 无法解析，go 因此不运行任何版本控制系统。")
            .because(format!("go 的提示：{}。", error.as_str().trim_end_matches('.'))),
        Situation::ProtocolForbidden { scheme, url, variable } => {
            let who = variable.as_ref().map_or_else(|| "git 的设置".to_owned(), ToString::to_string);
            Said::new(format!("{who} 禁止使用协议 {scheme}。")).because(format!("仓库：{url}。"))
        }
        Situation::ProtocolUnknown { scheme, url } => Said::new(format!("本机的 git 不支持 {scheme}。"))
            .because(format!("它没有访问 {url} 的辅助程序：git 安装不完整，或者地址拼写有误。")),
        Situation::NotFound { url, login, rule } => {
            let hidden = if *login {
                "对于凭据无权查看的仓库，许多服务器也这样回答。"
            } else {
                "git 没有发送凭据，而对于私有仓库，许多服务器也这样回答。"
            };
            let made = rule.as_ref().map_or_else(String::new, made_by);
            Said::new(format!("git 服务器称仓库 {url} 不存在。")).because(format!("{hidden}{made}"))
        }
        Situation::PerhapsAbsent { host, path } => Said::new(format!("{host} 上没有 {path}，或者它是私有的。"))
            .because(format!("两种情况下 {host} 都会要求登录，而这里没有任何迹象表明该路径是私有的。")),
        Situation::SubgroupCut { url, path } => Said::new(format!("{path} 的页面指向 {url}，而该仓库不存在。"))
            .because("未登录时，服务器对含子组的路径只给出前两级。"),
        Situation::NoTag { path, status, error } => {
            Said::new(format!("导入路径 {path} 的页面没有给出仓库（{status}）。"))
                .because(format!("go 的提示：{}。", error.as_str().trim_end_matches('.')))
        }
        Situation::PageWantsLogin { path, host, status, sent } => {
            let sent = if *sent { "并拒绝了 go 发送的凭据" } else { "而 go 没有它的凭据" };
            Said::new(format!("{host} 要求登录后才显示 {path} 的页面（{status}），{sent}。"))
                .because("go 要读取该页面才能找到仓库。它从 .netrc 或 GOAUTH 取得凭据，而不是从 git。")
        }
        Situation::ServerFault { host, status } => {
            let status = status.map_or_else(String::new, |status| format!("（{status}）"));
            Said::new(format!("git 服务器 {host} 内部出错{status}。")).because("这是仓库本身的服务器，不是模块代理。")
        }
        Situation::PageFault { host, status } => {
            Said::new(format!("{host} 内部出错，无法显示导入路径的页面（{status}）。"))
        }
        Situation::TooManyRequests { host } => Said::new(format!("git 服务器 {host} 因请求过多而拒绝（429）。"))
            .because("许多服务器对未登录的请求限额很低，同一出口地址的机器共用限额。"),
        Situation::RuleLeadsNowhere { rule, url, host } => {
            Said::new(format!("git 被引到 {host}，而不是 {}，但连不上。", rule.from))
                .because(format!("go 要访问的是 {url}。{}", made_by(rule)))
        }
        Situation::RuleLoginRefused { rule, host } => {
            Said::new(format!("{host} 拒绝了 {} 中 insteadOf 规则所带的凭据。", rule.file))
                .because("该规则把凭据写进地址；令牌已过期，或者无权查看这个仓库。")
        }
        Situation::RuleLeadsToNoGit { rule, url } => {
            Said::new(format!("git 被引到 {url}，那里没有 git 服务器应答。")).because(made_by(rule))
        }
        Situation::RuleNotSeen { rule, url } => {
            Said::new(format!("go 运行的 git 看不到 {} 中的 insteadOf 规则。", rule.file)).because(format!(
                "该规则本会把 {url} 引到 {}。go 在模块缓存中运行 git，仓库自己的设置在那里不起作用。",
                rule.to
            ))
        }
        Situation::HeaderNotSeen { file, host } => Said::new(format!("go 运行的 git 看不到 {file} 中 {host} 的凭据。"))
            .because("CI 的检出步骤常把它写在那里。go 在模块缓存中运行 git，仓库自己的设置在那里不起作用。"),
        Situation::HeaderCannotSee { file, url } => Said::new(format!("{file} 为 git 请求添加的凭据无权查看 {url}。"))
            .because("CI 任务的令牌往往只对自己的仓库有效，而且它优先于其他凭据。"),
        Situation::UnsafeRepository { path } => Said::new(format!("git 拒绝使用 {path}，因为它属于其他用户。"))
            .because("仓库的设置可以运行程序，所以 git 只信任当前用户自己的仓库。"),
        Situation::BrokenConfig { place: Some((file, line)), .. } => {
            Said::new(format!("git 无法读取设置：{file} 第 {line} 行有误。")).because("改正之前，git 什么也不做。")
        }
        Situation::BrokenConfig { place: None, error } => {
            Said::new("git 无法读取设置，因此什么也不做。").because(format!("git 的提示：{error}"))
        }
        Situation::NotGit { url } => {
            Said::new(format!("在 {url} 应答的不是 git 服务器。")).because("返回的是登录页或其他网页，而不是仓库。")
        }
        Situation::GitFails { url, line } => {
            Said::new(format!("git 访问 {url} 失败。")).because(match line.is_empty() {
                true => "它没有说明原因。".to_owned(),
                false => format!("git 的提示：{line}"),
            })
        }
        Situation::GitDistrusts { host, roots, variable } => {
            let why = match (roots, variable) {
                (Some(roots), _) => format!("git 信任 {roots} 中的机构，其中没有 {host} 的签发机构。"),
                (None, Some(variable)) => {
                    format!("{variable} 决定 go 信任哪些机构；git 不看这个变量，而使用系统的列表。")
                }
                (None, None) => "git 与 go 信任的机构不一定相同；证书也可能已过期，git 对此说法相同。".to_owned(),
            };
            Said::new(format!("git 不信任 {host} 的证书。")).because(why)
        }
        Situation::NoAuthorities { host, file } => {
            Said::new(format!("git 无法读取 {file}，因此不信任任何证书，包括 {host} 的证书。"))
                .because("http.sslCAInfo 或 GIT_SSL_CAINFO 指定该文件为可信机构列表。")
        }
        Situation::GitProxyFails { host, setting, line } => {
            let named = setting.as_ref().map_or_else(String::new, |setting| format!("（{setting}）"));
            Said::new(format!("git 无法通过它的 HTTP 代理{named}到达 {host}。"))
                .because(format!("除 HTTPS_PROXY 外，git 还有自己的 HTTP 代理设置。git 的提示：{line}"))
        }
        Situation::NoSuchVersion { path, version, url, has } => {
            Said::new(format!("{path} 的仓库中没有版本 {version}。")).because(match has.is_empty() {
                true => format!("{url} 中没有这样的标签、分支或提交。"),
                false => format!("{url} 中没有这样的标签、分支或提交。最新的版本有：{}。", list(has)),
            })
        }
        Situation::NoReferences { path, version, url } => {
            Said::new(format!("git 在 {path} 的仓库中看不到任何标签和分支，因此没有 {version}。"))
                .because(format!("{url} 是空仓库，或者应答的是登录页。"))
        }
    }
}

fn made_by(rule: &Rule) -> String {
    format!("{} 中的规则把 {} 替换为 {}。", rule.file, rule.from, rule.to)
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::Install { program } => format!("用系统或构建镜像的软件包安装 {program}。"),
        Advice::UpgradeGit => "完整安装较新的 git，或换用较新的构建镜像。".into(),
        Advice::UseModuleProxy => "让模块代理获取公开模块，这样就不需要 git。".into(),
        Advice::AllowVcs { vcs, root } => {
            format!("只对 {root} 允许 {vcs}；该路径的所有者因此可以利用它的安全漏洞。")
        }
        Advice::MendGovcs => "改正 GOVCS，或取消设置以使用默认值。".into(),
        Advice::AllowProtocol { scheme, variable: Some(variable) } => format!("把 {scheme} 加入 {variable}。"),
        Advice::AllowProtocol { scheme, variable: None } => {
            format!("在 git 设置中把 protocol.{scheme}.allow 设为 always，或去掉禁止它的设置。")
        }
        Advice::CheckPath { path } => format!("检查导入语句和 go.mod 中 {path} 的拼写。"),
        Advice::LogInIfPrivate { host } => format!("如果仓库是私有的，为 git 提供 {host} 的凭据。"),
        Advice::AskForAccess { host } => format!("联系 {host} 的管理员，为你的账号开通该仓库的读取权限。"),
        Advice::LogInToPage { host } => format!("在 .netrc 中保存 {host} 的凭据，go 请求页面时会发送它。"),
        Advice::UsePathWithGit => {
            "使用在仓库后带 .git 的模块路径，它不需要页面；那里的 go.mod 必须写同样的路径。".into()
        }
        Advice::TellPageOwner { path, host } => format!("告诉 {host} 的管理员，{path} 的页面需要 go-import 一行。"),
        Advice::RetryLater => "稍后重试。".into(),
        Advice::TellOperator { host } => format!("把响应内容告诉 {host} 的管理员。"),
        Advice::RemoveRule { rule } => format!("改正或删除 {} 中针对 {} 的 insteadOf 规则。", rule.file, rule.from),
        Advice::RenewRuleLogin { rule } => {
            format!("把凭据从 {} 的规则中去掉，并在 .netrc 中保存有效的凭据。", rule.file)
        }
        Advice::MoveRule => "把该规则写入自己的 git 全局设置，它在任何地方都起作用。".into(),
        Advice::GiveHeaderToGit { host } => format!("把 {host} 的凭据写入 .netrc 或该任务的 git 全局设置。"),
        Advice::WidenHeader { url } => format!("使用也能读取 {url} 的令牌。"),
        Advice::RemoveHeader { file } => {
            format!("从 {file} 中删除该请求头；git 会改用其他凭据，请求头中的令牌不再保留。")
        }
        Advice::OwnRepository { path } => format!("让 {path} 归运行 go 的用户所有。"),
        Advice::TrustRepository { path } => {
            format!("信任 {path}；它的所有者因此可以让 git 以你的身份运行程序。")
        }
        Advice::MendConfig { file: Some(file) } => format!("改正 {file}；下面的命令可以检查 git 能否读取它。"),
        Advice::MendConfig { file: None } => "改正 git 的设置；下面的命令可以检查 git 能否读取。".into(),
        Advice::AskByHand => "手动询问服务器，查看它的回答。".into(),
        Advice::ShareRoots { file } => format!("让 git 对该主机也信任 {file}。"),
        Advice::TrustForGit { host } => format!("把 {host} 的签发机构加入系统的信任列表，或加入 git 使用的文件。"),
        Advice::MendRootsSetting { file } => format!("改正或删除指定 {file} 的设置。"),
        Advice::MendGitProxy { setting: Some(setting) } => format!("改正 {setting}；如果没有 HTTP 代理，就删除它。"),
        Advice::MendGitProxy { setting: None } => "改正 git 设置和环境变量中的 HTTP 代理。".into(),
        Advice::UseVersion { version } => format!("改用存在的版本 {version}。"),
        Advice::PushTag { version } => format!("如果仓库是你的，推送标签 {version}。"),
    }
}
