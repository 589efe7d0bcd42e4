//! Diagnostics as text with excerpts, in the format of rustc.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, Files, MAX_LINE_CHARS, Spot};
use super::printable::printable;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::load::Sources;

/// The style of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Style {
    /// Text without colours.
    #[default]
    Plain,
    /// Text with the escape sequences of a terminal.
    Color,
}

/// A related place that is more lines away gets its own excerpt.
const NEAR_LINES: usize = 30;
/// A related place on the same line that is more columns away gets its own excerpt, since long lines are truncated.
const NEAR_COLUMNS: usize = 60;

/// Renders diagnostics in the order of file and line, each with an excerpt of its file, and a summary line at the end.
///
/// Files are read again from `sources` for the excerpts. If that fails, the file and the pointer are shown instead.
/// Long lines are truncated, and control characters of a document are replaced, so that it cannot control the terminal.
pub fn render(diagnostics: &Diagnostics, sources: &dyn Sources, style: Style) -> String {
    let files = Files::of(diagnostics, sources);
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Color => Renderer::styled(),
    }
    .term_width(MAX_LINE_CHARS + 40);
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

/// Returns the number of diagnostics by severity, `2 errors, 1 warning`; `None` without any.
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

/// Renders a diagnostic without a trailing line break.
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
    if files.spot(&diagnostic.place).is_none() {
        group = group.element(Origin::path(printable(diagnostic.place.file())));
    }
    let notes = notes(diagnostic, files)
        .into_iter()
        .map(|note| Level::NOTE.message(printable(&note).into_owned()));
    let help = help(diagnostic);
    let help = help.iter().map(|help| Level::HELP.message(printable(help)));
    let text = renderer.render(&[group.elements(notes).elements(help)]);
    columns
        .into_iter()
        .fold(text, |text, (shown, real)| text.replacen(&shown, &real, 1))
}

/// Returns what to do: in the document, or by an overlay where somebody else publishes it.
fn help(diagnostic: &Diagnostic) -> Option<String> {
    let Some(mend) = &diagnostic.mend else {
        return diagnostic.help.clone();
    };
    let action = format!("in an overlay: `{mend}`");
    Some(match &diagnostic.help {
        Some(help) => format!("{help}\n{action}"),
        None => action,
    })
}

/// Returns what an excerpt cannot show: the pointer of a place that the file does not contain, and related places in
/// unreadable files.
fn notes(diagnostic: &Diagnostic, files: &Files) -> Vec<String> {
    let is_shown = files
        .spot(&diagnostic.place)
        .is_some_and(|spot| spot.is_exact);
    let pointer = diagnostic
        .place
        .pointer()
        .filter(|pointer| !pointer.path().is_empty() && !is_shown)
        .map(|pointer| format!("at `{pointer}`"));
    let unreadable = diagnostic
        .related
        .iter()
        .filter(|(place, _)| files.spot(place).is_none())
        .map(|(place, label)| format!("{label}: {place}"));
    pointer.into_iter().chain(unreadable).collect()
}

/// The places of a file that are shown in one excerpt.
struct Cluster<'d> {
    file: &'d str,
    spots: Vec<Spot>,
    /// The label of each spot, and whether it is the diagnostic's own place or a related one.
    labels: Vec<(&'d str, AnnotationKind)>,
}

/// Groups the places of a diagnostic into excerpts; the one with its own place is the first.
fn clusters<'d>(diagnostic: &'d Diagnostic, files: &Files) -> Vec<Cluster<'d>> {
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    let own = std::iter::once((&diagnostic.place, "", AnnotationKind::Primary));
    let related = diagnostic
        .related
        .iter()
        .map(|(place, label)| (place, label.as_str(), AnnotationKind::Context));
    for (place, label, kind) in own.chain(related) {
        let Some(spot) = files.spot(place) else {
            continue;
        };
        let cluster = clusters.iter_mut().find(|cluster| {
            cluster.file == &**place.file()
                && cluster.spots.iter().all(|other| is_near(other, &spot))
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

/// Returns whether two spots of a file fit into one excerpt.
fn is_near(one: &Spot, other: &Spot) -> bool {
    match one.line.abs_diff(other.line) {
        0 => one.column.abs_diff(other.column) <= NEAR_COLUMNS,
        lines => lines <= NEAR_LINES,
    }
}

/// Returns the excerpt of a cluster with its spots underlined.
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

/// Returns the positions of truncated lines as annotate-snippets writes them, which counts columns in the text it is
/// given (`api.json:1:42`), and as they are in the file (`api.json:1:70311`).
fn shifted_columns(cluster: &Cluster<'_>, excerpt: &Excerpt) -> Vec<(String, String)> {
    let file = printable(cluster.file);
    cluster
        .spots
        .iter()
        .zip(&excerpt.ranges)
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
