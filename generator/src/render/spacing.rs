//! Blank lines between the methods of an `impl`, which prettyplease does not print by itself.

use proc_macro2::TokenStream;
use syn::ImplItem;

/// Adds a blank line before and after each method, as people write them; constants and types in a row stay together.
///
/// prettyplease prints an empty verbatim item as an empty line.
pub(super) fn separate(items: &mut Vec<ImplItem>) {
    let mut spaced = Vec::with_capacity(items.len() * 2);
    for item in items.drain(..) {
        let needs_gap = |before: &ImplItem| is_method(before) || is_method(&item);
        if spaced.last().is_some_and(needs_gap) {
            spaced.push(ImplItem::Verbatim(TokenStream::new()));
        }
        spaced.push(item);
    }
    *items = spaced;
}

fn is_method(item: &ImplItem) -> bool {
    matches!(item, ImplItem::Fn(_))
}

#[cfg(test)]
mod tests {
    #[test]
    fn blank_lines_separate_methods_but_not_constants() {
        let printed = crate::render::print(quote::quote! {
            impl Pet {
                const A: u8 = 1;
                const B: u8 = 2;
                /// Documented.
                #[inline]
                fn a() {}
                fn b() {}
                type C = u8;
            }
        });
        let expected = "impl Pet {\n    const A: u8 = 1;\n    const B: u8 = 2;\n\n    /// Documented.\n    \
            #[inline]\n    fn a() {}\n\n    fn b() {}\n\n    type C = u8;\n}\n";
        assert_eq!(printed.as_deref(), Ok(expected));
    }
}
