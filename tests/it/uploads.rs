//! Are a provider's uploads compared with its closed lists as D16 wants it: off until two people enable them, found by
//! nobody but the duty contact, and kept nowhere?

use crate::banks::new_bank;
use crate::face::{Face, Fail, said};
use app::people::{AgencyKind, Role};
use app::signals::{self, Format};
use domain::access::{Authorised, right};
use domain::bank::{ListClass, Sharing};
use domain::proposal::Event;
use reqwest::Method;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

const ORG: &str = "provider.example";
/// MD5 of the upload below.
const LISTED: &str = "6e25d440105f1ddb6804ec87447b5cc9";
const UPLOAD: &str = "a lamp on a green table";
const REFERENCE: &str = "upload-7f3a19";

/// A relay that refuses the first letters, and keeps what it takes.
#[derive(Clone, Default)]
struct Relay {
    refuses: Arc<Mutex<usize>>,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Relay {
    async fn new(refuses: usize) -> Result<(Self, SocketAddr), Fail> {
        let relay = Self { refuses: Arc::new(Mutex::new(refuses)), ..Self::default() };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let serving = relay.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = serving.session(stream).await;
            }
        });
        Ok((relay, address))
    }

    async fn session(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 relay.test\r\n").await?;
        let mut line = String::new();
        while stream.read_line(&mut line).await? > 0 {
            let word = line.split([' ', ':', '\r']).next().unwrap_or_default().to_ascii_uppercase();
            line.clear();
            let answer = match word.as_str() {
                "QUIT" => return stream.write_all(b"221 bye\r\n").await,
                "MAIL" if self.is_busy() => "451 later",
                "DATA" => {
                    stream.write_all(b"354 go\r\n").await?;
                    let mut letter = String::new();
                    while stream.read_line(&mut line).await? > 0 && line != ".\r\n" {
                        letter.push_str(&std::mem::take(&mut line));
                    }
                    line.clear();
                    self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(letter);
                    "250 taken"
                }
                _ => "250 yes",
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }

    fn is_busy(&self) -> bool {
        let mut left = self.refuses.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let busy = *left > 0;
        *left = left.saturating_sub(1);
        busy
    }

    fn letters(&self) -> Vec<String> {
        self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

async fn upload(
    face: &Face,
    token: &str,
    reference: &str,
    content: &str,
) -> Result<(u16, String, String), Fail> {
    let part = |name: &str, text: &str| {
        format!(
            "--b\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\r\n{text}\r\n"
        )
    };
    let body = format!("{}{}--b--\r\n", part("reference", reference), part("file", content));
    let request = face.http.post(face.url("/api/v1/closed-lists/uploads")).bearer_auth(token);
    let answer = request.header("content-type", "multipart/form-data; boundary=b").body(body).send().await?;
    let said = said(answer).await?;
    Ok((said.status, said.code().to_owned(), said.body.to_string()))
}

/// Files below a folder that hold some bytes.
fn holding(folder: &Path, bytes: &[u8]) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(holding(&path, bytes)?);
        } else if std::fs::read(&path)?.windows(bytes.len()).any(|window| window == bytes) {
            found.push(path);
        }
    }
    Ok(found)
}

/// Rows of every table but those that a session and its reasons fill: what is stored of an upload would be among them.
async fn rows(face: &Face) -> Result<Vec<(String, u64)>, Fail> {
    let tables =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
    let mut all = Vec::new();
    for row in face.house.db.rows(tables, vec![]).await? {
        let name = row.text("name")?;
        let count = face.house.db.rows_of(format!("SELECT COUNT(*) AS n FROM \"{name}\""), vec![]).await?;
        all.push((name, count[0].count("n")?));
    }
    Ok(all)
}

#[tokio::test]
async fn an_upload_on_a_closed_list_is_told_to_the_duty_contact_alone() -> Result<(), Fail> {
    let (relay, address) = Relay::new(1).await?;
    let face = Face::with_relay(Some(address)).await?;
    let house = &face.house;
    face.found(ORG, AgencyKind::Provider).await?;
    for login in ["lead", "other"] {
        face.someone(ORG, login, &[Role::Coordinator]).await?;
    }
    let desk = face.someone(ORG, "desk", &[Role::Provider]).await?;
    let token = face.sign_in(&desk).await?;
    // Off until two people enabled a class.
    let (status, code, _) = upload(&face, &token, REFERENCE, UPLOAD).await?;
    assert_eq!((status, code.as_str()), (422, "list_not_enabled"));
    let agency = app::people::agency(house, ORG).await?;
    let (lead, other) = (face.actor(&agency, "lead").await?, face.actor(&agency, "other").await?);
    let space: Authorised<_, right::ManageSignals> = Authorised::check(&lead, lead.agency, lead.agency)?;
    let proposal = signals::propose_list(house, &space, ListClass::ChildAbuse).await?;
    assert_eq!(upload(&face, &token, REFERENCE, UPLOAD).await?.0, 422, "one person is not enough");
    signals::decide_list(house, &other, proposal, Event::Confirm).await?;
    let closed = new_bank(house, &lead, "closed", (Sharing::Red, ListClass::ChildAbuse)).await?;
    let list = format!(
        "<queryResult><images><image><member id=\"42\">x</member><id>1</id><fingerprints><md5>{LISTED}</md5></fingerprints></image></images></queryResult>"
    );
    signals::import(house, &closed, Format::Ncmec, std::io::Cursor::new(list.into_bytes())).await?;

    // What is listed and what is not: the same answer.
    let clean = upload(&face, &token, "upload-0", "another lamp").await?;
    // What follows from the import is done first.
    face.wait(120)?;
    app::engine::drain(house).await?;
    let before = rows(&face).await?;
    let hit = upload(&face, &token, REFERENCE, UPLOAD).await?;
    assert_eq!((hit.0, &hit), (202, &clean), "who hands in hears nothing of it");
    let waiting = rows(&face).await?;
    let more: Vec<&str> = waiting
        .iter()
        .zip(&before)
        .filter(|(now, then)| now != then)
        .map(|(now, _)| now.0.as_str())
        .collect();
    assert_eq!(more, ["job"], "nothing but the letter that waits");
    assert!(holding(&house.folder, REFERENCE.as_bytes())?.is_empty(), "which is sealed");

    // The relay is busy at first: the letter waits and is sent, once.
    app::engine::drain(house).await?;
    assert!(relay.letters().is_empty(), "{:?}", relay.letters());
    face.wait(301)?;
    app::engine::drain(house).await?;
    let letters = relay.letters();
    assert_eq!(letters.len(), 1, "{letters:?}");
    let letter = &letters[0];
    assert!(letter.contains(&format!("To: desk@{ORG}")) && letter.contains(REFERENCE), "{letter}");
    assert!(!letter.contains(LISTED) && !letter.contains(UPLOAD) && !letter.contains("upload-0"), "{letter}");
    assert_eq!(rows(&face).await?, before, "and then nothing of it is stored");
    assert!(holding(&house.folder, UPLOAD.as_bytes())?.is_empty(), "nor the upload");
    let page = face.call(Some(&token), Method::GET, "/api/v1/closed-lists", None).await?;
    assert_eq!(page.status, 403, "who hands in does not keep the lists");
    // A list that is ended is compared with nothing.
    signals::end_list(house, &space, ListClass::ChildAbuse).await?;
    assert_eq!(upload(&face, &token, REFERENCE, UPLOAD).await?.0, 422);
    Ok(())
}

#[tokio::test]
async fn uploads_are_compared_in_a_providers_seat_with_a_way_to_its_duty_contact() -> Result<(), Fail> {
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::Provider).await?;
    face.found("one.example", AgencyKind::ReferralUnit).await?;
    for login in ["lead", "other"] {
        face.someone(ORG, login, &[Role::Coordinator]).await?;
    }
    let desk = face.someone(ORG, "desk", &[Role::Provider]).await?;
    let unit = face.someone("one.example", "ana", &[Role::Analyst, Role::Coordinator]).await?;
    let (desk, unit) = (face.sign_in(&desk).await?, face.sign_in(&unit).await?);
    assert_eq!(
        upload(&face, &unit, REFERENCE, UPLOAD).await?.1,
        "no_right",
        "no unit compares with closed lists"
    );
    let agency = app::people::agency(&face.house, ORG).await?;
    let (lead, other) = (face.actor(&agency, "lead").await?, face.actor(&agency, "other").await?);
    let space: Authorised<_, right::ManageSignals> = Authorised::check(&lead, lead.agency, lead.agency)?;
    let proposal = signals::propose_list(&face.house, &space, ListClass::Intimate).await?;
    signals::decide_list(&face.house, &other, proposal, Event::Confirm).await?;
    assert_eq!(upload(&face, &desk, REFERENCE, UPLOAD).await?.1, "no_duty_way", "a hit could not be told");
    for bad in ["", "two words", "line\r\nBcc: x", &"x".repeat(101)] {
        let (status, _, body) = upload(&face, &desk, bad, UPLOAD).await?;
        assert_eq!(status, 400, "{bad:?}: {body}");
    }
    assert_eq!(upload(&face, &desk, REFERENCE, "").await?.0, 400);
    Ok(())
}
