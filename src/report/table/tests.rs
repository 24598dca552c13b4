use super::*;
use crate::catalog::Lang;
use crate::report::sample;

fn english(diagnosis: &Diagnosis) -> String {
    render(diagnosis, &sample::options(Lang::En))
}

#[test]
fn a_cause_with_a_symptom_a_warning_and_a_note() {
    insta::assert_snapshot!(english(&sample::failing()), @r#"
    The module proxy wants a login and got none: ~/.netrc line 3 does not match.

      ERROR TYPE            WHERE         SUBJECT                     WHO CAN FIX IT
    ✗ netrc-ineffective     this machine  ~/.netrc:3                  you
      └ proxy-unauthorized  module proxy  goproxy.corp.example        (follows)
    ! goprivate-pattern     this machine  GOPRIVATE                   you
    · fallback-blocked      this machine  https://gopro…ample,direct

    ✗ netrc-ineffective        confirmed · you can fix this · a retry will not help
      seen  GET https://goproxy.corp.examp…15.2.info: 401, no login sent  (18 times)
      why   Line 3 names goproxy.corp.example:8443, but the URL in GOPROXY has no
            port. go compares host and port as they are written.
      fix   Delete the port.
            By hand: in line 3 of ~/.netrc, delete ":8443".
      or    Ask the operator of goproxy.corp.example for a login.
            and 1 other way (--verbose)
      more  gomoddoc explain netrc-ineffective

    ! goprivate-pattern        confirmed · warning · you can fix this
      what  GOPRIVATE holds a URL, so it matches no module.
      seen  GOPRIVATE=https://git.corp.example  (~/.config/go/env:2)
      why   A pattern with a scheme can never match a module path.
      fix   Write the host without a scheme.
              go env -w "GOPRIVATE=git.corp.example"
      more  gomoddoc explain goprivate-pattern

    · fallback-blocked         likely · note
      what  go asks direct only where goproxy.corp.example answers 404 or 410.
      more  gomoddoc explain fallback-blocked

    1 check passed, 2 failed, 1 warning, 2 not possible here (--verbose)
    212 modules: 151 in the cache, 61 asked for · 1.8 s
    "#);
}

#[test]
fn the_same_in_chinese() {
    insta::assert_snapshot!(render(&sample::failing(), &sample::options(Lang::Zh)), @r#"
    模块代理要求登录，但请求没有带凭据：~/.netrc 第 3 行与主机不匹配。

      错误类型              位置      对象                              谁能修复
    ✗ netrc-ineffective     本机      ~/.netrc:3                        你自己
      └ proxy-unauthorized  模块代理  goproxy.corp.example              （随之而来）
    ! goprivate-pattern     本机      GOPRIVATE                         你自己
    · fallback-blocked      本机      https://goproxy.….example,direct

    ✗ netrc-ineffective        已确认 · 可自行修复 · 重试无效
      现象  GET https://goproxy.corp.exampl…2.15.2.info: 401, no login sent  (18 次)
      原因  第 3 行写的是 goproxy.corp.example:8443，而 GOPROXY 的地址不含端口。go
            按原样比较主机和端口。
      修复  删除端口。
            手动修改：在 ~/.netrc 第 3 行删除 ":8443"。
      或者  向 goproxy.corp.example 的运维者申请账号。
            还有 1 种办法 (--verbose)
      详情  gomoddoc explain netrc-ineffective

    ! goprivate-pattern        已确认 · 警告 · 可自行修复
      问题  GOPRIVATE 里写的是 URL，因此不匹配任何模块。
      现象  GOPRIVATE=https://git.corp.example  (~/.config/go/env:2)
      原因  带协议的模式永远不会匹配模块路径。
      修复  只写主机名，不带协议。
              go env -w "GOPRIVATE=git.corp.example"
      详情  gomoddoc explain goprivate-pattern

    · fallback-blocked         很可能 · 提示
      问题  只有当 goproxy.corp.example 返回 404 或 410 时，go 才会直连。
      详情  gomoddoc explain fallback-blocked

    1 项检查通过，2 项失败，1 项警告，2 项在此无法进行（--verbose）
    212 个模块：151 个在缓存里，查询了 61 个 · 1.8 s
    "#);
}

#[test]
fn the_same_without_unicode() {
    let options = Options { ascii: true, ..sample::options(Lang::En) };
    let text = render(&sample::failing(), &options);
    assert!(text.is_ascii(), "{text}");
    insta::assert_snapshot!(text.lines().take(7).collect::<Vec<_>>().join("\n"), @"
    The module proxy wants a login and got none: ~/.netrc line 3 does not match.

      ERROR TYPE            WHERE         SUBJECT                     WHO CAN FIX IT
    x netrc-ineffective     this machine  ~/.netrc:3                  you
      `-proxy-unauthorized  module proxy  goproxy.corp.example        (follows)
    ! goprivate-pattern     this machine  GOPRIVATE                   you
    - fallback-blocked      this machine  https://gopr...mple,direct
    ");
}

#[test]
fn all_that_is_known() {
    let options = Options { verbosity: Verbosity::Verbose, ..sample::options(Lang::En) };
    insta::assert_snapshot!(render(&sample::failing(), &options), @r#"
    The module proxy wants a login and got none: ~/.netrc line 3 does not match.

      ERROR TYPE            WHERE         SUBJECT                     WHO CAN FIX IT
    ✗ netrc-ineffective     this machine  ~/.netrc:3                  you
      └ proxy-unauthorized  module proxy  goproxy.corp.example        (follows)
    ! goprivate-pattern     this machine  GOPRIVATE                   you
    · fallback-blocked      this machine  https://gopro…ample,direct

    ✗ netrc-ineffective        confirmed · you can fix this · a retry will not help
      seen  GET https://goproxy.corp.example/git.corp.example/team/very-long-name-of
            -a-kit/v2/@v/v2.15.2.info: 401, no login sent (module-proxy/info) (18
            times)
      why   Line 3 names goproxy.corp.example:8443, but the URL in GOPROXY has no
            port. go compares host and port as they are written.
      fix   Delete the port.
            By hand: in line 3 of ~/.netrc, delete ":8443".
      or    Ask the operator of goproxy.corp.example for a login.
      or    Do without the checksum database.
            Weakens security: the checksum database no longer vouches for these
            modules.
              go env -w "GOSUMDB=off"
      more  gomoddoc explain netrc-ineffective

    ✗ proxy-unauthorized       confirmed · (follows)
      what  The module proxy goproxy.corp.example wants a login.
      seen  401 Unauthorized (module-proxy/info)

    ! goprivate-pattern        confirmed · warning · you can fix this
      what  GOPRIVATE holds a URL, so it matches no module.
      seen  GOPRIVATE=https://git.corp.example (~/.config/go/env:2)
      why   A pattern with a scheme can never match a module path.
      fix   Write the host without a scheme.
              go env -w "GOPRIVATE=git.corp.example"
      more  gomoddoc explain goprivate-pattern

    · fallback-blocked         likely · note
      what  go asks direct only where goproxy.corp.example answers 404 or 410.
      more  gomoddoc explain fallback-blocked

    ✓ environment/GOPROXY          https://goproxy.corp.example,direct  38 ms
    ! environment/GOPRIVATE        https://git.corp.example             warning
    ✗ credentials/netrc            ~/.netrc                             failed
    ✗ module-proxy/info            goproxy.corp.example                 failed
    – checksum-database/supported  sum.golang.org th…roxy.corp.example  skipped
        what it needs failed
    ? cache/integrity              /home/lin/go/pkg/mod                 cannot tell
        cannot read /home/lin/go/pkg/mod/cache/download: Permission denied (os error
        13)

    1 check passed, 2 failed, 1 warning, 2 not possible here
    212 modules: 151 in the cache, 61 asked for · 1.8 s
    "#);
}

#[test]
fn warnings_only() {
    insta::assert_snapshot!(english(&sample::degraded()), @r#"
    Nothing fails, but there is a warning: GOPRIVATE holds a URL, so it matches no
    module.

    ! goprivate-pattern        confirmed · warning · you can fix this
      seen  GOPRIVATE=https://git.corp.example  (~/.config/go/env:2)
      why   A pattern with a scheme can never match a module path.
      fix   Write the host without a scheme.
              go env -w "GOPRIVATE=git.corp.example"
      more  gomoddoc explain goprivate-pattern

    1 check passed, 1 warning, 2 not possible here (--verbose)
    212 modules: 151 in the cache, 61 asked for · 1.8 s
    goproxy.corp.example 38 ms, then direct · checksums through the module proxy
    "#);
}

#[test]
fn healthy() {
    insta::assert_snapshot!(english(&sample::healthy()), @"
    No problem found: all 212 modules of this build can be had, go.sum is complete.
    1 check passed · 212 modules: 151 in the cache, 61 asked for · 1.8 s
    goproxy.corp.example 38 ms, then direct · checksums through the module proxy
    ");
    insta::assert_snapshot!(render(&sample::healthy(), &sample::options(Lang::Zh)), @"
    未发现问题：本次构建的 212 个模块全部可以获取，go.sum 完整。
    1 项检查通过 · 212 个模块：151 个在缓存里，查询了 61 个 · 1.8 s
    goproxy.corp.example 38 ms，其次 direct · 校验和经由模块代理
    ");
}

#[test]
fn not_everything_could_be_asked() {
    insta::assert_snapshot!(english(&sample::partly_asked()), @"
    No problem found so far, but only 50 of 212 modules could be asked for. The
    deadline of the run came first; --deadline gives it more time.

      – 2 checks: the deadline of the run came first
      – 1 check: needs a credential helper; --run-helpers allows it

    1 check passed, 3 not possible here (--verbose)
    212 modules: 0 in the cache, 50 asked for · 1.8 s
    ");
    insta::assert_snapshot!(render(&sample::partly_asked(), &sample::options(Lang::Zh)), @"
    目前未发现问题，但 212 个模块中只查询了 50 个。本次运行的期限已到；用 --deadline
    可以给更多时间。

      – 2 项检查：本次运行的期限先到了
      – 1 项检查：需要运行凭据助手；加上 --run-helpers 即允许

    1 项检查通过，3 项在此无法进行（--verbose）
    212 个模块：0 个在缓存里，查询了 50 个 · 1.8 s
    ");
}

#[test]
fn a_failure_that_no_type_covers() {
    insta::assert_snapshot!(english(&sample::unexplained()), @"
    Something fails here, but no known error type fits.

    ✗ version-control/ls-remote git.corp.example
    Nothing is claimed about the cause. To find out more, run the failing go command
    with -x, and look at gomoddoc check --verbose.

    1 check passed, 1 failed · 212 modules: 151 in the cache, 61 asked for · 1.8 s
    ");
}

#[test]
fn quiet_is_the_first_line() {
    let options = Options { verbosity: Verbosity::Quiet, ..sample::options(Lang::En) };
    insta::assert_snapshot!(render(&sample::failing(), &options), @"The module proxy wants a login and got none: ~/.netrc line 3 does not match.");
}

#[test]
fn lines_hold_the_width_in_every_variant() {
    for diagnosis in sample::all() {
        for lang in [Lang::En, Lang::Zh] {
            for columns in [80, 100, 120] {
                for verbosity in [Verbosity::Quiet, Verbosity::Normal, Verbosity::Verbose] {
                    let options = Options { width: columns, verbosity, ..sample::options(lang) };
                    for line in render(&diagnosis, &options).lines() {
                        assert!(width(line) <= columns, "{columns} {lang:?}: {line}");
                        assert_eq!(line, line.trim_end());
                    }
                }
            }
        }
    }
}

#[test]
fn a_long_command_stays_whole() {
    let mut diagnosis = sample::degraded();
    let value = "a.example,".repeat(30);
    let long = crate::model::Action::SetVariable { name: "GOPRIVATE".into(), value: value.clone() };
    diagnosis.findings[0].fixes[0].actions = vec![long];
    assert!(english(&diagnosis).contains(&format!("\n          go env -w \"GOPRIVATE={value}\"\n")));
}

#[test]
fn hostile_subjects_and_evidence_keep_the_width() {
    let mut diagnosis = sample::failing();
    for finding in &mut diagnosis.findings {
        finding.subject.value = "x".repeat(5_000);
        finding.evidence.push(crate::model::Evidence {
            source: "/very/long/".repeat(100),
            line: Some(7),
            seen: "模块 ".repeat(3_000).into(),
        });
    }
    for check in &mut diagnosis.checks {
        check.id = "y".repeat(500);
        check.subject = "代".repeat(500);
    }
    for verbosity in [Verbosity::Normal, Verbosity::Verbose] {
        let options = Options { verbosity, ..sample::options(Lang::En) };
        for line in render(&diagnosis, &options).lines() {
            assert!(width(line) <= 80, "{line}");
        }
    }
}

#[test]
fn many_symptoms_are_counted() {
    let mut diagnosis = sample::failing();
    let symptom = diagnosis.findings[1].clone();
    for at in 0..40 {
        diagnosis.findings.push(Finding { id: format!("{at}"), ..symptom.clone() });
    }
    let text = english(&diagnosis);
    assert_eq!(text.matches("proxy-unauthorized").count(), 5, "{text}");
    assert!(text.contains("and 36 more"), "{text}");
}

#[test]
fn colour_changes_no_text() {
    colored::control::set_override(true);
    let escapes = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    let plain = sample::options(Lang::En);
    let painted = Options { color: true, ..plain.clone() };
    for diagnosis in sample::all() {
        let text = render(&diagnosis, &painted);
        assert!(text.contains("\u{1b}["), "{text}");
        let stripped = escapes.replace_all(&text, "").into_owned();
        assert_eq!(stripped, render(&diagnosis, &plain));
    }
}
