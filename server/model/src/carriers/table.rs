//! All carriers.

use crate::carriers::carrier::Carrier;
use crate::carriers::{cloudformation, connect_api, iam, serverless, terraform};

/// All carriers. The order is that in which names are looked for: of two keys that name a policy, that of the earlier carrier wins.
pub static CARRIERS: &[Carrier] = &[iam::CARRIER, cloudformation::CARRIER, connect_api::CARRIER, terraform::CARRIER, serverless::CARRIER];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carriers_have_names_and_markers_in_lower_case() {
        for carrier in CARRIERS {
            assert!(!carrier.name.is_empty() && !carrier.markers.is_empty(), "{carrier:?}");
            assert!(carrier.markers.iter().all(|marker| *marker == marker.to_ascii_lowercase()), "{}", carrier.name);
        }
    }
}
