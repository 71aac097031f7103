//! `connect-policy new`: policies and security profiles to start from.

use std::fmt::Write;
use std::process::ExitCode;

use clap::ValueEnum;
use connect_policy_catalog::Catalog;
use connect_policy_ide::skeletons::{Form, Skeleton, nearest, skeleton, skeletons};
use connect_policy_ide::writing::{Notation, WritingStyle};

use crate::terminal::{fail, print};

/// Print a policy or security profile to start from
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// What to print; without it, list all kinds
    #[arg(value_name = "KIND")]
    kind: Option<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

/// The formats of a policy or profile.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
    /// A policy, or the AWS CLI input of create-security-profile
    Json,
    /// CloudFormation template
    Yaml,
    /// Terraform with the provider aws, or awscc if aws does not support the profile
    Terraform,
    /// CloudFormation template in JSON
    CloudformationJson,
    /// Terraform with the provider awscc (security profiles only)
    TerraformAwscc,
}

const EXAMPLES: &str = "\
Examples:
  connect-policy new                                list all kinds
  connect-policy new read-only                      a policy in JSON
  connect-policy new agent-profile --format yaml    a security profile as a CloudFormation template

Replace the sample account, Region and instance.

Exit codes: 0 printed, 2 unknown kind or format not available.";

/// Prints one kind, or all their names.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let Some(kind) = &arguments.kind else { return print(&list(), ExitCode::SUCCESS) };
    let Some(skeleton) = skeleton(kind) else { return fail(&unknown(kind, &nearest(kind))) };
    match text(skeleton, arguments.format) {
        Some(text) => print(&text, ExitCode::SUCCESS),
        None => fail(&unavailable(skeleton, arguments.format)),
    }
}

fn list() -> String {
    let width = skeletons().iter().map(|skeleton| skeleton.id.len()).max().unwrap_or(0);
    skeletons().iter().fold(String::new(), |mut text, skeleton| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{:width$}  {}", skeleton.id, skeleton.description);
        text
    })
}

/// The text of a kind, with a line break at its end; `None` if the kind does not exist in the format.
fn text(skeleton: &Skeleton, format: Format) -> Option<String> {
    let (notation, forms): (Notation, &[Form]) = match format {
        Format::Json => (Notation::Json, &[Form::PolicyFile, Form::RequestFile]),
        Format::Yaml => (Notation::YamlBlock, &[Form::TemplateFile]),
        Format::CloudformationJson => (Notation::Json, &[Form::TemplateFile]),
        Format::Terraform => (Notation::Hcl, &[Form::Terraform, Form::TerraformCloudControl]),
        Format::TerraformAwscc => (Notation::Hcl, &[Form::TerraformCloudControl]),
    };
    let form = forms.iter().copied().find(|form| skeleton.has(*form))?;
    let snippet = skeleton.write(&Catalog::builtin(), form, &WritingStyle::new(notation))?;
    Some(format!("{}\n", snippet.text()))
}

fn unknown(kind: &str, nearest: &[&str]) -> String {
    let quoted: Vec<String> = nearest.iter().map(|near| format!("`{near}`")).collect();
    match quoted.split_last() {
        None => format!("unknown kind `{kind}`; run `connect-policy new` to list all kinds"),
        Some((last, [])) => format!("unknown kind `{kind}`; did you mean {last}?"),
        Some((last, others)) => format!("unknown kind `{kind}`; did you mean {} or {last}?", others.join(", ")),
    }
}

fn unavailable(skeleton: &Skeleton, format: Format) -> String {
    let name = |format: Format| format.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    let available = Format::value_variants().iter().copied().filter(|format| text(skeleton, *format).is_some()).map(name);
    format!(
        "`{}` is not available in the format `{}`; use {}",
        skeleton.id,
        name(format),
        available.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_exists_in_the_three_usual_formats() {
        for skeleton in skeletons() {
            for format in [Format::Json, Format::Yaml, Format::Terraform, Format::CloudformationJson] {
                assert!(text(skeleton, format).is_some_and(|text| text.ends_with('\n')), "{} {format:?}", skeleton.id);
            }
            assert_eq!(text(skeleton, Format::TerraformAwscc).is_some(), skeleton.policy_kind().is_none(), "{}", skeleton.id);
        }
    }

    #[test]
    fn messages_name_what_exists() {
        assert_eq!(unknown("x", &[]), "unknown kind `x`; run `connect-policy new` to list all kinds");
        assert_eq!(unknown("x", &["a"]), "unknown kind `x`; did you mean `a`?");
        assert_eq!(unknown("x", &["a", "b", "c"]), "unknown kind `x`; did you mean `a`, `b` or `c`?");
        let policy = skeleton("policy").expect("a kind");
        assert_eq!(
            unavailable(policy, Format::TerraformAwscc),
            "`policy` is not available in the format `terraform-awscc`; use `json`, `yaml`, `terraform`, `cloudformation-json`"
        );
    }
}
