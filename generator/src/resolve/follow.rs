//! Follows `$ref`s to the objects that they lead to, and reports those that lead nowhere.

use super::{Resolver, reference};
use crate::diagnostic::{Diagnostic, Mend, Severity, code, suggest};
use crate::load::{Loaded, Node, section};
use crate::pointer::Pointer;
use crate::spec::Section;

/// The number of names that a run compares for suggestions: 20,000 dangling references beside 20,000 schemas would take
/// minutes.
const MAX_COMPARISONS: usize = 300_000;

impl<'a> Resolver<'a> {
    /// Follows `$ref`s from a value to the object that they lead to.
    pub(super) fn follow(&mut self, node: &'a Node, at: &Pointer) -> Option<(Pointer, &'a Node)> {
        self.follow_to(node, at, &|_| false)
    }

    /// Follows `$ref`s like `follow`, and stops early at an object that `is_target` accepts although it has a `$ref`.
    pub(super) fn follow_to(
        &mut self,
        node: &'a Node,
        at: &Pointer,
        is_target: &dyn Fn(&Node) -> bool,
    ) -> Option<(Pointer, &'a Node)> {
        let section = section(at);
        let (mut node, mut at) = (node, at.clone());
        let mut seen: Vec<Pointer> = Vec::new();
        while let Some(text) = reference::of(node)
            && !is_target(node)
        {
            let place = at.child("$ref");
            if seen.contains(&at) {
                let text = "this `$ref` resolves to itself";
                let mut finding = Diagnostic::new(code::REFERENCE_LOOP, place, text);
                for other in seen.iter().skip_while(|one| **one != at).skip(1) {
                    finding = finding.related(other.child("$ref"), "through this `$ref`");
                }
                let finding = finding.help("replace one of these references by a definition");
                self.report(finding.bridge(section.bridge()));
                return None;
            }
            if seen.len() >= self.budgets.hops {
                let first = seen.first().unwrap_or(&at).child("$ref");
                let text = "the chain of references that starts here has more `$ref`s";
                let finding = self.budgets.over(text, "hops", first);
                return self.unreachable(finding);
            }
            seen.push(at.clone());
            (at, node) = self.step(text, &at, section)?;
        }
        if let Some(wrong) = reference::not_a_string(node) {
            let text = format!(
                "expected a reference as a string, found {}",
                wrong.describe()
            );
            let finding = Diagnostic::new(code::BAD_REFERENCE, at.child("$ref"), text);
            self.report(finding.bridge(section.bridge()));
            return None;
        }
        Some((at, node))
    }

    /// Returns what the `$ref` of the object at `at` leads to, or, if that is nothing, what it was probably meant to.
    fn step(&mut self, text: &str, at: &Pointer, section: Section) -> Option<(Pointer, &'a Node)> {
        let loaded: &'a Loaded = self.loaded;
        let place = at.child("$ref");
        let target = loaded.target(at, text);
        // an empty reference is what a serializer writes for a name that it does not have
        if let Ok(target) = &target
            && !text.is_empty()
            && let Some(node) = loaded.get(target)
        {
            return Some((target.clone(), node));
        }
        if let Some(meant) = loaded.component_meant(at, text, section)
            && let Some(node) = loaded.get(&meant)
        {
            let text = format!("`{text}` does not exist; it is read as `#{}`", meant.path());
            let finding = Diagnostic::new(code::BAD_REFERENCE, place.clone(), text)
                .severity(Severity::Warning)
                .help(format!("write `#{}`", meant.path()));
            self.report_once(finding);
            return Some((meant, node));
        }
        let finding = match target {
            Ok(target) => self.dangling(place, text, &target),
            Err(bad) => bad.diagnostic(text, place),
        };
        self.unreachable(finding.bridge(section.bridge()))
    }

    /// Reports a reference that leads nowhere, unless `load` has reported it for a missing file.
    fn unreachable<T>(&mut self, finding: Diagnostic) -> Option<T> {
        self.report_once(finding);
        None
    }

    /// Returns the finding for a `$ref` to nothing, with the name that was probably meant.
    fn dangling(&mut self, place: Pointer, text: &str, target: &Pointer) -> Diagnostic {
        let finding = Diagnostic::new(
            code::DANGLING_REFERENCE,
            place,
            format!("`{text}` does not exist"),
        );
        if let Some(remover) = self.loaded.remover(target) {
            let label = format!("action {} removed it", remover.number);
            return finding
                .related(remover.action.child("target"), label)
                .help("take the action out, or remove the reference, too");
        }
        let parent = target
            .parent()
            .and_then(|parent| self.loaded.get(&parent)?.as_object());
        let siblings = parent.filter(|siblings| {
            self.comparisons = self.comparisons.saturating_add(siblings.len());
            self.comparisons <= MAX_COMPARISONS
        });
        let closest = siblings.zip(target.name()).and_then(|(siblings, name)| {
            let found = suggest::closest(&name, siblings.keys().map(AsRef::as_ref))?;
            Some((
                text.strip_suffix(name.as_str())?.to_owned(),
                found.to_owned(),
            ))
        });
        let object = finding.place.pointer().and_then(Pointer::parent);
        match closest {
            Some((stem, name)) => {
                let meant = format!("{stem}{name}");
                let target = object.and_then(|object| self.loaded.json_path(&object));
                finding
                    .help(format!("did you mean `{meant}`?"))
                    .mend(target.map(|target| Mend::string(target, "$ref", &meant)))
            }
            None => finding.help("add the definition, or correct the reference"),
        }
    }
}
