//! Reports: diagnostics as text for a terminal, as JSON, and with file, line and column.
//!
//! Positions are looked up here, when a report is made, by reading the files again: a run without diagnostics pays
//! nothing. What is reported and when is decided in the stages, and the values are those of
//! [`diagnostic`](crate::diagnostic).

mod excerpt;
pub mod json;
pub mod locate;
mod printable;
mod terminal;
#[cfg(test)]
mod tests;

pub use terminal::{Style, render, summary};
