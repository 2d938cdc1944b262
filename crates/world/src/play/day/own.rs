//! A case of the first agency's own, beside the joint action, so that a visitor finds leads on money: in a joint action nobody
//! sees a lead. Posts of the world are handed in again with identifiers of made-up bytes: nobody holds their keys.

use std::collections::BTreeMap;
use std::fs;

use reqwest::Method;
use serde_json::{Value, json};

use super::Day;
use crate::Error;
use crate::model::{Post, Truth};

/// A bank that does not exist, account 20261123; ISO 13616 with its check digits.
const ACCOUNT: &str = "DE33 0000 0000 0020 2611 23";
/// The same bank, account 417417.
const OTHER_ACCOUNT: &str = "DE13000000000000417417";
/// Base58Check of twenty sevens on Tron.
const TRON: &str = "TAcN9gFvXZAxsWQQzWWbydBmscBHnEi5nZ";
/// Base58Check of twenty fives on Bitcoin.
const BITCOIN: &str = "1TYPjCiGbKiwP6r12cdkmVjySbQryonEV";
/// Contents of the case: the most copied one names the Bitcoin address, the next ones the account, and the last two one each.
const CONTENTS: usize = 12;
/// Posts of one content.
const COPIES_MAX: usize = 8;
const OPENED_DAYS: u64 = 30;

impl Day<'_> {
    /// For a visitor only: the case is handed in, assessed and confirmed, and an administrator opens the analysis.
    pub(crate) async fn own_case(&mut self) -> Result<(), Error> {
        if self.setup.leave == 0 {
            return Ok(());
        }
        let path = self.setup.dir.join("posts.ndjson");
        let posts = fs::read_to_string(&path).map_err(Error::io(path.display()))?;
        let posts: Vec<Post> =
            posts.lines().map(serde_json::from_str).collect::<Result<_, _>>().map_err(Error::bug)?;
        let office = self.offices[0].clone();
        self.hand_in(&office, "", case(posts, &self.setup.truth)?).await?;
        self.quiet().await?;
        let queue = self.desks.get(office.analysts[0], "/api/v1/queue?limit=500").await?;
        for row in queue["clusters"].as_array().cloned().unwrap_or_default() {
            self.decide(&office, &row).await?;
        }
        let opening = json!({
            "purpose": "Who asks for money in what this agency referred by itself",
            "reference": "Impact assessment of the invented agency, 2027/3", "days": OPENED_DAYS, "covers": ["money"],
        });
        self.desks.prove(office.administrator).await?;
        let path = "/api/v1/agency/analysis";
        super::good(self.desks.ask(office.administrator, Method::PUT, path, Some(&opening)).await?)?;
        (self.say)("a case of the first agency's own is approved, and its leads on money are open");
        self.quiet().await
    }
}

/// Posts of the most copied contents that the truth calls terrorist, each with an identifier, a JSON object a line.
fn case(posts: Vec<Post>, truth: &Truth) -> Result<Vec<u8>, Error> {
    let contents: BTreeMap<&str, usize> = truth
        .items
        .iter()
        .filter(|item| item.terrorist)
        .map(|item| (item.id.as_str(), item.cluster))
        .collect();
    let mut of: BTreeMap<usize, Vec<Post>> = BTreeMap::new();
    for post in posts {
        if let Some(content) = contents.get(post.id.as_str()) {
            of.entry(*content).or_default().push(post);
        }
    }
    let mut of: Vec<(usize, Vec<Post>)> = of.into_iter().collect();
    of.sort_by_key(|(content, posts)| (std::cmp::Reverse(posts.len()), *content));
    let mut lines = Vec::new();
    for (at, (_, posts)) in of.into_iter().take(CONTENTS).enumerate() {
        let identifier = match at {
            0 => BITCOIN,
            at if at + 2 < CONTENTS => ACCOUNT,
            at if at + 1 < CONTENTS => TRON,
            _ => OTHER_ACCOUNT,
        };
        for post in posts.into_iter().take(COPIES_MAX) {
            let mut line: Value = serde_json::to_value(&post).map_err(Error::bug)?;
            line["text"] = json!(format!("{} ({identifier})", post.text));
            lines.extend(line.to_string().into_bytes());
            lines.push(b'\n');
        }
    }
    Ok(lines)
}
