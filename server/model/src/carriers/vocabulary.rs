//! What carriers call the elements of a statement.

/// An element of a statement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Element {
    /// Its id.
    Sid,
    /// Allow or Deny.
    Effect,
    /// The actions.
    Action,
    /// The actions that are left out.
    NotAction,
    /// The resources.
    Resource,
    /// The resources that are left out.
    NotResource,
    /// Who may, in trust and resource policies.
    Principal,
    /// Who may not.
    NotPrincipal,
    /// Under which conditions.
    Condition,
}

/// A carrier's words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Vocabulary {
    /// IAM's own: `Effect`, `Action`.
    Iam,
    /// `aws_iam_policy_document`: `effect`, `actions`.
    TerraformDocument,
    /// Maps that modules take, in lower case and loosely named: `effect`, `actions` or `action`.
    Loose,
}

const IAM: &[(&str, Element)] = &[
    ("Sid", Element::Sid),
    ("Effect", Element::Effect),
    ("Principal", Element::Principal),
    ("NotPrincipal", Element::NotPrincipal),
    ("Action", Element::Action),
    ("NotAction", Element::NotAction),
    ("Resource", Element::Resource),
    ("NotResource", Element::NotResource),
    ("Condition", Element::Condition),
];

const TERRAFORM: &[(&str, Element)] = &[
    ("sid", Element::Sid),
    ("effect", Element::Effect),
    ("principals", Element::Principal),
    ("not_principals", Element::NotPrincipal),
    ("actions", Element::Action),
    ("not_actions", Element::NotAction),
    ("resources", Element::Resource),
    ("not_resources", Element::NotResource),
    ("condition", Element::Condition),
];

const LOOSE: &[(&str, Element)] = &[
    ("sid", Element::Sid),
    ("effect", Element::Effect),
    ("principals", Element::Principal),
    ("actions", Element::Action),
    ("action", Element::Action),
    ("not_actions", Element::NotAction),
    ("resources", Element::Resource),
    ("resource", Element::Resource),
    ("not_resources", Element::NotResource),
    ("condition", Element::Condition),
    ("conditions", Element::Condition),
];

impl Vocabulary {
    /// The words with their elements, in the order in which people write them.
    pub fn words(self) -> &'static [(&'static str, Element)] {
        match self {
            Vocabulary::Iam => IAM,
            Vocabulary::TerraformDocument => TERRAFORM,
            Vocabulary::Loose => LOOSE,
        }
    }

    /// The element that a key names, letter by letter.
    pub fn element(self, key: &str) -> Option<Element> {
        self.words().iter().find(|(word, _)| *word == key).map(|(_, element)| *element)
    }

    /// The element that a key names or nearly names: other letters' case, a missing or extra `s`, an underscore.
    pub fn near_element(self, key: &str) -> Option<Element> {
        if let Some(element) = self.element(key) {
            return Some(element);
        }
        // Keys of other things are long or short; only near ones are worth comparing.
        if !(3..=14).contains(&key.len()) {
            return None;
        }
        let is_near = |word: &str| word.as_bytes()[0].eq_ignore_ascii_case(&key.as_bytes()[0]) && letters(word).eq(letters(key));
        self.words().iter().find(|(word, _)| is_near(word)).map(|(_, element)| *element)
    }

    /// The carrier's word for an element.
    pub fn word(self, element: Element) -> &'static str {
        self.words().iter().find(|(_, named)| *named == element).map_or("", |(word, _)| word)
    }
}

/// A word without its letters' case, underscores and a plural's `s`. Nearly every key of a document is looked up, and differs
/// soon, so nothing is kept.
fn letters(word: &str) -> impl Iterator<Item = u8> {
    let word = word.trim_end_matches(['_', '-']);
    let singular = word.strip_suffix(['s', 'S']).unwrap_or(word);
    singular.bytes().filter(|byte| !matches!(byte, b'_' | b'-')).map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_seen_through_and_strange_ones_are_not() {
        assert_eq!(Vocabulary::Iam.near_element("Actions"), Some(Element::Action));
        assert_eq!(Vocabulary::Iam.near_element("not_actions"), Some(Element::NotAction));
        assert_eq!(Vocabulary::TerraformDocument.near_element("action"), Some(Element::Action));
        assert_eq!(Vocabulary::Iam.near_element("ActionType"), None);
    }
}
