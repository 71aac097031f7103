//! Help survives typing: sound documents are broken in the ways in which typing breaks them, at every name, and the right
//! name must still be offered there, and a slip elsewhere still be found.

#![allow(clippy::print_stdout)] // the figures are what the test is for

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Severity};
use connect_policy_syntax::{Document, Format};

/// Nothing was tuned to what the second seed gives.
const SEED: u64 = 0x5eed_0001;
const SEED_ASIDE: u64 = 0x0a51_de02;

const KINDS: [&str; 6] = ["cut short", "rest of line gone", "rest of file gone", "comma before gone", "a bracket gone", "a quote gone"];

#[derive(Default)]
struct Tally {
    states: usize,
    offered: usize,
    typos: usize,
    typos_found: usize,
}

fn analyse(catalog: &Arc<Catalog>, format: Format, text: &str) -> Analysis {
    Analysis::new(Document::read(text, format), Arc::clone(catalog))
}

/// The names of a document: where each stands, and its text.
fn names(analysis: &Analysis) -> Vec<(usize, String)> {
    let (document, meaning) = (analysis.document(), analysis.meaning());
    let lists = meaning.action_lists().map(|(list, _)| list).chain(meaning.permission_lists.iter().map(|known| &known.list));
    let entries = lists.flat_map(|list| &list.entries).map(|entry| (entry.range.start, entry.text(document).into_owned()));
    // Wildcards are not offered by name.
    let mut names: Vec<_> = entries
        .filter(|(_, text)| {
            !text.contains('*') && analysis.catalog().action(text).or(None).is_some() | analysis.catalog().permission(text).is_some()
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }

    /// A byte of one of these characters, outside a range; `None` where there is none.
    fn one_of(&mut self, text: &str, characters: &[char], outside: &std::ops::Range<usize>) -> Option<usize> {
        let places: Vec<usize> =
            text.char_indices().filter(|(at, letter)| characters.contains(letter) && !outside.contains(at)).map(|(at, _)| at).collect();
        (!places.is_empty()).then(|| places[self.below(places.len())])
    }
}

/// The document with the name cut short and broken, and the cursor. `None` where this way of breaking does not apply.
fn broken(text: &str, start: usize, name: &str, kind: &str, random: &mut Random) -> Option<(String, usize)> {
    let keep = name.find([':', '.']).map_or(name.len() / 2, |at| at + 1 + 3.min(name.len() - at - 1));
    let cursor = start + keep;
    let end = start + name.len();
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let quotes = start.saturating_sub(2)..end + 2;
    let cut = |upto: usize| (format!("{}{}", &text[..cursor], &text[upto..]), cursor);
    let without = |at: usize| {
        let (cut, cursor) = cut(end);
        let at_in_cut = if at < cursor { at } else { at - (name.len() - keep) };
        let mut out = cut;
        out.remove(at_in_cut);
        (out, if at < cursor { cursor - 1 } else { cursor })
    };
    match kind {
        "cut short" => Some(cut(end)),
        "rest of line gone" => Some(cut(line_end)),
        "rest of file gone" => Some((text[..cursor].to_owned(), cursor)),
        "comma before gone" => {
            let before = text[..start].trim_end_matches(['"', '\'', '\\']).trim_end();
            before.ends_with(',').then(|| without(before.len() - 1))
        }
        "a bracket gone" => random.one_of(text, &['[', ']', '{', '}', '(', ')'], &quotes).map(without),
        "a quote gone" => random.one_of(text, &['"', '\''], &quotes).map(without),
        _ => unreachable!("all kinds are reported"),
    }
}

fn run(seed: u64) -> BTreeMap<(&'static str, &'static str), Tally> {
    let catalog = Arc::new(Catalog::builtin());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/sound");
    let mut paths: Vec<_> = fs::read_dir(folder).expect("tests/sound").map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| Format::from_path(path).is_some());
    paths.sort();
    assert!(paths.len() >= 12);
    let mut random = Random(seed);
    let mut tallies: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
    for path in paths {
        let format = Format::from_path(&path).expect("a format");
        let text = fs::read_to_string(&path).expect("a document");
        let sound = analyse(&catalog, format, &text);
        let grave: Vec<_> = sound.diagnostics().into_iter().filter(|finding| finding.severity <= Severity::Warning).collect();
        assert!(grave.is_empty(), "{} is not sound: {grave:#?}", path.display());
        let names = names(&sound);
        assert!(names.len() >= 3, "{} has {} names", path.display(), names.len());
        for (start, name) in &names {
            for kind in KINDS {
                let Some((state, cursor)) = broken(&text, *start, name, kind, &mut random) else { continue };
                let format_name = match format {
                    Format::Json => "JSON",
                    Format::Yaml => "YAML",
                    Format::Hcl => "HCL",
                };
                let tally = tallies.entry((format_name, kind)).or_default();
                let analysis = analyse(&catalog, format, &state);
                let offered = analysis.completions(cursor).items.iter().any(|item| item.label == *name);
                tally.states += 1;
                tally.offered += usize::from(offered);
                let trace = std::env::var_os("MID_TYPING_TRACE").is_some_and(|wanted| wanted.to_string_lossy() == format_name);
                if !offered && trace {
                    println!("{} {kind}: {name} is not offered in\n{}¦{}\n", path.display(), &state[..cursor], &state[cursor..]);
                }
                // A slip in another entry, before the cursor where the rest is gone.
                let others: Vec<&(usize, String)> = names
                    .iter()
                    .filter(|(at, _)| *at + 40 < *start || (*at > *start + name.len() + 40 && kind != "rest of file gone"))
                    .collect();
                if others.is_empty() {
                    continue;
                }
                let (at, other) = others[random.below(others.len())];
                let at_in_state = if at < start { *at } else { at + state.len() - text.len() };
                // A bracket or quote that was taken away further on moves the place by one.
                let Some(at_in_state) = [at_in_state, at_in_state + 1, at_in_state.saturating_sub(1)]
                    .into_iter()
                    .find(|&at| state.get(at..at + other.len()) == Some(other))
                else {
                    continue;
                };
                let slip = |text: &str, at: usize| {
                    let mut slipped = text.to_owned();
                    slipped.remove(at + other.len() - 2);
                    slipped
                };
                let slipped = slip(&state, at_in_state);
                let wrong = &slipped[at_in_state..at_in_state + other.len() - 1];
                let is_found = |text: &str| {
                    analyse(&catalog, format, text).diagnostics().iter().any(|finding| text[finding.range.clone()].contains(wrong))
                };
                // Some policies are not about Connect, and some lists are too short to be known by one name.
                if !is_found(&slip(&text, *at)) {
                    continue;
                }
                tally.typos += 1;
                let found = is_found(&slipped);
                tally.typos_found += usize::from(found);
                if !found && trace {
                    println!("{} {kind}: the slip {wrong} is not found in\n{slipped}\n", path.display());
                }
            }
        }
    }
    tallies
}

#[track_caller]
fn check(seed: u64) {
    let tallies = run(seed);
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let (mut states, mut offered, mut typos, mut found) = (0, 0, 0, 0);
    for ((format, kind), tally) in &tallies {
        println!(
            "{format:<5} {kind:<18} {:>4} states, {:>5.1} % offered; {:>4} slips, {:>5.1} % found",
            tally.states,
            share(tally.offered, tally.states),
            tally.typos,
            share(tally.typos_found, tally.typos)
        );
        states += tally.states;
        offered += tally.offered;
        typos += tally.typos;
        found += tally.typos_found;
    }
    println!("all: {states} states, {:.1} % offered; {typos} slips, {:.1} % found", share(offered, states), share(found, typos));
    assert!(states > 400);
    assert!(share(offered, states) >= 97.0, "{:.1} % offered", share(offered, states));
    assert!(share(found, typos) >= 97.0, "{:.1} % found", share(found, typos));
}

#[test]
fn help_survives_typing() {
    check(SEED);
}

#[test]
fn help_survives_typing_with_the_seed_put_aside() {
    check(SEED_ASIDE);
}
