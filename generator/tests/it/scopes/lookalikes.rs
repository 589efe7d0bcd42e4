//! Generated documents whose names look alike, with the facts that each of them states.
//!
//! Each document is generated from a seed. Its names come from small lists: spellings with one Rust name, keywords,
//! names of the prelude and of the runtime, and names that the generator adds (`new`, `with_foo`, `FooBody`).

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

use crate::mutation::Choices as _;
use crate::numbers::Numbers;

/// Names of schemas, with names that operations and other schemas generate. Spellings of one Rust name are neighbours.
const SCHEMAS: &str = "U,UFoo,Foo,Foo2,foo,FOO,foo_,foo_2,foo-2,Foo.2,fooBar,foo_bar,FooBar,FooBody,FooCall,FooParts,FooRequest,\
    FooResponse,FooError,FooOk,FooSuccess,Type,type,type_,self,Self,Err,Error,Unknown,Client,client,TransportErrorKind,Option,String,\
    Vec,Body,Event,Part,types,runtime";

/// Names of members and of parameters in a path or a query.
const MEMBERS: &str = "foo,Foo,FOO,foo_,_foo,foo2,foo_2,foo-2,fooBar,foo_bar,with_foo,new,value,body,params,client,deadline,put_query,send,err,self,\
    self_,Self,type,type_,Type,_type,type_query,query,foo_query,additional_properties,additionalProperties,additional-properties,\
    μg,μ,ug,u,1,_1,n1,2,@id,id";

/// Values of enums; one is the empty string.
const VALUES: &str = "foo,Foo,FOO,foo_,foo2,foo_2,Foo 2,foo-2,err,Err,error,ok,some,none,self,Self,self_,unknown,Unknown,UNKNOWN,all,\
    ALL,type,Type,μg,μ,ug,u,1,-1,+1,1.0,10,%,percent,,empty";

/// Names that a header, a cookie or a security scheme can have; no two are equal but for case.
const TOKENS: &str = "foo,x-foo,x_foo,x.foo,foo2,foo-2,foo_2,type,type_,self,self_,err,client,body,params,new,build,base_url,timeout";

const OPERATIONS: &str = "foo,Foo,FOO,foo_,foo2,foo-2,getFoo,get_foo,get-foo,fooAll,foo_all,foo_streamed,type,self,new,send,builder,\
    clone,draft,client,deadline";

const TAGS: &str = "foo,Foo,foo_,foo-2,self,mod,types,client,Default,default,runtime";

const MEDIA_TYPES: &str = "application/vnd.a.b,application/vnd-a-b,application/vnd_a_b,application/vnd.a+json,application/vnd-a+json,\
    application/vnd_a+json,application/json,text/json,application/x-www-form-urlencoded,multipart/form-data,text/plain,text/csv,\
    text/x-csv,text/x.csv,application/octet-stream,image/png,application/xml,text/xml";

/// A generated document and its facts, such as ``GET /a: query parameter `x` ``.
pub struct Document {
    pub text: String,
    pub facts: BTreeSet<String>,
}

/// Generates the document of a seed.
pub fn document(seed: u64) -> Document {
    let mut draft = Draft {
        numbers: Numbers(seed),
        facts: BTreeSet::new(),
        objects: Vec::new(),
        others: Vec::new(),
    };
    let value = draft.document();
    Document {
        text: serde_json::to_string_pretty(&value).expect("a value can be written"),
        facts: draft.facts,
    }
}

struct Draft {
    numbers: Numbers,
    facts: BTreeSet<String>,
    /// Schemas that are objects, and those that are not.
    objects: Vec<&'static str>,
    others: Vec<&'static str>,
}

fn object<K: Into<Value>, V: Into<Value>>(members: impl IntoIterator<Item = (K, V)>) -> Value {
    let members = members
        .into_iter()
        .map(|(name, value)| (name.into(), value.into()));
    Value::Mapping(members.collect::<Mapping>())
}

fn string() -> Value {
    object([("type", "string")])
}

fn empty() -> Value {
    Value::Sequence(Vec::new())
}

fn reference(schema: &str) -> Value {
    object([("$ref", format!("#/components/schemas/{schema}"))])
}

/// A step of a JSON Pointer.
fn child(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

impl Draft {
    /// Picks neighbours in a list, where spellings of one Rust name are next to each other.
    fn some(&mut self, all: &'static str, least: usize, most: usize) -> Vec<&'static str> {
        let all: Vec<_> = all.split(',').collect();
        let count = least + self.numbers.below(most - least + 1);
        let window = (count * 2).max(6).min(all.len());
        let start = self.numbers.below(all.len() - window + 1);
        let window = &all[start..start + window];
        self.numbers
            .several(window, count)
            .into_iter()
            .copied()
            .collect()
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.numbers.below(count) == 0
    }

    fn fact(&mut self, at: &str, what: impl std::fmt::Display) {
        self.facts.insert(format!("{at}: {what}"));
    }

    fn document(&mut self) -> Value {
        let names = self.some(SCHEMAS, 4, 6);
        let objects = 3 + self.numbers.below(names.len() - 3);
        self.objects = names[..objects].to_vec();
        self.others = names[objects..].to_vec();
        let mut schemas: Vec<(&str, Value)> = Vec::new();
        for name in self.objects.clone() {
            schemas.push((name, self.object(&child("/components/schemas", name), 0)));
        }
        for name in self.others.clone() {
            let at = child("/components/schemas", name);
            let schema = match self.numbers.below(4) {
                0 => self.integers(&at),
                1 => self.strings(&at),
                _ => self.union(&at),
            };
            schemas.push((name, schema));
        }
        let schemes = self.schemes();
        let security = schemes.keys().map(|name| object([(name.clone(), empty())]));
        let security: Vec<_> = security.collect();
        let tags = self.some(TAGS, 1, 4);
        let ids = self.some(OPERATIONS, 1, 4).into_iter().enumerate();
        let paths: Vec<_> = ids
            .map(|(number, id)| self.operation(number, id, &tags))
            .collect();
        let schemas = ("schemas", object(schemas));
        object([
            ("openapi", "3.1.0".into()),
            ("info", object([("title", "Names"), ("version", "1")])),
            ("security", security.into()),
            ("paths", object(paths)),
            (
                "components",
                object([schemas, ("securitySchemes", Value::Mapping(schemes))]),
            ),
        ])
    }

    fn schemes(&mut self) -> Mapping {
        let mut schemes = Mapping::new();
        for name in self.some(TOKENS, 0, 4) {
            self.fact("securitySchemes", name);
            let scheme = match self.numbers.below(3) {
                0 => object([("type", "http"), ("scheme", "bearer")]),
                1 => object([("type", "http"), ("scheme", "basic")]),
                _ => object([("type", "apiKey"), ("in", "query"), ("name", name)]),
            };
            schemes.insert(name.into(), scheme);
        }
        schemes
    }

    /// An object with members of all kinds.
    fn object(&mut self, at: &str, depth: usize) -> Value {
        let at_members = format!("{at}/properties");
        let mut members: Vec<(&str, Value)> = Vec::new();
        let mut required: Vec<Value> = Vec::new();
        for name in self.some(MEMBERS, 1, 4) {
            self.fact(at, format_args!("member `{name}`"));
            members.push((name, self.member(&child(&at_members, name), depth)));
            if self.one_in(2) {
                required.push(name.into());
            }
        }
        let mut schema = vec![("type", "object".into()), ("properties", object(members))];
        if !required.is_empty() {
            schema.push(("required", required.into()));
        }
        if self.one_in(3) {
            self.fact(at, "additional properties");
            schema.push(("additionalProperties", string()));
        }
        object(schema)
    }

    fn member(&mut self, at: &str, depth: usize) -> Value {
        match self.numbers.below(9) {
            0 if depth < 2 => self.object(at, depth + 1),
            1 => self.strings(at),
            2 => self.reference_to_one(),
            3 if depth < 2 => {
                let items = self.object(&format!("{at}/items"), depth + 1);
                object([("type", "array".into()), ("items", items)])
            }
            4 => object([("type", "integer")]),
            _ => string(),
        }
    }

    fn reference_to_one(&mut self) -> Value {
        let all = [self.objects.as_slice(), &self.others].concat();
        reference(self.numbers.pick::<&str>(&all))
    }

    /// An enum of strings.
    fn strings(&mut self, at: &str) -> Value {
        let values = self.some(VALUES, 2, 6);
        for value in &values {
            self.fact(at, format_args!("value `{value}`"));
        }
        object([("type", Value::from("string")), ("enum", values.into())])
    }

    /// An enum of integers.
    fn integers(&mut self, at: &str) -> Value {
        let values = self.numbers.several(&[0, 1, -1, 2, 10, -10, 100], 4);
        for value in &values {
            self.fact(at, format_args!("value `{value}`"));
        }
        let values: Vec<_> = values.into_iter().copied().collect();
        object([("type", "integer".into()), ("enum", Value::from(values))])
    }

    /// A union of component schemas, an inline object and a string.
    fn union(&mut self, at: &str) -> Value {
        let schemas = self.numbers.several(&self.objects, 3);
        let mut branches: Vec<_> = schemas.into_iter().map(|name| reference(name)).collect();
        if self.one_in(3) {
            let at = format!("{at}/oneOf/{}", branches.len());
            branches.push(self.object(&at, 1));
        }
        if self.one_in(3) {
            branches.push(string());
        }
        self.fact(at, format_args!("{} branches", branches.len()));
        object([("oneOf", branches)])
    }

    fn operation(&mut self, number: usize, id: &str, tags: &[&str]) -> (String, Value) {
        let in_path = self.some(MEMBERS, 0, 3);
        let steps: Vec<_> = in_path.iter().map(|name| format!("/{{{name}}}")).collect();
        let path = format!("/{number}{}", steps.concat());
        let method = if self.one_in(3) { "get" } else { "post" };
        let at = format!("{}/{method}", child("/paths", &path));
        let what = format!("{} {path}", method.to_uppercase());
        self.fact(&what, format_args!("operationId `{id}`"));
        let parameters = self.parameters(&at, &what, &in_path);
        let mut operation = vec![
            ("operationId", id.into()),
            ("parameters", parameters.into()),
        ];
        if !self.one_in(4) {
            let tag = *self.numbers.pick(tags);
            self.fact(&what, format_args!("tag `{tag}`"));
            operation.push(("tags", vec![tag].into()));
        }
        if method == "post" {
            let content = self.body(&format!("{at}/requestBody/content"), &what);
            operation.push(("requestBody", object([("content", content)])));
        }
        operation.push((
            "responses",
            self.responses(&format!("{at}/responses"), &what),
        ));
        (path, object([(method, object(operation))]))
    }

    fn parameters(&mut self, at: &str, what: &str, in_path: &[&'static str]) -> Vec<Value> {
        let mut named: Vec<(&str, &str)> = in_path.iter().map(|name| ("path", *name)).collect();
        for (place, names) in [("query", MEMBERS), ("header", TOKENS), ("cookie", TOKENS)] {
            let names = self.some(names, 0, 3).into_iter();
            named.extend(names.map(|name| (place, name)));
        }
        let mut parameters = Vec::new();
        for (index, (place, name)) in named.into_iter().enumerate() {
            self.fact(what, format_args!("{place} parameter `{name}`"));
            let schema = if self.one_in(6) {
                self.strings(&format!("{at}/parameters/{index}/schema"))
            } else {
                string()
            };
            parameters.push(object([
                ("name", name.into()),
                ("in", place.into()),
                ("required", Value::from(place == "path")),
                ("schema", schema),
            ]));
        }
        parameters
    }

    fn body(&mut self, at: &str, what: &str) -> Value {
        let mut content: Vec<(&str, Value)> = Vec::new();
        for media_type in self.some(MEDIA_TYPES, 1, 5) {
            self.fact(what, format_args!("media type `{media_type}`"));
            let at = format!("{}/schema", child(at, media_type));
            let is_structured = media_type.ends_with("json") || media_type.ends_with("urlencoded");
            let described = if media_type == "multipart/form-data" {
                self.multipart(what)
            } else if is_structured {
                object([("schema", self.object(&at, 2))])
            } else {
                object([("schema", string())])
            };
            content.push((media_type, described));
        }
        object(content)
    }

    fn multipart(&mut self, what: &str) -> Value {
        let mut parts: Vec<(&str, Value)> = Vec::new();
        let mut encoding: Vec<(&str, Value)> = Vec::new();
        for name in self.some(MEMBERS, 1, 4) {
            self.fact(what, format_args!("part `{name}`"));
            let file = object([("type", "string"), ("format", "binary")]);
            parts.push((name, if self.one_in(2) { file } else { string() }));
            let headers = self.headers(&|header| {
                (
                    what.to_owned(),
                    format!("header `{header}` of part `{name}`"),
                )
            });
            encoding.push((name, object([("headers", headers)])));
        }
        let schema = object([("type", "object".into()), ("properties", object(parts))]);
        object([("schema", schema), ("encoding", object(encoding))])
    }

    fn headers(&mut self, fact: &dyn Fn(&str) -> (String, String)) -> Value {
        let names = self.some(TOKENS, 0, 2);
        for name in &names {
            let (at, fact) = fact(name);
            self.fact(&at, fact);
        }
        object(
            names
                .into_iter()
                .map(|name| (name, object([("schema", string())]))),
        )
    }

    fn responses(&mut self, at: &str, what: &str) -> Value {
        let successes = self.some("200,201,202,2XX", 1, 2);
        let failures = self.some("400,404,4XX,default", 0, 2);
        let mut responses: Vec<(&str, Value)> = Vec::new();
        for group in [successes, failures] {
            for status in &group {
                // a method with one success, or one failure, returns its type
                if group.len() > 1 {
                    self.fact(what, format_args!("response `{status}`"));
                }
                let at = format!("{}/content/application~1json/schema", child(at, status));
                let schema = object([("schema", self.object(&at, 2))]);
                let headers =
                    self.headers(&|header| ("response header".to_owned(), header.to_owned()));
                let response = object([
                    ("description", "One.".into()),
                    ("headers", headers),
                    ("content", object([("application/json", schema)])),
                ]);
                responses.push((status, response));
            }
        }
        object(responses)
    }
}
