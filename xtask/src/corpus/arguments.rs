//! The options of `corpus`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

/// Documents to run the generator against.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 every expectation holds, 1 one does not, 2 wrong usage.")]
pub struct Arguments {
    /// Folders of documents, or single documents
    ///
    /// The rows of a MANIFEST.tsv, in the folder or above it, list the documents and what is expected of them. Without
    /// one, every file of the folder is a document that must be accepted.
    #[arg(required = true, value_name = "DIR")]
    pub dirs: Vec<PathBuf>,

    /// Only documents whose path contains this text
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,

    /// Only the documents that CI compiles, which cover every feature of the corpus (xtask/src/corpus/selection.tsv)
    #[arg(long)]
    pub selection: bool,

    /// Also write the results as JSON
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,

    /// How many documents, or compilers, run at a time [default: the number of processors]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,

    /// Write each output as a crate of its own below this folder
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,

    /// Generate only
    #[arg(long, conflicts_with = "vectors")]
    pub no_compile: bool,

    /// Instead, compile a sample of N documents with cargo features by tag: each feature alone, and with the next
    #[arg(long, value_name = "N", conflicts_with_all = ["no_compile", "vectors", "keep", "json"])]
    pub features: Option<usize>,

    /// Instead, check what `diff` has to say about each document and other spellings or random edits of it
    #[arg(long, conflicts_with_all = ["no_compile", "vectors", "keep", "json", "features"])]
    pub laws: bool,

    /// Read, write and compare the JSON instances of `DIR/GROUP/FILE.jsonl` with the generated types
    #[arg(long, value_name = "DIR")]
    pub vectors: Option<PathBuf>,

    /// How many seconds one document may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub time_limit: u64,
}

impl Arguments {
    /// Returns how many documents, or compilers, run at a time; at least one.
    pub fn jobs(&self) -> usize {
        let processors = || std::thread::available_parallelism().map_or(1, |count| count.get());
        self.jobs.unwrap_or_else(processors).max(1)
    }

    /// Returns how long one document may take.
    pub fn time_limit(&self) -> Duration {
        Duration::from_secs(self.time_limit)
    }
}
