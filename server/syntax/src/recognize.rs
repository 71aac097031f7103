//! Whether a text is in a format at all, for files whose name does not show it.

use crate::document::Document;
use crate::format::{FirstLine, Format, content};
use crate::tree::{NodeId, NodeKind};

/// The format that a text certainly is in; `None` for prose and program code, which [`Format::from_content`] would give some
/// format too.
pub fn recognized_format(text: &str) -> Option<Format> {
    let content = content(text);
    let is_whole = |format: Format| {
        let document = Document::read(text, format);
        let is_collection = |root: NodeId| matches!(document.kind(root), NodeKind::Map | NodeKind::Block | NodeKind::Seq);
        document.tree().errors().is_empty() && document.roots().all(is_collection)
    };
    match content.map(FirstLine::of) {
        None => Some(Format::Yaml),
        Some(FirstLine::Bracket) => content.is_some_and(begins_as_json).then_some(Format::Json),
        Some(FirstLine::HclBlock) => Some(Format::Hcl),
        Some(FirstLine::Assignment) => is_whole(Format::Hcl).then_some(Format::Hcl),
        Some(FirstLine::YamlKey) => is_whole(Format::Yaml).then_some(Format::Yaml),
        Some(FirstLine::Other) => None,
    }
}

/// Whether a text that begins with a bracket goes on as JSON does. `[link](…)` and `{{ template }}` do not.
fn begins_as_json(content: &str) -> bool {
    let mut rest = content.chars();
    let is_map = rest.next() == Some('{');
    match rest.find(|letter| !letter.is_whitespace()) {
        None | Some('"' | '\u{201c}' | '\u{201d}' | '\'' | '/') => true,
        Some(letter) if is_map => letter == '}',
        Some(letter) => matches!(letter, ']' | '{' | '['),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_and_program_code_have_no_format() {
        for text in [
            "# Title\n\nSome text.\n",
            "[link](https://example.com)\n",
            "[section]\na = 1\n",
            "{{ template }}\n",
            "import json\n\npolicy = {\"Statement\": []}\n",
            "import * as iam from 'aws-cdk-lib/aws-iam';\nconst a = { Effect: 'Allow' };\n",
            "#!/bin/sh\nset -e\n",
            "package main\n",
            "x = foo(1)\nprint(x)\n",
            "try:\n    pass\nexcept: [\n",
            "FROM scratch\n",
        ] {
            assert_eq!(recognized_format(text), None, "{text:?}");
        }
        for (text, format) in [
            ("{\n  \"Statement\": [", Format::Json),
            ("{“Version”:“2012-10-17”}", Format::Json),
            ("[\n  {", Format::Json),
            ("---\nStatement:\n  - Effect: Allow\n", Format::Yaml),
            ("resource \"a\" \"b\" {\n  policy = <<", Format::Hcl),
        ] {
            assert_eq!(recognized_format(text), Some(format), "{text:?}");
        }
    }
}
