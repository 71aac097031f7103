//! `connect-policy tour`: what the language server and the checker do, in a terminal.
//!
//! It starts this program as a language server and talks to it as an editor does, on examples that come with it. So it shows
//! what the server does, and fails if the server does.

use std::io;
use std::process::ExitCode;

use connect_policy_project::files::reason::reason;

use crate::commands::tour::editor::Editor;
use crate::commands::tour::page::Page;
use crate::terminal::{fail, print};

mod editor;
mod examples;
mod page;
mod scenes;

/// Show five examples of what the language server and the checker do
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

/// Shows all scenes.
pub(crate) fn run(_: &Arguments) -> ExitCode {
    match tour() {
        Ok(text) => print(&text, ExitCode::SUCCESS),
        Err(error) => fail(&format!("tour failed: {}", reason(&error))),
    }
}

fn tour() -> io::Result<String> {
    let mut page = Page::default();
    page.line("connect-policy helps you write, check and review access policies for Amazon Connect.");
    let mut editor = Editor::start()?;
    scenes::typo(&mut page, &mut editor)?;
    scenes::label(&mut page, &mut editor)?;
    scenes::task(&mut page, &mut editor)?;
    scenes::escalation(&mut page, &mut editor)?;
    editor.stop()?;
    scenes::change(&mut page)?;
    page.empty();
    page.line("Results computed from included files: 1 to 4 by the language server, 5 by the report.");
    page.empty();
    page.line("Next:");
    page.row("connect-policy check", "find mistakes and risks in this folder");
    page.row("connect-policy explain who can listen to calls", "search actions and permissions");
    page.row("connect-policy report --against main", "review what a branch grants");
    Ok(page.text())
}
