//! What pages may hold: addresses that may become links, and the names under which a content-security policy lets script and style in.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

/// Whether a text is an address of the web; nothing else becomes a link.
pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// The name of a script or style in a content-security policy: `sha256-…`.
///
/// Source: Content Security Policy Level 3, 2.3.1 "Source Lists", `hash-source`.
pub(super) fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}
