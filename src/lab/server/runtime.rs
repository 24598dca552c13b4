//! The threads that all servers of a process share, and the signal that stops one of them.

use std::io;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::lab::LabError;

/// Threads of their own, so that whoever blocks on a child process cannot starve the server that the child
/// talks to.
///
/// # Errors
///
/// [`LabError::Io`] where the system gives no threads.
pub fn runtime() -> Result<&'static Runtime, LabError> {
    static RUNTIME: OnceLock<Result<Runtime, io::ErrorKind>> = OnceLock::new();
    let made = RUNTIME.get_or_init(|| {
        let made = Builder::new_multi_thread().worker_threads(2).thread_name("loopback-servers").enable_all().build();
        made.map_err(|error| error.kind())
    });
    made.as_ref().map_err(|kind| LabError::io("start the threads of the servers")((*kind).into()))
}

/// Dropped, it stops the server that holds the other half.
#[derive(Debug)]
pub struct Stop(#[allow(dead_code, reason = "held for its drop")] watch::Sender<()>);

/// Ends when the [`Stop`] is dropped.
#[derive(Debug, Clone)]
pub struct Stopped(watch::Receiver<()>);

impl Stopped {
    /// Waits for it.
    pub async fn wait(&mut self) {
        while self.0.changed().await.is_ok() {}
    }
}

/// Both halves.
#[must_use]
pub fn stop() -> (Stop, Stopped) {
    let (sender, receiver) = watch::channel(());
    (Stop(sender), Stopped(receiver))
}
