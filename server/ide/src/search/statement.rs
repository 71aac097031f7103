//! Statements as they are shown: short JSON, ready to be pasted into a policy.

/// A statement that allows something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SuggestedStatement {
    /// Who is allowed, in policies that name it: an ARN, or `*`.
    pub principal: Option<String>,
    /// The action.
    pub action: String,
    /// The resources; empty in a trust policy, which has none.
    pub resources: Vec<String>,
}

impl SuggestedStatement {
    /// The statement as JSON, indented by two spaces.
    pub fn json(&self) -> String {
        let mut lines = vec!["\"Effect\": \"Allow\"".to_owned()];
        match self.principal.as_deref() {
            Some("*") => lines.push("\"Principal\": \"*\"".to_owned()),
            Some(arn) => lines.push(format!("\"Principal\": {{\"AWS\": {}}}", quoted(arn))),
            None => {}
        }
        lines.push(format!("\"Action\": {}", quoted(&self.action)));
        match self.resources.as_slice() {
            [] => {}
            [one] => lines.push(format!("\"Resource\": {}", quoted(one))),
            several => {
                let items: Vec<String> = several.iter().map(|one| format!("    {}", quoted(one))).collect();
                lines.push(format!("\"Resource\": [\n{}\n  ]", items.join(",\n")));
            }
        }
        format!("{{\n  {}\n}}", lines.join(",\n  "))
    }
}

/// A JSON string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_written_as_people_write_it() {
        let mut statement = SuggestedStatement { principal: None, action: "connect:ListUsers".to_owned(), resources: vec!["*".to_owned()] };
        assert_eq!(statement.json(), "{\n  \"Effect\": \"Allow\",\n  \"Action\": \"connect:ListUsers\",\n  \"Resource\": \"*\"\n}");
        statement.principal = Some("arn:aws:iam::1:role/\"r".to_owned());
        statement.resources = vec!["a".to_owned(), "b".to_owned()];
        let value: serde_json::Value = serde_json::from_str(&statement.json()).expect("JSON");
        assert_eq!(value["Principal"]["AWS"], "arn:aws:iam::1:role/\"r");
        assert_eq!(value["Resource"][1], "b");
    }
}
