//! Are the rules of the exchange kept (RXP)? Two houses, an agency's and a provider's, speak over real HTTP on loopback,
//! on SQLite and on PostgreSQL; mail goes to the world's SMTP sink. No test sleeps: the clock stands until it is moved.

mod gate;
mod pair;
mod side;

mod delivery;
mod fallback;
mod identity;
mod inbox;
mod order;
mod receipts;
mod reminders;
mod types;
mod whole;
mod withdrawal;
