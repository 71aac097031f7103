//! `connect-policy rules`

use std::fmt::Write;
use std::process::ExitCode;

use connect_policy_ide::rules;
use connect_policy_project::rule_page::rule_page;
use serde::Serialize;

use crate::args::OutputFormat;
use crate::terminal::print;

/// List the rules: name, level and what each reports
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    format: OutputFormat,
}

#[derive(Serialize)]
struct Root {
    version: u32,
    rules: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: &'static str,
    level: &'static str,
    summary: &'static str,
    help: String,
}

/// Prints the rules.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let row = |rule: &connect_policy_ide::RuleMeta| Row {
        id: rule.code,
        level: rule.severity.name(),
        summary: rule.summary,
        help: rule_page(rule.code),
    };
    let rules: Vec<Row> = rules().iter().map(row).collect();
    let mut text = String::new();
    match arguments.format {
        OutputFormat::Human => {
            let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
            for rule in rules {
                let _ = writeln!(text, "{:width$}  {:11}  {}", rule.id, rule.level, rule.summary);
            }
        }
        OutputFormat::Json => {
            text = serde_json::to_string_pretty(&Root { version: 1, rules }).unwrap_or_default();
            text.push('\n');
        }
    }
    print(&text, ExitCode::SUCCESS)
}
