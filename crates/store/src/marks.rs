//! Parameters of long statements, for SQLite.

/// Statements with fewer parameters stay as they are.
const FEW: usize = 16;

/// The statement with `?` for each `$1`, `$2`, … when they stand in order, each once; else as it is.
///
/// SQLite looks up each named parameter in a list, and so does the driver: with hundreds of them that takes longer than
/// the statement. Bare ones are counted.
pub(crate) fn bare(sql: String, parameters: usize) -> String {
    if parameters < FEW {
        return sql;
    }
    let mut out = String::with_capacity(sql.len());
    let (mut rest, mut next) = (sql.as_str(), 1);
    while let Some((before, after)) = rest.split_once('$') {
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        if after[..digits].parse() != Ok(next) {
            return sql;
        }
        out.push_str(before);
        out.push('?');
        rest = &after[digits..];
        next += 1;
    }
    out.push_str(rest);
    if next == parameters + 1 { out } else { sql }
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn only_parameters_in_order_become_bare() {
        let list = |from: usize, to: usize| -> String {
            (from..=to).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
        };
        let check = |sql: String, parameters: usize, expected: &str| {
            assert_eq!(
                bare(sql.clone(), parameters),
                if expected.is_empty() { sql } else { expected.to_owned() }
            );
        };
        let marks = vec!["?"; 20].join(", ");
        check(format!("a IN ({})", list(1, 20)), 20, &format!("a IN ({marks})"));
        check(format!("b = $1 AND a IN ({})", list(2, 21)), 21, &format!("b = ? AND a IN ({marks})"));
        check(format!("a IN ({}) AND b = $1", list(2, 21)), 21, "");
        check(format!("a IN ({}) AND b = $20", list(1, 20)), 20, "");
        check(format!("a IN ({})", list(1, 20)), 21, "");
        check("a IN ($1, $2)".to_owned(), 2, "");
        check(format!("a = '$' AND b IN ({})", list(1, 20)), 20, "");
    }
}
