//! A world that is served, and a sender that talks to it.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use world::model::{Post, Service, Truth, TruthItem, World};
use world::serve::{Net, envelope, httpsig, jcs, jws};
use world::{Plan, Running, ServeOptions, make, serve};

pub(crate) const UNIT: &str = "aster.example";

pub(crate) struct Played {
    pub(crate) dir: PathBuf,
    pub(crate) world: World,
    pub(crate) truth: Truth,
    pub(crate) posts: Vec<Post>,
    pub(crate) running: Running,
    pub(crate) client: reqwest::Client,
    pub(crate) sent: std::cell::Cell<u32>,
    /// Seconds of the stepped clock, as the sender believes.
    pub(crate) now: std::cell::Cell<i64>,
}

impl Drop for Played {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// Makes a small world, knows the unit as a peer, and serves it.
pub(crate) async fn play(name: &str) -> Played {
    let dir = std::env::temp_dir().join(format!("renvoi-serve-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&dir);
    make(&Plan { seed: 5, items: 260, ..Plan::default() }, &dir).unwrap();
    let running = serve(&dir, &ServeOptions::default()).await.unwrap();
    let key = jws::key_of("test", UNIT).verifying_key();
    let x = {
        use base64::Engine;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(key.as_bytes())
    };
    // Nobody listens at the endpoint: what providers send stays pending, and says so.
    let peers = json!({"peers": [{
        "org": UNIT, "endpoint": format!("https://{UNIT}/rxp/v1"), "connect": "127.0.0.1:9", "plain": true,
        "jwks": {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x, "kid": jws::thumbprint(&key)}]},
    }]});
    fs::write(dir.join("net/peers.json"), peers.to_string()).unwrap();
    let read = |file: &str| fs::read(dir.join(file)).unwrap();
    let world: World = serde_json::from_slice(&read("world.json")).unwrap();
    let truth = serde_json::from_slice(&read("truth.json")).unwrap();
    let text = String::from_utf8(read("posts.ndjson")).unwrap();
    let posts = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let client = client(&running.net);
    let now = std::cell::Cell::new(world.start_at.as_second());
    Played { dir, world, truth, posts, running, client, sent: std::cell::Cell::new(0), now }
}

pub(crate) fn client(net: &Net) -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let ca = reqwest::Certificate::from_pem(&fs::read(&net.ca).unwrap()).unwrap();
    let mut builder = reqwest::Client::builder()
        .tls_certs_only([ca])
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy();
    for host in &net.hosts {
        builder = builder.resolve(host, net.https);
    }
    builder.build().unwrap()
}

impl Played {
    /// An item whose service and truth are as wanted.
    pub(crate) fn item(&self, wanted: impl Fn(&Service, &TruthItem) -> bool) -> (&Service, &TruthItem) {
        let find =
            |item: &TruthItem| self.world.services.iter().find(|s| s.host == item.service).unwrap().clone();
        let item = self.truth.items.iter().find(|item| wanted(&find(item), item)).unwrap();
        (self.world.services.iter().find(|s| s.host == item.service).unwrap(), item)
    }

    pub(crate) fn next_id(&self) -> String {
        let n = self.sent.get() + 1;
        self.sent.set(n);
        let bytes = [1, 2, 3, 4, 5, 6, 7, 8, (n >> 8) as u8, n as u8];
        uuid::Builder::from_unix_timestamp_millis(1_493_100_000_000, &bytes).into_uuid().to_string()
    }

    pub(crate) fn referral(&self, to: &str, url: &str) -> Value {
        let items = json!([{"item": "i1", "url": url}]);
        let body = json!({"voluntary_notice": envelope::VOLUNTARY_NOTICE, "items": items});
        self.message("referral", to, None, &body)
    }

    pub(crate) fn message(&self, kind: &str, to: &str, in_reply_to: Option<&str>, body: &Value) -> Value {
        let mut document = json!({
            "rxp": "1", "id": self.next_id(), "type": kind, "case": self.next_id(), "from": UNIT, "to": to,
            "capacity": "referral_unit", "sent_at": "2027-04-25T06:00:00.000Z", "lang": "en",
            "legal_basis": ["terms"], "body": body,
        });
        if let Some(id) = in_reply_to {
            document["in_reply_to"] = json!(id);
        }
        jws::sign(&mut document, &jws::key_of("test", UNIT));
        document
    }

    /// Posts a document; gives status and body, or nothing when the connection was dropped.
    pub(crate) async fn post(&self, document: &Value) -> Option<(u16, Vec<u8>)> {
        let body = jcs::canonical(document);
        let host = document["to"].as_str().unwrap();
        let uri = format!("https://{host}/rxp/v1/messages");
        let covered = httpsig::Covered {
            method: "POST".to_owned(),
            target_uri: uri.clone(),
            content_type: Some("application/rxp+json".to_owned()),
            content_digest: Some(content_digest(body.as_bytes())),
            rxp_id: document["id"].as_str().map(str::to_owned),
        };
        let mut nonce = [0u8; 16];
        nonce[..4].copy_from_slice(&self.sent.replace(self.sent.get() + 1).to_be_bytes());
        let key = jws::key_of("test", UNIT);
        let (input, signature) = httpsig::sign(&covered, &key, self.now.get(), &nonce).unwrap();
        let request = self
            .client
            .post(uri)
            .header("content-type", "application/rxp+json")
            .header("content-digest", covered.content_digest.unwrap())
            .header("rxp-id", covered.rxp_id.unwrap())
            .header("signature-input", input)
            .header("signature", signature)
            .body(body);
        let response = request.send().await.ok()?;
        Some((response.status().as_u16(), response.bytes().await.unwrap().to_vec()))
    }

    /// Reads a receipt again, by a signed GET.
    pub(crate) async fn receipt(&self, host: &str, id: &str, sign: bool) -> (u16, Vec<u8>) {
        let uri = format!("https://{host}/rxp/v1/receipts/{id}");
        let covered = httpsig::Covered {
            method: "GET".to_owned(),
            target_uri: uri.clone(),
            content_type: None,
            content_digest: None,
            rxp_id: None,
        };
        let (input, signature) =
            httpsig::sign(&covered, &jws::key_of("test", UNIT), self.now.get(), &[9; 16]).unwrap();
        let mut request = self.client.get(uri);
        if sign {
            request = request.header("signature-input", input).header("signature", signature);
        }
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.bytes().await.unwrap().to_vec())
    }

    /// Posts until it is accepted, as a sender with retries would.
    pub(crate) async fn deliver(&self, document: &Value) -> Value {
        for _ in 0..3 {
            if let Some((202, body)) = self.post(document).await {
                return serde_json::from_slice(&body).unwrap();
            }
        }
        panic!("not accepted: {document}");
    }

    pub(crate) async fn clock(&self, now: &str) -> Value {
        let uri = format!("http://{}/__world/clock", self.running.net.control);
        let request = self.client.post(uri).body(json!({"now": now}).to_string());
        let answer: Value =
            serde_json::from_slice(&request.send().await.unwrap().bytes().await.unwrap()).unwrap();
        self.now.set(answer["now"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_second());
        answer
    }

    pub(crate) async fn control(&self, path: &str) -> Vec<u8> {
        let uri = format!("http://{}/__world/{path}", self.running.net.control);
        self.client.get(uri).send().await.unwrap().bytes().await.unwrap().to_vec()
    }

    pub(crate) async fn truth_now(&self) -> Value {
        serde_json::from_slice(&self.control("truth").await).unwrap()
    }

    pub(crate) async fn get(&self, url: &str) -> (u16, String) {
        let response = self.client.get(url).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }
}

pub(crate) fn content_digest(body: &[u8]) -> String {
    use base64::Engine;
    use sha2::Digest;
    let digest = sha2::Sha256::digest(body);
    format!("sha-256=:{}:", base64::engine::general_purpose::STANDARD.encode(digest))
}

pub(crate) fn code(answer: &Option<(u16, Vec<u8>)>) -> (u16, String) {
    let (status, body) = answer.as_ref().unwrap();
    let document: Value = serde_json::from_slice(body).unwrap();
    (*status, document["error"]["code"].as_str().unwrap_or_default().to_owned())
}
