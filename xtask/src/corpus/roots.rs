//! The documents, and what is expected of each: the rows of a `MANIFEST.tsv`, or every file of a folder.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use oasmith_cli::exit::Failure;

use super::disputed::Disputed;

/// The list of a corpus.
const MANIFEST: &str = "MANIFEST.tsv";

/// What is expected of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// An output that compiles.
    Generate,
    /// An output that compiles, or an error.
    Either,
    /// An error.
    Reject,
}

/// A document to run the generator on.
#[derive(Debug, Clone)]
pub struct Root {
    /// How reports name it: the path in the manifest, or folder and file: `public/box__openapi.json`.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// The folder that its references must stay in.
    pub ref_root: PathBuf,
    /// What is expected of it.
    pub expect: Expect,
    /// The JSON Pointer at or below which an invalid document is wrong: `/paths/~1foo`.
    pub at: Option<String>,
    /// Why its expectation is disputed, and does not count.
    pub disputed: Option<String>,
}

impl Root {
    /// Returns the part of the corpus that it belongs to, such as `public`.
    pub fn group(&self) -> &str {
        self.name.split('/').next().unwrap_or(&self.name)
    }

    /// Returns the name of its file.
    pub fn file(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }
}

/// Returns the wanted documents of some folders, sorted by name, each once.
pub fn find(
    dirs: &[PathBuf],
    is_wanted: &dyn Fn(&str) -> bool,
    disputed: &Disputed,
) -> Result<Vec<Root>, Failure> {
    let mut found = BTreeMap::new();
    for dir in dirs {
        let dir = fs::canonicalize(dir).map_err(|error| Failure::disk("open", dir, &error))?;
        for mut root in below(&dir)? {
            if is_wanted(&root.name) {
                root.disputed = disputed.reason(&root.name);
                found.insert(root.path.clone(), root);
            }
        }
    }
    let mut roots: Vec<Root> = found.into_values().collect();
    roots.sort_by(|a, b| a.name.cmp(&b.name));
    if roots.is_empty() {
        return Err(Failure::new("there is no document in these folders"));
    }
    Ok(roots)
}

/// Returns the documents in or below a folder, or the one at a path.
fn below(dir: &Path) -> Result<Vec<Root>, Failure> {
    for manifest in dir.ancestors().map(|folder| folder.join(MANIFEST)) {
        match fs::read_to_string(&manifest) {
            Ok(text) => {
                let folder = manifest.parent().unwrap_or(dir);
                let mut rows = rows(&text, folder)
                    .map_err(|why| Failure::new(format!("{}: {why}", manifest.display())))?;
                rows.retain(|root| root.path.starts_with(dir));
                return Ok(rows);
            }
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) => {}
            Err(error) => return Err(Failure::disk("read", &manifest, &error)),
        }
    }
    if dir.is_file() {
        return Ok(vec![unlisted(dir)]);
    }
    let entries = fs::read_dir(dir).map_err(|error| Failure::disk("list", dir, &error))?;
    Ok(entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_document(path))
        .map(|path| unlisted(&path))
        .collect())
}

fn is_document(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str);
    path.is_file() && matches!(extension, Some("json" | "yaml" | "yml"))
}

/// Returns a document that no manifest lists: it must be accepted.
fn unlisted(path: &Path) -> Root {
    let text = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent().unwrap_or(path);
    Root {
        name: format!("{}/{}", text(folder.file_name()), text(path.file_name())),
        path: path.to_path_buf(),
        ref_root: folder.to_path_buf(),
        expect: Expect::Generate,
        at: None,
        disputed: None,
    }
}

/// Parses the rows of a manifest. Columns are found by their names in the first line, so that a list can have others.
fn rows(text: &str, folder: &Path) -> Result<Vec<Root>, String> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| header.iter().position(|title| *title == name);
    let path = column("path").ok_or("the first line has no column `path`")?;
    let (expect, ref_root, at) = (column("expect"), column("ref_root"), column("at"));
    let mut roots = Vec::new();
    for (number, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |column: Option<usize>| {
            column
                .and_then(|at| cells.get(at))
                .copied()
                .unwrap_or_default()
        };
        let name = cell(Some(path));
        let own = folder.join(name);
        roots.push(Root {
            ref_root: match cell(ref_root) {
                "" => own.parent().unwrap_or(folder).to_path_buf(),
                below => folder.join(below),
            },
            name: name.to_owned(),
            path: own,
            expect: match cell(expect) {
                "generate" | "" => Expect::Generate,
                "either" => Expect::Either,
                "refuse" => Expect::Reject,
                other => {
                    let line = number + 2; // lines count from 1, and the first has the titles
                    return Err(format!(
                        "line {line}: unknown expectation `{other}`; expected `generate`, `either` or `refuse`"
                    ));
                }
            },
            at: cell(at).strip_prefix('#').map(str::to_owned),
            disputed: None,
        });
    }
    Ok(roots)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "path\tlicence\texpect\tref_root\tat\n\
        a/one.yaml\tMIT\tgenerate\t\t\n\
        a/tree/api/two.yaml\tMIT\teither\ta/tree\t\n\
        b/three.json\tMIT\trefuse\t\t#/paths/~1foo\n";

    fn corpus() -> tempfile::TempDir {
        let top = tempfile::tempdir().expect("a temporary folder can be made");
        for path in [
            "MANIFEST.tsv",
            "a/one.yaml",
            "a/tree/api/two.yaml",
            "b/three.json",
            "b/part.json",
        ] {
            let path = top.path().join(path);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
            fs::write(path, LIST).expect("it can be written");
        }
        top
    }

    fn names(dirs: &[PathBuf], text: &str) -> Vec<String> {
        let is_wanted = |name: &str| name.contains(text);
        let roots = find(dirs, &is_wanted, &Disputed::default()).expect("there are documents");
        roots.into_iter().map(|root| root.name).collect()
    }

    #[test]
    fn only_rows_of_the_manifest_are_documents() {
        let top = corpus();
        let all = ["a/one.yaml", "a/tree/api/two.yaml", "b/three.json"];
        assert_eq!(names(&[top.path().to_path_buf()], ""), all);
        assert_eq!(
            names(&[top.path().join("b"), top.path().join("b")], ""),
            ["b/three.json"]
        );
        assert_eq!(
            names(&[top.path().to_path_buf()], "two"),
            ["a/tree/api/two.yaml"]
        );
        assert_eq!(names(&[top.path().join("a/one.yaml")], ""), ["a/one.yaml"]);
    }

    #[test]
    fn a_row_says_what_is_expected() {
        let roots = rows(LIST, Path::new("/c")).expect("the list is right");
        let [one, two, three] = roots.as_slice() else {
            panic!("three rows")
        };
        assert_eq!(
            (one.expect, one.ref_root.as_path()),
            (Expect::Generate, Path::new("/c/a"))
        );
        assert_eq!(
            (two.expect, two.ref_root.as_path()),
            (Expect::Either, Path::new("/c/a/tree"))
        );
        assert_eq!(
            (three.expect, three.at.as_deref()),
            (Expect::Reject, Some("/paths/~1foo"))
        );
        assert_eq!((three.group(), three.file()), ("b", "three.json"));
        let wrong = rows("path\texpect\nx.json\tmaybe\n", Path::new("/c")).map(|_| ());
        assert_eq!(
            wrong,
            Err(
                "line 2: unknown expectation `maybe`; expected `generate`, `either` or `refuse`"
                    .to_owned()
            )
        );
    }

    #[test]
    fn without_a_manifest_every_file_of_the_folder_must_be_accepted() {
        let top = corpus();
        fs::remove_file(top.path().join(MANIFEST)).expect("it is there");
        let roots =
            find(&[top.path().join("b")], &|_| true, &Disputed::default()).expect("there are two");
        let names: Vec<&str> = roots.iter().map(|root| root.name.as_str()).collect();
        assert_eq!(names, ["b/part.json", "b/three.json"]);
        assert!(roots.iter().all(|root| root.expect == Expect::Generate));
    }
}
