//! What the targets of sources have in common: a reader counts what it hands out, and can be stopped at any record.

use std::ops::ControlFlow;

use connect::sources::{Found, Input, Summary, by_name};

/// Reads an input in each of the formats, whole and up to its first finding.
pub fn check(formats: &[&str], input: &[u8]) {
    for format in formats {
        let (mut records, mut set_aside) = (0, 0);
        let whole = read(format, input, &mut |found| {
            match found {
                Found::Record(_) => records += 1,
                Found::SetAside(_) => set_aside += 1,
                Found::Refused(_) => {}
            }
            ControlFlow::Continue(())
        });
        let Some(summary) = whole else {
            assert_eq!(records, 0, "{format}: a record was handed out, so the file is of use");
            continue;
        };
        assert_eq!((summary.records, summary.set_aside, summary.stopped), (records, set_aside, false), "{format}");
        let mut found = 0;
        let stopped = read(format, input, &mut |_| {
            found += 1;
            ControlFlow::Break(())
        });
        assert!(found <= 1, "{format}: told to stop, and went on");
        assert!(stopped.is_some() || found == 0, "{format}");
    }
}

fn read(
    format: &str,
    input: &[u8],
    sink: &mut dyn FnMut(Found) -> ControlFlow<()>,
) -> Option<Summary> {
    by_name(format).expect("a source of that name").read(Input::new("input", input), sink).ok()
}
