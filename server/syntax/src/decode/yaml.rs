//! YAML scalars.

use super::Decoded;

pub(super) fn plain(raw: &str, base: usize) -> Decoded<'_> {
    Decoded::plain(raw, base)
}

pub(super) fn single(raw: &str, base: usize) -> Decoded<'_> {
    Decoded::plain(raw, base)
}

pub(super) fn double(raw: &str, base: usize) -> Decoded<'_> {
    Decoded::plain(raw, base)
}

pub(super) fn literal(raw: &str, base: usize) -> Decoded<'_> {
    Decoded::plain(raw, base)
}

pub(super) fn folded(raw: &str, base: usize) -> Decoded<'_> {
    Decoded::plain(raw, base)
}
