//! TCP connections, from `/proc/PID/net/tcp` and `tcp6`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// A connection whose other end is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Connection {
    pub(super) inode: u64,
    pub(super) peer: SocketAddr,
    /// Whether it stands, or is still asked for.
    pub(super) established: bool,
}

/// Reads a table.
pub(super) fn connections(table: &str) -> Vec<Connection> {
    table.lines().skip(1).filter_map(connection).collect()
}

fn connection(line: &str) -> Option<Connection> {
    let mut words = line.split_ascii_whitespace().skip(2);
    let (peer, state) = (words.next()?, words.next()?);
    let inode = words.nth(5)?.parse().ok()?;
    let established = match state {
        "01" => true,
        "02" => false,
        _ => return None,
    };
    let (ip, port) = peer.split_once(':')?;
    Some(Connection { inode, peer: SocketAddr::new(address(ip)?, u16::from_str_radix(port, 16).ok()?), established })
}

/// The kernel prints each four bytes as the number that this machine takes them for.
fn address(hex: &str) -> Option<IpAddr> {
    if !hex.is_ascii() {
        return None;
    }
    let mut bytes = Vec::with_capacity(16);
    for at in (0..hex.len()).step_by(8) {
        bytes.extend(u32::from_str_radix(hex.get(at..at + 8)?, 16).ok()?.to_ne_bytes());
    }
    if let Ok(bytes) = <[u8; 4]>::try_from(bytes.as_slice()) {
        return Some(Ipv4Addr::from(bytes).into());
    }
    let ip = Ipv6Addr::from(<[u8; 16]>::try_from(bytes.as_slice()).ok()?);
    Some(ip.to_ipv4_mapped().map_or(ip.into(), IpAddr::from))
}

#[cfg(test)]
#[cfg(target_endian = "little")]
mod tests {
    use super::*;

    #[test]
    fn what_the_kernel_prints() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
             0: 0100007F:8AE4 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0 20 4 0\n\
             1: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4712 1 0 20 4 0\n\
             2: 0100007F:8AE6 0A01A8C0:01BB 02 00000001:00000000 01:00000000 00000000  1000        0 4713 1 0 20 4 0\n";
        let connection =
            |inode, peer: &str, established| Connection { inode, peer: peer.parse().unwrap(), established };
        assert_eq!(
            connections(table),
            [connection(4711, "127.0.0.1:8080", true), connection(4713, "192.168.1.10:443", false)]
        );
        assert_eq!(address("0000000000000000FFFF00000100007F"), Some("127.0.0.1".parse().unwrap()));
        assert_eq!(address("B80D01200000000000000000010000000"), None);
        assert_eq!(address("B80D0120000000000000000001000000"), Some("2001:db8::1".parse().unwrap()));
    }
}
