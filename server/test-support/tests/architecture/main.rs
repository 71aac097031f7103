//! The rules of the house: no circles of files, folders in order, sizes, and who may know what. Each test prints all that is
//! against its rule. The tables here say what the rules are; the files besides say how they are checked.

mod circles;
mod imports;
mod order;
mod sizes;
mod source;
mod texts;
mod workspace;

use imports::Crate;
use order::Order;

/// The order of folders, lowest first.
const ORDERS: &[Order] = &[
    Order {
        package: "connect-policy-catalog",
        folder: "",
        layers: &[&["named_enum", "basis", "pattern"], &["*"], &["data"], &["catalog"], &["document"]],
    },
    Order {
        package: "connect-policy-syntax",
        folder: "",
        layers: &[&["format", "tree"], &["readers"], &["decode"], &["embed"], &["document"], &["query"], &["edit"]],
    },
    Order {
        package: "connect-policy-model",
        folder: "",
        layers: &[&["values", "names"], &["carriers"], &["policy"], &["references"], &["module"]],
    },
    Order { package: "connect-policy-ide", folder: "", layers: &[&["context", "finding"], &["*"], &["analysis"]] },
    Order {
        package: "connect-policy-ide",
        folder: "diagnostics",
        layers: &[
            &["rule", "rule_context", "acc", "support"],
            &["names", "shape", "meaning", "risk", "own"],
            &["registry"],
            &["suppressions"],
            &["runner"],
        ],
    },
    Order {
        package: "connect-policy-project",
        folder: "",
        layers: &[&["files", "line_index", "level"], &["config"], &["settings"], &["document_settings"], &["workspace"], &["check"]],
    },
    Order {
        package: "connect-policy-lsp",
        folder: "",
        layers: &[&["wire", "positions"], &["session"], &["request_context", "publisher"], &["handlers"], &["server"], &["serve"]],
    },
    Order {
        package: "connect-policy",
        folder: "",
        layers: &[&["terminal", "args", "os_files", "walk", "baseline", "progress", "atomic_write", "output"], &["commands"]],
    },
];

/// Keys and types of templates, which only a carrier may know.
const TEMPLATE_KEYS: &[&str] = &[
    "AWS::",
    "aws_iam_",
    "aws_connect_",
    "aws_lambda_",
    "awscc_",
    "\"Properties\"",
    "PolicyDocument",
    "ManagedPolicyArns",
    "managed_policy_arns",
    "assume_role_policy",
    "inline_policy",
    "iamRoleStatements",
    "SecurityProfileName",
];
const CARRIERS: (&str, &str) = ("connect-policy-model", "carriers/");
/// Skeletons write whole templates and read none, so their keys are literals there.
const SKELETONS: (&str, &str) = ("connect-policy-ide", "skeletons/");
const NAMES: (&str, &str) = ("connect-policy-model", "names/");
/// Modules of the standard library that reach out of the process.
const SYSTEM: &[&str] = &["env", "fs", "net", "process", "thread", "time"];
/// The crates that work on text alone.
const PURE: &[&str] = &["connect-policy-catalog", "connect-policy-syntax", "connect-policy-model", "connect-policy-ide"];
/// The one file, or folder, of the project crate that reads files.
const DISK: (&str, &str) = ("connect-policy-project", "files");

/// The folder that a package may have what is asked for in.
fn allowed(krate: &Crate, (package, folder): (&str, &'static str)) -> Option<&'static str> {
    (krate.name == package).then_some(folder)
}

#[track_caller]
fn none(what: &str, found: impl IntoIterator<Item = String>) {
    let found: Vec<String> = found.into_iter().collect();
    assert!(found.is_empty(), "{what}: {}\n{}", found.len(), found.join("\n"));
}

#[test]
fn no_circle_of_files() {
    none("circles of files", workspace::crates().iter().flat_map(circles::violations));
}

#[test]
fn no_import_against_the_order_of_folders() {
    none("imports against the order of folders", workspace::crates().iter().flat_map(|krate| order::violations(krate, ORDERS)));
}

#[test]
fn no_import_through_the_library() {
    none("imports through lib.rs", workspace::crates().iter().flat_map(order::through_library));
}

#[test]
fn no_long_file_and_no_full_folder() {
    let sources = workspace::sources(&workspace::root());
    none("sizes", sizes::violations(sources.iter().map(|(path, text)| (path.as_str(), text.lines().count()))));
}

#[test]
fn no_key_of_a_template_outside_the_carriers() {
    let crates = workspace::crates();
    none(
        "keys of templates",
        crates.iter().flat_map(|krate| texts::outside(krate, TEMPLATE_KEYS, allowed(krate, CARRIERS).or(allowed(krate, SKELETONS)))),
    );
}

#[test]
fn no_distance_between_names_outside_their_folder() {
    let crates = workspace::crates();
    none("uses of strsim", crates.iter().flat_map(|krate| texts::outside(krate, &["strsim"], allowed(krate, NAMES))));
}

#[test]
fn no_file_thread_or_clock_below_the_project() {
    let crates = workspace::crates();
    let pure = crates.iter().filter(|krate| PURE.contains(&krate.name.as_str())).flat_map(|krate| texts::system(krate, SYSTEM, None));
    let project = crates.iter().filter(|krate| krate.name == DISK.0).flat_map(|krate| texts::system(krate, &["fs"], Some(DISK.1)));
    none("uses of the system", pure.chain(project));
}
