//! The arguments of `connect-policy check`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::ValueEnum;
use connect_policy_ide::{Severity, rules};
use connect_policy_project::Settings;
use connect_policy_project::fixes::Selection;
use connect_policy_project::rule_names::rule_id;

use crate::args::FaultFlags;

/// Check files and folders
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Files, folders, or `-` for standard input [default: this folder]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Output format
    #[arg(long, value_enum, default_value_t = OutputFormat::Human)]
    pub(crate) format: OutputFormat,

    /// Minimum level to report [default: warning; with --select: hint]
    #[arg(long, value_enum)]
    level: Option<Level>,

    /// Report only these rules
    ///
    /// Separate several with commas. Levels of the configuration still apply.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,

    /// Do not report these rules
    ///
    /// Separate several with commas. To turn a rule off for a project, write it into connect-policy.toml.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,

    /// Exit with 0 even if there are findings
    #[arg(long)]
    pub(crate) exit_zero: bool,

    /// Apply safe fixes, then report the remaining findings
    ///
    /// Safe fixes keep what was meant: they correct white space, capitalization, console labels, renamed permissions and a wrong
    /// plural `s`, add a missing dot in a permission, and remove an entry that repeats another one. Editors apply the same fixes
    /// with "Fix all". Files are written atomically, and skipped if they cannot be read completely or changed on disk. Ignored
    /// findings and findings below --level are not fixed; findings of a baseline are. A second run changes nothing.
    #[arg(long, verbatim_doc_comment)]
    pub(crate) fix: bool,

    /// With --fix or --diff: also apply unsafe fixes
    ///
    /// Unsafe fixes are probably right: `connect:DescribeUsr` becomes `connect:DescribeUser`. They are applied only if nothing
    /// else is offered for a finding. Review the changes.
    #[arg(long, verbatim_doc_comment)]
    pub(crate) unsafe_fixes: bool,

    /// Print the changes of --fix as a unified diff, and write nothing
    ///
    /// The exit code is 1 if something would change. Also works with standard input.
    #[arg(long, conflicts_with_all = ["format", "write_baseline", "baseline"])]
    pub(crate) diff: bool,

    /// Hide the findings listed in this file
    ///
    /// For projects with existing findings: create the file once with --write-baseline and commit it. From then on, only new
    /// findings are reported. Findings are identified by file, rule and text, not by line.
    #[arg(long, value_name = "FILE", verbatim_doc_comment)]
    pub(crate) baseline: Option<PathBuf>,

    /// Write all findings to the file of --baseline, and exit with 0
    ///
    /// Entries of unchecked files are kept; entries of deleted files are removed.
    #[arg(long, requires = "baseline", conflicts_with_all = ["select", "ignore"])]
    pub(crate) write_baseline: bool,

    /// File name to use for standard input; sets the format
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Configuration file [default: the nearest connect-policy.toml above each file]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Print findings and errors only: no summary, progress or notes about skipped files
    #[arg(long, short)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) faults: FaultFlags,
}

const EXAMPLES: &str = "\
Examples:
  connect-policy check                    this folder, respecting .gitignore
  connect-policy check infra policy.json  a folder and a file
  connect-policy check --level hint       include hints
  connect-policy check --select unknown-action,unknown-permission
                                          two rules only
  connect-policy check --diff             show what --fix would change
  connect-policy check --fix              apply safe fixes
  connect-policy check --diff --unsafe-fixes
                                          show what --fix --unsafe-fixes would change
  connect-policy check --format sarif > connect-policy.sarif
                                          for code scanning
  connect-policy check --baseline known.json --write-baseline
                                          record existing findings; later, --baseline known.json hides them
  git show HEAD:main.tf | connect-policy check - --stdin-filename main.tf

Exit codes: 0 no findings, 1 findings, 2 error.

In folders, files are selected by extension: .json, .yaml, .tf and similar, templates of them, and JSON files without an
extension. A file given by name is always read. If its extension is unknown, its content must be JSON, YAML or Terraform;
otherwise it is skipped, and the exit code is 2.";

/// The format of findings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people: the line, the place, the fixes
    Human,
    /// One line for each finding: path:line:column: rule message
    Short,
    /// For programs: one JSON object
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations on changed lines
    Github,
    /// For GitLab: a code quality report
    Gitlab,
    /// For CI servers that show test results: JUnit XML
    Junit,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Level {
    Error,
    Warning,
    Information,
    Hint,
}

impl Level {
    fn severity(self) -> Severity {
        match self {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Information => Severity::Information,
            Level::Hint => Severity::Hint,
        }
    }
}

impl Arguments {
    /// The settings that the arguments ask for.
    pub(crate) fn settings(&self) -> Result<Settings, String> {
        let settings = Settings::at_level(self.least_severity());
        Ok(match self.only()? {
            Some(rules) => settings.with_only(rules),
            None => settings,
        })
    }

    /// The fixes to apply; `None` if nothing is to be fixed.
    pub(crate) fn selection(&self) -> Option<Selection> {
        let selection = if self.unsafe_fixes { Selection::Unsafe } else { Selection::Safe };
        (self.fix || self.diff).then_some(selection)
    }

    fn least_severity(&self) -> Severity {
        match self.level {
            Some(level) => level.severity(),
            None if self.select.is_empty() => Severity::Warning,
            // A rule selected by name is reported at any level.
            None => Severity::Hint,
        }
    }

    /// The rules that are reported; `None` for all.
    pub(crate) fn only(&self) -> Result<Option<BTreeSet<&'static str>>, String> {
        if self.select.is_empty() && self.ignore.is_empty() {
            return Ok(None);
        }
        let all = || rules().iter().map(|rule| rule.code).collect();
        let ids = |names: &[String]| names.iter().map(|name| rule_id(name.trim())).collect::<Result<BTreeSet<_>, _>>();
        let selected = if self.select.is_empty() { all() } else { ids(&self.select)? };
        Ok(Some(selected.difference(&ids(&self.ignore)?).copied().collect()))
    }
}
