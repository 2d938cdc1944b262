//! RXP-141: what a visit to an item saw, in the words of the wire.

use serde::{Deserialize, Serialize};

/// The class of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LivenessClass {
    /// The same media, or text alike, at the same address.
    StillUp,
    /// 404 or 410, and the host serves other pages.
    GoneHard,
    /// A page that says it is not there.
    GoneSoft,
    /// The platform says it removed it.
    RemovedByPlatform,
    /// The platform says the author removed it.
    RemovedByAuthor,
    /// The account is gone as well.
    AccountGone,
    /// Up from one place, refused from another.
    GeoBlocked,
    /// A wall before the content.
    AgeOrLoginWall,
    /// The address answers with something else.
    Replaced,
    /// The same content at a new address.
    Moved,
    /// A copy at another address.
    CopyElsewhere,
    /// The host does not answer.
    HostDown,
    /// The host does not answer us.
    CheckerBlocked,
    /// None of these.
    Unclear,
}
