//! The generator from outside: whole documents in, whole crates out.
//!
//! One binary for all of them, so that the generator is linked once.

mod bombs;
mod changes;
mod codes;
mod compile;
mod config_schema;
mod coverage;
mod determinism;
mod doctests;
mod endpoint_output;
mod evolution;
mod example;
mod fixtures;
mod functions;
mod goldens;
mod hostile;
mod jsonpath;
mod layers;
mod mutation;
mod mutations;
mod names;
mod negative;
mod notes;
mod numbers;
mod readme;
mod scopes;
mod seeds;
mod syntax;
mod unions;
