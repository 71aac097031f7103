//! The names in a skeleton that must be the only ones of their kind.

use crate::skeletons::Parts;
use crate::writing::outline::Member;
use crate::writing::words::Words;

/// The placeholders of names that follow the name of the resource: two policies of one name cannot be created either.
const NAMES: &[&str] = &["policy-name", "role-name", "profile-name"];

/// What the names in a skeleton have to fit.
pub(crate) struct Names<'n> {
    /// Whether a logical id is taken, or a label for a Terraform resource of this type.
    pub(crate) is_taken: &'n dyn Fn(&str, &str) -> bool,
    /// The Sids of the policy.
    pub(crate) sids: &'n [String],
    /// The parameter of the template that has the instance's ARN.
    pub(crate) parameter: Option<&'n str>,
}

impl Names<'_> {
    /// Gives the names that are taken the first number that makes them free.
    pub(super) fn apply(&self, parts: &mut Parts) {
        let types = types(parts);
        let is_free = |name: &str| types.iter().all(|kind| !(self.is_taken)(kind, name));
        let mut number = None;
        each_text(parts, &mut |_, words| {
            for placeholder in ["logical-id", "label"] {
                let name = std::cell::Cell::new(None);
                words.rename(placeholder, |default| {
                    let (text, found) = free(default, is_free);
                    name.set(Some(found));
                    text
                });
                number = name.get().or(number);
            }
        });
        each_text(parts, &mut |key, words| {
            if let Some(number) = number.flatten() {
                NAMES.iter().for_each(|placeholder| words.rename(placeholder, |default| numbered(default, number)));
            }
            if let Some(parameter) = self.parameter {
                words.settle("instance-parameter", parameter);
            }
            if key.eq_ignore_ascii_case("sid") {
                *words = Words::new(&free(&words.text(), |sid| !self.sids.iter().any(|known| known == sid)).0);
            }
        });
    }
}

/// A name with the first number that makes it free, and that number if it needs one.
fn free(name: &str, is_free: impl Fn(&str) -> bool) -> (String, Option<usize>) {
    if is_free(name) {
        return (name.to_owned(), None);
    }
    let number = (2..).find(|&number| is_free(&numbered(name, number))).unwrap_or(2);
    (numbered(name, number), Some(number))
}

fn numbered(name: &str, number: usize) -> String {
    let separator = name.chars().find(|letter| matches!(letter, '-' | '_')).map_or(String::new(), String::from);
    format!("{name}{separator}{number}")
}

fn each_text(parts: &mut Parts, change: &mut dyn FnMut(&str, &mut Words)) {
    match parts {
        Parts::Value(outline) => outline.each_text("", change),
        Parts::Items(items) => items.iter_mut().for_each(|item| item.each_text("", change)),
        Parts::Members(members) => members.iter_mut().for_each(|member| member.each_text(change)),
    }
}

/// The types of the blocks or resources.
fn types(parts: &Parts) -> Vec<String> {
    let kind = |member: &Member| match member.labels.first() {
        Some(kind) => kind.text(),
        None => String::new(),
    };
    match parts {
        Parts::Members(members) => members.iter().map(kind).collect(),
        Parts::Value(_) | Parts::Items(_) => Vec::new(),
    }
}
