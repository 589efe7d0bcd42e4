//! The files behind diagnostics, as they are shown: lines, columns and cut, harmless excerpts.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::place::{Part, Place};
use super::{Diagnostic, Diagnostics};
use crate::load::Sources;
use crate::load::position::{self, Found};
use crate::load::text::Text;

/// How many characters of a long line are kept before what is pointed at.
const BEFORE: usize = 40;
/// How many characters of a line are shown.
pub(super) const LONGEST_LINE: usize = 120;

/// The files that some places lie in, read once, with all those places found in one pass a file.
pub(super) struct Files {
    files: BTreeMap<Arc<str>, File>,
}

/// One file; without lines when it could not be read.
struct File {
    text: String,
    /// The offset at which each line starts.
    lines: Vec<usize>,
    found: HashMap<String, Found>,
}

/// Where a place is.
pub(super) struct Spot {
    /// In bytes; within one line.
    pub(super) range: Range<usize>,
    /// From 1.
    pub(super) line: usize,
    /// From 1, in characters.
    pub(super) column: usize,
    /// The column behind the last character of `range`.
    pub(super) end_column: usize,
    /// Whether the place itself is written in the file. If not, this is what is around it.
    pub(super) exact: bool,
}

/// A few lines of a file, fit for being shown.
pub(super) struct Excerpt {
    /// The lines.
    pub(super) text: String,
    /// The number of the first one, from 1.
    pub(super) first_line: usize,
    /// The spots as ranges of `text`, in the order they were given.
    pub(super) ranges: Vec<Range<usize>>,
}

impl Excerpt {
    /// The column of an offset in the shown text, from 1.
    pub(super) fn column(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.chars().count() + 1
    }
}

impl Files {
    /// Reads the files of `places`. One that cannot be read, or is not there any more, simply has no spots.
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

    /// The files of all places that some diagnostics name.
    pub(super) fn of(diagnostics: &Diagnostics, sources: &dyn Sources) -> Self {
        let places = diagnostics.iter().flat_map(|one| {
            let related = one.related.iter().map(|(place, _)| place);
            std::iter::once(&one.at).chain(related)
        });
        Files::read(places, sources)
    }

    /// Diagnostics in the order of file and line, as they stand in the text; those of unreadable files come first in their file.
    pub(super) fn in_order<'d>(&self, diagnostics: &'d Diagnostics) -> Vec<&'d Diagnostic> {
        let mut all: Vec<&Diagnostic> = diagnostics.iter().collect();
        all.sort_by_cached_key(|one| {
            let spot = self.spot(&one.at).map(|spot| (spot.line, spot.column));
            (one.at.file().clone(), spot)
        });
        all
    }

    /// Where a place is; `None` when its file cannot be read.
    pub(super) fn spot(&self, place: &Place) -> Option<Spot> {
        self.files.get(place.file())?.spot(place)
    }

    /// The lines of `spots`, which lie in the file `name`; `None` without any.
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
            let shown = file.cut_line(line, &marks, &mut text);
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
        let found = match Text::decode(name, bytes) {
            Ok(text) if !paths.is_empty() => position::find(&text, paths),
            _ => HashMap::new(),
        };
        let text = String::from_utf8_lossy(bytes).into_owned();
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        File { text, lines, found }
    }

    fn spot(&self, place: &Place) -> Option<Spot> {
        let (range, exact) = match place.part() {
            Part::Bytes { start, end } => (*start..*end, true),
            // Of an empty file, or one with a syntax error at its start, nothing is found; its beginning is shown.
            part => self
                .pointed_at(place.pointer()?.path(), part)
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
            exact,
        })
    }

    /// The bytes to underline: a key where a key is meant, and for a value that is an object or list, as it has many lines.
    fn pointed_at(&self, path: &str, part: &Part) -> Option<(Range<usize>, bool)> {
        let (found, exact) = position::nearest(&self.found, path)?;
        let by_key = !exact || found.is_collection || *part == Part::Key;
        let range = match (&found.key, &found.value) {
            (Some(key), _) if by_key => key,
            (_, Some(value)) => value,
            (key, None) => key.as_ref()?,
        };
        Some((range.clone(), exact))
    }

    /// The bytes of a line without its break.
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

    /// Appends a line to `shown`, cut around `marks` when it is long, and gives the marks as ranges of `shown`.
    fn cut_line(
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
        // Where each character stands in the file, and where in what is shown.
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
        let ranges = marks.iter();
        ranges
            .map(|mark| shown_at(mark.start)..shown_at(mark.end))
            .collect()
    }

    /// The bytes of a line that are shown.
    fn window(&self, line: &Range<usize>, marks: &[Range<usize>]) -> Range<usize> {
        let is_long = self.columns(line.start, line.end) > LONGEST_LINE;
        let start = match marks.iter().map(|mark| mark.start).min() {
            Some(first) if is_long => back(&self.text, first, BEFORE).max(line.start),
            _ => line.start,
        };
        start..forward(&self.text, start, LONGEST_LINE).min(line.end)
    }
}

/// The offset `count` characters before `at`.
fn back(text: &str, at: usize, count: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before
        .char_indices()
        .rev()
        .take(count)
        .last()
        .map_or(at, |(offset, _)| offset)
}

/// The offset `count` characters behind `at`.
fn forward(text: &str, at: usize, count: usize) -> usize {
    let after = text.get(at..).unwrap_or_default();
    let end = after.char_indices().nth(count);
    end.map_or(text.len(), |(offset, _)| at + offset)
}

/// The nearest start of a character at or before an offset.
fn floor_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at)
        .rev()
        .find(|one| text.is_char_boundary(*one))
        .unwrap_or(0)
}

/// Text of a document or of a message, fit for a terminal: one line stays one line, and nothing steers the terminal or hides text.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    if text
        .chars()
        .all(|letter| letter == '\n' || visible(letter) == letter)
    {
        return Cow::Borrowed(text);
    }
    let kept = |letter| {
        if letter == '\n' {
            letter
        } else {
            visible(letter)
        }
    };
    Cow::Owned(text.chars().map(kept).collect())
}

/// Whether a character hides or reorders others, or is a control character.
pub(super) fn is_hidden(letter: char) -> bool {
    visible(letter) != letter
}

/// A stand-in for control characters, and for those that change the direction of text or cannot be seen.
fn visible(letter: char) -> char {
    match letter {
        '\t' => ' ',
        // The pictures of U+2400 stand in the same order as the control characters.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        other => other,
    }
}
