//! The support code as text: what is listed, what is exported, and which module may name which.

mod exports;
mod local;
mod order;
mod reserved;
mod sources;
mod text;
