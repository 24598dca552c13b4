//! Ports without a server: one that refuses, and one that drops.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::LabError;
use super::server::runtime;

/// How long a connection waits that nobody takes.
const PATIENCE: Duration = Duration::from_millis(300);

/// A port that nobody listens on, and nobody else can take while this lives.
#[derive(Debug)]
pub struct ClosedPort {
    addr: SocketAddr,
    _socket: TcpSocket,
}

impl ClosedPort {
    /// Bound, but not listening: the kernel answers with a reset.
    ///
    /// # Errors
    ///
    /// [`LabError::Io`] where no port is to be had.
    pub fn new() -> Result<Self, LabError> {
        let (socket, addr) = bound()?;
        Ok(Self { addr, _socket: socket })
    }

    /// Where nobody listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }
}

/// A port whose queue is full, so that the kernel drops every further attempt to connect: what a
/// firewall that discards packets looks like from here.
#[derive(Debug)]
pub struct BlackHole {
    addr: SocketAddr,
    _listener: TcpListener,
    _queue: Vec<TcpStream>,
}

impl BlackHole {
    /// Fills the queue until a connection waits.
    ///
    /// # Errors
    ///
    /// [`LabError::Io`] where no port is to be had, [`LabError::NeverDrops`] where the queue never fills.
    pub fn new() -> Result<Self, LabError> {
        runtime()?.block_on(async {
            let (socket, addr) = bound()?;
            let listener = socket.listen(1).map_err(LabError::io("listen"))?;
            let mut queue = Vec::new();
            while let Ok(Ok(stream)) = tokio::time::timeout(PATIENCE, TcpStream::connect(addr)).await {
                queue.push(stream);
                if queue.len() == 64 {
                    return Err(LabError::NeverDrops);
                }
            }
            Ok(Self { addr, _listener: listener, _queue: queue })
        })
    }

    /// Where packets vanish.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }
}

fn bound() -> Result<(TcpSocket, SocketAddr), LabError> {
    let made = TcpSocket::new_v4().and_then(|socket| {
        socket.bind(([127, 0, 0, 1], 0).into())?;
        let addr = socket.local_addr()?;
        Ok((socket, addr))
    });
    made.map_err(LabError::io("take a port of 127.0.0.1"))
}
