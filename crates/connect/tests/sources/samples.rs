//! The samples of the project's specification, when they are at hand.

use super::{check_answer, read};
use connect::sources::{guess, registry};
use domain::observation::Record;

#[test]
fn samples_give_what_they_hold() {
    let Some(root) = crate::place::folder().map(|folder| folder.join("intake")) else { return };
    let table: &[(&str, &str, [u64; 4], usize, usize)] = &[
        // format, file, [records, set aside, refused, skipped], media, links
        ("telegram", "telegram/telegram-export-md_result.json", [12, 0, 1, 1], 5, 1),
        ("telegram", "telegram/tg-parser_supergroup_with_topics.json", [4, 0, 0, 3], 0, 0),
        ("telegram", "telegram/written-public-channel.json", [3, 0, 0, 1], 2, 2),
        (
            "mastodon",
            "mastodon/api_test_list_timeline_2_GET_v1-timelines-list-6_array.json",
            [7, 0, 0, 0],
            0,
            0,
        ),
        (
            "mastodon",
            "mastodon/api_test_status_card_2_GET_v1-statuses-117020609135389699_object.json",
            [1, 0, 0, 0],
            0,
            1,
        ),
        ("bluesky", "bluesky/post_record.json", [1, 0, 0, 0], 0, 0),
        ("bluesky", "bluesky/thread_view_post_with_embed_media.json", [1, 0, 0, 0], 1, 1),
        ("misp", "misp/misp_event.json", [2, 0, 0, 0], 0, 0),
        ("stix", "stix_taxii/stix21_indicator-for-malicious-url.json", [1, 0, 0, 2], 0, 0),
        ("feed", "feeds_sitemaps/atom_example_3.xml", [1, 0, 0, 0], 0, 1),
        ("feed", "feeds_sitemaps/rss_2.0_cloudflare.xml", [1, 0, 0, 0], 9, 25),
        ("mail", "arf_email/arf-01.eml", [1, 0, 0, 0], 0, 3),
    ];
    for (format, file, counts, media, links) in table {
        let bytes = std::fs::read(root.join(file)).unwrap();
        let (got, verdict) = read(format, file, &bytes);
        check_answer(file, &got, &verdict);
        let summary = verdict.unwrap();
        let found = [summary.records, summary.set_aside, summary.refused, summary.skipped];
        assert_eq!(found, *counts, "{file}: {:#?}", got.set_aside);
        let sum = |count: fn(&Record) -> usize| got.records.iter().map(count).sum::<usize>();
        assert_eq!(
            (sum(|r| r.media.len()), sum(|r| r.links.len())),
            (*media, *links),
            "{file}: {:#?}",
            got.records
        );
        assert_eq!(guess(&bytes, file), Some(*format), "{file}");
    }
    for (file, name) in [
        ("warc_wacz/example.warc.gz", "warc"),
        ("warc_wacz/valid_example_1.wacz", "wacz"),
        ("xarf/v4_content-phishing.json", "xarf"),
    ] {
        let bytes = std::fs::read(root.join(file)).unwrap();
        assert_eq!(guess(&bytes, file), Some(name), "{file}");
        for source in registry().iter().filter(|source| source.name() != "ndjson") {
            assert!(read(source.name(), file, &bytes).1.is_err(), "{file} as {}", source.name());
        }
    }
}
