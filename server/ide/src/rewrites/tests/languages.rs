//! One list of entries, written as a document in every language and layout.

/// How lists are laid out.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Layout {
    /// An entry a line.
    Lines,
    /// All on one line.
    Line,
    /// A string in place of a list of one.
    Single,
}

/// A language to write policies or profiles in: a file's name, what stands around the list, `LIST` in its place, and how
/// lists are written.
pub(super) struct Language {
    pub(super) file: &'static str,
    around: &'static str,
    comment: &'static str,
    is_block: bool,
    comma_at_end: bool,
}

pub(super) const POLICIES: &[Language] = &[
    Language {
        file: "p.json",
        around: "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": LIST,\n      \"Resource\": \"*\"\n    }\n  ]\n}\n",
        comment: "//",
        is_block: false,
        comma_at_end: false,
    },
    Language {
        file: "t.yaml",
        around: "Resources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument:\n        Statement:\n          - Effect: Allow\n            Action: LIST\n            Resource: '*'\n",
        comment: "#",
        is_block: true,
        comma_at_end: false,
    },
    Language {
        file: "m.tf",
        around: "data \"aws_iam_policy_document\" \"d\" {\n  statement {\n    actions = LIST\n    resources = [\"*\"]\n  }\n}\n",
        comment: "#",
        is_block: false,
        comma_at_end: true,
    },
    Language {
        file: "m.tf",
        around: "resource \"aws_iam_policy\" \"p\" {\n  policy = jsonencode({\n    Statement = [{\n      Effect = \"Allow\"\n      Action = LIST\n      Resource = \"*\"\n    }]\n  })\n}\n",
        comment: "#",
        is_block: false,
        comma_at_end: true,
    },
    Language {
        file: "m.tf",
        around: "resource \"aws_iam_policy\" \"p\" {\n  policy = <<-EOF\n    {\n      \"Statement\": [{\"Effect\": \"Allow\", \"Resource\": \"*\",\n        \"Action\": LIST\n      }]\n    }\n  EOF\n}\n",
        comment: "",
        is_block: false,
        comma_at_end: false,
    },
];

pub(super) const PROFILES: &[Language] = &[
    Language {
        file: "p.json",
        around: "{\n  \"SecurityProfileName\": \"A\",\n  \"Permissions\": LIST\n}\n",
        comment: "//",
        is_block: false,
        comma_at_end: false,
    },
    Language {
        file: "t.yaml",
        around: "R:\n  Type: AWS::Connect::SecurityProfile\n  Properties:\n    Permissions: LIST\n",
        comment: "#",
        is_block: true,
        comma_at_end: false,
    },
    Language {
        file: "m.tf",
        around: "resource \"aws_connect_security_profile\" \"a\" {\n  permissions = LIST\n}\n",
        comment: "#",
        is_block: false,
        comma_at_end: true,
    },
];

impl Language {
    /// The document with these entries; `entry # comment` has a comment. `None` where the language cannot say it.
    pub(super) fn write(&self, entries: &[&str], layout: Layout) -> Option<String> {
        let has_comment = entries.iter().any(|entry| entry.contains(" # "));
        if has_comment && (self.comment.is_empty() || layout != Layout::Lines) || (layout == Layout::Single && entries.len() != 1) {
            return None;
        }
        let quoted = |entry: &str| if self.is_block { entry.to_owned() } else { format!("\"{entry}\"") };
        let line = self.around.lines().find(|line| line.contains("LIST")).expect("a place for the list");
        let indent = " ".repeat(line.len() - line.trim_start().len());
        let list = match layout {
            Layout::Single => quoted(entries[0]),
            Layout::Line => format!("[{}]", entries.iter().map(|entry| quoted(entry)).collect::<Vec<_>>().join(", ")),
            Layout::Lines => {
                let mut rows = String::new();
                for (index, entry) in entries.iter().enumerate() {
                    let (name, comment) = entry.split_once(" # ").map_or((*entry, String::new()), |(name, comment)| {
                        if name.is_empty() {
                            (name, format!("{} {comment}", self.comment))
                        } else {
                            (name, format!(" {} {comment}", self.comment))
                        }
                    });
                    let is_last = entries[index + 1..].iter().all(|entry| entry.starts_with(" # "));
                    let row = match (name, self.is_block) {
                        ("", _) => comment,
                        (_, true) => format!("- {}{comment}", quoted(name)),
                        (_, false) => format!("{}{}{comment}", quoted(name), if !is_last || self.comma_at_end { "," } else { "" }),
                    };
                    rows.push_str(&format!("\n{indent}  {row}"));
                }
                if self.is_block { rows } else { format!("[{rows}\n{indent}]") }
            }
        };
        let text = self.around.replace("LIST", &list);
        Some(text.replace(": \n", ":\n"))
    }
}
