//! What runs in the parsers of others, so that a panic of theirs is no end of ours.
//!
//! In: a call into such a parser. Out: its result, or that it panicked, without a word on standard
//! error. Not here: stack overflow, which nothing catches; parsers have to bound their depth.
//!
//! A PDF that makes its parser index past an end is a damaged PDF.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// Whether this thread is within a guarded call.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Runs a call; `None` where it panicked. Nothing of what it changed may be looked at then.
pub(super) fn guarded<T>(call: impl FnOnce() -> T) -> Option<T> {
    // The message of a panic is printed by a hook that all threads share. Ours says nothing in
    // guarded calls, and everywhere else what was said before.
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !GUARDED.with(Cell::get) {
                usual(panic);
            }
        }));
    });
    let before = GUARDED.with(|guarded| guarded.replace(true));
    let result = catch_unwind(AssertUnwindSafe(call));
    GUARDED.with(|guarded| guarded.set(before));
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_are_results() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| "甲".parse::<u8>().expect("it is no number")), None);
    }
}
