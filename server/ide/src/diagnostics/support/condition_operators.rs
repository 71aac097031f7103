//! The operators of conditions.

use connect_policy_catalog::ValueType;

/// All operators, with the types of keys that they certainly do not fit. Operators on text compare anything as text.
pub(in crate::diagnostics) const OPERATORS: &[(&str, &[ValueType])] = &[
    ("ArnEquals", NO_ARN),
    ("ArnLike", NO_ARN),
    ("ArnNotEquals", NO_ARN),
    ("ArnNotLike", NO_ARN),
    ("BinaryEquals", &[]),
    ("Bool", &[ValueType::Arn, ValueType::Date, ValueType::IpAddress, ValueType::Numeric]),
    ("DateEquals", NO_DATE),
    ("DateGreaterThan", NO_DATE),
    ("DateGreaterThanEquals", NO_DATE),
    ("DateLessThan", NO_DATE),
    ("DateLessThanEquals", NO_DATE),
    ("DateNotEquals", NO_DATE),
    ("IpAddress", NO_ADDRESS),
    ("NotIpAddress", NO_ADDRESS),
    ("Null", &[]),
    ("NumericEquals", NO_NUMBER),
    ("NumericGreaterThan", NO_NUMBER),
    ("NumericGreaterThanEquals", NO_NUMBER),
    ("NumericLessThan", NO_NUMBER),
    ("NumericLessThanEquals", NO_NUMBER),
    ("NumericNotEquals", NO_NUMBER),
    ("StringEquals", &[]),
    ("StringEqualsIgnoreCase", &[]),
    ("StringLike", &[]),
    ("StringNotEquals", &[]),
    ("StringNotEqualsIgnoreCase", &[]),
    ("StringNotLike", &[]),
];
const NO_ARN: &[ValueType] = &[ValueType::Bool, ValueType::Date, ValueType::IpAddress, ValueType::Numeric];
const NO_DATE: &[ValueType] = &[ValueType::Arn, ValueType::Bool, ValueType::IpAddress];
const NO_ADDRESS: &[ValueType] = &[ValueType::Arn, ValueType::Bool, ValueType::Date, ValueType::Numeric];
const NO_NUMBER: &[ValueType] = &[ValueType::Arn, ValueType::Bool, ValueType::IpAddress];

/// The operator in a written one, without its prefix and suffix. Letter case is ignored.
pub(in crate::diagnostics) fn known(written: &str) -> Option<(&'static str, &'static [ValueType])> {
    let bare = base(written);
    OPERATORS.iter().find(|(operator, _)| operator.eq_ignore_ascii_case(bare)).copied()
}

/// Without `ForAllValues:`, `ForAnyValue:` and `IfExists`; `NullIfExists` does not exist.
pub(in crate::diagnostics) fn base(written: &str) -> &str {
    let bare = match written.split_once(':') {
        Some((set, rest)) if set.eq_ignore_ascii_case("ForAllValues") || set.eq_ignore_ascii_case("ForAnyValue") => rest,
        _ => written,
    };
    let split = bare.len().saturating_sub("IfExists".len());
    match (bare.get(..split), bare.get(split..)) {
        (Some(start), Some(end)) if end.eq_ignore_ascii_case("IfExists") && !start.eq_ignore_ascii_case("Null") => start,
        _ => bare,
    }
}
