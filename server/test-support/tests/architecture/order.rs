//! The order of folders: a lower one never imports a higher one. And imports from the defining module.

use crate::imports::Crate;

/// The order of the files and folders below one folder of a crate, lowest layer first.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// The package.
    pub package: &'static str,
    /// The folder below `src`; empty for `src` itself.
    pub folder: &'static str,
    /// Names of files (without extension) and folders of each layer. A name stands for the file and the folder. `*` stands
    /// for every name that is not in the table. Names that no layer has are free.
    pub layers: &'static [&'static [&'static str]],
}

impl Order {
    fn layer(&self, module: &[String]) -> Option<usize> {
        let folder: Vec<&str> = self.folder.split('/').filter(|name| !name.is_empty()).collect();
        if !module.iter().map(String::as_str).take(folder.len()).eq(folder.iter().copied()) {
            return None;
        }
        let name = module.get(folder.len())?.as_str();
        let layer_of = |name: &str| self.layers.iter().position(|layer| layer.contains(&name));
        layer_of(name).or_else(|| layer_of("*"))
    }
}

/// Imports of a higher layer by a lower one.
pub fn violations(krate: &Crate, orders: &[Order]) -> Vec<String> {
    let mut found = Vec::new();
    for order in orders.iter().filter(|order| order.package == krate.name) {
        for import in krate.imports() {
            let (from, to) = (&krate.files[import.from], &krate.files[import.to]);
            if let (Some(lower), Some(higher)) = (order.layer(&from.module), order.layer(&to.module))
                && lower < higher
            {
                found.push(format!("{}: {}:{} imports {}, which is above it", krate.name, from.path, import.line, to.path));
            }
        }
    }
    found
}

/// Imports by a name that `lib.rs` re-exports.
pub fn through_library(krate: &Crate) -> Vec<String> {
    let reexports = krate.reexports();
    let imports = krate.imports();
    let imports = imports.iter().filter(|one| krate.files[one.to].path == "lib.rs");
    let through = imports.filter_map(|one| Some((one, one.names.first().filter(|name| reexports.contains(name))?)));
    through
        .map(|(one, name)| format!("{}: {}:{} imports {name} through lib.rs", krate.name, krate.files[one.from].path, one.line))
        .collect()
}

#[test]
fn an_import_against_the_order_is_found() {
    let orders = [Order { package: "x", folder: "", layers: &[&["values"], &["*"], &["module"]] }];
    let krate = |values: &str| {
        Crate::new("x", &[("values/arn.rs", values), ("policy.rs", "use crate::values::arn::A;"), ("module.rs", "use crate::policy::P;")])
    };
    assert_eq!(violations(&krate("use crate::module::M;"), &orders), ["x: values/arn.rs:1 imports module.rs, which is above it"]);
    assert_eq!(violations(&krate("\nuse crate::policy::P;"), &orders), ["x: values/arn.rs:2 imports policy.rs, which is above it"]);
    assert_eq!(violations(&krate(""), &orders), [""; 0]);
    assert_eq!(violations(&Crate { name: "y".to_owned(), ..krate("use crate::module::M;") }, &orders), [""; 0]);
    let inner = [Order { package: "x", folder: "a", layers: &[&["b"], &["c"]] }];
    let krate = Crate::new("x", &[("a/b.rs", "use super::c::C;"), ("a/c.rs", ""), ("b.rs", "use crate::c::C;"), ("c.rs", "")]);
    assert_eq!(violations(&krate, &inner), ["x: a/b.rs:1 imports a/c.rs, which is above it"]);
}

#[test]
fn an_import_through_the_library_is_found() {
    let krate =
        |b: &str| Crate::new("x", &[("lib.rs", "mod a;\npub use a::{A, f as g};\npub const C: u8 = 1;"), ("a.rs", ""), ("b.rs", b)]);
    assert_eq!(through_library(&krate("use crate::{A, a::A as B};")), ["x: b.rs:1 imports A through lib.rs"]);
    assert_eq!(through_library(&krate("fn f() { super::A::new() }")), ["x: b.rs:1 imports A through lib.rs"]);
    assert_eq!(through_library(&krate("use crate::a::A; use crate::C;")), [""; 0]);
}
