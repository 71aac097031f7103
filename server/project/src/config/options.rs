//! The toml's text, understood as far as it can be, with everything that is wrong in it and where.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

use connect_policy_ide::{Scope, rules};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::paths::{Builder, Paths};
use super::{Config, Named, Override, Problem};
use crate::settings::{LEVELS, Level, rule_level};

type Value<'v> = Spanned<DeValue<'v>>;

/// Reads a text. What is wrong has no effect; the rest has.
pub(super) fn read(text: &str) -> (Config, Vec<Problem>) {
    let mut reader = Reader { text, problems: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        reader.problem(error.span().unwrap_or(0..text.len()), message);
    }
    let config = reader.config(table.get_ref());
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.range.start);
    (config, problems)
}

struct Reader<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn config(&mut self, table: &DeTable<'_>) -> Config {
        let mut config = Config::default();
        self.fields(table, "", &["catalog", "rules", "files", "override", "scope", "editor"], |reader, name, value| match name {
            "catalog" => reader.catalog(value, &mut config),
            "rules" => config.rules = reader.rules(value),
            "files" => {
                if let Some(table) = reader.table(value, "[files]") {
                    reader.fields(table, "files.", &["exclude"], |reader, _, value| config.exclude = reader.globs(value, "files.exclude"));
                }
            }
            "override" => config.overrides = reader.overrides(value),
            "editor" => {
                if let Some(table) = reader.table(value, "[editor]") {
                    reader.fields(table, "editor.", &["inlay-hints", "code-lenses"], |reader, name, value| match name {
                        "inlay-hints" => config.inlay_hints = reader.switch(value),
                        _ => config.code_lenses = reader.switch(value),
                    });
                }
            }
            _ => {
                if let Some(table) = reader.table(value, "[scope]") {
                    reader.fields(table, "scope.", &["policies"], |reader, _, value| config.scope = reader.scope(value));
                }
            }
        });
        config
    }

    fn catalog(&mut self, value: &Value<'_>, config: &mut Config) {
        let Some(table) = self.table(value, "[catalog]") else { return };
        let catalog = &mut config.catalog;
        let names = ["permissions", "actions", "permissions-from", "service-reference"];
        self.fields(table, "catalog.", &names, |reader, name, value| {
            let strings = reader.strings(value, &format!("catalog.{name}"));
            let texts = || strings.iter().map(|(text, _)| text.clone());
            let files = || strings.iter().map(|(text, range)| Named { path: PathBuf::from(text), range: range.clone() });
            match name {
                "permissions" => {
                    for (_, range) in strings.iter().filter(|(text, _)| text.trim().is_empty()) {
                        reader.problem(range.clone(), "a permission has a name".to_owned());
                    }
                    catalog.permissions = texts().filter(|text| !text.trim().is_empty()).collect();
                }
                "actions" => {
                    for (text, range) in strings.iter().filter(|(text, _)| !is_action(text)) {
                        reader.problem(range.clone(), format!("`{text}` is not of the form `service:Action`"));
                    }
                    catalog.actions = texts().filter(|text| is_action(text)).collect();
                }
                "permissions-from" => catalog.permissions_from = files().collect(),
                _ => catalog.service_reference = files().collect(),
            }
        });
    }

    fn rules(&mut self, value: &Value<'_>) -> BTreeMap<String, Level> {
        let mut levels = BTreeMap::new();
        let Some(table) = self.table(value, "rules") else { return levels };
        for (name, value) in table {
            let known = rules().iter().map(|rule| rule.code);
            if !known.clone().any(|rule| rule == &**name.get_ref()) {
                self.unknown(name.span(), "rule", name.get_ref(), known);
                continue;
            }
            let text = value.get_ref().as_str();
            match text.and_then(rule_level) {
                Some(level) => {
                    levels.insert(name.get_ref().to_string(), level);
                }
                None => self.wrong_word(value, LEVELS),
            }
        }
        levels
    }

    fn overrides(&mut self, value: &Value<'_>) -> Vec<Override> {
        let Some(tables) = value.get_ref().as_array().filter(|tables| tables.iter().all(|table| table.get_ref().is_table())) else {
            self.problem(value.span(), "`override` is written `[[override]]`, once for each".to_owned());
            return Vec::new();
        };
        let mut overrides = Vec::new();
        for (value, table) in tables.iter().filter_map(|value| Some((value, value.get_ref().as_table()?))) {
            let mut one = Override { paths: Paths::default(), rules: BTreeMap::new() };
            self.fields(table, "override.", &["paths", "rules"], |reader, name, value| match name {
                "paths" => one.paths = reader.globs(value, "override.paths"),
                _ => one.rules = reader.rules(value),
            });
            for name in ["paths", "rules"] {
                if !table.iter().any(|(key, _)| key.get_ref() == name) {
                    self.problem(value.span(), format!("an `[[override]]` needs `{name}`"));
                }
            }
            overrides.push(one);
        }
        overrides
    }

    fn switch(&mut self, value: &Value<'_>) -> Option<bool> {
        let switch = value.get_ref().as_bool();
        if switch.is_none() {
            self.wrong_word(value, &["true", "false"]);
        }
        switch
    }

    fn scope(&mut self, value: &Value<'_>) -> Option<Scope> {
        match value.get_ref().as_str() {
            Some("connect") => Some(Scope::Connect),
            Some("all") => Some(Scope::All),
            _ => {
                self.wrong_word(value, &["connect", "all"]);
                None
            }
        }
    }

    fn globs(&mut self, value: &Value<'_>, name: &str) -> Paths {
        let mut builder = Builder::new();
        for (glob, range) in self.strings(value, name) {
            if let Err(why) = builder.add(&glob) {
                self.problem(range, format!("`{glob}` is no glob: {why}"));
            }
        }
        builder.finish()
    }

    /// Hands over the fields that are known and complains about the others.
    fn fields(&mut self, table: &DeTable<'_>, above: &str, known: &[&str], mut take: impl FnMut(&mut Self, &str, &Value<'_>)) {
        for (name, value) in table {
            if known.contains(&&**name.get_ref()) {
                take(self, name.get_ref(), value);
            } else {
                let written = format!("{above}{}", name.get_ref());
                self.unknown_key(name.span(), &written, name.get_ref(), known);
            }
        }
    }

    fn table<'v>(&mut self, value: &'v Value<'v>, name: &str) -> Option<&'v DeTable<'v>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.problem(value.span(), format!("`{name}` must be a table"));
        }
        table
    }

    fn strings(&mut self, value: &Value<'_>, name: &str) -> Vec<(String, Range<usize>)> {
        let Some(items): Option<&DeArray<'_>> = value.get_ref().as_array() else {
            self.problem(value.span(), format!("`{name}` must be a list of strings"));
            return Vec::new();
        };
        let mut strings = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => strings.push((text.to_owned(), item.span())),
                None => self.problem(item.span(), format!("`{name}` must hold strings only")),
            }
        }
        strings
    }

    fn wrong_word(&mut self, value: &Value<'_>, words: &[&str]) {
        let nearest = value.get_ref().as_str().and_then(|text| nearest(text, words.iter().copied()));
        let meant = nearest.map_or(String::new(), |word| format!("; did you mean `{word}`?"));
        let (last, first) = words.split_last().map_or((&"", &[][..]), |(last, first)| (last, first));
        let message = format!("must be {} or {last}{meant}", first.join(", "));
        self.add(value.span(), message, nearest.map(|word| format!("\"{word}\"")));
    }

    fn unknown_key(&mut self, range: Range<usize>, written: &str, name: &str, known: &[&str]) {
        let nearest = nearest(name, known.iter().copied());
        let meant = nearest.map_or_else(
            || format!("; there {} {}", if known.len() == 1 { "is" } else { "are" }, quoted(known)),
            |word| format!("; did you mean `{word}`?"),
        );
        self.add(range, format!("no key is named `{written}`{meant}"), nearest.map(str::to_owned));
    }

    fn unknown<'k>(&mut self, range: Range<usize>, what: &str, name: &str, known: impl Iterator<Item = &'k str>) {
        let nearest = nearest(name, known);
        let meant = nearest.map_or(String::new(), |word| format!("; did you mean `{word}`?"));
        self.add(range, format!("no {what} is named `{name}`{meant}"), nearest.map(str::to_owned));
    }

    fn problem(&mut self, range: Range<usize>, message: String) {
        self.add(range, message, None);
    }

    fn add(&mut self, range: Range<usize>, message: String, instead: Option<String>) {
        self.problems.push(Problem { range: solid(self.text, range), message, instead });
    }
}

/// A range with something in it, wherever the text has anything: an editor shows no empty range.
fn solid(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = range.start.min(text.len());
    let mut end = range.end.min(text.len()).max(start);
    if text[start..end].trim().is_empty() {
        // What is missing is told of at the last thing that is there.
        start = text[..start].trim_end().char_indices().next_back().map_or(start, |(at, _)| at);
        end = text[start..].chars().next().map_or(end, |letter| start + letter.len_utf8());
    }
    start..end
}

fn is_action(text: &str) -> bool {
    connect_policy_catalog::Overlay::default().add_action(text, &"".into())
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The known word that a written one is a slip of.
fn nearest<'k>(written: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let written = written.to_ascii_lowercase().replace('_', "-");
    // `warn`, `info`, `err`: a beginning says as much as a near miss.
    let score = |word: &str| {
        let letters = strsim::normalized_damerau_levenshtein(&written, word);
        if written.len() >= 3 && word.starts_with(&written) { 0.7 + 0.3 * letters } else { letters }
    };
    let scored = known.map(|word| (score(word), word));
    scored.filter(|(score, _)| *score >= 0.6).max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, word)| word)
}

#[cfg(test)]
mod tests;
