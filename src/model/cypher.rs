//! How kinds and types of the vocabulary are called in Cypher: in our query language, and in the scripts that other engines load.

/// The label of a kind: `armed_group` and `ARMED_GROUP` as `ArmedGroup`.
#[must_use]
pub(crate) fn camel(name: &str) -> Box<str> {
    let mut camel = String::with_capacity(name.len());
    for word in name.split(['_', '-', ' ']) {
        let mut signs = word.chars();
        camel.extend(signs.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(&signs.as_str().to_ascii_lowercase());
    }
    camel.into()
}

/// The name of a relation type, a role, or a word for several types: `allied-with` as `ALLIED_WITH`.
#[must_use]
pub(crate) fn upper(name: &str) -> Box<str> {
    name.chars().map(|c| if c == '-' || c == ' ' { '_' } else { c.to_ascii_uppercase() }).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_records_become_names_of_queries() {
        assert_eq!(&*camel("armed_group"), "ArmedGroup");
        assert_eq!(&*camel("ARMED"), "Armed");
        assert_eq!(&*upper("allied-with"), "ALLIED_WITH");
    }
}
