//! Findings as JUnit XML, which CI servers show as test results: a suite for each file, a failed case for each finding.

use std::io;

use connect_policy_ide::{Finding, Severity};
use connect_policy_project::rule_page::rule_page;
use connect_policy_project::{CheckedFile, LineIndex};
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::ElementWriter;
use quick_xml::writer::Writer;

use crate::output::check_report::{CheckReport, Skipped};
use crate::output::paths::path_from_here;
use crate::output::summary;

/// The report as one XML document.
pub(crate) fn render(report: &CheckReport) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory does not fail.
    let _ = write(&mut writer, report);
    let mut text = String::from_utf8(writer.into_inner()).unwrap_or_default();
    text.push('\n');
    text
}

type Xml = Writer<Vec<u8>>;

type Element<'w> = ElementWriter<'w, Vec<u8>>;

fn write(writer: &mut Xml, report: &CheckReport) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    // A report without any case counts as broken.
    let is_empty = report.checked.is_empty() && report.skipped.is_empty();
    let tests = report.count() + report.skipped.len() + usize::from(is_empty);
    let suites = summed(writer, "testsuites", "connect-policy", tests, report.count(), report.skipped.len());
    suites.write_inner_content(|writer| {
        for checked in &report.checked {
            write_file(writer, checked)?;
        }
        for skipped in &report.skipped {
            write_skipped(writer, skipped)?;
        }
        if is_empty { write_success(writer, &summary::line(report)) } else { Ok(()) }
    })?;
    Ok(())
}

fn write_file(writer: &mut Xml, checked: &CheckedFile) -> io::Result<()> {
    let path = allowed(&path_from_here(&checked.path));
    let lines = LineIndex::new(&checked.text);
    let count = checked.findings.len();
    summed(writer, "testsuite", &path, count, count, 0).write_inner_content(|writer| {
        checked.findings.iter().try_for_each(|finding| write_finding(writer, checked, &path, &lines, finding))
    })?;
    Ok(())
}

fn write_finding(writer: &mut Xml, checked: &CheckedFile, path: &str, lines: &LineIndex, finding: &Finding) -> io::Result<()> {
    let (line, column) = lines.line_and_column(&checked.text, finding.range.start);
    let name = format!("{} at {line}:{column}", finding.rule);
    let message = allowed(&finding.message);
    let case = writer.create_element("testcase").with_attributes([("name", name.as_str()), ("classname", path), ("file", path)]);
    case.with_attribute(("line", line.to_string().as_str())).write_inner_content(|writer| {
        let kind = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "information",
            Severity::Hint => "hint",
        };
        let failure = writer.create_element("failure").with_attributes([("message", message.as_str()), ("type", kind)]);
        let text = format!("{path}:{line}:{column}: {message}\n{}", rule_page(finding.rule));
        failure.write_text_content(BytesText::new(&text)).map(drop)
    })?;
    Ok(())
}

fn write_skipped(writer: &mut Xml, skipped: &Skipped) -> io::Result<()> {
    let path = allowed(&path_from_here(&skipped.path));
    summed(writer, "testsuite", &path, 1, 0, 1).write_inner_content(|writer| {
        let case = writer.create_element("testcase").with_attributes([("name", "read"), ("classname", path.as_str())]);
        case.write_inner_content(|writer| {
            let message = format!("skipped: {}", allowed(&skipped.why));
            writer.create_element("error").with_attributes([("message", message.as_str()), ("type", "skipped")]).write_empty().map(drop)
        })
        .map(drop)
    })?;
    Ok(())
}

fn write_success(writer: &mut Xml, summary: &str) -> io::Result<()> {
    summed(writer, "testsuite", "connect-policy", 1, 0, 0).write_inner_content(|writer| {
        let case = writer.create_element("testcase").with_attributes([("name", summary), ("classname", "connect-policy")]);
        case.write_empty().map(drop)
    })?;
    Ok(())
}

/// An element that sums up test cases.
fn summed<'w>(writer: &'w mut Xml, element: &'static str, name: &str, tests: usize, failures: usize, errors: usize) -> Element<'w> {
    let [tests, failures, errors] = [tests, failures, errors].map(|count| count.to_string());
    let element = writer.create_element(element).with_attribute(("name", name)).with_attribute(("tests", tests.as_str()));
    element.with_attribute(("failures", failures.as_str())).with_attribute(("errors", errors.as_str()))
}

/// A text without the characters that XML does not allow, not even escaped, and on one line.
fn allowed(text: &str) -> String {
    let is_allowed = |letter: char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|letter| if is_allowed(letter) { letter } else { '\u{fffd}' }).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_finding_is_a_failed_case() {
        let message = "unknown action `<&\">]]>\u{0}'`".to_owned();
        let findings = vec![Finding::new("unknown-action", Severity::Warning, 2..3, message)];
        let checked = CheckedFile { path: "a&b/\"c\".json".to_owned(), text: Arc::from("\n x"), findings, ..CheckedFile::default() };
        let skipped = vec![Skipped { path: "d.json".to_owned(), why: "binary".to_owned() }];
        let text = render(&CheckReport { checked: vec![checked], skipped, files: 1, ..CheckReport::default() });
        let expected = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<testsuites name=\"connect-policy\" tests=\"2\" failures=\"1\" errors=\"1\">
  <testsuite name=\"a&amp;b/&quot;c&quot;.json\" tests=\"1\" failures=\"1\" errors=\"0\">
    <testcase name=\"unknown-action at 2:2\" classname=\"a&amp;b/&quot;c&quot;.json\" file=\"a&amp;b/&quot;c&quot;.json\" line=\"2\">
      <failure message=\"unknown action `&lt;&amp;&quot;&gt;]]&gt;&lt;U+0000&gt;&apos;`\" type=\"warning\">a&amp;b/&quot;c&quot;.json:2:2: unknown action `&lt;&amp;&quot;&gt;]]&gt;&lt;U+0000&gt;&apos;`
https://github.com/connect-policy/connect-policy/blob/main/server/docs/rules.md#unknown-action</failure>
    </testcase>
  </testsuite>
  <testsuite name=\"d.json\" tests=\"1\" failures=\"0\" errors=\"1\">
    <testcase name=\"read\" classname=\"d.json\">
      <error message=\"skipped: binary\" type=\"skipped\"/>
    </testcase>
  </testsuite>
</testsuites>
";
        assert_eq!(text, expected);
    }

    #[test]
    fn without_findings_there_is_one_case_that_passes() {
        let text = render(&CheckReport { files: 1, ..CheckReport::default() });
        assert!(text.contains("tests=\"1\" failures=\"0\" errors=\"0\""), "{text}");
        assert!(text.contains("<testcase name=\"No Amazon Connect policies found in 1 file\" classname=\"connect-policy\"/>"), "{text}");
    }
}
