//! How much a document may take before it is refused, and the meter that counts it.

use crate::diagnostic::{Diagnostic, Place, code};

/// Upper limits for reading. They are far above any real document and keep a hostile one from taking all memory or time.
///
/// Each can be raised in `codegen.yaml` under `budgets:`, by the name of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Budgets {
    /// Bytes of one file.
    pub file_bytes: usize,
    /// Files of one description.
    pub files: usize,
    /// Values (scalars, lists, objects) in all files together, expanded aliases included.
    pub nodes: usize,
    /// Members of one object, or elements of one list.
    pub width: usize,
    /// How deeply lists and objects may be nested; at most [`Budgets::MAX_DEPTH`]. JSON stops at 127.
    pub depth: usize,
    /// What YAML anchors and aliases may copy, in bytes: the text of the copied values, and 64 for each value.
    pub alias_bytes: usize,
    /// How many `$ref`s may follow one another, and how many `allOf`s; at most [`Budgets::MAX_HOPS`].
    pub hops: usize,
    /// Parameters of one operation.
    pub parameters: usize,
    /// How many types may hold one another in a row; at most [`Budgets::MAX_TYPE_DEPTH`].
    pub type_depth: usize,
}

impl Budgets {
    /// The highest depth that can be allowed. Later stages recurse over the tree, and a stack is not endless.
    pub const MAX_DEPTH: usize = 512;
    /// The most hops that can be allowed, for the same reason.
    pub const MAX_HOPS: usize = 500;
    /// The most types in a row that can be allowed: rustc itself recurses over them, and overflows its stack at about 3,000.
    pub const MAX_TYPE_DEPTH: usize = 3_000;

    /// The finding for something that is more than one of the budgets of later stages allows; `what` is a comparison, such as `an
    /// operation has more parameters`.
    pub(crate) fn over(&self, what: &str, key: &'static str, at: impl Into<Place>) -> Diagnostic {
        let limit = match key {
            "parameters" => self.parameters,
            "type_depth" => self.type_depth,
            _ => self.hops,
        };
        over(what, key, limit, at)
    }

    /// The highest value of a budget that has one.
    pub(crate) fn highest(key: &str) -> Option<usize> {
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
            files: 1_000,
            nodes: 5_000_000,
            width: 50_000,
            depth: 256,
            alias_bytes: 16 << 20,
            hops: 100,
            parameters: 1_000,
            type_depth: 2_000,
        }
    }
}

/// A budget that was exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exceeded {
    FileBytes,
    Files,
    Nodes,
    Width,
    Depth,
    AliasBytes,
    /// serde_json's own limit, which cannot be raised.
    JsonDepth,
}

/// Counts what a description takes over all its files.
#[derive(Debug)]
pub(super) struct Meter<'b> {
    budgets: &'b Budgets,
    files: usize,
    nodes: usize,
    alias_bytes: usize,
}

impl<'b> Meter<'b> {
    pub(super) fn new(budgets: &'b Budgets) -> Self {
        Meter {
            budgets,
            files: 0,
            nodes: 0,
            alias_bytes: 0,
        }
    }

    /// Another file of `bytes` bytes.
    pub(super) fn file(&mut self, bytes: usize) -> Result<(), Exceeded> {
        self.files += 1;
        if self.files > self.budgets.files {
            Err(Exceeded::Files)
        } else if bytes > self.budgets.file_bytes {
            Err(Exceeded::FileBytes)
        } else {
            Ok(())
        }
    }

    /// Another value inside of `depth` lists and objects.
    pub(super) fn node(&mut self, depth: usize) -> Result<(), Exceeded> {
        if depth > self.depth() {
            return Err(Exceeded::Depth);
        }
        self.nodes(1)
    }

    /// A copy of a value that has `nodes` values in it and `bytes` bytes of text.
    pub(super) fn copy(&mut self, nodes: usize, bytes: usize) -> Result<(), Exceeded> {
        let cost = nodes.saturating_mul(64).saturating_add(bytes);
        self.alias_bytes = self.alias_bytes.saturating_add(cost);
        if self.alias_bytes > self.budgets.alias_bytes {
            return Err(Exceeded::AliasBytes);
        }
        self.nodes(nodes)
    }

    /// An object or list with so many values.
    pub(super) fn width(&self, values: usize) -> Result<(), Exceeded> {
        if values > self.budgets.width {
            return Err(Exceeded::Width);
        }
        Ok(())
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

    /// The finding for a budget that was exceeded at a place.
    pub(super) fn diagnostic(&self, exceeded: Exceeded, at: impl Into<Place>) -> Diagnostic {
        let budgets = self.budgets;
        let (key, limit, what) = match exceeded {
            Exceeded::FileBytes => ("file_bytes", budgets.file_bytes, "the file has more bytes"),
            Exceeded::Files => ("files", budgets.files, "the description has more files"),
            Exceeded::Nodes => ("nodes", budgets.nodes, "the description has more values"),
            Exceeded::Width => ("width", budgets.width, "an object or list has more values"),
            Exceeded::Depth => ("depth", self.depth(), "lists and objects are nested deeper"),
            Exceeded::AliasBytes => (
                "alias_bytes",
                budgets.alias_bytes,
                "YAML anchors and aliases copy more bytes",
            ),
            Exceeded::JsonDepth => {
                let message = "lists and objects are nested deeper than 127 levels";
                return Diagnostic::new(code::BUDGET_EXCEEDED, at, message)
                    .help("this is the most that the JSON reader takes");
            }
        };
        over(what, key, limit, at)
    }
}

/// The finding for something that is more than a budget allows; `what` ends with the comparison, such as `the file has more bytes`.
fn over(what: &str, key: &str, limit: usize, at: impl Into<Place>) -> Diagnostic {
    let message = format!("{what} than the budget `{key}` of {limit} allows");
    let diagnostic = Diagnostic::new(code::BUDGET_EXCEEDED, at, message);
    let highest = Budgets::highest(key).unwrap_or(usize::MAX);
    if limit >= highest {
        return diagnostic.help("this is the highest value that can be allowed");
    }
    let more = limit.saturating_mul(2).min(highest);
    diagnostic.help(format!(
        "if the document is right, raise it in `codegen.yaml`: `budgets: {{ {key}: {more} }}`"
    ))
}
