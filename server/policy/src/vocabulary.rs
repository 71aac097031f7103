//! The words that a carrier uses for a statement's elements.

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
        // Keys of other things are long or short; only near ones are worth folding.
        if !(3..=14).contains(&key.len()) {
            return None;
        }
        self.words().iter().find(|(word, _)| folded(word).eq(folded(key))).map(|(_, element)| *element)
    }

    /// The carrier's word for an element.
    pub fn word(self, element: Element) -> &'static str {
        self.words().iter().find(|(_, named)| *named == element).map_or("", |(word, _)| word)
    }
}

/// A word's letters as near words share them: in lower case, without what joins its parts and without one `s` at its end.
/// Nothing is stored, as every key of every map that looks like a statement is asked.
fn folded(word: &str) -> impl Iterator<Item = u8> {
    let is_joint = |letter: &u8| matches!(letter, b'_' | b'-');
    let word = word.trim_end_matches(['_', '-']);
    let stem = word.strip_suffix(['s', 'S']).unwrap_or(word);
    stem.bytes().filter(move |letter| !is_joint(letter)).map(|letter| letter.to_ascii_lowercase())
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
