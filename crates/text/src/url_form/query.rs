//! The query: what names the page stays, what follows the reader goes.

use url::Url;

use super::percent_form;

/// Parameters that follow the reader on every host.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "ysclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "vero_id",
    "vero_conv",
    "oly_anon_id",
    "oly_enc_id",
    "_hsenc",
    "_hsmi",
    "__hssc",
    "__hstc",
    "__hsfp",
    "hsctatracking",
    "_openstat",
    "_ga",
    "_gl",
    "wickedid",
    "s_cid",
    "zanpid",
    "rb_clickid",
    "li_fat_id",
    "sc_campaign",
    "srsltid",
    "epik",
    "ref_src",
    "ref_url",
    "share_id",
    "__twitter_impression",
    "amp_js_v",
    "amp_gsa",
    "usqp",
    "fb_action_ids",
    "fb_action_types",
    "fb_source",
    "xtor",
    "ns_campaign",
    "ns_mchannel",
    "ns_source",
    "ns_linkname",
    "ncid",
    "cmpid",
    "trk_contact",
    "trk_msg",
    "trk_module",
    "trk_sid",
    "spm",
    "_branch_match_id",
];

/// Beginnings of such names.
const TRACKING_PREFIXES: &[&str] =
    &["utm_", "utm-", "pk_", "mtm_", "matomo_", "piwik_", "at_custom", "hsa_", "itm_", "__cft__", "__tn__"];

/// Parameters that follow the reader on these registrable domains only.
const TRACKING_ON: &[(&str, &[&str])] = &[
    ("youtube.com", &["si", "feature", "pp", "ab_channel", "t", "start", "app", "themerefresh"]),
    ("youtu.be", &["si", "feature", "t", "app"]),
    ("spotify.com", &["si", "context", "nd"]),
    ("soundcloud.com", &["si", "ref", "p", "c", "in"]),
    ("x.com", &["s", "t", "lang", "cn", "refsrc"]),
    ("twitter.com", &["s", "t", "lang", "cn", "refsrc"]),
    ("t.me", &["single", "embed", "mode", "boost", "q"]),
    (
        "facebook.com",
        &[
            "refid",
            "ref",
            "mibextid",
            "rdid",
            "share_url",
            "paipv",
            "eav",
            "_rdr",
            "_rdc",
            "locale",
            "sfnsn",
            "extid",
        ],
    ),
    ("instagram.com", &["img_index", "hl", "utm"]),
    (
        "tiktok.com",
        &["_r", "_t", "is_from_webapp", "is_copy_url", "sender_device", "web_id", "sec_user_id", "lang"],
    ),
    ("reddit.com", &["share", "context", "rdt", "sh", "st"]),
    ("linkedin.com", &["trk", "lipi", "licu", "trackingid", "refid"]),
    ("vk.com", &["from", "ref", "rf"]),
    ("dailymotion.com", &["start", "playlist"]),
    ("google.com", &["ved", "ei", "sa", "usg", "sca_esv", "gs_lcp"]),
];

/// Values that only ask for the AMP page.
const AMP: &[(&str, &[&str])] =
    &[("amp", &["", "1", "true"]), ("outputtype", &["amp"]), ("output", &["amp"]), ("m", &["amp"])];

/// Names that say the query is signed: a signature may depend on the order, so it stays.
const SIGNED: &[&str] = &[
    "sig",
    "sign",
    "signature",
    "hmac",
    "hash",
    "token",
    "policy",
    "x-amz-signature",
    "x-goog-signature",
    "rhash",
];

/// Drops tracking parameters, brings percent-encoding to one form, and sorts where that is safe.
pub(super) fn simplify(url: &mut Url) {
    let Some(query) = url.query() else { return };
    let host = url.host_str().unwrap_or_default();
    let domain = super::host::registrable(host);
    let own = TRACKING_ON.iter().find(|row| row.0 == domain).map_or(&[][..], |row| row.1);
    let mut parts: Vec<String> = query
        .split('&')
        .map(percent_form)
        .filter(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let name = name.to_ascii_lowercase();
            !part.is_empty() && !is_tracking(&name, own) && !asks_for_amp(&name, value)
        })
        .collect();
    if may_sort(&parts) {
        parts.sort_unstable();
    }
    let query = parts.join("&");
    url.set_query((!query.is_empty()).then_some(&query));
}

fn is_tracking(name: &str, own: &[&str]) -> bool {
    TRACKING.contains(&name)
        || own.contains(&name)
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

fn asks_for_amp(name: &str, value: &str) -> bool {
    AMP.iter().any(|row| row.0 == name && row.1.contains(&value.to_ascii_lowercase().as_str()))
}

/// Order means nothing to a form, so it is sorted away where the query is one: every part is `name=value`, no name
/// comes twice (a list has an order), and nothing is signed. Any other query keeps its order.
fn may_sort(parts: &[String]) -> bool {
    let mut names: Vec<&str> = Vec::with_capacity(parts.len());
    for part in parts {
        let Some((name, _)) = part.split_once('=') else { return false };
        if name.is_empty()
            || name.contains(['[', '%'])
            || SIGNED.contains(&name.to_ascii_lowercase().as_str())
        {
            return false;
        }
        names.push(name);
    }
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1])
}
