//! What EN 319 102-1 makes of what is known: today, as of a proven time, and in decades.

mod archive;
mod openssl;
mod sub_indications;
mod until;
