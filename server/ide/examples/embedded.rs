//! The checker inside another program: what is wrong in a policy, and who may do what by it.
//!
//! ```sh
//! cargo run -p connect-policy-ide --example embedded -- tests/examples/policies/edit-exported-reports.json
//! ```

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::{env, fs};

use connect_policy_catalog::Catalog;
use connect_policy_ide::Analysis;
use connect_policy_syntax::{Document, Format};

#[allow(clippy::print_stdout, clippy::print_stderr)] // It is a program of its own.
fn main() -> ExitCode {
    let Some(path) = env::args().nth(1) else {
        eprintln!("embedded FILE: tells what is wrong in a policy");
        return ExitCode::from(2);
    };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{path} cannot be read: {error}");
            return ExitCode::from(2);
        }
    };
    let format = Format::from_path(Path::new(&path)).unwrap_or_else(|| Format::from_content(&text));
    // One catalogue serves all documents of a program.
    let catalog = Arc::new(Catalog::builtin());
    let analysis = Analysis::new(Document::read(text, format), catalog);
    let findings = analysis.diagnostics();
    for finding in &findings {
        let line = analysis.document().text()[..finding.range.start].matches('\n').count() + 1;
        println!("{path}:{line}: {} {}: {}", finding.severity, finding.rule, finding.message);
    }
    for policy in analysis.report(&findings).policies {
        let name = if policy.name.is_empty() { &path } else { &policy.name };
        println!("{name} allows {} actions and {} console tasks", policy.actions.len(), policy.tasks.len());
    }
    ExitCode::SUCCESS
}
