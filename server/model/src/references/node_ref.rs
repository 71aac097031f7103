//! A node of one of a module's documents.

use std::hash::{BuildHasherDefault, Hasher};

use connect_policy_syntax::NodeId;

/// A node of one of a module's documents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct NodeRef {
    /// The document, by its place in the module.
    pub(crate) document: usize,
    /// The node.
    pub(crate) node: NodeId,
}

/// Hashes nodes, which are small numbers that nobody chooses to collide: every pair of a reference and a literal is looked up a
/// few times, and a hash that resists attackers would be a third of what linking costs.
#[derive(Clone, Copy, Default)]
pub(crate) struct NodeHasher(u64);

/// To make maps and sets of nodes.
pub(crate) type NodeHash = BuildHasherDefault<NodeHasher>;

impl Hasher for NodeHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        // The product mixes its upper bits best; the rotation brings them down, where tables look.
        self.0 = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number as u64);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::BuildHasher;

    use super::*;

    #[test]
    fn neighbouring_numbers_have_different_hashes() {
        let hash = NodeHash::default();
        let hashes: HashSet<u64> =
            (0..100_usize).flat_map(|one| (0..100_u32).map(move |other| (one, other))).map(|key| hash.hash_one(key)).collect();
        assert_eq!(hashes.len(), 10_000);
        let low: HashSet<u64> = (0..128_usize).map(|one| hash.hash_one(one) % 128).collect();
        assert!(low.len() > 64, "{}", low.len());
    }
}
