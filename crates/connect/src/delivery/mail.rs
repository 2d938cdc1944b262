//! Mail by SMTP through the agency's relay: raw RFC 5322 bytes and an envelope go in, the relay's word comes out.
//!
//! The relay is named by the operator in the configuration, or by the world in a world; content never names it,
//! so the address policy of the fetcher does not apply here.

use super::Delivery;
use crate::fetcher::error::root;
use futures_util::future::BoxFuture;
use lettre::address::Envelope;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;

/// Largest message that is handed to a relay.
pub const MESSAGE_LIMIT_BYTES: usize = 20 << 20;
/// Most recipients of one message.
pub const RECIPIENTS_LIMIT: usize = 20;
/// Longest wait for one word of the relay.
const RELAY_LIMIT_MS: u64 = 30_000;
/// Longest reply text that is kept.
const REPLY_LIMIT_CHARS: usize = 500;

/// How the way to the relay is closed to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// STARTTLS, or nothing is sent.
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// None: for a relay on this machine.
    None,
}

/// The operator's relay.
#[derive(Clone)]
pub struct Relay {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the way is closed.
    pub encryption: Encryption,
    /// Certificate authority to trust beside the public ones, PEM.
    pub ca_pem: Option<Vec<u8>>,
    /// User name and password.
    pub credentials: Option<(String, String)>,
    /// The name that we give in EHLO, usually the agency's host.
    pub hello: String,
}

/// A message ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Envelope sender.
    pub from: String,
    /// Envelope recipients, 1..=20.
    pub to: Vec<String>,
    /// The whole message, RFC 5322, CRLF line ends.
    pub message: Vec<u8>,
}

/// What the relay said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailOutcome {
    /// It took the message (RXP-47: `delivered`, never `acknowledged`).
    Accepted {
        /// Its reply, code first.
        reply: String,
    },
    /// It will never take it (5xx).
    RefusedForGood {
        /// Its reply.
        reply: String,
    },
    /// It may take it later (4xx).
    RefusedForNow {
        /// Its reply.
        reply: String,
    },
}

/// Why the relay could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The letter or the relay's settings are wrong; trying again does not help.
    #[error("The letter cannot be sent: {what}.")]
    Unsendable {
        /// What is wrong.
        what: String,
    },
    /// The relay was not reached, or broke off.
    #[error("The mail relay {relay} was not reached: {what}.")]
    Unreached {
        /// Host and port.
        relay: String,
        /// What the system said.
        what: String,
    },
    /// The relay's TLS is missing or not trusted; nothing was sent.
    #[error("No trusted TLS connection with the mail relay {relay}: {what}.")]
    Tls {
        /// Host and port.
        relay: String,
        /// What the TLS library said.
        what: String,
    },
}

/// The way to one relay.
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    relay: String,
}

impl Mail {
    /// A way to `relay`; a fresh connection for each letter. Fails when its certificate authority cannot be read.
    pub fn new(relay: Relay) -> Result<Self, MailError> {
        let name = format!("{}:{}", relay.host, relay.port);
        let unsendable =
            |error: lettre::transport::smtp::Error| MailError::Unsendable { what: error.to_string() };
        let parameters = || -> Result<TlsParameters, MailError> {
            // A second installation is refused by rustls and changes nothing: one provider in the process.
            let _already = rustls::crypto::ring::default_provider().install_default();
            let mut builder = TlsParameters::builder(relay.host.clone());
            if let Some(pem) = &relay.ca_pem {
                builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(unsendable)?);
            }
            builder.build().map_err(unsendable)
        };
        let tls = match relay.encryption {
            Encryption::StartTls => Tls::Required(parameters()?),
            Encryption::Tls => Tls::Wrapper(parameters()?),
            Encryption::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(relay.host)
            .port(relay.port)
            .tls(tls)
            .hello_name(ClientId::Domain(relay.hello))
            .timeout(Some(Duration::from_millis(RELAY_LIMIT_MS)))
            .pool_config(PoolConfig::new().max_size(1));
        if let Some((user, password)) = relay.credentials {
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Self { transport: builder.build(), relay: name })
    }

    /// Hands one letter to the relay.
    pub async fn send(&self, letter: Letter) -> Result<MailOutcome, MailError> {
        let envelope = envelope(&letter)?;
        match self.transport.send_raw(&envelope, &letter.message).await {
            Ok(reply) => {
                let text: Vec<&str> = reply.message().collect();
                Ok(MailOutcome::Accepted { reply: cut(&format!("{} {}", reply.code(), text.join(" "))) })
            }
            Err(error) => self.outcome_of(&error),
        }
    }

    fn outcome_of(&self, error: &lettre::transport::smtp::Error) -> Result<MailOutcome, MailError> {
        let (what, of_tls) = root(error);
        let what = cut(&what);
        let reply = error.status().map_or_else(|| what.clone(), |code| format!("{code} {what}"));
        let relay = self.relay.clone();
        if error.is_permanent() {
            Ok(MailOutcome::RefusedForGood { reply })
        } else if error.is_transient() {
            Ok(MailOutcome::RefusedForNow { reply })
        } else if error.is_tls() || of_tls {
            Err(MailError::Tls { relay, what })
        } else if error.is_client() {
            Err(MailError::Unsendable { what })
        } else {
            Err(MailError::Unreached { relay, what })
        }
    }
}

fn envelope(letter: &Letter) -> Result<Envelope, MailError> {
    let unsendable = |what: String| MailError::Unsendable { what };
    if letter.message.len() > MESSAGE_LIMIT_BYTES {
        return Err(unsendable(format!("it is larger than {MESSAGE_LIMIT_BYTES} bytes")));
    }
    if letter.to.is_empty() || letter.to.len() > RECIPIENTS_LIMIT {
        return Err(unsendable(format!(
            "it has {} recipients, not 1 to {RECIPIENTS_LIMIT}",
            letter.to.len()
        )));
    }
    let address = |text: &String| {
        text.parse::<Address>().map_err(|error| unsendable(format!("{text} is no mail address ({error})")))
    };
    let to = letter.to.iter().map(address).collect::<Result<Vec<_>, _>>()?;
    Envelope::new(Some(address(&letter.from)?), to).map_err(|error| unsendable(error.to_string()))
}

fn cut(text: &str) -> String {
    text.chars().take(REPLY_LIMIT_CHARS).collect()
}

impl Delivery for Mail {
    type Prepared = Letter;
    type Outcome = MailOutcome;
    type Error = MailError;
    const CHANNEL: &'static str = "mail";

    fn deliver(&self, letter: Letter) -> BoxFuture<'_, Result<MailOutcome, MailError>> {
        Box::pin(self.send(letter))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::loopback::authority;
    use std::sync::{Arc, Mutex};
    use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;

    /// What a relay answers to `RCPT TO` and to the end of DATA.
    type Replies = (&'static str, &'static str);

    /// A relay, with TLS from the first byte when `tls` is given; gives its port and what it took.
    async fn relay(replies: Replies, tls: Option<TlsAcceptor>) -> (u16, Arc<Mutex<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let took = Arc::new(Mutex::new(String::new()));
        let log = Arc::clone(&took);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let ended = match &tls {
                    None => session(stream, replies, &log).await,
                    Some(tls) => match tls.accept(stream).await {
                        Ok(stream) => session(stream, replies, &log).await,
                        Err(error) => Err(error),
                    },
                };
                if let Err(error) = ended {
                    log.lock().unwrap().push_str(&error.to_string());
                }
            }
        });
        (port, took)
    }

    async fn session(
        stream: impl AsyncRead + AsyncWrite + Unpin,
        (rcpt, done): Replies,
        log: &Mutex<String>,
    ) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 relay.test\r\n").await?;
        stream.flush().await?;
        let (mut line, mut in_data) = (String::new(), false);
        while stream.read_line(&mut line).await? > 0 {
            log.lock().unwrap().push_str(&line);
            let word = line.get(..4).unwrap_or("").to_ascii_uppercase();
            let reply = match (in_data, word.as_str(), line.as_str()) {
                (true, _, ".\r\n") => done,
                (true, _, _) => "",
                (false, "EHLO", _) => "250-relay.test\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n",
                (false, "AUTH", _) => "235 welcome\r\n",
                (false, "RCPT", _) => rcpt,
                (false, "DATA", _) => "354 go on\r\n",
                (false, "QUIT", _) => "221 bye\r\n",
                _ => "250 ok\r\n",
            };
            in_data = (in_data && reply.is_empty()) || reply.starts_with("354");
            stream.write_all(reply.as_bytes()).await?;
            stream.flush().await?;
            line.clear();
        }
        Ok(())
    }

    #[tokio::test]
    async fn tls_and_credentials() {
        let (ca_pem, tls) = authority(&["127.0.0.1"]).unwrap();
        let (port, took) = relay(("250 ok\r\n", "250 queued\r\n"), Some(tls)).await;
        let trusted = Relay {
            host: "127.0.0.1".to_owned(),
            port,
            encryption: Encryption::Tls,
            ca_pem: Some(ca_pem),
            credentials: Some(("case".to_owned(), "word".to_owned())),
            hello: "agency.test".to_owned(),
        };
        let outcome = Mail::new(trusted.clone()).unwrap().send(letter()).await.unwrap();
        assert_eq!(outcome, MailOutcome::Accepted { reply: "250 queued".to_owned() });
        assert!(took.lock().unwrap().contains("AUTH PLAIN AGNhc2UAd29yZA=="), "{took:?}");
        took.lock().unwrap().clear();
        let stranger = Relay { ca_pem: None, ..trusted };
        let error = Mail::new(stranger).unwrap().send(letter()).await.unwrap_err();
        assert!(matches!(error, MailError::Tls { .. }), "{error:?}");
        assert!(!took.lock().unwrap().contains("EHLO"));
    }

    fn way(port: u16, encryption: Encryption) -> Mail {
        let (host, hello) = ("127.0.0.1".to_owned(), "agency.test".to_owned());
        Mail::new(Relay { host, port, encryption, ca_pem: None, credentials: None, hello }).unwrap()
    }

    fn letter() -> Letter {
        Letter {
            from: "case@agency.test".to_owned(),
            to: vec!["contact@host.test".to_owned()],
            message: b"Message-ID: <17@agency.test>\r\nSubject: x\r\n\r\nA line.\r\n.dot\r\n".to_vec(),
        }
    }

    #[tokio::test]
    async fn the_relays_word_is_the_outcome() {
        let (port, took) = relay(("250 ok\r\n", "250 2.0.0 queued as 17\r\n"), None).await;
        let outcome = way(port, Encryption::None).deliver(letter()).await.unwrap();
        assert_eq!(outcome, MailOutcome::Accepted { reply: "250 2.0.0 queued as 17".to_owned() });
        let took = took.lock().unwrap().clone();
        assert!(took.contains("EHLO agency.test\r\n"), "{took}");
        assert!(took.contains("MAIL FROM:<case@agency.test>"), "{took}");
        assert!(
            took.contains("Message-ID: <17@agency.test>\r\nSubject: x\r\n\r\nA line.\r\n..dot\r\n"),
            "{took}"
        );

        let (port, _) = relay(("550 5.1.1 nobody here\r\n", ""), None).await;
        let outcome = way(port, Encryption::None).send(letter()).await.unwrap();
        assert!(
            matches!(&outcome, MailOutcome::RefusedForGood { reply } if reply.starts_with("550") && reply.contains("nobody")),
            "{outcome:?}"
        );

        let (port, _) = relay(("250 ok\r\n", "451 4.3.0 later\r\n"), None).await;
        let outcome = way(port, Encryption::None).send(letter()).await.unwrap();
        assert!(
            matches!(&outcome, MailOutcome::RefusedForNow { reply } if reply.starts_with("451") && reply.contains("later")),
            "{outcome:?}"
        );
    }

    #[tokio::test]
    async fn what_cannot_be_sent_says_so() {
        let (port, took) = relay(("250 ok\r\n", "250 ok\r\n"), None).await;
        let open = way(port, Encryption::StartTls).send(letter()).await.unwrap_err();
        assert!(!matches!(open, MailError::Unreached { .. }), "{open}");
        assert!(!took.lock().unwrap().contains("MAIL FROM"), "sent without STARTTLS");
        let plain = way(port, Encryption::None);
        for bad in [
            Letter { to: Vec::new(), ..letter() },
            Letter { to: vec!["no address".to_owned()], ..letter() },
            Letter { from: "a@b\r\nRCPT TO:<c@d.test>".to_owned(), ..letter() },
            Letter { message: vec![b'x'; MESSAGE_LIMIT_BYTES + 1], ..letter() },
        ] {
            let error = plain.send(bad).await.unwrap_err();
            assert!(matches!(error, MailError::Unsendable { .. }), "{error}");
        }
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let error = way(closed, Encryption::None).send(letter()).await.unwrap_err();
        assert!(matches!(error, MailError::Unreached { .. }), "{error}");
    }
}
