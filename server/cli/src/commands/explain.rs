//! `connect-policy explain`

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::ValueEnum;
use connect_policy_catalog::Catalog;
use connect_policy_ide::search::{self, Answer, NearStatement};
use connect_policy_ide::{Analysis, Severity};
use connect_policy_project::files::absolute;
use connect_policy_project::files::reason::reason;
use connect_policy_project::{DiskFiles, FaultInjection, Origin, Project, Settings, modules};

use crate::args::{catalog, configs};
use crate::output::paths::path_below;
use crate::terminal::{eprint_line, fail, one_line, print, standard_input};
use crate::walk;

/// Explain names, search by words, or explain an access denied message
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Names, search words, or a pasted message; `-` for standard input
    ///
    /// Names are actions, wildcards, permissions, console labels and tasks, default profiles, condition keys, ARNs, resource
    /// types, managed policies, service prefixes and rules.
    #[arg(value_name = "WORDS", required = true, verbatim_doc_comment)]
    words: Vec<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,

    /// Find the statements in these files and folders that allow or deny the request
    ///
    /// For an access denied message, or an action. Write this option after the words.
    #[arg(long = "in", value_name = "PATH", num_args = 1..)]
    paths: Vec<PathBuf>,

    /// Configuration file [default: the nearest connect-policy.toml above this folder]
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
enum OutputFormat {
    /// For people
    Text,
    /// For programs: one JSON object
    Json,
}

/// How many statements `--in` lists.
const MAX_STATEMENTS: usize = 5;

/// Explains names, or searches.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
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
    let statements = if arguments.paths.is_empty() { None } else { Some(statements(&answer, arguments)?) };
    let code = if answer.is_found() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    if arguments.format == OutputFormat::Json {
        return Ok((search::render::json(&words.join(" "), &answer, statements.as_deref()), code));
    }
    match &answer {
        Answer::Names { unknown, .. } => unknown.iter().for_each(|(name, nearest)| eprint_line(&unknown_name(name, nearest))),
        Answer::Hits(hits) if hits.is_empty() => eprint_line(&format!("nothing found for `{}`", shortened(&words.join(" ")))),
        Answer::Hits(_) | Answer::Denied(_) => {}
    }
    Ok((search::render::text(&answer, statements.as_deref(), &bold), code))
}

/// A question in one line, of which only the beginning is repeated if it is long.
fn shortened(question: &str) -> String {
    const MAX: usize = 80;
    match question.char_indices().nth(MAX) {
        Some((end, _)) => format!("{}…", one_line(&question[..end])),
        None => one_line(question),
    }
}

/// A name in bold; where output has no colors, the escapes are left out.
fn bold(name: &str) -> String {
    let style = anstyle::Style::new().bold();
    format!("{style}{name}{style:#}")
}

/// The words of the command line, `-` standing for what standard input holds.
fn words(given: &[String]) -> Result<Vec<String>, String> {
    let mut words = Vec::with_capacity(given.len());
    for word in given {
        if word == "-" {
            let bytes = standard_input().map_err(|error| format!("cannot read standard input: {}", reason(&error)))?;
            words.push(String::from_utf8_lossy(&bytes).trim().to_owned());
        } else {
            words.push(word.clone());
        }
    }
    if words.iter().all(|word| word.trim().is_empty()) { Err("nothing to explain: the input is empty".to_owned()) } else { Ok(words) }
}

/// The statements of files that allow or deny the request of an answer.
fn statements(answer: &Answer, arguments: &Arguments) -> Result<Vec<NearStatement>, String> {
    let asked = answer.asked().ok_or("`--in` requires an access denied message or the name of an action")?;
    let files = read(&arguments.paths, arguments.config.as_deref())?;
    let documents: Vec<_> = files.iter().map(|(name, file)| (name.as_str(), file.meaning(), file.document())).collect();
    Ok(search::nearest_statements(&asked, &documents, MAX_STATEMENTS))
}

/// The documents that paths name or hold, each with its name.
fn read(paths: &[PathBuf], config: Option<&Path>) -> Result<Vec<(String, Analysis)>, String> {
    let project = Project {
        files: Arc::new(DiskFiles),
        configs: Arc::new(configs(config)?),
        builtin: Arc::new(Catalog::builtin()),
        settings: Settings::at_level(Severity::Hint),
        faults: FaultInjection::default(),
    };
    let (sources, skipped) = walk::collect(paths)?;
    skipped.iter().for_each(|skipped| eprint_line(&one_line(&format!("skipped {}: {}", skipped.path, skipped.why))));
    let here = absolute(Path::new("."));
    let mut texts: Vec<(String, Arc<str>)> = Vec::with_capacity(sources.len());
    for source in &sources {
        let path = source.path.display().to_string();
        match project.read(source) {
            Ok(text) => texts.push((path_below(&here, &path), Arc::from(text))),
            Err(why) if source.origin == Origin::Named => return Err(format!("{path}: {why}")),
            Err(why) => eprint_line(&one_line(&format!("skipped {path}: {why}"))),
        }
    }
    let mut documents = Vec::with_capacity(texts.len());
    for group in modules::groups(texts.iter().map(|(name, _)| Path::new(name))) {
        let of_group: Vec<&(String, Arc<str>)> = group.iter().map(|&index| &texts[index]).collect();
        let names = of_group.iter().map(|(name, _)| name.clone());
        documents.extend(names.zip(project.analyses(&of_group)?));
    }
    Ok(documents)
}

fn unknown_name(name: &str, nearest: &[String]) -> String {
    let quoted: Vec<_> = nearest.iter().map(|near| format!("`{near}`")).collect();
    match quoted.split_last() {
        None => format!("nothing found for `{name}`"),
        Some((last, [])) => format!("nothing found for `{name}`; did you mean {last}?"),
        Some((last, others)) => format!("nothing found for `{name}`; did you mean {} or {last}?", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_are_suggested() {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        assert_eq!(unknown_name("x", &[]), "nothing found for `x`");
        assert_eq!(unknown_name("x", &names(&["a"])), "nothing found for `x`; did you mean `a`?");
        assert_eq!(unknown_name("x", &names(&["a", "b", "c"])), "nothing found for `x`; did you mean `a`, `b` or `c`?");
    }
}
