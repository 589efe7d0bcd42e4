//! Documents that exhaust time, memory or stack, each with its name, its file, and the expected result.

mod chains;
mod overlays;
mod reading;
mod shapes;
mod values;

/// The expected result of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Files are generated.
    Output,
    /// The first error has this code.
    Rejected(&'static str),
}

/// A document that exhausts a resource.
pub struct Bomb {
    pub name: &'static str,
    pub file: &'static str,
    pub text: Vec<u8>,
    /// An overlay that is applied to it.
    pub overlay: Option<String>,
    pub end: End,
}

/// Returns all documents, `part` times smaller than in the benchmark: a second of an optimised build is a minute of a
/// test.
pub fn all(part: usize) -> Vec<Bomb> {
    let bombs = [
        reading::copies(),
        reading::nests(),
        reading::sizes(part),
        values::all(),
        shapes::widths(part),
        shapes::products(),
        chains::rings(part),
        chains::chains(part),
        overlays::all(part),
    ];
    bombs.into_iter().flatten().collect()
}

fn bomb(name: &'static str, file: &'static str, text: impl Into<Vec<u8>>, end: End) -> Bomb {
    Bomb {
        name,
        file,
        text: text.into(),
        overlay: None,
        end,
    }
}

const HEAD: &str = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n";

/// Returns a JSON document with the given members of `components.schemas`.
fn schemas(members: &str) -> String {
    format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"T","version":"1"}},"paths":{{}},"components":{{"schemas":{{{members}}}}}}}"#
    )
}

/// Joins `count` members by commas.
fn joined(count: usize, mut member: impl FnMut(usize) -> String) -> String {
    let mut text = String::new();
    for index in 0..count {
        if index > 0 {
            text.push(',');
        }
        text += &member(index);
    }
    text
}
