//! Walks over graphs, by the indexes of their nodes. None is recursive: documents have rows and rings of thousands.

/// Returns the strongly connected components in reverse topological order: those that others refer to come first.
///
/// Kosaraju's algorithm: a second walk, against the edges and in reverse postorder, finds one component per tree.
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut against = vec![Vec::new(); edges.len()];
    for (index, targets) in edges.iter().enumerate() {
        for target in targets {
            if let Some(slot) = against.get_mut(*target) {
                slot.push(index);
            }
        }
    }
    let order: Vec<usize> = trees(edges, 0..edges.len()).into_iter().flatten().collect();
    let mut components = trees(&against, order.into_iter().rev());
    components.reverse();
    components
}

/// Returns the trees of a depth-first walk from each start that no earlier one has reached, in postorder.
pub(super) fn trees(edges: &[Vec<usize>], starts: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
    let mut entered = vec![false; edges.len()];
    let mut enter = |index: usize| match entered.get_mut(index) {
        Some(flag) => !std::mem::replace(flag, true),
        None => false,
    };
    let below = |index: usize| edges.get(index).into_iter().flatten().copied();
    let mut trees = Vec::new();
    for start in starts {
        if !enter(start) {
            continue;
        }
        let mut tree = Vec::new();
        let mut path = vec![(start, below(start))];
        while let Some((holder, targets)) = path.last_mut() {
            match targets.find(|target| enter(*target)) {
                Some(target) => path.push((target, below(target))),
                None => {
                    tree.push(*holder);
                    path.pop();
                }
            }
        }
        trees.push(tree);
    }
    trees
}

#[cfg(test)]
mod tests {
    use super::{components, trees};

    #[test]
    fn a_tree_is_what_none_before_it_has_reached() {
        let edges = [vec![1], vec![], vec![1, 3], vec![2]];
        let expected = [vec![1, 0], vec![3, 2]];
        assert_eq!(trees(&edges, 0..4), expected);
    }

    #[test]
    fn what_leads_to_one_another_is_one_component() {
        let edges = [vec![1], vec![2], vec![1, 3], vec![]];
        let mut found = components(&edges);
        found.iter_mut().for_each(|one| one.sort_unstable());
        assert_eq!(found, [vec![3], vec![1, 2], vec![0]]);
    }
}
