//! `connect-policy explain`

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::ValueEnum;
use connect_policy_catalog::Catalog;
use connect_policy_ide::search::{self, Answer, NearStatement};
use connect_policy_ide::{Module, Part, Scope};
use connect_policy_syntax::{Document, Format};

use super::files::{self, Source};
use super::{catalog, complain, fail, one_line, print, standard_input};
use crate::config::absolute;
use crate::folder;
use crate::output::path_below;

/// Explain names, search by words, or explain an access denied message
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Names, words of a question, or a pasted message; `-` for standard input
    ///
    /// Names are actions, patterns, permissions, labels and tasks of the console, default profiles, condition keys, ARNs,
    /// resource types, managed policies, service prefixes and rules.
    #[arg(value_name = "WORDS", required = true, verbatim_doc_comment)]
    words: Vec<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,

    /// Find the statements in these files and folders that allow or deny the request
    ///
    /// For an access denied message, or an action. Write it after the words.
    #[arg(long = "in", value_name = "PATH", num_args = 1..)]
    paths: Vec<PathBuf>,

    /// The configuration, in place of the nearest connect-policy.toml above this folder
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  connect-policy explain connect:CreateUser
  connect-policy explain 'connect:List*' Users.View
  connect-policy explain who can listen to live calls
  connect-policy explain 'User: arn:aws:iam::111122223333:user/a is not authorized to perform: …'
  connect-policy explain - --in infra < message.txt

Exit codes: 0 found, 1 not found or unknown name, 2 error.";

/// How an answer is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Form {
    /// For people
    Text,
    /// For programs: one JSON object
    Json,
}

/// How many statements `--in` lists.
const MAX_STATEMENTS: usize = 5;

/// Explains names, or searches.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    match explain(arguments) {
        Ok((text, code)) if text.is_empty() => code,
        Ok((text, code)) => print(&text, code),
        Err(message) => fail(&message),
    }
}

fn explain(arguments: &Arguments) -> Result<(String, ExitCode), String> {
    let catalog = catalog(arguments.config.as_deref())?;
    let words = words(&arguments.words)?;
    let answer = search::answer(&catalog, &words);
    let statements = if arguments.paths.is_empty() { None } else { Some(statements(&answer, &arguments.paths, &catalog)?) };
    let code = if answer.is_found() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    if arguments.format == Form::Json {
        return Ok((search::render::json(&words.join(" "), &answer, statements.as_deref()), code));
    }
    match &answer {
        Answer::Names { unknown, .. } => unknown.iter().for_each(|(name, nearest)| complain(&unknown_name(name, nearest))),
        Answer::Hits(hits) if hits.is_empty() => complain(&format!("nothing matches `{}`", one_line(&words.join(" ")))),
        Answer::Hits(_) | Answer::Denied(_) => {}
    }
    Ok((search::render::text(&answer, statements.as_deref()), code))
}

/// The words of the command line, `-` standing for what standard input holds.
fn words(given: &[String]) -> Result<Vec<String>, String> {
    let mut words = Vec::with_capacity(given.len());
    for word in given {
        if word == "-" {
            let bytes = standard_input().map_err(|error| format!("cannot read standard input: {}", error.kind()))?;
            words.push(String::from_utf8_lossy(&bytes).trim().to_owned());
        } else {
            words.push(word.clone());
        }
    }
    if words.iter().all(|word| word.trim().is_empty()) { Err("nothing to explain: the input is empty".to_owned()) } else { Ok(words) }
}

/// The statements of files that allow or deny the request of an answer.
fn statements(answer: &Answer, paths: &[PathBuf], catalog: &Catalog) -> Result<Vec<NearStatement>, String> {
    let asked = answer.asked().ok_or("`--in` requires an access denied message or the name of an action")?;
    Ok(search::nearest_in_modules(&asked, &modules(paths, catalog)?, MAX_STATEMENTS))
}

/// The documents that paths name or hold, those together that are read together, each with its name.
fn modules(paths: &[PathBuf], catalog: &Catalog) -> Result<Vec<(Vec<String>, Module)>, String> {
    let (sources, skipped) = files::collect(paths)?;
    skipped.iter().for_each(|skipped| complain(&one_line(&format!("skipped {}: {}", skipped.path, skipped.why))));
    let mut texts: Vec<(PathBuf, Arc<str>)> = Vec::with_capacity(sources.len());
    for source in &sources {
        match files::read(source) {
            Ok(text) => texts.push((source.path.clone(), Arc::from(text))),
            Err(why) => skip(source, &why)?,
        }
    }
    let here = absolute(Path::new("."));
    let groups = folder::groups(texts.iter().map(|(path, _)| path.as_path()));
    let read = |index: &usize| {
        let (path, text) = &texts[*index];
        let format = Format::from_path(path).unwrap_or_else(|| Format::from_content(text));
        let part = Part::read(Document::read(Arc::clone(text), format), catalog, Scope::All);
        (path_below(&here, &path.display().to_string()), part)
    };
    let module = |group: &Vec<usize>| {
        let (names, parts) = group.iter().map(read).unzip();
        (names, Module::of(parts, catalog, Scope::All))
    };
    Ok(groups.iter().map(module).collect())
}

fn skip(source: &Source, why: &str) -> Result<(), String> {
    let message = format!("{}: {why}", source.path.display());
    if source.is_named {
        return Err(message);
    }
    complain(&one_line(&format!("skipped {message}")));
    Ok(())
}

fn unknown_name(name: &str, nearest: &[String]) -> String {
    let quoted: Vec<_> = nearest.iter().map(|near| format!("`{near}`")).collect();
    match quoted.split_last() {
        None => format!("`{name}` is not known"),
        Some((last, [])) => format!("`{name}` is not known; did you mean {last}?"),
        Some((last, others)) => format!("`{name}` is not known; did you mean {} or {last}?", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_are_told() {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        assert_eq!(unknown_name("x", &[]), "`x` is not known");
        assert_eq!(unknown_name("x", &names(&["a"])), "`x` is not known; did you mean `a`?");
        assert_eq!(unknown_name("x", &names(&["a", "b", "c"])), "`x` is not known; did you mean `a`, `b` or `c`?");
    }
}
