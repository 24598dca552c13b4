//! SOCKS 5 (RFC 1928, RFC 1929), names resolved by the proxy, as Go does it.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::ProxyLogin;
use crate::golang::secret::Secret;
use crate::model::Foreign;
use crate::model::transport::ConnectFailure;
use crate::net::failure::of_connection;
use crate::net::stream::Stream;

const VERSION: u8 = 5;
const NO_LOGIN: u8 = 0;
const NAME_AND_PASSWORD: u8 = 2;

/// Asks for a connection to `host`.
pub(super) async fn connect(
    mut stream: Stream,
    login: Option<&ProxyLogin>,
    host: &str,
    port: u16,
) -> Result<Stream, ConnectFailure> {
    let methods: &[u8] = if login.is_some() { &[NO_LOGIN, NAME_AND_PASSWORD] } else { &[NO_LOGIN] };
    let count = if login.is_some() { 2 } else { 1 };
    send(&mut stream, &[&[VERSION, count], methods].concat()).await?;
    let [version, method] = receive(&mut stream).await?;
    if version != VERSION {
        return Err(ConnectFailure::NotAProxy { first: Foreign::from_bytes(&[version, method]) });
    }
    match (method, login) {
        (NO_LOGIN, _) => {}
        (NAME_AND_PASSWORD, Some(login)) => log_in(&mut stream, login).await?,
        _ => return Err(ConnectFailure::SocksLogin),
    }

    let mut request = vec![VERSION, 1, 0];
    request.extend(destination(host).ok_or(ConnectFailure::Socks { reply: 8 })?);
    request.extend(port.to_be_bytes());
    send(&mut stream, &request).await?;
    let [version, reply, _, kind] = receive(&mut stream).await?;
    if version != VERSION {
        return Err(ConnectFailure::NotAProxy { first: Foreign::from_bytes(&[version, reply]) });
    }
    if reply != 0 {
        return Err(ConnectFailure::Socks { reply });
    }
    // The address from which the proxy connects, which nobody needs.
    let length = match kind {
        1 => 4,
        4 => 16,
        _ => usize::from(receive::<1>(&mut stream).await?[0]),
    };
    let mut rest = vec![0; length + 2];
    stream.read_exact(&mut rest).await.map_err(broken)?;
    Ok(stream)
}

async fn log_in(stream: &mut Stream, login: &ProxyLogin) -> Result<(), ConnectFailure> {
    let field = |secret: &Secret| {
        let text = secret.expose();
        let length = u8::try_from(text.len()).map_err(|_| ConnectFailure::SocksLogin)?;
        Ok::<_, ConnectFailure>([&[length], text].concat())
    };
    send(stream, &[vec![1], field(&login.name)?, field(&login.password)?].concat()).await?;
    let [_, status] = receive(stream).await?;
    if status == 0 { Ok(()) } else { Err(ConnectFailure::SocksLogin) }
}

/// The address type and the address; None for a name that does not fit.
fn destination(host: &str) -> Option<Vec<u8>> {
    Some(match host.trim_matches(['[', ']']).parse() {
        Ok(std::net::IpAddr::V4(address)) => [&[1], &address.octets()[..]].concat(),
        Ok(std::net::IpAddr::V6(address)) => [&[4], &address.octets()[..]].concat(),
        Err(_) => [&[3, u8::try_from(host.len()).ok()?], host.as_bytes()].concat(),
    })
}

async fn send(stream: &mut Stream, bytes: &[u8]) -> Result<(), ConnectFailure> {
    stream.write_all(bytes).await.map_err(broken)?;
    stream.flush().await.map_err(broken)
}

async fn receive<const N: usize>(stream: &mut Stream) -> Result<[u8; N], ConnectFailure> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).await.map_err(broken)?;
    Ok(bytes)
}

fn broken(error: io::Error) -> ConnectFailure {
    ConnectFailure::Connection { failure: of_connection(&error) }
}
