//! Accounts and channels that are referred as such (D1): whether they exist, and what their provider does.

use super::state::{Inner, Item, Shared};
use crate::model::Behaviour;

/// Items that were or would be acted on, before a provider suspends their holder.
const BREACHES_MIN: usize = 2;

/// The handle of the account or channel at a place like `host/@handle`, `host/handle`, `host/thread/handle`, when
/// something by it is or was on the service.
pub(crate) fn holder(inner: &Inner, service: usize, key: &str) -> Option<String> {
    let last = key.split('?').next()?.rsplit('/').next()?.trim_start_matches('@');
    inner.items.iter().any(|item| holds(item, service, last)).then(|| last.to_owned())
}

/// The item is by this account or in this channel.
pub(crate) fn holds(item: &Item, service: usize, handle: &str) -> bool {
    let channel = item.post.channel.as_ref().is_some_and(|channel| channel.handle == handle);
    item.service == service && (item.post.author.handle == handle || channel)
}

/// Answer and reason; suspends when the terms say so.
pub(crate) fn decide(
    shared: &Shared,
    inner: &mut Inner,
    service: usize,
    handle: &str,
) -> (String, Option<String>) {
    let breaches = inner.items.iter().filter(|item| holds(item, service, handle) && item.will.gone).count();
    let no = |reason: &str| ("no_action".to_owned(), Some(reason.to_owned()));
    if shared.service(service).behaviour == Behaviour::Refusing {
        return no("out_of_scope");
    }
    if breaches < BREACHES_MIN {
        return no("no_breach");
    }
    inner.suspended.insert((service, handle.to_owned()));
    ("account_suspended".to_owned(), Some("violent_organisations".to_owned()))
}
