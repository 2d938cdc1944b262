//! A save that came too late: what the person wrote and what stands now, side by side. Nothing is lost or overwritten.

use super::Reader;
use super::words_of::{finds, question, tco};
use crate::fault::Outcome;
use crate::look::Place;
use crate::pages::refusal::{self, View};
use crate::words::Words;
use app::assess;
use domain::access::{Actor, Right, right};
use domain::assessment::{Decision, Draft};
use domain::cluster::Queued;
use domain::id::ClusterId;
use maud::Markup;

/// The page of a conflict about a cluster, with the draft that was not saved.
pub(super) async fn page(
    reader: &Reader,
    actor: &Actor,
    id: ClusterId,
    (mine, refusal): (Option<Draft>, domain::Refusal),
) -> Outcome<Markup> {
    let (house, w) = (&reader.app.house, &reader.words);
    actor.need(Right::Read)?;
    let cluster = app::load::cluster::<right::Read>(house, actor, id, app::load::For::Reading).await?;
    let shown = app::view::cluster::cluster(house, actor, cluster.get()).await?;
    let theirs = match shown.before.first() {
        Some(newest) => {
            let stored =
                app::load::assessment::<right::Read>(house, actor, newest.id, app::load::For::Acting).await?;
            Some(assess::draft(house, stored.get()).await?)
        }
        None => None,
    };
    let mut differences = vec![(w.t("conflict-state"), w.t("conflict-open"), state(shown.row.state, w))];
    differences.extend(compared(mine.as_ref(), theirs.as_ref(), w));
    let view = View {
        said: w.t("refusal-said"),
        way_out: w.rule(refusal.code, &refusal.sentence),
        rule: String::new(),
        differences,
        written: Vec::new(),
        back: format!("/console/queue/{id}"),
    };
    Ok(refusal::page(&view, w, &reader.frame(Place::Queue)))
}

/// Where a cluster stands.
pub(super) fn state(state: Queued, w: &Words) -> String {
    w.t(match state {
        Queued::Open => "queued-open",
        Queued::Deferred => "queued-deferred",
        Queued::AwaitsReader => "queued-awaits-reader",
        Queued::AwaitsApproval => "queued-awaits-approval",
        Queued::Decided => "queued-decided",
        Queued::Left => "queued-left",
    })
}

/// Each field that either of them filled: its name, mine, theirs.
fn compared(mine: Option<&Draft>, theirs: Option<&Draft>, w: &Words) -> Vec<(String, String, String)> {
    let (mine, theirs) = (lines(mine, w), lines(theirs, w));
    let mut all: Vec<(String, String, String)> = Vec::new();
    for (label, value) in &mine {
        let other = theirs.iter().find(|(known, _)| known == label).map(|(_, value)| value.clone());
        all.push((label.clone(), value.clone(), other.unwrap_or_default()));
    }
    for (label, value) in theirs {
        if !mine.iter().any(|(known, _)| *known == label) {
            all.push((label, String::new(), value));
        }
    }
    all
}

fn lines(draft: Option<&Draft>, w: &Words) -> Vec<(String, String)> {
    let Some(draft) = draft else { return Vec::new() };
    let mut all = vec![(w.t("decide-label"), decision(draft.decision, w))];
    if let Some(content) = &draft.content {
        for (kind, statement) in &content.statements {
            let name = tco(kind.word()).map(|kind| kind.word(w)).unwrap_or_default();
            let place = content.pinpoints.get(kind).and_then(|places| places.first());
            all.push((name, format!("{}{}{statement}", place.map_or("", String::as_str), w.comma())));
        }
        if let Some(danger) = &content.danger {
            all.push((w.t("danger-question"), danger.clone()));
        }
    }
    if let Some(context) = draft.contexts.values().next() {
        for (asked, answer) in &context.exemption {
            if let Some(asked) = question(*asked) {
                all.push((asked.word(w), format!("{} {}", finds(answer.finding).word(w), answer.text)));
            }
        }
        all.push((w.t("context-title"), format!("{} {}", context.true_purpose, context.context)));
    }
    let count = draft.contexts.len();
    all.push((w.t("sent-items"), w.with("items", &[("n", count.into())])));
    all
}

/// A decision in words.
pub(super) fn decision(decision: Decision, w: &Words) -> String {
    w.t(match decision {
        Decision::Refer => "decided-refer",
        Decision::NotTerrorist => "decide-not",
        Decision::Exempt => "decide-exempt",
        Decision::SecondReader => "decide-second",
    })
}
