//! Failing on purpose: only so can a test see what a bug in an answer or a rule would cost.

use connect_policy_ide::RuleMeta;

/// Where to fail. The default fails nowhere.
#[derive(Clone, Debug, Default)]
pub struct FaultInjection {
    /// Fail at documents with this text.
    pub panic_on: Option<String>,
    /// Fail in the rule with this id.
    pub panic_in: Option<String>,
}

impl FaultInjection {
    /// Panics if the text is one to fail at.
    pub fn at(&self, text: &str) {
        if self.panic_on.as_deref().is_some_and(|wanted| text.contains(wanted)) {
            panic!("requested by --panic-on");
        }
    }

    /// Panics if the rule is the one to fail in.
    pub fn before(&self, rule: &RuleMeta) {
        if self.panic_in.as_deref() == Some(rule.code) {
            panic!("requested by --panic-in");
        }
    }
}
