//! References that are spelled wrong and still name a component: `Pet` and `#/definitions/Pet` are
//! `#/components/schemas/Pet`.

use super::Loaded;
use crate::pointer::Pointer;
use crate::spec::Section;

impl Loaded {
    /// Returns the component that a reference to nothing was meant to lead to: the one in the section of its place that
    /// is called like the last part of the reference.
    ///
    /// A longer path, or one to a property, names a part of something and no component.
    pub(crate) fn component_meant(
        &self,
        from: &Pointer,
        reference: &str,
        section: Section,
    ) -> Option<Pointer> {
        let (file, path) = match reference.split_once('#') {
            Some((file, path)) => (file, path),
            None => ("", reference),
        };
        if !file.is_empty() {
            return None;
        }
        let mut parts = path.strip_prefix('/').unwrap_or(path).rsplit('/');
        let name = parts.next()?.replace("~1", "/").replace("~0", "~");
        let parents: Vec<&str> = parts.collect();
        if parents.len() > 2 || matches!(parents.first(), Some(&("properties" | "items"))) {
            return None;
        }
        [from.file(), self.root()].into_iter().find_map(|file| {
            let components = Pointer::root(file.clone()).child("components");
            let meant = components.child(section.key()).child(&name);
            self.get(&meant).map(|_| meant)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostics;
    use crate::load::{Budgets, MapSources, load};
    use crate::pointer::Pointer;
    use crate::spec::Section;

    #[test]
    fn a_component_is_found_by_the_last_part_of_a_reference() {
        let text =
            "components: { schemas: { Pet: {}, a/b: {}, Both: {} }, responses: { Both: {} } }";
        let sources = MapSources::new().with("api.yaml", text);
        let loaded = load(
            &sources,
            "api.yaml",
            &Budgets::default(),
            &mut Diagnostics::new(),
        )
        .expect("it is YAML");
        let meant = |reference: &str, section: Section| {
            let found = loaded.component_meant(&Pointer::root("api.yaml"), reference, section);
            found.map(|at| at.path().to_owned())
        };
        for reference in [
            "Pet",
            "#Pet",
            "#/Pet",
            "#/definitions/Pet",
            "#/components/schema/Pet",
            "#components/schemas/Pet",
            "/components/schemas/Pet",
            "components/schemas/Pet",
        ] {
            let found = meant(reference, Section::Schemas);
            assert_eq!(
                found.as_deref(),
                Some("/components/schemas/Pet"),
                "{reference}"
            );
            assert_eq!(meant(reference, Section::Responses), None, "{reference}");
        }
        let slash = meant("#/definitions/a~1b", Section::Schemas);
        assert_eq!(slash.as_deref(), Some("/components/schemas/a~1b"));
        let both = meant("Both", Section::Responses);
        assert_eq!(both.as_deref(), Some("/components/responses/Both"));
        for reference in [
            "Dog",
            "",
            "#",
            "#/components/schemas/",
            "pets.yaml#/Pet",
            "#/properties/Pet",
            "#/components/schemas/Dog/properties/Pet",
        ] {
            assert_eq!(meant(reference, Section::Schemas), None, "{reference}");
        }
    }
}
