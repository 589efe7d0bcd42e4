//! Budgets: limits on what a document may use before it is rejected, and the meter that counts it.

use crate::diagnostic::{Diagnostic, Place, code};

/// Limits on what a document may use. They are far above any real document and keep a hostile one from using all memory
/// or time.
///
/// Each can be raised in `codegen.yaml` under `budgets:`, by the name of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Budgets {
    /// The bytes of a file.
    pub file_bytes: usize,
    /// The bytes of all files of a description.
    pub bytes: usize,
    /// The files of a description. The default follows from `bytes`: to open a file takes as long as to read 4 KiB, so
    /// that many small files are allowed as much time as few large ones.
    pub files: usize,
    /// The values (scalars, arrays, objects) in all files together, expanded aliases included.
    pub nodes: usize,
    /// The members of an object, or the elements of an array.
    pub width: usize,
    /// The values that the JSONPaths of overlays look at, the same value as often as it is looked at.
    pub visits: usize,
    /// The nesting depth of arrays and objects; at most [`Budgets::MAX_DEPTH`]. The limit for JSON is always 127.
    pub depth: usize,
    /// The bytes that YAML anchors and aliases copy: the text of the copied values, and 128 for each value. So many may
    /// actions of overlays write, too.
    pub alias_bytes: usize,
    /// The length of a chain of `$ref`s, and of a chain of `allOf`s; at most [`Budgets::MAX_HOPS`].
    pub hops: usize,
    /// The parameters of an operation.
    pub parameters: usize,
    /// The length of a chain of types that contain one another; at most [`Budgets::MAX_TYPE_DEPTH`].
    pub type_depth: usize,
}

impl Budgets {
    /// The default of [`bytes`](Budgets::bytes).
    const BYTES: usize = 256 << 20;
    /// The bytes that are read in the time that it takes to open a file.
    const BYTES_PER_FILE: usize = 4 << 10;

    /// The maximum of [`depth`](Budgets::depth): later stages recurse over the tree, and a stack is limited.
    pub const MAX_DEPTH: usize = 512;
    /// The maximum of [`hops`](Budgets::hops), for the same reason.
    pub const MAX_HOPS: usize = 500;
    /// The maximum of [`type_depth`](Budgets::type_depth): rustc recurses over types, and overflows its stack at about
    /// 3,000.
    pub const MAX_TYPE_DEPTH: usize = 3_000;

    /// Creates the diagnostic for an exceeded budget of a later stage; `what` is a comparison, such as
    /// `an operation has more parameters`.
    pub(crate) fn over(&self, what: &str, key: &'static str, at: impl Into<Place>) -> Diagnostic {
        let limit = match key {
            "parameters" => self.parameters,
            "type_depth" => self.type_depth,
            _ => self.hops,
        };
        over(what, key, limit, at)
    }

    /// Returns the maximum of a budget, if it has one.
    pub(crate) fn maximum(key: &str) -> Option<usize> {
        match key {
            "depth" => Some(Self::MAX_DEPTH),
            "hops" => Some(Self::MAX_HOPS),
            "type_depth" => Some(Self::MAX_TYPE_DEPTH),
            _ => None,
        }
    }
}

impl Default for Budgets {
    fn default() -> Self {
        Budgets {
            file_bytes: 64 << 20,
            bytes: Self::BYTES,
            files: Self::BYTES / Self::BYTES_PER_FILE,
            nodes: 5_000_000,
            width: 50_000,
            visits: 20_000_000,
            depth: 256,
            alias_bytes: 16 << 20,
            hops: 100,
            parameters: 1_000,
            type_depth: 2_000,
        }
    }
}

/// An exceeded budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exceeded {
    FileBytes,
    Bytes,
    Files,
    Nodes,
    Width,
    Visits,
    Depth,
    AliasBytes,
    OverlayBytes,
    /// The fixed limit of serde_json.
    JsonDepth,
}

/// Counts what a description uses over all its files.
#[derive(Debug)]
pub(super) struct Meter<'b> {
    budgets: &'b Budgets,
    bytes: usize,
    files: usize,
    nodes: usize,
    alias_bytes: usize,
    overlay_bytes: usize,
}

/// What a value takes in memory beside its text, in bytes.
const VALUE: usize = 128;

/// Returns the memory of values with some text.
fn cost(values: usize, text: usize) -> usize {
    values.saturating_mul(VALUE).saturating_add(text)
}

impl<'b> Meter<'b> {
    pub(super) fn new(budgets: &'b Budgets) -> Self {
        Meter {
            budgets,
            bytes: 0,
            files: 0,
            nodes: 0,
            alias_bytes: 0,
            overlay_bytes: 0,
        }
    }

    /// Counts a file.
    pub(super) fn file(&mut self, bytes: usize) -> Result<(), Exceeded> {
        self.files += 1;
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > self.budgets.bytes {
            Err(Exceeded::Bytes)
        } else if bytes > self.budgets.file_bytes {
            Err(Exceeded::FileBytes)
        } else {
            Ok(())
        }
    }

    /// Returns the budget that allows no further file to be read.
    pub(super) fn full(&self) -> Option<Exceeded> {
        if self.files >= self.budgets.files {
            Some(Exceeded::Files)
        } else {
            (self.bytes > self.budgets.bytes).then_some(Exceeded::Bytes)
        }
    }

    /// Counts a value inside `depth` arrays and objects.
    pub(super) fn node(&mut self, depth: usize) -> Result<(), Exceeded> {
        if depth > self.depth() {
            return Err(Exceeded::Depth);
        }
        self.nodes(1)
    }

    /// Counts the copy of a value that consists of `nodes` values and `bytes` bytes of text.
    pub(super) fn copy(&mut self, nodes: usize, bytes: usize) -> Result<(), Exceeded> {
        let cost = cost(nodes, bytes);
        self.alias_bytes = self.alias_bytes.saturating_add(cost);
        if self.alias_bytes > self.budgets.alias_bytes {
            return Err(Exceeded::AliasBytes);
        }
        self.nodes(nodes)
    }

    /// Counts a value that an action of an overlay writes: `nodes` values with `bytes` bytes of text, the innermost inside
    /// `depth` arrays and objects.
    pub(super) fn written(
        &mut self,
        nodes: usize,
        bytes: usize,
        depth: usize,
    ) -> Result<(), Exceeded> {
        if depth > self.depth() {
            return Err(Exceeded::Depth);
        }
        let cost = cost(nodes, bytes);
        self.overlay_bytes = self.overlay_bytes.saturating_add(cost);
        if self.overlay_bytes > self.budgets.alias_bytes {
            return Err(Exceeded::OverlayBytes);
        }
        self.nodes(nodes)
    }

    /// Checks the number of values of an object or array.
    pub(super) fn width(&self, values: usize) -> Result<(), Exceeded> {
        if values > self.budgets.width {
            return Err(Exceeded::Width);
        }
        Ok(())
    }

    /// Returns the number of values that the overlays of a description may look at.
    pub(super) fn visits(&self) -> usize {
        self.budgets.visits
    }

    pub(super) fn depth(&self) -> usize {
        self.budgets.depth.min(Budgets::MAX_DEPTH)
    }

    fn nodes(&mut self, more: usize) -> Result<(), Exceeded> {
        self.nodes = self.nodes.saturating_add(more);
        if self.nodes > self.budgets.nodes {
            return Err(Exceeded::Nodes);
        }
        Ok(())
    }

    /// Creates the diagnostic for an exceeded budget.
    pub(super) fn diagnostic(&self, exceeded: Exceeded, at: impl Into<Place>) -> Diagnostic {
        let budgets = self.budgets;
        let (key, limit, what) = match exceeded {
            Exceeded::FileBytes => ("file_bytes", budgets.file_bytes, "the file has more bytes"),
            Exceeded::Bytes => (
                "bytes",
                budgets.bytes,
                "the files of the description have more bytes",
            ),
            Exceeded::Files => ("files", budgets.files, "the description has more files"),
            Exceeded::Nodes => ("nodes", budgets.nodes, "the description has more values"),
            Exceeded::Width => ("width", budgets.width, "an object or array has more values"),
            Exceeded::Visits => (
                "visits",
                budgets.visits,
                "the JSONPaths of overlays look at more values",
            ),
            Exceeded::Depth => (
                "depth",
                self.depth(),
                "arrays and objects are nested deeper",
            ),
            Exceeded::AliasBytes => (
                "alias_bytes",
                budgets.alias_bytes,
                "YAML anchors and aliases copy more bytes",
            ),
            Exceeded::OverlayBytes => (
                "alias_bytes",
                budgets.alias_bytes,
                "actions of overlays write more bytes",
            ),
            Exceeded::JsonDepth => {
                let message = "arrays and objects are nested deeper than 127 levels";
                return Diagnostic::new(code::BUDGET_EXCEEDED, at, message)
                    .help("reduce the nesting; the limit of the JSON parser is fixed");
            }
        };
        over(what, key, limit, at)
    }
}

/// Creates the diagnostic for an exceeded budget; `what` is a comparison, such as `the file has more bytes`.
fn over(what: &str, key: &str, limit: usize, at: impl Into<Place>) -> Diagnostic {
    let message = format!("{what} than the budget `{key}` of {limit} allows");
    let diagnostic = Diagnostic::new(code::BUDGET_EXCEEDED, at, message);
    let maximum = Budgets::maximum(key).unwrap_or(usize::MAX);
    if limit >= maximum {
        return diagnostic.help("simplify the document; the budget is at its maximum");
    }
    let more = limit.saturating_mul(2).min(maximum);
    diagnostic.help(format!(
        "if the document is valid, raise the budget in `codegen.yaml`: `budgets: {{ {key}: {more} }}`"
    ))
}
