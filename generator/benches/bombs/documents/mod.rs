//! Documents made to take all time, memory or stack: what each is called, its file's name and text, and how a run on it has to end.

mod chains;
mod reading;
mod shapes;
mod values;

/// How a run has to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With an output.
    Output,
    /// With an error of this code.
    Refused(&'static str),
}

/// A hostile document.
pub struct Bomb {
    pub name: &'static str,
    pub file: &'static str,
    pub text: Vec<u8>,
    pub end: End,
}

/// All of them. They are `part` times smaller than they could be: what takes an optimised build a second takes tests a minute.
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
    ];
    bombs.into_iter().flatten().collect()
}

fn bomb(name: &'static str, file: &'static str, text: impl Into<Vec<u8>>, end: End) -> Bomb {
    Bomb {
        name,
        file,
        text: text.into(),
        end,
    }
}

const HEAD: &str = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n";

/// A document around the members of `components.schemas`, in JSON.
fn schemas(members: &str) -> String {
    format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"T","version":"1"}},"paths":{{}},"components":{{"schemas":{{{members}}}}}}}"#
    )
}

/// `count` members with commas between them.
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
