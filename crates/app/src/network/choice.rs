//! What a network is made of: how far back posts count, and which of what joins accounts gives links.

use domain::Refusal;
use domain::event::Event;
use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, Serializer};

/// Characters of a wrong word that are said again.
const SAID_CHARS: usize = 40;

/// How far back posts count, from when the network is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Period {
    /// All times.
    #[default]
    All,
    /// A year.
    Days365,
    /// A quarter.
    Days90,
    /// A month.
    Days30,
}

impl Period {
    /// Every one, the longest first.
    pub const ALL: [Self; 4] = [Self::All, Self::Days365, Self::Days90, Self::Days30];

    /// Its days; none for all times.
    #[must_use]
    pub fn days(self) -> Option<u16> {
        match self {
            Self::All => None,
            Self::Days365 => Some(365),
            Self::Days90 => Some(90),
            Self::Days30 => Some(30),
        }
    }

    /// Its word in addresses: the days, or `all`.
    #[must_use]
    pub fn word(self) -> String {
        self.days().map_or_else(|| "all".to_owned(), |days| days.to_string())
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.word() == word)
    }

    /// The first time that counts, when it ends now.
    #[must_use]
    pub fn since(self, now: Timestamp) -> Timestamp {
        let back = |days: u16| now.saturating_sub(SignedDuration::from_hours(24 * i64::from(days))).ok();
        self.days().and_then(back).unwrap_or(Timestamp::MIN)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.days().serialize(to)
    }
}

/// What joins two accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layer {
    /// A later post of the same content.
    Copies,
    /// A post forwarded from somebody.
    Forwards,
    /// A post that names somebody.
    Mentions,
    /// A post into a channel.
    Channels,
}

impl Layer {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Copies, Self::Forwards, Self::Mentions, Self::Channels];

    /// Its word in addresses and events.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Copies => "copies",
            Self::Forwards => "forwards",
            Self::Mentions => "mentions",
            Self::Channels => "channels",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.word() == word)
    }
}

/// Some of the layers, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Layers([bool; Layer::ALL.len()]);

impl Default for Layers {
    fn default() -> Self {
        Self([true; Layer::ALL.len()])
    }
}

impl Layers {
    /// These; none without one.
    #[must_use]
    pub fn of(chosen: &[Layer]) -> Option<Self> {
        (!chosen.is_empty()).then(|| Self(Layer::ALL.map(|layer| chosen.contains(&layer))))
    }

    /// Whether one of them is this.
    #[must_use]
    pub fn has(self, layer: Layer) -> bool {
        self.0[layer as usize]
    }

    /// Each of them.
    pub fn each(self) -> impl Iterator<Item = Layer> {
        Layer::ALL.into_iter().filter(move |layer| self.has(*layer))
    }

    /// Their words with commas between, as addresses have them.
    #[must_use]
    pub fn words(self) -> String {
        self.each().map(Layer::word).collect::<Vec<_>>().join(",")
    }
}

impl Serialize for Layers {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.each().map(Layer::word))
    }
}

/// What a network is made of. By default everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Choice {
    /// How far back posts count; as `days`, none for all times.
    #[serde(rename = "days")]
    pub period: Period,
    /// What gives links.
    pub layers: Layers,
}

impl Choice {
    /// Whether it is everything.
    #[must_use]
    pub fn is_all(self) -> bool {
        self == Self::default()
    }

    /// Of the words in an address: 30, 90, 365 or `all`, and layers with commas between. What is not there is everything.
    ///
    /// # Errors
    /// `network_days` and `network_layers`: another word, or layers of which none is named.
    pub fn read(days: Option<&str>, layers: Option<&str>) -> Result<Self, Refusal> {
        let period = days.map_or(Ok(Period::All), |word| {
            let said = || format!("There is no period \"{}\": days is 30, 90, 365 or all.", short(word));
            Period::from_word(word).ok_or_else(|| refused("network_days", said()))
        })?;
        let Some(words) = layers else { return Ok(Self { period, ..Self::default() }) };
        let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
        let known = words.map(|word| {
            let said = || {
                let short = short(word);
                format!("There is no layer \"{short}\": layers are copies, forwards, mentions and channels.")
            };
            Layer::from_word(word).ok_or_else(|| refused("network_layers", said()))
        });
        let layers = Layers::of(&known.collect::<Result<Vec<_>, _>>()?).ok_or_else(|| {
            let said = "No layer is chosen: choose at least one of copies, forwards, mentions and channels.";
            refused("network_layers", said.to_owned())
        })?;
        Ok(Self { period, layers })
    }

    /// What the network of a sealed plan was made of, as its event says; one that says nothing is of everything.
    #[must_use]
    pub fn of_event(plan: &Event) -> Self {
        let days = plan.facts.get("days").and_then(serde_json::Value::as_u64);
        let period = Period::ALL.into_iter().find(|period| period.days().map(u64::from) == days);
        let words = plan.facts.get("layers").and_then(serde_json::Value::as_array);
        let layers: Vec<Layer> =
            words.into_iter().flatten().filter_map(|word| Layer::from_word(word.as_str()?)).collect();
        Self { period: period.unwrap_or_default(), layers: Layers::of(&layers).unwrap_or_default() }
    }
}

fn refused(code: &'static str, sentence: String) -> Refusal {
    Refusal::new("D34", code, sentence)
}

fn short(word: &str) -> String {
    word.chars().take(SAID_CHARS).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_address_are_read_or_refused() {
        assert!(Choice::read(None, None).unwrap().is_all());
        assert!(Choice::read(Some("all"), Some("channels,mentions,copies,forwards")).unwrap().is_all());
        let chosen = Choice::read(Some("90"), Some(",mentions, copies,mentions")).unwrap();
        assert_eq!((chosen.period, chosen.layers.words().as_str()), (Period::Days90, "copies,mentions"));
        assert!(!chosen.is_all() && !chosen.layers.has(Layer::Channels));
        for (days, layers, code, part) in [
            (Some("14"), None, "network_days", "\"14\""),
            (Some(""), None, "network_days", "30, 90, 365 or all"),
            (None, Some("copies,retweets"), "network_layers", "\"retweets\""),
            (None, Some(" ,,"), "network_layers", "at least one"),
            (None, Some(""), "network_layers", "at least one"),
        ] {
            let refusal = Choice::read(days, layers).unwrap_err();
            assert_eq!(refusal.code, code);
            assert!(refusal.sentence.contains(part), "{refusal}");
        }
        assert!(Choice::read(Some(&"9".repeat(5_000)), None).unwrap_err().sentence.len() < 200);
    }

    #[test]
    fn a_period_is_counted_back() {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 400);
        assert_eq!(Period::Days30.since(now), now - SignedDuration::from_hours(24 * 30));
        assert_eq!(Period::All.since(now), Timestamp::MIN);
        assert_eq!(Period::Days365.since(Timestamp::MIN), Timestamp::MIN);
    }
}
