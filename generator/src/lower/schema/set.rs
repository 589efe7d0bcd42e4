//! Sets of schemas that describe one value together, and the keys of the types that are made of them.

/// Schemas that describe one value together: one, mostly; several below an `allOf`.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct SchemaSet<'a> {
    /// Schemas of which only their own keywords count, not what they are composed of.
    pub own_keywords: Vec<&'a str>,
    /// Schemas that a value has to fit with all that they lead to, bases first.
    pub all_of: Vec<&'a str>,
    /// Schemas of which a value fits at least one.
    pub any_of: Vec<&'a str>,
    /// Whether a base is not the union of its subtypes and itself, but only itself.
    pub without_subtypes: bool,
}

/// The key of the type of a [`SchemaSet`]: `allOf: [A, B]` and `allOf: [B, A]` are one type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::lower) struct TypeKey<'a> {
    own_keywords: Vec<&'a str>,
    all_of: Vec<&'a str>,
    any_of: Vec<&'a str>,
    without_subtypes: bool,
}

impl<'a> SchemaSet<'a> {
    /// Creates a set of one schema.
    pub fn one(key: &'a str) -> Self {
        SchemaSet::all(vec![key])
    }

    /// Creates a set of schemas that a value has to fit all of.
    pub fn all(keys: Vec<&'a str>) -> Self {
        SchemaSet {
            all_of: keys,
            ..SchemaSet::default()
        }
    }

    /// Creates a set of schemas of which a value fits at least one.
    pub fn any(keys: &[&'a str]) -> Self {
        SchemaSet {
            any_of: keys.to_vec(),
            ..SchemaSet::default()
        }
    }

    /// Creates a set of one schema, of which only the members count if it is the base of others.
    pub fn without_subtypes(key: &'a str) -> Self {
        SchemaSet {
            without_subtypes: true,
            ..SchemaSet::one(key)
        }
    }

    /// Returns the schema, if it is only one with all that it says.
    pub fn single(&self) -> Option<&'a str> {
        if self.without_subtypes {
            return None;
        }
        match (
            self.own_keywords.as_slice(),
            self.all_of.as_slice(),
            self.any_of.as_slice(),
        ) {
            ([], [key], []) => Some(key),
            _ => None,
        }
    }

    /// Returns the key of the type that is made of the set.
    pub fn key(&self) -> TypeKey<'a> {
        TypeKey {
            own_keywords: sorted(&self.own_keywords),
            all_of: sorted(&self.all_of),
            any_of: self.any_of.clone(),
            without_subtypes: self.without_subtypes,
        }
    }
}

fn sorted<'a>(keys: &[&'a str]) -> Vec<&'a str> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::SchemaSet;

    #[test]
    fn the_order_of_an_all_of_makes_no_other_type() {
        let of = |keys: [&'static str; 2]| SchemaSet::all(keys.to_vec()).key();
        assert_eq!(of(["a", "b"]), of(["b", "a"]));
        assert_eq!(of(["a", "a"]), SchemaSet::one("a").key());
        assert_ne!(of(["a", "b"]), SchemaSet::any(&["a", "b"]).key());
    }

    #[test]
    fn only_one_schema_with_all_its_keywords_is_single() {
        assert_eq!(SchemaSet::one("a").single(), Some("a"));
        assert_eq!(SchemaSet::any(&["a"]).single(), None);
        let with_base = SchemaSet {
            own_keywords: vec!["b"],
            ..SchemaSet::one("a")
        };
        assert_eq!(with_base.single(), None);
        assert_eq!(SchemaSet::without_subtypes("a").single(), None);
    }
}
