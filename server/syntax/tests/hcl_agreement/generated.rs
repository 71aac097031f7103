//! Sound documents of all that the language has, put together at random.

use proptest::prelude::*;

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z][a-z_]{0,6}",
        1 => "[a-z]-[a-z0-9]{1,3}",
        1 => Just("größe".to_owned()),
    ]
    .prop_filter("a word of the language", |name| {
        !matches!(name.as_str(), "for" | "if" | "in" | "null" | "true" | "false" | "endif" | "else" | "endfor")
    })
}

fn string() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-zA-Z0-9:*/., =#_()\\[\\]-]{0,8}",
        1 => Just("connect:ListUsers".to_owned()),
        1 => Just("日本 😀".to_owned()),
        1 => prop_oneof![Just("\\n"), Just("\\t"), Just("\\\""), Just("\\\\"), Just("\\u00e4"), Just("$${x}"), Just("%%{y}"), Just("{"), Just("}"), Just("$ ")].prop_map(str::to_owned),
        1 => prop_oneof![
            Just("${var.a}"),
            Just("${ join(\",\", [\"a\", \"}\"]) }"),
            Just("${x[\"k\"]}"),
            Just("${\"${var.b}-c\"}"),
            Just("${c ? \"a\" : \"b\"}"),
            Just("${jsonencode({ a = 1 })}"),
        ].prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

/// White space where line breaks mean nothing.
fn gap() -> impl Strategy<Value = &'static str> {
    prop_oneof![6 => Just(""), 4 => Just(" "), 2 => Just("\n    "), 1 => Just(" # note\n "), 1 => Just(" /* a = [ */ "), 1 => Just("\n // \"x\n\n")]
}

fn leaf() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => string(),
        2 => (name(), name()).prop_map(|(a, b)| format!("{a}.{b}")),
        1 => prop_oneof![
            Just("12"), Just("-1.5"), Just("1e5"), Just("true"), Just("null"), Just("local.a[0].b"), Just("var.x[\"k\"]"), Just("a.*.id"), Just("a[*].id"),
            Just("!var.on"), Just("-var.n"), Just("a + b * 2"), Just("a - b"), Just("\"x\" == var.y"), Just("a && !b || c >= 3"), Just("f(1) % 2"), Just("[1, 2][0]"), Just("f(x).y"),
        ].prop_map(str::to_owned),
    ]
}

fn value() -> impl Strategy<Value = String> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            3 => list(inner.clone()),
            3 => object(inner.clone()),
            2 => (prop_oneof![Just("concat"), Just("jsonencode"), Just("provider::aws::f"), Just("toset")], prop::collection::vec((gap(), inner.clone()), 0..3))
                .prop_map(|(name, arguments)| {
                    let arguments: Vec<String> = arguments.into_iter().map(|(gap, value)| format!("{gap}{value}")).collect();
                    format!("{name}({})", arguments.join(","))
                }),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("var.on ? {a} : {b}")),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("a == 1 ? {a} : b ? {b} : {c}")),
            1 => (gap(), inner.clone(), gap()).prop_map(|(before, value, after)| format!("({before}{value}{after})")),
            1 => (inner.clone(), prop::bool::ANY).prop_map(|(value, has_if)| format!("[for x in var.xs : {value}{}]", if has_if { " if x != \"\"" } else { "" })),
            1 => (inner.clone(), string()).prop_map(|(value, key)| format!("{{ for k, v in var.m : {key} => {value} }}")),
            1 => inner.prop_map(|value| format!("{{for k, v in {{ a = 1 }} : upper(k) => {value}... if v > 1}}")),
        ]
    })
}

fn list(inner: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (prop::collection::vec((gap(), inner, gap()), 0..4), any::<bool>()).prop_map(|(items, has_trailing_comma)| {
        let count = items.len();
        let mut out = "[".to_owned();
        for (index, (before, value, after)) in items.into_iter().enumerate() {
            out.push_str(&format!("{before}{value}{after}"));
            if index + 1 < count || has_trailing_comma {
                out.push(',');
            }
        }
        out + "]"
    })
}

fn object(inner: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let key = prop_oneof![4 => name(), 2 => "[A-Z][a-z]{1,6}".prop_map(|key| format!("\"{key}\"")), 1 => name().prop_map(|key| format!("(var.{key})"))];
    let sign = prop_oneof![3 => Just(" = "), 1 => Just("="), 2 => Just(" : "), 1 => Just(": ")];
    let end = prop_oneof![3 => Just("\n"), 1 => Just(","), 1 => Just(",\n"), 1 => Just(" # c = 1\n"), 1 => Just("\n\n")];
    prop::collection::vec((key, sign, inner, end), 0..4).prop_map(|pairs| {
        let mut out = "{".to_owned();
        let mut seen = std::collections::HashSet::new();
        for (key, sign, value, end) in pairs {
            if seen.insert(key.trim_matches('"').to_owned()) {
                out.push_str(&format!("  {key}{sign}{value}{end}"));
            }
        }
        out + "}"
    })
}

fn heredoc() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        3 => "[a-z{}\":, \\[\\]]{0,10}".prop_filter("no marker", |line| !line.trim().is_empty()),
        1 => Just("{ \"Action\": \"connect:*\", \"Resource\": \"${x.arn}/*\" }".to_owned()),
        1 => Just("a $${b} %%{c} \\n".to_owned()),
    ];
    (prop::collection::vec(line, 1..5), any::<bool>(), "[ ]{0,4}").prop_map(|(lines, is_indented, indent)| {
        let dash = if is_indented { "-" } else { "" };
        // All lines are indented alike: the strict parser goes wrong where a hole stands in a line that is not.
        let body: String = lines.iter().map(|line| format!("{indent}{}\n", line.trim_start())).collect();
        format!("<<{dash}EOF\n{body}{indent}EOF")
    })
}

fn body() -> impl Strategy<Value = String> {
    let attribute = (
        name(),
        prop_oneof![8 => value().boxed(), 1 => heredoc().boxed()],
        prop_oneof![4 => Just(""), 1 => Just(" # x = ["), 1 => Just(" // \"")],
    )
        .prop_map(|(name, value, comment)| {
            let comment = if value.contains("<<") { "" } else { comment };
            format!("{name} = {value}{comment}\n")
        });
    // A name stands only once in a body.
    let attributes = prop::collection::vec(attribute, 0..4)
        .prop_map(|items| items.into_iter().enumerate().map(|(index, item)| format!("q{index}-{item}")).collect::<String>());
    attributes.prop_recursive(3, 12, 3, |inner| {
        (
            inner.clone(),
            name(),
            prop::collection::vec(prop_oneof![name(), name().prop_map(|label| format!("\"{label}\""))], 0..3),
            inner,
            gap(),
        )
            .prop_map(|(before, name, labels, body, _)| format!("{before}{name} {} {{\n{body}}}\n", labels.join(" ")))
    })
}

/// A document that is sound, and unlike any that a person writes.
pub(crate) fn document() -> impl Strategy<Value = String> {
    let top = prop_oneof![
        3 => ("[a-z_]{2,8}", "[a-z]{1,5}", body()).prop_map(|(kind, name, body)| format!("resource \"{kind}\" \"{name}\" {{\n{body}}}\n")),
        2 => body().prop_map(|body| format!("data \"aws_iam_policy_document\" \"d\" {{\n  statement {{\n{body}  }}\n}}\n")),
        2 => body().prop_map(|body| format!("locals {{\n{body}}}\n\n")),
        1 => (name(), value()).prop_map(|(name, value)| format!("#0{name} = {value}\n")),
        1 => (name(), leaf()).prop_map(|(name, value)| format!("one {{ {name} = {value} }}\n")),
        1 => Just("# comment { [ \"\n/* resource \"a\" {\n */\n".to_owned()),
    ];
    prop::collection::vec(top, 0..4).prop_map(|tops| {
        tops.into_iter()
            .enumerate()
            .map(|(index, top)| top.replacen("#0", &format!("q{index}-"), usize::from(top.starts_with("#0"))))
            .collect()
    })
}
