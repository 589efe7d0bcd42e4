//! Methods that take more than before: calls of the older one compile against the newer one.

use super::item::Item;

/// Returns whether each argument of a method is as before, or one that the older one converts into: `impl Into<Pet>`
/// where it was `Pet`, or where `Pet` has a `From` of it.
pub fn takes_more(was: &Item, is: &Item, has_impl: &dyn Fn(&str, &str) -> bool) -> bool {
    let (before, rest) = &was.arguments;
    let (after, other_rest) = &is.arguments;
    let takes = |was: &String, is: &String| was == is || converts(was, is, has_impl);
    !before.is_empty()
        && rest == other_rest
        && before.len() == after.len()
        && before.iter().zip(after).all(|(was, is)| takes(was, is))
}

fn converts(was: &str, is: &str, has_impl: &dyn Fn(&str, &str) -> bool) -> bool {
    let Some(target) = is
        .strip_prefix("impl Into<")
        .and_then(|rest| rest.strip_suffix('>'))
    else {
        return false;
    };
    let plain = target.split('<').next().unwrap_or(target);
    let (reference, lifetime) = (was.strip_prefix('&'), ["&'_ ", "&'a "]);
    let with_lifetime = reference
        .into_iter()
        .flat_map(|ty| lifetime.map(|lifetime| format!("From<{lifetime}{ty}>")));
    let mut names = std::iter::once(format!("From<{was}>")).chain(with_lifetime);
    was == target || names.any(|name| has_impl(plain, &name))
}
