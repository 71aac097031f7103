//! The functions of Terraform and CloudFormation that matter to a list: which ones pass entries on, which ones choose between
//! their arguments, which ones refer to a value that is written elsewhere. No other file knows the name of a function.

/// A function of Terraform's.
#[derive(Debug)]
pub(crate) struct TerraformFunction {
    name: &'static str,
    /// Whether its arguments are entries of the list around the call.
    pub(crate) passes_entries: bool,
    /// Whether its value holds what its arguments hold, under the same keys.
    pub(crate) passes_keys: bool,
    /// Whether one of its arguments stands in its place: the first that can be had, the first that is not empty.
    pub(crate) chooses: bool,
}

const fn passes(name: &'static str, passes_entries: bool, passes_keys: bool) -> TerraformFunction {
    TerraformFunction { name, passes_entries, passes_keys, chooses: false }
}

const fn chooses(name: &'static str, passes_keys: bool) -> TerraformFunction {
    TerraformFunction { name, passes_entries: true, passes_keys, chooses: true }
}

/// Terraform's functions; all others give a value that is not known here.
const TERRAFORM: &[TerraformFunction] = &[
    passes("concat", true, true),
    passes("flatten", true, true),
    passes("distinct", true, true),
    passes("compact", true, false),
    passes("sort", true, false),
    passes("reverse", true, false),
    passes("setunion", true, false),
    passes("tolist", true, true),
    passes("toset", true, true),
    passes("jsonencode", true, false),
    passes(MERGE, false, true),
    passes("tomap", false, true),
    passes("values", false, true),
    passes("nonsensitive", false, true),
    chooses("try", true),
    chooses("coalescelist", false),
];

/// What is known of a function of Terraform's.
pub(crate) fn terraform(name: &str) -> Option<&'static TerraformFunction> {
    TERRAFORM.iter().find(|function| function.name == name)
}

impl TerraformFunction {
    /// Whether its value is a list.
    pub(crate) fn is_list(&self) -> bool {
        self.passes_entries && !self.chooses && self.name != ENCODE
    }
}

/// Whether a function of Terraform's puts the items of lists in its list in their places.
pub(crate) fn flattens(name: &str) -> bool {
    name == "flatten"
}

/// The arguments, by their places, that are entries or lists of them although what the function gives is not known: its name, the
/// first of them, the last.
const TERRAFORM_ARGUMENTS: &[(&str, usize, usize)] = &[
    ("chunklist", 0, 0),
    ("coalesce", 0, usize::MAX),
    ("element", 0, 0),
    ("join", 1, usize::MAX),
    ("lookup", 2, 2),
    ("one", 0, 0),
    ("sensitive", 0, 0),
    ("setintersection", 0, usize::MAX),
    ("setsubtract", 0, 1),
    ("slice", 0, 0),
    ("split", 1, 1),
    ("yamlencode", 0, 0),
];

/// Whether entries can be written in an argument of a call: of Terraform's function of this name, or behind CloudFormation's tag. The
/// argument of a tag may be a list, whose item this is.
pub(crate) fn passes_argument(name: &str, argument: usize, item: Option<usize>) -> bool {
    match name.strip_prefix('!') {
        // `!!str`: YAML's own tags say what a value is.
        Some(tag) => tag.starts_with('!') || passes_item(tag, item),
        None => {
            terraform(name).is_some_and(|function| function.passes_entries || function.passes_keys)
                || TERRAFORM_ARGUMENTS.iter().any(|(known, first, last)| *known == name && (*first..=*last).contains(&argument))
        }
    }
}

/// Whether entries can be written in the argument of CloudFormation's function of this name, which has no prefix; in this item of it if
/// it is a list.
pub(crate) fn passes_item(name: &str, item: Option<usize>) -> bool {
    match name {
        "If" => matches!(item, Some(1 | 2)),
        "Sub" => matches!(item, None | Some(0)),
        "Join" | "Select" | "Split" => item == Some(1),
        _ => false,
    }
}

/// Terraform's function that makes one map of several.
const MERGE: &str = "merge";

/// Whether a map in a call has all the keys that are seen in it: the function of this name adds none. CloudFormation's tags add none.
pub(crate) fn keeps_maps(name: &str) -> bool {
    let is_known = terraform(name).is_some_and(|function| function.name != MERGE);
    is_known || name.starts_with('!') || TERRAFORM_ARGUMENTS.iter().any(|(known, ..)| *known == name)
}

/// Terraform's function that writes a value as JSON.
pub(crate) const ENCODE: &str = "jsonencode";

/// The block of Terraform's that stands for as many blocks as a collection has items.
pub(crate) const DYNAMIC_BLOCK: &str = "dynamic";

/// A function of CloudFormation's, in its short form (`!If`) or as a key (`Fn::If`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CfnFunction {
    /// A choice between its second and third argument.
    If,
    /// A text with variables.
    Sub,
    /// A reference to a parameter or resource.
    Ref,
    /// A reference to an attribute of a resource.
    GetAtt,
    /// A reference to a value of a mapping.
    FindInMap,
    /// Any other: its value is not known here.
    Other,
}

const CLOUDFORMATION: &[(&str, CfnFunction)] = &[
    ("If", CfnFunction::If),
    ("Sub", CfnFunction::Sub),
    ("Ref", CfnFunction::Ref),
    ("GetAtt", CfnFunction::GetAtt),
    ("FindInMap", CfnFunction::FindInMap),
];

fn cloudformation(name: &str) -> CfnFunction {
    CLOUDFORMATION.iter().find(|(known, _)| *known == name).map_or(CfnFunction::Other, |(_, function)| *function)
}

/// The function that a YAML tag calls: `!Sub`.
pub(crate) fn of_tag(tag: &str) -> Option<CfnFunction> {
    tag.strip_prefix('!').map(cloudformation)
}

/// The function that a key with the prefix of functions calls: `Fn::Sub`.
pub(crate) fn of_prefixed_key(key: &str) -> Option<CfnFunction> {
    key.strip_prefix("Fn::").map(cloudformation)
}

/// The function that a key calls: `Fn::Sub`, or `Ref`, which has no prefix.
pub(crate) fn of_key(key: &str) -> Option<CfnFunction> {
    name_in_key(key).map(cloudformation)
}

/// The name of the function that a key calls, without its prefix.
pub(crate) fn name_in_key(key: &str) -> Option<&str> {
    if key == "Ref" { Some(key) } else { key.strip_prefix("Fn::") }
}

/// YAML's key that merges other maps into its own.
pub(crate) const MERGE_KEY: &str = "<<";

/// Whether a key brings keys into its map that are not written there: YAML's merge, CloudFormation's `Fn::Transform`.
pub(crate) fn merges_keys(key: &str) -> bool {
    key == MERGE_KEY || of_prefixed_key(key).is_some()
}

/// Whether a key is not a name but stands for something that is known only later: a function, a merge, an interpolation.
pub fn is_computed_key(key: &str) -> bool {
    key == MERGE_KEY || of_key(key).is_some() || key.contains("${")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_function_are_read() {
        assert_eq!(of_tag("!If"), Some(CfnFunction::If));
        assert_eq!(of_key("Fn::If"), Some(CfnFunction::If));
        assert_eq!(of_key("Ref"), Some(CfnFunction::Ref));
        assert_eq!(of_prefixed_key("Ref"), None);
        assert_eq!(of_key("Fn::GetAtt"), Some(CfnFunction::GetAtt));
        assert_eq!(of_key("Fn::Join"), Some(CfnFunction::Other));
        assert_eq!(of_key("If"), None);
        assert!(terraform("try").is_some_and(|function| function.chooses && function.passes_entries));
        assert!(terraform("merge").is_some_and(|function| !function.passes_entries && function.passes_keys));
        assert!(terraform("jsondecode").is_none());
    }
}
