//! The binary on small workspaces of its own: `ci`, `corpus`, and the shared commands under the name `cargo xtask`.
//! What the shared commands do is tested where they are, in `oasmith-cli`.

#[cfg(unix)]
mod ci;
mod codegen;
mod corpus;
mod histories;
mod pages;
mod repository;
mod workspace;
