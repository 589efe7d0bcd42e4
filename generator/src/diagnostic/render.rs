//! Diagnostics as text for people, in the form that rustc made familiar.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, Files, LONGEST_LINE, Spot, printable};
use super::{Diagnostic, Diagnostics, Severity};
use crate::load::Sources;

/// How a report is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    #[default]
    Plain,
    /// With colours, for a terminal.
    Color,
}

/// Related places that are more lines away get an excerpt of their own.
const NEAR_LINES: usize = 30;
/// And so do those on the same line that would fall victim to its cutting.
const NEAR_COLUMNS: usize = 60;

/// Writes all diagnostics in their order, each with an excerpt of its file, and a summary line at the end.
///
/// Files are read again from `sources` for the excerpts. Where that fails, the file and the pointer are shown instead. Text of a
/// document is cut, and control characters in it are made visible, so that it cannot steer the terminal.
pub fn render(diagnostics: &Diagnostics, sources: &dyn Sources, style: Style) -> String {
    let files = Files::of(diagnostics, sources);
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Color => Renderer::styled(),
    }
    .term_width(LONGEST_LINE + 40);
    let mut text = String::new();
    for diagnostic in files.in_order(diagnostics) {
        text.push_str(&one(diagnostic, &files, &renderer));
        text.push_str("\n\n");
    }
    if let Some(summary) = summary(diagnostics) {
        text.push_str(&summary);
        if diagnostics.omitted() > 0 {
            text.push_str(&format!(", {} of them not shown", diagnostics.omitted()));
        }
        text.push('\n');
    }
    text
}

/// How many findings there are of each severity: `2 errors, 1 warning`; `None` without any.
pub fn summary(diagnostics: &Diagnostics) -> Option<String> {
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter_map(|severity| match diagnostics.count(severity) {
            0 => None,
            1 => Some(format!("1 {severity}")),
            count => Some(format!("{count} {severity}s")),
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// One diagnostic, without a line break at its end.
fn one(diagnostic: &Diagnostic, files: &Files, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(printable(&diagnostic.message))
        .id(diagnostic.code.id);
    let mut group = Group::with_title(title);
    let mut columns = Vec::new();
    for cluster in clusters(diagnostic, files) {
        if let Some(excerpt) = files.excerpt(cluster.file, &cluster.spots) {
            columns.extend(shifted_columns(&cluster, &excerpt));
            group = group.element(snippet(cluster, excerpt));
        }
    }
    if files.spot(&diagnostic.at).is_none() {
        group = group.element(Origin::path(printable(diagnostic.at.file())));
    }
    let notes = notes(diagnostic, files).into_iter();
    let notes = notes.map(|note| Level::NOTE.message(printable(&note).into_owned()));
    let help = diagnostic.help.iter();
    let help = help.map(|help| Level::HELP.message(printable(help)));
    let text = renderer.render(&[group.elements(notes).elements(help)]);
    columns
        .into_iter()
        .fold(text, |text, (shown, real)| text.replacen(&shown, &real, 1))
}

/// What an excerpt cannot show: the pointer of a place that is not written in its file, and related places in unreadable files.
fn notes(diagnostic: &Diagnostic, files: &Files) -> Vec<String> {
    let own = diagnostic.at.pointer();
    let own = own.filter(|pointer| {
        !pointer.path().is_empty() && files.spot(&diagnostic.at).is_none_or(|spot| !spot.exact)
    });
    let related = diagnostic.related.iter();
    let unseen = related.filter(|(place, _)| files.spot(place).is_none());
    own.map(|pointer| format!("at `{pointer}`"))
        .into_iter()
        .chain(unseen.map(|(place, label)| format!("{label}: {place}")))
        .collect()
}

/// Places of one file that are shown in one excerpt.
struct Cluster<'d> {
    file: &'d str,
    spots: Vec<Spot>,
    /// The text beside each spot, and whether it is the diagnostic's own place or a related one.
    labels: Vec<(&'d str, AnnotationKind)>,
}

/// The places that are in files, gathered into excerpts; the one with the diagnostic's own place comes first.
fn clusters<'d>(diagnostic: &'d Diagnostic, files: &Files) -> Vec<Cluster<'d>> {
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    let own = std::iter::once((&diagnostic.at, "", AnnotationKind::Primary));
    let related = diagnostic.related.iter();
    let related = related.map(|(place, text)| (place, text.as_str(), AnnotationKind::Context));
    for (place, label, kind) in own.chain(related) {
        let Some(spot) = files.spot(place) else {
            continue;
        };
        let cluster = clusters.iter_mut().find(|cluster| {
            cluster.file == &**place.file() && cluster.spots.iter().all(|other| near(other, &spot))
        });
        match cluster {
            Some(cluster) => {
                cluster.spots.push(spot);
                cluster.labels.push((label, kind));
            }
            None => clusters.push(Cluster {
                file: place.file(),
                spots: vec![spot],
                labels: vec![(label, kind)],
            }),
        }
    }
    clusters
}

/// Whether two spots of a file fit into one excerpt.
fn near(one: &Spot, other: &Spot) -> bool {
    match one.line.abs_diff(other.line) {
        0 => one.column.abs_diff(other.column) <= NEAR_COLUMNS,
        lines => lines <= NEAR_LINES,
    }
}

/// The excerpt of a cluster, with its spots underlined.
fn snippet<'d>(cluster: Cluster<'d>, excerpt: Excerpt) -> Snippet<'d, Annotation<'d>> {
    let marks = cluster.labels.into_iter().zip(excerpt.ranges);
    Snippet::source(excerpt.text)
        .path(printable(cluster.file))
        .line_start(excerpt.first_line)
        .annotations(marks.map(|((label, kind), range)| {
            kind.span(range)
                .label((!label.is_empty()).then(|| printable(label)))
        }))
}

/// annotate-snippets counts columns in what it shows. Where a line was cut, these are not those of the file:
/// what it writes (`api.json:1:42`) and what it should (`api.json:1:70311`).
fn shifted_columns(cluster: &Cluster<'_>, excerpt: &Excerpt) -> Vec<(String, String)> {
    let file = printable(cluster.file);
    let spots = cluster.spots.iter().zip(&excerpt.ranges);
    spots
        .map(|(spot, range)| (spot, excerpt.column(range.start)))
        .filter(|(spot, shown)| spot.column != *shown)
        .map(|(spot, shown)| {
            let line = spot.line;
            let real = spot.column;
            (
                format!("{file}:{line}:{shown}"),
                format!("{file}:{line}:{real}"),
            )
        })
        .collect()
}
