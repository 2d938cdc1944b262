//! Tools of the system in their box. This test program is the tool.

use std::time::Duration;

use connect::decoder::DecodeError;
use connect::decoder::tool::{Input, Tool, find};

use crate::children::{TOOL_MOODY, TOOL_PROBE};
use crate::harness::{Outcome, Test};
use crate::tests::wait;

pub(crate) const ALL: &[Test] = &[
    ("tool_box_denies_network_and_changes", box_denies_network_and_changes),
    ("tool_is_held_to_its_limits", is_held_to_its_limits),
    ("tool_that_is_not_there_is_unavailable", not_there_is_unavailable),
];

fn tool(args: &[&str]) -> Result<Tool, std::io::Error> {
    Ok(Tool {
        program: std::env::current_exe()?,
        args: args.iter().map(Into::into).collect(),
        memory_mib: 1024,
        cpu_seconds: 20,
        wait: Duration::from_secs(20),
    })
}

fn box_denies_network_and_changes() -> Outcome {
    let file = std::env::temp_dir().join(format!("renvoi-tool-{}", std::process::id()));
    std::fs::write(&file, "kept")?;
    let probe = tool(&[TOOL_PROBE, &file.to_string_lossy()])?;
    for input in [Input::Bytes(b"bytes".to_vec()), Input::File(std::fs::File::open(&file)?)] {
        let words = wait(probe.output(input, 4096))??;
        let words = String::from_utf8(words)?;
        assert_eq!(words.lines().count(), 11, "{words}");
        for (n, line) in words.lines().enumerate() {
            // Only landlock knows files apart; a kernel without it leaves them to the rights of the user.
            let files = line.starts_with("list") || line.starts_with("write its file: another");
            let expected = if n < 3 { ": allowed" } else { ": denied" };
            assert!(files || line.ends_with(expected), "{line}");
        }
    }
    assert_eq!(std::fs::read_to_string(&file)?, "kept");
    std::fs::remove_file(&file)?;
    Ok(())
}

fn is_held_to_its_limits() -> Outcome {
    let moody = tool(&[TOOL_MOODY])?;
    let hasty = Tool { wait: Duration::from_secs(1), ..moody.clone() };
    let run = |tool: &Tool, mood: &str| wait(tool.output(Input::Bytes(mood.into()), 100_000));
    assert_eq!(run(&hasty, "hang")?, Err(DecodeError::TooSlow));
    assert!(
        matches!(run(&moody, "flood")?, Err(DecodeError::Refused(words)) if words.contains("100000 bytes"))
    );
    let complaint = "The file cannot be read: [31mnothing of use".to_owned();
    assert_eq!(run(&moody, "complain")?, Err(DecodeError::Refused(complaint)));
    assert_eq!(run(&moody, "end")?, Err(DecodeError::Ended));
    assert_eq!(run(&moody, "eat")?, Ok(b"denied\n".to_vec()));
    assert_eq!(run(&moody, "nothing")?, Ok(Vec::new()));
    Ok(())
}

fn not_there_is_unavailable() -> Outcome {
    let gone = Tool { program: "/renvoi/nowhere".into(), ..tool(&[])? };
    let answer = wait(gone.output(Input::Bytes(Vec::new()), 1))?;
    assert!(matches!(answer, Err(error @ DecodeError::Unavailable(_)) if !error.is_of_the_file()));
    assert!(find("renvoi-no-such-tool").is_none() && find("sh").is_some());
    Ok(())
}
