//! Runs a step: load, decide, append the event, enqueue.
