//! Which format a file is in: by its name, by the editor's language id, or by its content.

use std::ffi::OsStr;
use std::path::Path;

/// A format that has a reader.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Format {
    /// JSON, with comments and trailing commas tolerated.
    Json,
    /// YAML 1.2, with any number of documents in a file.
    Yaml,
    /// HCL, as Terraform and OpenTofu write it.
    Hcl,
}

impl Format {
    /// The format of a file by its name; `None` if the name does not decide it: `.template`, no extension and so on.
    pub fn from_path(path: &Path) -> Option<Format> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let extension = name.rsplit_once('.').map(|(_, extension)| extension)?;
        match extension {
            "json" | "jsonc" | "json5" => Some(Format::Json),
            "yaml" | "yml" => Some(Format::Yaml),
            "tf" | "tfvars" | "tofu" | "hcl" => Some(Format::Hcl),
            // Templates name the format of what they render to: `policy.json.tpl`.
            "tpl" | "tftpl" | "tmpl" | "j2" => Format::from_path(Path::new(name.trim_end_matches(extension).trim_end_matches('.'))),
            _ => None,
        }
    }

    /// Whether a file of this name may contain a policy although the name does not decide the format.
    pub fn is_undecided_template(path: &Path) -> bool {
        Format::from_path(path).is_none()
            && path
                .extension()
                .and_then(OsStr::to_str)
                .is_some_and(|extension| matches!(extension, "template" | "tpl" | "tftpl" | "tmpl" | "cform" | "j2" | "policy"))
    }

    /// Whether a file may contain a policy by its name: `main.tf`, `stack.template`.
    pub fn is_known_name(path: &Path) -> bool {
        Format::from_path(path).is_some() || Format::is_undecided_template(path)
    }

    /// The format of an editor's language id; `None` for other languages.
    pub fn from_language_id(id: &str) -> Option<Format> {
        match id {
            "json" | "jsonc" | "json5" | "json-cloudformation" => Some(Format::Json),
            "yaml" | "cloudformation" | "yaml-cloudformation" => Some(Format::Yaml),
            "terraform" | "terraform-vars" | "opentofu" | "opentofu-vars" | "hcl" | "tf" => Some(Format::Hcl),
            _ => None,
        }
    }

    /// Whether indentation is syntax.
    pub(crate) fn is_indented(self) -> bool {
        match self {
            Format::Yaml => true,
            Format::Json | Format::Hcl => false,
        }
    }

    /// Whether a file's name has no extension: its content decides, if anything does. Hidden files are not among them.
    pub fn is_without_extension(path: &Path) -> bool {
        path.extension().is_none() && path.file_name().is_some_and(|name| !name.as_encoded_bytes().starts_with(b"."))
    }

    /// The format that a text looks like. Never fails: other text is read as YAML, which accepts any text.
    pub fn from_content(text: &str) -> Format {
        match content(text).map(FirstLine::of) {
            Some(FirstLine::Bracket) => Format::Json,
            Some(FirstLine::HclBlock | FirstLine::Assignment) => Format::Hcl,
            Some(FirstLine::YamlKey | FirstLine::Other) | None => Format::Yaml,
        }
    }
}

/// A text from its first line that is not a comment on.
pub(crate) fn content(text: &str) -> Option<&str> {
    let is_comment = |line: &str| line.is_empty() || ["#", "//", "/*", "*"].iter().any(|mark| line.starts_with(mark));
    let mut rest = text.trim_start_matches('\u{feff}');
    for line in rest.split_inclusive(['\n', '\r']).take(200) {
        if !is_comment(line.trim()) {
            return Some(rest.trim_start());
        }
        rest = &rest[line.len()..];
    }
    None
}

/// What the first line of a content looks like.
pub(crate) enum FirstLine {
    Bracket,
    HclBlock,
    Assignment,
    YamlKey,
    Other,
}

impl FirstLine {
    pub(crate) fn of(content: &str) -> FirstLine {
        let line = content.split(['\n', '\r']).next().unwrap_or("").trim_end();
        if line.starts_with(['{', '[']) {
            return FirstLine::Bracket;
        }
        let word = line.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
        let opens_block = line.ends_with('{') || line.ends_with('}');
        let is_block =
            matches!(word, "resource" | "data" | "locals" | "module" | "variable" | "provider" | "terraform" | "output" | "statement");
        if opens_block && is_block {
            return FirstLine::HclBlock;
        }
        if !word.is_empty() && line[word.len()..].trim_start().starts_with('=') {
            return FirstLine::Assignment;
        }
        let is_item = line == "-" || line.starts_with("- ");
        let is_start = line.starts_with("---") || line.starts_with("%YAML");
        let key = line.split_once(':').filter(|(_, rest)| rest.is_empty() || rest.starts_with(' ')).map(|(key, _)| key);
        let is_key = key.is_some_and(|key| !key.is_empty() && !key.contains(char::is_whitespace));
        if is_item || is_start || is_key { FirstLine::YamlKey } else { FirstLine::Other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_format() {
        for (name, format) in [
            ("policy.json", Some(Format::Json)),
            ("main.tf.json", Some(Format::Json)),
            ("a/b/template.YML", Some(Format::Yaml)),
            ("main.tf", Some(Format::Hcl)),
            ("prod.auto.tfvars", Some(Format::Hcl)),
            ("policy.json.tpl", Some(Format::Json)),
            ("policy.yaml.tftpl", Some(Format::Yaml)),
            ("stack.template", None),
            ("README", None),
            ("main.rs", None),
        ] {
            assert_eq!(Format::from_path(Path::new(name)), format, "{name}");
        }
        assert!(Format::is_undecided_template(Path::new("stack.template")));
        assert!(!Format::is_undecided_template(Path::new("policy.json.tpl")));
        assert!(!Format::is_undecided_template(Path::new("main.rs")));
    }

    #[test]
    fn content_tells_where_the_name_does_not() {
        for (text, format) in [
            ("\u{feff}// note\n{ \"Statement\": [] }", Format::Json),
            ("AWSTemplateFormatVersion: '2010-09-09'\n", Format::Yaml),
            ("# c\nresource \"a\" \"b\" {\n}\n", Format::Hcl),
            ("permissions = [\"Users.View\"]\n", Format::Hcl),
            ("", Format::Yaml),
        ] {
            assert_eq!(Format::from_content(text), format, "{text:?}");
        }
    }

    #[test]
    fn a_name_without_extension_is_no_hidden_file() {
        assert!(Format::is_without_extension(Path::new("a.b/policy")));
        assert!(!Format::is_without_extension(Path::new("policy.txt")) && !Format::is_without_extension(Path::new(".envrc")));
    }
}
