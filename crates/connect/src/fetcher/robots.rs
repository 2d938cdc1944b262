//! robots.txt as RFC 9309 has it: groups, the longest rule wins, `*` and `$`.

/// Most of a robots.txt that is read (RFC 9309 asks for at least this much).
pub const ROBOTS_LIMIT_BYTES: usize = 500 * 1024;
/// Most rules of our group that are kept.
const RULES_LIMIT: usize = 10_000;
/// Our name in robots.txt.
pub const ROBOTS_AGENT: &str = "renvoi";

/// What a host asks of us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robots {
    /// Pattern and whether it allows.
    rules: Vec<(String, bool)>,
}

impl Robots {
    /// Everything may be read: there is no robots.txt (any 4xx).
    pub fn allow_all() -> Self {
        Self { rules: Vec::new() }
    }

    /// Nothing may be read: robots.txt itself could not be read (5xx, no connection).
    pub fn refuse_all() -> Self {
        Self { rules: vec![("/".to_owned(), false)] }
    }

    /// Reads the rules for [`ROBOTS_AGENT`], or those for `*` when it is not named.
    pub fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(ROBOTS_LIMIT_BYTES)]);
        let (mut ours, mut everyone) = (Vec::new(), Vec::new());
        let (mut named, mut for_us, mut for_all, mut in_agents) = (false, false, false, false);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match key.as_str() {
                "user-agent" => {
                    if !in_agents {
                        (for_us, for_all) = (false, false);
                    }
                    in_agents = true;
                    for_us |= value.eq_ignore_ascii_case(ROBOTS_AGENT);
                    for_all |= value == "*";
                    named |= for_us;
                }
                "allow" | "disallow" => {
                    in_agents = false;
                    let rule = (value.to_owned(), key == "allow");
                    if for_us && ours.len() < RULES_LIMIT && !value.is_empty() {
                        ours.push(rule.clone());
                    }
                    if for_all && everyone.len() < RULES_LIMIT && !value.is_empty() {
                        everyone.push(rule);
                    }
                }
                _ => {}
            }
        }
        Self { rules: if named { ours } else { everyone } }
    }

    /// Whether `path` (with its query, starting with `/`) may be read. The longest rule wins, on a tie `allow`.
    pub fn allows(&self, path: &str) -> bool {
        path == "/robots.txt"
            || self
                .rules
                .iter()
                .filter(|(pattern, _)| fits(pattern, path))
                .max_by_key(|(pattern, allow)| (pattern.len(), *allow))
                .is_none_or(|(_, allow)| *allow)
    }
}

/// Whether `pattern` matches the start of `path`; greedy on each `*`, no backtracking is needed for prefixes.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(body) => (body, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if to_end && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(found) = rest.find(part) else { return false };
        rest = &rest[found + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_9309_rules() {
        let robots = Robots::parse(
            b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n\nUser-Agent: other\nuser-agent: Renvoi # us\n\
              Disallow: /private\nAllow: /private/open\nDisallow: /*.gif$\nDisallow: /a*b*c\nDisallow:\n\
              Sitemap: https://x.test/s\n",
        );
        for (path, expected) in [
            ("/", true),
            ("/private", false),
            ("/private/x", false),
            ("/private/open/x", true),
            ("/x/y.gif", false),
            ("/x/y.gif?z", true),
            ("/a1b2c3", false),
            ("/acb", true),
            ("/robots.txt", true),
        ] {
            assert_eq!(robots.allows(path), expected, "{path}");
        }
        assert!(!Robots::parse(b"User-agent: *\nDisallow: /x").allows("/x1"));
        assert!(Robots::parse(b"User-agent: renvoi\nAllow: /\nUser-agent: *\nDisallow: /").allows("/x"));
        assert!(Robots::parse(b"\xff\xfe\x00 nothing").allows("/x"));
        assert!(Robots::allow_all().allows("/x"));
        assert!(!Robots::refuse_all().allows("/x"));
    }
}
