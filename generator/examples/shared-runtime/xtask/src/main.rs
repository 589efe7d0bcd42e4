//! `cargo xtask`: the commands of oasmith under the name of this project.

fn main() -> std::process::ExitCode {
    oasmith_cli::main("cargo xtask")
}
