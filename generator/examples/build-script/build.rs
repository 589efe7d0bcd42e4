//! Generates the module `harbour` into `OUT_DIR`, again only if one of its inputs changes.

fn main() {
    oasmith_cli::build::client("spec/harbour.yaml");
}
