//! The binary on small workspaces of its own: what it prints, what it writes, and how it ends.

mod anywhere;
mod conform;
#[cfg(unix)]
mod diff;
mod drift;
mod help;
mod init;
mod inputs;
mod overlays;
mod several;
mod stand_alone;
#[cfg(target_os = "linux")]
mod traced;
#[cfg(target_os = "linux")]
mod transcript;
mod update_spec;
mod workspace;
