//! Security schemes as Swagger 2.0 and other specifications spell them.

use crate::load::{Node, Object};
use crate::pointer::Pointer;
use crate::resolve::Resolver;

impl Resolver<'_> {
    /// Mends a security scheme: `type: basic`, `type: bearer`, `type: oauth2` without `flows`.
    pub(in crate::resolve) fn repair_scheme(&mut self, object: &mut Object, at: &Pointer) {
        let ty = object
            .get("type")
            .and_then(Node::as_text)
            .unwrap_or_default();
        let scheme = match ty.to_ascii_lowercase().as_str() {
            "basic" => "basic",
            "bearer" | "jwt" => "bearer",
            "oauth2" if !object.contains_key("flows") => {
                self.slip(
                    at.clone(),
                    "`flows` is missing in a security scheme; the user of the client has a token",
                );
                object.insert("flows".into(), Node::from(Object::default()));
                return;
            }
            "openidconnect" if !object.contains_key("openIdConnectUrl") => {
                self.slip(at.clone(), "`openIdConnectUrl` is missing in a security scheme; the user of the client has a token");
                object.insert("openIdConnectUrl".into(), Node::string(""));
                return;
            }
            _ => return,
        };
        let text = format!(
            "`{ty}` is not a type of security schemes; it is read as `type: http, scheme: {scheme}`"
        );
        self.slip(at.child("type"), text);
        object.insert("type".into(), Node::string("http"));
        object.insert("scheme".into(), Node::string(scheme));
    }
}
