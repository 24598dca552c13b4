//! Chinese sentences of the family `credentials`.

use super::list;
use crate::golang::netrc::Trouble;
use crate::model::Foreign;
use crate::model::situation::credentials::{Advice, Client, LoginFrom, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::NetrcLine { path, line, host, client, trouble } => {
            Said::new(format!("{host} 要求登录，但 {} 没有使用 {path} 第 {line} 行。", who(*client)))
                .because(why_unused(*trouble, *client))
        }
        Situation::NetrcPort { path, line, machine, host, client } => {
            Said::new(format!("{host} 要求登录，但 {path} 第 {line} 行写的是 {machine}。"))
                .because(why_port(*client, host))
        }
        Situation::NetrcOverHttp { path, line, host } => {
            Said::new(format!("{host} 要求登录，但地址是 http，go 不发送凭据。")).because(format!(
                "{path} 第 {line} 行有它的凭据。go 只通过 https 发送该文件中的凭据：http 是明文，途中任何人都能读到。"
            ))
        }
        Situation::NetrcElsewhere { path, found, host, from_variable: true } => {
            Said::new(format!("{host} 要求登录，但 NETRC 指向的 {path} 不存在。"))
                .because(format!("{found} 存在，但 go 只读取 NETRC 指定的文件。"))
        }
        Situation::NetrcElsewhere { path, found, host, from_variable: false } => {
            Said::new(format!("{host} 要求登录，但 go 不读取 {found}。"))
                .because(format!("这个版本的 go 查找的是 {path}，该文件不存在。"))
        }
        Situation::NetrcVariable { path, line, host } => Said::new(format!("{host} 要求登录，但 git 不读取 {path}。"))
            .because(format!(
                "该文件第 {line} 行有这个主机的凭据。go 通过 NETRC 找到它；git 不看这个变量，只读取主目录下的 .netrc。"
            )),
        Situation::NetrcLeftOut { path, line, host, off } => {
            let goauth = if *off { "GOAUTH=off" } else { "GOAUTH" };
            Said::new(format!("{host} 要求登录，但 {goauth} 使 go 不读取 {path}。")).because(format!(
                "该文件第 {line} 行有这个主机的凭据。只有未设置 GOAUTH 或其中含有 netrc 时，go 才读取它。"
            ))
        }
        Situation::GoauthMalformed { error } => Said::new("GOAUTH 无法解析，go 在第一次 https 请求时就会停止。")
            .because(format!("go 的提示：{}。", error.as_str().trim_start_matches("go: ").trim_end_matches('.'))),
        Situation::GoauthCommandFails { error } => Said::new("GOAUTH 中的命令执行失败，而 go 不作任何提示。")
            .because(format!("因此缺少它的凭据。失败信息：{}。", error.as_str().trim_end_matches('.'))),
        Situation::LoginWanted { host, helper: None } => {
            Said::new(format!("git 访问 {host} 需要登录，但没有可用凭据。"))
                .because(".netrc、凭据助手和 git 设置中的请求头都没有提供凭据，而 go 禁止 git 在终端询问。")
        }
        Situation::LoginWanted { host, helper: Some(helper) } => {
            Said::new(format!("git 访问 {host} 需要登录，而凭据助手 {helper} 没有给出凭据。"))
                .because("go 禁止 git 在终端询问。")
        }
        Situation::HelperMissing { helper, host } => {
            Said::new(format!("git 访问 {host} 需要登录，但凭据助手 {helper} 没有安装。"))
                .because("git 的设置指定了该助手；没有它，git 就没有凭据，也不能询问。")
        }
        Situation::LoginRefused { host, from } => Said::new(format!("{host} 拒绝了 git 发送的凭据{}。", source(from)))
            .because("令牌或密码有误、已过期，或已被吊销。git 接着会再次询问用户名，而 go 禁止询问。"),
        Situation::RepositoryForbidden { host, url, from: Some(from) } => {
            Said::new(format!("{host} 不允许所用的凭据{}读取该仓库（403）。", source(from)))
                .because(format!("仓库：{url}。服务器认识该凭据，但它的账号没有权限。"))
        }
        Situation::RepositoryForbidden { host, url, from: None } => {
            Said::new(format!("{host} 禁止访问该仓库（403），而 git 没有可发送的凭据。"))
                .because(format!("仓库：{url}。服务器可能要求登录，也可能拒绝本机的地址。"))
        }
        Situation::NoKey { host, agent_dead } => {
            let agent = if *agent_dead {
                "SSH_AUTH_SOCK 指向的代理程序没有响应，ssh 查找的密钥文件也都不存在。"
            } else {
                "没有运行 ssh-agent，ssh 查找的密钥文件也都不存在。"
            };
            Said::new(format!("ssh 没有可用于 {host} 的密钥。")).because(agent)
        }
        Situation::KeyOpen { host, path } => Said::new(format!("ssh 不使用密钥 {path} 登录 {host}。"))
            .because("其他用户可以读取该文件，ssh 拒绝使用这样的密钥。"),
        Situation::KeyUnreadable { host, path } => Said::new(format!("ssh 无法读取登录 {host} 的密钥 {path}。"))
            .because("该文件属于其他用户，或者权限不允许当前用户读取。"),
        Situation::KeyLocked { host, path, agent_dead } => {
            let agent = if *agent_dead {
                "SSH_AUTH_SOCK 指向的 ssh-agent 没有响应"
            } else {
                "没有 ssh-agent 持有它"
            };
            Said::new(format!("ssh 无法使用密钥 {path} 登录 {host}：它有口令保护。"))
                .because(format!("CI 任务或 BatchMode 下无法询问口令，而且{agent}。"))
        }
        Situation::KeysRefused { host, user, keys, in_agent } => {
            let as_user = user.as_ref().map_or_else(String::new, |user| format!("（用户 {user}）"));
            let mut said = Said::new(format!("{host} 不接受 ssh 提供的任何密钥{as_user}。"));
            let mut offered: Vec<String> = keys.iter().map(ToString::to_string).collect();
            if *in_agent > 0 {
                offered.push(format!("ssh-agent 中的 {in_agent} 个"));
            }
            if !offered.is_empty() {
                said = said.because(format!("ssh 提供了：{}。", offered.join("、")));
            }
            said
        }
        Situation::HostKeyUnknown { host, files } => {
            let files = if files.is_empty() { "known_hosts 文件".to_owned() } else { list(files) };
            Said::new(format!("ssh 不认识 {host} 的主机密钥，因此不连接。")).because(format!(
                "{files} 中没有该主机。CI 任务里无人可以确认密钥；从 Go 1.25 起 ssh 可能在终端询问，看起来像 go 卡住了。"
            ))
        }
        Situation::HostKeyChanged { host, known } => {
            let stored = known.as_ref().map_or_else(String::new, |(path, line)| format!("（{path} 第 {line} 行）"));
            Said::new(format!("{host} 的主机密钥与 ssh 保存的不同{stored}。"))
                .because("要么服务器更换了密钥，要么有人冒充它应答。")
        }
    }
}

fn who(client: Client) -> &'static str {
    match client {
        Client::Go => "go",
        Client::Git => "git",
    }
}

fn source(from: &LoginFrom) -> String {
    match from {
        LoginFrom::Unknown => String::new(),
        LoginFrom::Netrc { path, line } => format!("（来自 {path} 第 {line} 行）"),
        LoginFrom::Url => "（来自地址本身）".into(),
        LoginFrom::Helper { name } => format!("（来自凭据助手 {name}）"),
        LoginFrom::ExtraHeader => "（来自 git 设置中的请求头）".into(),
    }
}

fn why_port(client: Client, host: &Foreign) -> String {
    match client {
        Client::Go => format!("go 按地址中的原样比较主机和端口，而地址中写的是 {host}。"),
        Client::Git => format!("git 只比较主机，而主机是 {host}。"),
    }
}

fn why_unused(trouble: Trouble, client: Client) -> String {
    let who = who(client);
    match trouble {
        Trouble::Default => "这是 default 条目，go 从不使用它：需要写明主机的 machine 条目。".into(),
        Trouble::AfterDefault { line } => format!("第 {line} 行以单独的 default 结尾，go 读到那里就停止。"),
        Trouble::InMacro { line } => {
            format!("它处在第 {line} 行开始的宏之内：宏只在完全空白的行结束，而以 CRLF 结尾的行不算空行。")
        }
        Trouble::ByteOrderMark => format!("文件以字节顺序标记（BOM）开头，{who} 因此认不出第一个词 machine。"),
        Trouble::UpperCaseKey => "关键字用了大写；go 只认小写的 machine、login 和 password。".into(),
        Trouble::ValueOnNextLine => "关键字和它的值分在两行；go 要求写在同一行。".into(),
        Trouble::OddToken => "go 按“关键字 值”成对读取一行，多出来的词打乱了配对。".into(),
        Trouble::NoMachine => "该条目没有主机。".into(),
        Trouble::NoLogin => format!("该条目没有 login，{who} 只使用完整的条目。"),
        Trouble::NoPassword => format!("该条目没有 password，{who} 只使用完整的条目。"),
        Trouble::Quotes => "有一个值带引号；go 把引号当作值的一部分，并在空格处截断。".into(),
        Trouble::Scheme => format!("machine 以协议开头；{who} 要求只写主机。"),
        Trouble::Path => format!("machine 带有路径；{who} 要求只写主机。"),
        Trouble::Port => "machine 写了端口，而地址中没有。".into(),
        Trouble::MachineCase => "go 按原样比较主机，区分大小写。".into(),
        Trouble::Shadowed { line } => format!("第 {line} 行是同一个主机，先出现的优先。"),
        Trouble::Commented => "它写在 # 之后，但 go 不认识注释，会发送其中的凭据。".into(),
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::MendNetrc { line, trouble } => mend(*line, *trouble),
        Advice::WriteHostAsInUrl { line, host } => format!("把第 {line} 行的主机写成 {host}。"),
        Advice::AddNetrcLine { path, host } => {
            format!("在 {path} 中加入这一行，换成自己的用户和令牌：machine {host} login USER password TOKEN")
        }
        Advice::UseHttps { host } => format!("如果服务器支持，在 GOPROXY 中对 {host} 使用 https。"),
        Advice::MoveNetrc { found, path } => format!("把 {found} 移到 {path}。"),
        Advice::UnsetNetrc => "取消设置 NETRC，以便读取主目录下的文件。".into(),
        Advice::CopyNetrc { host } => format!("把 {host} 的条目写入主目录下的 .netrc，git 读取的是它。"),
        Advice::AddNetrcToGoauth => "让 GOAUTH 包含 netrc。".into(),
        Advice::MendGoauth => "去掉 GOAUTH 中 go 不接受的部分。".into(),
        Advice::UnsetGoauth => "恢复 GOAUTH 的默认值，即读取 .netrc。".into(),
        Advice::TryGoauthCommand => "手动运行 GOAUTH 中的命令，查看它的输出。".into(),
        Advice::UseSsh { host } => format!("如果 ssh 密钥已在 {host} 登记，改用 ssh 访问。"),
        Advice::LogInWithHelper { helper, host } => format!("用凭据助手 {helper} 登录一次 {host}。"),
        Advice::InstallHelper { helper } => format!("安装凭据助手 {helper}，或把它从 git 设置中去掉。"),
        Advice::CheckSpelling { path } => format!("检查 {path} 的拼写：不存在的仓库看起来也是这样。"),
        Advice::RenewLogin { from } => match from {
            LoginFrom::Netrc { path, line } => format!("在 {path} 第 {line} 行写入有效的令牌。"),
            LoginFrom::Helper { name } => format!("让凭据助手 {name} 忘记该凭据，然后重新登录。"),
            LoginFrom::Url => "把凭据从地址中去掉，并在 .netrc 中保存有效的令牌。".into(),
            LoginFrom::ExtraHeader => "在请求头中换上有效的令牌，或删除该请求头。".into(),
            LoginFrom::Unknown => "为该主机保存有效的令牌。".into(),
        },
        Advice::AskForAccess { host } => format!("联系 {host} 的管理员，为你的账号开通该仓库的读取权限。"),
        Advice::MakeKey { host } => format!("生成密钥，并在 {host} 的账号中登记公钥。"),
        Advice::StartAgent => "重新启动 ssh-agent 并加入密钥，或修正 SSH_AUTH_SOCK。".into(),
        Advice::AddKeyToAgent { path } => format!("把 {path} 交给 ssh-agent，口令只需输入一次。"),
        Advice::CloseKey { path } => format!("只允许自己读取 {path}。"),
        Advice::OpenKey { path } => format!("把 {path} 改为自己所有，或换用其他密钥。"),
        Advice::RegisterKey { host } => format!("在 {host} 的账号中登记公钥，或申请访问权限。"),
        Advice::LogInAsGit { user } => format!("检查用户是否应为 git 而不是 {user}：多数 git 服务器只认 git。"),
        Advice::UseHttpsForGit => "如果这里不该用 ssh，就删除指向 ssh 的 insteadOf 规则。".into(),
        Advice::CompareFingerprint { host } => {
            format!("连接一次，把 ssh 显示的指纹与 {host} 的所有者公布的指纹比较，相同才回答 yes。")
        }
        Advice::KeepHostKeyInCi { host } => {
            format!("在 CI 任务中，把核对过的 {host} 主机密钥随任务保存，并写入 known_hosts。")
        }
        Advice::AskAboutHostKey { host } => format!("向 {host} 的管理员确认密钥是否更换，并索取新的指纹。"),
        Advice::RemoveOldHostKey { host } => {
            format!("只有在确认更换之后，才删除 {host} 的旧密钥；下次连接会显示新密钥。")
        }
    }
}

fn mend(line: usize, trouble: Trouble) -> String {
    match trouble {
        Trouble::Default => format!("为第 {line} 行的条目写明主机。"),
        Trouble::AfterDefault { line } => format!("把第 {line} 行的 default 条目移到文件末尾。"),
        Trouble::InMacro { line } => format!("用空行结束第 {line} 行的宏，并使用 LF 换行。"),
        Trouble::ByteOrderMark => "把文件保存为不带 BOM 的 UTF-8。".into(),
        Trouble::UpperCaseKey => format!("把第 {line} 行的 machine、login 和 password 改为小写。"),
        Trouble::ValueOnNextLine => format!("把条目写在一行：将第 {line} 行之后的内容接到它后面。"),
        Trouble::OddToken => format!("从第 {line} 行去掉既不是关键字也不是值的词。"),
        Trouble::NoMachine => format!("在第 {line} 行的 machine 后写上主机。"),
        Trouble::NoLogin => format!("为第 {line} 行的条目补上 login。"),
        Trouble::NoPassword => format!("为第 {line} 行的条目补上 password。"),
        Trouble::Quotes => format!("去掉第 {line} 行的引号；带空格的密码无法使用。"),
        Trouble::Scheme | Trouble::Path | Trouble::Port | Trouble::MachineCase => {
            format!("第 {line} 行只写主机，与地址中的写法一致。")
        }
        Trouble::Shadowed { line } => format!("改正或删除先出现的第 {line} 行。"),
        Trouble::Commented => format!("删除第 {line} 行；go 没有注释。"),
    }
}
