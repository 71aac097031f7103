//! No name that is offered in the place of a wrong one, and that a fix would write, allows more than the wrong name says: over actions
//! of the Connect family and permissions, with the mistakes that people make.

use connect_policy_catalog::Catalog;
use connect_policy_model::{keeps_reach, nearest_actions, nearest_permissions};

/// Verbs in the order of what they allow.
const VERBS: &[&[&str]] = &[
    &["View", "Access", "Get", "List", "Describe", "Search", "Read", "Enable"],
    &["Edit", "Create", "Update", "Put", "Start", "Modify", "Associate", "Add"],
    &["Delete", "All", "Remove", "Disassociate", "Manage"],
];

fn rank(verb: &str) -> Option<usize> {
    VERBS.iter().position(|verbs| verbs.iter().any(|known| known.eq_ignore_ascii_case(verb)))
}

/// The first or the last word of a name.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for letter in name.chars() {
        if letter.is_uppercase() || words.is_empty() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && letter.is_alphanumeric()
        {
            word.push(letter);
        }
    }
    words
}

/// Mistakes in one name: a letter left out, two exchanged, a plural, and a word left out.
fn mistakes(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut wrong = Vec::new();
    for at in (1..letters.len().saturating_sub(1)).step_by(3) {
        let mut left_out = letters.clone();
        left_out.remove(at);
        wrong.push(left_out.iter().collect());
        let mut exchanged = letters.clone();
        exchanged.swap(at, at + 1);
        wrong.push(exchanged.iter().collect());
    }
    wrong.push(format!("{name}s"));
    wrong.push(name.strip_suffix('s').unwrap_or(name).to_owned());
    let parts = words(name);
    for left_out in 0..parts.len() {
        let kept = parts.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, word)| word.as_str());
        wrong.push(kept.collect::<String>());
    }
    wrong
}

/// What is written and what a fix would write; the verbs, if both are known, must not get stronger.
#[track_caller]
fn check(written_verb: &str, written: &str, verb: &str, name: &str) {
    if let (Some(own), Some(offered)) = (rank(written_verb), rank(verb)) {
        assert!(offered <= own, "{written} → {name}");
    }
}

#[test]
fn no_action_with_a_stronger_verb_is_written() {
    let catalog = Catalog::builtin();
    let mut fixes = 0;
    for prefix in catalog.family() {
        let Some(service) = catalog.service(prefix) else { continue };
        for action in service.actions.iter().step_by(48) {
            let verb = words(action.name).first().cloned().unwrap_or_default();
            let noun = action.name.strip_prefix(verb.as_str()).unwrap_or("");
            let others = VERBS.iter().flat_map(|verbs| verbs.iter()).map(|other| format!("{other}{noun}"));
            for wrong in mistakes(noun).into_iter().map(|noun| format!("{verb}{noun}")).chain(others) {
                let written = format!("{prefix}:{wrong}");
                if catalog.knows_action(&written) {
                    continue;
                }
                for name in nearest_actions(&catalog, &written, prefix).iter().filter(|name| keeps_reach(&catalog, &written, name)) {
                    let offered = name.split_once(':').map_or("", |(_, name)| name);
                    let first = |name: &str| words(name).first().cloned().unwrap_or_default();
                    check(&first(&wrong), &written, &first(offered), name);
                    let is_risk = catalog.risk(name).is_some_and(|risk| risk.rule.is_some());
                    // What is risky is only written for a name of as many words.
                    assert!(!is_risk || words(&wrong).len() + 1 >= words(offered).len(), "{written} → {name}");
                    fixes += 1;
                }
            }
        }
    }
    assert!(fixes > 300, "{fixes}");
}

#[test]
fn no_permission_with_a_stronger_verb_is_written() {
    let catalog = Catalog::builtin();
    let mut fixes = 0;
    for permission in catalog.permissions().iter().step_by(16) {
        let Some((group, verb)) = permission.name.rsplit_once('.') else { continue };
        let others = VERBS.iter().flat_map(|verbs| verbs.iter()).map(|other| format!("{group}.{other}"));
        let wrong = mistakes(group).into_iter().map(|group| format!("{group}.{verb}"));
        let nouns = mistakes(group).into_iter().chain([group.to_owned()]);
        for written in others.chain(wrong).chain(nouns) {
            if catalog.knows_permission(&written) {
                continue;
            }
            for name in nearest_permissions(&catalog, &written).iter().filter(|name| keeps_reach(&catalog, &written, name)) {
                let offered = name.rsplit_once('.').map_or("", |(_, verb)| verb);
                // Without a dot, the verb stands at the beginning, if there is one.
                let first = words(&written).first().filter(|word| rank(word).is_some()).cloned();
                let own = written.rsplit_once('.').map(|(_, verb)| verb.to_owned()).or(first).unwrap_or_else(|| "View".to_owned());
                check(&own, &written, offered, name);
                assert!(!name.contains("Unredacted") || written.contains("Unr") || written.contains("redact"), "{written} → {name}");
                fixes += 1;
            }
        }
    }
    assert!(fixes > 300, "{fixes}");
}
