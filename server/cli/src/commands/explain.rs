//! `connect-policy explain`

use std::path::PathBuf;
use std::process::ExitCode;

use connect_policy_ide::{explain, markdown};

use crate::args::catalog;
use crate::terminal::{eprint_line, fail, print};

/// Explain an action, pattern, permission, UI label, console task, condition key or rule
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// What to explain
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,

    /// The configuration, in place of the nearest connect-policy.toml above this folder
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  connect-policy explain connect:CreateUser
  connect-policy explain 'connect:List*' Users.View
  connect-policy explain unknown-action

Exit codes: 0 everything is known, 1 a name is not, 2 could not run.";

/// Explains every name that is known.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let catalog = match catalog(arguments.config.as_deref()) {
        Ok(catalog) => catalog,
        Err(message) => return fail(&message),
    };
    let mut pieces = Vec::new();
    let mut code = ExitCode::SUCCESS;
    for name in &arguments.names {
        match explain(&catalog, name) {
            Ok(explanations) => pieces.extend(explanations.iter().map(|found| markdown::plain(&found.markdown).trim_end().to_owned())),
            Err(nearest) => {
                eprint_line(&unknown(name, &nearest));
                code = ExitCode::FAILURE;
            }
        }
    }
    if pieces.is_empty() { code } else { print(&format!("{}\n", pieces.join("\n\n")), code) }
}

fn unknown(name: &str, nearest: &[String]) -> String {
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
        assert_eq!(unknown("x", &[]), "`x` is not known");
        assert_eq!(unknown("x", &names(&["a"])), "`x` is not known; did you mean `a`?");
        assert_eq!(unknown("x", &names(&["a", "b", "c"])), "`x` is not known; did you mean `a`, `b` or `c`?");
    }
}
