//! Documents beside each other: floor 6.
//!
//! In: records. Out: which provision of one stands for which of another ([`align`]), what of it is
//! the same and what is not ([`Comparison`]), and a page that shows it ([`page`]). Not here:
//! reading files and libraries, printing (`cli`).
//!
//! 第四条 of one province's 安全生产条例 and 第五条 of another's are a pair, whatever their numbers.

mod action;
mod align;
mod comparison;
mod derive;
mod diff;
mod matrix;
pub mod page;
mod provision;
mod weight;

pub use align::{Alignment, Group, align};
pub use comparison::{Comparison, Kind, Pair, Shares, TABLE, compare, summary, table};
pub use derive::{
    DOCUMENTS, Derivation, Origin, PROVISIONS, Taken, derive, document_table, provision_table,
};
pub use diff::{Edit, Op, diff};
pub use matrix::{Cell, Difference, Held, MATRIX, Matrix, Row, Side, matrix, matrix_table};
pub use provision::{Provision, provisions};
