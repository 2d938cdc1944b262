//! What is looked at: item, account, channel, site. Its canonical key is one address or service and handle.

use crate::words::words;

words! {
    /// The kinds of subject.
    SubjectKind {
        /// A post, video, picture, sound or document at an address.
        Item = "item",
        /// Who posts.
        Account = "account",
        /// A group, channel or page.
        Channel = "channel",
        /// A host.
        Site = "site",
    }
}

words! {
    /// How two subjects are joined by what a source saw.
    EdgeKind {
        /// The account posted the item.
        Posted = "posted",
        /// The item stands in the channel.
        InChannel = "in_channel",
        /// The item was forwarded from the account or channel.
        ForwardedFrom = "forwarded_from",
        /// The item names the account.
        Mentions = "mentions",
        /// The item links to the address.
        LinksTo = "links_to",
        /// The item carries the tag.
        Tagged = "tagged",
    }
}

impl SubjectKind {
    /// Whether it is referred as a whole, on the assessed contents that stand on it (D1).
    #[must_use]
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Account | Self::Channel)
    }
}

/// The key of an account or channel: `service/handle`, both in lower case.
#[must_use]
pub fn handle_key(service: &str, handle: &str) -> String {
    format!("{}/{}", service.to_lowercase(), handle.trim_start_matches('@').to_lowercase())
}
