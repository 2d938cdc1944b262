//! A bank out again: the values whose clear form is kept, in any open format (`connect/sources/lists`).

use super::{Format, Shown, shown};
use crate::{Error, House, Result};
use connect::sources::lists::Row;
use connect::sources::lists::write::{Head, Writer};
use domain::access::{Authorised, right};
use domain::bank::{SignalKind, SignalState, may_export};
use domain::event::Noun;
use serde_json::json;
use std::io::Write;
use store::picture::Cut;
use store::signal::Bank;

/// Writes the live signals of a bank whose clear value is kept (terms, addresses, hosts, accounts, PDQ, TLSH); gives how
/// many were written, and how many were not: known here by digest only, or without a place in the format. Needs a
/// step-up, and a bank that may be handed on; a leaf says that it was.
pub async fn export(
    house: &House,
    bank: &Authorised<Bank, right::ManageSignals>,
    format: Format,
    out: impl Write + Send,
) -> Result<(u64, u64)> {
    let now = house.clock.now();
    bank.actor().need_step_up(now)?;
    let of = bank.get();
    may_export(of.sharing, of.class)?;
    let bad = |error: std::io::Error| {
        let why = error.to_string();
        Error::Input(format!("The list cannot be written: {}.", why.trim_end_matches('.')))
    };
    let head = Head { bank: of.name.clone(), sharing: Some(of.sharing.word()), at: now };
    let mut list = Writer::new(format, out, head).map_err(bad)?;
    let (mut written, mut left, mut after) = (0_u64, 0_u64, 0);
    loop {
        let page = shown(house, of.id, after).await?;
        let Some(last) = page.last() else { break };
        after = last.signal.key;
        let pictures = page.iter().map(|shown| &shown.signal).filter(|signal| signal.kind == SignalKind::Pdq);
        let pictures: Vec<i64> = pictures.map(|signal| signal.key).collect();
        let mut cuts = store::picture::cuts(&house.db, &pictures).await?;
        for shown in page.iter().filter(|shown| shown.signal.state == SignalState::Live) {
            let cuts = cuts.remove(&shown.signal.key).unwrap_or_default();
            let put = match row(shown, of, &cuts) {
                Some(row) => list.put(&row).map_err(bad)?,
                None => false,
            };
            *(if put { &mut written } else { &mut left }) += 1;
        }
    }
    list.finish().map_err(bad)?;
    let mut act = crate::Act::of(house, bank.actor(), of.space).await?;
    let facts = json!({ "written": written, "digests": left, "format": format.word() });
    act.append(Noun::Bank, of.id.0, "exported", facts).await?;
    act.commit().await?;
    Ok((written, left))
}

fn row(shown: &Shown, of: &Bank, cuts: &[Cut]) -> Option<Row> {
    let is_pdq = shown.signal.kind == SignalKind::Pdq;
    let is_tlsh = shown.signal.kind == SignalKind::Tlsh;
    let (value, label, print) = match &shown.clear {
        Some(clear) => (clear.value.clone(), clear.label.clone(), clear.print.clone()),
        None if is_pdq => (hex::encode(&shown.signal.value), None, None),
        None if is_tlsh => (String::from_utf8_lossy(&shown.signal.value).into_owned(), None, None),
        None => return None,
    };
    Some(Row {
        kind: shown.signal.kind.word().to_owned(),
        value,
        label,
        opinion: Some(of.opinion.word().to_owned()),
        print,
        cuts: cuts.iter().map(|(name, hash)| format!("{name}:{}", hex::encode(hash))).collect(),
        distance: is_pdq.then_some(of.distance),
        ..Row::default()
    })
}
