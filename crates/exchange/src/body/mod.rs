//! The bodies of the spoken types, one file a family. Every struct refuses fields it does not know.

pub mod contest;
pub mod dialogue;
pub mod outcome;
pub mod preferences;
pub mod receipt;
pub mod referral;
pub mod reminder;
pub mod repair;

use crate::document::Envelope;
use crate::message_type::MessageType;
use crate::refused::{Code, Refused};
use crate::schema;
use serde_json::{Map, Value};

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident = $module:ident,)+) => {
        /// The typed body of a spoken message.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Body {$($(#[$doc])* $name(Box<$module::$name>),)+}

        impl Body {
            /// The type of message it belongs to.
            pub fn message_type(&self) -> MessageType {
                match self {$(Self::$name(_) => MessageType::$name,)+}
            }

            /// The body as a JSON object.
            pub fn to_map(&self) -> Result<Map<String, Value>, Refused> {
                match self {$(Self::$name(body) => schema::write(body),)+}
            }

            /// Reads the body of `envelope` and checks every rule that needs nothing else.
            ///
            /// `unknown_type` for types not spoken; else `schema`, `unknown_field`, `limit`, `voluntary_notice`.
            pub fn read(envelope: &Envelope) -> Result<Self, Refused> {
                let body = Value::Object(envelope.body.clone());
                let typed = match envelope.kind {
                    $(MessageType::$name => Self::$name(schema::read(&body, "/body")?),)+
                    other => {
                        return Err(Refused::at(Code::UnknownType, "/type", format!("{other} is not spoken here yet")));
                    }
                };
                typed.check(envelope)?;
                Ok(typed)
            }

            pub(crate) fn check(&self, envelope: &Envelope) -> Result<(), Refused> {
                match self {$(Self::$name(body) => body.check(envelope),)+}
            }
        }

        $(impl From<$module::$name> for Body {
            fn from(body: $module::$name) -> Self {
                Self::$name(Box::new(body))
            }
        })+
    };
}

bodies! {
    /// For voluntary consideration.
    Referral = referral,
    /// Once more.
    Reminder = reminder,
    /// It happened.
    Receipt = receipt,
    /// The provider's answer.
    Outcome = outcome,
    /// The sender's answer to a question.
    Information = dialogue,
    /// A message was wrong.
    Withdrawal = repair,
    /// Some fields were wrong.
    Correction = repair,
    /// It is back.
    ReinstatementReport = repair,
    /// Provider or author disagree.
    Contest = contest,
    /// The reasoned decision.
    ContestDecision = contest,
    /// How the provider wants to be written to.
    ContactPreferences = preferences,
}
