//! A PostgreSQL server for tests: the one that `scripts/postgres` starts, or another that SEING_POSTGRES names.

use postgres::{Client, NoTls};
use seing::archive::PostgresStore;
use seing::digest::Algorithm;
use seing::error::Result;

/// A schema of its own for each test, gone when it ends.
pub(super) struct Schema {
    pub(super) address: String,
    pub(super) name: String,
}

impl Schema {
    /// Nothing, and aloud, where there is no server.
    pub(super) fn new(test: &str) -> Option<Self> {
        let Ok(address) = std::env::var("SEING_POSTGRES") else {
            eprintln!("skipped: no PostgreSQL server; scripts/postgres starts one, or SEING_POSTGRES names it");
            return None;
        };
        Some(Self { address, name: format!("{}_{}", &test[..test.len().min(50)], std::process::id()) })
    }

    pub(super) fn connect(&self, algorithm: Algorithm) -> Result<PostgresStore> {
        PostgresStore::connect(&self.address, &self.name, algorithm)
    }

    pub(super) fn sha256(&self) -> PostgresStore {
        self.connect(Algorithm::Sha256).unwrap()
    }

    /// A connection past the store.
    pub(super) fn client(&self) -> Client {
        Client::connect(&self.address, NoTls).unwrap()
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let mut client = self.client();
        client
            .batch_execute(&format!("set client_min_messages = error; drop schema if exists {} cascade", self.name))
            .unwrap();
    }
}
