//! A report for programs. The shape is a promise: fields are added, never renamed, and `version` counts breaks.

use connect_policy_ide::report::{Change, Changed, Holder, Mark, OverviewRow, Risk, TaskReport};
use serde_json::{Value, json};

use crate::output::access_report::AccessReport;

/// The report as one JSON object.
pub(crate) fn render(told: &AccessReport<'_>) -> String {
    let (report, matrix) = (told.report, told.report.matrix(told.catalog));
    let policies: Vec<Value> = report
        .policies
        .iter()
        .zip(report.policy_labels())
        .map(|(policy, label)| {
            json!({
                "label": label, "hidden": tasks(&policy.hidden_tasks),
                "path": policy.path, "name": policy.name, "line": policy.line, "whole": policy.is_whole, "actions": policy.actions,
                "tasks": tasks(&policy.tasks), "nearly": tasks(&policy.partially_granted), "risks": risks(&policy.risks),
            })
        })
        .collect();
    let profiles: Vec<Value> = report
        .profiles
        .iter()
        .zip(report.profile_labels())
        .map(|(profile, label)| {
            json!({
                "label": label,
                "path": profile.path, "name": profile.name, "line": profile.line, "whole": profile.is_whole,
                "permissions": profile.permissions, "unknown": profile.unknown, "restrictedBy": profile.restricted_by,
                "risks": risks(&profile.risks),
            })
        })
        .collect();
    let rows = matrix.sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section, row)));
    let rows: Vec<Value> = rows
        .map(|(section, row)| json!({"section": section.title, "group": row.group, "cells": row.cells.iter().map(|cell| marks(cell)).collect::<Vec<_>>()}))
        .collect();
    let legend: Vec<Value> = matrix.legend.iter().map(|(code, verb)| json!({"code": code, "verb": verb})).collect();
    let ungranted: Vec<Value> = report.ungranted().iter().map(|one| json!({"task": one.task, "actions": one.actions})).collect();
    let overview = report.overview();
    let overview_rows: Vec<Value> = overview.rows.iter().map(|row| overview_row(row, &overview.classes)).collect();
    written(&json!({
        "overview": {"classes": overview.classes, "rows": overview_rows},
        "version": 1, "facts": told.catalog.date(), "policies": policies, "profiles": profiles,
        "matrix": {"rows": rows, "legend": legend}, "ungranted": ungranted, "skipped": told.skipped,
    }))
}

/// A change as one JSON object.
pub(crate) fn change(change: &Change) -> String {
    let all = |changed: &[Changed]| changed.iter().map(one_change).collect::<Vec<_>>();
    let escalations = change.escalations().count();
    written(&json!({"version": 1, "policies": all(&change.policies), "profiles": all(&change.profiles), "escalations": escalations}))
}

fn one_change(changed: &Changed) -> Value {
    json!({
        "path": changed.path, "name": changed.name, "new": changed.is_new, "gone": changed.is_gone, "whole": changed.is_whole,
        "tasks": {"given": changed.tasks_given, "taken": changed.tasks_taken},
        "names": {"given": changed.given, "taken": changed.taken},
        "risks": {"added": risks(&changed.risks_added), "removed": risks(&changed.risks_removed)},
    })
}

fn overview_row(row: &OverviewRow, classes: &[&str]) -> Value {
    let (kind, place) = match row.holder {
        Holder::Policy(place) => ("policy", place),
        Holder::Profile(place) => ("profile", place),
    };
    let cells = classes.iter().zip(&row.cells).filter_map(|(class, cell)| Some((*class, (*cell)?)));
    let risks: serde_json::Map<String, Value> =
        cells.map(|(class, (count, severity))| (class.to_owned(), json!({"count": count, "severity": severity.name()}))).collect();
    json!({"kind": kind, "index": place, "risks": risks})
}

fn tasks(tasks: &[TaskReport]) -> Vec<Value> {
    let task = |task: &TaskReport| json!({"title": task.title, "page": task.page, "lacks": task.missing_actions, "lacksToSee": task.missing_view_actions});
    tasks.iter().map(task).collect()
}

fn risks(risks: &[Risk]) -> Vec<Value> {
    let risk = |risk: &Risk| json!({"severity": risk.severity.name(), "rule": risk.rule, "entry": risk.entry, "message": risk.message, "line": risk.line});
    risks.iter().map(risk).collect()
}

fn marks(marks: &[Mark]) -> Vec<Value> {
    let mark = |mark: &Mark| json!({"permission": mark.permission, "code": mark.code, "risky": mark.is_risky, "restricts": mark.restricts});
    marks.iter().map(mark).collect()
}

fn written(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
