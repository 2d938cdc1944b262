//! Core numbers: how deep in the network an account stands.

use crate::Graph;

/// The core number of each account over its edges in both directions; a pair that reaches each other counts twice.
///
/// An account has core number k when it stays while accounts with fewer than k edges are taken away again and again.
/// Bucket order of Batagelj and Zaveršnik (2003): time and memory grow with the edges.
#[must_use]
pub fn cores(graph: &Graph) -> Vec<u32> {
    let len = graph.len();
    let (out, back) = (graph.out(), graph.back());
    let mut degree: Vec<u32> = (0..len as u32).map(|at| out.degree(at) + back.degree(at)).collect();
    let top = degree.iter().max().map_or(0, |max| *max as usize);
    // Accounts in the order of their degree; `begins[d]` is where those of degree d begin.
    let mut begins = vec![0_u32; top + 2];
    degree.iter().for_each(|d| begins[*d as usize + 1] += 1);
    for d in 0..=top {
        begins[d + 1] += begins[d];
    }
    let mut next = begins.clone();
    let (mut order, mut place) = (vec![0_u32; len], vec![0_u32; len]);
    for account in 0..len {
        let slot = &mut next[degree[account] as usize];
        order[*slot as usize] = account as u32;
        place[account] = *slot;
        *slot += 1;
    }
    for at in 0..len {
        let account = order[at];
        let own = degree[account as usize];
        for near in out.of(account).iter().chain(back.of(account)) {
            let near = *near as usize;
            if degree[near] <= own {
                continue;
            }
            // To the front of its bucket, which then begins one later: its degree is one less.
            let front = begins[degree[near] as usize].max(at as u32 + 1);
            let other = order[front as usize];
            order.swap(front as usize, place[near] as usize);
            place[other as usize] = place[near];
            place[near] = front;
            begins[degree[near] as usize] = front + 1;
            degree[near] -= 1;
        }
    }
    degree
}

#[cfg(test)]
mod tests {
    use super::cores;
    use crate::reference;
    use crate::trials::{graphs, trials};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(trials())]
        #[test]
        fn cores_are_those_of_peeling(graph in graphs(30, 120)) {
            prop_assert_eq!(cores(&graph), reference::cores(&graph));
        }
    }
}
