//! placeholder
use super::Region;
pub fn document_region(_t: &str, _i: &[&str], _b: &str) -> Option<Region> {
    None
}
