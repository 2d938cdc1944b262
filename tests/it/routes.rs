//! Every form and every link of every page leads to a route of the real server that takes its method.

#[path = "../../crates/server/examples/gallery/samples.rs"]
mod samples;

use crate::face::{Face, Fail};
use reqwest::Method;
use server::words::{Lang, Words};
use std::collections::BTreeMap;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The pieces that start with `from` and end before `to`.
fn pieces<'a>(page: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    page.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

/// Path and method of each form and link, with a page that has it.
fn wanted() -> BTreeMap<(String, &'static str), &'static str> {
    let w = Words::new(Lang::En, "UTC");
    let mut wanted = BTreeMap::new();
    for (name, page) in samples::pages(&w) {
        let page = page.into_string();
        let mut want = |path: &str, method: &'static str| {
            let path = path.split(['?', '#']).next().unwrap_or_default();
            // What is no path of ours is not for this test: other pages forbid third parties.
            if path.starts_with('/') {
                wanted.insert((path.to_owned(), method), name);
            }
        };
        for href in pieces(&page, " href=\"", "\"") {
            want(href, "GET");
        }
        for action in pieces(&page, " formaction=\"", "\"") {
            want(action, "POST");
        }
        for form in pieces(&page, "<form", ">") {
            let method = if form.contains("method=\"post\"") { "POST" } else { "GET" };
            pieces(form, " action=\"", "\"").into_iter().for_each(|action| want(action, method));
        }
    }
    wanted
}

/// A method that nobody takes: a route answers it with 405 and the methods that it takes, everything else with 404.
#[tokio::test]
async fn every_form_and_link_has_a_route() -> Result<(), Fail> {
    let face = Face::new().await?;
    let nobody = Method::from_bytes(b"PROPFIND")?;
    let wanted = wanted();
    assert!(wanted.len() > 40, "the gallery has lost its forms: {}", wanted.len());
    let mut missing = Vec::new();
    for ((path, method), page) in wanted {
        let answer = face.http.request(nobody.clone(), face.url(&path)).send().await?;
        let allowed = answer.headers().get("allow").and_then(|allow| allow.to_str().ok()).unwrap_or_default();
        if answer.status() != 405 || !allowed.split(',').any(|taken| taken.trim() == method) {
            missing.push(format!("{method} {path} of {page}: {} {allowed}", answer.status()));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    Ok(())
}

/// What is refused before a handler runs is a problem like any other, and names no type of ours.
#[tokio::test]
async fn what_cannot_be_read_is_a_problem_too() -> Result<(), Fail> {
    let face = Face::new().await?;
    let asked = [
        (Method::POST, "/api/v1/sign-in", "{", 400, "input"),
        (Method::POST, "/api/v1/sign-in", "null", 422, "input"),
        (Method::POST, "/api/v1/contests", "[[", 422, "input"),
        (Method::GET, "/api/v1/enrol/%ff", "", 400, "input"),
        (Method::GET, "/api/v1/sign-in", "", 405, "method"),
        (Method::GET, "/api/v1/intake", "", 405, "method"),
    ];
    for (method, path, body, status, code) in asked {
        let request = face.http.request(method.clone(), face.url(path));
        let request = request.header("content-type", "application/json").body(body);
        let said = crate::face::said(request.send().await?).await?;
        let sentence = said.body["sentence"].as_str().unwrap_or_default();
        assert_eq!((said.status, said.code()), (status, code), "{method} {path}: {:?}", said.body);
        assert!(sentence.contains("openapi.json"), "{method} {path}: {sentence}");
        assert!(!sentence.contains("struct") && !sentence.contains("deserialize"), "{sentence}");
    }
    Ok(())
}

/// A form that is too large, and one where none is taken, get a page whoever sends them, and after all was written: who
/// still writes would read nothing.
#[tokio::test]
async fn a_form_without_a_session_is_answered_with_a_page() -> Result<(), Fail> {
    let face = Face::new().await?;
    let url = url::Url::parse(&face.url("/"))?;
    let at = url.socket_addrs(|| None)?.first().copied().ok_or("no address")?;
    let post = async |path: &str, bytes: usize| -> Result<String, Fail> {
        let mut stream = tokio::net::TcpStream::connect(at).await?;
        let form = format!("x={}", "a".repeat(bytes));
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
            form.len()
        );
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(form.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    };
    for path in ["/console/sign-in", "/console/radar/note", "/public/contest"] {
        for bytes in [300_000, 8_000_000] {
            let answer =
                post(path, bytes).await.map_err(|error| format!("{path}, {bytes} bytes: {error}"))?;
            assert!(answer.starts_with("HTTP/1.1 413"), "{path}: {answer}");
            assert!(answer.contains("<!DOCTYPE html>") && answer.contains("The form is too large"), "{path}");
        }
    }
    let answer = post("/console/queue", 3).await?;
    assert!(answer.starts_with("HTTP/1.1 405") && answer.contains("allow: GET"), "{answer}");
    assert!(answer.contains("<!DOCTYPE html>") && answer.contains("There is no such thing here"), "{answer}");
    Ok(())
}
