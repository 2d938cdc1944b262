//! Runs the providers of a world: `renvoi world serve`.
//!
//! One HTTPS listener for all hosts, one HTTP listener that leads to it, one SMTP sink, one control port, all on
//! loopback. `net/net.json` says where, once everything is up. Providers act on a stepped clock that the player moves
//! through the control port, so that two runs of one seed are alike.

mod accounts;
mod behaviour;
mod client;
mod contact;
mod control;
pub mod envelope;
pub mod httpsig;
pub mod jcs;
pub mod jws;
mod mail;
mod net;
mod outbox;
mod pages;
mod peers;
mod rxp;
#[cfg(test)]
mod rxp_vectors;
mod smtp;
mod state;
mod tls;
mod truth;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;

pub use rxp::{DOCUMENT_BYTES_MAX, MEDIA_TYPE};
pub use smtp::MAIL_BYTES_MAX;
pub(crate) use state::read_json;
pub(crate) use tls::client as client_tls;

use crate::Error;

/// Ports of the listeners; 0 lets the system choose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServeOptions {
    /// HTTPS of all services.
    pub https_port: u16,
    /// HTTP of all services.
    pub http_port: u16,
    /// Mail sink.
    pub smtp_port: u16,
    /// Control port.
    pub control_port: u16,
}

/// `net/net.json`: where the world is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Net {
    /// `127.0.0.1:PORT` of HTTPS for every host.
    pub https: SocketAddr,
    /// `127.0.0.1:PORT` of HTTP for every host; answers 301 to HTTPS.
    pub http: SocketAddr,
    /// `127.0.0.1:PORT` of the mail sink.
    pub smtp: SocketAddr,
    /// `127.0.0.1:PORT` of the control port.
    pub control: SocketAddr,
    /// PEM of the throw-away authority.
    pub ca: PathBuf,
    /// Every host name that HTTPS answers for.
    pub hosts: Vec<String>,
    /// Always true: the file is written last.
    pub ready: bool,
}

/// A running world. It stops when this is dropped.
#[derive(Debug)]
pub struct Running {
    /// Where it is reached.
    pub net: Net,
    listeners: Vec<JoinHandle<()>>,
}

impl Running {
    /// Waits until a listener ends, which it does not by itself.
    pub async fn forever(&mut self) {
        for listener in &mut self.listeners {
            let _ = listener.await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for listener in &self.listeners {
            listener.abort();
        }
    }
}

/// Starts every provider of the world in `dir` and writes `dir/net/net.json` when all listeners are up.
///
/// # Errors
/// [`Error::Io`] when a file or port is not to be had, [`Error::File`] when `dir` is no world.
pub async fn serve(dir: &Path, options: &ServeOptions) -> Result<Running, Error> {
    let shared = Arc::new(state::Shared::load(dir)?);
    let folder = dir.join("net");
    let ca = folder.join("ca.pem");
    let config = tls::server(&shared.world, &ca)?;
    let (https_listener, https) = net::bind(options.https_port).await?;
    let (http_listener, http) = net::bind(options.http_port).await?;
    let (smtp_listener, smtp) = net::bind(options.smtp_port).await?;
    let (control_listener, control) = net::bind(options.control_port).await?;
    let listeners = vec![
        net::https(https_listener, config, shared.clone()),
        net::plain(http_listener),
        net::mail(smtp_listener, shared.clone()),
        net::control(control_listener, shared.clone()),
    ];
    let hosts = shared.world.services.iter();
    let hosts = hosts.flat_map(|s| tls::HOST_PREFIXES.iter().map(|p| format!("{p}{}", s.host))).collect();
    let net = Net { https, http, smtp, control, ca, hosts, ready: true };
    control::write_clock(&shared)?;
    let text = serde_json::to_vec_pretty(&net).map_err(Error::bug)?;
    net::replace(&folder.join("net.json"), &text)?;
    Ok(Running { net, listeners })
}
