//! Items that claim their names together, so that the order of the document decides nothing.
//!
//! An item has the name it wants if no other wants it. Of several, the one that `codegen.yaml` chose has it, or the one
//! that is spelled exactly like it, or the one that is spelled like it in JSON's usual way (`getPet` of `get_pet`); where
//! there is no such one, nobody has it, so that no name ever comes to mean another item than before. Whoever got nothing does the same with its next name: one of its own alternatives, then the name
//! with how it is spelled (`a_b_dash` for `a-b`), at last with a hash of the spelling.

use foldhash::HashMap;

use super::{Claim, Holder, Scope, Wish, keep_help, rename_help, with_help};

/// How much an item is entitled to a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precedence {
    Converted,
    /// Spelled like the name in camel case, as most documents spell all their names: `getPet` of `get_pet`.
    Camel,
    /// Spelled like the name, which is a keyword: `type` is `type_`.
    Keyword,
    Exact,
    Chosen,
}

impl Wish<'_> {
    fn precedence(&self) -> Precedence {
        if self.is_chosen {
            Precedence::Chosen
        } else if self.spelling == Some(self.name.as_str()) {
            Precedence::Exact
        } else if self.spelling == self.name.strip_suffix('_') {
            Precedence::Keyword
        } else if self
            .spelling
            .is_some_and(|wire| is_camel_case(wire, &self.name))
        {
            Precedence::Camel
        } else {
            Precedence::Converted
        }
    }
}

/// Returns whether a wire name is a name of several words in camel case: `getPet` is `get_pet`, and `get-pet`, `GetPet`
/// and `getPET` are not.
fn is_camel_case(wire: &str, name: &str) -> bool {
    let mut letters = wire.chars();
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default();
    let mut is_same = first.chars().all(|letter| letters.next() == Some(letter));
    for word in words {
        let mut expected = word.chars();
        let capital = expected.next().map(|first| first.to_ascii_uppercase());
        is_same &= capital.is_some() && letters.next() == capital;
        is_same &= expected.all(|letter| letters.next() == Some(letter));
    }
    is_same && letters.next().is_none() && name.contains('_')
}

impl Scope {
    /// Claims names for all items of a scope at once. The claims are in the order of the wishes, and no name depends on
    /// that order.
    pub fn claim_all(&mut self, wishes: &[Wish<'_>]) -> Vec<Claim> {
        let first: Vec<Option<String>> =
            wishes.iter().map(|wish| Some(wish.name.clone())).collect();
        let mut names = vec![None; wishes.len()];
        self.share(wishes, &first, &mut names, &|wish| wish.precedence());
        let alternatives: Vec<Vec<String>> = wishes
            .iter()
            .zip(&names)
            .map(|(wish, name)| match name {
                Some(_) => Vec::new(),
                None => self.alternatives(wish),
            })
            .collect();
        let rounds = alternatives.iter().map(Vec::len).max().unwrap_or(0);
        for round in 0..rounds {
            let wanted: Vec<Option<String>> = alternatives
                .iter()
                .map(|names| names.get(round).cloned())
                .collect();
            self.share(wishes, &wanted, &mut names, &|_| Precedence::Converted);
        }
        let claims = wishes.iter().zip(names).map(|(wish, name)| {
            let name = match name {
                Some(name) if name == wish.name || wish.equal.contains(&name) => {
                    return Claim {
                        name,
                        collision: None,
                    };
                }
                Some(name) => name,
                // two items of one spelling, such as a parameter that is there twice
                None => {
                    let name = self.numbered(&wish.name);
                    self.take(name, wish.at).name
                }
            };
            let holder = self.holders.get(&self.kind.key(&wish.name));
            let collision = holder.map(|holder| {
                // one that `codegen.yaml` or the document names has its precedence already
                let can_keep = !wish.is_chosen && !matches!(holder, Holder::Reserved(_));
                let help = if can_keep {
                    keep_help
                } else {
                    rename_help::<String>
                };
                let shown = if can_keep { &wish.name } else { &name };
                let finding = self.collision(wish, &name, holder);
                with_help(finding, wish, |kind, keys| help(kind, keys, shown))
            });
            Claim { name, collision }
        });
        claims.collect()
    }

    /// Gives the items without a name the one that they want now, if it is free and nobody else has as much right to it.
    fn share(
        &mut self,
        wishes: &[Wish<'_>],
        wanted: &[Option<String>],
        names: &mut [Option<String>],
        precedence: &dyn Fn(&Wish<'_>) -> Precedence,
    ) {
        let mut groups: HashMap<String, Group> = HashMap::default();
        for ((wish, wanted), name) in wishes.iter().zip(wanted).zip(names.iter()) {
            if let (None, Some(wanted)) = (name, wanted) {
                let group = groups.entry(self.kind.key(wanted)).or_default();
                group.add(precedence(wish));
            }
        }
        let mut contested = Vec::new();
        for ((wish, wanted), name) in wishes.iter().zip(wanted).zip(names.iter_mut()) {
            let Some(wanted) = wanted.as_ref().filter(|_| name.is_none()) else {
                continue;
            };
            let key = self.kind.key(wanted);
            if self.holders.contains_key(&key) {
                continue;
            }
            let wins = |group: &Group| group.winner == Some(precedence(wish));
            if groups.get(&key).is_some_and(wins) {
                *name = Some(wanted.clone());
            } else {
                contested.push((key, wish.at));
            }
        }
        for ((wish, wanted), name) in wishes.iter().zip(wanted).zip(names.iter()) {
            if let (Some(wanted), Some(name)) = (wanted, name)
                && wanted == name
            {
                self.holders
                    .entry(self.kind.key(name))
                    .or_insert_with(|| Holder::Item(wish.at.clone()));
            }
        }
        for (key, at) in contested {
            let nobody = Holder::Nobody(Vec::new());
            if let Holder::Nobody(all) = self.holders.entry(key).or_insert(nobody)
                && all.len() < 2
            {
                all.push(at.clone());
            }
        }
    }
}

/// The items that want one name.
#[derive(Debug, Default)]
struct Group {
    highest: Option<Precedence>,
    /// The precedence of the one item that has the name.
    winner: Option<Precedence>,
}

impl Group {
    fn add(&mut self, precedence: Precedence) {
        if self.highest.is_none_or(|highest| precedence > highest) {
            self.highest = Some(precedence);
            self.winner = Some(precedence);
        } else if self.highest == Some(precedence) {
            self.winner = None;
        }
    }
}
