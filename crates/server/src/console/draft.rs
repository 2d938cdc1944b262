//! The form of an assessment, read into a draft. All of it is checked again by the step.

use super::Fields;
use super::words_of::offence;
use crate::fault::{Fault, Outcome};
use domain::assessment::{
    ContentFinding, ContextFinding, Decision, Draft, ExemptionAnswer, Finding, Kind, Question, Urgency, Whole,
};
use domain::id::SubjectId;
use domain::observation::Audience;
use std::collections::BTreeMap;

/// Reads the form.
pub(super) fn draft(fields: &Fields, decision: Decision) -> Outcome<Draft> {
    let kinds: Vec<Kind> = fields
        .all("kinds[]")
        .map(|code| {
            Kind::from_word(code).ok_or_else(|| Fault::input(format!("There is no kind \"{code}\".")))
        })
        .collect::<Outcome<_>>()?;
    let content = if kinds.is_empty() { None } else { Some(content(fields, &kinds)?) };
    let mut contexts = BTreeMap::new();
    for id in fields.all("items[]") {
        let subject: SubjectId = id.parse().map_err(|_| Fault::input("An item of the form has no id."))?;
        contexts.insert(subject, context(fields, id)?);
    }
    Ok(Draft { decision, content, contexts, note: String::new(), whole: whole(fields)? })
}

/// What a channel or account rests on: only its form has the field of an address.
fn whole(fields: &Fields) -> Outcome<Option<Whole>> {
    let Some((_, address)) = fields.pairs().find(|(name, _)| *name == "whole_address") else {
        return Ok(None);
    };
    let grounds = fields
        .all("grounds[]")
        .map(|id| id.parse().map_err(|_| Fault::input("An assessment of the form has no id.")))
        .collect::<Outcome<_>>()?;
    let proportionality = fields.one("proportionality").to_owned();
    Ok(Some(Whole { address: address.to_owned(), grounds, proportionality }))
}

fn content(fields: &Fields, kinds: &[Kind]) -> Outcome<ContentFinding> {
    let mut found = ContentFinding {
        statements: BTreeMap::new(),
        pinpoints: BTreeMap::new(),
        danger: fields.maybe("danger").map(str::to_owned),
        offence_refs: Vec::new(),
        urgency: Urgency::from_word(fields.one("urgency")).unwrap_or(Urgency::Normal),
    };
    for kind in kinds {
        found.statements.insert(*kind, fields.one(&format!("statement_{kind}")).to_owned());
        let pinpoint = fields.maybe(&format!("pinpoint_{kind}")).map(str::to_owned);
        found.pinpoints.insert(*kind, pinpoint.into_iter().collect());
        if let Some(code) = fields.maybe(&format!("offence_{kind}")) {
            let cited =
                offence(code).ok_or_else(|| Fault::input(format!("There is no offence \"{code}\".")))?;
            if !found.offence_refs.contains(&cited) {
                found.offence_refs.push(cited);
            }
        }
    }
    Ok(found)
}

fn context(fields: &Fields, id: &str) -> Outcome<ContextFinding> {
    let mut exemption = BTreeMap::new();
    for question in Question::ALL {
        if let Some(finding) = Finding::from_word(fields.one(&format!("exemption_{question}"))) {
            let text = fields.one(&format!("exemption_{question}_text")).to_owned();
            exemption.insert(*question, ExemptionAnswer { finding, text });
        }
    }
    let publisher = fields.one(&format!("publisher_{id}"));
    let context = fields.one("context");
    Ok(ContextFinding {
        audience: audience(fields.one(&format!("audience_{id}")))?,
        exemption,
        true_purpose: fields.one("true_purpose").to_owned(),
        context: if publisher.is_empty() { context.to_owned() } else { format!("{context} ({publisher})") },
        editorial_responsibility: fields.one("editorial_responsibility") == "yes",
        eu_listed_author: fields.maybe("eu_listed_author").unwrap_or("unknown").to_owned(),
    })
}

fn audience(word: &str) -> Outcome<Audience> {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
        .map_err(|_| Fault::input("Say for each item who can see it."))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_form_becomes_a_draft() {
        let id = "00000000-0000-7000-8000-000000000001";
        let form = format!(
            "kinds[]=instruction&statement_instruction=why+so&pinpoint_instruction=0:10&offence_instruction=3.1.a&urgency=normal\
             &items[]={id}&audience_{id}=open&exemption_art=no&exemption_research=unsure&exemption_research_text=perhaps+a+study\
             &true_purpose=shown+for+itself&context=a+public+page"
        );
        let draft = draft(&Fields::parse(form.as_bytes()), Decision::Refer).unwrap();
        let content = draft.content.unwrap();
        assert_eq!(content.statements[&Kind::Instruction], "why so");
        assert_eq!(content.offence_refs, ["2017/541:3(1)(a)"]);
        let context = &draft.contexts[&id.parse().unwrap()];
        assert_eq!(context.exemption.len(), 2);
        assert_eq!(context.exemption[&Question::Research].finding, Finding::Unsure);
        assert_eq!(context.audience, Audience::Open);
    }

    #[test]
    fn the_form_of_an_account_names_what_it_rests_on() {
        let id = "00000000-0000-7000-8000-000000000002";
        let form =
            format!("whole_address=https://video.example/a&grounds[]={id}&proportionality=nearly+all+of+it");
        let whole = draft(&Fields::parse(form.as_bytes()), Decision::Refer).unwrap().whole.unwrap();
        assert_eq!(
            (whole.grounds, whole.proportionality.as_str()),
            (vec![id.parse().unwrap()], "nearly all of it")
        );
        assert_eq!(draft(&Fields::parse(b"grounds[]=x"), Decision::Refer).unwrap().whole, None);
        assert!(draft(&Fields::parse(b"whole_address=a&grounds[]=x"), Decision::Refer).is_err());
    }

    #[test]
    fn nonsense_is_refused() {
        for form in [
            "kinds[]=nonsense",
            "items[]=x",
            "items[]=00000000-0000-7000-8000-000000000001&audience_00000000-0000-7000-8000-000000000001=all",
        ] {
            assert!(draft(&Fields::parse(form.as_bytes()), Decision::Refer).is_err(), "{form}");
        }
    }
}
