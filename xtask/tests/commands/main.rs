//! The binary on small workspaces of its own: what it prints, what it writes, and how it ends.

#[cfg(unix)]
mod ci;
mod corpus;
mod drift;
mod inputs;
mod repository;
mod stand_alone;
#[cfg(target_os = "linux")]
mod traced;
mod workspace;
