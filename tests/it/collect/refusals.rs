//! What is not asked, and what is not taken.
