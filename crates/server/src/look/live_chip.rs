//! What a recheck found (RXP-141), grouped on screen into up, gone, partly and unknown (decision D17).

use super::answer_chip::coded;
use super::signs::{Sign, sign};
use crate::words::Words;
use maud::{Markup, html};

coded! {
    /// The classes of RXP-141.
    Live {
        /// The same content is there.
        StillUp = "still_up", "live-still-up";
        /// 404 or 410.
        GoneHard = "gone_hard", "live-gone-hard";
        /// A page of absence.
        GoneSoft = "gone_soft", "live-gone-soft";
        /// The platform says that it removed it.
        RemovedByPlatform = "removed_by_platform", "live-removed-by-platform";
        /// The platform says that its author removed it.
        RemovedByAuthor = "removed_by_author", "live-removed-by-author";
        /// The profile is absent too.
        AccountGone = "account_gone", "live-account-gone";
        /// Refused from one place.
        GeoBlocked = "geo_blocked", "live-geo-blocked";
        /// A wall.
        AgeOrLoginWall = "age_or_login_wall", "live-wall";
        /// Other content at the address.
        Replaced = "replaced", "live-replaced";
        /// At a new address.
        Moved = "moved", "live-moved";
        /// A copy elsewhere.
        CopyElsewhere = "copy_elsewhere", "live-copy-elsewhere";
        /// The host does not answer.
        HostDown = "host_down", "live-host-down";
        /// We are refused.
        CheckerBlocked = "checker_blocked", "live-checker-blocked";
        /// None of these.
        Unclear = "unclear", "live-unclear";
    }
}

impl Live {
    const fn sign(self) -> Sign {
        match self {
            Self::StillUp | Self::Moved | Self::CopyElsewhere => Sign::Site,
            Self::GoneHard
            | Self::GoneSoft
            | Self::RemovedByPlatform
            | Self::RemovedByAuthor
            | Self::AccountGone => Sign::Cross,
            Self::GeoBlocked | Self::Replaced => Sign::Info,
            Self::AgeOrLoginWall | Self::HostDown | Self::CheckerBlocked | Self::Unclear => Sign::Ask,
        }
    }
}

/// The class as sign and word, one outline for all.
#[must_use]
pub fn live_chip(live: Live, w: &Words) -> Markup {
    html! { span.chip { (sign(live.sign())) (live.word(w)) } }
}
