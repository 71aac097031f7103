//! Rule `profile-limits`.

use connect_policy_model::{EffectiveEntry, PermissionContext, PermissionList, ProfileProperty};
use connect_policy_syntax::{NodeFlags, NodeId, NodeKind, ScalarStyle};

use crate::diagnostics::acc::Acc;
use crate::diagnostics::rule::declare_rule;
use crate::diagnostics::rule_context::RuleContext;

declare_rule! {
    /// Security profile exceeds an API limit
    ///
    /// The limits of the API also apply to templates:
    ///
    /// - 500 permissions, 128 characters each
    /// - profile name: 127 letters, digits, spaces, `_`, `@` and `-`
    /// - description: 250 characters
    /// - 4 access control tags and 10 tag-restricted resource types
    /// - only `User` can be restricted by hierarchy
    ///
    /// Example:
    ///
    /// ```json
    /// {"SecurityProfileName": "Agents (night)", "Permissions": ["BasicAgentAccess", "OutboundCallAccess"]}
    /// ```
    ///
    /// Instead:
    ///
    /// ```json
    /// {"SecurityProfileName": "Agents - night", "Permissions": ["BasicAgentAccess", "OutboundCallAccess"]}
    /// ```
    PROFILE_LIMITS {
        summary: "security profile exceeds an API limit",
        group: Shape,
        severity: Error,
        unit: Profile,
        is_risk: false,
        fixes: Never,
    }
}

fn check(ctx: &RuleContext<'_>, acc: &mut Acc<'_>) {
    for known in ctx.meaning().permission_lists.iter().filter(|known| known.context == PermissionContext::Profile) {
        check_count(ctx, acc, known);
        check_names(ctx, acc, known);
        if known.is_certain(ctx.document()) {
            check_name(ctx, acc, known);
            check_text(ctx, acc, known, ProfileProperty::Description, "profile-description");
            check_items(ctx, acc, known, ProfileProperty::TagRestrictedResources, "profile-tag-restricted-resources");
            check_items(ctx, acc, known, ProfileProperty::AllowedAccessControlTags, "profile-access-control-tags");
            check_hierarchy(ctx, acc, known);
        }
    }
}

fn limit(ctx: &RuleContext<'_>, id: &str) -> usize {
    ctx.catalog().limit(id).unwrap_or(usize::MAX)
}

fn check_count(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, known: &PermissionList) {
    let document = ctx.document();
    let most = limit(ctx, "profile-permissions");
    let (Some(key), count) = (known.list.key, known.list.effective_entries(document).filter(EffectiveEntry::is_unconditional).count())
    else {
        return;
    };
    // Only one of several branches applies.
    let has_choice = || {
        document
            .tree()
            .subtree(known.list.value)
            .any(|node| !matches!(document.kind(node), NodeKind::Seq | NodeKind::Scalar | NodeKind::Missing))
    };
    if count > most && !has_choice() {
        acc.report(document.inner(key), format!("at most {most} permissions are allowed, found {count}"));
    }
}

fn check_names(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, known: &PermissionList) {
    let document = ctx.document();
    let most = limit(ctx, "permission-name");
    for entry in &known.list.entries {
        let length = entry.text(document).chars().count();
        if length > most && !document.has_interpolation(entry.node) && !document.tree().node(entry.node).flags().has(NodeFlags::OPEN) {
            acc.report(entry.range.clone(), format!("permission name exceeds {most} characters ({length})"));
        }
    }
}

/// A property's value, if it is a string that is wholly known.
fn text_of(ctx: &RuleContext<'_>, known: &PermissionList, property: ProfileProperty) -> Option<NodeId> {
    let document = ctx.document();
    let value = known.property(document, property)?.value;
    let node = document.tree().node(value);
    let is_known =
        document.kind(value) == NodeKind::Scalar && node.style() != ScalarStyle::Expression && !node.flags().has(NodeFlags::OPEN);
    (is_known && !document.has_interpolation(value) && !document.inner(value).is_empty()).then_some(value)
}

fn check_name(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, known: &PermissionList) {
    let document = ctx.document();
    let property =
        if known.property(document, ProfileProperty::ProfileName).is_some() { ProfileProperty::ProfileName } else { ProfileProperty::Name };
    if property == ProfileProperty::Name && !known.is_terraform_resource(document) {
        return;
    }
    let Some(value) = text_of(ctx, known, property) else { return };
    let text = document.value(value);
    let is_taken = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '_' | '@' | '-');
    if let Some(strange) = text.chars().find(|&letter| !is_taken(letter)) {
        let message = format!("`{strange}` is not allowed in a profile name; use letters, digits, spaces, `_`, `@` or `-`");
        acc.report(document.inner(value), message);
        return;
    }
    check_text(ctx, acc, known, property, "profile-name");
}

fn check_text(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, known: &PermissionList, property: ProfileProperty, limited: &str) {
    let document = ctx.document();
    let most = limit(ctx, limited);
    let Some(value) = text_of(ctx, known, property) else { return };
    let length = document.value(value).chars().count();
    if length > most {
        acc.report(document.inner(value), format!("value exceeds {most} characters ({length})"));
    }
}

fn check_items(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, known: &PermissionList, property: ProfileProperty, limited: &str) {
    let document = ctx.document();
    let most = limit(ctx, limited);
    let Some(pair) = known.property(document, property) else { return };
    let count = match document.kind(pair.value) {
        NodeKind::Seq => document.items(pair.value).count(),
        // Terraform writes tags as a map of strings; a map of anything else is another thing of the same name.
        NodeKind::Map if document.pairs(pair.value).all(|pair| document.kind(pair.value) == NodeKind::Scalar) => {
            document.pairs(pair.value).count()
        }
        _ => return,
    };
    if count > most {
        acc.report(document.inner(pair.key), format!("at most {most} values are allowed, found {count}"));
    }
}

fn check_hierarchy(ctx: &RuleContext<'_>, acc: &mut Acc<'_>, known: &PermissionList) {
    let document = ctx.document();
    let Some(pair) = known.property(document, ProfileProperty::HierarchyRestrictedResources) else { return };
    for item in document.items(pair.value).filter(|&item| document.kind(item) == NodeKind::Scalar) {
        let is_known = document.tree().node(item).style().is_quoted() || document.tree().node(item).style() == ScalarStyle::YamlPlain;
        if is_known && !document.has_interpolation(item) && !document.value(item).is_empty() && document.value(item) != "User" {
            acc.report(document.inner(item), "only `User` can be restricted by hierarchy".to_owned());
        }
    }
}
