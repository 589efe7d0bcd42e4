//! A reader that counts lines, so that a report can name the line of an entry.

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

/// Reads through a buffer and counts the line breaks that were taken from it.
pub(super) struct Counting<R> {
    inner: BufReader<R>,
    breaks: Rc<Cell<u64>>,
}

impl<R: Read> Counting<R> {
    /// Returns the reader, and the number of line breaks so far.
    pub(super) fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let breaks = Rc::new(Cell::new(0));
        let inner = BufReader::with_capacity(64 * 1024, inner);
        let reader = Counting {
            inner,
            breaks: breaks.clone(),
        };
        (reader, breaks)
    }
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(target)?;
        // a parser takes one byte at a time
        let breaks = target
            .iter()
            .take(count)
            .filter(|byte| **byte == b'\n')
            .count();
        if breaks > 0 {
            self.breaks.set(self.breaks.get() + breaks as u64);
        }
        Ok(count)
    }
}
