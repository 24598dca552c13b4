//! Which ssh command git runs.

use crate::probe::World;
use crate::probe::version_control::GitConfig;

/// The command, as a piece of shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshCommand {
    /// The text, to which options and a host are added.
    pub text: String,
}

impl SshCommand {
    /// `GIT_SSH_COMMAND`, `core.sshCommand`, `GIT_SSH`, `ssh`: in this order. Up to Go 1.24 go sets
    /// the first where neither variable is set, which hides `core.sshCommand`.
    #[must_use]
    pub fn of(world: &World, config: &GitConfig) -> Self {
        let set = |name| world.variable(name).filter(|value| !value.is_empty());
        Self::choose(world.minor(), set("GIT_SSH_COMMAND"), config.last("core.sshcommand"), set("GIT_SSH"))
    }

    fn choose(minor: u32, command: Option<&str>, configured: Option<&str>, program: Option<&str>) -> Self {
        let by_go = (minor <= 24 && program.is_none()).then_some("ssh -o ControlMaster=no -o BatchMode=yes");
        let configured = configured.filter(|value| !value.trim().is_empty());
        let text = command.or(by_go).or(configured).map(str::to_owned);
        let quoted = || program.map(|program| format!("'{}'", program.replace('\'', r"'\''")));
        Self { text: text.or_else(quoted).unwrap_or_else(|| "ssh".to_owned()) }
    }

    /// Whether it is OpenSSH's ssh by its name, whose options are known.
    #[must_use]
    pub fn is_openssh(&self) -> bool {
        self.words().first().is_some_and(|first| is_openssh(first))
    }

    /// The words, with quotes taken away. What only a shell could tell stays as it is.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let mut word: Option<String> = None;
        let mut quote: Option<char> = None;
        let mut chars = self.text.chars();
        while let Some(c) = chars.next() {
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (None, '\'' | '"') => {
                    quote = Some(c);
                    word.get_or_insert_default();
                }
                (None, c) if c.is_whitespace() => words.extend(word.take()),
                (None | Some('"'), '\\') => word.get_or_insert_default().extend(chars.next()),
                (_, c) => word.get_or_insert_default().push(c),
            }
        }
        words.extend(word);
        words
    }

    /// The file of `-F`, where one is named: ssh then reads neither the user's nor the system's.
    #[must_use]
    pub fn config_file(&self) -> Option<String> {
        let words = self.words();
        let at = words.iter().position(|word| word.starts_with("-F"))?;
        match words.get(at).map(|word| word.trim_start_matches("-F")) {
            Some("") => words.get(at + 1).cloned(),
            Some(file) => Some(file.to_owned()),
            None => None,
        }
    }
}

/// Whether a program is OpenSSH's by its name.
#[must_use]
pub fn is_openssh(program: &str) -> bool {
    let name = program.trim_matches(['\'', '"']).rsplit(['/', '\\']).next().unwrap_or(program);
    matches!(name.to_ascii_lowercase().as_str(), "ssh" | "ssh.exe")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_chosen_as_git_and_go_do() {
        let configured = Some("ssh -i k");
        for (minor, command, program, expected) in [
            (26, None, None, "ssh -i k"),
            (24, None, None, "ssh -o ControlMaster=no -o BatchMode=yes"),
            (24, None, Some("/usr/bin/my ssh"), "ssh -i k"),
            (26, Some("ssh -v"), Some("x"), "ssh -v"),
        ] {
            assert_eq!(SshCommand::choose(minor, command, configured, program).text, expected);
        }
        assert_eq!(SshCommand::choose(26, None, None, Some("/a b/ssh")).words(), ["/a b/ssh"]);
        assert_eq!(SshCommand::choose(26, None, None, None).text, "ssh");
    }

    #[test]
    fn words_and_the_configuration_file() {
        let command = |text: &str| SshCommand { text: text.to_owned() };
        assert_eq!(command(r#"ssh -F "/a b/c" -o 'X y'  z\ w"#).words(), ["ssh", "-F", "/a b/c", "-o", "X y", "z w"]);
        assert_eq!(command("ssh -F /c").config_file().as_deref(), Some("/c"));
        assert_eq!(command("ssh -F/c").config_file().as_deref(), Some("/c"));
        assert_eq!(command("ssh -F").config_file(), None);
        assert_eq!(command("ssh").config_file(), None);
        for (text, is) in
            [("/usr/bin/ssh -v", true), ("'C:\\x\\SSH.exe'", true), ("plink -batch", false), ("A=b ssh", false)]
        {
            assert_eq!(command(text).is_openssh(), is, "{text}");
        }
    }
}
