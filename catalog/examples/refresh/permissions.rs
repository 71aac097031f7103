//! The list of permissions of a live instance, as `aws connect list-security-profile-permissions` prints it.

use std::fs;
use std::path::{Path, PathBuf};

use connect_policy_catalog::read_permission_list;
use serde::Deserialize;

use crate::text::{json, line, text_of};

/// The source of names that only live instances show.
const SOURCE: &str = "observed-profiles";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    #[serde(default)]
    open_families: Vec<Family>,
    permissions: Vec<Permission>,
}

#[derive(Deserialize)]
struct Family {
    pattern: String,
}

#[derive(Deserialize)]
struct Permission {
    name: String,
    #[serde(default)]
    summary: String,
}

/// Adds the names that `permissions.json` does not have, without a summary, and gives whether it changed. It keeps every name,
/// because an instance does not show the permissions of features that are off.
pub(crate) fn refresh(lists: &[PathBuf], data: &Path, is_check: bool, notes: &mut Vec<String>) -> Result<bool, String> {
    let path = data.join("permissions.json");
    let file: File = json(&path)?;
    let mut names = Vec::new();
    for list in lists {
        names.extend(read_permission_list(&text_of(list)?).map_err(|error| format!("{}: {error}", list.display()))?);
    }
    names.sort();
    names.dedup();
    names.retain(|name| !file.permissions.iter().any(|known| known.name == *name));
    let (instance, new): (Vec<String>, Vec<String>) =
        names.into_iter().partition(|name| file.open_families.iter().any(|family| family.includes(name)));
    for name in instance {
        notes.push(format!("permission {name}: can be specific to the instance, not added"));
    }
    let mut unexplained: Vec<&str> = file
        .permissions
        .iter()
        .filter(|known| known.summary.is_empty())
        .map(|known| &*known.name)
        .chain(new.iter().map(|name| &**name))
        .collect();
    unexplained.sort_unstable();
    notes.extend(unexplained.iter().map(|name| format!("needs a summary and a risk class: permission {name}")));
    if new.is_empty() {
        return Ok(false);
    }
    let before = text_of(&path)?;
    let after = with_records(&before, &new).ok_or_else(|| format!("{}: expected one record per line", path.display()))?;
    if !is_check {
        fs::write(&path, after).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(true)
}

impl Family {
    /// Whether a name has the form of this pattern, in which `<…>` stands for one part of a name.
    fn includes(&self, name: &str) -> bool {
        let Some((before, rest)) = self.pattern.split_once('<') else { return false };
        let Some((_, after)) = rest.split_once('>') else { return false };
        let part = name.strip_prefix(before).and_then(|name| name.strip_suffix(after));
        part.is_some_and(|part| !part.is_empty() && !part.contains('.'))
    }
}

/// The text with records for these names in order of name, and all other lines as they are; `None` if it does not have the
/// expected form.
fn with_records(text: &str, new: &[String]) -> Option<String> {
    let (head, rest) = text.split_once("\"permissions\": [\n")?;
    let (records, tail) = rest.split_once("\n]")?;
    let records = records.lines().map(|record| record.trim_end_matches(',').to_owned());
    let records = records.map(|record| Some((serde_json::from_str::<Permission>(&record).ok()?.name, record)));
    let mut records = records.collect::<Option<Vec<(String, String)>>>()?;
    let sources = line(&[SOURCE]);
    records.extend(new.iter().map(|name| {
        let record = format!("  {{\"name\": {}, \"status\": \"observed\", \"summary\": \"\", \"sources\": {sources}}}", line(name));
        (name.clone(), record)
    }));
    records.sort_by(|(one, _), (other, _)| one.cmp(other));
    let records: Vec<String> = records.into_iter().map(|(_, record)| record).collect();
    Some(format!("{head}\"permissions\": [\n{}\n]{tail}", records.join(",\n")))
}
