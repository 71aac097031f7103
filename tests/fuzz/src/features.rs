//! Everything that an editor or a terminal asks about a document.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Completions, Fix, Symbol};
use connect_policy_syntax::{Document, Format};
use libfuzzer_sys::arbitrary::{self, Arbitrary};

/// So many fixes of one document are tried.
const MOST_FIXES: usize = 6;

/// A text that one reads, and a cursor in it. A case is written with these at its end, so that a file is nearly a case.
#[derive(Debug)]
pub struct Case<'t> {
    text: &'t str,
    format: Format,
    cursor: usize,
}

impl<'t> Case<'t> {
    /// Takes a case apart: the text, two bytes for the cursor, one for the format. `None` where the text is not UTF-8.
    pub fn read(bytes: &'t [u8]) -> Option<Case<'t>> {
        let (text, tail) = bytes.split_at_checked(bytes.len().checked_sub(3)?)?;
        let text = str::from_utf8(text).ok()?;
        let format = [Format::Json, Format::Yaml, Format::Hcl][usize::from(tail[2]) % 3];
        let mut cursor = usize::from(u16::from_le_bytes([tail[0], tail[1]])) % (text.len() + 1);
        while !text.is_char_boundary(cursor) {
            cursor -= 1;
        }
        Some(Case { text, format, cursor })
    }

    /// Puts a case together.
    pub fn write(text: &str, format: Format, cursor: u16) -> Vec<u8> {
        let [low, high] = cursor.to_le_bytes();
        [text.as_bytes(), &[low, high, format as u8]].concat()
    }
}

fn analyse(text: &str, format: Format) -> Analysis {
    static CATALOG: OnceLock<Arc<Catalog>> = OnceLock::new();
    let catalog = CATALOG.get_or_init(|| Arc::new(Catalog::builtin()));
    Analysis::new(Document::read(text, format), Arc::clone(catalog))
}

/// Asks all there is to ask: what comes back lies inside the text on character boundaries, and fixes break nothing.
pub fn answers_are_sound(case: &Case<'_>) {
    let Case { text, format, cursor } = *case;
    let analysis = analyse(text, format);
    let all = 0..text.len();
    for finding in analysis.diagnostics() {
        lies_inside(text, &finding.range);
        assert!(!finding.range.is_empty() || text.is_empty(), "{finding:?}");
        finding.fixes.iter().take(MOST_FIXES).for_each(|fix| fix_is_sound(&analysis, fix));
    }
    for (_, fix) in analysis.quick_fixes(cursor..cursor).into_iter().take(MOST_FIXES) {
        fix_is_sound(&analysis, &fix);
    }
    analysis.assists(cursor..cursor).iter().take(MOST_FIXES).for_each(|assist| fix_is_sound(&analysis, assist));
    completions_are_sound(&analysis, cursor);
    if let Some(hover) = analysis.hover(cursor) {
        lies_inside(text, &hover.range);
        assert!(hover.range.start <= cursor && cursor <= hover.range.end, "{hover:?}");
    }
    analysis.hints(all.clone()).iter().for_each(|hint| lies_inside(text, &(hint.offset..hint.offset)));
    analysis.lenses().iter().for_each(|lens| lies_inside(text, &lens.range));
    analysis.symbols().iter().for_each(|symbol| symbol_is_sound(text, symbol, &all));
    analysis.links().iter().for_each(|link| lies_inside(text, &link.range));
}

fn completions_are_sound(analysis: &Analysis, cursor: usize) {
    let text = analysis.document().text();
    let completions = analysis.completions(cursor);
    for item in &completions.items {
        lies_inside(text, &item.edit.range);
        assert!(item.edit.range.start <= cursor && cursor <= item.edit.range.end, "{item:?}");
        assert!(!text[item.edit.range.clone()].contains(['\n', '\r']), "an edit over lines: {item:?}");
    }
    if let Some(item) = completions.items.first() {
        let _ = Completions::documentation(analysis.catalog(), item.kind, &item.label);
        let mut changed = text.to_owned();
        changed.replace_range(item.edit.range.clone(), &item.edit.new_text);
        let _ = analyse(&changed, analysis.document().format()).diagnostics();
    }
}

fn fix_is_sound(analysis: &Analysis, fix: &Fix) {
    let document = analysis.document();
    let mut text = document.text().to_owned();
    assert!(!fix.edits.is_empty(), "{fix:?}");
    assert!(fix.edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{fix:?}");
    for edit in fix.edits.iter().rev() {
        lies_inside(document.text(), &edit.range);
        text.replace_range(edit.range.clone(), &edit.new_text);
    }
    // Of a text that is broken already, one error more or less tells nothing: a quote that is closed may bring others to light.
    if document.tree().errors().is_empty() {
        let after = Document::read(text.as_str(), document.format());
        assert!(after.tree().errors().is_empty(), "{fix:?} leaves\n{text}");
    }
}

fn symbol_is_sound(text: &str, symbol: &Symbol, around: &Range<usize>) {
    let within = |inside: &Range<usize>, around: &Range<usize>| around.start <= inside.start && inside.end <= around.end;
    lies_inside(text, &symbol.range);
    lies_inside(text, &symbol.selection);
    assert!(within(&symbol.range, around) && within(&symbol.selection, &symbol.range), "{symbol:?} in {around:?}");
    symbol.children.iter().for_each(|child| symbol_is_sound(text, child, &symbol.range));
}

fn lies_inside(text: &str, range: &Range<usize>) {
    assert!(text.get(range.clone()).is_some(), "{range:?} of {} bytes", text.len());
}

/// A text that repeats a part of itself many times.
#[derive(Arbitrary, Debug)]
pub struct Repetition<'t> {
    before: &'t str,
    part: &'t str,
    after: &'t str,
    format: u8,
}

/// Reads and answers about a long text of one part repeated. There is no assertion: what is not linear takes far longer
/// than the fuzzer's time limit, see README.md.
pub fn growth_is_linear(repetition: &Repetition<'_>) {
    const LENGTH: usize = 128 << 10;
    let Repetition { before, part, after, format } = repetition;
    if part.is_empty() || before.len() + after.len() > LENGTH {
        return;
    }
    let text = [before, part.repeat(LENGTH / part.len()).as_str(), after].concat();
    let format = [Format::Json, Format::Yaml, Format::Hcl][usize::from(*format) % 3];
    let analysis = analyse(&text, format);
    let _ = (analysis.diagnostics(), analysis.lenses(), analysis.symbols(), analysis.links(), analysis.hints(0..text.len()));
    for cursor in [before.len(), text.len() / 2, text.len() - after.len()] {
        let _ = (analysis.completions(cursor), analysis.hover(cursor), analysis.assists(cursor..cursor));
    }
}
