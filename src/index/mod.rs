//! Records to hits: floor 5.
