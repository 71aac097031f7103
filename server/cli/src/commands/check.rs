//! `connect-policy check`

use std::process::ExitCode;

use crate::commands::check::arguments::{Arguments, OutputFormat};
use crate::output::check_report::CheckReport;
use crate::output::{github, gitlab, human, json, junit, sarif, short, summary};
use crate::terminal::{eprint_line, fail, one_line, print};

pub(crate) mod arguments;
mod checking;
mod fix;

/// Checks, reports, and gives the exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match checking::report(arguments) {
        Ok((report, None)) => write(arguments, &report),
        Ok((report, Some(written))) => {
            write_skipped(arguments, &report);
            let code = if report.is_incomplete { ExitCode::from(2) } else { ExitCode::SUCCESS };
            print(&if arguments.quiet { String::new() } else { format!("{written}\n") }, code)
        }
        Err(message) => fail(&message),
    }
}

fn write(arguments: &Arguments, report: &CheckReport) -> ExitCode {
    write_skipped(arguments, report);
    let is_failure = if arguments.diff { !report.diff.is_empty() } else { report.count() > 0 };
    let code = match is_failure {
        _ if report.is_incomplete => ExitCode::from(2),
        true if !arguments.exit_zero => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    };
    if let Some(selection) = arguments.selection().filter(|_| arguments.diff) {
        note(arguments, &summary::diff_line(report, selection));
        return print(&report.diff, code);
    }
    if !matches!(arguments.format, OutputFormat::Human | OutputFormat::Json) {
        report.fixed.iter().flatten().for_each(|fixed| note(arguments, &one_line(&human::fixed_line(fixed))));
    }
    let text = match arguments.format {
        OutputFormat::Human => human::render(report, arguments.quiet),
        OutputFormat::Short => short::render(report),
        OutputFormat::Json => json::render(report),
        OutputFormat::Sarif => sarif::render(report),
        OutputFormat::Github => github::render(report, arguments.quiet),
        OutputFormat::Gitlab => gitlab::render(report),
        OutputFormat::Junit => junit::render(report),
    };
    let code = print(&text, code);
    if arguments.format == OutputFormat::Short {
        // Standard output has one finding on each line and nothing else.
        note(arguments, &summary::line(report));
    }
    code
}

fn write_skipped(arguments: &Arguments, report: &CheckReport) {
    // That a run is incomplete is an error, and its reason is among these.
    if arguments.quiet && !report.is_incomplete {
        return;
    }
    for skipped in &report.skipped {
        eprint_line(&one_line(&format!("skipped {}: {}", skipped.path, skipped.why)));
    }
}

/// Writes a line that is not a result to standard error.
fn note(arguments: &Arguments, line: &str) {
    if !arguments.quiet {
        eprint_line(line);
    }
}
