//! The checksum database: signed notes, tiles and lookups.
