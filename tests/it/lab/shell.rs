//! `--shell` and `--stop`.

use std::time::{Duration, Instant};

use super::{counted, left, room};

#[test]
fn a_shell_enters_a_lab_and_stops_it() {
    let Some(room) = room() else { return };
    let script = "eval \"$(gomoddoc lab rate-limit --shell --for 1m)\" && cd \"$GOPATH/../repo\" && \
                  ! go mod download && test -n \"$(ls \"$XDG_RUNTIME_DIR/gomoddoc/lab\")\" && gomoddoc lab --stop";
    let output = room.run("sh", &["-c", script]);
    assert_eq!(output.code, Some(0), "{output}");
    for words in ["429 Too Many Requests", "gomoddoc: rate-limit (process "] {
        assert!(output.stderr.contains(words), "expected {words:?} in\n{output}");
    }
    // A burst, and what comes in while it lasts.
    assert!(counted(&output, "let through") >= 50 && counted(&output, "refused") > 0, "{output}");
    assert_eq!(left(&room), Vec::<String>::new(), "{output}");
    let output = room.gomoddoc(&["lab", "--stop"]);
    assert_eq!((output.code, output.stderr.as_str()), (Some(0), "gomoddoc: no lab runs\n"), "{output}");
}

#[test]
fn a_program_enters_it_by_json() {
    let Some(room) = room() else { return };
    let output = room.gomoddoc(&["lab", "tls-expired", "--shell", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&output.stdout).expect("JSON");
    assert_eq!(document["lives_seconds"], 600, "{output}");
    assert!(document["env"]["GOPROXY"].as_str().is_some_and(|url| url.starts_with("https://127.0.0.1:")), "{output}");
    assert!(document["env"]["HTTPS_PROXY"].is_null(), "{output}");
    let pid = document["pid"].as_u64().expect("a process");
    assert!(std::path::Path::new(&format!("/proc/{pid}")).exists() || !cfg!(target_os = "linux"), "{output}");
    let output = room.gomoddoc(&["lab", "--stop"]);
    assert!(output.stderr.contains(&format!("tls-expired (process {pid}) is taken down")), "{output}");
    assert_eq!(left(&room), Vec::<String>::new(), "{output}");
}

#[test]
fn a_lab_ends_when_its_time_is_over() {
    let Some(room) = room() else { return };
    let output = room.gomoddoc(&["lab", "healthy", "--shell", "--for", "500ms"]);
    assert_eq!(output.code, Some(0), "{output}");
    let start = Instant::now();
    while !left(&room).is_empty() {
        assert!(start.elapsed() < Duration::from_secs(30), "{:?}", left(&room));
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(std::fs::read_dir(room.path("runtime/gomoddoc/lab")).expect("the folder").count(), 0);
}

#[test]
fn what_is_wrong_is_said_in_the_foreground() {
    let Some(room) = room() else { return };
    let output = room.gomoddoc(&["lab", "healthy", "--shell", "--modules", "no-such-folder"]);
    assert_eq!((output.code, output.stdout.as_str()), (Some(2), ""), "{output}");
    assert!(output.stderr.contains("no modules there"), "{output}");
}
