//! Reads accounts, links and uploads from tables.

use super::{Account, Link, Place};
use crate::cells::{Act, milliseconds};
use crate::read::Rows;
use crate::{Accounts, Error, NAME_BYTES_MAX, Result};
use std::collections::HashMap;
use std::io::Read;

/// More rows of one table are not read.
pub const ROWS_MAX: usize = 50_000_000;

/// The accounts of a table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Their places by their ids.
    pub ids: Accounts,
    /// As their services show them, by place.
    pub accounts: Vec<Account>,
    /// The services, by number.
    pub services: Vec<String>,
}

/// Reads `account,service,handle` and if wanted `name`; the first line names the columns, in any order.
///
/// # Errors
/// `Line` for what is wrong first, `Empty` without an account, `TooMany`.
pub fn accounts(from: impl Read) -> Result<Table> {
    let (mut table, mut numbers) = (Table::default(), HashMap::new());
    rows(from, ["account", "service", "handle"], "name", |line, [id, service, handle], name| {
        let place = table.ids.place(id)?;
        if (place as usize) < table.accounts.len() {
            return Err(Error::Line {
                line,
                why: format!("the account {id} stands there again; name it once"),
            });
        }
        let next = numbers.len() as u32;
        let number = *numbers.entry(service.to_owned()).or_insert(next);
        if number == next {
            table.services.push(service.to_owned());
        }
        let names = [handle, name].into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect();
        table.accounts.push(Account { service: number, names });
        Ok(())
    })?;
    if table.accounts.is_empty() {
        return Err(Error::Empty("there is no account in it: one a line under account,service,handle"));
    }
    Ok(table)
}

/// Reads `from,to` and if wanted `where` (`post` or `bio`).
///
/// # Errors
/// `Line` for what is wrong first: an account that the table of accounts does not hold, or another word.
pub fn links(from: impl Read, ids: &Accounts) -> Result<Vec<Link>> {
    let mut links = Vec::new();
    rows(from, ["from", "to"], "where", |line, [from, to], place| {
        let place = match place {
            "" | "post" => Place::Post,
            "bio" => Place::Bio,
            other => {
                return Err(Error::Line {
                    line,
                    why: format!("a link stands in a post or bio, not in `{other}`"),
                });
            }
        };
        links.push(Link { from: known(ids, line, from)?, to: known(ids, line, to)?, place });
        Ok(())
    })?;
    Ok(links)
}

/// Reads `time,account,object`; the time in seconds.
///
/// # Errors
/// `Line` for what is wrong first: an account that the table of accounts does not hold, or a time that is none.
pub fn uploads(from: impl Read, ids: &Accounts) -> Result<Vec<Act>> {
    let (mut acts, mut objects) = (Vec::new(), Accounts::new());
    rows(from, ["time", "account", "object"], "", |line, [time, account, object], _| {
        let at_ms = milliseconds(time.as_bytes()).ok_or_else(|| Error::Line {
            line,
            why: format!("a time is a number of seconds from 0, not `{time}`"),
        })?;
        acts.push(Act { at_ms, account: known(ids, line, account)?, object: objects.place(object)? });
        Ok(())
    })?;
    Ok(acts)
}

fn known(ids: &Accounts, line: u64, id: &str) -> Result<u32> {
    let why = || format!("{id} does not stand among the accounts; add it there or leave the line out");
    ids.find(id).ok_or_else(|| Error::Line { line, why: why() })
}

/// Hands on each row: its line, the columns that are needed, and the one that may be missing or empty.
fn rows<const N: usize>(
    from: impl Read,
    needed: [&'static str; N],
    wanted: &str,
    mut take: impl FnMut(u64, [&str; N], &str) -> Result<()>,
) -> Result<()> {
    let (mut rows, heads) = Rows::new(from)?;
    let place = |name: &str| heads.iter().position(|head| head.trim_ascii() == name.as_bytes());
    let mut places = [0; N];
    for (at, name) in places.iter_mut().zip(needed) {
        let why = || format!("the first line must name the columns {}; {name} is missing", needed.join(","));
        *at = place(name).ok_or_else(|| Error::Line { line: 1, why: why() })?;
    }
    let wanted = place(wanted);
    let (mut record, mut count) = (csv::ByteRecord::new(), 0);
    while let Some(line) = rows.next(&mut record)? {
        count += 1;
        if count > ROWS_MAX {
            return Err(Error::TooMany { what: "rows", max: ROWS_MAX });
        }
        let field = |at: usize| {
            let field = record[at].trim_ascii();
            std::str::from_utf8(field).ok().filter(|field| field.len() <= NAME_BYTES_MAX)
        };
        let mut fields = [""; N];
        for ((to, at), name) in fields.iter_mut().zip(places).zip(needed) {
            let why = || format!("the {name} is empty, not UTF-8 or longer than {NAME_BYTES_MAX} bytes");
            let found = field(at).filter(|field| !field.is_empty());
            *to = found.ok_or_else(|| Error::Line { line, why: why() })?;
        }
        let extra = wanted.map_or(Some(""), field).ok_or_else(|| Error::Line {
            line,
            why: format!("a field is not UTF-8 or longer than {NAME_BYTES_MAX} bytes"),
        })?;
        take(line, fields, extra)?;
    }
    Ok(())
}
