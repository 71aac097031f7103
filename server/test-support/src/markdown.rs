//! Markdown pages as the tests read them.

/// The fenced blocks of a page: what stands behind the opening fence, and the text up to the closing one.
pub fn fenced_blocks(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_with_their_info_strings() {
        let page = "# Title\n\n```json a.json\n{}\n```\n\ntext\n\n```expect\nfinding: x\n```\n";
        assert_eq!(fenced_blocks(page).collect::<Vec<_>>(), [("json a.json", "{}\n"), ("expect", "finding: x\n")]);
    }
}
