//! Chinese sentences of the family `cache`.

use crate::model::damage::{EntryProblem, Files};
use crate::model::situation::cache::{Advice, Effect, Obstacle, Situation, Use};
use crate::model::{CloneTrouble, Damage, Foreign};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::Full { path, used_for, free_bytes: Some(free) } => {
            Said::new(format!("{path} 所在的磁盘{}。", size(*free)))
                .because(format!("它是{}。go 在那里会报 \"no space left on device\"。", purpose(*used_for)))
        }
        Situation::Full { path, used_for, free_bytes: None } => {
            Said::new(format!("{path} 所在的文件系统无法再创建文件。"))
                .because(format!("它是{}。无论还剩多少字节，inode 已经用完。", purpose(*used_for)))
        }
        Situation::CannotWrite { path, used_for, because: Obstacle::NotAFolder } => {
            Said::new(format!("{path} 不是目录，go 无法把它用作{}。", purpose(*used_for)))
        }
        Situation::CannotWrite { path, used_for, because: Obstacle::ReadOnly } => {
            Said::new(format!("{path} 位于只读文件系统上。"))
                .because(format!("它是{}，go 必须写入那里。", purpose(*used_for)))
        }
        Situation::CannotWrite { path, used_for, because: Obstacle::Denied { owner, user } } => {
            let whose = match (owner, user) {
                (Some(owner), Some(user)) if owner != user => {
                    format!("它属于用户 {owner}，而 go 以用户 {user} 运行。")
                }
                _ => String::new(),
            };
            Said::new(format!("当前用户无权写入 {path}。"))
                .because(format!("go 需要它作为{}。{whose}", purpose(*used_for)))
        }
        Situation::NameNotAllowed { module, problem } => Said::new(format!("{module} 中有 go 不允许的文件名。"))
            .because(format!("{problem}。模块在任何系统上都必须能以同样的方式解压。")),
        Situation::NameTooLong { module, entry, length, limit, whole_path } => {
            let what = if *whole_path { "完整路径" } else { "名称" };
            Said::new(format!("{module} 中有对本机来说过长的文件名。"))
                .because(format!("{entry} 的{what}有 {length} 字节；GOMODCACHE 之下最多可写 {limit} 字节。"))
        }
        Situation::Locked { path, pid, command } => {
            let holder = match (command, pid) {
                (Some(command), Some(pid)) => format!("{command}（进程 {pid}）"),
                (None, Some(pid)) => format!("进程 {pid} "),
                (Some(command), None) => format!("{command} "),
                (None, None) => "另一个进程".into(),
            };
            Said::new(format!("{holder}持有模块缓存中的锁。"))
                .because(format!("锁文件是 {path}。go 会无提示、无限期地等待它。"))
        }
        Situation::Damaged { module, damage, effect } => {
            Said::new(damaged(module.to_string().as_str(), damage)).because(meaning(damage, *effect))
        }
        Situation::CloneDamaged { path, url, trouble } => {
            let of = url.as_ref().map_or_else(|| path.to_string(), |url| format!("{path}（来自 {url}）"));
            let (what, because) = clone_trouble(trouble);
            Said::new(format!("缓存中的克隆 {of} {what}。")).because(because)
        }
        Situation::Misnamed { path } => Said::new(format!("模块缓存中的 {path} 不是任何模块的名称。"))
            .because("在缓存中，大写字母写作 ! 加小写字母。go 永远找不到它。"),
    }
}

fn purpose(used_for: Use) -> &'static str {
    match used_for {
        Use::ModuleCache => "模块缓存（GOMODCACHE）",
        Use::ChecksumDatabase => "校验和数据库的本地存储（GOPATH/pkg/sumdb）",
        Use::BuildCache => "构建缓存（GOCACHE）",
        Use::Temporary => "临时文件目录（GOTMPDIR）",
        Use::Repository => "存放 go.mod 和 go.sum 的仓库",
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0 => "已没有空间".into(),
        1..=0xf_ffff => format!("只剩 {} KiB", bytes.div_ceil(1 << 10)),
        _ => format!("只剩 {} MiB", bytes >> 20),
    }
}

fn files(of: &Files) -> String {
    match of.first.first() {
        Some(first) if of.count == 1 => first.to_string(),
        Some(first) => format!("{first} 等 {} 个文件", of.count),
        None => format!("{} 个文件", of.count),
    }
}

/// What is wrong with a clone, and what go makes of it.
fn clone_trouble(trouble: &CloneTrouble) -> (String, &'static str) {
    const MISLEADS: &str = "go 会报告 \"unknown revision\"，尽管仓库本身有该版本。";
    match trouble {
        CloneTrouble::OtherInfo => ("的 .info 属于另一个仓库".into(), "go 会拒绝它：\"exists with wrong content\"。"),
        CloneTrouble::Incomplete => ("不完整".into(), "go 需要时会重新创建它。"),
        CloneTrouble::NoRepository { .. } => ("无法被 git 打开".into(), MISLEADS),
        CloneTrouble::ObjectDamaged { reference, .. } => {
            (format!("缺少 {reference} 需要的对象，或该对象已损坏"), MISLEADS)
        }
        CloneTrouble::PackDamaged { .. } => ("有与其索引不符的 pack 文件".into(), MISLEADS),
        CloneTrouble::SpecialFiles(of) => {
            (format!("有不是普通文件的文件：{}", files(of)), "git 会一直等待它们，或跟随它们到别处。")
        }
    }
}

/// What is damaged, in one sentence.
fn damaged(module: &str, damage: &Damage) -> String {
    match damage {
        Damage::ZipUnreadable { .. } => format!("缓存中 {module} 的 zip 不是 zip 文件。"),
        Damage::ZipEntry { entry, problem } => {
            format!("缓存中 {module} 的 zip 已损坏：{entry} {}。", entry_problem(*problem))
        }
        Damage::ZipRule { entry, .. } => {
            let entry = entry.as_ref().map_or_else(String::new, |entry| format!("：{entry}"));
            format!("缓存中 {module} 的 zip 违反模块 zip 的规则{entry}。")
        }
        Damage::ZipModified { .. } => format!("缓存中 {module} 的 zip 被改动过。"),
        Damage::ZiphashMissing => format!("缓存中的 {module} 没有 .ziphash。"),
        Damage::ZiphashMalformed { .. } => format!("缓存中 {module} 的 .ziphash 不是哈希。"),
        Damage::ZiphashNotInGoSum { .. } => format!("缓存中 {module} 的哈希与 go.sum 的记录不同。"),
        Damage::FilesMissing(of) => format!("缓存中的 {module} 缺少 {}。", files(of)),
        Damage::FilesAdded(of) => format!("缓存中的 {module} 多出 {}，其 zip 中没有。", files(of)),
        Damage::FilesChanged(of) => format!("缓存中的 {module} 被编辑过：{}。", files(of)),
        Damage::FolderModified { .. } => format!("{module} 解压后的文件被改动过。"),
        Damage::FileModes(of) => format!("缓存中的 {module} 有权限异常的文件：{}。", files(of)),
        Damage::Links { files: of, leave_the_cache: true } => {
            format!("缓存中的 {module} 有指向模块缓存之外的链接：{}。", files(of))
        }
        Damage::Links { files: of, leave_the_cache: false } => {
            format!("缓存中的 {module} 有符号链接：{}。", files(of))
        }
        Damage::OtherOwner { files: of, owner, cache } => {
            format!("缓存中的 {module} 有属于用户 {owner} 的文件，而模块缓存属于用户 {cache}：{}。", files(of))
        }
        Damage::LinkedDownloads { files: of, leave_the_cache: true } => {
            format!("{module} 的下载文件是指向模块缓存之外的链接：{}。", files(of))
        }
        Damage::LinkedDownloads { files: of, leave_the_cache: false } => {
            format!("{module} 的下载文件是符号链接：{}。", files(of))
        }
        Damage::Leftovers(of) => format!("{module} 的下载留下了临时文件：{}。", files(of)),
        Damage::SpecialFiles(of) => format!("缓存中的 {module} 有不是普通文件的文件：{}。", files(of)),
        Damage::NotAFolder { link: true, .. } => format!("模块缓存中 {module} 的目录是一个链接。"),
        Damage::NotAFolder { link: false, .. } => format!("模块缓存中 {module} 的目录位置上是一个文件。"),
        Damage::Partial => format!("缓存中的 {module} 没有解压完。"),
        Damage::LockIsFolder => format!("go 为 {module} 加锁的位置上是一个目录。"),
        Damage::GoModNotInGoSum { html: true, .. } | Damage::GoModInvalid { html: true, .. } => {
            format!("缓存中 {module} 的 go.mod 是一个网页。")
        }
        Damage::GoModNotInGoSum { html: false, .. } => {
            format!("缓存中 {module} 的 go.mod 的哈希与 go.sum 的记录不同。")
        }
        Damage::GoModInvalid { reason, html: false, .. } => {
            format!("缓存中 {module} 的 go.mod 无法解析：{}。", one_line(reason))
        }
        Damage::GoModNotInZip => format!("缓存中 {module} 的 go.mod 与其 zip 中的不同。"),
        Damage::InfoInvalid { html: true } => format!("缓存中 {module} 的 .info 是一个网页。"),
        Damage::InfoInvalid { html: false } => format!("缓存中 {module} 的 .info 没有版本号。"),
        Damage::InfoOtherVersion { version } => format!("缓存中 {module} 的 .info 属于 {version}。"),
        Damage::Unreadable { path, .. } => format!("缓存中 {module} 的 {path} 无法读取。"),
        Damage::TooLarge => format!("缓存中的 {module} 超过模块的大小上限。"),
    }
}

fn one_line(text: &Foreign) -> &str {
    text.as_str().lines().next().unwrap_or_default()
}

fn entry_problem(problem: EntryProblem) -> &'static str {
    match problem {
        EntryProblem::Header => "没有文件头",
        EntryProblem::Method => "使用未知的压缩方法",
        EntryProblem::Corrupt => "无法解压",
        EntryProblem::TooShort => "内容不完整",
        EntryProblem::TooLong => "比声明的更长",
        EntryProblem::Checksum => "校验和不符",
        EntryProblem::Unreadable => "无法读取",
    }
}

/// What go makes of it.
fn meaning(damage: &Damage, effect: Effect) -> &'static str {
    match (damage, effect) {
        (Damage::GoModNotInGoSum { .. } | Damage::ZiphashNotInGoSum { .. }, Effect::Stops) => {
            "go 每次都会报告校验和不匹配，且不会再询问服务器。"
        }
        (Damage::GoModInvalid { .. }, Effect::Stops) => "即使服务器已经恢复正常，go 每次读到的仍是存下来的文件。",
        (Damage::LockIsFolder, _) => "go 无法在那里加锁，因此无法下载或解压该模块。",
        (Damage::FilesMissing(_), Effect::Stops) => "go 直接使用解压后的文件，因此构建会失败。",
        (Damage::InfoOtherVersion { .. }, _) => "go 会相信它，可能选用那个版本而不是这个版本。",
        (Damage::NotAFolder { link: true, .. }, _) => "go 会跟随该链接，没有人核实它指向的内容。",
        (Damage::ZipModified { .. }, Effect::Unnoticed) => "go 认为带 .ziphash 的 zip 已经核实，会直接解压。",
        (Damage::Leftovers(_), _) => "有一次下载被中断。go 不会再看这些文件。",
        (Damage::OtherOwner { .. }, _) => {
            "曾有 go 命令以该用户运行，例如通过 sudo。其他用户可能无法在旁边写入，也无法删除它们。"
        }
        (Damage::FileModes(_), _) => "go 创建的文件只有所有者可写。文件内容本身没有问题。",
        (Damage::LinkedDownloads { .. }, _) => "go 会跟随它们，没有人核实那里的内容。",
        (Damage::GoModNotInZip, _) => "go 使用 zip 旁边的那一个，不作比对。",
        (_, Effect::Stops) => "go 需要该模块时会停下。",
        (_, Effect::Unnoticed) => "go 直接用解压后的文件构建，不作比对；只有 go mod verify 会发现。",
        (_, Effect::Latent) => "只要模块已解压，go 就不会看它；一旦需要重新解压就会失败。",
        (_, Effect::Heals) => "go 需要时会重新生成它。",
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::Refetch { module } => format!("从模块缓存中删除 {module} 并重新下载。"),
        Advice::CompareGoSum { module } => {
            format!("如果重新下载后哈希仍然相同，那么错的是 go.sum：查看 {} 的那几行是何时、由谁加入的。", module.path)
        }
        Advice::RefetchPage { module } => format!("先修复登录或返回网页的服务器，再重新下载 {module}。"),
        Advice::GiveBack { path } => format!("把 {path} 的所有权还给运行 go 的用户。"),
        Advice::DefaultFolder { variable } => format!("改用默认目录，不用 {variable} 指定的目录。"),
        Advice::OtherFolder { variable } => format!("在 {variable} 中指定当前用户可写的目录。"),
        Advice::OtherNames { module } => format!("换用 {} 的其他版本，并告知作者。", module.path),
        Advice::OtherDisk => "使用路径更短的 GOMODCACHE，或放在允许更长名称的文件系统上。".into(),
        Advice::MakeWay { path } => format!("移走 {path}，以便在那里创建目录。"),
        Advice::MakeRoom { path } => format!("在 {path} 所在的磁盘上腾出空间，或改用更大的磁盘。"),
        Advice::EmptyBuildCache => "清空构建缓存；下一次构建会慢一些。".into(),
        Advice::EmptyModuleCache => "清空模块缓存。一切都要重新下载；任何服务器上都已没有的内容会丢失。".into(),
        Advice::LetEnd { pid: Some(pid) } => format!("等待进程 {pid} 结束；如果它卡住了，就结束它。"),
        Advice::LetEnd { pid: None } => "等待该进程结束；如果它卡住了，就结束它。".into(),
        Advice::RemoveClone => "删除该克隆；go 会重新创建它。".into(),
        Advice::RemoveMisnamed => "删除它。".into(),
        Advice::RemoveLeftovers => "在没有 go 命令运行时删除它们。".into(),
        Advice::ExtractAgain { module } => format!("删除 {module} 解压后的文件；go 会用完好的 zip 重新解压。"),
        Advice::ExtractAndIndexAgain { module } => {
            format!("删除 {module} 解压后的文件，go 会用完好的 zip 重新解压；并清空构建缓存，它还记着原来有哪些文件。")
        }
        Advice::RemoveLockFolder => "删除该目录。".into(),
    }
}
