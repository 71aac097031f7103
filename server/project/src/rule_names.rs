//! Rules by the names that users write.

use connect_policy_ide::rules;
use connect_policy_model::nearest::most_alike;

/// The id of a rule.
///
/// # Errors
///
/// The message for an unknown rule, with the most similar one.
pub fn rule_id(name: &str) -> Result<&'static str, String> {
    let ids = || rules().iter().map(|rule| rule.code);
    ids().find(|id| *id == name).ok_or_else(|| match most_alike(name, ids()) {
        Some(alike) => format!("unknown rule `{name}`; did you mean `{alike}`?"),
        None => format!("unknown rule `{name}`; run `connect-policy rules` to list all rules"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_rule_is_named() {
        assert_eq!(rule_id("unknown-action"), Ok("unknown-action"));
        assert_eq!(rule_id("unknwon-action"), Err("unknown rule `unknwon-action`; did you mean `unknown-action`?".to_owned()));
        assert_eq!(rule_id("xyz"), Err("unknown rule `xyz`; run `connect-policy rules` to list all rules".to_owned()));
    }
}
