//! The threads that all servers of a test run share, and the signal that stops one of them.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

/// Threads of their own, so that a test that blocks on a child process cannot starve the server
/// that the child talks to.
pub fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("loopback-servers")
            .enable_all()
            .build()
            .expect("a runtime for the servers")
    })
}

/// Dropped, it stops the server that holds the other half.
#[derive(Debug)]
pub struct Stop(#[allow(dead_code, reason = "held for its drop")] watch::Sender<()>);

/// Ends when the [`Stop`] is dropped.
#[derive(Debug, Clone)]
pub struct Stopped(watch::Receiver<()>);

impl Stopped {
    pub async fn wait(&mut self) {
        while self.0.changed().await.is_ok() {}
    }
}

pub fn stop() -> (Stop, Stopped) {
    let (sender, receiver) = watch::channel(());
    (Stop(sender), Stopped(receiver))
}
