//! Every fix does what it says: slips are put into documents of all formats, one at a time at every name, and each fix of
//! each finding, made alone, must leave a document that parses as well as before, in which the rule no longer fires there,
//! with every comment kept. All certain fixes together must leave none.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Applicability};
use connect_policy_syntax::{Document, Format};

use crate::settled::{MARK, all_certain, analyse, comments, wrong};

mod draft;
mod generated;
mod settled;

/// A document with its name.
struct Sample {
    name: String,
    format: Format,
    text: String,
}

fn samples() -> Vec<Sample> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let mut folders = vec![root.join("sound"), root.join("examples")];
    let mut samples = Vec::new();
    while let Some(folder) = folders.pop() {
        let mut paths: Vec<_> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else if let Some(format) = Format::from_path(&path) {
                let name = path.display().to_string();
                samples.push(Sample { name, format, text: fs::read_to_string(&path).expect("a text") });
            }
        }
    }
    assert!(samples.len() > 15);
    samples
}

/// Where the names of a document stand.
fn names(analysis: &Analysis) -> Vec<Range<usize>> {
    let meaning = analysis.meaning();
    let lists = meaning.action_lists().map(|(list, _)| list).chain(meaning.permission_lists.iter().map(|known| &known.list));
    let mut names: Vec<_> = lists.flat_map(|list| &list.entries).map(|entry| (entry.range.start, entry.range.end)).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(|(start, end)| start..end).collect()
}

/// The slips that can be made in a name, as texts in its place.
fn slips(name: &str) -> Vec<String> {
    let mut slips = vec![name.to_lowercase(), name.to_uppercase(), format!("{name}s"), format!("{name}Zqx")];
    match name.split_once(':') {
        Some((prefix, action)) => {
            slips.push(format!("{prefix}: {action}"));
            slips.push(format!("{prefix}:Describ{action}"));
            slips.push(format!("{prefix}:Zz*"));
            slips.push(format!("q{name}"));
        }
        None => {
            slips.push(name.replacen('.', "", 1));
            slips.push(name.replacen('.', ". ", 1));
            slips.push(format!("{name} "));
            slips.push(name.replacen("s.", ".", 1));
            // A label, an alias of a group, a superseded name, one that was removed, an API's.
            for other in ["Access metrics", "Queues.Create", "Agent.View", "ContactRecording.Access", "CreateUser", "NoSuch.View"] {
                slips.push(other.to_owned());
            }
        }
    }
    slips.retain(|slip| slip != name);
    slips
}

/// The document with a comment behind a line, where it can have one.
fn commented(catalog: &Arc<Catalog>, format: Format, text: &str, place: usize) -> Option<String> {
    let mark = if format == Format::Json { return None } else { "#" };
    let end = text[place..].find(['\r', '\n']).map_or(text.len(), |length| place + length);
    let changed = format!("{} {mark} {MARK}{}", &text[..end], &text[end..]);
    let (before, after) = (Document::read(text, format), analyse(catalog, format, &changed));
    let is_sound = after.document().tree().errors().len() == before.tree().errors().len();
    (is_sound && comments(after.document()) == 1 && names(&after).len() == names(&analyse(catalog, format, text)).len()).then_some(changed)
}

#[test]
fn every_fix_settles_its_finding() {
    let catalog = Arc::new(Catalog::builtin());
    let (mut fixes, mut certain, mut with_comment) = (0, 0, 0);
    let mut reported = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for sample in samples() {
        let places = names(&analyse(&catalog, sample.format, &sample.text));
        // Every name of a small document; of a large one as many, evenly.
        let step = places.len().div_ceil(MAX_NAMES).max(1);
        for (index, place) in places.iter().step_by(step).enumerate() {
            for slip in slips(&sample.text[place.clone()]) {
                let mut text = sample.text.clone();
                text.replace_range(place.clone(), &slip);
                if let Some(changed) = (index % 2 == 0).then(|| commented(&catalog, sample.format, &text, place.start)).flatten() {
                    text = changed;
                    with_comment += 1;
                }
                let before = analyse(&catalog, sample.format, &text);
                let findings = before.diagnostics();
                for finding in &findings {
                    for fix in &finding.fixes {
                        // Findings far from the slip are the same in every variant.
                        let is_near = finding.range.start < place.end + 200 && place.start < finding.range.end + 200;
                        if !is_near && !seen.insert((sample.name.clone(), finding.rule, fix.title.clone())) {
                            continue;
                        }
                        fixes += 1;
                        certain += usize::from(fix.applicability == Applicability::Safe);
                        if let Some(reason) = wrong(&catalog, &before, &findings, finding, fix) {
                            let reason: String = reason.chars().take(if reported.is_empty() { 3_000 } else { 120 }).collect();
                            reported.push(format!("{} with `{slip}`: {}, {}: {reason}", sample.name, finding.rule, fix.title));
                        }
                    }
                }
            }
        }
    }
    assert!(reported.is_empty(), "{} of {fixes} fixes are wrong:\n{}", reported.len(), reported[..reported.len().min(40)].join("\n\n"));
    assert!(fixes > 1_500 && certain > 500 && with_comment > 100, "{fixes} fixes, {certain} certain, {with_comment} with a comment");
}

#[test]
fn all_certain_fixes_together_leave_none_and_break_nothing() {
    let catalog = Arc::new(Catalog::builtin());
    for sample in samples() {
        // Slips of different kinds at many names at once.
        for turn in 0..6 {
            let mut text = sample.text.clone();
            for (index, place) in names(&analyse(&catalog, sample.format, &sample.text)).iter().enumerate().rev() {
                let slips = slips(&sample.text[place.clone()]);
                if (index + turn) % 3 != 0 {
                    text.replace_range(place.clone(), &slips[(index * 7 + turn) % slips.len()]);
                }
            }
            let errors = Document::read(text.as_str(), sample.format).tree().errors().len();
            let Some(once) = all_certain(&catalog, sample.format, &text) else {
                panic!("{}: fixes undo one another in\n{text}", sample.name);
            };
            assert!(Document::read(once.as_str(), sample.format).tree().errors().len() <= errors, "{}:\n{once}", sample.name);
            assert_eq!(all_certain(&catalog, sample.format, &once).as_ref(), Some(&once), "{}", sample.name);
        }
    }
}

/// So many names of a document are tried.
const MAX_NAMES: usize = 8;
