//! The provider's inbox as its people see it.

use super::pair::{Fail, Pair, browser, on_both, said, told};
use domain::id::{CaseId, MessageId};
use jiff::SignedDuration;
use serde_json::json;
use store::Lane;
use store::inbox::{InboxItem, Stand};
use uuid::Uuid;

/// Every letter is found: by leafing, by what waits for whom, by sender, number and address.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn inbox_is_leafed_and_searched() -> crate::house::Outcome {
    on_both(async |mut pair| {
        let (first, second) = (pair.arrive().await?, pair.arrive().await?);
        pair.answer(first.message.ok_or("not sent")?, "removed").await?;
        let of = |number: i64| InboxItem {
            agency: pair.host.agency,
            message: MessageId(Uuid::now_v7()),
            item: "i1".to_owned(),
            matter: CaseId(Uuid::now_v7()),
            sender: format!("sender{number}.example"),
            state: "open".to_owned(),
            answer: None,
            received_at: pair.now() + SignedDuration::from_secs(number),
        };
        let many: Vec<InboxItem> = (0..120).map(of).collect();
        let mut tx = pair.host.house.db.write(Lane::Person).await?;
        store::inbox::put(&mut tx, &many).await?;
        store::inbox::withdraw(&mut tx, pair.host.agency, many[0].message).await?;
        tx.commit().await?;
        let standing = store::inbox::standing(&pair.host.house.db, pair.host.agency).await?;
        for expected in [(Stand::Waits, 120), (Stand::Answered, 1), (Stand::Withdrawn, 1)] {
            assert!(standing.contains(&expected), "{standing:?}");
        }
        let token = pair.host.signed_in(pair.clerk.person, Some("testing the house")).await?;
        let page = async |query: &str| pair.host.page(&token, &format!("/console/inbox{query}")).await;
        let rows = |page: &str| page.matches("<span class=\"age\">").count();
        let whole = page("").await?.body;
        assert_eq!(rows(&whole), 100, "{whole}");
        assert!(whole.contains("100 of 122 shown") && whole.contains("after=100"));
        assert!(whole.contains("sender119.example") && !whole.contains("sender5.example"));
        let older = page("?after=100").await?.body;
        assert_eq!(rows(&older), 22);
        assert!(older.contains("sender5.example") && !older.contains("after=122"));
        assert_eq!(rows(&page("?group=answered").await?.body), 1);
        assert_eq!(rows(&page("?group=withdrawn").await?.body), 1);
        assert_eq!(rows(&page("?group=nonsense").await?.body), 100);
        // A sender, a letter's number, a part of an address; a percent sign is itself.
        assert_eq!(rows(&page("?q=SENDER11").await?.body), 11);
        assert_eq!(rows(&page(&format!("?q={}", second.reference)).await?.body), 1);
        assert_eq!(rows(&page("?q=/watch/").await?.body), 2);
        assert_eq!(rows(&page("?q=/watch/&group=open").await?.body), 1);
        assert_eq!(rows(&page("?q=%25").await?.body), 0);
        // An open letter keeps what was searched.
        let id = second.message.ok_or("not sent")?;
        let open = pair.host.page(&token, &format!("/console/inbox/{id}?q=/watch/")).await?.body;
        assert!(open.contains("q=%2Fwatch%2F") && open.contains("/answer"), "{open}");
        // Whoever opens it finds by which reference it is contested, and may pass that on.
        assert!(open.contains("Reference for contesting") && open.contains(&second.contest), "{open}");
        // Rows without a letter are for this test alone.
        let mut tx = pair.host.house.db.write(Lane::Person).await?;
        tx.run("DELETE FROM inbox_item WHERE sender <> $1", store::params![pair.unit.org]).await?;
        tx.commit().await?;
        Ok(pair)
    })
    .await
}

/// What a person typed comes back with the reason when a form is refused, and stands to be copied when its form is gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_form_comes_back_as_it_was_typed() -> crate::house::Outcome {
    on_both(async |mut pair| {
        let referral = pair.arrive().await?;
        let id = referral.message.ok_or("not sent")?;
        let token = pair.host.signed_in(pair.clerk.person, Some("testing the house")).await?;
        let long = "We looked & found <nothing>. ".repeat(60);
        let typed = [("items[]", "i1"), ("answer", "no_action"), ("reason", "no_breach"), ("note", &long)];
        let path = format!("/console/inbox/{id}/answer");
        let refused = pair.host.form(&token, &path, &typed).await?;
        assert!([400, 422].contains(&refused.status), "{}", refused.body);
        assert!(
            refused.body.contains("role=\"alert\"") && refused.body.contains("inbox/"),
            "{}",
            refused.body
        );
        let kept = long.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert!(refused.body.contains(&kept), "the note is there: {}", refused.body);
        assert!(refused.body.contains("value=\"no_action\" checked"), "and the answer");
        assert!(refused.body.contains("value=\"no_breach\" selected"), "and the reason");
        // An answer that was not chosen: the note stays all the same.
        let unsaid = pair.host.form(&token, &path, &[("note", "We are still reading it.")]).await?;
        assert_eq!(unsaid.status, 400);
        assert!(unsaid.body.contains("We are still reading it."), "{}", unsaid.body);
        // The form of what was taken back is gone; the words are not.
        let token = pair.unit.signed_in(pair.desk.analyst.person, Some("testing the house")).await?;
        let path = format!("/console/sent/{}/withdraw", referral.id);
        let why = [("cause", "wrong_item"), ("reason", "It was another item than we meant.")];
        assert_eq!(pair.unit.form(&token, &path, &why).await?.status, 303);
        let twice = pair.unit.form(&token, &path, &why).await?;
        assert_ne!(twice.status, 303);
        assert!(twice.body.contains("It was another item than we meant."), "{}", twice.body);
        Ok(pair)
    })
    .await
}

/// A request to look again is called the same on both sides, and an answer without a ticked item answers nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_to_look_again_has_one_name() -> crate::house::Outcome {
    on_both(async |mut pair| {
        let referral = pair.arrive().await?;
        let id = referral.message.ok_or("not sent")?;
        let token = pair.host.signed_in(pair.clerk.person, Some("testing the house")).await?;
        let untick = [("answer", "removed"), ("note", "Nothing is ticked here.")];
        // The refusal speaks of the field by its name.
        let mute = [("items[]", "i1"), ("answer", "needs_information"), ("note", "")];
        let mute = pair.host.form(&token, &format!("/console/inbox/{id}/answer"), &mute).await?;
        let named = mute.body.matches("Note to the sender").count() == 2;
        assert!(mute.status == 422 && named && !mute.body.contains("question is missing"), "{}", mute.body);
        let untick = pair.host.form(&token, &format!("/console/inbox/{id}/answer"), &untick).await?;
        assert_eq!(untick.status, 400, "{}", untick.body);
        let open = store::inbox::of_message(&pair.host.house.db, pair.host.agency, id).await?;
        assert!(open.iter().all(|item| item.answer.is_none()));
        let ask = [("ask", "look_again")];
        assert_eq!(pair.host.form(&token, &format!("/console/inbox/{id}/ask"), &ask).await?.status, 303);
        pair.answers().await?;
        let name = "Asked to look again";
        for path in ["/console/inbox".to_owned(), format!("/console/inbox/{id}")] {
            let page = pair.host.page(&token, &path).await?.body;
            // The button of the form is all that speaks of information.
            let others = page.matches("Needs information").count();
            assert!(page.contains(name) && others == 1, "{path}: {page}");
            assert!(!page.contains("Please look at it again."), "nobody wrote these words");
            // The letter counts what waits as the list does: a request to look again is no final answer.
            assert!(page.contains("1 item without a final answer"), "{path}: {page}");
        }
        let unit = pair.unit.signed_in(pair.desk.analyst.person, Some("testing the house")).await?;
        let page = pair.unit.page(&unit, &format!("/console/sent/{}", referral.id)).await?.body;
        assert!(page.contains(name) && page.contains("asks you to look at it again"), "{page}");
        assert!(!page.contains("Needs information") && !page.contains("Please look at it again."), "{page}");
        // The reply has the limits of the box, and what was asked keeps its name after it.
        let reply = format!("/console/sent/{}/information", referral.id);
        let none = pair.unit.form(&unit, &reply, &[("text", "")]).await?;
        assert!(
            none.status == 400 && none.body.contains("Write the text in 1 to 4000 characters"),
            "{}",
            none.body
        );
        assert!(page.contains("maxlength=\"4000\""), "{page}");
        assert_eq!(pair.unit.form(&unit, &reply, &[("text", "We looked at it again.")]).await?.status, 303);
        let page = pair.unit.page(&unit, &format!("/console/sent/{}", referral.id)).await?.body;
        assert!(page.contains(name) && !page.contains("Needs information"), "{page}");
        // What is asked for in words of one's own is no such request.
        pair.answer(id, "needs_information").await?;
        pair.answers().await?;
        let page = pair.unit.page(&unit, &format!("/console/sent/{}", referral.id)).await?.body;
        assert!(page.contains("Which part of it is meant?") && page.contains("Needs information"), "{page}");
        Ok(pair)
    })
    .await
}

/// What is taken back says what was wrong and why, in a person's words; a moment later it can be undone without any.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawal_is_written_by_a_person() -> crate::house::Outcome {
    on_both(async |mut pair| {
        let (first, second) = (pair.arrive().await?, pair.arrive().await?);
        let token = pair.unit.signed_in(pair.desk.analyst.person, Some("testing the house")).await?;
        let path = format!("/console/sent/{}/withdraw", first.id);
        let page = pair.unit.page(&token, &format!("/console/sent/{}", first.id)).await?.body;
        assert!(page.contains("name=\"reason\"") && !page.contains("Sent in error; taken back at once."));
        for typed in [
            &[("cause", "wrong_item"), ("reason", "")][..],
            &[("cause", ""), ("reason", "It was another item.")],
            &[("cause", "nonsense"), ("reason", "It was another item.")],
        ] {
            assert_eq!(pair.unit.form(&token, &path, typed).await?.status, 400, "{typed:?}");
        }
        // A form that was refused stands under the address that it was posted to; a second refusal brings it back as well.
        let again = browser()?
            .post(format!("http://{}{path}", pair.unit.served.addr))
            .bearer_auth(&token)
            .header("referer", format!("http://{}{path}", pair.unit.served.addr))
            .header("content-type", "application/x-www-form-urlencoded");
        let again = said(again.body("cause=wrong_assessment&reason=Oops")).await?;
        assert_eq!(again.status, 422, "{}", again.body);
        for there in ["value=\"wrong_assessment\" required checked", "\nOops</textarea>", "role=\"alert\""] {
            assert!(again.body.contains(there), "{there}: {}", again.body);
        }
        assert!(!again.body.contains("readonly"), "nothing is to be copied: {}", again.body);
        let typed = [("cause", "wrong_item"), ("reason", "It was another item than we meant.")];
        assert_eq!(pair.unit.form(&token, &path, &typed).await?.status, 303);
        let undone = pair.unit.form(&token, &format!("/console/sent/{}/withdraw", second.id), &[]).await?;
        assert_eq!(undone.status, 303, "{}", undone.body);
        let mut said = Vec::new();
        for referral in [&first, &second] {
            let all =
                store::message::of_matter(&pair.unit.house.db, pair.unit.agency, referral.matter).await?;
            let back = all.iter().find(|found| found.kind == "withdrawal").ok_or("no withdrawal")?;
            let body: serde_json::Value =
                store::crypt::get_json(&pair.unit.house.db, back.document).await?.ok_or("no document")?;
            said.push((body["body"]["reason"].clone(), body["body"]["text"].clone()));
        }
        assert_eq!(said[0], ("wrong_item".into(), "It was another item than we meant.".into()));
        assert_eq!(said[1].0, "sent_in_error");
        // The history says who took it back and what was wrong.
        let page = pair.unit.page(&token, &format!("/console/sent/{}", first.id)).await?.body;
        let name = app::view::name(&pair.unit.house, pair.desk.analyst.person).await?;
        assert!(
            page.contains(&format!("by {name}")) || page.contains(&format!("by \u{2068}{name}\u{2069}")),
            "{page}"
        );
        assert!(page.contains("It was another item than we meant."), "{page}");
        Ok(pair)
    })
    .await
}

/// People of a provider are asked for reasons of their work, not of the police's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_reads_for_reasons_of_its_own() -> crate::house::Outcome {
    on_both(async |pair| {
        let token = pair.host.signed_in(pair.clerk.person, None).await?;
        let page = pair.host.page(&token, "/console/reason").await?.body;
        assert!(page.contains("value=\"complaint\"") && page.contains("A user’s complaint"), "{page}");
        assert!(!page.contains("Joint operation") && !page.contains("value=\"shift\""), "{page}");
        let refused = pair.host.form(&token, "/console/reason", &[("reason", "shift")]).await?;
        assert_eq!(refused.status, 422, "that is no reason of theirs: {}", refused.body);
        let given = [("reason", "duty"), ("back", "/console/inbox")];
        assert_eq!(pair.host.form(&token, "/console/reason", &given).await?.status, 303);
        assert_eq!(pair.host.page(&token, "/console/inbox").await?.status, 200);
        let unit = pair.unit.signed_in(pair.desk.analyst.person, None).await?;
        assert!(pair.unit.page(&unit, "/console/reason").await?.body.contains("Joint operation"));
        Ok(pair)
    })
    .await
}

/// A letter that was taken back waits until its provider says what became of it, when the provider had acted; the page,
/// the list and the count beside the page's name say the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_taken_back_says_what_it_waits_for() -> crate::house::Outcome {
    const NOTHING: &str = "Nothing is asked of you any more.";
    const ACTED: &str = "You acted on it before it was taken back.";
    on_both(async |mut pair| {
        let token = pair.host.signed_in(pair.clerk.person, Some("testing the house")).await?;
        let table = [
            ("", false, ""),
            ("no_action", false, ""),
            ("removed", true, "restored_after_withdrawal"),
            ("demoted", true, "no_action"),
        ];
        for (answer, waits, said) in table {
            let referral = pair.arrive().await?;
            let id = referral.message.ok_or("not sent")?;
            if !answer.is_empty() {
                pair.answer(id, answer).await?;
                pair.answers().await?;
            }
            pair.withdraw(referral.id).await?;
            pair.deliver().await?;
            let stands = async |pair: &Pair, waits: bool| {
                let page = pair.host.page(&token, &format!("/console/inbox/{id}")).await?.body;
                let (yes, no) = if waits { (ACTED, NOTHING) } else { (NOTHING, ACTED) };
                assert!(page.contains(yes) && !page.contains(no), "{answer} {said}: {page}");
                assert_eq!(page.contains("value=\"restored_after_withdrawal\""), waits, "{answer} {said}");
                let list = pair.host.page(&token, "/console/inbox?group=open").await?.body;
                assert_eq!(list.contains(&id.to_string()), waits, "{answer} {said}");
                // The other group shows exactly those of which nothing is asked any more, and says so by its name.
                let list = pair.host.page(&token, "/console/inbox?group=withdrawn").await?.body;
                assert_eq!(list.contains(&id.to_string()), !waits, "{answer} {said}");
                assert!(list.contains("Withdrawn, nothing asked any more"), "{list}");
                assert_eq!(page.contains("name=\"answer\""), waits, "{answer} {said}: {page}");
                assert!(!page.contains("type=\"radio\""), "the whole form is for what stands: {page}");
                let waiting = app::view::waiting(&pair.host.house, &pair.clerk).await?.cases;
                assert_eq!(waiting, u64::from(waits), "{answer} {said}");
                Ok::<_, Fail>(())
            };
            stands(&pair, waits).await?;
            if waits {
                let back = [("items[]", "i1"), ("answer", said)];
                let path = format!("/console/inbox/{id}/answer");
                assert_eq!(pair.host.form(&token, &path, &back).await?.status, 303);
                stands(&pair, false).await?;
            }
        }
        Ok(pair)
    })
    .await
}

/// A provider asked to look again, and the sender takes it back: the question is answered by that and waits no longer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawal_answers_a_request_to_look_again() -> crate::house::Outcome {
    on_both(async |mut pair| {
        let referral = pair.arrive().await?;
        let id = referral.message.ok_or("not sent")?;
        let token = pair.host.signed_in(pair.clerk.person, Some("testing the house")).await?;
        let ask = [("ask", "look_again")];
        assert_eq!(pair.host.form(&token, &format!("/console/inbox/{id}/ask"), &ask).await?.status, 303);
        pair.answers().await?;
        assert_eq!(app::view::waiting(&pair.host.house, &pair.clerk).await?.cases, 1);
        let unit = pair.unit.signed_in(pair.desk.analyst.person, Some("testing the house")).await?;
        let path = format!("/console/sent/{}", referral.id);
        assert!(pair.unit.page(&unit, &path).await?.body.contains("asks you to look at it again"));
        let why = [("cause", "wrong_assessment"), ("reason", "We looked again, and you were right.")];
        assert_eq!(pair.unit.form(&unit, &format!("{path}/withdraw"), &why).await?.status, 303);
        pair.deliver().await?;
        // Here nothing is asked any more, and what was asked keeps its name.
        let page = pair.unit.page(&unit, &path).await?.body;
        assert!(page.contains("Asked to look again"), "{page}");
        assert!(!page.contains("asks you to look at it again"), "{page}");
        assert!(!page.contains(&format!("action=\"{path}/information\"")), "{page}");
        // There the sender's reason stands with it, and no form asks for an answer.
        let page = pair.host.page(&token, &format!("/console/inbox/{id}")).await?.body;
        assert!(page.contains("We looked again, and you were right."), "{page}");
        assert!(page.contains("Asked to look again") && page.contains("Nothing is asked of you any more."));
        assert!(!page.contains("name=\"answer\"") && !page.contains("name=\"ask\""), "{page}");
        assert_eq!(app::view::waiting(&pair.host.house, &pair.clerk).await?.cases, 0);
        // An information that comes late opens nothing again.
        let late = json!({ "text": "It comes after all." });
        let asked = store::message::of_matter(&pair.host.house.db, pair.host.agency, referral.matter).await?;
        let asked = asked.iter().find(|said| said.out && said.kind == "outcome").ok_or("no question")?.id;
        let late = told("information", referral.matter, Some(asked), late);
        assert_eq!(pair.unit.tell(&pair.host, &late).await?.status, 202);
        assert_eq!(app::view::waiting(&pair.host.house, &pair.clerk).await?.cases, 0);
        Ok(pair)
    })
    .await
}

/// What waits can be asked about, after a question as before; what is answered can be contested, and who received the
/// referral decides nothing by that: a person of the sender does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_seems_wrong_can_be_said_at_any_time() -> crate::house::Outcome {
    const ASK: &str = "name=\"ask\" value=\"look_again\"";
    const CONTEST: &str = "name=\"ask\" value=\"contest\"";
    on_both(async |mut pair| {
        let referral = pair.arrive().await?;
        let id = referral.message.ok_or("not sent")?;
        let token = pair.host.signed_in(pair.clerk.person, Some("testing the house")).await?;
        let path = format!("/console/inbox/{id}");
        for (answer, ask) in [("", true), ("needs_information", true), ("removed", false)] {
            if !answer.is_empty() {
                pair.answer(id, answer).await?;
                pair.answers().await?;
            }
            let page = pair.host.page(&token, &path).await?.body;
            assert_eq!((page.contains(ASK), page.contains(CONTEST)), (ask, !ask), "{answer}: {page}");
        }
        let short = [("ask", "contest"), ("reasons", "It is wrong.")];
        let short = pair.host.form(&token, &format!("{path}/ask"), &short).await?;
        assert!(short.status == 422 && short.body.contains("It is wrong.</textarea>"), "{}", short.body);
        let why = [("ask", "contest"), ("reasons", "The item only reports on the call.")];
        assert_eq!(pair.host.form(&token, &format!("{path}/ask"), &why).await?.status, 303);
        pair.answers().await?;
        let page = pair.host.page(&token, &path).await?.body;
        assert!(page.contains("The item only reports on the call."), "{page}");
        let open = store::contest::of_referral(&pair.unit.house.db, referral.id, 10).await?;
        assert_eq!(open.iter().map(|contest| contest.state.as_str()).collect::<Vec<_>>(), ["open"]);
        let items = store::inbox::of_message(&pair.host.house.db, pair.host.agency, id).await?;
        assert_eq!(items[0].answer.as_deref(), Some("removed"), "a contest is no answer");
        // After it was taken back there is nothing to contest, and its receiver keeps its name.
        let unit = pair.unit.signed_in(pair.desk.analyst.person, Some("testing the house")).await?;
        let sent = format!("/console/sent/{}", referral.id);
        let name = pair.entry().await?.entry.name;
        let receivers = |page: &str| {
            let (_, rest) = page.split_once("Who received it").unwrap_or_default();
            rest.split("</ul>").next().unwrap_or_default().to_owned()
        };
        let before = receivers(&pair.unit.page(&unit, &sent).await?.body);
        pair.withdraw(referral.id).await?;
        pair.deliver().await?;
        let after = receivers(&pair.unit.page(&unit, &sent).await?.body);
        assert!(before.contains(&name) && after.contains(&name), "{before} {after}");
        let page = pair.host.page(&token, &path).await?.body;
        assert!(!page.contains(ASK) && !page.contains(CONTEST), "{page}");
        assert_eq!(pair.host.form(&token, &format!("{path}/ask"), &why).await?.status, 422);
        // What was taken back or not sent yet is open to nobody: the provider's page counts what it lists.
        let unsent = pair.refer().await?;
        let queued = async |at: Option<jiff::Timestamp>| {
            let mut tx = pair.unit.house.db.write(Lane::Person).await?;
            tx.run("UPDATE referral SET queued_at = $2 WHERE id = $1", store::params![unsent.id, at]).await?;
            Ok::<_, Fail>(tx.commit().await?)
        };
        queued(None).await?;
        let page = pair.unit.page(&unit, &format!("/console/provider/{}", referral.provider)).await?.body;
        let (_, open) = page.split_once(">Open<").unwrap_or_default();
        let open = open.split("</ul>").next().unwrap_or_default();
        assert!(open.contains("0 items") && !open.contains("/console/sent/"), "{page}");
        queued(unsent.queued_at).await?;
        Ok(pair)
    })
    .await
}

/// What a person writes into an answer or an information can be seen, and nothing is hidden in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_hides_nothing() -> crate::house::Outcome {
    on_both(async |mut pair| {
        let referral = pair.arrive().await?;
        let of = referral.message.ok_or("not sent")?;
        for (field, text) in
            [("note", "Which\u{202e} part?"), ("note", "\u{200b}\u{200b}"), ("own_ref", "A\n1")]
        {
            let mut chosen = json!({ "answer": "needs_information", "note": "Which part of it is meant?" });
            chosen[field] = text.into();
            let chosen = serde_json::from_value(chosen)?;
            let refused = app::answer::run(&pair.host.house, &pair.clerk, of, chosen).await;
            assert!(refused.is_err_and(|error| error.is_input()), "{field} {text:?}");
        }
        pair.answer(of, "needs_information").await?;
        pair.answers().await?;
        let referral = pair.referral(referral.id).await?;
        let referral = domain::access::Authorised::check(&pair.desk.coordinator, pair.unit.agency, referral)?;
        for text in ["\u{200b}\u{200b}\u{200b}", "The\u{2067} second part"] {
            let refused = app::withdraw::inform(&pair.unit.house, &referral, text).await;
            assert!(refused.is_err_and(|error| error.is_input()), "{text:?}");
        }
        app::withdraw::inform(&pair.unit.house, &referral, "The second part.").await?;
        Ok(pair)
    })
    .await
}
