//! What a skeleton is written as.

use crate::writing::style::Notation;

/// What a skeleton is written as.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    /// A JSON file that is a policy.
    PolicyFile,
    /// The value of a key that holds a policy.
    PolicyValue,
    /// Elements of the `Statement` list in IAM's own words.
    Statements,
    /// `statement` blocks of an `aws_iam_policy_document`.
    StatementBlocks,
    /// A CloudFormation template with one resource.
    TemplateFile,
    /// An entry of `Resources` in a CloudFormation template.
    Resource,
    /// Blocks at the top level of a Terraform file, for the provider aws.
    Terraform,
    /// A block at the top level of a Terraform file, for the provider awscc.
    TerraformCloudControl,
    /// The input of `aws connect create-security-profile --cli-input-json`.
    RequestFile,
}

impl Form {
    /// All forms.
    pub const ALL: [Form; 9] = [
        Form::PolicyFile,
        Form::PolicyValue,
        Form::Statements,
        Form::StatementBlocks,
        Form::TemplateFile,
        Form::Resource,
        Form::Terraform,
        Form::TerraformCloudControl,
        Form::RequestFile,
    ];

    /// Whether the form exists in a notation.
    pub fn is_written_in(self, notation: Notation) -> bool {
        match self {
            Form::PolicyFile | Form::RequestFile => notation == Notation::Json,
            Form::PolicyValue | Form::Statements => true,
            Form::TemplateFile => matches!(notation, Notation::Json | Notation::YamlBlock),
            Form::Resource => notation != Notation::Hcl,
            Form::StatementBlocks | Form::Terraform | Form::TerraformCloudControl => notation == Notation::Hcl,
        }
    }
}
