//! Puts typed values into a form of a page that this server drew.

use super::Fields;
use crate::look::REFUSED_HERE;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use maud::Render;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// What stands at a place of the page instead.
type Edit = (Range<usize>, String);

fn start(token: &Token<usize>) -> Option<&StartTag<usize>> {
    if let Token::StartTag(tag) = token { Some(tag) } else { None }
}

fn begins(token: &Token<usize>, name: &str) -> bool {
    start(token).is_some_and(|tag| &**tag.name == name.as_bytes())
}

fn ends(token: &Token<usize>, name: &str) -> bool {
    matches!(token, Token::EndTag(tag) if &**tag.name == name.as_bytes())
}

fn value<'a>(tag: &'a StartTag<usize>, name: &str) -> Option<Cow<'a, str>> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value))
}

/// The tag with an attribute set, which comes last, or without it.
fn with(tag: &StartTag<usize>, name: &str, set: Option<&str>) -> Edit {
    let mut there: Vec<_> = tag.attributes.iter().filter(|(known, _)| ***known != *name.as_bytes()).collect();
    there.sort_by_key(|(_, value)| value.span.start);
    let there = there
        .into_iter()
        .map(|(name, value)| (String::from_utf8_lossy(name), String::from_utf8_lossy(value)));
    let set = set.map(|value| (Cow::from(name), Cow::from(value)));
    let mut text = format!("<{}", String::from_utf8_lossy(&tag.name));
    for (name, value) in there.chain(set) {
        text = text + " " + &name;
        if name == "value" || !value.is_empty() {
            text = text + "=\"" + &value.render().0 + "\"";
        }
    }
    (tag.span.start..tag.span.end, text + ">")
}

/// The page with the typed values in the form that posts to `action`, and `said` at its top; `None` without such a form.
/// Hidden fields keep what the new page says: the token, and the version that a person now looks at.
pub(super) fn refill(page: &str, (action, fields): (&str, &Fields), said: &str) -> Option<String> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let tokens: Vec<Token<usize>> = Tokenizer::new_with_emitter(page, emitter).flatten().collect();
    let forms = tokens.iter().enumerate().filter(|(_, token)| begins(token, "form")).filter_map(|(at, _)| {
        let long = tokens[at..].iter().position(|token| ends(token, "form"))?;
        Some((at, at + long))
    });
    let (from, to) = forms.into_iter().find(|(from, to)| is_it(&tokens[*from..*to], action, fields))?;
    // What folds the form away is opened.
    let mut edits: Vec<Edit> =
        folds(&tokens[..from]).into_iter().map(|fold| with(fold, "open", Some(""))).collect();
    let top = start(&tokens[from])?.span.end;
    let Token::EndTag(end) = &tokens[to] else { return None };
    match page[top..end.span.start].find(REFUSED_HERE).map(|at| top + at) {
        Some(at) => edits.push((at..at + REFUSED_HERE.len(), said.to_owned())),
        None => edits.push((top..top, said.to_owned())),
    }
    fill(&tokens[from..to], fields, &mut edits);
    edits.sort_by_key(|(place, _)| place.start);
    let (mut filled, mut at) = (String::with_capacity(page.len() + said.len()), 0);
    for (place, text) in edits {
        filled = filled + &page[at..place.start] + &text;
        at = place.end;
    }
    Some(filled + &page[at..])
}

/// Whether a form is the one that was posted: its action or that of one of its buttons, and what it hides, are the same.
fn is_it(form: &[Token<usize>], action: &str, fields: &Fields) -> bool {
    let hides_the_same = |tag: &StartTag<usize>| {
        let (name, hidden) =
            (value(tag, "name").unwrap_or_default(), value(tag, "value").unwrap_or_default());
        ["csrf", "version", "back"].contains(&&*name) || fields.all(&name).any(|typed| typed == hidden)
    };
    let mut tags = form.iter().filter_map(start);
    tags.clone()
        .any(|tag| ["action", "formaction"].iter().any(|at| value(tag, at).as_deref() == Some(action)))
        && tags.all(|tag| value(tag, "type").as_deref() != Some("hidden") || hides_the_same(tag))
}

/// The `details` around the place where these tokens end.
fn folds(before: &[Token<usize>]) -> Vec<&StartTag<usize>> {
    let mut open = Vec::new();
    for token in before {
        match token {
            Token::StartTag(tag) if &**tag.name == b"details" => open.push(tag),
            token if ends(token, "details") => _ = open.pop(),
            _ => {}
        }
    }
    open
}

/// What a form's fields say instead.
fn fill(form: &[Token<usize>], fields: &Fields, edits: &mut Vec<Edit>) {
    let mut used: HashMap<String, usize> = HashMap::new();
    // The next value of a name: names of texts may repeat too.
    let mut next = |name: &str| {
        let nth = used.entry(name.to_owned()).or_default();
        *nth += 1;
        fields.all(name).nth(*nth - 1).map(str::to_owned)
    };
    let mut choice: Option<String> = None;
    for (at, token) in form.iter().enumerate() {
        if ends(token, "select") {
            choice = None;
        }
        let Some(tag) = start(token) else { continue };
        let (name, there) = (value(tag, "name").unwrap_or_default(), value(tag, "value").unwrap_or_default());
        let chosen = |chosen: bool| chosen.then_some("");
        match (&**tag.name, value(tag, "type").as_deref()) {
            (b"input", Some("hidden" | "submit" | "file" | "password")) => {}
            (b"input", Some("checkbox" | "radio")) if tag.attributes.contains_key(&b"disabled"[..]) => {}
            (b"input", Some("checkbox" | "radio")) => {
                edits.push(with(tag, "checked", chosen(fields.all(&name).any(|typed| typed == there))));
            }
            (b"input", _) => edits.extend(next(&name).map(|typed| with(tag, "value", Some(&typed)))),
            (b"textarea", _) => {
                let end = form[at..].iter().find_map(|token| match token {
                    Token::EndTag(end) => Some(end.span.start),
                    _ => None,
                });
                // A first line break inside a textarea is not part of its value.
                let text = |typed: &str| "\n".to_owned() + &typed.render().0;
                edits.extend(end.zip(next(&name)).map(|(end, typed)| (tag.span.end..end, text(&typed))));
            }
            (b"select", _) => choice = next(&name),
            (b"option", _) => {
                edits.extend(choice.as_ref().map(|typed| with(tag, "selected", chosen(*typed == there))));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::html;

    fn filled(page: &str, action: &str, form: &str) -> Option<String> {
        refill(page, (action, &Fields::parse(form.as_bytes())), "<b>no</b>")
    }

    #[test]
    fn what_was_typed_stands_in_its_form() {
        let page = html! {
            form method="post" action="/other" { input name="note" value="theirs"; }
            details { summary { "more" } form method="post" action="/this" {
                input type="hidden" name="csrf" value="new"; input type="hidden" name="version" value="7";
                input class="field" name="note" value="a < b";
                textarea name="text" rows="2" { "old & <older>" }
                input type="checkbox" name="items[]" value="i1" checked; input type="checkbox" name="items[]" value="i2";
                input type="radio" name="answer" value="yes"; input type="radio" name="answer" value="no" checked;
                select name="reason" { option value="" selected { "none" } option value="x" { "X" } }
                button type="submit" name="act" value="go" { "Go" }
            } }
            p { "after" }
        }
        .into_string();
        let typed = "csrf=old&version=3&note=%22mine%22&text=line+1%0Aline+%3C2%3E&items%5B%5D=i2&answer=yes&reason=x&act=go";
        let expected = html! {
            form method="post" action="/other" { input name="note" value="theirs"; }
            details open { summary { "more" } form method="post" action="/this" {
                b { "no" }
                input type="hidden" name="csrf" value="new"; input type="hidden" name="version" value="7";
                input class="field" name="note" value="\"mine\"";
                textarea name="text" rows="2" { "\nline 1\nline <2>" }
                input type="checkbox" name="items[]" value="i1"; input type="checkbox" name="items[]" value="i2" checked;
                input type="radio" name="answer" value="yes" checked; input type="radio" name="answer" value="no";
                select name="reason" { option value="" { "none" } option value="x" selected { "X" } }
                button type="submit" name="act" value="go" { "Go" }
            } }
            p { "after" }
        };
        assert_eq!(filled(&page, "/this", typed), Some(expected.into_string()));
        assert_eq!(filled(&page, "/gone", typed), None);
    }

    #[test]
    fn of_many_forms_it_is_the_one_that_hides_the_same() {
        let one = |signal: &str| html! { form action="/take" { input type="hidden" name="signal" value=(signal); input name="reason"; } };
        let page = html! { (one("a")) (one("b")) }.into_string();
        let expected = "<form action=\"/take\"><input type=\"hidden\" name=\"signal\" value=\"a\"><input name=\"reason\"></form>\
             <form action=\"/take\"><b>no</b><input type=\"hidden\" name=\"signal\" value=\"b\"><input name=\"reason\" value=\"why\"></form>";
        assert_eq!(filled(&page, "/take", "signal=b&reason=why").as_deref(), Some(expected));
        assert_eq!(filled(&page, "/take", "signal=c&reason=why"), None);
    }

    #[test]
    fn a_form_says_where_the_reason_stands() {
        let page = html! { form action="/this" { input name="a"; (crate::look::refused_here()) p { "x" } } }
            .into_string();
        let expected = "<form action=\"/this\"><input name=\"a\" value=\"1\"><b>no</b><p>x</p></form>";
        assert_eq!(filled(&page, "/this", "a=1").as_deref(), Some(expected));
    }

    #[test]
    fn a_button_with_an_action_of_its_own_belongs_to_its_form() {
        let page =
            html! { form action="/answer" { input name="a"; button formaction="/ask" {} } }.into_string();
        assert!(filled(&page, "/ask", "a=1").is_some_and(|page| page.contains("value=\"1\"")));
    }
}
