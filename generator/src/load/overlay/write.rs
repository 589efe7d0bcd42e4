//! An overlay as a tree, to be written to a file.

use super::read::OPTIONAL;
use super::{Action, Change, Overlay, Version};
use crate::load::node::Node;
use crate::load::write;

impl Overlay {
    /// Returns the tree of the overlay, with the members in the order of the specification.
    pub fn to_node(&self) -> Node {
        let version = match self.version {
            Version::V1_0 => "1.0.0",
            Version::V1_1 => "1.1.0",
        };
        let info = [
            ("title", Node::string(self.title.clone())),
            ("version", Node::string(self.revision.clone())),
        ];
        let actions = self.actions.iter().map(Action::to_node).collect();
        let mut members = vec![("overlay", Node::string(version)), ("info", object(info))];
        let extends = self.extends.clone();
        members.extend(extends.map(|extends| ("extends", Node::string(extends))));
        members.push(("actions", Node::Array(actions)));
        object(members)
    }

    /// Returns the overlay as YAML.
    pub fn to_yaml(&self) -> String {
        write::yaml(&self.to_node())
    }
}

impl Action {
    /// Returns the tree of the action, with its reason before what it does.
    pub fn to_node(&self) -> Node {
        let mut members = vec![("target", Node::string(self.target.clone()))];
        let description = self.description.clone();
        members.extend(description.map(|text| ("description", Node::string(text))));
        if self.is_optional {
            members.push((OPTIONAL, Node::bool(true)));
        }
        match &self.change {
            Change::Update(value) => members.push(("update", value.clone())),
            Change::Copy(path) => members.push(("copy", Node::string(path.clone()))),
            Change::Remove => members.push(("remove", Node::bool(true))),
            Change::Nothing => {}
        }
        object(members)
    }

    /// Returns the action as an element of the list in a YAML file, to be pasted there.
    pub fn to_yaml(&self) -> String {
        write::yaml(&Node::Array(vec![self.to_node()]))
    }
}

fn object<'n>(members: impl IntoIterator<Item = (&'n str, Node)>) -> Node {
    let members = members
        .into_iter()
        .map(|(name, value)| (name.into(), value));
    members.collect()
}
