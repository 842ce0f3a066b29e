//! Records in SQLite: floor 5.
