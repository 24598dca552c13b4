//! The home folder as ssh takes it: from the user database, whatever HOME says.

use std::path::PathBuf;

use crate::disk::{Follow, read_text_capped};
use crate::probe::World;

/// The home of the user that this program runs as; HOME where the user database is no file.
#[must_use]
pub fn home(world: &World) -> Option<PathBuf> {
    of_database().or_else(|| world.home().map(PathBuf::from))
}

#[cfg(unix)]
fn of_database() -> Option<PathBuf> {
    let text = read_text_capped(std::path::Path::new("/etc/passwd"), 4 << 20, Follow::Yes).ok()?;
    home_of(&text, rustix::process::getuid().as_raw())
}

#[cfg(not(unix))]
fn of_database() -> Option<PathBuf> {
    None
}

#[cfg(unix)]
fn home_of(database: &str, user: u32) -> Option<PathBuf> {
    database.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let home = fields.get(5).filter(|home| !home.is_empty())?;
        (fields.get(2)?.parse() == Ok(user)).then(|| PathBuf::from(home))
    })
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn the_home_stands_in_the_sixth_field() {
        let database = "root:x:0:0:root:/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\nbroken\n";
        assert_eq!(home_of(database, 1000), Some("/home/ada".into()));
        assert_eq!(home_of(database, 1), None);
    }
}
