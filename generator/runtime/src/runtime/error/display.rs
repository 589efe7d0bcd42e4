//! How errors are displayed: one line of bounded length, with the text of a response escaped.

use std::error::Error as StdError;
use std::fmt;

use super::{ApiError, CallError, IncompleteReply, UndeclaredReply};
use crate::runtime::wire::excerpt;

/// The maximum number of characters of the server's message, and of a body without one.
const MESSAGE: usize = 500;
const BODY: usize = 120;

impl<E> fmt::Display for CallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallError::Api(reply) => {
                write!(f, "{}", reply.status)?;
                facts(f, self.message(), self.correlation_id())?;
                match reply.message {
                    Some(_) => Ok(()),
                    None => begins(f, &reply.raw),
                }
            }
            CallError::Undeclared(reply) => reply.fmt(f),
            CallError::Incomplete(reply) => reply.fmt(f),
            CallError::Transport(error) => with_causes(f, error),
            CallError::Request(error) => write!(f, "nothing was sent: {error}"),
        }
    }
}

impl<E: fmt::Debug> StdError for CallError<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            CallError::Api(_) => None,
            CallError::Undeclared(reply) => reply.mismatch.as_ref().map(|mismatch| mismatch as _),
            CallError::Incomplete(reply) => Some(&reply.error),
            CallError::Transport(error) => Some(error),
            CallError::Request(error) => Some(&**error),
        }
    }
}

impl fmt::Display for UndeclaredReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        facts(f, self.message.as_deref(), self.correlation_id.as_deref())?;
        match &self.mismatch {
            _ if self.status.is_redirection() => {
                return f.write_str("; redirects are not followed");
            }
            None => f.write_str("; the status is not declared")?,
            _ if self.body.is_empty() => return f.write_str("; the body is empty"),
            Some(mismatch) if mismatch.path() == "." => {
                write!(
                    f,
                    "; the body does not match the description: {}",
                    mismatch.reason()
                )?;
            }
            Some(mismatch) => write!(f, "; the body does not match the description: {mismatch}")?,
        }
        match self.message {
            Some(_) => Ok(()),
            None => begins(f, &self.body),
        }
    }
}

impl fmt::Display for IncompleteReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        facts(f, None, self.correlation_id.as_deref())?;
        f.write_str("; ")?;
        with_causes(f, &self.error)
    }
}

impl<E: fmt::Debug> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("raw_bytes", &self.raw.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for UndeclaredReply {
    /// Shows only the beginning of the body, which can have 64 MiB.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UndeclaredReply")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &beginning(&self.body, MESSAGE))
            .field("body_bytes", &self.body.len())
            .field("mismatch", &self.mismatch)
            .finish_non_exhaustive()
    }
}

/// `: too many inputs (correlation id aeb5f871)`
fn facts(
    f: &mut fmt::Formatter<'_>,
    message: Option<&str>,
    correlation_id: Option<&str>,
) -> fmt::Result {
    if let Some(message) = message {
        write!(f, ": {}", excerpt(message, MESSAGE))?;
    }
    if let Some(id) = correlation_id {
        write!(f, " (correlation id {})", excerpt(id, BODY))?;
    }
    Ok(())
}

fn begins(f: &mut fmt::Formatter<'_>, body: &[u8]) -> fmt::Result {
    match body {
        [] => Ok(()),
        _ => write!(
            f,
            "; its {} bytes start with `{}`",
            body.len(),
            beginning(body, BODY)
        ),
    }
}

fn beginning(body: &[u8], characters: usize) -> String {
    // a character has at most four bytes
    let head = body.get(..4 * characters + 4).unwrap_or(body);
    excerpt(&String::from_utf8_lossy(head), characters)
}

fn with_causes(f: &mut fmt::Formatter<'_>, error: &dyn StdError) -> fmt::Result {
    write!(f, "{error}")?;
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(f, ": {error}")?;
        cause = error.source();
    }
    Ok(())
}
