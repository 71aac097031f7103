//! Markdown for editors, and the same as plain text for clients and terminals that show none.

/// Markdown as plain text: emphasis and code marks are taken off, a link keeps its address, lists and line breaks stay.
pub fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut in_fence = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            in_fence = !in_fence;
            continue;
        }
        if in_fence {
            out.push_str("    ");
            out.push_str(line);
        } else {
            inline(line.trim_start_matches('#').trim_start_matches(|letter| letter == ' ' && line.starts_with('#')), &mut out);
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

/// One line without its marks.
fn inline(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(at) = rest.find(['`', '*', '[']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(code) = rest.strip_prefix('`') {
            // What stands in code marks is taken as it is: `connect:*` keeps its star.
            match code.split_once('`') {
                Some((code, after)) => {
                    out.push_str(code);
                    rest = after;
                }
                None => {
                    out.push_str(rest);
                    return;
                }
            }
        } else if let Some(strong) = rest.strip_prefix("**") {
            match strong
                .split_once("** ")
                .map(|(inside, after)| (inside, after, " "))
                .or_else(|| strong.strip_suffix("**").map(|inside| (inside, "", "")))
            {
                Some((inside, after, space)) => {
                    inline(inside, out);
                    out.push_str(space);
                    rest = after;
                }
                None => {
                    out.push_str("**");
                    rest = strong;
                }
            }
        } else if let Some((text, address, after)) = link(rest) {
            out.push_str(text);
            out.push_str(": ");
            out.push_str(address);
            rest = after;
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
}

/// `[text](address)` at the front.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (address, after) = rest.split_once(')')?;
    (!name.contains('[')).then_some((name, address, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_and_names_keep_their_stars() {
        assert_eq!(plain("**connect:List\\*** · List"), "connect:List\\* · List");
        assert_eq!(plain("**`connect:*`** · 387 actions"), "connect:* · 387 actions");
        assert_eq!(plain("- `connect:*` and `a`\n\n[Reference](https://x.y/z)"), "- connect:* and a\n\nReference: https://x.y/z");
        assert_eq!(plain("```json\n{}\n```"), "    {}");
        assert_eq!(plain("## Why"), "Why");
    }
}
