//! The table of fields in the README agrees with the records.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

/// A file, and the list in it that has rows of its own; an empty name for all others.
type List = (String, String);

/// The fields of each list, and whether a record can leave them out.
fn documented() -> BTreeMap<List, BTreeMap<String, bool>> {
    let text = include_str!("../README.md");
    let (_, rows) = text.split_once("### Fields\n").expect("the section");
    let (rows, _) = rows.split_once("\n###").or_else(|| rows.split_once("\n## ")).expect("the next section");
    let mut fields: BTreeMap<List, BTreeMap<String, bool>> = BTreeMap::new();
    let mut list = List::default();
    for row in rows.lines().skip_while(|row| !row.starts_with("| file ")).skip(2).take_while(|row| row.starts_with('|')) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let place = cells[1].split('`').nth(1).unwrap_or_default().to_owned();
        match cells[1] {
            "" => {}
            cell if cell.ends_with(" of it") => list.1 = place,
            _ => list = (place, String::new()),
        }
        for field in cells[2].split(", ") {
            let name = field.trim_end_matches('?').trim_matches('`').to_owned();
            let is_new = fields.entry(list.clone()).or_default().insert(name, field.ends_with('?')).is_none();
            assert!(is_new, "{list:?} has {field} twice");
        }
    }
    fields
}

/// The objects of a list.
fn objects(value: &Value) -> Option<Vec<&Map<String, Value>>> {
    value.as_array()?.iter().map(Value::as_object).collect()
}

/// What is wrong with these fields, by the records.
fn wrong(list: &List, fields: &BTreeMap<String, bool>, records: &[Map<String, Value>]) -> Vec<String> {
    let used: BTreeSet<&String> = records.iter().flat_map(Map::keys).filter(|key| *key != "sources").collect();
    let unknown = used.iter().filter(|key| !fields.contains_key(**key)).map(|key| format!("{list:?}: {key} is not described"));
    let unused = fields.keys().filter(|key| !used.contains(key)).map(|key| format!("{list:?}: no record has {key}"));
    let required = fields.iter().filter(|(key, is_optional)| !**is_optional && records.iter().any(|record| !record.contains_key(*key)));
    unknown.chain(unused).chain(required.map(|(key, _)| format!("{list:?}: {key} needs a question mark"))).collect()
}

/// The records of each list that the README describes.
fn records(documented: &BTreeMap<List, BTreeMap<String, bool>>) -> BTreeMap<List, Vec<Map<String, Value>>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut records: BTreeMap<List, Vec<Map<String, Value>>> = BTreeMap::new();
    for folder in [data.clone(), data.join("actions")] {
        for entry in fs::read_dir(&folder).expect("the data").map(|entry| entry.expect("an entry").path()) {
            if entry.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let name = entry.file_name().expect("a name").to_string_lossy().into_owned();
            let file = if folder == data { name } else { "actions/<prefix>.json".to_owned() };
            let Value::Object(mut content) = serde_json::from_str(&fs::read_to_string(&entry).expect("a file")).expect("JSON") else {
                panic!("{} is not an object", entry.display());
            };
            for key in content.keys().cloned().collect::<Vec<_>>() {
                let Some(list) = objects(&content[&key]) else { continue };
                let own = (file.clone(), key.clone());
                let place = if documented.contains_key(&own) { own } else { (file.clone(), String::new()) };
                records.entry(place).or_default().extend(list.into_iter().cloned());
                content.remove(&key);
            }
            // A file of a service is a record too.
            if folder != data {
                records.entry((file, String::new())).or_default().push(content);
            }
        }
    }
    records
}

#[test]
fn the_table_of_fields_agrees_with_the_data() {
    let documented = documented();
    let records = records(&documented);
    assert_eq!(documented.keys().collect::<Vec<_>>(), records.keys().collect::<Vec<_>>());
    let problems: Vec<String> = documented.iter().flat_map(|(list, fields)| wrong(list, fields, &records[list])).collect();
    assert_eq!(problems, [""; 0]);
}

#[test]
fn differences_are_found() {
    let fields = BTreeMap::from([("name".to_owned(), false), ("note".to_owned(), true), ("gone".to_owned(), true)]);
    let record = |text: &str| serde_json::from_str(text).expect("an object");
    let records = [record(r#"{"name": "X", "note": "", "sources": []}"#), record(r#"{"strange": 1}"#)];
    let problems = wrong(&("file".to_owned(), String::new()), &fields, &records);
    assert_eq!(problems.len(), 3, "{problems:?}");
}
