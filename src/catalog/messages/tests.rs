use std::collections::BTreeSet;

use super::GitTrouble::*;
use super::*;

/// Each with what git 2.39, curl 7.88 and OpenSSH 9.2 print, or what the servers named are known to answer.
const SAID: &[(GitTrouble, &str)] = &[
    (LoginWanted, "fatal: could not read Username for 'https://git.corp.example': terminal prompts disabled"),
    (LoginWanted, "fatal: could not read Username for 'https://git.corp.example': No such device or address"),
    (LoginWanted, "fatal: Cannot prompt because user interactivity has been disabled."),
    (
        LoginWanted,
        "git: 'credential-osxkeychain' is not a git command. See 'git --help'.\nfatal: could not read Password for 'https://u@h': terminal prompts disabled",
    ),
    (
        LoginWanted,
        "remote: Repository not found.\nfatal: could not read Username for 'https://h': terminal prompts disabled",
    ),
    (LoginRefused, "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://h/x/'"),
    (LoginRefused, "remote: TF400813: The user is not authorized to access this resource."),
    (Forbidden, "fatal: unable to access 'https://h/x/': The requested URL returned error: 403"),
    (
        Forbidden,
        "remote: The `acme' organization has enabled or enforced SAML SSO.\nfatal: unable to access 'https://h/x/': The requested URL returned error: 403",
    ),
    (NotFound, "remote: Not Found\nfatal: repository 'https://h/x/' not found"),
    (NotFound, "ERROR: Repository not found.\nfatal: Could not read from remote repository."),
    (
        NotFound,
        "fatal: '/srv/gone.git' does not appear to be a git repository\nfatal: Could not read from remote repository.",
    ),
    (NotFound, "remote: The project you were looking for could not be found or you don't have permission to view it."),
    (
        NotFound,
        "remote: TF401019: The Git repository with name or identifier kit does not exist or you do not have permissions",
    ),
    (Other, "fatal: 'origin' does not appear to be a git repository\nfatal: Could not read from remote repository."),
    (ServerError, "fatal: unable to access 'https://h/x/': The requested URL returned error: 502"),
    (ServerError, "remote: GitLab: Internal API error (502)\nfatal: remote error: Internal Server Error"),
    (RateLimited, "fatal: unable to access 'https://h/x/': The requested URL returned error: 429"),
    (Other, "fatal: unable to access 'https://h/x/': The requested URL returned error: 418"),
    (Dns, "fatal: unable to access 'https://h.invalid/x/': Could not resolve host: h.invalid"),
    (
        Dns,
        "ssh: Could not resolve hostname h.invalid: Name or service not known\nfatal: Could not read from remote repository.",
    ),
    (
        Refused,
        "fatal: unable to access 'https://h:1/x/': Failed to connect to h port 1 after 0 ms: Couldn't connect to server",
    ),
    (Refused, "fatal: unable to access 'https://h/x/': Failed to connect to h port 443: Connection refused"),
    (Refused, "fatal: unable to connect to h:\nh[0: 127.0.0.1]: errno=Connection refused"),
    (Refused, "ssh: connect to host h port 22: No route to host"),
    (
        Timeout,
        "fatal: unable to access 'https://h/x/': Failed to connect to h port 443 after 130841 ms: Couldn't connect to server",
    ),
    (Timeout, "fatal: unable to access 'https://h/x/': Failed to connect to h port 443: Connection timed out"),
    (
        Timeout,
        "fatal: unable to access 'https://h/x/': Operation timed out after 300032 milliseconds with 0 out of 0 bytes received",
    ),
    (Timeout, "ssh: connect to host h port 22: Connection timed out\nfatal: Could not read from remote repository."),
    (Reset, "fatal: unable to access 'https://h/x/': Recv failure: Connection reset by peer"),
    (Reset, "fatal: unable to access 'https://h/x/': OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to h:443"),
    (
        Reset,
        "kex_exchange_identification: Connection closed by remote host\nfatal: Could not read from remote repository.",
    ),
    (Reset, "error: RPC failed; curl 92 HTTP/2 stream 5 was not closed cleanly: CANCEL (err 8)\nfatal: early EOF"),
    (
        TlsUntrusted,
        "fatal: unable to access 'https://h/x/': SSL certificate problem: unable to get local issuer certificate",
    ),
    (TlsUntrusted, "fatal: unable to access 'https://h/x/': SSL certificate problem: certificate has expired"),
    (
        TlsUntrusted,
        "fatal: unable to access 'https://h/x/': server certificate verification failed. CAfile: none CRLfile: none",
    ),
    (
        TlsUntrusted,
        "fatal: unable to access 'https://h/x/': schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325)",
    ),
    (
        TlsUntrusted,
        "fatal: unable to access 'https://h/x/': error setting certificate verify locations:  CAfile: /etc/none",
    ),
    (TlsUntrusted, "fatal: unable to access 'https://h/x/': error setting certificate file: /etc/none"),
    (
        TlsName,
        "fatal: unable to access 'https://h/x/': SSL: no alternative certificate subject name matches target host name 'h'",
    ),
    (
        TlsName,
        "fatal: unable to access 'https://h/x/': SSL: certificate subject name (o) does not match target host name 'h'",
    ),
    (
        TlsName,
        "fatal: unable to access 'https://h/x/': schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322)",
    ),
    (TlsProtocol, "fatal: unable to access 'https://h/x/': error:0A00010B:SSL routines::wrong version number"),
    (
        TlsProtocol,
        "fatal: unable to access 'https://h/x/': gnutls_handshake() failed: A TLS fatal alert has been received.",
    ),
    (TlsProtocol, "fatal: unable to access 'https://h/x/': gnutls_handshake() failed: Base64 decoding error."),
    (Reset, "fatal: unable to access 'https://h/x/': gnutls_handshake() failed: Error in the pull function."),
    (TlsProtocol, "fatal: unable to access 'https://h/x/': error:14094410:SSL routines:ssl3_read_bytes:something new"),
    (HttpProxy, "fatal: unable to access 'https://h/x/': CONNECT tunnel failed, response 407"),
    (HttpProxy, "fatal: unable to access 'https://h/x/': Received HTTP code 503 from proxy after CONNECT"),
    (HttpProxy, "fatal: unable to access 'https://h/x/': Could not resolve proxy: p.invalid"),
    (
        HttpProxy,
        "fatal: unable to access 'https://h/x/': Failed to connect to 127.0.0.1 port 3128 after 0 ms: Couldn't connect to server",
    ),
    (
        HttpProxy,
        "fatal: unable to access 'https://h/x/': Failed to connect to h port 3128 after 0 ms: Couldn't connect to server",
    ),
    (HostKeyUnknown, "Host key verification failed.\nfatal: Could not read from remote repository."),
    (
        HostKeyChanged,
        "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nOffending ED25519 key in /h/known_hosts:3\nHost key for h has changed and you have requested strict checking.\nHost key verification failed.",
    ),
    (KeyRefused, "git@h: Permission denied (publickey).\nfatal: Could not read from remote repository."),
    (KeyRefused, "Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures"),
    (
        KeyModes,
        "@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @\nPermissions 0644 for '/h/id' are too open.\nLoad key \"/h/id\": bad permissions\ngit@h: Permission denied (publickey).",
    ),
    (SshMissing, "error: cannot run ssh: No such file or directory\nfatal: unable to fork"),
    (SshMissing, "ssh -o BatchMode=yes: 1: ssh: not found\nfatal: Could not read from remote repository."),
    (SshMissing, "bash: line 1: ssh: command not found\nfatal: Could not read from remote repository."),
    (ProtocolNotSupported, "fatal: transport 'https' not allowed"),
    (ProtocolNotSupported, "git: 'remote-https' is not a git command. See 'git --help'."),
    (ProtocolNotSupported, "fatal: Unable to find remote helper for 'https'"),
    (UnsafeRepository, "fatal: detected dubious ownership in repository at '/srv/kit.git'"),
    (UnsafeRepository, "fatal: unsafe repository ('/srv/kit.git' is owned by someone else)"),
    (TooOld, "error: unknown option `end-of-options'\nusage: git ls-remote [--heads]"),
    (TooOld, "error: unknown option `object-format=sha1'"),
    (BrokenConfig, "fatal: bad config line 3 in file /home/dev/.gitconfig"),
    (BrokenConfig, "fatal: bad config file line 3 in /home/dev/.gitconfig"),
    (BrokenConfig, "fatal: unknown error occurred while reading the configuration files"),
    (NotGit, "fatal: https://h/x/info/refs not valid: is this a git repository?"),
    (NotGit, "fatal: protocol error: bad line length character: Welc"),
    (
        NotGit,
        "fatal: unable to update url base from redirection:\n  asked for: https://h/x\n   redirect: https://h/login",
    ),
    (Other, ""),
    (Other, "fatal: something that nobody has seen before"),
    // A name on the command line is not what is wrong.
    (Other, "usage: git ls-remote -q --end-of-options <repository>"),
    // In other languages.
    (LoginRefused, "致命错误：'https://h/x/' 鉴权失败"),
    (NotFound, "remote: Not Found\n致命错误：仓库 'https://h/x/' 未找到"),
    (UnsafeRepository, "致命错误：在 '/srv/kit.git' 检测到可疑的仓库所有权"),
    (BrokenConfig, "致命错误：文件 /home/dev/.gitconfig 中错误的配置行 3"),
    (ProtocolNotSupported, "致命错误：传输 'https' 不允许"),
    (TooOld, "错误：未知选项 `end-of-options'\n用法：git ls-remote"),
    (
        Refused,
        "致命错误：无法访问 'https://h:1/x/'：Failed to connect to h port 1 after 0 ms: Couldn't connect to server",
    ),
    (Other, "致命错误：无法读取远程仓库。"),
    (LoginRefused, "Schwerwiegend: Authentifizierung fehlgeschlagen für 'https://h/x/'"),
    (NotFound, "fatal : dépôt 'https://h/x/' non trouvé"),
];

#[test]
fn what_git_says_is_told_apart() {
    for (trouble, said) in SAID {
        assert_eq!(git_trouble(said), *trouble, "{said}");
    }
}

#[test]
fn each_translation_is_of_something() {
    for (id, _) in translated::WORDINGS {
        assert!(formats().any(|format| format.id == *id), "{id} is the translation of nothing");
    }
}

#[test]
fn ids_are_unique() {
    let mut seen = BTreeSet::new();
    assert!(formats().all(|format| seen.insert(format.id)));
}

#[test]
fn pages_and_formats_know_each_other() {
    let pages = || crate::catalog::Code::ALL.iter().filter_map(|code| code.page(crate::catalog::Lang::En));
    let explained: BTreeSet<&str> = pages().flat_map(|page| page.messages.iter().copied()).collect();
    for format in formats().filter(|format| matches!(format.tells, Tells::Git(..))) {
        assert!(explained.contains(format.id), "no page explains {}", format.id);
    }
    for id in explained {
        assert!(formats().any(|format| format.id == id), "a page explains {id}, which nobody says");
    }
}

#[test]
fn messages_name_what_they_are_about() {
    let get = |text: &'static str, id: &str, group: &str| {
        read(text).find(|message| message.format.id == id).and_then(|message| message.get(group).map(str::to_owned))
    };
    let cases = [
        (
            "fatal: could not read Username for 'https://h': terminal prompts disabled",
            "git/no-username",
            "url",
            "https://h",
        ),
        ("Offending ED25519 key in /h/known hosts:3", "ssh/offending-key", "path", "/h/known hosts"),
        ("Offending key in /h/known_hosts:3", "ssh/offending-key", "line", "3"),
        ("git: 'credential-gcm' is not a git command. See", "git/credential-helper-missing", "helper", "gcm"),
        ("git：'credential-gcm' 不是一个 git 命令。", "git/credential-helper-missing", "helper", "gcm"),
        ("git@h: Permission denied (publickey).", "ssh/permission-denied", "user", "git"),
        ("致命错误：文件 /a b/.gitconfig 中错误的配置行 3", "git/bad-config-line", "path", "/a b/.gitconfig"),
        (
            "fatal: unable to access 'https://h/x/': The requested URL returned error: 502",
            "git/http-5xx",
            "status",
            "502",
        ),
        (
            "fatal: unable to access 'https://h/x/': error setting certificate verify locations:  CAfile: /none",
            "tls/no-ca-file",
            "path",
            "/none",
        ),
    ];
    for (text, id, group, expected) in cases {
        assert_eq!(get(text, id, group).as_deref(), Some(expected), "{id} {group} in {text}");
    }
}

#[test]
fn lines_are_counted_from_one() {
    let lines: Vec<usize> = read("\nHost key verification failed.\nx\nfatal: early EOF").map(|m| m.line).collect();
    assert_eq!(lines, [2, 4]);
}

#[test]
fn hostile_lines_are_cut() {
    let long = format!("{}Host key verification failed.", "é".repeat(MAX_LINE));
    assert_eq!(git_trouble(&long), Other);
}
