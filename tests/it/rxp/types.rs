//! Which messages are taken from whom, and what do they cause? (RXP-05, RXP-20)

use super::pair::{Fail, Pair, Side, Told, on_both, told};
use crate::house::Outcome;
use domain::id::{CaseId, MessageId};
use serde_json::{Value, json};
use store::params;
use uuid::Uuid;

/// RXP-20 as far as a referral unit and a provider speak: type, the unit may send it, the provider may, it answers
/// another message, this version reads it.
const TYPES: [(&str, bool, bool, bool, bool); 33] = [
    ("first_order_information", false, false, false, false),
    ("referral", true, false, false, true),
    ("reminder", true, false, true, true),
    ("notice", false, false, false, false),
    ("removal_order", false, false, false, false),
    ("dsa_order", false, false, false, false),
    ("receipt", true, true, true, true),
    ("action_report", false, true, true, false),
    ("impossibility_report", false, true, true, false),
    ("grounds_ceased", false, true, true, false),
    ("clarification", false, false, true, false),
    ("dsa_effect_report", false, true, true, false),
    ("outcome", false, true, true, true),
    ("information", true, false, true, true),
    ("withdrawal", true, false, true, true),
    ("correction", true, false, true, true),
    ("non_disclosure_update", false, false, true, false),
    ("preservation_request", false, false, true, false),
    ("order_final_notice", false, false, true, false),
    ("scrutiny_copy", false, false, true, false),
    ("scrutiny_request", false, true, true, false),
    ("scrutiny_intent", false, false, true, false),
    ("scrutiny_decision", false, false, true, false),
    ("reinstatement_report", false, true, true, true),
    ("contest", false, true, true, true),
    ("contest_decision", true, true, true, true),
    ("threat_to_life", false, true, false, false),
    ("deconflict_query", true, false, false, false),
    ("deconflict_answer", true, false, true, false),
    ("hash_publish", true, false, false, false),
    ("hash_retract", true, false, true, false),
    ("hash_dispute", true, false, true, false),
    ("contact_preferences", false, true, false, true),
];

/// What was referred, for the bodies of the other types.
struct Matter {
    case: CaseId,
    id: MessageId,
    /// Body of the referral.
    body: Value,
    /// Body of its receipt.
    receipt: Value,
    now: String,
}

impl Matter {
    async fn of(pair: &mut Pair) -> Result<Self, Fail> {
        let referral = pair.arrive().await?;
        let id = referral.message.ok_or("not sent")?;
        let body = |text: &str| serde_json::from_str::<Value>(text).map(|value| value["body"].clone());
        Ok(Self {
            case: referral.matter,
            id,
            body: body(&pair.unit.document(id).await?)?,
            receipt: body(&pair.host.receipt(id).await?.ok_or("no receipt")?)?,
            now: app::identity::wire(pair.now())?.to_string(),
        })
    }

    /// A body of a type that is right in itself.
    fn body(&self, kind: &str) -> Value {
        let text = "A sentence of neutral words that is long enough.";
        match kind {
            "referral" => self.body.clone(),
            "receipt" => self.receipt.clone(),
            "reminder" => json!({
                "voluntary_notice": self.body["voluntary_notice"], "step": 1, "text": text,
                "last_check": { "class": "still_up", "at": self.now },
            }),
            "outcome" => {
                json!({ "results": [{ "items": ["i1"], "answer": "under_review", "basis": "none", "automated": "none" }] })
            }
            "information" => json!({ "text": text }),
            "withdrawal" => json!({ "reason": "wrong_item", "text": text, "request": "reinstate_if_acted" }),
            "correction" => json!({
                "reason": text,
                "changes": [{ "path": "/reference", "old": self.body["reference"], "new": "R-999999" }],
            }),
            "reinstatement_report" => {
                json!({ "items": ["i1"], "answer": "restored_after_review", "reinstated_at": self.now })
            }
            "contest" => {
                json!({ "subject": self.id, "ground": "counter_speech", "reasons": text, "wish": "reinstate" })
            }
            "contest_decision" => json!({
                "decision": "upheld", "reasons": text,
                "next_steps": [{
                    "for": "provider", "kind": "court", "body": "Example Administrative Court",
                    "deadline": { "n": 1, "unit": "months", "from": "notification" },
                    "law_link": "https://law.example.org/act/12",
                }],
            }),
            "contact_preferences" => json!({ "quiet": "no_reminders" }),
            _ => json!({}),
        }
    }

    fn told<'a>(&self, kind: &'a str, replies: bool) -> Told<'a> {
        // A second referral is a matter of its own.
        let case = if kind == "referral" { CaseId(Uuid::now_v7()) } else { self.case };
        told(kind, case, replies.then_some(self.id), self.body(kind))
    }
}

/// RXP-20: who may send what, and what is due for it: a signed receipt for each but the receipt, silence for none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn message_types() -> Outcome {
    on_both(async |mut pair| {
        let matter = Matter::of(&mut pair).await?;
        for (kind, unit, provider, replies, spoken) in TYPES {
            let ways = [(&pair.unit, &pair.host, unit), (&pair.host, &pair.unit, provider)];
            for (from, to, may) in ways {
                let place = format!("{kind} from {}", from.org);
                let said = from.tell(to, &matter.told(kind, replies)).await?;
                let expected = match (may, spoken) {
                    (false, _) => (403, "capacity"),
                    (true, false) => (422, "unknown_type"),
                    (true, true) => (202, ""),
                };
                assert_eq!((said.status, said.code().as_str()), expected, "{place}: {}", said.body);
                let answer: Value = serde_json::from_str(&said.body).unwrap_or_default();
                if said.status != 202 {
                    assert!(answer["sig"].is_array(), "{place}: a refusal is signed");
                } else if kind == "receipt" {
                    assert_eq!(said.body, "", "{place}");
                } else {
                    assert_eq!(
                        (&answer["type"], &answer["from"]),
                        (&json!("receipt"), &json!(to.org)),
                        "{place}"
                    );
                }
                if may && spoken && replies {
                    let mut alone = matter.told(kind, true);
                    alone.reply = None;
                    let said = from.tell(to, &alone).await?;
                    assert_eq!(
                        (said.status, said.code().as_str()),
                        (422, "schema"),
                        "{place} without in_reply_to"
                    );
                }
            }
        }
        let spoken = TYPES.iter().filter(|(.., spoken)| *spoken).count();
        let kinds = exchange::MessageType::ALL.iter().map(|kind| (kind.as_str(), kind.is_spoken()));
        assert!(kinds.eq(TYPES.iter().map(|(kind, .., spoken)| (*kind, *spoken))), "{spoken} of 33");
        Ok(pair)
    })
    .await
}

/// What a side would do to the outside: messages that wait or went, jobs that reach out.
async fn doings(side: &Side) -> Result<[i64; 3], Fail> {
    Ok([
        side.count("SELECT COUNT(*) AS n FROM outbox").await?,
        side.count("SELECT COUNT(*) AS n FROM message WHERE direction = 'out'").await?,
        side.count("SELECT COUNT(*) AS n FROM job WHERE kind NOT IN ('publish', 'recognise', 'index')")
            .await?,
    ])
}

/// RXP-05: no message removes or sends anything by itself; people decide. A notice to the provider's own system is none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_auto_effect() -> Outcome {
    on_both(async |mut pair| {
        let matter = Matter::of(&mut pair).await?;
        let before = [doings(&pair.unit).await?, doings(&pair.host).await?];
        for (kind, unit, provider, replies, spoken) in TYPES {
            for (from, to, may) in [(&pair.unit, &pair.host, unit), (&pair.host, &pair.unit, provider)] {
                if !may || !spoken {
                    continue;
                }
                let said = from.tell(to, &matter.told(kind, replies)).await?;
                assert_eq!(said.status, 202, "{kind}: {}", said.body);
                // Whatever the standing work makes of it.
                for side in [&pair.unit, &pair.host] {
                    app::sweep::run(&side.house).await?;
                    app::remind::due(&side.house).await?;
                    app::deliver::due(&side.house).await?;
                }
                let after = [doings(&pair.unit).await?, doings(&pair.host).await?];
                assert_eq!(after, before, "{kind} from {}", from.org);
            }
        }
        // What was referred is where it was: the provider's row says what its people said, and nobody said anything.
        let sql = "SELECT COUNT(*) AS n FROM inbox_item WHERE answer IS NOT NULL OR answered_by IS NOT NULL";
        assert_eq!(pair.host.house.db.one(sql, params![]).await?.int("n")?, 0);
        Ok(pair)
    })
    .await
}
