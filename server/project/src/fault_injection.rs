//! Failing on purpose: only so can a test see what a bug in an answer or a rule would cost.

use connect_policy_ide::Rule;

/// Where to fail; nowhere unless a test asks.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Sabotage {
    /// Fail on purpose at documents with this text
    #[arg(long, value_name = "TEXT", hide = true)]
    panic_on: Option<String>,

    /// Fail on purpose in this rule
    #[arg(long, value_name = "RULE", hide = true)]
    panic_in: Option<String>,
}

impl Sabotage {
    /// Panics if the text is one to fail at.
    pub(crate) fn at(&self, text: &str) {
        if self.panic_on.as_deref().is_some_and(|wanted| text.contains(wanted)) {
            panic!("asked for by --panic-on");
        }
    }

    /// Panics if the rule is the one to fail in.
    pub(crate) fn before(&self, rule: &Rule) {
        if self.panic_in.as_deref() == Some(rule.code) {
            panic!("asked for by --panic-in");
        }
    }
}
