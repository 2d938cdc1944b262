//! The fast way against the definition, and what the evidence must say.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::reference::expected;
use super::{Account, Evidence, Found, Link, Place, Traces, find, measures, model};
use crate::cells::Act;
use crate::dice::{Dice, trials};
use proptest::prelude::*;

#[derive(Default)]
struct World {
    accounts: Vec<Account>,
    links: Vec<Link>,
    acts: Vec<Act>,
}

impl World {
    fn traces(&self) -> Traces<'_> {
        Traces { accounts: &self.accounts, links: &self.links, acts: &self.acts }
    }

    fn add(&mut self, service: u32, name: &str) -> u32 {
        self.accounts.push(Account { service, names: vec![name.to_owned()] });
        self.accounts.len() as u32 - 1
    }

    fn post(&mut self, account: u32, object: u32, minute: u64) {
        self.acts.push(Act { at_ms: minute * 60_000, account, object });
    }

    fn link(&mut self, from: u32, to: u32, place: Place) {
        self.links.push(Link { from, to, place });
    }

    /// Strangers, so that what is usual is known: rare names, and objects that many share at any time.
    fn with_strangers(dice: &mut Dice) -> Self {
        let mut world = Self::default();
        for number in 0..300 {
            let name: String = (0..9).map(|_| char::from(b'a' + dice.below(26) as u8)).collect();
            world.add(number % 3, &name);
        }
        for account in 0..300 {
            for _ in 0..10 {
                world.post(account, dice.below(80) as u32, dice.below(60 * 24 * 30) as u64);
            }
        }
        world
    }

    fn probability(&self, a: u32, b: u32) -> f64 {
        let found = find(&self.traces(), 0.0);
        let pair = found.pairs.iter().find(|pair| (pair.a, pair.b) == (a.min(b), a.max(b)));
        pair.map_or(0.0, |pair| pair.probability)
    }
}

/// Few letters, so that names meet; links and objects at random, some of them to nowhere.
fn any_world(seed: u64) -> World {
    let mut dice = Dice(seed);
    let mut world = World::default();
    for _ in 0..2 + dice.below(25) {
        let mut names = Vec::new();
        for _ in 0..dice.below(3) {
            names.push((0..dice.below(7)).map(|_| ['a', 'b', 'C', '7', '_'][dice.below(5)]).collect());
        }
        world.accounts.push(Account { service: dice.below(3) as u32, names });
    }
    let all = world.accounts.len();
    for _ in 0..dice.below(30) {
        let place = if dice.below(2) == 0 { Place::Post } else { Place::Bio };
        world.link(dice.below(all + 1) as u32, dice.below(all) as u32, place);
    }
    for _ in 0..dice.below(60) {
        world.post(dice.below(all + 1) as u32, dice.below(12) as u32, dice.below(5_000) as u64);
    }
    // What names no account is passed over by the definition too.
    world.links.retain(|link| (link.from as usize) < all);
    world.acts.retain(|act| (act.account as usize) < all);
    world
}

fn near(x: f64, y: f64) -> bool {
    (x - y).abs() <= 1e-6 * (1.0 + x.abs().max(y.abs()))
}

proptest! {
    #![proptest_config(trials())]

    #[test]
    fn fast_is_the_definition(seed in any::<u64>()) {
        let world = any_world(seed);
        let Found { mut pairs, compared } = find(&world.traces(), 0.0);
        pairs.sort_by_key(|pair| (pair.a, pair.b));
        let expected = expected(&world.traces());
        prop_assert_eq!(compared, pairs.len());
        let places: Vec<_> = pairs.iter().map(|pair| (pair.a, pair.b)).collect();
        prop_assert_eq!(places, expected.keys().copied().collect::<Vec<_>>());
        for (pair, expected) in pairs.iter().zip(expected.values()) {
            let (names, shared) = (pair.evidence.names, pair.evidence.shared);
            prop_assert_eq!(names.is_some(), expected.alike.is_some());
            if let (Some(names), Some((similarity, information, close))) = (names, expected.alike) {
                prop_assert!(near(names.similarity, similarity) && near(names.information, information));
                prop_assert_eq!(names.close as usize, close);
            }
            prop_assert_eq!(pair.evidence.links, expected.links);
            prop_assert!(near(shared.information, expected.shared.information));
            let counts = |of: super::SharedObjects| (of.objects, of.of, of.alone, of.first);
            prop_assert_eq!(counts(shared), counts(expected.shared));
            prop_assert!((0.0..=1.0).contains(&pair.probability));
            prop_assert!(measures(&pair.evidence, world.accounts.len()).iter().all(|value| value.is_finite()));
        }
    }

    #[test]
    fn order_says_nothing(seed in any::<u64>()) {
        let world = any_world(seed);
        let mut turned = World { accounts: world.accounts.clone(), links: world.links.clone(), acts: world.acts.clone() };
        let all = turned.accounts.len() as u32;
        turned.accounts.reverse();
        turned.links.iter_mut().for_each(|link| (link.from, link.to) = (all - 1 - link.from, all - 1 - link.to));
        turned.links.reverse();
        turned.acts.iter_mut().for_each(|act| act.account = all - 1 - act.account);
        turned.acts.reverse();
        let (found, other) = (find(&world.traces(), 0.0), find(&turned.traces(), 0.0));
        prop_assert_eq!(found.compared, other.compared);
        for pair in &found.pairs {
            let same = other.pairs.iter().find(|same| (same.a, same.b) == (all - 1 - pair.b, all - 1 - pair.a));
            let close = |of: &super::Pair| of.evidence.names.map(|names| names.close);
            prop_assert_eq!(close(same.unwrap()), close(pair));
            prop_assert!(near(same.unwrap().evidence.shared.information, pair.evidence.shared.information));
        }
    }
}

#[test]
fn each_kind_of_evidence_speaks_its_way() {
    let mut world = World::with_strangers(&mut Dice(7));
    let (a, b) = (world.add(0, "kolvatrin"), world.add(1, "kolvatrin_2"));
    let alone = world.probability(a, b);
    assert!(alone > 0.1, "a rare name says something: {alone}");
    world.link(a, b, Place::Bio);
    let linked = world.probability(a, b);
    world.link(b, a, Place::Bio);
    let both = world.probability(a, b);
    assert!(alone < linked && linked <= both && both > 0.9, "{alone} {linked} {both}");
}

#[test]
fn a_common_name_says_little() {
    let mut dice = Dice(9);
    let (mut rare, mut common) = (World::with_strangers(&mut dice), World::with_strangers(&mut dice));
    let (a, b) = (rare.add(0, "kolvatrin"), rare.add(1, "kolvatrin"));
    let (x, y) = (common.add(0, "kolvatrin"), common.add(1, "kolvatrin"));
    for number in 0..60 {
        common.add(number % 3, "kolvatrin");
    }
    assert!(common.probability(x, y) < 0.5 * rare.probability(a, b));
}

#[test]
fn a_crowd_says_nothing_and_what_two_share_does() {
    let mut world = World::with_strangers(&mut Dice(11));
    let (a, b) = (world.add(0, "plimbo"), world.add(1, "wexgarty"));
    world.link(a, b, Place::Post);
    let before = world.probability(a, b);
    // Everybody posts one object within an hour.
    for account in 0..302 {
        world.post(account, 900, 10_000 + u64::from(account) % 60);
    }
    let crowd = world.probability(a, b);
    for number in 0..6 {
        world.post(a, 1_000 + number, 20_000 + u64::from(number) * 1_700);
        world.post(b, 1_000 + number, 20_003 + u64::from(number) * 1_699);
    }
    let shared = world.probability(a, b);
    assert!(crowd < before + 0.1 && shared > crowd + 0.2, "{before} {crowd} {shared}");
}

#[test]
fn accounts_of_one_service_are_not_compared() {
    let mut world = World::default();
    let (a, b) = (world.add(0, "kolvatrin"), world.add(0, "kolvatrin"));
    world.link(a, b, Place::Bio);
    assert_eq!(find(&world.traces(), 0.0), Found::default());
    assert_eq!(find(&World::default().traces(), 0.0), Found::default());
}

#[test]
fn no_evidence_is_no_lead() {
    let nothing = model::probability(&measures(&Evidence::default(), 1_000));
    assert!(nothing < 0.05, "{nothing}");
    assert_eq!(model::contributions(&measures(&Evidence::default(), 1_000)), [0.0; super::GROUPS.len()]);
}

#[test]
fn bad_tables_get_one_sentence() {
    let table = super::accounts("account,service,handle\na,s.test,x\nb,t.test,y\n".as_bytes()).unwrap();
    let check = |error: String, expected: &str| assert!(error.contains(expected), "{error}");
    let accounts = |text: &str| super::accounts(text.as_bytes()).unwrap_err().to_string();
    check(accounts(""), "the first line must name the columns account,service,handle; account is missing");
    check(accounts("account,service,handle\n"), "there is no account in it");
    check(accounts("account,service,handle\na,s,x\na,t,y\n"), "line 3: the account a stands there again");
    check(accounts("account,service,handle\na,,x\n"), "line 2: the service is empty");
    check(accounts("account,service,handle\na,b\n"), "line 2");
    let links = |text: &str| super::links(text.as_bytes(), &table.ids).unwrap_err().to_string();
    check(links("from,to\na,c\n"), "line 2: c does not stand among the accounts");
    check(links("from,to,where\na,b,air\n"), "line 2: a link stands in a post or bio");
    let uploads = |text: &str| super::uploads(text.as_bytes(), &table.ids).unwrap_err().to_string();
    check(
        uploads("time,account,object\nNaN,a,o\n"),
        "line 2: a time is a number of seconds from 0, not `NaN`",
    );
    check(uploads("time,account,object\n-1,a,o\n"), "line 2: a time");
    assert_eq!(super::links("from,to\n".as_bytes(), &table.ids).unwrap(), Vec::new());
}
