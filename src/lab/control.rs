//! How a lab that runs on its own is told to end: whoever knows the word says it on a port of loopback.

use std::hash::{BuildHasher, RandomState};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::LabError;
use super::server::{listener, tokio_listener};

/// How long taking down may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for the word.
#[derive(Debug)]
pub struct Control {
    listener: tokio::net::TcpListener,
    addr: SocketAddr,
    word: String,
}

/// Whoever said the word, and waits for the end.
#[derive(Debug)]
pub struct Asker(tokio::net::TcpStream);

impl Control {
    /// Takes a port, and makes up a word.
    ///
    /// # Errors
    ///
    /// [`LabError::Io`] where no port is to be had.
    pub fn new() -> Result<Self, LabError> {
        let listener = listener(0)?;
        let addr = listener.local_addr().map_err(LabError::io("ask a listener for its address"))?;
        // Each of these hashers is seeded by chance.
        let word = (0..4).map(|n: u64| format!("{:016x}", RandomState::new().hash_one(n))).collect();
        Ok(Self { listener: tokio_listener(listener)?, addr, word })
    }

    /// Where it waits.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The word.
    #[must_use]
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Waits until somebody says the word.
    pub async fn told(&self) -> Asker {
        loop {
            let Ok((mut stream, _)) = self.listener.accept().await else { continue };
            let mut said = vec![0; self.word.len()];
            let heard = tokio::time::timeout(Duration::from_secs(1), stream.read_exact(&mut said)).await;
            if matches!(heard, Ok(Ok(_))) && said == self.word.as_bytes() {
                return Asker(stream);
            }
        }
    }
}

impl Asker {
    /// Tells that all is taken down, with some last words.
    pub async fn answer(mut self, text: &str) {
        // The asker may have gone.
        let _ = self.0.write_all(text.as_bytes()).await;
        let _ = self.0.shutdown().await;
    }
}

/// Says the word, and waits until all is taken down. Returns the last words.
///
/// # Errors
///
/// When nobody answers there.
pub fn tell(addr: SocketAddr, word: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&addr, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(word.as_bytes())?;
    let mut text = String::new();
    stream.take(1 << 20).read_to_string(&mut text)?;
    Ok(text)
}
