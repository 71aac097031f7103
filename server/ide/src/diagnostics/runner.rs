//! Runs the rules over documents, and deals the findings about shared literals to the documents that they are written in.

use connect_policy_catalog::Catalog;
use connect_policy_model::Module;
use connect_policy_syntax::Document;

use super::acc::Acc;
use super::meta::RuleMeta;
use super::registry;
use super::rule::Rule;
use super::rule_context::RuleContext;
use super::shape::json_syntax;
use super::suppressions;
use crate::context::Context;
use crate::finding::{Finding, Fix};
use crate::panic_guard::{CheckOutcome, RulePanic, catch_panic};

/// So many of the places where a literal is used are named.
const MAX_RELATED: usize = 16;

/// What the rules find in all documents of a module, computed once: findings about a literal are dealt to the document in
/// which it is written.
#[derive(Clone, Debug)]
pub struct ModuleFindings {
    documents: Vec<DocumentFindings>,
}

#[derive(Clone, Debug)]
struct DocumentFindings {
    outcome: CheckOutcome,
    at_references: Vec<Finding>,
}

impl ModuleFindings {
    /// Runs all rules over every document of the module once, which takes time linear in the module's size.
    ///
    /// `before` is called with a document's index and a rule ahead of each check and may panic (fault injection). A panic
    /// costs that rule in that document only, together with what it would have found there about literals of others.
    pub fn compute(module: &Module, catalog: &Catalog, before: &dyn Fn(usize, &RuleMeta)) -> ModuleFindings {
        let contexts: Vec<Context<'_>> = (0..).map_while(|index| Context::new(module, index, catalog)).collect();
        let mut dealt: Vec<Vec<Finding>> = contexts.iter().map(|_| Vec::new()).collect();
        let mut checked = Vec::with_capacity(contexts.len());
        for context in &contexts {
            let mut found = check_guarded(context, |rule| before(context.index, rule));
            let at_references = placed_at_references(context, &found.cross_file);
            for (home, finding) in found.cross_file.drain(..) {
                dealt[home].push(finding);
            }
            checked.push((found, at_references));
        }
        let finished = contexts.iter().zip(checked).zip(dealt).map(|((context, (found, at_references)), dealt)| {
            let findings = finish(context.document, found.own, dealt);
            DocumentFindings { outcome: CheckOutcome { findings, failures: found.panics }, at_references }
        });
        ModuleFindings { documents: finished.collect() }
    }

    /// The findings to show in a document, its own and those dealt to it, ordered by place, then rule, without what ignore
    /// comments suppress; and the rules that panicked there.
    ///
    /// # Panics
    ///
    /// If the module has no document of this index.
    pub fn outcome(&self, document: usize) -> &CheckOutcome {
        &self.documents[document].outcome
    }

    /// The findings about literals of other documents, placed at this document's references to them, for reports.
    ///
    /// # Panics
    ///
    /// If the module has no document of this index.
    pub fn at_references(&self, document: usize) -> &[Finding] {
        &self.documents[document].at_references
    }
}

/// The findings of all rules in a document, ordered by place, then rule.
pub(crate) fn run(context: &Context<'_>) -> Vec<Finding> {
    finish(context.document, check(context).own, from_dependents(context))
}

/// As [`run`], with a panic of a rule kept to that rule. `before` is called ahead of each and may panic too.
pub(crate) fn run_guarded(context: &Context<'_>, before: impl Fn(&RuleMeta)) -> CheckOutcome {
    let found = check_guarded(context, before);
    CheckOutcome { findings: finish(context.document, found.own, from_dependents(context)), failures: found.panics }
}

/// The syntax errors of a JSON file that holds a policy, which editors show themselves.
pub(crate) fn json_syntax(context: &Context<'_>) -> Vec<Finding> {
    json_syntax::find(context)
}

/// The findings about literals of other documents, placed at this document's references to them.
pub(crate) fn at_references(context: &Context<'_>) -> Vec<Finding> {
    placed_at_references(context, &check_guarded(context, |_| {}).cross_file)
}

/// What the rules reported in a document, in the order of the rules.
#[derive(Default)]
struct Found {
    own: Vec<Finding>,
    /// Findings about literals of other documents, with the documents' indices.
    cross_file: Vec<(usize, Finding)>,
    panics: Vec<RulePanic>,
}

impl Found {
    fn add(&mut self, acc: Acc<'_>) {
        let (own, cross_file) = acc.into_findings();
        self.own.extend(own);
        self.cross_file.extend(cross_file);
    }
}

fn check(context: &Context<'_>) -> Found {
    let ctx = RuleContext::new(*context);
    let mut found = Found::default();
    registry::all().iter().for_each(|rule| found.add(run_rule(rule, &ctx)));
    found
}

fn check_guarded(context: &Context<'_>, before: impl Fn(&RuleMeta)) -> Found {
    let ctx = RuleContext::new(*context);
    let mut found = Found::default();
    for rule in registry::all() {
        let result = catch_panic(|| {
            before(&rule.meta);
            run_rule(rule, &ctx)
        });
        match result {
            Ok(acc) => found.add(acc),
            Err(cause) => found.panics.push(RulePanic { rule: rule.meta.code, cause }),
        }
    }
    found
}

fn run_rule<'a>(rule: &'static Rule, ctx: &RuleContext<'a>) -> Acc<'a> {
    let mut acc = Acc::new(*ctx.context(), &rule.meta);
    if ctx.has(rule.meta.unit) {
        (rule.check)(ctx, &mut acc);
    }
    acc
}

/// What the rules find about a document's literals in the other documents that use them. A panic there is reported there.
fn from_dependents(context: &Context<'_>) -> Vec<Finding> {
    let others = context.module.dependents(context.index).into_iter().filter(|&index| index != context.index);
    let found = others.filter_map(|index| context.of(index)).flat_map(|other| check_guarded(&other, |_| {}).cross_file);
    found.filter(|(home, _)| *home == context.index).map(|(_, finding)| finding).collect()
}

fn placed_at_references(context: &Context<'_>, cross_file: &[(usize, Finding)]) -> Vec<Finding> {
    let at_reference = |(_, finding): &(usize, Finding)| {
        let reference = finding.related.iter().find(|related| related.document == context.index)?;
        Some(Finding {
            is_unnecessary: finding.is_unnecessary,
            ..Finding::new(finding.rule, finding.severity, reference.range.clone(), finding.message.clone())
        })
    };
    cross_file.iter().filter_map(at_reference).collect()
}

/// Puts a document's own findings and those dealt to it together: one finding for a literal that is used in several places,
/// nothing that is suppressed, ordered by place, then rule.
fn finish(document: &Document, own: Vec<Finding>, dealt: Vec<Finding>) -> Vec<Finding> {
    let mut found = own;
    found.extend(dealt);
    let by_place =
        |one: &Finding, other: &Finding| (one.range.start, one.range.end, one.rule).cmp(&(other.range.start, other.range.end, other.rule));
    // The most severe of a place comes first and is kept.
    found.sort_by(|one, other| by_place(one, other).then(one.severity.cmp(&other.severity)));
    found.dedup_by(|later, kept| {
        let is_same = by_place(later, kept).is_eq() && (!later.related.is_empty() || !kept.related.is_empty());
        if is_same {
            kept.related.append(&mut later.related);
            kept.related.sort_by_key(|related| (related.document, related.range.start));
            kept.related.dedup();
            kept.related.truncate(MAX_RELATED);
        }
        is_same
    });
    for finding in &mut found {
        // A name that two lists have is offered once.
        let mut known: Vec<Fix> = Vec::with_capacity(finding.fixes.len());
        finding.fixes.retain(|fix| {
            let is_new = known.iter().all(|known| known.edits != fix.edits);
            known.extend(is_new.then(|| fix.clone()));
            is_new
        });
    }
    let mut found = suppressions::apply(document, found);
    found.sort_by(by_place);
    found
}
