//! A key and the shape of its value.

use crate::carriers::policy_kind::PolicyKind;

/// A key that may stand at a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeyInfo {
    /// The key, without quotes.
    pub name: &'static str,
    /// What its value looks like.
    pub value: ValueShape,
    /// Whether a file without the key is rejected. A key of [`KeyInfo::excludes`] that is there takes its place.
    pub is_required: bool,
    /// One line for the completion list: at most 100 characters, without a full stop.
    pub documentation: &'static str,
    /// The keys that may not stand beside it.
    pub excludes: &'static [&'static str],
}

/// What the value of a key looks like, as far as the text behind the key depends on it.
///
/// Texts may hold placeholders between angle brackets: `arn:aws:iam::<account>:root`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValueShape {
    /// A string.
    Text,
    /// A string that is the same in almost every file.
    Fixed(&'static str),
    /// One of a few strings.
    Choice(&'static [&'static str]),
    /// A string that Terraform files mostly take from another block: an ARN, an id.
    Reference,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list of strings; the known ones, if they are few.
    List(&'static [&'static str]),
    /// A list of strings, or one string alone; the known ones, if they are few.
    ListOrText(&'static [&'static str]),
    /// A map with these keys; none where any key may stand.
    Map(&'static [KeyInfo]),
    /// A list of maps with these keys.
    MapList(&'static [KeyInfo]),
    /// A block in Terraform's files with these keys; it may occur more than once.
    Block(&'static [KeyInfo]),
    /// A policy of this kind as a map: `PolicyDocument`.
    Policy(PolicyKind),
    /// A policy of this kind as a JSON string: `policy` in Terraform's files.
    PolicyText(PolicyKind),
    /// The statements of a policy.
    Statements,
}

pub(super) const fn key(name: &'static str, value: ValueShape, documentation: &'static str) -> KeyInfo {
    KeyInfo { name, value, is_required: false, documentation, excludes: &[] }
}

pub(super) const fn required(name: &'static str, value: ValueShape, documentation: &'static str) -> KeyInfo {
    KeyInfo { is_required: true, ..key(name, value, documentation) }
}

impl KeyInfo {
    /// The known values at its value, or at an item of its list, as texts with placeholders.
    pub(crate) fn values_at(&'static self, is_in_list: bool) -> &'static [&'static str] {
        match &self.value {
            ValueShape::Fixed(text) if !is_in_list => std::slice::from_ref(text),
            ValueShape::List(values) if is_in_list => values,
            ValueShape::ListOrText(values) => values,
            ValueShape::Choice(values) if !is_in_list => values,
            ValueShape::Boolean if !is_in_list => &["true", "false"],
            _ => &[],
        }
    }

    /// Whether it may stand beside another of its name.
    pub(crate) fn is_repeatable(&self) -> bool {
        matches!(self.value, ValueShape::Block(_))
    }

    pub(super) const fn excluding(self, excludes: &'static [&'static str]) -> KeyInfo {
        KeyInfo { excludes, ..self }
    }

    pub(super) const fn optional(self) -> KeyInfo {
        KeyInfo { is_required: false, ..self }
    }
}
