//! CONNECT, as Go's transport sends it.

use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

use crate::model::Foreign;
use crate::model::transport::{ConnectFailure, ConnectOutcome, TcpFailure};
use crate::net::failure::of_connection;
use crate::net::headers::{auth_schemes, choose};
use crate::net::login::Login;
use crate::net::stream::Stream;

/// More than this is no head of an answer.
const MAX_HEAD: u64 = 64 << 10;

/// Sends CONNECT and reads the answer's head. What follows it belongs to the tunnel.
pub(super) async fn connect(
    stream: Stream,
    login: Option<&Login>,
    authority: &str,
    outcome: &mut ConnectOutcome,
) -> Result<Stream, ConnectFailure> {
    let broken = |error: &std::io::Error| ConnectFailure::Connection { failure: of_connection(error) };
    let mut request =
        format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\nUser-Agent: Go-http-client/1.1\r\n");
    if let Some(value) = login.and_then(Login::basic_value).and_then(|value| value.to_str().ok()) {
        request.push_str("Proxy-Authorization: ");
        request.push_str(value);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    let mut stream = BufReader::new(stream);
    stream.write_all(request.as_bytes()).await.map_err(|error| broken(&error))?;
    stream.flush().await.map_err(|error| broken(&error))?;

    let mut head = Vec::new();
    let mut limited = (&mut stream).take(MAX_HEAD);
    loop {
        let before = head.len();
        limited.read_until(b'\n', &mut head).await.map_err(|error| broken(&error))?;
        let line = head.get(before..).unwrap_or_default();
        if line.is_empty() {
            return Err(match (limited.limit(), head.is_empty()) {
                (0, _) => ConnectFailure::HeadersTooLong,
                (_, true) => ConnectFailure::Connection { failure: TcpFailure::Closed },
                (_, false) => not_a_proxy(&head).unwrap_or(ConnectFailure::Connection { failure: TcpFailure::Closed }),
            });
        }
        if before == 0
            && let Some(failure) = not_a_proxy(&head)
        {
            return Err(failure);
        }
        if line == b"\r\n" || line == b"\n" {
            break;
        }
    }
    let (status, reason, headers) = parse(&head).ok_or_else(|| ConnectFailure::NotAProxy { first: first(&head) })?;
    outcome.status = Some(status);
    outcome.headers = choose(&headers);
    // Go takes exactly 200 for a tunnel.
    if status == 200 {
        return Ok(Box::new(stream));
    }
    Err(ConnectFailure::Status { status, reason: Foreign::capped(&reason, 100), schemes: auth_schemes(&headers) })
}

fn first(head: &[u8]) -> Foreign {
    Foreign::capped(&String::from_utf8_lossy(head.get(..64).unwrap_or(head)), 64)
}

fn not_a_proxy(head: &[u8]) -> Option<ConnectFailure> {
    (!head.starts_with(b"HTTP/1.")).then(|| ConnectFailure::NotAProxy { first: first(head) })
}

/// Status, reason phrase and headers.
fn parse(head: &[u8]) -> Option<(u16, String, HeaderMap)> {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.lines();
    let (_, status) = lines.next()?.split_once(' ')?;
    let (code, reason) = status.split_once(' ').unwrap_or((status, ""));
    let code = code.trim().parse().ok().filter(|code| (100..1000).contains(code))?;
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(':')).take(100) {
        if let (Ok(name), Ok(value)) = (name.trim().parse::<HeaderName>(), HeaderValue::from_str(value.trim())) {
            headers.append(name, value);
        }
    }
    Some((code, reason.trim().to_owned(), headers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_parsed() {
        let (status, reason, headers) =
            parse(b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: NTLM\r\nbad line\r\n\r\n")
                .unwrap();
        assert_eq!((status, reason.as_str(), headers.len()), (407, "Proxy Authentication Required", 1));
        assert_eq!(parse(b"HTTP/1.0 200\r\n\r\n").unwrap().0, 200);
        assert!(parse(b"HTTP/1.1 abc\r\n\r\n").is_none());
        assert!(parse(b"HTTP/1.1\r\n\r\n").is_none());
    }
}
