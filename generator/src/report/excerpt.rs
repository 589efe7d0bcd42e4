//! The files that diagnostics point into: lines, columns and excerpts, with long lines truncated.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::printable::visible;
use crate::diagnostic::{Diagnostic, Diagnostics, Extent, Place};
use crate::load::Sources;
use crate::load::position::{self, Positions};
use crate::load::text::Text;

/// The number of characters of a long line that are shown before the first mark.
const CHARS_BEFORE: usize = 40;
/// The number of characters of a line that are shown.
pub(super) const MAX_LINE_CHARS: usize = 120;

/// The files of some places, read once, with all places of a file located in one pass.
pub(super) struct Files {
    files: BTreeMap<Arc<str>, File>,
}

/// A file with the positions of the pointers that were asked for.
struct File {
    text: String,
    /// The offset of the start of each line.
    lines: Vec<usize>,
    positions: Positions,
}

/// The position of a place, within one line.
pub(super) struct Spot {
    /// The bytes.
    pub(super) range: Range<usize>,
    /// The line, from 1.
    pub(super) line: usize,
    /// The column, from 1, in characters.
    pub(super) column: usize,
    /// The column after the last character of `range`.
    pub(super) end_column: usize,
    /// Whether the file contains the place itself. If not, this is the closest value around it.
    pub(super) is_exact: bool,
}

/// A few lines of a file, ready to be shown.
pub(super) struct Excerpt {
    /// The lines.
    pub(super) text: String,
    /// The number of the first line, from 1.
    pub(super) first_line: usize,
    /// The spots as ranges of `text`, in the given order.
    pub(super) ranges: Vec<Range<usize>>,
}

impl Excerpt {
    /// Returns the column of an offset in `text`, from 1.
    pub(super) fn column(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.chars().count() + 1
    }
}

impl Files {
    /// Reads the files of `places`. A file that cannot be read has no spots.
    pub(super) fn read<'p>(
        places: impl IntoIterator<Item = &'p Place>,
        sources: &dyn Sources,
    ) -> Self {
        let mut wanted: BTreeMap<&Arc<str>, Vec<&str>> = BTreeMap::new();
        for place in places {
            let paths = wanted.entry(place.file()).or_default();
            paths.extend(place.pointer().map(|pointer| pointer.path()));
        }
        let files = wanted.into_iter().filter_map(|(name, paths)| {
            let bytes = sources.read(name).ok()?;
            Some((name.clone(), File::new(name, &bytes, paths)))
        });
        Files {
            files: files.collect(),
        }
    }

    /// Reads the files of all places of some diagnostics, related ones included.
    pub(super) fn of(diagnostics: &Diagnostics, sources: &dyn Sources) -> Self {
        let places = diagnostics.iter().flat_map(|one| {
            let related = one.related.iter().map(|(place, _)| place);
            std::iter::once(&one.place).chain(related)
        });
        Files::read(places, sources)
    }

    /// Sorts diagnostics by file and line. Those of unreadable files keep their order.
    pub(super) fn in_order<'d>(&self, diagnostics: &'d Diagnostics) -> Vec<&'d Diagnostic> {
        let mut all: Vec<&Diagnostic> = diagnostics.iter().collect();
        all.sort_by_cached_key(|one| {
            let spot = self.spot(&one.place).map(|spot| (spot.line, spot.column));
            (one.place.file().clone(), spot)
        });
        all
    }

    /// Returns the position of a place; `None` if its file cannot be read.
    pub(super) fn spot(&self, place: &Place) -> Option<Spot> {
        self.files.get(place.file())?.spot(place)
    }

    /// Returns the lines of `spots`, which are in the file `name`; `None` without spots.
    #[expect(
        clippy::indexing_slicing,
        reason = "the indices are those of `spots`, and `ranges` is as long"
    )]
    pub(super) fn excerpt(&self, name: &str, spots: &[Spot]) -> Option<Excerpt> {
        let file = self.files.get(name)?;
        let first = spots.iter().map(|spot| spot.line).min()?;
        let last = spots.iter().map(|spot| spot.line).max()?;
        let mut text = String::new();
        let mut ranges = vec![0..0; spots.len()];
        for line in first..=last {
            let of_line: Vec<usize> = (0..spots.len())
                .filter(|index| spots[*index].line == line)
                .collect();
            let marks: Vec<_> = of_line
                .iter()
                .map(|one| spots[*one].range.clone())
                .collect();
            let shown = file.push_line(line, &marks, &mut text);
            for (index, range) in of_line.into_iter().zip(shown) {
                ranges[index] = range;
            }
            text.push('\n');
        }
        Some(Excerpt {
            text,
            first_line: first,
            ranges,
        })
    }
}

impl File {
    fn new(name: &str, bytes: &[u8], paths: Vec<&str>) -> Self {
        let positions = match Text::decode(name, bytes) {
            Ok(text) if !paths.is_empty() => position::find(&text, paths),
            _ => Positions::default(),
        };
        let text = String::from_utf8_lossy(bytes).into_owned();
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        File {
            text,
            lines,
            positions,
        }
    }

    fn spot(&self, place: &Place) -> Option<Spot> {
        let (range, is_exact) = match place.extent() {
            Extent::Bytes { start, end } => (*start..*end, true),
            // An empty file, or one with a syntax error at its start, has no positions: its beginning is shown.
            extent => self
                .underlined(place.pointer()?.path(), extent)
                .unwrap_or((0..0, false)),
        };
        let start = floor_boundary(&self.text, range.start);
        let line = self.lines.partition_point(|first| *first <= start).max(1);
        let whole = self.line(line);
        let end = floor_boundary(&self.text, range.end.clamp(start, whole.end.max(start)));
        let column = self.columns(whole.start, start) + 1;
        Some(Spot {
            column,
            end_column: column + self.columns(start, end),
            range: start..end,
            line,
            is_exact,
        })
    }

    /// Returns the bytes to underline: the key where a key is meant, and for a value that is an object or array, which
    /// can have many lines.
    fn underlined(&self, path: &str, extent: &Extent) -> Option<(Range<usize>, bool)> {
        let (position, is_exact) = position::nearest(&self.positions, path)?;
        let by_key = !is_exact || position.is_collection || *extent == Extent::Key;
        let range = match (&position.key, &position.value) {
            (Some(key), _) if by_key => key,
            (_, Some(value)) => value,
            (key, None) => key.as_ref()?,
        };
        Some((range.clone(), is_exact))
    }

    /// Returns the bytes of a line without its line break.
    fn line(&self, number: usize) -> Range<usize> {
        let start = self.lines.get(number - 1).copied().unwrap_or(0);
        let next = self.lines.get(number).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..next).unwrap_or_default();
        start..start + line.trim_end_matches(['\r', '\n']).len()
    }

    fn columns(&self, from: usize, to: usize) -> usize {
        self.text
            .get(from..to)
            .map_or(0, |text| text.chars().count())
    }

    /// Appends a line to `shown`, truncated around `marks` if it is long, and returns the marks as ranges of `shown`.
    fn push_line(
        &self,
        number: usize,
        marks: &[Range<usize>],
        shown: &mut String,
    ) -> Vec<Range<usize>> {
        let line = self.line(number);
        let window = self.window(&line, marks);
        if window.start > line.start {
            shown.push('…');
        }
        // The offset of each character in the file, and in the shown text.
        let mut offsets = Vec::new();
        let text = self.text.get(window.clone()).unwrap_or_default();
        for (offset, letter) in text.char_indices() {
            offsets.push((window.start + offset, shown.len()));
            shown.push(visible(letter));
        }
        let end = shown.len();
        if window.end < line.end {
            shown.push('…');
        }
        let shown_at = |at: usize| {
            let next = offsets.partition_point(|(in_file, _)| *in_file < at);
            offsets.get(next).map_or(end, |(_, in_shown)| *in_shown)
        };
        marks
            .iter()
            .map(|mark| shown_at(mark.start)..shown_at(mark.end))
            .collect()
    }

    /// Returns the bytes of a line that are shown.
    fn window(&self, line: &Range<usize>, marks: &[Range<usize>]) -> Range<usize> {
        let is_long = self.columns(line.start, line.end) > MAX_LINE_CHARS;
        let start = match marks.iter().map(|mark| mark.start).min() {
            Some(first) if is_long => back(&self.text, first, CHARS_BEFORE).max(line.start),
            _ => line.start,
        };
        start..forward(&self.text, start, MAX_LINE_CHARS).min(line.end)
    }
}

/// Returns the offset `count` characters before `at`.
fn back(text: &str, at: usize, count: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before
        .char_indices()
        .rev()
        .take(count)
        .last()
        .map_or(at, |(offset, _)| offset)
}

/// Returns the offset `count` characters after `at`.
fn forward(text: &str, at: usize, count: usize) -> usize {
    let after = text.get(at..).unwrap_or_default();
    after
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(offset, _)| at + offset)
}

/// Returns the closest start of a character at or before an offset.
fn floor_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|one| text.is_char_boundary(*one))
        .unwrap_or(0)
}
