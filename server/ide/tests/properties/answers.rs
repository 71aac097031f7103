//! What must hold of every answer about every document. The suites of other projects and the fuzzing targets are held to it.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use connect_policy_catalog::Catalog;
use connect_policy_ide::{Analysis, Completions, DocumentSymbol, Fix, Module, Scope};
use connect_policy_syntax::{Document, Format};

mod trees;

pub use trees::tree_is_sound;

/// So many fixes of one document are tried.
const MAX_FIXES: usize = 6;

fn catalog() -> Arc<Catalog> {
    static CATALOG: OnceLock<Arc<Catalog>> = OnceLock::new();
    Arc::clone(CATALOG.get_or_init(|| Arc::new(Catalog::builtin())))
}

/// A text, understood.
pub fn analyse(text: &str, format: Format) -> Analysis {
    Analysis::new(Document::read(text, format), catalog())
}

/// Asks all there is to ask at a cursor, in bytes: what comes back lies inside the text on character boundaries, and fixes break nothing.
pub fn answers_are_sound(text: &str, format: Format, cursor: usize) {
    let analysis = analyse(text, format);
    let all = 0..text.len();
    for finding in analysis.diagnostics() {
        lies_inside(text, &finding.range);
        assert!(!finding.range.is_empty() || text.is_empty(), "{finding:?}");
        finding.fixes.iter().take(MAX_FIXES).for_each(|fix| fix_is_sound(&analysis, fix));
    }
    references_are_sound(&analysis, cursor);
    if format == Format::Hcl {
        folder_is_sound(text, cursor);
    }
    for (_, fix) in analysis.quick_fixes(cursor..cursor).into_iter().take(MAX_FIXES) {
        fix_is_sound(&analysis, &fix);
    }
    analysis.assists(cursor..cursor).iter().take(MAX_FIXES).for_each(|assist| fix_is_sound(&analysis, assist));
    completions_are_sound(&analysis, cursor);
    if let Some(hover) = analysis.hover(cursor) {
        lies_inside(text, &hover.range);
        assert!(hover.range.start <= cursor && cursor <= hover.range.end, "{hover:?}");
    }
    analysis.hints(all.clone()).iter().for_each(|hint| lies_inside(text, &(hint.offset..hint.offset)));
    analysis.lenses().iter().for_each(|lens| lies_inside(text, &lens.range));
    analysis.symbols().iter().for_each(|symbol| symbol_is_sound(text, symbol, &all));
}

/// Where findings and references lead lies in a document of the module.
fn references_are_sound(analysis: &Analysis, cursor: usize) {
    let module = analysis.module();
    let lies_there = |document: usize, range: &Range<usize>| {
        let (document, _) = module.document(document).expect("a document of the module");
        lies_inside(document.text(), range);
    };
    for related in analysis.diagnostics().iter().flat_map(|finding| &finding.related) {
        lies_there(related.document, &related.range);
    }
    for location in analysis.definitions(cursor).iter().chain(&analysis.references(cursor)) {
        lies_there(location.document, &location.range);
    }
    analysis.diagnostics_at_references().iter().for_each(|finding| lies_inside(analysis.document().text(), &finding.range));
}

/// The text as two files of one folder, parted at the cursor's line.
fn folder_is_sound(text: &str, cursor: usize) {
    let line = text[..cursor].rfind('\n').map_or(0, |end| end + 1);
    let (first, second) = text.split_at(line);
    let catalog = catalog();
    let documents = [first, second].map(|text| Document::read(text, Format::Hcl)).to_vec();
    let module = Arc::new(Module::read(documents, &catalog, Scope::Connect));
    for index in 0..2 {
        let analysis = Analysis::within(Arc::clone(&module), index, Arc::clone(&catalog)).expect("a document of the module");
        let length = analysis.document().text().len();
        references_are_sound(&analysis, if index == 1 { (cursor - line).min(length) } else { length });
    }
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
        let _ = analyse(&changed, analysis.document().format_at(connect_policy_syntax::NodeId::STREAM)).diagnostics();
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
        let after = Document::read(text.as_str(), document.format_at(connect_policy_syntax::NodeId::STREAM));
        assert!(after.tree().errors().is_empty(), "{fix:?} leaves\n{text}");
    }
}

fn symbol_is_sound(text: &str, symbol: &DocumentSymbol, around: &Range<usize>) {
    let within = |inside: &Range<usize>, around: &Range<usize>| around.start <= inside.start && inside.end <= around.end;
    lies_inside(text, &symbol.range);
    lies_inside(text, &symbol.selection);
    assert!(within(&symbol.range, around) && within(&symbol.selection, &symbol.range), "{symbol:?} in {around:?}");
    symbol.children.iter().for_each(|child| symbol_is_sound(text, child, &symbol.range));
}

fn lies_inside(text: &str, range: &Range<usize>) {
    assert!(text.get(range.clone()).is_some(), "{range:?} of {} bytes", text.len());
}
