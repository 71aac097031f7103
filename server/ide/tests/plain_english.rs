//! The texts that users see are plain English: those of the rules and of everything that is answered about the examples, the
//! explanations of all names of the catalog, and the strings in the source.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use connect_policy_catalog::Catalog;
use connect_policy_ide::skeletons::skeletons;
use connect_policy_ide::{Analysis, Completions, explain, rules};
use connect_policy_syntax::{Document, Format};
use connect_policy_test_support::fenced_blocks;
use connect_policy_test_support::plain_english::{Wording, complaints};

/// The texts of the catalog, the longest first, so that none is found within another. They are checked by themselves, and taken
/// out of the texts that contain them.
static OF_CATALOG: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let catalog = Catalog::builtin();
    let mut texts: BTreeSet<&'static str> = BTreeSet::new();
    texts.extend(catalog.services().flat_map(|service| &service.actions).filter_map(|action| action.summary));
    texts.extend(catalog.unlisted_actions().iter().map(|action| action.summary));
    texts.extend(catalog.removed_actions().iter().filter_map(|action| action.summary));
    texts.extend(catalog.permissions().iter().flat_map(|permission| [Some(permission.summary), permission.note]).flatten());
    texts.extend(catalog.risks().iter().map(|risk| risk.reason));
    texts.extend(catalog.relations().iter().filter_map(|relation| relation.note));
    texts.extend(catalog.counterparts().iter().filter_map(|counterpart| counterpart.note));
    texts.extend(catalog.client_names().iter().filter_map(|client| client.note));
    // Names that AWS chose are not ours to reword.
    texts.extend(catalog.tasks().iter().flat_map(|task| [task.title, task.page]));
    texts.extend(catalog.permissions().iter().flat_map(|permission| permission.all_labels()));
    texts.extend(catalog.permissions().iter().filter_map(|permission| permission.section));
    texts.extend(catalog.services().map(|service| service.name));
    let mut texts: Vec<&str> = texts.into_iter().filter(|text| text.len() > 3).collect();
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts
});

/// The complaints about texts, each once, with one place.
#[derive(Default)]
struct Checked {
    texts: BTreeMap<String, String>,
    /// Many answers repeat.
    seen: HashSet<String>,
    count: usize,
}

impl Checked {
    fn text(&mut self, wording: Wording, place: &str, text: &str) {
        self.count += 1;
        if !self.seen.insert(format!("{wording:?} {text}")) {
            return;
        }
        let own = OF_CATALOG.iter().filter(|of_catalog| text.contains(**of_catalog)).fold(text.to_owned(), |text, of_catalog| {
            // The mark is read as a name.
            text.replace(of_catalog, "`x`")
        });
        for complaint in complaints(wording, &own) {
            self.texts.entry(format!("{complaint}\n    {own}")).or_insert_with(|| place.to_owned());
        }
    }

    #[track_caller]
    fn has_none(&self, at_least: usize) {
        assert!(self.count >= at_least, "{} texts, where {at_least} were expected", self.count);
        let all: String = self.texts.iter().map(|(complaint, place)| format!("\n{place}: {complaint}")).collect();
        assert!(self.texts.is_empty(), "{} of {} texts:{all}", self.texts.len(), self.count);
    }
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files below a folder, in order.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            (if path.is_dir() { &mut open } else { &mut files }).push(path);
        }
    }
    files.sort();
    files
}

/// The documents of the tests' examples and pages, and those of the rules' pages.
fn documents() -> Vec<(String, String)> {
    let tests = repository().join("tests");
    let mut documents = Vec::new();
    for path in ["examples", "sound"].iter().flat_map(|folder| files_below(&tests.join(folder))) {
        documents.push((path.display().to_string(), fs::read_to_string(&path).expect("text")));
    }
    let parity = files_below(&tests.join("parity"));
    let pages = parity.iter().map(|path| fs::read_to_string(path).expect("text"));
    for page in pages {
        let named = fenced_blocks(&page).filter_map(|(info, text)| Some((info.split_once(' ')?.1, text.replace('¦', ""))));
        documents.extend(named.map(|(name, text)| (name.to_owned(), text)));
    }
    for rule in rules() {
        let page = rule.page();
        documents.extend(fenced_blocks(&page).map(|(language, text)| (format!("{}.{language}", rule.code), text.to_owned())));
    }
    documents.push(("rare.json".to_owned(), RARE.to_owned()));
    documents
}

/// Mistakes that are in none of the other documents.
const RARE: &str = r#"{"Version": "2008-10-17", "Statement": [
    {"Sid": "A", "Effect": "Alow", "Actions": "connect:ListUsers", "Resource": "arn:aws:connect:::instance"},
    {"Sid": "A", "Effect": "Allow", "Action": ["connect.ListPrompts", "connect:", "connect:List#", " connect:ListUsers", "acme",
        "connectparticipant:SendMessage", "qconnect:ListAssistants", "conect:ListUsers", "connect:Zzz*", "connect:*User*", "*"],
     "Resource": ["arn:aws:connect:eu-central-1:1:instance/a/agent", "arn:aws:connect:eu-central-1:111122223333:user/a",
        "arn:aws:connect:eu-central-1:111122223333:instance", "arn:aws:qconnect:eu-central-1:111122223333:assistant/a",
        "arn:aws:connect:eu-central-1:111122223333:instance/a/usr/*"],
     "Condition": {"StringEqual": {"connect:InstanceIdd": "a"}, "NumericEquals": {"connect:InstanceId": "a${aws:username}"}}},
    {"Effect": "Allow", "NotAction": "iam:*"}
]}"#;

#[test]
fn the_rules_are_described_plainly() {
    let mut checked = Checked::default();
    for rule in rules() {
        checked.text(Wording::Message, rule.code, rule.summary);
        let page = rule.page();
        let prose = page.split("Example:").next().unwrap_or_default();
        checked.text(Wording::Prose, rule.code, prose);
        checked.text(Wording::Title, rule.code, page.lines().next().unwrap_or_default());
    }
    checked.has_none(120);
}

#[test]
fn findings_fixes_and_rewrites_are_worded_plainly() {
    let catalog = Arc::new(Catalog::builtin());
    let mut checked = Checked::default();
    for (name, text) in documents() {
        let Some(format) = Format::from_path(Path::new(&name)) else { continue };
        let analysis = Analysis::new(Document::read(text.as_str(), format), Arc::clone(&catalog));
        for finding in analysis.diagnostics() {
            let place = format!("{name}: {}", finding.rule);
            checked.text(Wording::Message, &place, &finding.message);
            finding.related.iter().for_each(|related| checked.text(Wording::Message, &place, &related.message));
            finding.fixes.iter().for_each(|fix| checked.text(Wording::Title, &place, &fix.title));
            analysis.assists(finding.range.clone()).iter().for_each(|assist| checked.text(Wording::Title, &place, &assist.title));
            for rewrite in analysis.rewrites(finding.range.clone()) {
                checked.text(Wording::Title, &place, &rewrite.title);
                if let Err(reason) = &rewrite.change {
                    checked.text(Wording::Message, &place, reason);
                }
            }
        }
        let whole = 0..text.len();
        analysis.lenses().iter().for_each(|lens| checked.text(Wording::Label, &name, &lens.title));
        analysis.hints(whole).iter().for_each(|hint| checked.text(Wording::Label, &name, &hint.label));
    }
    checked.has_none(500);
}

#[test]
fn hovers_and_completions_are_worded_plainly() {
    let catalog = Arc::new(Catalog::builtin());
    let mut checked = Checked::default();
    for (name, text) in documents() {
        let Some(format) = Format::from_path(Path::new(&name)) else { continue };
        let analysis = Analysis::new(Document::read(text.as_str(), format), Arc::clone(&catalog));
        let words = text.match_indices('"').map(|(at, _)| at + 1).chain(text.match_indices("- ").map(|(at, _)| at + 2));
        for at in words.filter(|at| text.is_char_boundary(*at)).take(60) {
            if let Some(hover) = analysis.hover(at) {
                checked.text(Wording::Prose, &name, &hover.markdown);
            }
        }
        // A list with an item of each kind is enough of each document.
        let firsts = text.match_indices("\"connect:").map(|(at, _)| at + 1).chain(text.match_indices(".View").map(|(at, _)| at)).take(2);
        for at in firsts {
            for item in analysis.completions(at).items {
                checked.text(Wording::Label, &item.label, &item.detail);
                if let Some(documentation) = Completions::documentation(&catalog, item.kind, &item.label) {
                    checked.text(Wording::Prose, &item.label, &documentation);
                }
            }
        }
    }
    for skeleton in skeletons() {
        checked.text(Wording::Label, skeleton.id, skeleton.title);
        checked.text(Wording::Label, skeleton.id, skeleton.description);
    }
    checked.has_none(1000);
}

#[test]
fn all_names_of_the_catalog_are_explained_plainly() {
    let catalog = Catalog::builtin();
    let actions = catalog.family().iter().filter_map(|prefix| catalog.service(prefix)).flat_map(|service| {
        let names = service.actions.iter().map(|action| format!("{}:{}", service.prefix, action.name));
        names.chain([service.prefix.to_owned(), format!("{}:*", service.prefix)]).collect::<Vec<_>>()
    });
    let names = actions
        .chain(catalog.unlisted_actions().iter().map(|action| action.action.to_owned()))
        .chain(catalog.removed_actions().iter().map(|action| action.action.to_owned()))
        .chain(catalog.client_names().iter().map(|client| client.client.to_owned()))
        .chain(catalog.permissions().iter().map(|permission| permission.name.to_owned()))
        .chain(catalog.tasks().iter().map(|task| task.title.to_owned()))
        .chain(catalog.managed_policies().iter().map(|policy| policy.name.to_owned()))
        .chain(catalog.global_condition_keys().iter().map(|key| key.key.to_owned()));
    let mut checked = Checked::default();
    for name in names {
        for explanation in explain(&catalog, &name).into_iter().flatten() {
            checked.text(Wording::Prose, &name, &explanation.markdown);
        }
    }
    checked.has_none(800);
}

#[test]
fn the_catalogs_own_texts_are_plain() {
    let mut all = String::new();
    for text in OF_CATALOG.iter() {
        all.extend(complaints(Wording::Prose, text).iter().map(|complaint| format!("\n{complaint}\n    {text}")));
    }
    assert!(all.is_empty(), "{all}");
}

/// Files whose strings are words of users or of AWS, to be found in what they type or paste.
const OF_USERS: &[&str] = &["search/access_denied.rs", "search/pasted.rs", "search/question.rs", "search/synonyms.rs", "search/words.rs"];

#[test]
fn strings_in_the_source_have_no_banned_words() {
    let mut checked = Checked::default();
    for folder in ["ide", "lsp", "model", "project"] {
        for path in files_below(&repository().join("server").join(folder).join("src")) {
            let name = path.display().to_string().replace('\\', "/");
            if !name.ends_with(".rs") || name.contains("/tests") || OF_USERS.iter().any(|of_users| name.ends_with(of_users)) {
                continue;
            }
            let source = fs::read_to_string(&path).expect("text");
            let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            for text in strings(code).into_iter().filter(|text| text.contains(' ')) {
                checked.text(Wording::Words, &name, &without_holes(&text));
            }
        }
    }
    checked.has_none(700);
}

/// The text of a format string without the names of its arguments.
fn without_holes(text: &str) -> String {
    let mut parts = text.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push('`');
        out.push('`');
        out.push_str(part.split_once('}').map_or("", |(_, after)| after));
    }
    out
}

/// The string literals of a source text, without raw ones, which hold code.
fn strings(source: &str) -> Vec<String> {
    let mut strings = Vec::new();
    for line in source.lines().map(str::trim_start).filter(|line| !line.starts_with("//")) {
        let line = line.replace("'\"'", "' '").replace("'\\\"'", "' '");
        let mut rest = line.as_str();
        while let Some((_, after)) = rest.split_once('"') {
            let mut end = after.len();
            let mut letters = after.char_indices();
            while let Some((at, letter)) = letters.next() {
                match letter {
                    '\\' => drop(letters.next()),
                    '"' => {
                        end = at;
                        break;
                    }
                    _ => {}
                }
            }
            strings.push(after[..end].replace("\\n", "\n").replace("\\\"", "\""));
            rest = after.get(end + 1..).unwrap_or_default();
        }
    }
    strings
}
