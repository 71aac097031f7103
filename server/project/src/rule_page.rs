//! The address of a rule's page.

/// The address of the page of a rule, given by its id.
pub fn rule_page(rule: &str) -> String {
    format!("{}/blob/main/server/docs/rules.md#{rule}", env!("CARGO_PKG_REPOSITORY"))
}
