//! From a plan to an answer: what a plan proposes is assessed, approved, referred and answered as a whole (D1).

use super::pair::{Fail, Pair, on_both};
use crate::house::Handed;
use crate::house::{HOST, Outcome, approve, assess, draft, queue, work};
use app::network::{Choice, Whose, queue as plans, refresh, seal};
use app::view::cluster as view;
use app::view::network::{self as shown, Shown};
use app::{Error, assess as step, book, load};
use domain::access::{Authorised, right};
use domain::assessment::{Draft, State, Whole};
use domain::id::{AssessmentId, EventId, ReferralId, SubjectId};
use domain::referral::{Answer, State as Stands};
use jiff::SignedDuration;
use serde_json::{Value, json};
use store::cluster::Cluster;

/// Through whom alone the content spreads.
const SPREADER: &str = "spreader";
/// Why all of it.
const REASON: &str = "Nearly everything it shows is of this kind, and new copies come daily.";
const PAGE: &str = "https://video.example/spreader";

/// Three contents that begin at one account and reach thirty others through the spreader alone.
async fn told(pair: &Pair) -> Outcome {
    let texts = [
        "The old lamp stands in the hall beside the clock",
        "A green table waits in the garden",
        "Two grey trains meet at the long bridge in the morning",
    ];
    let only: Vec<String> = (0..30).map(|n| format!("only{n}")).collect();
    let mut lines = String::new();
    for (at, text) in texts.iter().enumerate() {
        for (author, hours, mentions) in [("source", 0, &[][..]), (SPREADER, 2, only.as_slice())] {
            let id = format!("{author}-{at}");
            let posted_at = pair.now() + SignedDuration::from_hours(hours) - SignedDuration::from_hours(24);
            let url = format!("https://{HOST}/n/{id}");
            let line = json!({
                "id": id, "service": HOST, "url": url, "author": author, "text": text,
                "posted_at": posted_at.to_string(), "mentions": mentions,
            });
            lines.push_str(&format!("{line}\n"));
        }
    }
    Handed::to(pair.unit.agency).by(pair.desk.analyst.person).lines(&pair.unit.house, lines).await?;
    work(&pair.unit.house).await?;
    Ok(())
}

/// Assesses and approves `most` contents; gives what was approved.
async fn approved(pair: &Pair, most: usize) -> Result<Vec<AssessmentId>, Fail> {
    let (house, desk) = (&pair.unit.house, &pair.desk);
    let mut all = Vec::new();
    for cluster in queue(&house.db, desk).await?.into_iter().take(most) {
        let id = assess(house, desk, cluster.id).await?;
        approve(house, desk, id).await?;
        all.push(id);
    }
    Ok(all)
}

/// Seals a plan of the one account; gives its event and the account.
async fn sealed(pair: &Pair) -> Result<(EventId, SubjectId), Fail> {
    let (house, space) = (&pair.unit.house, pair.unit.agency);
    refresh(house, Whose { space, keeper: None, choice: Choice::default() }).await?;
    let Shown::Ready(open) =
        shown::open(house, &pair.desk.coordinator, space, Choice::default(), None).await?
    else {
        return Err("there is no network".into());
    };
    assert_eq!(open.plan[0].name, SPREADER);
    let whose = Authorised::<_, right::ManageOperation>::check(&pair.desk.coordinator, space, space)?;
    Ok((seal(house, &whose, 1, (Choice::default(), open.made_at)).await?, open.plan[0].id.parse()?))
}

async fn put(pair: &Pair, plan: EventId) -> Result<plans::Put, Error> {
    let space = pair.unit.agency;
    let whose = Authorised::<_, right::ManageOperation>::check(&pair.desk.coordinator, space, space)?;
    plans::queue(&pair.unit.house, &whose, plan).await
}

/// A draft about the account that cites these.
async fn about(pair: &Pair, cluster: &Cluster, grounds: &[AssessmentId]) -> Result<Draft, Error> {
    let whole =
        Whole { address: PAGE.to_owned(), grounds: grounds.to_vec(), proportionality: REASON.to_owned() };
    Ok(Draft { whole: Some(whole), ..draft(&pair.unit.house, cluster.id).await? })
}

async fn save(pair: &Pair, cluster: &Cluster, draft: Draft) -> Result<AssessmentId, Error> {
    let authorised = Authorised::check(&pair.desk.analyst, cluster.space, cluster.clone())?;
    Ok(step::save(&pair.unit.house, &authorised, cluster.version, draft).await?.id)
}

fn code(refused: Result<AssessmentId, Error>) -> Option<&'static str> {
    match refused {
        Err(Error::Refused(refusal)) => Some(refusal.code),
        _ => None,
    }
}

/// The one row of the queue.
async fn row(pair: &Pair) -> Result<Cluster, Fail> {
    Ok(queue(&pair.unit.house.db, &pair.desk).await?.into_iter().next().ok_or("an empty queue")?)
}

/// Runs the checks and the letter of a referral.
async fn referred(pair: &Pair, id: ReferralId) -> Result<store::referral::Referral, Fail> {
    let house = &pair.unit.house;
    let loaded = Authorised::check(&pair.desk.coordinator, pair.desk.id(), pair.entry().await?)?;
    book::confirm_load(house, &loaded, 24, "The contact and the load were confirmed").await?;
    for item in store::referral::items(&house.db, id).await? {
        pair.seen(id, item.subject, "sealed").await?;
    }
    app::refer::run(house, id).await?;
    pair.referral(id).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_plan_proposes_is_referred_as_a_whole_after_two_people() -> Outcome {
    on_both(async |pair| {
        let house = &pair.unit.house;
        told(&pair).await?;
        let grounds = approved(&pair, 9).await?;
        assert_eq!(grounds.len(), 3);
        let (plan, account) = sealed(&pair).await?;
        let came = put(&pair, plan).await?;
        assert_eq!(came, plans::Put { queued: 1, ..plans::Put::default() });
        // Again puts nobody there twice.
        assert_eq!(put(&pair, plan).await?, plans::Put { before: 1, ..plans::Put::default() });
        let cluster = row(&pair).await?;
        assert_eq!((cluster.kind.as_str(), cluster.members), ("account", 1));
        let reading =
            load::cluster::<right::Read>(house, &pair.desk.analyst, cluster.id, load::For::Reading).await?;
        let open = view::cluster(house, &pair.desk.analyst, reading.get()).await?;
        let whole = open.whole.ok_or("it is an account")?;
        assert_eq!((whole.least, whole.grounds.len(), open.items[0].text.as_str()), (3, 3, ""));
        assert_eq!(open.items[0].subject, account);
        // Neither an item's form nor too little is enough.
        assert_eq!(code(save(&pair, &cluster, draft(house, cluster.id).await?).await), Some("whole_missing"));
        assert_eq!(
            code(save(&pair, &cluster, about(&pair, &cluster, &grounds[..2]).await?).await),
            Some("grounds")
        );
        let mut elsewhere = about(&pair, &cluster, &grounds).await?;
        elsewhere.whole.as_mut().ok_or("whole")?.address = "https://other.example/spreader".to_owned();
        assert_eq!(code(save(&pair, &cluster, elsewhere).await), Some("whole_address"));
        let id = save(&pair, &cluster, about(&pair, &cluster, &grounds).await?).await?;
        // Its author cannot confirm it (D4).
        let stored = store::assessment::get(&house.db, id).await?.ok_or("not saved")?;
        let (version, mut author) = (stored.version, pair.desk.analyst.clone());
        author.roles.clone_from(&pair.desk.approver.roles);
        let own = Authorised::check(&author, stored.space, stored)?;
        let refused = app::approve::run(house, &own, version).await;
        assert!(matches!(refused, Err(Error::Refused(refusal)) if refusal.code == "four_eyes"));
        let referrals = approve(house, &pair.desk, id).await?;
        let referral = referred(&pair, referrals[0]).await?;
        assert_eq!(referral.state, Stands::Queued, "{}", referral.findings);
        // The letter: the account, the contents that it rests on, the reason; nothing of a plan.
        let message = referral.message.ok_or("not sent")?;
        let document = pair.unit.document(message).await?;
        let body: Value = serde_json::from_str(&document)?;
        let item = &body["body"]["items"][0];
        assert_eq!((&item["subject"], &item["url"]), (&json!("account"), &json!(PAGE)));
        assert_eq!(item["proportionality"], REASON);
        let cited = item["grounds"].as_array().ok_or("no grounds")?;
        assert_eq!(cited.len(), 3);
        assert!(
            cited.iter().all(|ground| ground["url"].as_str().is_some_and(|url| url.contains("/n/spreader-")))
        );
        for word in ["rank", "plan", "reach", "follower"] {
            assert!(!document.to_lowercase().contains(word), "{word} in {document}");
        }
        // It arrives, is read and is answered.
        pair.deliver().await?;
        let token = pair.host.signed_in(pair.clerk.person, Some("testing the house")).await?;
        let page = pair.host.page(&token, &format!("/console/inbox/{message}")).await?.body;
        assert!(page.contains(REASON) && page.contains("It rests on 3 assessed contents"), "{page}");
        pair.answer(message, "account_suspended").await?;
        pair.answers().await?;
        assert_eq!(pair.referral(referral.id).await?.state, Stands::OutcomeKnown);
        let items = store::referral::items(&house.db, referral.id).await?;
        assert_eq!(items[0].answer, Some(Answer::AccountSuspended));
        Ok(pair)
    })
    .await
}

/// What was withdrawn since is no ground any more: the letter stays here and says why.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ground_that_fell_holds_the_letter() -> Outcome {
    on_both(async |pair| {
        let house = &pair.unit.house;
        told(&pair).await?;
        let grounds = approved(&pair, 3).await?;
        let (plan, _) = sealed(&pair).await?;
        put(&pair, plan).await?;
        let cluster = row(&pair).await?;
        let id = save(&pair, &cluster, about(&pair, &cluster, &grounds).await?).await?;
        let referrals = approve(house, &pair.desk, id).await?;
        let mut tx = house.db.write(store::Lane::Person).await?;
        store::assessment::set_state(&mut tx, grounds[0], State::Void, None, None, pair.now()).await?;
        tx.commit().await?;
        let referral = referred(&pair, referrals[0]).await?;
        assert_eq!(referral.state, Stands::Approved);
        assert!(referral.findings.contains("needs 3 approved assessments of content on it; there are 2"));
        let mut tx = house.db.write(store::Lane::Person).await?;
        store::assessment::set_state(&mut tx, grounds[0], State::Approved, None, None, pair.now()).await?;
        tx.commit().await?;
        Ok(pair)
    })
    .await
}

/// An account with too few approved assessments of its content waits outside the queue, and a plan whose ranks ended puts
/// nobody there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_little_or_too_late_stays_outside_the_queue() -> Outcome {
    on_both(async |pair| {
        told(&pair).await?;
        approved(&pair, 2).await?;
        let before = queue(&pair.unit.house.db, &pair.desk).await?.len();
        let (plan, _) = sealed(&pair).await?;
        assert_eq!(put(&pair, plan).await?, plans::Put { few: 1, ..plans::Put::default() });
        assert_eq!(queue(&pair.unit.house.db, &pair.desk).await?.len(), before);
        assert!(matches!(put(&pair, EventId(uuid::Uuid::now_v7())).await, Err(Error::Refused(_))));
        pair.wait(SignedDuration::from_hours(24 * app::network::RANKS_DAYS))?;
        assert!(matches!(put(&pair, plan).await, Err(Error::Input(said)) if said.contains("have ended")));
        Ok(pair)
    })
    .await
}
