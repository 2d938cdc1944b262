//! Where a request may go (D11), checked on the address as text and again on the addresses connected to.
//!
//! Names are resolved once for each connection, by [`Guard::addresses`], and the connection uses that answer
//! and no other: a name that changes its answer (DNS rebinding) meets the check again or nothing at all.
//! Rejected: checking first and letting the HTTP library resolve again, because the second answer may differ.

use super::FetchError;
use super::address::inside;
use crate::world_net::{WorldNet, is_world_name};
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use url::{Host, Url};

/// Longest address that is asked for.
pub const URL_LIMIT_BYTES: usize = 8192;
/// Most addresses of one name that are looked at.
const ADDRESSES_LIMIT: usize = 64;
/// Ports of the open web.
const WEB_PORTS: [u16; 2] = [80, 443];
/// Name endings that never stand for the outside (RFC 6761, RFC 6762, RFC 8375, RFC 9476, ICANN `.internal`).
const INSIDE_SUFFIXES: [&str; 15] = [
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "test",
    "example",
    "invalid",
    "onion",
    "arpa",
    "alt",
];

/// Where requests may go. No environment variable and no flag opens it.
#[derive(Debug, Clone)]
pub enum AddressPolicy {
    /// The open internet: global addresses, ports 80 and 443.
    Public,
    /// One invented internet, and nothing else. Only for a data directory that was created as a world.
    World(WorldNet),
    /// Named RXP peers at pinned addresses, and nothing else. Never for content.
    Peer(Peers),
}

/// Peers entered by two people: host name → pinned addresses.
#[derive(Debug, Clone, Default)]
pub struct Peers {
    hosts: BTreeMap<String, Vec<SocketAddr>>,
    ca_pem: Option<Vec<u8>>,
}

impl Peers {
    /// Peers whose certificates come from `ca_pem` (PEM), or from the public authorities when `None`.
    pub fn new(ca_pem: Option<Vec<u8>>) -> Self {
        Self { hosts: BTreeMap::new(), ca_pem }
    }

    /// Adds a peer by the host of its endpoint and the addresses that it is pinned to.
    ///
    /// Plain HTTP is spoken only with a peer all of whose addresses are loopback (same machine).
    #[must_use]
    pub fn with(mut self, host: &str, addresses: Vec<SocketAddr>) -> Self {
        self.hosts.insert(host.to_ascii_lowercase(), addresses);
        self
    }
}

/// Turns names into addresses. Injected, so that tests can lie.
pub trait Lookup: Send + Sync {
    /// All addresses of `host`, or what the resolver said.
    fn lookup(&self, host: String) -> BoxFuture<'static, Result<Vec<IpAddr>, String>>;
}

/// The resolver of the operating system.
#[derive(Debug, Clone, Copy)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, host: String) -> BoxFuture<'static, Result<Vec<IpAddr>, String>> {
        Box::pin(async move {
            let found =
                tokio::net::lookup_host((host.as_str(), 0)).await.map_err(|error| error.to_string())?;
            Ok(found.map(|address| address.ip()).take(ADDRESSES_LIMIT).collect())
        })
    }
}

/// A policy at work: every hop and every connection asks it.
pub(crate) struct Guard {
    policy: AddressPolicy,
    lookup: Arc<dyn Lookup>,
    /// Ports that `Public` lets through.
    pub(super) ports: Vec<u16>,
    /// Test only: names that `Public` takes as vetted, so that a redirect can start somewhere without a network.
    #[cfg(test)]
    pub(super) vetted: BTreeMap<String, SocketAddr>,
}

impl Guard {
    pub(crate) fn new(policy: AddressPolicy, lookup: Arc<dyn Lookup>) -> Self {
        Self {
            policy,
            lookup,
            ports: WEB_PORTS.to_vec(),
            #[cfg(test)]
            vetted: BTreeMap::new(),
        }
    }

    /// Certificate authority to trust instead of the public ones, PEM.
    pub(crate) fn ca_pem(&self) -> Option<&[u8]> {
        match &self.policy {
            AddressPolicy::Public => None,
            AddressPolicy::World(net) => Some(&net.ca_pem),
            AddressPolicy::Peer(peers) => peers.ca_pem.as_deref(),
        }
    }

    /// Reads `text` as an address and checks all that can be checked without resolving its name.
    pub(crate) fn parse(&self, text: &str) -> Result<Url, FetchError> {
        if text.len() > URL_LIMIT_BYTES {
            let start: String = text.chars().take(80).collect();
            return Err(FetchError::refused(start, format!("it is longer than {URL_LIMIT_BYTES} bytes")));
        }
        let url = Url::parse(text)
            .map_err(|error| FetchError::refused(text, format!("it is no web address ({error})")))?;
        self.check(&url)?;
        Ok(url)
    }

    /// Checks one hop: scheme, credentials, port, host.
    pub(crate) fn check(&self, url: &Url) -> Result<(), FetchError> {
        let no = |why: String| Err(FetchError::refused(url.as_str(), why));
        if !matches!(url.scheme(), "http" | "https") {
            return no(format!("{}: is not http or https", url.scheme()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return no("it carries a user name or password".to_owned());
        }
        if url.as_str().len() > URL_LIMIT_BYTES {
            return no(format!("it is longer than {URL_LIMIT_BYTES} bytes"));
        }
        let name = match (url.host(), &self.policy) {
            (None, _) => return no("it has no host".to_owned()),
            (Some(Host::Domain(name)), _) => name,
            (Some(Host::Ipv4(v4)), AddressPolicy::Public) => return self.literal(url, IpAddr::V4(v4)),
            (Some(Host::Ipv6(v6)), AddressPolicy::Public) => return self.literal(url, IpAddr::V6(v6)),
            (Some(_), _) => return no("a bare IP address is not in this policy".to_owned()),
        };
        if name.ends_with('.') || name.split('.').any(str::is_empty) {
            return no("its name has an empty part or ends with a dot".to_owned());
        }
        let allowed = match &self.policy {
            AddressPolicy::Public => self.public(url, name),
            AddressPolicy::World(net) => world(net, url, name),
            AddressPolicy::Peer(peers) => peer(peers, url, name),
        };
        allowed.or_else(no)
    }

    fn literal(&self, url: &Url, address: IpAddr) -> Result<(), FetchError> {
        self.port(url).map_err(|why| FetchError::refused(url.as_str(), why))?;
        match inside(address) {
            Some(what) => Err(FetchError::refused(url.as_str(), format!("{address} is inside ({what})"))),
            None => Ok(()),
        }
    }

    fn port(&self, url: &Url) -> Result<(), String> {
        match url.port_or_known_default() {
            Some(port) if self.ports.contains(&port) => Ok(()),
            _ => Err("only ports 80 and 443 are reached".to_owned()),
        }
    }

    fn public(&self, url: &Url, name: &str) -> Result<(), String> {
        self.port(url)?;
        if !name.contains('.') {
            return Err(format!("{name} is a name of the local network"));
        }
        let last = name.rsplit('.').next().unwrap_or(name);
        if INSIDE_SUFFIXES.contains(&last) {
            return Err(format!(".{last} is not a name of the open internet"));
        }
        Ok(())
    }

    /// The addresses that a connection with `host` may use; `plain` is HTTP without TLS. Port 0 stands for the
    /// port of the URL.
    ///
    /// Under `Public` one inside address among the answers refuses the name: an honest host has none.
    pub(crate) async fn addresses(&self, host: &str, plain: bool) -> Result<Vec<SocketAddr>, FetchError> {
        let unknown = |what: &str| FetchError::Dns { host: host.to_owned(), what: what.to_owned() };
        match &self.policy {
            AddressPolicy::World(net) => {
                let address = if plain { net.http } else { Some(net.https) };
                let known = address.filter(|_| net.has(host)).map(|address| vec![address]);
                return known.ok_or_else(|| unknown("this world has no such host"));
            }
            AddressPolicy::Peer(peers) => {
                return peers.hosts.get(host).cloned().ok_or_else(|| unknown("it is no named peer"));
            }
            AddressPolicy::Public => {}
        }
        #[cfg(test)]
        if let Some(address) = self.vetted.get(host) {
            return Ok(vec![*address]);
        }
        let found = self.lookup.lookup(host.to_owned()).await.map_err(|what| unknown(&what))?;
        if found.is_empty() {
            return Err(unknown("it has no address"));
        }
        if let Some((address, what)) = found.iter().find_map(|ip| inside(*ip).map(|what| (ip, what))) {
            return Err(FetchError::refused(
                host,
                format!("it resolves to {address}, which is inside ({what})"),
            ));
        }
        Ok(found.into_iter().take(ADDRESSES_LIMIT).map(|ip| SocketAddr::new(ip, 0)).collect())
    }
}

fn world(net: &WorldNet, url: &Url, name: &str) -> Result<(), String> {
    if !is_world_name(name) {
        return Err("in a world only .test and .example names are reached".to_owned());
    }
    if url.port().is_some() {
        return Err("a world is reached without a port".to_owned());
    }
    if url.scheme() != "https" && net.http.is_none() {
        return Err("this world speaks https only".to_owned());
    }
    Ok(())
}

fn peer(peers: &Peers, url: &Url, name: &str) -> Result<(), String> {
    let Some(addresses) = peers.hosts.get(name) else {
        return Err(format!("{name} is no named peer"));
    };
    if url.port().is_some_and(|port| addresses.iter().any(|address| address.port() != port)) {
        return Err("its port is not the pinned one".to_owned());
    }
    if url.scheme() != "https" && !addresses.iter().all(|address| address.ip().is_loopback()) {
        return Err("a peer on another machine is reached by https only".to_owned());
    }
    Ok(())
}

/// The guard as the resolver of the HTTP library: it never sees an address that was not vetted.
pub(crate) struct VettedResolver {
    pub(crate) guard: Arc<Guard>,
    pub(crate) plain: bool,
}

impl reqwest::dns::Resolve for VettedResolver {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let (guard, plain) = (Arc::clone(&self.guard), self.plain);
        Box::pin(async move {
            let addresses = guard.addresses(name.as_str(), plain).await?;
            Ok(Box::new(addresses.into_iter()) as reqwest::dns::Addrs)
        })
    }
}
