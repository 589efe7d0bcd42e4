//! The app's access tokens: which of them are good, and how another is got.

use http::HeaderMap;
use http::header::AUTHORIZATION;
use serde_json::json;

use super::reply::Answer;
use super::{TOKEN, TOKEN_WITHOUT_SCOPE};

/// The path of the token URL.
pub const TOKEN_PATH: &str = "/oauth/v3/token";
/// What the token URL asks for.
pub const CLIENT_SECRET: &str = "secret-of-the-app";
pub const REFRESH_TOKEN: &str = "na1-may-refresh";

/// How long a fetched token is said to last.
const LIFE: u64 = 1_800;

/// The access tokens that were given out; the last one is good until it expires.
#[derive(Default)]
pub struct Login {
    issued: usize,
    is_over: bool,
}

/// What a request may do.
pub enum Access {
    Write,
    Read,
    Nothing,
}

impl Login {
    /// How many tokens were given out.
    pub fn issued(&self) -> usize {
        self.issued
    }

    /// The last one is good no longer.
    pub fn expire(&mut self) {
        self.is_over = true;
    }

    /// What the token of a request is good for.
    pub fn access(&self, headers: &HeaderMap) -> Access {
        let value = headers.get(AUTHORIZATION);
        match value.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer ")) {
            Some(TOKEN) => Access::Write,
            Some(TOKEN_WITHOUT_SCOPE) => Access::Read,
            Some(token) if self.is_good(token) => Access::Write,
            _ => Access::Nothing,
        }
    }

    fn is_good(&self, token: &str) -> bool {
        self.issued > 0 && !self.is_over && token == access_token(self.issued)
    }

    /// Answers a request to the token URL.
    pub fn refresh(&mut self, form: &[u8]) -> Answer {
        let form = String::from_utf8_lossy(form);
        let has = |pair: &str| form.split('&').any(|one| one == pair);
        let is_right = has("grant_type=refresh_token")
            && has(&format!("client_secret={CLIENT_SECRET}"))
            && has(&format!("refresh_token={REFRESH_TOKEN}"));
        if !is_right {
            let body = json!({"error": "invalid_grant", "error_description": form});
            return Answer { status: 400, body };
        }
        self.issued += 1;
        self.is_over = false;
        let body = json!({
            "access_token": access_token(self.issued), "refresh_token": REFRESH_TOKEN,
            "expires_in": LIFE, "token_type": "bearer"
        });
        Answer { status: 200, body }
    }
}

/// The access token with this number, counted from 1.
pub fn access_token(number: usize) -> String {
    format!("access-token-{number}")
}
