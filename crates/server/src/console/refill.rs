//! Puts typed values into a form of a page that this server drew.
//!
//! The pages are our own: every attribute is quoted, and text has no bare `<`. So tags are read as they were written and
//! no parser of foreign HTML is needed.

use super::Fields;
use crate::look::REFUSED_HERE;
use std::collections::HashMap;
use std::fmt::Write as _;

/// A tag of a page: where it stands, its name (with `/` for an end), its attributes as they were written.
struct Tag<'a> {
    from: usize,
    to: usize,
    name: &'a str,
    attributes: Vec<(&'a str, Option<&'a str>)>,
}

impl Tag<'_> {
    fn value(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(found, _)| *found == name)?;
        Some(unescaped(value.unwrap_or_default()))
    }

    fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(found, _)| *found == name)
    }

    /// The tag with an attribute set, or without it.
    fn with(&self, name: &str, value: Option<&str>) -> String {
        let mut text = format!("<{}", self.name);
        for (known, known_value) in self.attributes.iter().filter(|(known, _)| *known != name) {
            match known_value {
                Some(known_value) => _ = write!(text, " {known}=\"{known_value}\""),
                None => _ = write!(text, " {known}"),
            }
        }
        match value {
            Some("") if name != "value" => _ = write!(text, " {name}"),
            Some(value) => _ = write!(text, " {name}=\"{}\"", escaped(value)),
            None => {}
        }
        text + ">"
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")
}

/// Every tag of a page, in its order.
fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(from) = page[at..].find('<').map(|found| at + found) {
        let Some(tag) = tag(page, from) else { break };
        at = tag.to;
        all.push(tag);
    }
    all
}

fn tag(page: &str, from: usize) -> Option<Tag<'_>> {
    let ends = |c: char| c.is_ascii_whitespace() || c == '>';
    let name_end = from + page[from..].find(ends)?;
    let mut found = Tag { from, to: 0, name: &page[from + 1..name_end], attributes: Vec::new() };
    let mut at = name_end;
    loop {
        at += page[at..].find(|c: char| !c.is_ascii_whitespace())?;
        if page[at..].starts_with('>') {
            found.to = at + 1;
            return Some(found);
        }
        let end = at + page[at..].find(|c: char| ends(c) || c == '=')?;
        let name = &page[at..end];
        at = end;
        let value = match page[at..].strip_prefix("=\"") {
            Some(rest) => {
                let long = rest.find('"')?;
                at += long + 3;
                Some(&rest[..long])
            }
            None => None,
        };
        found.attributes.push((name, value));
        // `<!DOCTYPE html>` and the like end here as well; a lone sign is passed over.
        at += usize::from(name.is_empty());
    }
}

/// The page with the typed values in the form that posts to `action`, and `said` at its top; `None` without such a form.
/// Hidden fields keep what the new page says: the token, and the version that a person now looks at.
pub(super) fn refill(page: &str, (action, fields): (&str, &Fields), said: &str) -> Option<String> {
    let tags = tags(page);
    let begins = tags.iter().enumerate().filter(|(_, tag)| tag.name == "form").map(|(at, _)| at);
    let forms = begins.filter_map(|begin| {
        let long = tags[begin..].iter().position(|tag| tag.name == "/form")?;
        Some((begin, begin + long))
    });
    let (begin, end) = forms.into_iter().find(|(begin, end)| is_it(&tags[*begin..*end], action, fields))?;
    let mut filled = String::with_capacity(page.len() + said.len());
    let mut at = 0;
    // What folds the form away is opened.
    for fold in folds(&tags[..begin]) {
        filled.push_str(&page[at..fold.from]);
        filled.push_str(&fold.with("open", Some("")));
        at = fold.to;
    }
    filled.push_str(&page[at..tags[begin].to]);
    let form = &page[tags[begin].to..tags[end].from];
    let inside = fill(page, tags[begin].to, &tags[begin + 1..=end], fields);
    if form.contains(REFUSED_HERE) {
        filled.push_str(&inside.replacen(REFUSED_HERE, said, 1));
    } else {
        filled.push_str(said);
        filled.push_str(&inside);
    }
    filled.push_str(&page[tags[end].from..]);
    Some(filled)
}

/// Whether a form is the one that was posted: its action or that of one of its buttons, and what it hides, are the same.
fn is_it(form: &[Tag<'_>], action: &str, fields: &Fields) -> bool {
    let posts = |name: &str, tag: &Tag<'_>| tag.value(name).is_some_and(|there| there == action);
    let same = |tag: &&Tag<'_>| {
        let (name, value) = (tag.value("name").unwrap_or_default(), tag.value("value").unwrap_or_default());
        ["csrf", "version", "back"].contains(&name.as_str()) || fields.all(&name).any(|typed| typed == value)
    };
    let hidden = form.iter().filter(|tag| tag.value("type").as_deref() == Some("hidden"));
    (form.first().is_some_and(|form| posts("action", form))
        || form.iter().any(|tag| posts("formaction", tag)))
        && hidden.into_iter().all(|tag| same(&tag))
}

/// The `details` around the place where these tags end.
fn folds<'a, 'p>(before: &'a [Tag<'p>]) -> Vec<&'a Tag<'p>> {
    let mut open = Vec::new();
    for tag in before {
        match tag.name {
            "details" => open.push(tag),
            "/details" => _ = open.pop(),
            _ => {}
        }
    }
    open
}

/// What stands between a form's tag, which ends at `from`, and its end, which is the last of the tags.
fn fill(page: &str, from: usize, tags: &[Tag<'_>], fields: &Fields) -> String {
    let mut used: HashMap<String, usize> = HashMap::new();
    // The next value of a name: names of texts may repeat too.
    let mut next = |name: &str| {
        let nth = used.entry(name.to_owned()).or_default();
        *nth += 1;
        fields.all(name).nth(*nth - 1).map(str::to_owned)
    };
    let mut choice: Option<String> = None;
    let mut filled = page[from..tags.first().map_or(from, |first| first.from)].to_owned();
    for pair in tags.windows(2) {
        let [tag, after] = pair else { break };
        let name = tag.value("name").unwrap_or_default();
        let mut text = &page[tag.to..after.from];
        let changed = match (tag.name, tag.value("type").as_deref()) {
            ("input", Some("hidden" | "submit" | "file" | "password")) => None,
            ("input", Some("checkbox" | "radio")) if tag.has("disabled") => None,
            ("input", Some("checkbox" | "radio")) => {
                let value = tag.value("value").unwrap_or_default();
                let chosen = fields.all(&name).any(|typed| typed == value);
                Some(tag.with("checked", chosen.then_some("")))
            }
            ("input", _) => next(&name).map(|value| tag.with("value", Some(&value))),
            ("textarea", _) => next(&name).map(|value| {
                text = "";
                // A first line break inside a textarea is not part of its value.
                format!("{}\n{}", &page[tag.from..tag.to], escaped(&value))
            }),
            ("option", _) => {
                let chosen = choice.as_ref().map(|typed| tag.value("value").as_ref() == Some(typed));
                chosen.map(|chosen| tag.with("selected", chosen.then_some("")))
            }
            ("select", _) => {
                choice = next(&name);
                None
            }
            ("/select", _) => {
                choice = None;
                None
            }
            _ => None,
        };
        filled.push_str(changed.as_deref().unwrap_or(&page[tag.from..tag.to]));
        filled.push_str(text);
    }
    filled
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
