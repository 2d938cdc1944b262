//! Tables for spreadsheets.

/// RFC 4180; a cell that a spreadsheet would run is text.
pub(super) fn cell(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if runs { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_do_not_run() {
        assert_eq!(cell("line 3"), "\"line 3\"");
        assert_eq!(cell("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
    }
}
