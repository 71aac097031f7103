//! Reads a toml into types as far as it can be understood. What is wrong has no effect and is reported, all of it, with its
//! place; the rest has its effect.
//!
//! serde stops at the first error. So the deserializer here reports what is wrong where it meets it, and the types that may
//! stand for something wrong ([`Kept`], [`kept`], [`kept_list`], [`Tables`]) go on without it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use connect_policy_model::nearest::most_alike;
use serde::de::value::StrDeserializer;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::problem::ConfigProblem;
use crate::config::syntax_reason::syntax_reason;

/// Names of newtypes by which types below tell the deserializer what they are.
const KEPT: &str = "connect-policy:kept";
const LOCATED: &str = "connect-policy:located";
const TABLES: &str = "connect-policy:tables";

/// Reads a text, and tells what is wrong in it, ordered by place.
pub fn read<T: for<'de> Deserialize<'de> + Default>(text: &str) -> (T, Vec<ConfigProblem>) {
    let problems = Problems { text, found: RefCell::default() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        problems.add(error.span().unwrap_or(0..text.len()), syntax_reason(error.message()).to_owned(), None);
    }
    // What is wrong was reported where it is.
    let value = T::deserialize(Root { table: table.get_ref(), problems: &problems }).unwrap_or_default();
    let mut problems = problems.found.into_inner();
    problems.sort_by_key(|problem| problem.range.start);
    (value, problems)
}

/// A value, or `None` if it is wrong.
pub struct Kept<T>(pub Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Kept<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Kept<T>, D::Error> {
        // Through the deserializer, so that it learns of an error that the type itself raises.
        Ok(Kept(deserializer.deserialize_newtype_struct(KEPT, Inner(PhantomData)).ok()))
    }
}

/// A value, or its default if it is wrong.
pub fn kept<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(Kept::deserialize(deserializer)?.0.unwrap_or_default())
}

/// Those values of a list that are right.
pub fn kept_list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let items: Vec<Kept<T>> = kept(deserializer)?;
    Ok(items.into_iter().filter_map(|Kept(item)| item).collect())
}

/// A value and where it is written, in bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Located<T> {
    /// Where it is written.
    pub range: Range<usize>,
    /// The value.
    pub value: T,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Located<T>, D::Error> {
        let (start, end, value) = deserializer.deserialize_newtype_struct(LOCATED, Inner(PhantomData))?;
        Ok(Located { range: start..end, value })
    }
}

/// A list of tables, those of them that are right.
#[derive(Clone, Debug)]
pub struct Tables<T>(pub Vec<T>);

impl<T> Default for Tables<T> {
    fn default() -> Tables<T> {
        Tables(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Tables<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Tables<T>, D::Error> {
        let tables: Vec<Kept<T>> = deserializer.deserialize_newtype_struct(TABLES, Inner(PhantomData))?;
        Ok(Tables(tables.into_iter().filter_map(|Kept(table)| table).collect()))
    }
}

/// Reads what is in a newtype.
struct Inner<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Inner<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<T, A::Error> {
        T::deserialize(de::value::SeqAccessDeserializer::new(seq))
    }
}

/// Why a value is not there.
#[derive(Debug)]
enum Wrong {
    /// It was reported.
    Reported,
    /// A type does not accept it.
    Message(String),
    /// A table lacks this key.
    Missing(&'static str),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::Reported => f.write_str("wrong"),
            Wrong::Message(message) => f.write_str(message),
            Wrong::Missing(key) => f.write_str(key),
        }
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Wrong {
        Wrong::Message(message.to_string())
    }

    fn missing_field(key: &'static str) -> Wrong {
        Wrong::Missing(key)
    }
}

/// What is wrong in a text.
struct Problems<'t> {
    text: &'t str,
    found: RefCell<Vec<ConfigProblem>>,
}

impl Problems<'_> {
    fn add(&self, range: Range<usize>, message: String, instead: Option<String>) {
        self.found.borrow_mut().push(ConfigProblem { range: solid(self.text, range), message, instead });
    }

    fn report(&self, range: Range<usize>, message: String) -> Wrong {
        self.add(range, message, None);
        Wrong::Reported
    }

    fn unknown_key(&self, range: Range<usize>, written: &str, name: &str, known: &[&str]) {
        let nearest = nearest(name, known);
        let meant = nearest.map_or_else(|| format!("; known keys: {}", quoted(known)), |word| format!("; did you mean `{word}`?"));
        self.add(range, format!("unknown key `{written}`{meant}"), nearest.map(str::to_owned));
    }

    fn unknown_name(&self, range: Range<usize>, what: &str, name: &str, known: &[&str]) -> Wrong {
        let nearest = nearest(name, known);
        let meant = nearest.map_or(String::new(), |word| format!("; did you mean `{word}`?"));
        self.add(range, format!("unknown {what} `{name}`{meant}"), nearest.map(str::to_owned));
        Wrong::Reported
    }

    fn wrong_word(&self, value: &Spanned<DeValue<'_>>, path: &str, words: &[&str]) -> Wrong {
        let nearest = value.get_ref().as_str().and_then(|text| nearest(text, words));
        let meant = nearest.map_or(String::new(), |word| format!("; did you mean `{word}`?"));
        let (last, first) = words.split_last().map_or((&"", &[][..]), |(last, first)| (last, first));
        let message = format!("`{path}` must be {} or `{last}`{meant}", quoted(first));
        self.add(value.span(), message, nearest.map(|word| format!("\"{word}\"")));
        Wrong::Reported
    }
}

/// The whole text.
struct Root<'p, 'de> {
    table: &'p DeTable<'de>,
    problems: &'p Problems<'de>,
}

impl<'de> Deserializer<'de> for Root<'_, '_> {
    type Error = Wrong;

    fn deserialize_struct<V: Visitor<'de>>(self, _: &str, known: &'static [&'static str], visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_map(Entries::known(self.table, "", known, self.problems))
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_map(Entries::all(self.table, "", self.problems))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

/// One value, and the dotted path of the key at which it is written.
#[derive(Clone, Copy)]
struct Value<'p, 'v> {
    value: &'p Spanned<DeValue<'v>>,
    path: &'p str,
    problems: &'p Problems<'v>,
}

impl<'p, 'v> Value<'p, 'v> {
    fn report(&self, message: String) -> Wrong {
        self.problems.report(self.value.span(), message)
    }

    /// Reports what a type does not accept.
    fn reported<T>(&self, result: Result<T, Wrong>) -> Result<T, Wrong> {
        result.map_err(|wrong| match wrong {
            Wrong::Message(message) => self.report(message),
            wrong => wrong,
        })
    }

    /// Reports each required key that a table lacks.
    fn lacks(&self, table: &DeTable<'_>, first: &str, known: &[&str]) -> Wrong {
        // serde tells the first one only. Where some keys are required, those behind the first are as well.
        for key in known.iter().skip_while(|key| **key != first) {
            if !table.iter().any(|(name, _)| name.get_ref() == key) {
                self.report(format!("`[[{}]]` is missing `{key}`", self.path));
            }
        }
        Wrong::Reported
    }
}

impl<'de> Deserializer<'de> for Value<'_, '_> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.reported(match self.value.get_ref() {
            DeValue::String(text) => visitor.visit_str(text),
            DeValue::Boolean(value) => visitor.visit_bool(*value),
            DeValue::Array(items) => visitor.visit_seq(Items { items: items.iter(), list: self }),
            DeValue::Table(table) => visitor.visit_map(Entries::all(table, self.path, self.problems)),
            // Nothing is written as a number or a date.
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => visitor.visit_unit(),
        })
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value.get_ref().as_bool() {
            Some(value) => self.reported(visitor.visit_bool(value)),
            None => Err(self.problems.wrong_word(self.value, self.path, &["true", "false"])),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value.get_ref().as_str() {
            Some(text) => self.reported(visitor.visit_str(text)),
            // Strings are written in lists only.
            None => Err(self.report(format!("`{}` may only contain strings", self.path))),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        match name {
            LOCATED => visitor.visit_seq(LocatedParts { value: self, next: 0 }),
            TABLES => {
                let is_tables = |items: &[Spanned<DeValue<'_>>]| items.iter().all(|item| item.get_ref().is_table());
                if !self.value.get_ref().as_array().is_some_and(|items| is_tables(items)) {
                    return Err(self.report(format!("write `[[{}]]` (array of tables)", self.path)));
                }
                visitor.visit_newtype_struct(self)
            }
            _ => self.reported(visitor.visit_newtype_struct(self)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value.get_ref().as_array() {
            Some(items) => self.reported(visitor.visit_seq(Items { items: items.iter(), list: self })),
            None => Err(self.report(format!("`{}` must be a list of strings", self.path))),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.value.get_ref().as_table() {
            Some(table) => self.reported(visitor.visit_map(Entries::all(table, self.path, self.problems))),
            None => {
                let key = self.path.rsplit('.').next().unwrap_or(self.path);
                Err(self.report(format!("`{key}` must be a table")))
            }
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &str, known: &'static [&'static str], visitor: V) -> Result<V::Value, Wrong> {
        let Some(table) = self.value.get_ref().as_table() else {
            return Err(self.report(format!("`[{}]` must be a table", self.path)));
        };
        match visitor.visit_map(Entries::known(table, self.path, known, self.problems)) {
            Err(Wrong::Missing(key)) => Err(self.lacks(table, key, known)),
            result => self.reported(result),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &str, words: &'static [&'static str], visitor: V) -> Result<V::Value, Wrong> {
        match self.value.get_ref().as_str().filter(|text| words.contains(text)) {
            Some(text) => self.reported(visitor.visit_enum(StrDeserializer::new(text))),
            None => Err(self.problems.wrong_word(self.value, self.path, words)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

/// The items of a list.
struct Items<'p, 'v, I> {
    items: I,
    list: Value<'p, 'v>,
}

impl<'de, 'p, 'v: 'p, I: Iterator<Item = &'p Spanned<DeValue<'v>>>> SeqAccess<'de> for Items<'p, 'v, I> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        let Some(value) = self.items.next() else { return Ok(None) };
        let item = Value { value, ..self.list };
        item.reported(seed.deserialize(item)).map(Some)
    }
}

/// Start, end and value, for [`Located`].
struct LocatedParts<'p, 'v> {
    value: Value<'p, 'v>,
    next: usize,
}

impl<'de> SeqAccess<'de> for LocatedParts<'_, '_> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        let range = self.value.value.span();
        self.next += 1;
        match self.next {
            1 => seed.deserialize(range.start.into_deserializer()).map(Some),
            2 => seed.deserialize(range.end.into_deserializer()).map(Some),
            3 => seed.deserialize(self.value).map(Some),
            _ => Ok(None),
        }
    }
}

/// An entry of a table.
struct Entry<'p, 'v> {
    name: &'p Spanned<Cow<'v, str>>,
    value: &'p Spanned<DeValue<'v>>,
    /// The dotted path of its key.
    path: String,
}

/// The entries of a table. Keys that a type does not have are reported and left out.
struct Entries<'p, 'v> {
    entries: Vec<Entry<'p, 'v>>,
    next: usize,
    problems: &'p Problems<'v>,
}

impl<'p, 'v> Entries<'p, 'v> {
    fn all(table: &'p DeTable<'v>, above: &str, problems: &'p Problems<'v>) -> Entries<'p, 'v> {
        let path = |name: &str| if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
        let entries = table.iter().map(|(name, value)| Entry { name, value, path: path(name.get_ref()) }).collect();
        Entries { entries, next: 0, problems }
    }

    fn known(table: &'p DeTable<'v>, above: &str, known: &[&str], problems: &'p Problems<'v>) -> Entries<'p, 'v> {
        let mut entries = Entries::all(table, above, problems);
        entries.entries.retain(|Entry { name, path, .. }| {
            let is_known = known.contains(&&**name.get_ref());
            if !is_known {
                problems.unknown_key(name.span(), path, name.get_ref(), known);
            }
            is_known
        });
        entries
    }
}

impl<'de> MapAccess<'de> for Entries<'_, '_> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        let Some(Entry { name, .. }) = self.entries.get(self.next) else { return Ok(None) };
        self.next += 1;
        seed.deserialize(Key { name, problems: self.problems }).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let Entry { value, path, .. } = &self.entries[self.next - 1];
        let value = Value { value, path, problems: self.problems };
        value.reported(seed.deserialize(value))
    }
}

/// A key, which may be the name of something.
struct Key<'p, 'v> {
    name: &'p Spanned<Cow<'v, str>>,
    problems: &'p Problems<'v>,
}

impl<'de> Deserializer<'de> for Key<'_, '_> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_str(self.name.get_ref())
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, what: &'static str, known: &'static [&'static str], visitor: V) -> Result<V::Value, Wrong> {
        let name: &str = self.name.get_ref();
        if known.contains(&name) {
            visitor.visit_enum(StrDeserializer::new(name))
        } else {
            Err(self.problems.unknown_name(self.name.span(), what, name, known))
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple tuple_struct map
        struct identifier ignored_any
    }
}

/// A range with something in it, wherever the text has anything: an editor shows no empty range.
fn solid(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = range.start.min(text.len());
    let mut end = range.end.min(text.len()).max(start);
    if text[start..end].trim().is_empty() {
        // What is missing is reported at the last thing that is there.
        start = text[..start].trim_end().char_indices().next_back().map_or(start, |(at, _)| at);
        end = text[start..].chars().next().map_or(end, |letter| start + letter.len_utf8());
    }
    start..end
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The known word that a written one is most likely a misspelling of.
fn nearest<'k>(written: &str, known: &[&'k str]) -> Option<&'k str> {
    most_alike(&written.to_ascii_lowercase().replace('_', "-"), known.iter().copied())
}
