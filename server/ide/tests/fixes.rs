//! Every fix does what it says: slips are put into documents of all formats, one at a time at every name, and each fix of
//! each finding, made alone, must leave a document that parses as well as before, in which the rule no longer fires there,
//! with every comment kept. All certain fixes together must leave none.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Finding, Fix, TextEdit};
use connect_policy_syntax::{Document, Format};

const MARK: &str = "kept as it is";

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

fn analyse(catalog: &Arc<Catalog>, format: Format, text: &str) -> Analysis {
    Analysis::new(Document::read(text, format), Arc::clone(catalog))
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

fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut changed = text.to_owned();
    for edit in edits.iter().rev() {
        changed.replace_range(edit.range.clone(), &edit.new_text);
    }
    changed
}

/// Where a range of the text before lies in the text after, what was written in its place included.
fn moved(range: &Range<usize>, edits: &[TextEdit]) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    for edit in edits.iter().rev() {
        if edit.range.end <= range.start && edit.range.start < range.start {
            start = start + edit.new_text.len() - edit.range.len();
        } else if edit.range.start < range.start {
            start = edit.range.start;
        }
        if edit.range.start < range.end {
            end = end.max(edit.range.end) + edit.new_text.len() - edit.range.len();
        }
    }
    start..end.max(start)
}

fn comments(document: &Document) -> usize {
    document.line_comments(MARK).len()
}

/// What is wrong with a fix, if anything.
fn wrong(catalog: &Arc<Catalog>, before: &Analysis, all: &[Finding], finding: &Finding, fix: &Fix) -> Option<String> {
    let document = before.document();
    let ascends = fix.edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start);
    if fix.edits.is_empty() || !ascends {
        return Some("its edits are none or overlap".to_owned());
    }
    let text = apply(document.text(), &fix.edits);
    let after = analyse(catalog, document.format(), &text);
    if after.document().tree().errors().len() > document.tree().errors().len() {
        return Some(format!("it breaks the document:\n{text}"));
    }
    // Taking an ignore comment away is what that rule's fix is for.
    if finding.rule != "unused-ignore" && comments(after.document()) != comments(document) {
        return Some(format!("a comment is gone:\n{text}"));
    }
    let place = moved(&finding.range, &fix.edits);
    // Where a rule says several things of one place, one of them is settled.
    let is_alone = all.iter().filter(|other| other.rule == finding.rule && other.range == finding.range).count() == 1;
    let again = after.diagnostics().into_iter().find(|other| {
        let is_there = other.range.start < place.end && place.start < other.range.end;
        // What reaches beyond the place may be another finding that was there before.
        let is_within = place.start <= other.range.start && other.range.end <= place.end;
        let was_there = || all.iter().any(|known| known != finding && known.rule == other.rule && known.message == other.message);
        other.rule == finding.rule && is_there && (is_within || !was_there()) && (is_alone || other.message == finding.message)
    });
    again.map(|again| format!("the rule still fires: {}\n{text}", again.message))
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

/// All certain fixes that can stand together, again and again; the text that is left.
fn all_certain(catalog: &Arc<Catalog>, format: Format, text: &str) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..10 {
        let mut edits: Vec<TextEdit> = Vec::new();
        for finding in analyse(catalog, format, &text).diagnostics() {
            let Some(fix) = finding.fixes.iter().find(|fix| fix.is_certain) else { continue };
            let collides = |edit: &TextEdit| edits.iter().any(|o| edit.range.start <= o.range.end && o.range.start <= edit.range.end);
            if !fix.edits.iter().any(collides) {
                edits.extend(fix.edits.iter().cloned());
            }
        }
        if edits.is_empty() {
            return Some(text);
        }
        edits.sort_by_key(|edit| edit.range.start);
        text = apply(&text, &edits);
    }
    None
}

#[test]
fn every_fix_settles_its_finding() {
    let catalog = Arc::new(Catalog::builtin());
    let (mut fixes, mut certain, mut with_comment) = (0, 0, 0);
    let mut told = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for sample in samples() {
        let places = names(&analyse(&catalog, sample.format, &sample.text));
        // Every name of a small document; of a large one as many, evenly.
        let step = places.len().div_ceil(MOST_NAMES).max(1);
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
                        certain += usize::from(fix.is_certain);
                        if let Some(why) = wrong(&catalog, &before, &findings, finding, fix) {
                            let why: String = why.chars().take(if told.is_empty() { 3_000 } else { 120 }).collect();
                            told.push(format!("{} with `{slip}`: {}, {}: {why}", sample.name, finding.rule, fix.title));
                        }
                    }
                }
            }
        }
    }
    assert!(told.is_empty(), "{} of {fixes} fixes are wrong:\n{}", told.len(), told[..told.len().min(40)].join("\n\n"));
    assert!(fixes > 2_000 && certain > 500 && with_comment > 100, "{fixes} fixes, {certain} certain, {with_comment} with a comment");
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
const MOST_NAMES: usize = 8;
