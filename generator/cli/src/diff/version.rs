//! Versions of a package: what its manifest says, and what its changes need.
//!
//! By cargo's rules: before 1.0 a break raises the minor version and everything else the patch version; in 0.0.x each
//! version can break.

use std::fmt;

use oasmith::compare::Level;
use toml_edit::DocumentMut;

/// A version of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    numbers: [u64; 3],
    /// Whether it comes before the release of its numbers: `1.0.0-rc.1`.
    is_pre_release: bool,
    text: String,
}

impl Version {
    /// Parses `1.2.3` or `1.2.3-rc.1+build`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (core, _) = text.split_once('+').unwrap_or((text, ""));
        let (core, is_pre_release) = match core.split_once('-') {
            Some((core, pre)) => (core, !pre.is_empty()),
            None => (core, false),
        };
        let numbers: Option<Vec<u64>> = core.split('.').map(|part| part.parse().ok()).collect();
        Some(Version {
            numbers: numbers?.try_into().ok()?,
            is_pre_release,
            text: text.to_owned(),
        })
    }

    /// Returns the version of a package by its manifest, and that of its workspace if it inherits.
    pub(crate) fn of(manifest: &str, workspace: impl FnOnce() -> Option<String>) -> Option<Self> {
        let manifest: DocumentMut = manifest.parse().ok()?;
        let version = manifest.get("package")?.get("version")?;
        if let Some(text) = version.as_str() {
            return Version::parse(text);
        }
        let inherits = version.get("workspace")?.as_bool()?;
        let workspace: DocumentMut = workspace().filter(|_| inherits)?.parse().ok()?;
        let package = workspace.get("workspace")?.get("package")?;
        Version::parse(package.get("version")?.as_str()?)
    }

    /// Returns the lowest version for changes since this one.
    pub(crate) fn least(&self, level: Level) -> Self {
        let [major, minor, patch] = self.numbers;
        let numbers = match (level, self.numbers) {
            // what comes before a release can change until then
            _ if self.is_pre_release || level == Level::None => self.numbers,
            (_, [0, 0, _]) => [0, 0, patch + 1],
            (Level::Major, [0, ..]) => [0, minor + 1, 0],
            (_, [0, ..]) | (Level::Patch, _) => [major, minor, patch + 1],
            (Level::Minor, _) => [major, minor + 1, 0],
            (Level::Major, _) => [major + 1, 0, 0],
            (Level::None, _) => self.numbers,
        };
        if numbers == self.numbers {
            return self.clone();
        }
        let [major, minor, patch] = numbers;
        Version {
            numbers,
            is_pre_release: false,
            text: format!("{major}.{minor}.{patch}"),
        }
    }

    /// Whether it is at least as high as another, without regard to what comes before a release.
    pub(crate) fn reaches(&self, least: &Version) -> bool {
        self.numbers >= least.numbers
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Returns what a level raises, as people say it.
pub(crate) fn level_name(level: Level) -> &'static str {
    match level {
        Level::None => "none",
        Level::Patch => "patch",
        Level::Minor => "minor",
        Level::Major => "major",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_raised_by_the_rules_of_cargo() {
        for (from, patch, minor, major) in [
            ("1.2.3", "1.2.4", "1.3.0", "2.0.0"),
            ("0.3.1", "0.3.2", "0.3.2", "0.4.0"),
            ("0.0.4", "0.0.5", "0.0.5", "0.0.5"),
            ("0.4.0-rc.1", "0.4.0-rc.1", "0.4.0-rc.1", "0.4.0-rc.1"),
        ] {
            let version = Version::parse(from).expect("it is a version");
            let least = |level| version.least(level).to_string();
            assert_eq!(least(Level::None), from);
            assert_eq!(least(Level::Patch), patch, "{from}");
            assert_eq!(least(Level::Minor), minor, "{from}");
            assert_eq!(least(Level::Major), major, "{from}");
        }
        assert_eq!(Version::parse("1.2"), None);
        assert_eq!(Version::parse("a.b.c"), None);
    }

    #[test]
    fn a_version_can_be_that_of_the_workspace() {
        let workspace = || Some("[workspace.package]\nversion = \"0.3.1\"\n".to_owned());
        for manifest in [
            "[package]\nversion = \"0.3.1\"\n",
            "[package]\nversion.workspace = true\n",
            "[package]\nversion = { workspace = true }\n",
        ] {
            let version = Version::of(manifest, workspace).map(|one| one.to_string());
            assert_eq!(version.as_deref(), Some("0.3.1"), "{manifest}");
        }
        assert_eq!(Version::of("[package]\nname = \"x\"\n", workspace), None);
        assert_eq!(Version::of("<<<", workspace), None);
    }

    #[test]
    fn a_candidate_of_a_release_reaches_it() {
        let version = |text| Version::parse(text).expect("it is a version");
        assert!(version("0.4.0-rc.1").reaches(&version("0.4.0")));
        assert!(version("1.0.0").reaches(&version("0.4.0")));
        assert!(!version("0.3.9").reaches(&version("0.4.0")));
    }
}
