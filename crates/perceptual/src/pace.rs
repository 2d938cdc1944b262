//! Words for how much of a listed video or sound is met, and how fast it goes by.

/// A run of less than this share of the listed video or sound is said to be a clip, percent.
pub const CLIP_UNDER_PERCENT: u64 = 80;

/// Thousandths by which a copy must be faster or slower for it to be said.
pub const SPEED_SAID_PER_MILLE: u32 = 20;

/// `clip` where little of the listed one is met, `faster` or `slower` where the pace is another.
pub(crate) fn words((from, to): (u32, u32), end_ms: u32, speed_per_mille: u32) -> Vec<String> {
    let mut parts = Vec::new();
    if u64::from(to.saturating_sub(from)) * 100 < u64::from(end_ms) * CLIP_UNDER_PERCENT {
        parts.push("clip".to_owned());
    }
    match speed_per_mille {
        _ if speed_per_mille.abs_diff(1_000) < SPEED_SAID_PER_MILLE => {}
        1_000.. => parts.push("faster".to_owned()),
        _ => parts.push("slower".to_owned()),
    }
    parts
}

/// The parts of a variant's name; `original` where there is none.
pub(crate) fn joined(parts: &[String]) -> String {
    if parts.is_empty() { "original".to_owned() } else { parts.join("+") }
}
