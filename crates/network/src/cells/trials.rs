//! The fast way against the obvious one, and the null model against data that follow it.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::beside::Beside;
use super::grow::Ground;
use super::{Act, Found, ReadError, Settings, chance, find, meetings, read};
use crate::dice::{Dice, trials};
use proptest::prelude::*;
use std::collections::BTreeSet;

const WINDOW_MS: u64 = 60_000;

/// Popular objects in bursts, accounts of uneven rates, nobody together with anybody.
fn strangers(dice: &mut Dice, acts: usize, accounts: usize, objects: usize) -> Vec<Act> {
    let days_ms = 10.0 * 86_400_000.0;
    let mut list = Vec::with_capacity(acts);
    for _ in 0..acts {
        let object = (objects as f64 * dice.part().powi(2)) as u32;
        let birth = f64::from(object.wrapping_mul(2_654_435_761)) / f64::from(u32::MAX) * days_ms;
        let at_ms = (birth - (1.0 - dice.part()).ln() * 1_800_000.0) as u64;
        let account = (accounts as f64 * dice.part().powf(1.5)) as u32;
        list.push(Act { at_ms, account, object });
    }
    list
}

/// Accounts that share a new object each time, most of them each time, within a minute.
fn planted(dice: &mut Dice, members: &[u32], times: u32, first_object: u32, list: &mut Vec<Act>) {
    for object in first_object..first_object + times {
        let start = dice.part() * 8.0e8;
        for &account in members {
            if dice.part() < 0.7 {
                list.push(Act { at_ms: (start + dice.part() * 60_000.0) as u64, account, object });
            }
        }
    }
}

fn names(found: &Found) -> Vec<Vec<u32>> {
    found.cells.iter().map(|cell| cell.accounts.clone()).collect()
}

/// The number of ways to choose, small.
fn choose(n: u64, k: u64) -> f64 {
    if k > n { 0.0 } else { (0..k).fold(1.0, |ways, i| ways * (n - i) as f64 / (i + 1) as f64) }
}

#[test]
fn tail_counts_ways() {
    for all in 1..=14u64 {
        for (marked, draws) in (0..=all).flat_map(|marked| (0..=all).map(move |draws| (marked, draws))) {
            for seen in 0..=all + 1 {
                let ways: f64 = (seen..=all.max(seen))
                    .filter(|k| *k <= draws)
                    .map(|k| choose(marked, k) * choose(all - marked, draws - k))
                    .sum();
                let expected = ways / choose(all, draws);
                let got = chance::tail(all, marked, draws, seen);
                assert!((got - expected).abs() < 1e-9, "{all} {marked} {draws} {seen}: {got} {expected}");
            }
        }
    }
}

#[test]
fn tail_of_many_is_the_poisson_tail() {
    // 3e6 acts, mean 0.02: 1 - exp(-m)(1 + m + m²/2), up to the share that is drawn.
    let mean = 2_000.0 * 30.0 / 3.0e6_f64;
    let poisson = mean.powi(3) / 6.0 * (1.0 - 0.75 * mean);
    let got = chance::tail(3_000_000, 2_000, 30, 3);
    // Thirty draws without replacement give 30·29·28 of 30³.
    assert!((got / (poisson * 0.902) - 1.0).abs() < 0.01, "{got} {poisson}");
    assert!(chance::tail(3_000_000, 2_000, 1_000_000, 1) > 0.999);
}

#[test]
fn discoveries_are_those_of_benjamini_and_hochberg() {
    let check =
        |p: &[f64], tests: f64, expected: f64| assert_eq!(chance::discoveries(p, tests, 0.05), expected);
    // The example of the paper: 15 values, four are believed.
    let paper = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
        0.6528, 0.7590, 1.0,
    ];
    check(&paper, 15.0, 0.0095);
    check(&[0.04, 0.03], 2.0, 0.04);
    check(&[0.04, 0.03], 4.0, 0.0);
    check(&[], 0.0, 0.0);
}

/// All ways to hand the acts of others to `b` and the rest, given those of `a`: how often they meet so often.
fn enumerated(acts: &[Act], a: u32, b: u32, seen: u32) -> f64 {
    let others: Vec<&Act> = acts.iter().filter(|act| act.account != a).collect();
    let of_b = others.iter().filter(|act| act.account == b).count() as u32;
    let beside_a = |one: &Act| {
        acts.iter().any(|act| {
            act.account == a && act.object == one.object && act.at_ms.abs_diff(one.at_ms) <= WINDOW_MS
        })
    };
    let beside: Vec<bool> = others.iter().map(|one| beside_a(one)).collect();
    let (mut ways, mut as_often) = (0u32, 0u32);
    for hands in (0u32..1 << others.len()).filter(|hands| hands.count_ones() == of_b) {
        ways += 1;
        let met = (0..others.len()).filter(|at| hands >> at & 1 == 1 && beside[*at]).count() as u32;
        as_often += u32::from(met >= seen);
    }
    f64::from(as_often) / f64::from(ways)
}

/// The chance of a member by the sets themselves: joint acts of the rest, all acts beside them, the member's among these.
fn alone(beside: &Beside, members: &[u32], member: u32) -> f64 {
    let rest: Vec<u32> = members.iter().copied().filter(|other| *other != member).collect();
    let of_rest = |act: u32| rest.contains(&beside.acts[act as usize].account);
    let all = 0..beside.acts.len() as u32;
    let joint = |act: u32| of_rest(act) && beside.around(act).any(|other| other != act && of_rest(other));
    let marked: Vec<u32> =
        all.clone().filter(|act| !of_rest(*act) && beside.around(*act).any(joint)).collect();
    let seen = marked.iter().filter(|act| beside.acts[**act as usize].account == member).count() as u64;
    let others = all.filter(|act| !of_rest(*act)).count() as u64;
    if seen < 2 { 1.0 } else { chance::tail(others, marked.len() as u64, beside.count(member) as u64, seen) }
}

proptest! {
    #![proptest_config(trials())]

    #[test]
    fn pair_p_is_that_of_all_ways_enumerated(
        given in prop::collection::vec((0u64..300, 0u32..5, 0u32..4), 4..16)
    ) {
        let given: Vec<Act> = given.into_iter()
            .map(|(second, account, object)| Act { at_ms: second * 1000, account, object }).collect();
        let beside = Beside::new(&given, WINDOW_MS);
        for (a, b) in (0..beside.accounts() as u32).flat_map(|a| (0..a).map(move |b| (b, a))) {
            let met = beside.acts_of(a).iter()
                .map(|act| beside.around(*act).filter(|o| beside.acts[*o as usize].account == b).count())
                .sum::<usize>() as u32;
            let slow = enumerated(&beside.acts, a, b, met).max(enumerated(&beside.acts, b, a, met));
            let fast = meetings::pair_p(&beside, a, b, met);
            prop_assert!((slow - fast).abs() < 1e-9, "{a} {b} met {met}: {fast} instead of {slow}");
        }
    }

    #[test]
    fn beside_is_within_the_window_on_one_object(
        given in prop::collection::vec((0u64..400, 0u32..9, 0u32..5), 0..30)
    ) {
        let given: Vec<Act> = given.into_iter()
            .map(|(second, account, object)| Act { at_ms: second * 1000, account, object }).collect();
        let beside = Beside::new(&given, WINDOW_MS);
        let firsts: BTreeSet<(u32, u32, u64)> = given.iter().map(|act| {
            let same = given.iter().filter(|o| (o.account, o.object) == (act.account, act.object));
            (act.object, act.account, same.map(|o| o.at_ms).min().unwrap())
        }).collect();
        prop_assert_eq!(beside.acts.iter().map(|a| (a.object, a.account, a.at_ms)).collect::<BTreeSet<_>>(), firsts);
        for (at, act) in beside.acts.iter().enumerate() {
            prop_assert_eq!(given[beside.places[at] as usize], *act);
            for (other_at, other) in beside.acts.iter().enumerate() {
                let near = act.object == other.object && act.at_ms.abs_diff(other.at_ms) <= WINDOW_MS;
                prop_assert_eq!(beside.around(at as u32).contains(&(other_at as u32)), near);
            }
        }
    }

    #[test]
    fn members_are_judged_by_the_others_alone(
        given in prop::collection::vec((0u64..400, 0u32..8, 0u32..5), 4..40)
    ) {
        let given: Vec<Act> = given.into_iter()
            .map(|(second, account, object)| Act { at_ms: second * 1000, account, object }).collect();
        let beside = Beside::new(&given, WINDOW_MS);
        let members: Vec<u32> = (0..beside.accounts().min(4) as u32).collect();
        let fast = Ground::new(&beside, 0.01).member_chances(&members);
        let by_others: Vec<f64> = members.iter().map(|member| alone(&beside, &members, *member)).collect();
        for (fast, slow) in fast.iter().zip(&by_others) {
            prop_assert!((fast - slow).abs() < 1e-9, "{fast} instead of {slow}");
        }
    }

    #[test]
    fn order_of_the_file_changes_nothing(seed in 0u64..1000) {
        let mut dice = Dice(seed);
        let mut given = strangers(&mut dice, 600, 40, 30);
        planted(&mut dice, &[50, 51, 52, 53], 8, 100, &mut given);
        let before = find(&given, &Settings::default());
        for at in (1..given.len()).rev() {
            given.swap(at, dice.below(at + 1));
        }
        let after = find(&given, &Settings::default());
        prop_assert_eq!(names(&before), names(&after));
        prop_assert_eq!(before.pairs, after.pairs);
    }
}

/// A p-value between the tail at what was seen and the tail beyond, drawn at random, is uniform when the model holds.
#[test]
fn p_is_uniform_under_the_null() {
    let mut values = Vec::new();
    let mut plain = Vec::new();
    for seed in 0..60 {
        let mut dice = Dice(9_000 + seed);
        let beside = Beside::new(&strangers(&mut dice, 6_000, 60, 3_000), 600_000);
        for a in 0..20u32 {
            let b = a + 20;
            let met = beside.acts_of(a).iter().flat_map(|act| beside.around(*act));
            let seen = met.filter(|o| beside.acts[*o as usize].account == b).count() as u64;
            let (all, marked) = ((beside.acts.len() - beside.count(a)) as u64, beside.exposure(a) as u64);
            let tail = |seen| chance::tail(all, marked, beside.count(b) as u64, seen);
            plain.push(tail(seen));
            values.push(tail(seen + 1) + dice.part() * (tail(seen) - tail(seen + 1)));
        }
    }
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    let off = |(at, p): (usize, &f64)| (p - at as f64 / n).max((at + 1) as f64 / n - p);
    let worst = values.iter().enumerate().map(off).fold(0.0, f64::max);
    // Kolmogorov and Smirnov: above this in one of a hundred trials.
    assert!(worst < 1.63 / n.sqrt(), "{worst} for {n} values");
    for level in [0.01, 0.05, 0.2] {
        let below = plain.iter().filter(|p| **p <= level).count() as f64 / n;
        assert!(below <= level + 2.6 * (level / n).sqrt(), "{below} of p at {level}");
    }
}

#[test]
fn strangers_are_no_cell() {
    for seed in 0..20 {
        let given = strangers(&mut Dice(seed), 20_000, 400, 800);
        assert_eq!(find(&given, &Settings::default()), Found::default(), "seed {seed}");
    }
}

#[test]
fn flash_crowds_are_no_cell() {
    for seed in 0..10 {
        let mut dice = Dice(700 + seed);
        let mut given = strangers(&mut dice, 20_000, 2_000, 800);
        for object in 1_000..1_030 {
            let start = dice.part() * 8.0e8;
            for _ in 0..200 {
                let account = (2_000.0 * dice.part().powf(1.5)) as u32;
                let at_ms = (start - (1.0 - dice.part()).ln() * 200_000.0) as u64;
                given.push(Act { at_ms, account, object });
            }
        }
        assert_eq!(find(&given, &Settings::default()), Found::default(), "seed {seed}");
    }
}

#[test]
fn cells_are_found_apart() {
    let mut dice = Dice(5);
    let mut given = strangers(&mut dice, 20_000, 2_000, 800);
    let one: Vec<u32> = (100..112).collect();
    // Account 111 acts with both, and does not make them one.
    let other: Vec<u32> = (111..120).collect();
    planted(&mut dice, &one, 14, 2_000, &mut given);
    planted(&mut dice, &other, 12, 3_000, &mut given);
    let found = find(&given, &Settings::default());
    assert_eq!(names(&found), [one.clone(), other]);
    for cell in &found.cells {
        assert!(cell.p() < 1e-4);
        assert!(cell.acts.iter().all(|act| cell.accounts.contains(&given[*act].account)), "acts are its own");
        assert!(cell.acts.len() > 60);
    }
    assert_eq!(found.pairs.len(), 12 * 11 / 2 + 9 * 8 / 2);
    assert!(found.pairs.windows(2).all(|two| (two[0].a, two[0].b) < (two[1].a, two[1].b)));
    assert!(found.pairs.iter().all(|pair| pair.a < pair.b && pair.p < 1e-4));
}

#[test]
fn one_meeting_is_no_pattern() {
    let mut given = strangers(&mut Dice(1), 20_000, 2_000, 800);
    planted(&mut Dice(2), &(100..140).collect::<Vec<_>>(), 1, 2_000, &mut given);
    assert_eq!(find(&given, &Settings::default()), Found::default());
}

#[test]
fn nothing_and_little_is_found_empty() {
    assert_eq!(find(&[], &Settings::default()), Found::default());
    let one = Act { at_ms: 0, account: 3, object: 9 };
    assert_eq!(find(&[one; 3], &Settings::default()), Found::default());
}

#[test]
fn tables_are_read() {
    let table = read("object,time,account,more\nx,1.5,@a,1\n\"y,z\",2,é,\nx,3, @a ,\n".as_bytes()).unwrap();
    assert_eq!(table.accounts, ["@a", "é"]);
    assert_eq!(table.objects, ["x", "y,z"]);
    let act = |at_ms, account, object| Act { at_ms, account, object };
    assert_eq!(table.acts, [act(1500, 0, 0), act(2000, 1, 1), act(3000, 0, 0)]);
}

#[test]
fn bad_tables_get_one_sentence() {
    let check = |text: &str, says: &str| {
        let error: ReadError = read(text.as_bytes()).unwrap_err();
        let said = error.to_string();
        assert!(said.contains(says) && !said.contains('\n'), "{text:?}: {said}");
    };
    check("", "columns time, account, object; time is missing");
    check("1,2,3\n", "time is missing");
    check("time,account,object\n", "no events");
    check("time,account\n1,2\n", "object is missing");
    check("time,account,object\nNaN,a,b\n", "line 2: the time is \"NaN\"");
    check("time,account,object\n1,a,b\n-5,a,b\n", "line 3: the time is \"-5\"");
    check("time,account,object\ninf,a,b\n", "the time is \"inf\"");
    check("time,account,object\n1e300,a,b\n", "the time is \"1e300\"");
    check("time,account,object\nsoon,a,b\n", "the time is \"soon\"");
    check("time,account,object\n1,,b\n", "line 2: the account is empty");
    check("time,account,object\n1,a,\n", "line 2: the object is empty");
    check("time,account,object\n1,a\n", "line 2: 2 of 3 fields");
    check(&format!("time,account,object\n1,{},b\n", "x".repeat(600)), "longer than 512");
}
