//! Logs in which no module failed to come: none may yield a cause, or a failure that nobody can explain.

use super::tests::triage;
use crate::model::Role;

#[test]
fn the_trouble_of_others_is_not_told() {
    for log in [
        "=== RUN   TestFetch\n    fetch_test.go:33: Get \"https://api.example.com/v1/users\": dial tcp: lookup api.example.com: no such host\n--- FAIL: TestFetch (0.01s)\nFAIL\nexit status 1\nFAIL\tgithub.com/acme/app/api\t0.3s\n",
        "#3 [internal] load metadata for docker.io/library/golang:1.22\n#3 ERROR: failed to do request: Head \"https://registry-1.docker.io/v2/library/golang/manifests/1.22\": dial tcp: lookup registry-1.docker.io on 127.0.0.11:53: no such host\n------\n > [internal] load metadata for docker.io/library/golang:1.22:\n------\nERROR: failed to solve: golang:1.22: failed to do request: Head \"https://registry-1.docker.io/v2/library/golang/manifests/1.22\": dial tcp: lookup registry-1.docker.io on 127.0.0.11:53: no such host\n",
        "#9 [4/5] RUN npm install\n#9 1.2 npm ERR! code E404\n#9 ERROR: process \"/bin/sh -c npm install\" did not complete successfully: exit code: 1\n------\nERROR: failed to solve: process \"/bin/sh -c npm install\" did not complete successfully: exit code: 1\n",
        "error: failed to download `serde v1.0.1`\n\nCaused by:\n  unable to get packages from source\n\nCaused by:\n  [6] Couldn't resolve host name (Could not resolve host: static.crates.io)\n",
        "ERROR: Could not find a version that satisfies the requirement foo==9 (from versions: none)\nERROR: No matching distribution found for foo==9\nWARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError: Failed to establish a new connection: [Errno 111] Connection refused'\n",
        "internal/x.go:14:2: Error return value of `f.Close` is not checked (errcheck)\ninternal/y.go:3:8: could not import github.com/acme/z (-: # github.com/acme/z\nvendor/z.go:1:1: undefined: Q) (typecheck)\n",
        "# golang.org/x/sys/unix\n/root/go/pkg/mod/golang.org/x/sys@v0.0.0-20200302150141-5c8b2ff67527/unix/syscall_darwin.1_13.go:25:3: //go:linkname must refer to declared function or variable\n/root/go/pkg/mod/golang.org/x/sys@v0.0.0-20200302150141-5c8b2ff67527/unix/zsyscall.go:28:3: too many errors\n",
        "Fetching the repository\n/usr/bin/git -c protocol.version=2 fetch --no-tags --prune origin +abc:refs/remotes/origin/main\nremote: Repository not found.\nError: fatal: repository 'https://github.com/acme/app/' not found\nThe process '/usr/bin/git' failed with exit code 128\n",
        "Cloning into 'app'...\nfatal: unable to access 'https://gitlab.example.com/acme/app.git/': Could not resolve host: gitlab.example.com\n",
        "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n",
        "Unable to connect to the server: dial tcp: lookup k8s.corp.example on 10.0.0.2:53: no such host\nerror: You must be logged in to the server (Unauthorized)\n",
        "Error: looks like \"https://charts.example.com\" is not a valid chart repository or cannot be reached: Get \"https://charts.example.com/index.yaml\": x509: certificate has expired or is not yet valid\n",
        "Error: Failed to query available provider packages\n\nCould not retrieve the list of available versions for provider hashicorp/aws: could not connect to registry.terraform.io: Failed to request discovery document: Get \"https://registry.terraform.io/.well-known/terraform.json\": net/http: TLS handshake timeout\n",
        "panic: open testdata/x.json: no such file or directory [recovered]\n\tpanic: open testdata/x.json: no such file or directory\n\ngoroutine 7 [running]:\ngithub.com/acme/app.Load(...)\n\t/go/src/github.com/acme/app/load.go:8\nFAIL\tgithub.com/acme/app\t0.01s\n",
        "# runtime/cgo\ncgo: C compiler \"gcc\" not found: exec: \"gcc\": executable file not found in $PATH\n",
        "write /var/lib/docker/overlay2/x/diff/app.log: no space left on device\nfailed to register layer: write /usr/lib/x.so: no space left on device\n",
        "go test ./...\n--- FAIL: TestA (0.00s)\nFAIL\nmake: *** [Makefile:12: test] Error 1\n",
        "go build -o bin/app ./cmd/app\n# github.com/acme/app/cmd/app\ncmd/app/main.go:3:1: syntax error: non-declaration statement outside function body\nmake: *** [Makefile:8: build] Error 1\n",
        "##[group]Run npm ci\nnpm ci\n##[endgroup]\n##[error]Process completed with exit code 1.\n",
        "##[group]Run go test ./...\ngo test ./...\n##[endgroup]\n--- FAIL: TestA (0.00s)\nFAIL\n##[error]Process completed with exit code 1.\n",
        "#12 [5/6] RUN go build -o /app ./cmd\n#12 3.4 # github.com/acme/app/cmd\n#12 3.4 cmd/main.go:3:5: undefined: run\n#12 ERROR: process \"/bin/sh -c go build -o /app ./cmd\" did not complete successfully: exit code: 1\n",
        "2024-05-01 12:00:00 ERROR main: failed to ping db: dial tcp: lookup postgres on 127.0.0.11:53: no such host\n2024-05-01 12:00:01 ERROR main: read tcp 10.0.0.1:44->10.0.0.2:5432: read: connection reset by peer\n",
        "rpc error: code = Unavailable desc = connection error: desc = \"transport: Error while dialing: dial tcp 10.0.0.7:50051: i/o timeout\"\n",
        "[error] There was an error running the uploader: Error uploading to https://codecov.io: 429 Too Many Requests\n",
        "Failure: the server hosted at that remote is unavailable: dial tcp: lookup buf.build: no such host\n",
        "We should run go mod tidy before release. See https://proxy.golang.org for the public mirror. If go mod download fails, ask in #build.\n",
        "FROM golang:1.22\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nRUN go build ./...\n",
        "* Trying 1.2.3.4:443...\n* connect to 1.2.3.4 port 443 failed: Connection refused\ncurl: (7) Failed to connect to api.example.com port 443: Connection refused\n",
        "10.0.0.1 - - [01/May/2024:12:00:00 +0000] \"GET /api/x HTTP/1.1\" 404 12 \"-\" \"Go-http-client/1.1\"\n",
        "package github.com/acme/app\n\timports github.com/acme/app/a\n\timports github.com/acme/app/b\n\timports github.com/acme/app/a: import cycle not allowed\n",
        "remote: Permission to acme/app.git denied to github-actions[bot].\nfatal: unable to access 'https://github.com/acme/app/': The requested URL returned error: 403\n",
        "Submodule path 'x': checked out 'abc'\nfatal: clone of 'git@github.com:acme/y.git' into submodule path '/src/y' failed\nFailed to clone 'y'. Retry scheduled\n",
        "{\"level\":\"error\",\"logger\":\"tls.obtain\",\"msg\":\"could not get certificate\",\"error\":\"lookup example.com: no such host\"}\n",
        "E: Failed to fetch http://deb.debian.org/debian/pool/main/g/git/git_2.39.deb  404  Not Found [IP: 1.2.3.4 80]\nErr:1 http://deb.debian.org/debian bookworm InRelease\n  Temporary failure resolving 'deb.debian.org'\n",
    ] {
        let diagnosis = triage(log);
        let causes: Vec<_> = diagnosis.findings.iter().filter(|finding| finding.role == Role::Cause).collect();
        assert!(causes.is_empty() && !diagnosis.unexplained_failure, "{log}\n{causes:?}\n{:?}", diagnosis.unexplained);
    }
}

#[test]
fn a_fetch_that_failed_without_a_word_is_unknown() {
    for log in [
        "#9 [4/6] RUN go mod download\n#9 ERROR: process \"/bin/sh -c go mod download\" did not complete successfully: exit code: 1\n------\nERROR: failed to solve: process \"/bin/sh -c go mod download\" did not complete successfully: exit code: 1\n",
        "go mod tidy\ngo: downloading a.example/b v1.0.0\nmake: *** [Makefile:5: deps] Error 1\n",
        "2026-03-04T05:06:07.1Z ##[group]Run go mod download\n2026-03-04T05:06:07.1Z \u{1b}[36;1mgo mod download\u{1b}[0m\n2026-03-04T05:06:07.1Z shell: /usr/bin/bash -e {0}\n2026-03-04T05:06:07.1Z ##[endgroup]\n2026-03-04T05:06:09.1Z ##[error]Process completed with exit code 1.\n",
    ] {
        let diagnosis = triage(log);
        assert!(diagnosis.findings.is_empty() && diagnosis.unexplained_failure, "{log}\n{:?}", diagnosis.findings);
        assert!(!diagnosis.unexplained.is_empty());
    }
}

#[test]
fn what_go_said_of_it_counts_more() {
    let log = "#9 3.2 go: a.example/b@v1.0.0: reading https://goproxy.corp.example/a.example/b/@v/v1.0.0.mod: 403 Forbidden\n#9 ERROR: process \"/bin/sh -c go mod download\" did not complete successfully: exit code: 1\n";
    assert_eq!(triage(log).findings.len(), 1);
}
