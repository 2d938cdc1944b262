//! The newest values, in memory.

use std::sync::Arc;

use crate::Value;
use crate::count::each_within;
use crate::dead::Dead;
use crate::segment::Hit;

const PAGE_ROWS: usize = 256;

/// Values in the order in which they came, read from end to end by each search. A copy shares the pages: the
/// writer copies at most the last one before it adds to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    pages: Vec<Arc<Page>>,
    dead: Dead,
}

#[derive(Clone, Debug, Default)]
struct Page {
    values: Vec<Value>,
    ids: Vec<u64>,
}

impl Head {
    /// Adds a value and returns its row.
    pub(crate) fn push(&mut self, value: Value, id: u64) -> u32 {
        if self.pages.last().is_none_or(|page| page.ids.len() == PAGE_ROWS) {
            self.pages.push(Arc::default());
        }
        let before = (self.pages.len() - 1) * PAGE_ROWS;
        let Some(last) = self.pages.last_mut() else { return 0 };
        let page = Arc::make_mut(last);
        page.values.push(value);
        page.ids.push(id);
        (before + page.ids.len() - 1) as u32
    }

    /// Takes a row out that [`Head::push`] returned, and returns its value.
    pub(crate) fn take(&mut self, row: u32) -> Value {
        self.dead.insert(row);
        self.pages[row as usize / PAGE_ROWS].values[row as usize % PAGE_ROWS]
    }

    pub(crate) fn id(&self, row: u32) -> u64 {
        self.pages[row as usize / PAGE_ROWS].ids[row as usize % PAGE_ROWS]
    }

    /// Rows, those that were taken out too.
    pub(crate) fn rows(&self) -> usize {
        self.pages.last().map_or(0, |last| (self.pages.len() - 1) * PAGE_ROWS + last.ids.len())
    }

    /// Values held.
    pub(crate) fn len(&self) -> usize {
        self.rows() - self.dead.count()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Value, u64)> {
        let all =
            self.pages.iter().flat_map(|page| page.values.iter().copied().zip(page.ids.iter().copied()));
        all.zip(0..).filter(|(_, row)| !self.dead.has(*row)).map(|(entry, _)| entry)
    }

    /// Appends every row within the radius.
    pub(crate) fn within(&self, query: &Value, radius: u32, hits: &mut Vec<Hit>) {
        for (at, page) in self.pages.iter().enumerate() {
            each_within(&page.values, query, radius, &mut |row, distance| {
                let row = (at * PAGE_ROWS + row) as u32;
                if !self.dead.has(row) {
                    hits.push(Hit { row, distance });
                }
            });
        }
    }
}
