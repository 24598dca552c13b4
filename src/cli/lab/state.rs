//! Where a lab that lives on its own leaves word of itself.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::disk::{Follow, read_text_capped, write_private};
use crate::lab::control::Control;

/// The largest file that is read.
const MAX_STATE: u64 = 64 << 10;

/// A lab that lives on its own, as it says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Alive {
    pub(super) scenario: String,
    pub(super) pid: u32,
    /// Where it takes the word that ends it.
    pub(super) control: SocketAddr,
    pub(super) word: String,
}

impl Alive {
    pub(super) fn of(scenario: &str, control: &Control) -> Self {
        let word = control.word().to_owned();
        Self { scenario: scenario.to_owned(), pid: std::process::id(), control: control.addr(), word }
    }

    fn file(&self) -> anyhow::Result<PathBuf> {
        Ok(folder()?.join(format!("{}.json", self.pid)))
    }

    /// Leaves word, for its owner only.
    pub(super) fn leave(&self) -> anyhow::Result<()> {
        let folder = folder()?;
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        write_private(&self.file()?, &serde_json::to_vec(self)?).context("cannot leave word of this lab")
    }

    /// Takes it back.
    pub(super) fn forget(&self) {
        // It may be gone already.
        let _ = self.file().map(std::fs::remove_file);
    }

    /// All that have left word.
    pub(super) fn all() -> anyhow::Result<Vec<Self>> {
        let Ok(entries) = std::fs::read_dir(folder()?) else { return Ok(Vec::new()) };
        let files =
            entries.flatten().map(|entry| entry.path()).filter(|path| path.extension() == Some("json".as_ref()));
        let read = |path: PathBuf| serde_json::from_str(&read_text_capped(&path, MAX_STATE, Follow::No).ok()?).ok();
        let mut all: Vec<Self> = files.filter_map(read).collect();
        all.sort_by_key(|alive| alive.pid);
        Ok(all)
    }
}

fn folder() -> anyhow::Result<PathBuf> {
    let folder =
        dirs::runtime_dir().or_else(dirs::cache_dir).context("this user has no runtime and no cache folder")?;
    Ok(folder.join("gomoddoc").join("lab"))
}
