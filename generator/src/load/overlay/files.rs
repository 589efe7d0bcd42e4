//! Reads the files of overlays, and applies them to a document.

use std::sync::Arc;

use super::apply::{Overlaid, apply};
use super::origins::Origins;
use super::read;
use super::report::Reporter;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::load::budgets::Meter;
use crate::load::jsonpath::Search;
use crate::load::node::Node;
use crate::load::sources::Sources;
use crate::load::{file, target};
use crate::pointer::Pointer;

/// Applies the overlays in some files to the document `name`, in their order, and returns where its values are from.
pub(in crate::load) fn apply_files(
    sources: &dyn Sources,
    (name, root): (&Arc<str>, &mut Node),
    overlays: &[Arc<str>],
    meter: &mut Meter<'_>,
    diagnostics: &mut Diagnostics,
) -> Origins {
    let mut origins = Origins::new(name.clone());
    let mut search = Search::new(meter.visits());
    for overlay in overlays {
        let at = Pointer::root(overlay.clone());
        let place = Place::from(at.clone());
        let Some(node) = file::read(sources, overlay, &place, meter, diagnostics) else {
            continue;
        };
        let Some(read) = read::read(&node, overlay, diagnostics) else {
            continue;
        };
        if let Some(extends) = &read.overlay.extends {
            check_extends(&at, extends, name, diagnostics);
        }
        let document = Overlaid {
            root,
            origins: &mut origins,
            search: &mut search,
        };
        let version = read.overlay.version;
        let reporter = Reporter::new(diagnostics);
        apply(document, &at, version, &read.actions, meter, reporter);
    }
    origins
}

/// Reports an overlay that was written for a document with another file name. Its folder can be another one on every
/// machine, and a URL says where the document was published, not what it is called here.
fn check_extends(
    overlay: &Pointer,
    extends: &str,
    document: &Arc<str>,
    diagnostics: &mut Diagnostics,
) {
    let file_name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let Ok(meant) = target(overlay, extends) else {
        return;
    };
    if file_name(meant.file()) == file_name(document) {
        return;
    }
    let message = format!("this overlay is for `{extends}`, and is applied to `{document}`");
    let diagnostic = Diagnostic::new(code::OTHER_DOCUMENT, overlay.child("extends"), message);
    diagnostics.push(diagnostic.help("correct `extends`, or take the overlay out of the target"));
}
