//! `renvoi serve`: the console, the API, the exchange and the workers, in one process.

use super::ending::Until;
use super::{Data, Done, Failed, SeatName};
use crate::command::out::say;
use crate::owner;
use app::House;
use app::house::Opening;
use clap::Args;
use std::net::SocketAddr;

/// Serves a data directory: console, API, exchange, workers
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  renvoi serve --data ./data\n  renvoi serve --data ./provider --seat provider --listen 127.0.0.1:8700 --endpoint https://provider.example/rxp/v1"
)]
pub(crate) struct Serve {
    #[command(flatten)]
    data: Data,
    /// Which side it serves.
    #[arg(long, value_enum, default_value_t = SeatName::Authority)]
    seat: SeatName,
    /// Address of the console and the API.
    #[arg(long, default_value = "127.0.0.1:8600")]
    listen: SocketAddr,
    /// Address of the second origin, for media; the next port when it is not given.
    #[arg(long, value_name = "ADDR")]
    media_listen: Option<SocketAddr>,
    /// Origin of the second address as browsers reach it through a proxy.
    #[arg(long, value_name = "URL")]
    media_origin: Option<String>,
    /// Where peers reach this server.
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// The SMTP relay for letters.
    #[arg(long, value_name = "HOST:PORT")]
    relay: Option<String>,
    /// A machine reads the words in pictures and compares them with terms; needs tesseract, and a second or two a picture.
    #[arg(long)]
    ocr: bool,
    #[command(flatten)]
    until: Until,
}

impl Serve {
    pub(crate) async fn run(self) -> Done {
        self.data.must_exist()?;
        if let Some(endpoint) = &self.endpoint {
            web("--endpoint", endpoint, "https://unit.example/rxp/v1")?;
        }
        if let Some(origin) = &self.media_origin {
            // It stands in the policy of every page: an origin and nothing more.
            let url = web("--media-origin", origin, "https://media.unit.example")?;
            if url.origin().ascii_serialization() != *origin {
                let shown = origin.escape_debug();
                let sentence = format!(
                    "--media-origin \"{shown}\" is more than scheme, host and port. Write it as {}.",
                    url.origin().ascii_serialization()
                );
                return Err(Failed::Input(sentence));
            }
        }
        let endpoint = self.endpoint.unwrap_or_else(|| format!("https://{}/rxp/v1", self.listen));
        let opening = Opening {
            seat: self.seat.into(),
            endpoint,
            relay: self.relay,
            reads_words: self.ocr,
            ..self.data.opening()
        };
        let house = House::open(opening).await?;
        let media_listen = self.media_listen.unwrap_or_else(|| {
            let port = if self.listen.port() == 0 { 0 } else { self.listen.port().saturating_add(1) };
            SocketAddr::new(self.listen.ip(), port)
        });
        let options = server::Options { tls: None, media_origin: self.media_origin };
        let served = server::serve(house.clone(), self.listen, media_listen, options).await?;
        if server::look::asset("console.css").is_none() {
            tracing::warn!(
                "This program was built without the console's style and scripts: run `cargo xtask web`, then build again."
            );
        }
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let workers = tokio::spawn(app::engine::run(house.clone(), stopped));
        let door = owner::open_door(house.clone(), served.shutdown())?;
        if let Err(failed) =
            say!("Renvoi listens on http://{}/ (media on {}).", served.addr, served.media_addr)
        {
            tracing::warn!("{failed}");
        }
        let ending = served.shutdown();
        tokio::select! {
            told = self.until.over() => told?,
            () = ending.cancelled() => {}
        }
        let _ = stop.send(true);
        served.stop().await;
        for part in [workers, door] {
            if let Err(error) = part.await {
                tracing::error!(%error, "a part did not end well");
            }
        }
        house.db.close().await;
        Ok(())
    }
}

/// An address of the web, whole.
fn web(option: &str, address: &str, example: &str) -> Result<url::Url, Failed> {
    match url::Url::parse(address) {
        Ok(url) if ["http", "https"].contains(&url.scheme()) && url.has_host() => Ok(url),
        _ => Err(Failed::Input(format!(
            "{option} \"{}\" is no address. Write it whole, as {example}.",
            address.escape_debug()
        ))),
    }
}
