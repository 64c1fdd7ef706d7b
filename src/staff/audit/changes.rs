//! What an entry says was changed, field by field.

use serde_json::{Map, Value};

/// A field that is not as it was; or that was only told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// The fields that differ, and those that only one side has, in the order of the alphabet.
pub(super) fn changes(before: Option<&Value>, after: Option<&Value>) -> Vec<Change> {
    let (before, after) = (fields(before), fields(after));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let change = |name: &String| {
        let (was, is) = (before.get(name), after.get(name));
        (was != is).then(|| Change { field: name.clone(), before: was.map(told), after: is.map(told) })
    };
    names.into_iter().filter_map(change).collect()
}

/// A value that is no object stands under an empty name.
fn fields(value: Option<&Value>) -> Map<String, Value> {
    match value {
        Some(Value::Object(fields)) => fields.clone(),
        Some(other) => Map::from_iter([(String::new(), other.clone())]),
        None => Map::new(),
    }
}

fn told(value: &Value) -> String {
    match value {
        Value::Null => "—".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(told).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| format!("{name}: {}", told(value))).collect::<Vec<_>>().join(", ")
        }
        plain => plain.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lines(before: Option<Value>, after: Option<Value>) -> Vec<String> {
        let line = |change: Change| format!("{}: {:?} {:?}", change.field, change.before, change.after);
        changes(before.as_ref(), after.as_ref()).into_iter().map(line).collect()
    }

    #[test]
    fn what_stayed_is_not_told() {
        let before = json!({ "status": "pending", "stock": 3, "sale": null, "roles": ["owner", "support"] });
        let after = json!({ "status": "pending", "stock": 2, "sale": 199, "roles": ["owner"], "reason": "count" });
        let expected = [
            r#"reason: None Some("count")"#,
            r#"roles: Some("owner, support") Some("owner")"#,
            r#"sale: Some("—") Some("199")"#,
            r#"stock: Some("3") Some("2")"#,
        ];
        assert_eq!(lines(Some(before), Some(after)), expected);
    }

    #[test]
    fn whatever_stands_there_can_be_told() {
        assert_eq!(lines(None, None), Vec::<String>::new());
        assert_eq!(lines(None, Some(json!(true))), [r#": None Some("true")"#]);
        assert_eq!(lines(Some(json!({ "a": { "b": [1, { "c": "x" }] } })), None), [r#"a: Some("b: 1, c: x") None"#]);
    }
}
