//! The names of the services in a question. Every result has to do with Amazon Connect, so its names are left out, present and
//! former ones; the name of another service of the family is a hint at that service's actions.

use connect_policy_catalog::Catalog;

use super::words;

/// What people call Amazon Connect besides AWS's names of it. `connect` alone may be a verb.
const INFORMAL: &[&str] = &["aws connect", "connect instance"];

/// The prefix of Amazon Connect itself.
const MAIN: &str = "connect";

/// The word by which the actions of a service are found; no text contains it by chance.
pub(super) fn word_for_service(prefix: &str) -> String {
    let letters: String = prefix.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("service{letters}")
}

/// Every name as plain words, the longest first, so that none is cut short by a shorter one.
pub(super) struct ServiceNames(Vec<ServiceWords>);

struct ServiceWords {
    name: String,
    /// The words of the name that say something: `cases` of "Amazon Connect Cases".
    rest: String,
    /// The word for the service; `None` for Amazon Connect.
    word: Option<String>,
}

impl ServiceNames {
    pub(super) fn new(catalog: &Catalog) -> ServiceNames {
        let plain = |name: &str| words::split(name).join(" ");
        let of_main = catalog.service_names().iter().filter(|known| known.prefix == MAIN).map(|known| plain(known.name));
        let of_main: Vec<String> = of_main.chain(INFORMAL.iter().map(|name| (*name).to_owned())).collect();
        let others = catalog.service_names().iter().filter(|known| known.prefix != MAIN && catalog.service(known.prefix).is_some());
        let mut names: Vec<ServiceWords> = others
            .map(|known| {
                let name = plain(known.name);
                // "Amazon Connect Customer Profiles" begins with two names, and the profiles are those of customers.
                let heads = of_main.iter().filter_map(|head| name.strip_prefix(head.as_str())?.strip_prefix(' '));
                let rest = heads.max_by_key(|rest| rest.len()).unwrap_or(&name);
                let rest = rest.strip_suffix(" connect").unwrap_or(rest).to_owned();
                ServiceWords { name, rest, word: Some(word_for_service(known.prefix)) }
            })
            .collect();
        names.extend(of_main.into_iter().map(|name| ServiceWords { name, rest: String::new(), word: None }));
        names.sort_by_key(|known| std::cmp::Reverse(known.name.len()));
        ServiceNames(names)
    }

    /// A text of plain words, in spaces, without names of services, and the words for those that it names.
    pub(super) fn replaced(&self, text: &str) -> (String, Vec<String>) {
        let mut text = text.to_owned();
        let mut found: Vec<String> = Vec::new();
        for known in &self.0 {
            let name = format!(" {} ", known.name);
            if text.contains(&name) {
                text = text.replace(&name, &format!(" {} ", known.rest));
                found.extend(known.word.iter().filter(|word| !found.contains(word)).cloned().collect::<Vec<_>>());
            }
        }
        (text, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_amazon_connect_are_left_out_and_others_are_hints() {
        let names = ServiceNames::new(&Catalog::builtin());
        let check = |text: &str, rest: &str, words: &[&str]| {
            let (found, named) = names.replaced(&format!(" {text} "));
            assert_eq!(found.split_whitespace().collect::<Vec<_>>().join(" "), rest, "{text}");
            assert_eq!(named, words, "{text}");
        };
        check("queues in amazon connect customer", "queues in", &[]);
        check("queues in aws connect", "queues in", &[]);
        check("amazon connect customer profiles", "customer profiles", &["serviceprofile"]);
        check("connect customer customer profiles", "customer profiles", &["serviceprofile"]);
        check("amazon connect cases", "cases", &["servicecases"]);
        check("agent assist", "agent assist", &["servicewisdom"]);
        check("connect a bot", "connect a bot", &[]);
    }
}
