//! The same form for everyone (LAW-17).

use crate::console::Browser;
use crate::face::{Face, Fail};
use crate::house::Handed;
use app::people::{AgencyKind, Role};
use domain::assessment::{Kind, Question};
use serde_json::json;
use std::collections::BTreeSet;

type Outcome = Result<(), Fail>;

const ORG: &str = "one.example";

/// Invented posts in several languages and of several makers; each is one cluster.
const POSTS: [(&str, &str, &str); 6] = [
    ("en", "crimson-lamp", "The lamp stands beside the green table in the long room and nobody sits there"),
    (
        "fr",
        "azure-lamp",
        "La lampe se trouve à côté de la table verte dans la longue salle et personne n'y est assis",
    ),
    (
        "de",
        "white-lamp",
        "Die Lampe steht neben dem grünen Tisch in dem langen Zimmer und niemand sitzt dort heute",
    ),
    ("ar", "green-lamp", "المصباح يقف بجانب الطاولة الخضراء في الغرفة الطويلة ولا أحد يجلس هناك اليوم"),
    ("ru", "black-lamp", "Лампа стоит рядом с зелёным столом в длинной комнате и никто там сегодня не сидит"),
    ("tr", "amber-lamp", "Lamba uzun odadaki yeşil masanın yanında duruyor ve bugün orada kimse oturmuyor"),
];

/// Names and choices of every field of the form, without the ids of the items.
fn fields(page: &str, subject: &str) -> BTreeSet<String> {
    let form = page.split("/assess\"").nth(1).unwrap_or_default();
    let form = form.split("</form>").next().unwrap_or_default().replace(subject, "SUBJECT");
    let mut fields = BTreeSet::new();
    for tag in form.split('<').filter(|tag| {
        ["input", "select", "textarea", "option", "button"].iter().any(|kind| tag.starts_with(kind))
    }) {
        let value = |name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
            Some(rest.split('"').next()?.to_owned())
        };
        let name = value("name").unwrap_or_default();
        let free = ["csrf", "version"].contains(&name.as_str());
        let chosen = if free { String::new() } else { value("value").unwrap_or_default() };
        fields.insert(format!("{name}={chosen}"));
    }
    fields
}

#[tokio::test]
async fn same_form_everywhere() -> Outcome {
    let face = Face::new().await?;
    face.found(ORG, AgencyKind::ReferralUnit).await?;
    let ana = face.someone(ORG, "ana", &[Role::Analyst]).await?;
    let browser = Browser::signed_in(&face, &ana).await?;
    browser.post("/console/reason", &[("reason", "shift"), ("back", "/console/queue")]).await?;
    let agency = app::people::agency(&face.house, ORG).await?;
    let lines = POSTS.iter().enumerate().map(|(number, (_, author, text))| {
        let url = format!("https://video.example/{author}/{number}");
        format!("{}\n", json!({ "id": format!("p{number}"), "url": url, "author": author, "text": text, "hashtags": [author] }))
    });
    Handed::to(agency.id).lines(&face.house, lines.collect::<String>()).await?;
    crate::house::work(&face.house).await?;
    let clusters =
        store::cluster::queue(&face.house.db, &[agency.id], domain::cluster::Queued::Open, 50).await?;
    assert_eq!(clusters.len(), POSTS.len());
    let languages: BTreeSet<String> = clusters.iter().map(|cluster| cluster.language.clone()).collect();
    assert!(languages.len() >= 4, "{languages:?}");
    let mut forms: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    for cluster in &clusters {
        let member = store::cluster::members(&face.house.db, cluster.id, 1).await?.remove(0);
        for lang in ["en", "fr", "ar"] {
            let page = browser.get(&format!("/console/queue/{}?lang={lang}", cluster.id)).await?;
            assert_eq!((page.status, page.to.as_str()), (200, ""));
            forms.insert(fields(&page.page, &member.subject_id.to_string()));
        }
    }
    assert_eq!(forms.len(), 1, "the questions differ by language or maker: {forms:#?}");
    // It is the whole form: each kind and each question, and no question about who somebody is or believes.
    let form = forms.into_iter().next().ok_or("no form")?;
    for kind in Kind::ALL {
        assert!(form.contains(&format!("kinds[]={kind}")), "{kind}: {form:?}");
    }
    for question in Question::ALL {
        for finding in ["no", "yes", "unsure"] {
            assert!(
                form.contains(&format!("exemption_{question}={finding}")),
                "{question} {finding}: {form:?}"
            );
        }
    }
    for field in &form {
        for word in ["ideolog", "religio", "belief", "ethnic", "nation", "party", "language"] {
            assert!(!field.contains(word), "{field}");
        }
    }
    // By program too: the draft has these fields and takes no other.
    let draft = json!({ "decision": "not_terrorist", "ideology": "x" });
    assert!(serde_json::from_value::<domain::assessment::Draft>(draft).is_err());
    Ok(())
}
