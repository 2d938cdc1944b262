//! The pages, one file each, by the words people see. Each has a plain `View` and
//! answers one question; where its forms go is listed in `docs/console-forms.md`.

pub mod agency;
pub mod approve;
pub mod clear;
pub mod contests;
pub mod enrol;
pub mod inbox;
pub mod intake;
pub mod leads;
pub mod ledger;
pub mod money;
pub mod network;
pub mod operation;
pub mod provider;
pub mod public;
pub mod queue;
pub mod radar;
pub mod reason;
pub mod refusal;
pub mod reports;
pub mod search;
pub mod sent;
pub mod shifts;
pub mod sign_in;
pub mod signals;
pub mod step_up;
pub mod subject;
pub mod why;
