//! Ports without a server: one that refuses, and one that drops.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::server::runtime;

/// A port that nobody listens on, and nobody else can take while this lives.
pub struct ClosedPort {
    addr: SocketAddr,
    _socket: TcpSocket,
}

impl ClosedPort {
    /// Bound, but not listening: the kernel answers with a reset.
    pub fn new() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
        let addr = socket.local_addr().expect("the address");
        Self { addr, _socket: socket }
    }

    /// Where nobody listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }
}

/// A port whose queue is full, so that the kernel drops every further attempt to connect: what a
/// firewall that discards packets looks like from here.
pub struct BlackHole {
    addr: SocketAddr,
    _listener: TcpListener,
    _queue: Vec<TcpStream>,
}

impl BlackHole {
    /// Fills the queue until a connection waits.
    pub fn new() -> Self {
        runtime().block_on(async {
            let socket = TcpSocket::new_v4().expect("a socket");
            socket.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
            let listener = socket.listen(1).expect("listen");
            let addr = listener.local_addr().expect("the address");
            let mut queue = Vec::new();
            let patience = std::time::Duration::from_millis(300);
            while let Ok(Ok(stream)) = tokio::time::timeout(patience, TcpStream::connect(addr)).await {
                queue.push(stream);
                assert!(queue.len() < 64, "the queue never fills");
            }
            Self { addr, _listener: listener, _queue: queue }
        })
    }

    /// Where packets vanish.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }
}
