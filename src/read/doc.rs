//! Compound files: old DOC, and what Office encrypts.
use super::{Refusal, Written};
pub(super) fn read(_bytes: &[u8]) -> Result<Written, Refusal> {
    Err(Refusal::NotText("an old Office document (DOC, XLS, PPT or WPS)".to_owned()))
}
