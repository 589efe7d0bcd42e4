//! File, line and column of diagnostics and other places, for reports of other formats: annotations of a CI system, a
//! table.

use super::excerpt::Files;
use crate::diagnostic::{Diagnostic, Place};
use crate::load::Sources;

/// The position of a place in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The file, a path below the reference root.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The column after the last character, on the same line.
    pub end_column: usize,
}

/// Locates a place; `None` if its file cannot be read. For several places, [`locate_all`] reads each file only once.
pub fn locate(place: &Place, sources: &dyn Sources) -> Option<Located> {
    located(&Files::read([place], sources), place)
}

/// Locates the places of diagnostics, in their order.
pub fn locate_all<'d>(
    diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    sources: &dyn Sources,
) -> Vec<Option<Located>> {
    locate_places(diagnostics.into_iter().map(|one| &one.place), sources)
}

/// Locates places, in their order.
pub fn locate_places<'p>(
    places: impl IntoIterator<Item = &'p Place>,
    sources: &dyn Sources,
) -> Vec<Option<Located>> {
    let places: Vec<&Place> = places.into_iter().collect();
    let files = Files::read(places.iter().copied(), sources);
    places.iter().map(|place| located(&files, place)).collect()
}

fn located(files: &Files, place: &Place) -> Option<Located> {
    let spot = files.spot(place)?;
    Some(Located {
        file: place.file().to_string(),
        line: spot.line,
        column: spot.column,
        end_column: spot.end_column,
    })
}
