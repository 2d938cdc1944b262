//! Have we seen this? Only what may be searched, only in one's own space, and each question is logged.

use crate::house::Handed;
use crate::house::{Built, Desk, HOST, Outcome, intake, intake_as, sound, work};
use crate::signals::{bank, import};
use app::House;
use app::search::{Answer, How, Question};
use domain::access::{Actor, Authorised};
use domain::bank::Opinion;
use domain::hold::HoldAnswer;
use domain::preflight::Protected;
use store::intake::Relevance;

async fn ask(house: &House, actor: &Actor, text: &str) -> Result<Answer, app::Error> {
    let space = Authorised::check(actor, actor.agency, actor.agency)?;
    app::search::ask(house, &space, Question::Text(text.to_owned()), "asked by a test").await
}

async fn count(house: &House, desk: &Desk, text: &str) -> Result<u64, app::Error> {
    Ok(ask(house, &desk.analyst, text).await?.observations)
}

#[tokio::test]
async fn a_question_finds_what_may_be_found() -> Outcome {
    let Built { house, one, two, .. } = &Built::new().await?;
    intake(house, one, 0..10).await?;
    intake_as(house, one, 20..30, Relevance::Hold { days: 7 }).await?;
    work(house).await?;
    for (text, expected) in [
        (format!("https://{HOST}/watch/3?utm_source=mail"), 1),
        (format!("{HOST}/watch/3"), 1),
        (format!("https://{HOST}/watch/23"), 0),
        // As our own pages show an address, and as people write one that nobody should click.
        (format!("hxxps://{}/watch/3", HOST.replace('.', "[.]")), 1),
        (format!("{}/watch/3", HOST.replace('.', "[.]")), 1),
        (format!("hxxps[://]{}/watch/3", HOST.replace('.', " [dot] ")), 1),
        (format!("hxxps://{}/watch/23", HOST.replace('.', "[.]")), 0),
        (HOST.replace('.', "[.]"), 10),
        (HOST.to_owned(), 10),
        ("@author1".to_owned(), 2),
        ("author1".to_owned(), 2),
        (format!("@author1@{HOST}"), 2),
        (format!("{HOST}/author1"), 2),
        ("Green TABLE lamp".to_owned(), 10),
        ("number 7 lamp".to_owned(), 1),
        ("number 27 lamp".to_owned(), 0),
        ("green elephant".to_owned(), 0),
        ("The lamp number 4 STANDS beside the green table in the long room".to_owned(), 1),
    ] {
        assert_eq!(count(house, one, &text).await?, expected, "{text}");
        assert_eq!(count(house, two, &text).await?, 0, "another space: {text}");
    }
    // What is found is called by what was compared: words in common are not "the same".
    for (text, expected) in [
        (format!("https://{HOST}/watch/3"), How::Same),
        ("The lamp number 4 STANDS beside the green table in the long room".to_owned(), How::Same),
        ("@author1".to_owned(), How::Account),
        (HOST.to_owned(), How::Host),
        ("green table".to_owned(), How::Words),
    ] {
        let found = ask(house, &one.analyst, &text).await?.seen;
        assert!(!found.is_empty() && found.values().all(|(how, _)| *how == expected), "{text}: {found:?}");
    }
    let answer = ask(house, &one.analyst, &format!("https://{HOST}/watch/3")).await?;
    assert_eq!((answer.subjects.len(), answer.clusters.len()), (1, 1));
    let logged =
        house.db.one("SELECT COUNT(*) AS n FROM read_log WHERE reason = 'asked by a test'", vec![]).await?;
    assert_eq!(logged.count("n")?, 42);
    let space = Authorised::check(&one.analyst, one.id(), one.id())?;
    assert!(
        app::search::ask(house, &space, Question::Text("lamp".into()), "no").await.is_err(),
        "a reason is needed"
    );
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn no_word_stands_in_clear() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    intake(house, one, 0..3).await?;
    work(house).await?;
    house.db.close().await;
    for name in ["renvoi.db", "renvoi.db-wal"] {
        let file = std::fs::read(house.folder.join(name)).unwrap_or_default();
        assert!(!file.windows(11).any(|window| window == b"green table"), "{name}");
        assert!(!file.windows(6).any(|window| window == b"beside"), "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_let_go_is_not_found() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    intake_as(house, one, 0..3, Relevance::Hold { days: 7 }).await?;
    let bank = bank(house, one, "list", Opinion::Positive).await?;
    import(house, &bank, "term,green table,\n").await?;
    work(house).await?;
    let answer = ask(house, &one.analyst, "lamp beside the green table").await?;
    assert_eq!((answer.observations, answer.matches.len(), answer.signals.len()), (3, 3, 1));
    let listed = app::signals::list(house, &bank, 0).await?;
    let signal = app::load::signal(house, &one.coordinator, listed[0].signal.id).await?;
    app::signals::withdraw(house, &signal, "it was a mistake").await?;
    assert_eq!(count(house, one, "lamp beside the green table").await?, 0);
    let words = house.db.one("SELECT COUNT(*) AS n FROM search_word", vec![]).await?;
    assert_eq!(words.count("n")?, 0, "the index forgets with it");
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn holds_are_answered_by_class() -> Outcome {
    let Built { house, one, two, .. } = &Built::new().await?;
    intake(house, one, 0..2).await?;
    intake(house, two, 0..1).await?;
    work(house).await?;
    let link = format!("https://{HOST}/watch/0");
    let theirs = ask(house, &two.analyst, &link).await?.subjects.remove(0);
    let held = Authorised::check(&two.coordinator, two.id(), theirs)?;
    app::deconflict::place(house, &held, HoldAnswer::InvestigativeHold, 24, "an inquiry of ours").await?;
    let holds = ask(house, &one.analyst, &link).await?.holds;
    assert_eq!(holds.into_iter().collect::<Vec<_>>(), [HoldAnswer::InvestigativeHold]);
    assert!(ask(house, &one.analyst, &format!("https://{HOST}/watch/1")).await?.holds.is_empty());
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn provider_book_needs_a_check_out_of_band() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let space = Authorised::check(&one.coordinator, one.id(), one.id())?;
    let mut entry = crate::house::entry("Other Service", "other.example");
    let refused = app::book::put_provider(house, &space, entry.clone(), None).await;
    assert!(matches!(refused, Err(app::Error::Refused(refusal)) if refusal.rule == "RXP-56"));
    let id = app::book::put_provider(house, &space, entry.clone(), Some("called their desk")).await?.id;
    entry.languages = vec!["fr".to_owned()];
    assert_eq!(
        app::book::put_provider(house, &space, entry.clone(), None).await?.id,
        id,
        "no contact changed"
    );
    let mut odd = [entry.clone(), entry.clone(), entry.clone(), entry.clone()];
    odd[0].name = "Other\u{202e}Service".to_owned();
    odd[1].org = "other.example\u{200b}".to_owned();
    odd[2].languages = vec!["\u{202e}ne".to_owned()];
    odd[3].zone = Some("Europe/\u{200b}".to_owned());
    for odd in odd {
        let refused = app::book::put_provider(house, &space, odd.clone(), Some("called their desk")).await;
        assert!(refused.is_err_and(|error| error.is_input()), "{odd:?}");
    }
    entry.mail = Some("elsewhere@other.example".to_owned());
    assert!(app::book::put_provider(house, &space, entry, None).await.is_err());
    let kept = store::provider::get(&house.db, id).await?.ok_or("gone")?;
    assert_eq!(kept.entry.mail.as_deref(), Some("desk@other.example"), "the old one stays in force");

    app::book::protect(house, &space, "https://www.cityarchive.example/a", Protected::Archive).await?;
    assert_eq!(
        store::provider::protected(&house.db, one.id(), "cityarchive.example").await?,
        Some(Protected::Archive)
    );
    app::book::unprotect(house, &space, "cityarchive.example").await?;
    assert_eq!(store::provider::protected(&house.db, one.id(), "cityarchive.example").await?, None);
    let listed = app::book::start_list(house, &space).await?;
    assert_eq!(store::provider::protected_hosts(&house.db, one.id()).await?.len(), listed);
    assert!(
        Authorised::<_, domain::access::right::ManageProviders>::check(&one.analyst, one.id(), ()).is_err()
    );
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn confirmed_load_lets_waiting_referrals_go_on() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    intake(house, one, 0..1).await?;
    work(house).await?;
    let cluster = crate::house::queue(&house.db, one).await?[0].id;
    let assessment = crate::house::assess(house, one, cluster).await?;
    let referral = crate::house::approve(house, one, assessment).await?[0];
    work(house).await?;
    let mut tx = house.db.write(store::Lane::Bulk).await?;
    store::referral::set_findings(&mut tx, referral, "[{\"code\":\"first_referral\"}]").await?;
    tx.commit().await?;
    let provider = store::provider::get(&house.db, one.provider).await?.ok_or("gone")?;
    let provider = Authorised::check(&one.coordinator, provider.space, provider)?;
    assert!(app::book::confirm_load(house, &provider, 25, "a long day today").await.is_err());
    assert_eq!(app::book::confirm_load(house, &provider, 8, "their desk expects it").await?, 1);
    let waiting = store::job::bodies(&house.db, "refer", 10).await?;
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].contains(&referral.to_string()));
    sound(house).await;
    Ok(())
}

#[tokio::test]
async fn provider_entered_later_gets_what_waits_for_it() -> Outcome {
    let Built { house, one, .. } = &Built::new().await?;
    let line = "{\"id\":\"n\",\"url\":\"https://new.example/1\",\"text\":\"The lamp stands beside the green table\"}\n";
    Handed::to(one.id()).lines(house, line).await?;
    work(house).await?;
    let cluster = crate::house::queue(&house.db, one).await?[0].id;
    let assessment = crate::house::assess(house, one, cluster).await?;
    let referral = crate::house::approve(house, one, assessment).await?[0];
    work(house).await?;
    let space = Authorised::check(&one.coordinator, one.id(), one.id())?;
    let entry = crate::house::entry("New Service", "new.example");
    let id = app::book::put_provider(house, &space, entry, Some("called their desk")).await?.id;
    let stored = store::referral::get(&house.db, referral).await?.ok_or("gone")?;
    assert_eq!(stored.provider, id);
    assert_eq!(store::job::bodies(&house.db, "refer", 10).await?.len(), 1, "it is looked at again");
    sound(house).await;
    Ok(())
}
