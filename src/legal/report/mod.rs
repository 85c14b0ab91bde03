//! The assessment for a person: plain text for terminals, and one HTML page; in French, Arabic and English.
//!
//! Both are written from one [`outline`], so that no form says less than the other.

mod article;
mod html;
mod outline;
mod speech;
mod text;

pub(super) use article::article;
