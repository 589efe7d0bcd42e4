//! Random numbers that are the same in each run, so that a failure can be reproduced from its seed.

use crate::mutation::Choices;

/// A generator of pseudo-random numbers: PCG without its output step.
pub struct Numbers(pub u64);

impl Numbers {
    /// Picks one of several values.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Picks different values, in an order of their own; fewer when there are not so many.
    pub fn several<'a, T>(&mut self, all: &'a [T], count: usize) -> Vec<&'a T> {
        let mut left: Vec<&T> = all.iter().collect();
        let mut picked = Vec::new();
        while picked.len() < count && !left.is_empty() {
            picked.push(left.swap_remove(self.below(left.len())));
        }
        picked
    }
}

impl Choices for Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % end.max(1)
    }
}
