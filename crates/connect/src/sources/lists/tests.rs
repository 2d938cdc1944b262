//! Small lists of each format, and everything that is written read again. All values are invented.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::write::{Head, Writer};
use super::*;
use proptest::prelude::*;

type Found = (String, Given);

fn all(format: Format, list: &str) -> Result<Vec<Found>, String> {
    let mut found = Vec::new();
    read(format, list.as_bytes(), &mut |place, given| {
        found.push((place.to_string(), given));
        Ok(())
    })?;
    Ok(found)
}

/// `place kind value opinion label gone`, `place - type`, `place ! reason`.
fn told(format: Format, list: &str) -> String {
    let line = |(place, given): &Found| match given {
        Given::Row(row) => {
            let word = |text: &Option<String>| text.as_deref().unwrap_or("-").to_owned();
            let gone = if row.gone { " gone" } else { "" };
            format!("{place}: {} {} {} {}{gone}\n", row.kind, row.value, word(&row.opinion), word(&row.label))
        }
        Given::Entry(number) => format!("{place}: entry {number}\n"),
        Given::EntryGone(number) => format!("{place}: entry {number} gone\n"),
        Given::Other(word) => format!("{place}: not compared: {word}\n"),
        Given::Bad(reason) => format!("{place}: BAD {reason}\n"),
    };
    all(format, list).unwrap().iter().map(line).collect()
}

const THREATEXCHANGE_CSV: &str = "signal_type,signal_str,collab,category,tags\n\
    pdq,facefacefacefacefacefacefacefacefacefacefacefacefacefacefaceface,Sample,POSITIVE_CLASS,lamp table\n\
    video_md5,facefacefacefacefacefacefaceface,Sample,FALSE_POSITIVE,\n\
    text_tlsh,T1A0,Sample,INVESTIGATION_SEED,\n\
    url,https://video.example/1,Sample,SURE,\n";

const THREATEXCHANGE: &str = r#"{"data":[
  {"id":"1","indicator":"facefacefacefacefacefacefaceface","type":"HASH_VIDEO_MD5","status":"MALICIOUS","should_delete":false,"tags":["lamp","table"],"applications_with_opinions":["9"]},
  {"id":"2","indicator":"https://video.example/2","type":"URI","should_delete":true,"tags":{"data":[{"text":"gone"}]}},
  {"id":"3","indicator":"facefacefacefacefacefacefacefacefacefacefacefacefacefacefaceface","type":"HASH_PDQ","descriptors":{"data":[{"id":"31","owner":{"id":"9"},"status":"MALICIOUS","reactions":[{"key":"DISAGREE_WITH_TAGS","value":"8"}]}]}},
  {"id":"4","indicator":"T1A0","type":"HASH_TLSH"},
  {"id":"5","type":"HASH_MD5"},
  7
],"paging":{"cursors":{"before":"a","after":"b"}}}"#;

const MISP: &str = r#"{"Event":{"uuid":"a","info":"Lamps","Attribute":[
  {"uuid":"b","type":"filename|md5","category":"Payload delivery","to_ids":true,"value":"lamp.png|facefacefacefacefacefacefaceface"},
  {"uuid":"c","type":"link","to_ids":false,"value":"https://report.example/1"},
  {"uuid":"d","type":"hostname|port","to_ids":true,"value":"video[.]example|443","comment":"seen"},
  {"uuid":"e","type":"tlsh","to_ids":true,"value":"T1A0"},
  {"uuid":"f","type":"other","to_ids":true,"value":"green table","Tag":[{"name":"renvoi:signal=\"term\""},{"name":"tlp:amber"}]},
  {"uuid":"g","type":"sha1","to_ids":"1","deleted":true,"value":"facefacefacefacefacefacefacefacefaceface"},
  {"uuid":"h","type":"url","to_ids":true}],
 "Object":[{"name":"file","uuid":"i","Attribute":[{"type":"sha256","to_ids":true,"value":"facefacefacefacefacefacefacefacefacefacefacefacefacefacefaceface"}]}]}}"#;

const STIX: &str = r#"{"type":"bundle","id":"bundle--1","objects":[
  {"type":"indicator","spec_version":"2.1","id":"indicator--1","pattern_type":"stix","name":"lamp","pattern":"[file:hashes.MD5 = 'facefacefacefacefacefacefaceface' AND file:name = 'lamp.png']"},
  {"type":"indicator","id":"indicator--2","pattern_type":"stix","pattern":"[url:value IN ('https://video.example/1', 'https://video.example/2')]","revoked":true},
  {"type":"indicator","id":"indicator--3","pattern_type":"stix","indicator_types":["benign"],"pattern":"[domain-name:value = 'library.example']"},
  {"type":"indicator","id":"indicator--4","pattern_type":"stix","pattern":"[user-account:account_type = 'video.example' AND user-account:account_login = 'someone']"},
  {"type":"indicator","id":"indicator--5","pattern_type":"stix","pattern":"[domain-name:value = 'video.example' AND url:value = 'https://video.example/1']"},
  {"type":"indicator","id":"indicator--6","pattern_type":"yara","pattern":"rule x {}"},
  {"type":"indicator","id":"indicator--7","pattern_type":"stix","pattern":"[user-account:user_id = 'someone']"},
  {"type":"indicator","id":"indicator--8","pattern_type":"stix","pattern":"[ipv4-addr:value = '192.0.2.1']"},
  {"type":"url","id":"url--1","value":"https://seen.example/1"}]}"#;

const NCMEC: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2">
  <images count="2" maxTimestamp="2026-01-02T00:00:00Z">
    <image><member id="42">Example</member><timestamp>2026-01-01T00:00:00Z</timestamp><id>image1</id><classification>A1</classification>
      <fingerprints><md5>facefacefacefacefacefacefaceface</md5><sha1>facefacefacefacefacefacefacefacefaceface</sha1><pdna>1,2,3</pdna></fingerprints><feedback/></image>
    <image><member id="42">Example</member><id>image2</id><fingerprints><md5>beadbeadbeadbeadbeadbeadbeadbead</md5></fingerprints>
      <feedback><negativeFeedback type="Md5"/><negativeFeedback type="Md5"><members><member id="7">x</member></members></negativeFeedback></feedback></image>
    <deletedImage><member id="43">Example</member><id>image4</id></deletedImage>
  </images>
  <videos count="1"><video><member id="42">Example</member><id>video1</id>
    <fingerprints><md5>cafecafecafecafecafecafecafecafe</md5><tmk-pdqf rel="self" href="/v2/entries/1/fingerprints/TMK_PDQF"/></fingerprints></video></videos>
  <paging><next>/v2/entries?start=2001&amp;size=1000</next></paging>
</queryResult>"#;

const STOPNCII: &str = r#"{"count":4,"nextPageToken":"x","hasMoreRecords":false,"hashRecords":[
  {"lastModtimestamp":1,"signalType":"ImagePDQ","hashValue":"facefacefacefacefacefacefacefacefacefacefacefacefacefacefaceface","hashStatus":"Active","caseNumbers":{"1":"Active"},"CSPFeedbacks":[{"feedbackValue":"Blocked","tags":[],"source":"A"}]},
  {"lastModtimestamp":1,"signalType":"VideoMD5","hashValue":"facefacefacefacefacefacefaceface","hashStatus":"Withdrawn","caseNumbers":{"2":"Withdrawn"}},
  {"lastModtimestamp":1,"signalType":"VideoTMK","hashValue":"AAAA","hashStatus":"Active","caseNumbers":{}},
  {"lastModtimestamp":1,"signalType":"ImagePDQ","hashStatus":"Active","caseNumbers":{}}]}"#;

#[test]
fn each_format_is_read_and_the_bad_set_aside() {
    let mut table = String::new();
    for (format, list) in [
        (Format::ThreatexchangeCsv, THREATEXCHANGE_CSV),
        (Format::Threatexchange, THREATEXCHANGE),
        (Format::Misp, MISP),
        (Format::Stix, STIX),
        (Format::Ncmec, NCMEC),
        (Format::Stopncii, STOPNCII),
    ] {
        assert_eq!(guess(list.as_bytes()), Some(format), "{format:?}");
        table.push_str(&format!("{}\n{}\n", format.title(), told(format, list)));
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_number_that_is_not_whole_is_no_number() {
    let entry = |id: &str| {
        format!(
            "<queryResult><images><image><member id=\"42\"/><id>{id}</id><fingerprints><md5>{0}</md5></fingerprints></image></images></queryResult>",
            "a".repeat(32)
        )
    };
    assert!(told(Format::Ncmec, &entry("7")).contains(": md5 "));
    assert!(told(Format::Ncmec, &entry("7<!-- -->8")).contains(": md5 "), "a comment parts a text");
    for id in ["&a;7", "<![CDATA[7]]>", &"7".repeat(201)] {
        let said = told(Format::Ncmec, &entry(id));
        assert!(said.contains("BAD") && !said.contains(": md5 "), "{id}: {said}");
    }
}

#[test]
fn own_lists_are_guessed_too() {
    for (list, expected) in [
        ("kind,value\nhost,a.test", Some(Format::Csv)),
        ("\u{FEFF}Value, KIND\nhost,a.test", Some(Format::Csv)),
        ("{\"kind\":\"host\",\"value\":\"a.test\"}\n", Some(Format::Ndjson)),
        ("{\"data\":[]}", Some(Format::Threatexchange)),
        ("<html></html>", None),
        ("just words", None),
        ("", None),
        ("\u{0}\u{1}", None),
    ] {
        assert_eq!(guess(list.as_bytes()), expected, "{list}");
    }
}

#[test]
fn what_is_no_such_list_is_said() {
    let check = |format: Format, list: &str, expected: &str| {
        let error = all(format, list).unwrap_err();
        assert!(error.contains(expected), "{error}");
    };
    check(Format::Csv, "a,b\n", "not a bank");
    check(Format::ThreatexchangeCsv, "kind,value\n", "signal_type");
    check(Format::Threatexchange, "{\"data\":[]}", "holds no indicators");
    check(Format::Misp, "", "empty");
    for empty in ["", "\n \r\n", "\u{FEFF}"] {
        check(Format::Ndjson, empty, "empty");
    }
    assert_eq!(all(Format::Ndjson, "7").map(|found| found.len()), Ok(1), "a bad line is a line");
    check(Format::Stix, "{\"type\":\"bundle\"", "not usable");
    check(Format::Ncmec, "<a/>", "queryResult");
    check(Format::Ncmec, "", "empty");
    check(Format::Ncmec, "<queryResult><images>", "in the middle");
    let deep = format!("<queryResult>{}", "<a>".repeat(100));
    check(Format::Ncmec, &deep, "too deep");
    let long = format!("<queryResult><images><image><id>{}", "a".repeat(1 << 20));
    check(Format::Ncmec, &long, "too long");
    let mut stop = |_: Place<'_>, _: Given| Err("enough".to_owned());
    assert_eq!(read(Format::Misp, MISP.as_bytes(), &mut stop), Err("enough".to_owned()));
    assert!(Writer::new(Format::Ncmec, Vec::new(), Head::default()).is_err());
}

fn row() -> impl Strategy<Value = Row> {
    let value = prop_oneof![
        proptest::string::string_regex("[0-9a-f]{64}").unwrap().prop_map(|hex| ("sha256", hex)),
        proptest::string::string_regex("[0-9a-f]{64}").unwrap().prop_map(|hex| ("pdq", hex)),
        proptest::string::string_regex("[0-9a-f]{40}").unwrap().prop_map(|hex| ("sha1", hex)),
        proptest::string::string_regex("[0-9a-f]{32}").unwrap().prop_map(|hex| ("md5", hex)),
        proptest::string::string_regex("[a-z'\\\\]{1,9}")
            .unwrap()
            .prop_map(|path| ("url", format!("https://a.example/{path}"))),
        proptest::string::string_regex("[a-z]{1,9}\\.example").unwrap().prop_map(|host| ("host", host)),
        proptest::string::string_regex("[a-z']{1,9}")
            .unwrap()
            .prop_map(|name| ("account", format!("a.example/{name}"))),
        proptest::string::string_regex("[a-zé,\";|]{1,9}").unwrap().prop_map(|word| ("term", word)),
        proptest::string::string_regex("[a-z][a-zé,\";| \n]{1,20}[a-z]")
            .unwrap()
            .prop_map(|text| ("text", text)),
    ];
    let label = proptest::option::of(proptest::string::string_regex("[a-zé,\";\\\\=+]{1,12}").unwrap());
    (value, label, 0..Opinion::ALL.len()).prop_map(|((kind, value), label, opinion)| Row {
        kind: kind.to_owned(),
        value,
        label,
        opinion: Some(Opinion::ALL[opinion].word().to_owned()),
        ..Row::default()
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(rows in proptest::collection::vec(row(), 1..8)) {
        for format in Format::ALL.into_iter().filter(|format| !format.is_closed()) {
            let head = Head { bank: "Lamps".to_owned(), sharing: Some("amber"), at: jiff::Timestamp::UNIX_EPOCH };
            let mut writer = Writer::new(format, Vec::new(), head).unwrap();
            let written: Vec<&Row> = rows.iter().filter(|row| writer.put(row).unwrap()).collect();
            let list = writer.finish().unwrap();
            if written.is_empty() {
                continue;
            }
            prop_assert_eq!(guess(&list), Some(format), "{}", String::from_utf8_lossy(&list));
            let found = all(format, std::str::from_utf8(&list).unwrap()).unwrap();
            prop_assert_eq!(found.len(), written.len());
            for ((_, given), row) in found.iter().zip(written) {
                let Given::Row(read) = given else { panic!("{format:?}: {given:?}") };
                let expected = Row { bank: read.bank.clone(), ..row.clone() };
                prop_assert_eq!(&**read, &expected, "{:?}", format);
            }
        }
    }
}

#[test]
fn an_open_quotation_mark_takes_no_rows_away() {
    let read = |rows: &str| {
        let (mut taken, list) = (Vec::new(), format!("kind,value,label\n{rows}"));
        let done = super::read(Format::Csv, list.as_bytes(), &mut |_, given| {
            taken.push(given);
            Ok(())
        });
        done.map(|()| taken.len())
    };
    for open in [
        "md5,aa,\nterm,\"alpha\nsha256,bb,\nterm,beta,\n",
        "md5,aa,\nterm,\"alpha\nsha256,bb,\nterm,\"beta\",\n",
        "md5,aa,\nterm,alpha,\"lab\nsha256,bb,\n",
        "md5,aa,\ntext,\"alpha\nsha256,bb,\n",
    ] {
        let said = read(open).unwrap_err();
        assert!(said.starts_with("Line 3: the lines after it stand in one"), "{said}");
    }
    assert_eq!(read("text,\"one\ntwo, three\",\nterm,a,\"two\nlines\"\nterm,\"b\n\",\n"), Ok(3));
}
