//! The letter: a `referral` of the protocol from an assessment that was confirmed (RXP-20.01).

use super::{Ground, Item};
use crate::identity::{Sender, wire};
use crate::{Error, Result};
use domain::assessment::{self, ContentFinding, ContextFinding, Draft, Question, Whole};
use domain::id::MessageId;
use domain::subject::SubjectKind;
use exchange::body::referral as wire_form;
use exchange::{Draft as WireDraft, Envelope, ItemRef, Lang, OrgId};
use jiff::Timestamp;
use store::provider::Provider;
use store::referral::Referral;
use uuid::Uuid;

/// The message as it would go out.
pub(super) fn compose(
    referral: &Referral,
    provider: &Provider,
    from: &Sender,
    draft: &Draft,
    items: &[Item],
    now: Timestamp,
) -> Result<Envelope> {
    let content =
        draft.content.as_ref().ok_or_else(|| Error::Bug("a referral without a content finding".into()))?;
    let contexts: Vec<&ContextFinding> = items
        .iter()
        .map(|item| draft.contexts.get(&item.subject.id))
        .collect::<Option<_>>()
        .ok_or_else(|| Error::Bug("a referral of an item that was not confirmed".into()))?;
    let lang = language(from, provider)?;
    let body = wire_form::Referral {
        voluntary_notice: exchange::voluntary_notice::wording(&lang).text.to_owned(),
        items: items
            .iter()
            .enumerate()
            .map(|(index, item)| wire_item(index, item, content, draft.whole.as_ref()))
            .collect::<Result<_>>()?,
        exemption_assessment: exemption(&contexts)?,
        terms_hint: None,
        evidence_note: Some(
            "Please disable rather than destroy; the item may matter as evidence.".to_owned(),
        ),
        reference: Some(referral.reference.clone()),
    };
    let envelope = WireDraft {
        id: MessageId(Uuid::now_v7()),
        case: referral.matter,
        in_reply_to: None,
        from: from.org.clone(),
        to: OrgId::new(receiver(provider))?,
        capacity: from.capacity,
        legal_basis: from.legal_basis.clone(),
        sent_at: wire(now)?,
        lang,
        handling: None,
    };
    Ok(Envelope::draft(envelope, &body.into())?.contested_by(&referral.contest))
}

/// A provider without an organisation id is addressed by its first host.
pub(crate) fn receiver(provider: &Provider) -> String {
    if provider.entry.org.is_empty() {
        provider.entry.hosts.first().cloned().unwrap_or_else(|| "unknown.invalid".to_owned())
    } else {
        provider.entry.org.clone()
    }
}

fn language(from: &Sender, provider: &Provider) -> Result<Lang> {
    let ours = &from.agency.settings.languages;
    let common = provider.entry.languages.iter().find(|theirs| ours.contains(theirs));
    Ok(Lang::new(common.or(ours.first()).cloned().unwrap_or_else(|| "en".to_owned()))?)
}

fn kind(kind: &assessment::Kind) -> serde_json::Result<wire_form::Kind> {
    serde_json::from_value(kind.word().into())
}

/// An assessed content that a channel or account rests on, as it was found when it was assessed.
fn ground(found: &Ground) -> Result<wire_form::Ground> {
    let statements = &found.content.statements;
    Ok(wire_form::Ground {
        url: found.url.clone(),
        locators: Vec::new(),
        kinds: statements.keys().map(kind).collect::<Result<_, _>>()?,
        statements: statements.iter().map(|(k, text)| Ok((kind(k)?, text.clone()))).collect::<Result<_>>()?,
    })
}

fn wire_item(
    index: usize,
    item: &Item,
    content: &ContentFinding,
    whole: Option<&Whole>,
) -> Result<wire_form::Item> {
    let subject = match item.subject.kind {
        SubjectKind::Account => Some(wire_form::Subject::Account),
        SubjectKind::Channel => Some(wire_form::Subject::Channel),
        SubjectKind::Item | SubjectKind::Site => None,
    };
    let offences: Vec<wire_form::Offence> = content
        .offence_refs
        .iter()
        .filter_map(|offence| serde_json::from_value(offence.trim_start_matches("2017/541:").into()).ok())
        .collect();
    let statements =
        content.statements.iter().map(|(k, text)| Ok((kind(k)?, text.clone()))).collect::<Result<_>>()?;
    let hashes =
        item.record.iter().flat_map(|record| &record.media).filter_map(|media| media.sha256.as_ref());
    Ok(wire_form::Item {
        item: ItemRef::new(format!("i{}", index + 1))?,
        subject,
        url: item.address.clone().unwrap_or_default(),
        locators: Vec::new(),
        kinds: content.statements.keys().map(kind).collect::<Result<_, _>>()?,
        statements,
        pinpoints: content
            .pinpoints
            .iter()
            .map(|(k, places)| Ok((kind(k)?, places.clone())))
            .collect::<Result<_>>()?,
        offence_refs: content
            .statements
            .keys()
            .filter(|k| **k != assessment::Kind::Incites && !offences.is_empty())
            .map(|k| Ok((kind(k)?, offences.clone())))
            .collect::<Result<_>>()?,
        danger_reasoning: content.danger.clone(),
        hashes: hashes
            .take(exchange::limits::HASHES.max)
            .map(|value| wire_form::Hash { alg: wire_form::HashAlg::Sha256, value: value.to_lowercase() })
            .collect(),
        evidence: Vec::new(),
        content_lang: (item.language != "und").then(|| Lang::new(item.language.clone())).transpose()?,
        grounds: item.grounds.iter().map(ground).collect::<Result<_>>()?,
        proportionality: whole.filter(|_| subject.is_some()).map(|whole| whole.proportionality.clone()),
    })
}

/// Exemption findings travel in summary (D6, LAW-15): the finding a question, and the true purpose.
fn exemption(contexts: &[&ContextFinding]) -> Result<wire_form::Exemption> {
    let (findings, true_purpose) = assessment::summary(contexts)?;
    let finding = |question: Question| -> Result<wire_form::Finding> {
        let finding =
            findings.get(&question).ok_or_else(|| Error::Bug(format!("no answer on {question}")))?;
        Ok(wire_form::Finding { finding: serde_json::from_value(finding.word().into())?, text: None })
    };
    Ok(wire_form::Exemption {
        education: finding(Question::Education)?,
        journalism: finding(Question::Journalism)?,
        art: finding(Question::Art)?,
        research: finding(Question::Research)?,
        counter_terrorism: finding(Question::CounterTerrorism)?,
        public_debate: finding(Question::PublicDebate)?,
        true_purpose,
        context: None,
        editorial_responsibility: None,
        eu_listed_author: None,
    })
}
