//! What `renvoi world serve` says about itself: `net.json`, read into the `World` address policy (D11).
//!
//! The caller reads it from a data directory that was created as a world, and from nowhere else.

use serde::Deserialize;
use std::net::SocketAddr;
use std::path::Path;

/// Longest `net.json` that is read.
const FILE_LIMIT_BYTES: u64 = 1 << 20;
/// Longest certificate file that is read.
const CA_LIMIT_BYTES: u64 = 64 << 10;
/// Endings of the names that a world may have (RFC 2606).
pub const WORLD_SUFFIXES: [&str; 2] = [".test", ".example"];

/// The invented internet of one running world. Outside this crate it comes from [`WorldNet::read`] only.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WorldNet {
    /// Where all its hosts answer TLS.
    pub https: SocketAddr,
    /// Where all its hosts answer plain HTTP, when they do.
    pub http: Option<SocketAddr>,
    /// Where its mail sink listens.
    pub smtp: SocketAddr,
    /// Its throw-away certificate authority, PEM.
    pub ca_pem: Vec<u8>,
    /// Its host names, lower case; all end in `.test` or `.example`. `*.host.test` stands for every name below.
    pub hosts: Vec<String>,
    /// Where its clock and its truth are asked, when it offers this.
    pub control: Option<String>,
}

/// Why a `net.json` was not taken.
#[derive(Debug, thiserror::Error)]
pub enum WorldNetError {
    /// The file could not be read.
    #[error("{path} cannot be read: {what}. Is `renvoi world serve` running?")]
    Unreadable {
        /// Path of the file.
        path: String,
        /// What the system said.
        what: String,
    },
    /// The file is not what `world serve` writes.
    #[error("{path} is not a net.json of `renvoi world serve`: {what}.")]
    Malformed {
        /// Path of the file.
        path: String,
        /// What is wrong.
        what: String,
    },
}

#[derive(Deserialize)]
struct NetFile {
    https: SocketAddr,
    #[serde(default)]
    http: Option<SocketAddr>,
    smtp: SocketAddr,
    ca: String,
    hosts: Vec<String>,
    #[serde(default)]
    control: Option<String>,
}

impl WorldNet {
    /// Reads `net.json` at `path`; a relative `ca` stands beside it. Errors name the file and what is wrong.
    pub fn read(path: &Path) -> Result<Self, WorldNetError> {
        let bytes = read_limited(path, FILE_LIMIT_BYTES)?;
        let malformed = |what: String| WorldNetError::Malformed { path: path.display().to_string(), what };
        let file: NetFile = serde_json::from_slice(&bytes).map_err(|error| malformed(error.to_string()))?;
        let listeners = [("https", Some(file.https)), ("http", file.http), ("smtp", Some(file.smtp))];
        for (name, address) in listeners {
            if let Some(address) = address
                && !address.ip().is_loopback()
            {
                return Err(malformed(format!("{name} is {address}, a world lives on loopback")));
            }
        }
        let hosts: Vec<String> = file.hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        if let Some(host) = hosts.iter().find(|host| !is_world_name(host)) {
            return Err(malformed(format!("host {host} does not end in .test or .example")));
        }
        let ca_path = path.parent().unwrap_or(Path::new(".")).join(&file.ca);
        let ca_pem = read_limited(&ca_path, CA_LIMIT_BYTES)?;
        let NetFile { https, http, smtp, control, .. } = file;
        Ok(Self { https, http, smtp, ca_pem, hosts, control })
    }

    /// Whether `host` (lower case) is one of this world.
    pub fn has(&self, host: &str) -> bool {
        is_world_name(host)
            && self.hosts.iter().any(|known| match known.strip_prefix('*') {
                Some(below) => host.ends_with(below),
                None => known == host,
            })
    }
}

/// Whether a name ends as a world's names do.
pub fn is_world_name(host: &str) -> bool {
    WORLD_SUFFIXES.iter().any(|suffix| host.ends_with(suffix) && host.len() > suffix.len())
}

fn read_limited(path: &Path, limit_bytes: u64) -> Result<Vec<u8>, WorldNetError> {
    use std::io::Read;
    let unreadable = |what: String| WorldNetError::Unreadable { path: path.display().to_string(), what };
    let file = std::fs::File::open(path).map_err(|error| unreadable(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(limit_bytes + 1).read_to_end(&mut bytes).map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() as u64 > limit_bytes {
        return Err(unreadable(format!("it is longer than {limit_bytes} bytes")));
    }
    Ok(bytes)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn read(name: &str, net: &str) -> Result<WorldNet, WorldNetError> {
        let folder = std::env::temp_dir().join(format!("renvoi-net-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("ca.pem"), "pem").unwrap();
        let path = folder.join("net.json");
        std::fs::write(&path, net).unwrap();
        let answer = WorldNet::read(&path);
        std::fs::remove_dir_all(&folder).unwrap();
        answer
    }

    #[test]
    fn reads_what_world_serve_writes() {
        let net = read(
            "good",
            r#"{"https":"127.0.0.1:4433","http":"127.0.0.1:8080","ready":true,"smtp":"127.0.0.1:2525","ca":"ca.pem",
                "hosts":["Video.example","*.blog.test"],"control":"http://127.0.0.1:9000"}"#,
        )
        .unwrap();
        assert_eq!(net.ca_pem, b"pem");
        assert_eq!(net.https.port(), 4433);
        for (host, expected) in [
            ("video.example", true),
            ("www.video.example", false),
            ("a.blog.test", true),
            ("blog.test", false),
            ("evilblog.test", false),
            ("other.example", false),
            ("video.example.com", false),
        ] {
            assert_eq!(net.has(host), expected, "{host}");
        }
    }

    #[test]
    fn refuses_what_is_no_world() {
        let outside = r#"{"https":"192.0.2.1:443","smtp":"127.0.0.1:25","ca":"ca.pem","hosts":[]}"#;
        let real = r#"{"https":"127.0.0.1:443","smtp":"127.0.0.1:25","ca":"ca.pem","hosts":["example.com"]}"#;
        let no_ca = r#"{"https":"127.0.0.1:443","smtp":"127.0.0.1:25","ca":"no.pem","hosts":[]}"#;
        assert!(read("outside", outside).unwrap_err().to_string().contains("loopback"));
        assert!(read("real", real).unwrap_err().to_string().contains("example.com"));
        assert!(read("no_ca", no_ca).unwrap_err().to_string().contains("cannot be read"));
        assert!(read("broken", "{").unwrap_err().to_string().contains("not a net.json"));
    }
}
