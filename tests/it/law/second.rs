//! LAW-120, point by point: what needs two people, and what is refused. The points about orders come with orders.

use super::in_both;
use crate::house::{
    Built, HOST, Outcome, approve, assess, entry, intake, preflight, queue, read_again, work,
};
use app::book::Entered;
use domain::access::{Actor, Authorised, Right, Role};
use domain::assessment::{Finding, State as Assessed};
use domain::hold::HoldAnswer;
use domain::id::{ClusterId, PersonId, ProviderId};
use domain::proposal::Event;
use domain::referral::{State as Referred, WithdrawalReason};
use store::referral::Referral;
use uuid::Uuid;

/// The rule and the code of a refusal.
fn refused<T: std::fmt::Debug>(said: app::Result<T>) -> (&'static str, &'static str) {
    match said {
        Err(app::Error::Refused(refusal)) => (refusal.rule, refusal.code),
        other => panic!("not refused: {other:?}"),
    }
}

/// A person who holds more roles than one.
fn with(person: &Actor, role: Role) -> Actor {
    let mut both = person.clone();
    both.roles.push(role);
    both
}

/// The same person in another log-in.
fn again(person: &Actor) -> Actor {
    Actor { login: Uuid::now_v7(), ..person.clone() }
}

fn findings(referral: &Referral) -> Vec<String> {
    let found: serde_json::Value = serde_json::from_str(&referral.findings).unwrap_or_default();
    let stopping = found.as_array().into_iter().flatten().filter(|one| one["weight"] != "note");
    stopping.filter_map(|one| Some(one["code"].as_str()?.to_owned())).collect()
}

#[tokio::test]
async fn four_eyes() -> Outcome {
    points_07_and_10()?;
    in_both(point_by_point).await
}

async fn point_by_point(built: &Built) -> Outcome {
    let Built { house, one, .. } = built;
    intake(house, one, 0..6).await?;
    work(house).await?;
    let clusters: Vec<ClusterId> = queue(&house.db, one).await?.iter().map(|cluster| cluster.id).collect();
    author_and_approver(built, clusters[0]).await?;
    point_03(built, clusters[1]).await?;
    point_05(built, clusters[2]).await?;
    point_06(built, clusters[3]).await?;
    point_09(built).await?;
    point_11(built).await?;
    withdrawing_needs_one(built, clusters[4]).await?;
    crate::house::sound(house).await;
    Ok(())
}

/// Two people, two log-ins; the second cannot edit what they approve, the first cannot approve.
async fn author_and_approver(Built { house, one, .. }: &Built, cluster: ClusterId) -> Outcome {
    let id = assess(house, one, cluster).await?;
    let load = async |actor: &Actor| -> Result<_, Box<dyn std::error::Error + Send + Sync>> {
        let stored = store::assessment::get(&house.db, id).await?.ok_or("no assessment")?;
        Ok(Authorised::check(actor, stored.space, stored)?)
    };
    let author = with(&one.analyst, Role::Approver);
    let stored = store::assessment::get(&house.db, id).await?.ok_or("no assessment")?;
    let borrowed = Actor { login: stored.author_login, ..one.approver.clone() };
    for second in [&author, &again(&author), &borrowed] {
        let said = app::approve::run(house, &load(second).await?, 1).await;
        assert_eq!(refused(said), ("LAW-120", "four_eyes"));
    }
    // The second person holds both roles here, and still may not write into what they approve.
    let cluster = store::cluster::get(&house.db, cluster).await?.ok_or("no cluster")?;
    let (version, space) = (cluster.version, cluster.space);
    let draft = crate::house::draft(house, cluster.id).await?;
    let second = with(&one.approver, Role::Analyst);
    let opened = Authorised::check(&second, space, cluster)?;
    assert!(app::assess::save(house, &opened, version, draft).await.is_err(), "the second cannot edit");
    assert!(load(&one.analyst).await.is_err() || !one.analyst.may(Right::Approve));
    assert_eq!(approve(house, one, id).await?.len(), 1);
    // The database itself keeps them apart, whatever a program does.
    let same = "UPDATE assessment SET approver = author WHERE approver IS NOT NULL";
    let mut tx = house.db.write(store::Lane::Person).await?;
    assert!(tx.run(same, store::params![]).await.is_err());
    Ok(())
}

/// .03: nobody overrides `already_ordered` or a hold: its own agency lifts it, and no look of a third person lets it through.
async fn point_03(Built { house, one, two, .. }: &Built, cluster: ClusterId) -> Outcome {
    let members = store::cluster::members(&house.db, cluster, 10).await?;
    let address = store::subject::by_id(&house.db, members[0].subject_id).await?.ok_or("no subject")?.address;
    intake(house, two, 0..6).await?;
    let mut theirs = None;
    for key in 1..=12 {
        let Some(seen) = store::observation::get(&house.db, key).await? else { continue };
        let subject = store::subject::by_id(&house.db, seen.subject_id).await?.ok_or("no subject")?;
        if subject.space == two.id() && subject.address == address {
            theirs = Some(subject);
        }
    }
    let theirs = Authorised::check(&two.coordinator, two.id(), theirs.ok_or("two did not see it")?)?;
    let hold =
        app::deconflict::place(house, &theirs, HoldAnswer::AlreadyOrdered, 24, "An order of ours.").await?;
    let assessment = assess(house, one, cluster).await?;
    let referral = approve(house, one, assessment).await?[0];
    let held = preflight(house, one, referral).await?;
    assert!(findings(&held).contains(&"hold".to_owned()), "{}", held.findings);
    let third = Authorised::check(&one.coordinator, one.id(), held)?;
    app::refer::look(house, &third, "We looked at it together.").await?;
    let held = preflight(house, one, referral).await?;
    assert_eq!((held.state, findings(&held)), (Referred::Approved, vec!["hold".to_owned()]));
    let lifted = app::load::hold::<domain::access::right::Hold>(house, &one.coordinator, hold).await;
    assert_eq!(refused(lifted).1, "not_here");
    Ok(())
}

/// What an agency keeps for an investigation holds its own letters too, though its people were not told before (D34).
#[tokio::test]
async fn a_hold_of_ones_own_holds_the_letter() -> Outcome {
    in_both(async |Built { house, one, .. }: &Built| {
        intake(house, one, 0..1).await?;
        work(house).await?;
        let cluster = queue(&house.db, one).await?[0].id;
        let item = store::cluster::members(&house.db, cluster, 1).await?[0].subject_id;
        let item = store::subject::by_id(&house.db, item).await?.ok_or("no subject")?;
        let item = Authorised::check(&one.coordinator, one.id(), item)?;
        let hold =
            app::deconflict::place(house, &item, HoldAnswer::InvestigativeHold, 24, "An inquiry of ours.");
        let hold = hold.await?;
        let assessment = assess(house, one, cluster).await?;
        let referral = approve(house, one, assessment).await?[0];
        let held = preflight(house, one, referral).await?;
        assert!(findings(&held).contains(&"hold".to_owned()), "{}", held.findings);
        let hold = app::load::hold::<domain::access::right::Hold>(house, &one.coordinator, hold).await?;
        app::deconflict::lift(house, &hold).await?;
        let free = preflight(house, one, referral).await?;
        assert!(!findings(&free).contains(&"hold".to_owned()), "{}", free.findings);
        Ok(())
    })
    .await
}

/// .05: a doubt needs a second reader with a text of their own.
async fn point_05(Built { house, one, .. }: &Built, cluster: ClusterId) -> Outcome {
    let stored = store::cluster::get(&house.db, cluster).await?.ok_or("no cluster")?;
    let mut draft = crate::house::draft(house, cluster).await?;
    for context in draft.contexts.values_mut() {
        let text = "It may be a newsroom's report.".to_owned();
        let doubt = domain::assessment::ExemptionAnswer { finding: Finding::Unsure, text };
        context.exemption.insert(domain::assessment::Question::Journalism, doubt);
    }
    let version = stored.version;
    let saved =
        app::assess::save(house, &Authorised::check(&one.analyst, stored.space, stored)?, version, draft)
            .await?;
    assert_eq!(saved.state, Assessed::AwaitsReader);
    assert_eq!(refused(approve(house, one, saved.id).await).1, "bad_transition", "not before it was read");
    let author = with(&one.analyst, Role::Approver);
    let load = async |actor: &Actor| -> Result<_, Box<dyn std::error::Error + Send + Sync>> {
        let stored = store::assessment::get(&house.db, saved.id).await?.ok_or("no assessment")?;
        Ok(Authorised::check(actor, stored.space, stored)?)
    };
    let words = "No newsroom answers for this page.";
    let own = app::assess::read_again(house, &load(&author).await?, Finding::No, words).await;
    assert_eq!(refused(own), ("LAW-120", "four_eyes"));
    let silent = app::assess::read_again(house, &load(&one.reader).await?, Finding::No, " ").await;
    assert_eq!(refused(silent), ("LAW-120.05", "reader_text"));
    let unsure = app::assess::read_again(house, &load(&one.reader).await?, Finding::No, words).await?;
    assert_eq!(unsure, Assessed::Assessed);
    assert_eq!(refused(app::approve::run(house, &load(&author).await?, 2).await).1, "four_eyes");
    Ok(())
}

/// .06: a first referral waits for a third person; author and approver are no third, whatever else they are.
async fn point_06(Built { house, one, .. }: &Built, cluster: ClusterId) -> Outcome {
    let assessment = assess(house, one, cluster).await?;
    let id = approve(house, one, assessment).await?[0];
    let held = preflight(house, one, id).await?;
    assert_eq!((held.state, findings(&held)), (Referred::Approved, vec!["first_referral".to_owned()]));
    for person in [&one.analyst, &one.approver] {
        let person = with(person, Role::Coordinator);
        let own = Authorised::check(&person, held.space, held.clone())?;
        let said = app::refer::look(house, &own, "I looked at it myself.").await;
        assert_eq!(refused(said), ("LAW-120.06", "four_eyes"));
        let provider = store::provider::get(&house.db, held.provider).await?.ok_or("no provider")?;
        let provider = Authorised::check(&person, provider.space, provider)?;
        app::book::confirm_load(house, &provider, 4, "I know this provider.").await?;
        let held = preflight(house, one, id).await?;
        assert_eq!(
            held.state,
            Referred::Approved,
            "a load that one of the two confirmed counts for others only"
        );
    }
    let third = Authorised::check(&one.coordinator, held.space, held)?;
    app::refer::look(house, &third, "Contact and load were confirmed.").await?;
    assert_eq!(preflight(house, one, id).await?.state, Referred::Queued);
    Ok(())
}

/// .07 and .10: evidence is not exported, and periods, kinds and handling codes cannot be changed, by any operation; the
/// ledger's files are commitments.
fn points_07_and_10() -> Outcome {
    for operation in crate::matrix::operations()? {
        for word in ["evidence", "export", "bundle", "retention", "kinds", "handling"] {
            assert!(!operation.path.contains(word), "{} needs two people (LAW-120)", operation.path);
        }
    }
    Ok(())
}

async fn put(
    built: &Built,
    by: &Actor,
    mail: &str,
) -> Result<Entered, Box<dyn std::error::Error + Send + Sync>> {
    let mut changed = entry("Video Service", HOST);
    changed.mail = Some(mail.to_owned());
    let space = Authorised::check(by, built.one.id(), built.one.id())?;
    Ok(app::book::put_provider(&built.house, &space, changed, Some("Read out on the telephone")).await?)
}

async fn mail(
    built: &Built,
    id: ProviderId,
) -> Result<Option<String>, Box<dyn std::error::Error + Send + Sync>> {
    Ok(store::provider::get(&built.house.db, id).await?.ok_or("no provider")?.entry.mail)
}

/// .09: a contact in force is changed by two people; until then the old one stays, and one person can drop it.
async fn point_09(built: &Built) -> Outcome {
    let Built { house, one, two, .. } = built;
    let entered = put(built, &one.coordinator, "new@video.example").await?;
    let waits = entered.waits.ok_or("one person changed a contact")?;
    assert_eq!(put(built, &one.coordinator, "new@video.example").await?.waits, Some(waits), "it waits once");
    assert_eq!(mail(built, entered.id).await?.as_deref(), Some("desk@video.example"));
    for same in [&one.coordinator, &again(&one.coordinator)] {
        let said = app::book::decide_contact(house, same, waits, Event::Confirm).await;
        assert_eq!(refused(said), ("LAW-120", "four_eyes"));
    }
    let said = app::book::decide_contact(house, &two.coordinator, waits, Event::Confirm).await;
    assert_eq!(refused(said).1, "not_here", "another agency's proposal does not exist here");
    let second = Actor { roles: vec![Role::Coordinator], ..one.reader.clone() };
    app::book::decide_contact(house, &second, waits, Event::Confirm).await?;
    assert_eq!(mail(built, entered.id).await?.as_deref(), Some("new@video.example"));
    assert_eq!(
        refused(app::book::decide_contact(house, &second, waits, Event::Confirm).await).1,
        "bad_transition"
    );
    // A new name for a host that has a contact is a change of contact too.
    let space = Authorised::check(&one.coordinator, one.id(), one.id())?;
    let mut other = entry("Another Name", HOST);
    other.mail = Some("elsewhere@other.example".to_owned());
    let moved = app::book::put_provider(house, &space, other, Some("Read out on the telephone")).await?;
    let moved = moved.waits.ok_or("one person moved a host")?;
    app::book::decide_contact(house, &one.coordinator, moved, Event::Drop).await?;
    assert_eq!(
        store::provider::of_host(&house.db, one.id(), HOST).await?.map(|one| one.id),
        Some(entered.id)
    );
    // What is no contact is changed by one person.
    let mut quiet = entry("Video Service", HOST);
    quiet.mail = Some("new@video.example".to_owned());
    quiet.quiet = domain::provider::Quiet::NoReminders;
    assert_eq!(app::book::put_provider(house, &space, quiet, None).await?.waits, None);
    Ok(())
}

/// .11: an auditor or supervisor is made by two administrators.
async fn point_11(built: &Built) -> Outcome {
    let Built { house, one, .. } = built;
    let first = Actor { roles: vec![Role::Administrator], ..one.coordinator.clone() };
    let other = Actor { roles: vec![Role::Administrator], ..one.reader.clone() };
    let roles = async |of: PersonId| store::person::roles(&house.db, of).await;
    for role in [Role::Auditor, Role::Supervisor] {
        let of = one.approver.person;
        let before = roles(of).await?;
        let waits =
            app::people::set_role(house, &first, of, role, true).await?.ok_or("made by one person")?;
        for same in [&first, &again(&first)] {
            let said = app::people::decide_role(house, same, waits, Event::Confirm).await;
            assert_eq!(refused(said), ("LAW-120", "four_eyes"));
        }
        let said = app::people::decide_role(house, &one.analyst, waits, Event::Confirm).await;
        assert_eq!(refused(said).1, "no_right");
        assert_eq!(roles(of).await?, before, "nothing is held before");
        app::people::decide_role(house, &other, waits, Event::Confirm).await?;
        assert!(roles(of).await?.contains(&role));
        assert_eq!(
            app::people::set_role(house, &first, of, role, false).await?,
            None,
            "taking needs one person"
        );
    }
    let waits = app::people::set_role(house, &first, other.person, Role::Auditor, true)
        .await?
        .ok_or("made by one")?;
    let said = app::people::decide_role(house, &other, waits, Event::Confirm).await;
    assert_eq!(refused(said).1, "own_access", "nobody gives themselves a role");
    app::people::decide_role(house, &first, waits, Event::Drop).await?;
    let new =
        app::people::Invite { login: "nora".into(), name: "Nora".into(), roles: vec![Role::Supervisor] };
    let link = app::people::invite_by_operator(house, &one.agency, &new).await?;
    assert!(roles(link.person).await?.is_empty(), "the operator alone makes no supervisor");
    let waiting = app::people::proposed(house, &first).await?;
    app::people::decide_role(house, &first, waiting[0].0.id, Event::Confirm).await?;
    assert_eq!(roles(link.person).await?, [Role::Supervisor]);
    let kept =
        "UPDATE proposal SET decided_by = proposed_by WHERE state = 'confirmed' AND proposed_by IS NOT NULL";
    let mut tx = house.db.write(store::Lane::Person).await?;
    assert!(tx.run(kept, store::params![]).await.is_err(), "the database keeps them apart");
    Ok(())
}

/// Correcting a mistake never waits: the author alone takes back what two people sent.
async fn withdrawing_needs_one(Built { house, one, .. }: &Built, cluster: ClusterId) -> Outcome {
    let id = read_again(house, one, cluster).await?;
    let referral = approve(house, one, id).await?[0];
    let stored = store::referral::get(&house.db, referral).await?.ok_or("no referral")?;
    let own = Authorised::check(&one.analyst, stored.space, stored)?;
    app::withdraw::run(house, &own, WithdrawalReason::WrongAssessment, "It was my mistake.").await?;
    let stored = store::referral::get(&house.db, referral).await?.ok_or("no referral")?;
    assert_eq!(stored.state, Referred::Withdrawn);
    Ok(())
}
