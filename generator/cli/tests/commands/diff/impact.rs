//! The line that ends `codegen` and `codegen --check`.
