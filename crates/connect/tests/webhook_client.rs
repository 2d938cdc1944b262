//! The example client of `docs/guides/webhook.py` takes our calls, and nobody else's.

use connect::delivery::webhook::{Call, Webhook};
use connect::fetcher::{AddressPolicy, Peers};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

const SECRET: &str = "sixteen bytes or more";
const HOST: &str = "hooks.host.test";

/// Ends the client with the test.
struct Client(Child);

impl Drop for Client {
    fn drop(&mut self) {
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

#[tokio::test]
async fn example_client_takes_signed_calls_only() -> Result<(), Box<dyn std::error::Error>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guides/webhook.py");
    assert!(std::fs::read_to_string(script)?.lines().count() <= 20);
    let started = Command::new("python3")
        .args([script, "0"])
        .env("RENVOI_SECRET", SECRET)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(child) = started else {
        println!("skipped: no python3");
        return Ok(());
    };
    let mut client = Client(child);
    let mut lines = BufReader::new(client.0.stdout.take().ok_or("no output")?).lines();
    let first = lines.next().ok_or("it said nothing")??;
    let port: u16 = first.rsplit(' ').next().ok_or("no port")?.parse()?;
    let peers = Peers::new(None).with(HOST, vec![([127, 0, 0, 1], port).into()]);
    let webhook = Webhook::new(AddressPolicy::Peer(peers))?;
    let now = jiff::Timestamp::now();
    let call = |secret: &str, at| Call {
        url: format!("http://{HOST}/renvoi"),
        secret: secret.as_bytes().to_vec(),
        body: br#"{"case":"17"}"#.to_vec(),
        at,
    };
    assert_eq!(webhook.call(call("another secret of length", now)).await?.status, 401);
    assert_eq!(webhook.call(call(SECRET, now - jiff::SignedDuration::from_mins(6))).await?.status, 401);
    assert_eq!(webhook.call(call(SECRET, now)).await?.status, 204);
    assert_eq!(lines.next().ok_or("it printed nothing")??, r#"{"case":"17"}"#);
    Ok(())
}
