//! A small space: who reaches whom, by which layer and in which time.

use super::*;
use domain::id::PersonId;
use uuid::Uuid;

fn account(key: i64) -> Account {
    Account {
        id: SubjectId(Uuid::nil()),
        key,
        kind: SubjectKind::Account,
        service: String::new(),
        posts: 0,
        began: 0,
    }
}

pub(in crate::network) fn at(hour: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour)
}

/// Posts are (observation, cluster, account, hour); accounts have the key of their place.
pub(in crate::network) fn seen(
    posts: &[(i64, u128, Option<i64>, i64)],
    named: &[(i64, EdgeKind, i64)],
) -> Seen {
    let posts = posts
        .iter()
        .map(|(observation, cluster, account, hour)| Post {
            observation: *observation,
            cluster: ClusterId(Uuid::from_u128(*cluster)),
            item: *observation,
            account: *account,
            at: at(*hour),
        })
        .collect();
    let named = named
        .iter()
        .map(|(observation, kind, subject)| Named {
            observation: *observation,
            kind: *kind,
            subject: *subject,
        })
        .collect();
    let places = (0..30_u32).map(|place| (i64::from(place), place)).collect();
    Seen { accounts: (0..30).map(account).collect(), posts, named, places, ..Seen::default() }
}

/// Everything, with all accounts at their places.
fn joined(posts: &[(i64, u128, Option<i64>, i64)], named: &[(i64, EdgeKind, i64)]) -> Spread {
    seen(posts, named).of_all(Layers::default(), ..)
}

/// Links by the keys of their accounts.
fn by_keys(spread: &Spread) -> Vec<(i64, i64)> {
    let key = |place: u32| spread.accounts[place as usize].key;
    spread.edges.iter().map(|(from, to)| (key(*from), key(*to))).collect()
}

#[test]
fn a_copy_follows_the_latest_before_it() {
    let posts: Vec<_> = (0..6).map(|n| (n, 1, Some(n), n)).collect();
    let spread = joined(&posts, &[]);
    let into = |place: u32| -> Vec<u32> {
        spread.edges.iter().filter(|(_, to)| *to == place).map(|(from, _)| *from).collect()
    };
    assert_eq!(into(1), [0]);
    assert_eq!(into(5), [2, 3, 4]);
    assert_eq!(spread.sources, [0]);
    let late = joined(&[(0, 1, Some(0), 0), (1, 1, Some(1), COPY_HOURS + 1)], &[]);
    assert_eq!(late.edges, []);
}

#[test]
fn forwards_channels_and_mentions_have_their_direction() {
    let spread = joined(
        &[(1, 1, Some(1), 0), (2, 2, None, 0), (3, 3, Some(3), 0)],
        &[
            (1, EdgeKind::ForwardedFrom, 9),
            (1, EdgeKind::InChannel, 8),
            (2, EdgeKind::InChannel, 7),
            (2, EdgeKind::Mentions, 6),
        ],
    );
    assert_eq!(spread.edges, [(1, 8), (7, 6), (9, 1)]);
    // A cluster that nobody took up began nowhere; a forward began where it came from.
    assert_eq!(spread.sources, [9]);
    assert_eq!((spread.accounts[7].posts, spread.items), (1, 3));
}

/// A post of 3 that was forwarded from 9 into channel 8 and names 7; a copy of it by 4; a post of nobody in channel 6.
fn all_kinds() -> Seen {
    seen(
        &[(1, 1, Some(3), 0), (2, 1, Some(4), 2), (3, 2, None, 3)],
        &[
            (1, EdgeKind::ForwardedFrom, 9),
            (1, EdgeKind::InChannel, 8),
            (1, EdgeKind::Mentions, 7),
            (3, EdgeKind::InChannel, 6),
            (3, EdgeKind::Mentions, 7),
        ],
    )
}

#[test]
fn a_layer_that_is_not_chosen_gives_no_link() {
    let seen = all_kinds();
    for (layer, links) in [
        (Layer::Copies, vec![(3, 4)]),
        (Layer::Forwards, vec![(9, 3)]),
        (Layer::Mentions, vec![(3, 7), (6, 7)]),
        (Layer::Channels, vec![(3, 8)]),
    ] {
        let only = seen.network(Layers::of(&[layer]).unwrap(), ..);
        assert_eq!(by_keys(&only), links, "{layer:?}");
        // A forward says where content began, whether it gives a link or not.
        let source = only.accounts[only.sources[0] as usize].key;
        assert_eq!((source, only.items), (9, 3), "{layer:?}");
        let rest: Vec<Layer> = Layer::ALL.into_iter().filter(|other| *other != layer).collect();
        let without = by_keys(&seen.network(Layers::of(&rest).unwrap(), ..));
        assert!(links.iter().all(|link| !without.contains(link)), "{layer:?}: {without:?}");
        assert_eq!(without.len(), 5 - links.len());
    }
    // Whom a layer alone names is not in the network without it; where nobody is named, the channel posted.
    let copies = seen.network(Layers::of(&[Layer::Copies]).unwrap(), ..);
    let keys: Vec<(i64, u32)> = copies.accounts.iter().map(|one| (one.key, one.posts)).collect();
    assert_eq!(keys, [(3, 1), (4, 1), (6, 1), (9, 0)]);
    let all = seen.network(Layers::default(), ..);
    assert_eq!(all.accounts.iter().map(|one| one.key).collect::<Vec<_>>(), [3, 4, 6, 7, 8, 9]);
}

#[test]
fn posts_of_another_time_count_for_nothing() {
    // 1 began it, 2 and 3 copied it; 2 named 5 early, 3 named 6 late.
    let seen = seen(
        &[(1, 1, Some(1), 0), (2, 1, Some(2), 10), (3, 1, Some(3), 20), (4, 1, Some(2), 30)],
        &[(2, EdgeKind::Mentions, 5), (3, EdgeKind::Mentions, 6)],
    );
    let late = seen.network(Layers::default(), at(10)..);
    assert_eq!(by_keys(&late), [(2, 3), (2, 5), (3, 6)]);
    assert_eq!((late.items, late.span), (3, Some((at(10), at(30)))));
    let figures: Vec<_> = late.accounts.iter().map(|one| (one.key, one.posts, one.began)).collect();
    assert_eq!(figures, [(2, 2, 1), (3, 1, 0), (5, 0, 0), (6, 0, 0)]);
    assert_eq!(late.sources, [0]);
    // The first of the time began it, and one that nobody took up in it began nowhere.
    assert_eq!(by_keys(&seen.network(Layers::default(), at(11)..)), [(3, 2), (3, 6)]);
    let last = seen.network(Layers::default(), at(21)..);
    assert_eq!((last.edges, last.sources, last.items), (vec![], vec![], 1));
    // As it was known at a time, all accounts keep their places.
    let then = seen.of_all(Layers::default(), at(5)..at(20));
    assert_eq!((then.edges, then.accounts.len(), then.items), (vec![(2, 5)], 30, 1));
}

#[test]
fn who_is_kept_is_found_at_the_new_places() {
    let of = KeptFor { digest: [1; 32], agency: AgencyId(Uuid::nil()), placed_by: PersonId(Uuid::nil()) };
    let kept = [3, 7].map(|place| Kept { place, of: of.clone() }).to_vec();
    let seen = Seen { kept, ..all_kinds() };
    let places = |layer: Layer| -> Vec<i64> {
        let spread = seen.network(Layers::of(&[layer]).unwrap(), ..);
        spread.kept.iter().map(|kept| spread.accounts[kept.place as usize].key).collect()
    };
    assert_eq!(places(Layer::Mentions), [3, 7]);
    assert_eq!(places(Layer::Copies), [3]);
}
