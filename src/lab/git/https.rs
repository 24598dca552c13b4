//! Git over HTTP: `git http-backend` behind our server.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::lab::server::{Answer, Asked, Site};

/// The smart HTTP protocol over a folder of bare repositories.
#[derive(Debug, Clone)]
pub struct GitHttp {
    root: PathBuf,
}

impl GitHttp {
    /// Serves all repositories below the folder, readable by everybody.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// One request as the Common Gateway Interface has it (RFC 3875).
    fn run(&self, asked: &Asked) -> std::io::Result<Vec<u8>> {
        let mut child = Command::new("git")
            .arg("http-backend")
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("GIT_PROJECT_ROOT", &self.root)
            .env("GIT_HTTP_EXPORT_ALL", "1")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("REQUEST_METHOD", &asked.method)
            .env("PATH_INFO", &asked.path)
            .env("QUERY_STRING", &asked.query)
            .env("CONTENT_TYPE", asked.header("content-type"))
            .env("CONTENT_LENGTH", asked.body.len().to_string())
            .env("HTTP_CONTENT_ENCODING", asked.header("content-encoding"))
            .env("GIT_PROTOCOL", asked.header("git-protocol"))
            .env("REMOTE_ADDR", "127.0.0.1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            let body = asked.body.clone();
            // On a thread of its own: the answer may begin before the request has been read.
            std::thread::spawn(move || stdin.write_all(&body));
        }
        Ok(child.wait_with_output()?.stdout)
    }
}

impl Site for GitHttp {
    fn answer(&self, asked: &Asked) -> Answer {
        let Ok(output) = self.run(asked) else { return Answer::text(500, "no git\n") };
        let Some(end) = output.windows(4).position(|four| four == b"\r\n\r\n") else {
            return Answer::text(500, "git http-backend said nothing\n");
        };
        let (head, body) = output.split_at(end);
        let mut answer = Answer::new(200, body.get(4..).unwrap_or_default().to_vec());
        for line in String::from_utf8_lossy(head).lines() {
            let Some((name, value)) = line.split_once(':') else { continue };
            if name.eq_ignore_ascii_case("status") {
                answer.status = value.trim().get(..3).and_then(|code| code.parse().ok()).unwrap_or(500);
            } else {
                answer = answer.header(&name.to_ascii_lowercase(), value.trim());
            }
        }
        answer
    }
}
