//! The store in PostgreSQL, for several workers.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use postgres::types::{FromSql, ToSql};
use postgres::{Client, NoTls, Row, Statement};

use super::{
    Admission, Backlog, Bounds, Claim, Committed, Entry, Key, Order, Pending, Receipt, Refusal, Store, Window, WindowId,
};
use crate::digest::many::Digests;
use crate::digest::{Algorithm, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Time;

/// A journal in a schema of a PostgreSQL database, which any number of workers use at a time, each with a store of its own.
///
/// It has one connection, and makes another one when that is lost. Leases are measured by the clock of the database. The
/// connection is not encrypted: it is for the socket of the machine, or for a network of one's own. Each worker counts what waits
/// for itself, and far from the limit not for every order: several together may take in some hundredths more than the limit.
pub struct PostgresStore {
    address: String,
    schema: Schema,
    algorithm: Algorithm,
    session: Mutex<Option<Session>>,
}

/// A name that needs no quotes.
#[derive(Clone, Debug)]
struct Schema(String);

impl Schema {
    /// PostgreSQL cuts longer names off.
    const LONGEST: usize = 63;

    fn new(name: &str) -> Result<Self> {
        let plain = |octet: u8| octet.is_ascii_lowercase() || octet.is_ascii_digit() || octet == b'_';
        let first = name.bytes().next().is_some_and(|octet| !octet.is_ascii_digit());
        if !first || name.len() > Self::LONGEST || !name.bytes().all(plain) {
            return Err(Error::misuse("name of a schema that is not of letters a to z, digits and underscores"));
        }
        Ok(Self(name.to_owned()))
    }

    /// A text in which this schema has its place.
    fn within(&self, text: &str) -> String {
        text.replace("@", &self.0)
    }
}

impl PostgresStore {
    /// Connects to a server and opens the journal in a schema, or makes one for digests of this algorithm.
    ///
    /// The address is one of libpq's: `postgresql://user@host/database`, or `host=/run/postgresql dbname=shop`. One that asks for
    /// TLS is refused.
    ///
    /// # Errors
    ///
    /// `Unreachable` without a connection; `Misuse` when the name of the schema is not of lower-case letters, digits and underscores, when
    /// it is a journal of another algorithm, or when the server says that it does not write through; `Unsupported` when it is
    /// one of another version; `Io` when the server may not make the tables.
    pub fn connect(address: &str, schema: &str, algorithm: Algorithm) -> Result<Self> {
        let store =
            Self { address: address.to_owned(), schema: Schema::new(schema)?, algorithm, session: Mutex::new(None) };
        let mut client = store.client()?;
        store.make(&mut client)?;
        *store.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(store.session(client)?);
        Ok(store)
    }

    fn client(&self) -> Result<Client> {
        let mut client = Client::connect(&self.address, NoTls).map_err(fault)?;
        client.batch_execute(SESSION).map_err(fault)?;
        let fsync: String = column(&client.query_one("select current_setting('fsync')", &[]).map_err(fault)?, 0)?;
        if fsync != "on" {
            return Err(Error::misuse("the server of the journal does not write through: its setting fsync is off"));
        }
        Ok(client)
    }

    /// Makes the tables where they are missing, and holds them to the version and the algorithm.
    fn make(&self, client: &mut Client) -> Result<()> {
        let mut transaction = client.transaction().map_err(fault)?;
        // Two workers that come at the same time would both find nothing.
        let lock = "select pg_advisory_xact_lock(hashtextextended('seing-journal:' || $1, 0))";
        transaction.execute(lock, &[&self.schema.0]).map_err(fault)?;
        // Whoever may not make a schema may use one that is there.
        let there = "select 1 from pg_namespace where nspname = $1";
        if transaction.query_opt(there, &[&self.schema.0]).map_err(fault)?.is_none() {
            transaction.batch_execute(&self.schema.within("create schema @")).map_err(fault)?;
        }
        let there = "select 1 from pg_tables where schemaname = $1 and tablename = 'journal'";
        if transaction.query_opt(there, &[&self.schema.0]).map_err(fault)?.is_none() {
            transaction.batch_execute(&self.schema.within(TABLES)).map_err(fault)?;
            let insert = self.schema.within("insert into @.journal (format, algorithm) values ($1, $2)");
            transaction.execute(&insert, &[&FORMAT, &self.algorithm.name()]).map_err(fault)?;
        }
        let found = self.schema.within("select format, algorithm from @.journal");
        let found = transaction.query_one(&found, &[]).map_err(fault)?;
        let (format, algorithm): (String, String) = (column(&found, 0)?, column(&found, 1)?);
        if format != FORMAT {
            return Err(Error::unsupported("journal of another version").with(format));
        }
        if algorithm != self.algorithm.name() {
            return Err(Error::misuse("the journal is one of another algorithm").with(algorithm));
        }
        transaction.commit().map_err(fault)
    }

    fn session(&self, mut client: Client) -> Result<Session> {
        let mut prepare = |text| client.prepare(&self.schema.within(text)).map_err(fault);
        Ok(Session {
            known: prepare(KNOWN)?,
            count: prepare(COUNT)?,
            first: prepare(FIRST)?,
            insert: prepare(INSERT)?,
            due: prepare(DUE)?,
            close: prepare(CLOSE)?,
            claim: prepare(CLAIM)?,
            release: prepare(RELEASE)?,
            commit: prepare(COMMIT)?,
            find: prepare(FIND)?,
            window: prepare(WINDOW)?,
            keys: prepare(KEYS)?,
            sealed: prepare(SEALED)?,
            counted: None,
            client,
        })
    }

    /// Does something on the connection, or on another one when the first is lost.
    fn on<T>(&self, work: impl FnOnce(&mut Session) -> Result<T>) -> Result<T> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let open = match session.take().filter(|session| !session.client.is_closed()) {
            Some(open) => open,
            None => self.session(self.client()?)?,
        };
        work(session.insert(open))
    }

    fn digest(&self, octets: &[u8]) -> Result<Digest> {
        Digest::new(self.algorithm, octets)
    }

    fn digest_and_time(&self, row: &Row, at: usize) -> Result<(Digest, Time)> {
        Ok((self.digest(column(row, at)?)?, time(column(row, at + 1)?, column(row, at + 2)?)?))
    }
}

/// A connection and what is asked on it.
struct Session {
    client: Client,
    known: Statement,
    count: Statement,
    first: Statement,
    insert: Statement,
    due: Statement,
    close: Statement,
    claim: Statement,
    release: Statement,
    commit: Statement,
    find: Statement,
    window: Statement,
    keys: Statement,
    sealed: Statement,
    counted: Option<Counted>,
}

/// A count of what waits that need not be made again for each order.
#[derive(Clone, Copy)]
struct Counted {
    pending: u64,
    /// How many orders were taken in here since then.
    admitted: u64,
}

impl Counted {
    /// The count, while it is good enough: far from the limit, and after no more orders than a hundredth of it.
    fn far_from(self, limit: u64, more: u64) -> Option<u64> {
        let admitted = self.admitted.saturating_add(more);
        let pending = self.pending.saturating_add(self.admitted);
        (admitted < limit / 100 && pending.saturating_add(more) <= limit / 2).then_some(pending)
    }
}

const FORMAT: &str = "seing-journal/1";

/// A commit is on disk when it returns, whatever is the default of the server. What another worker has committed is seen by the next
/// question. A worker that hangs within a transaction loses it. And the planner, which may have seen these tables when they were
/// small or empty, uses the indexes that are there for every question below.
const SESSION: &str = "\
select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off';
set default_transaction_isolation = 'read committed';
set default_transaction_read_only = off;
set idle_in_transaction_session_timeout = '60s';
set enable_seqscan = off;
set enable_hashjoin = off;
set enable_mergejoin = off;
set enable_bitmapscan = off;
set enable_sort = off;
set jit = off;";

/// A time is in seconds since 1970 and nanoseconds, as the caller gave it.
const TABLES: &str = "\
create table @.journal (
  singleton boolean primary key default true check (singleton),
  format text not null,
  algorithm text not null
);
create table @.orders (
  key bytea primary key check (length(key) between 1 and 256),
  digest bytea not null,
  octets bigint not null,
  seconds bigint not null,
  nanoseconds integer not null,
  arrival bigint not null generated always as identity,
  window_id bigint,
  place integer
);
create index waiting on @.orders (arrival) where window_id is null;
create unique index places on @.orders (window_id, place) where window_id is not null;
create table @.windows (
  id bigint primary key generated always as identity,
  orders integer not null check (orders > 0),
  digests bytea not null,
  seconds bigint not null,
  nanoseconds integer not null,
  epoch bigint not null default 0,
  leased_until timestamptz,
  token bytea
);
alter table @.windows alter digests set storage external;
create index unsealed on @.windows (id) where token is null;
create index sealed on @.windows (id) where token is not null;";

const KNOWN: &str = "\
select o.key, o.digest, o.seconds, o.nanoseconds
from unnest($1::bytea[]) as given (key) join @.orders o on o.key = given.key";

/// How many orders wait, in windows and outside. What is outside is counted one by one.
const COUNT: &str = "\
select (select count(*) from @.orders where window_id is null)
  + (select coalesce(sum(orders), 0)::bigint from @.windows where token is null)";

/// Since when the first of them waits. Of windows and orders the first that came in is looked at.
const FIRST: &str = "\
select * from (
  (select seconds, nanoseconds from @.windows where token is null order by id limit 1)
  union all
  (select seconds, nanoseconds from @.orders where window_id is null order by arrival limit 1)
) as firsts order by seconds, nanoseconds limit 1";

/// Orders of one key that other workers submit at the same time wait for each other here. All come in the same order, so that no two
/// workers wait for one another.
const INSERT: &str = "\
insert into @.orders (key, digest, octets, seconds, nanoseconds)
select * from unnest($1::bytea[], $2::bytea[], $3::bigint[], $4::bigint[], $5::integer[])
on conflict (key) do nothing returning key";

/// Whether a window is to be closed. Most of the times that it is asked, none is, and nothing is locked.
const DUE: &str = "\
select count(*) >= $1::bigint or coalesce(sum(octets) >= $2::bigint, false)
  or coalesce(bool_or((seconds, nanoseconds) <= ($3::bigint, $4::integer)), false)
from (
  select octets, seconds, nanoseconds from @.orders where window_id is null order by arrival limit $1::bigint
) as line";

/// The orders of a window are locked before they are counted, and those that another worker has locked are passed over: they are
/// in that worker's window.
const CLOSE: &str = "\
with taken as materialized (
  select ctid as spot, arrival, digest, octets, seconds, nanoseconds
  from @.orders where window_id is null order by arrival limit $1::bigint for update skip locked
), counted as (
  select *, row_number() over line - 1 as place, sum(octets) over line - octets as before
  from taken window line as (order by arrival rows unbounded preceding)
), kept as materialized (
  select * from counted where before < $2::bigint
), opened as (
  insert into @.windows (orders, digests, seconds, nanoseconds)
  select count(*), string_agg(digest, ''::bytea order by place),
    max(seconds) filter (where place = 0), max(nanoseconds) filter (where place = 0)
  from kept
  having count(*) >= $1::bigint or sum(octets) >= $2::bigint
    or bool_or((seconds, nanoseconds) <= ($3::bigint, $4::integer))
  returning id, orders
), moved as (
  update @.orders set window_id = opened.id, place = kept.place
  from kept, opened where @.orders.ctid = kept.spot returning 1
)
select id, orders, (select count(*) from moved) from opened";

const CLAIM: &str = "\
update @.windows set epoch = epoch + 1, leased_until = clock_timestamp() + $1::bigint * interval '1 millisecond'
where id = (
  select id from @.windows
  where token is null and (leased_until is null or leased_until < clock_timestamp())
  order by id limit 1 for update skip locked
) returning id, epoch";

const RELEASE: &str = "update @.windows set leased_until = null where id = $1 and epoch = $2 and token is null";

const COMMIT: &str = "update @.windows set token = $2, leased_until = null where id = $1 and token is null";

const FIND: &str = "\
select o.digest, o.seconds, o.nanoseconds, w.id, o.place
from @.orders o left join @.windows w on w.id = o.window_id and w.token is not null where o.key = $1";

const WINDOW: &str = "select digests, token, orders from @.windows where id = $1";

const KEYS: &str = "select key from @.orders where window_id = $1 and place >= $2 order by place limit $3::bigint";

const SEALED: &str = "select id from @.windows where token is not null and id > $1 order by id limit $2::bigint";

impl Store for PostgresStore {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn admit(&self, orders: &[Order], backlog: &Backlog) -> Result<Vec<Admission>> {
        self.on(|session| {
            let Session { client, known, count, first, insert, counted, .. } = session;
            let mut transaction = client.transaction().map_err(fault)?;
            let keys: Vec<&[u8]> = orders.iter().map(|order| order.key().octets()).collect();
            let mut receipts = BTreeMap::new();
            for row in transaction.query(known, &[&keys]).map_err(fault)? {
                receipts.insert(column::<Vec<u8>>(&row, 0)?, self.digest_and_time(&row, 1)?);
            }
            let more = u64::try_from(orders.len()).unwrap_or(u64::MAX);
            let last = counted.take().unwrap_or(Counted { pending: u64::MAX, admitted: 0 });
            let (pending, last) = match last.far_from(backlog.orders, more) {
                Some(pending) => (pending, last),
                None => {
                    let pending = number(column(&transaction.query_one(count, &[]).map_err(fault)?, 0)?)?;
                    (pending, Counted { pending, admitted: 0 })
                }
            };
            let mut waiting = Pending::new(pending, since(transaction.query_opt(first, &[]).map_err(fault)?)?);
            let (mut new, mut refusals) = (BTreeMap::new(), BTreeMap::new());
            for order in orders {
                let key = order.key().octets();
                if receipts.contains_key(key) || new.contains_key(key) {
                    continue;
                }
                match backlog.refusal(&waiting, order) {
                    Some(refusal) => drop(refusals.insert(key, refusal)),
                    None => {
                        waiting.add(order);
                        new.insert(key, order);
                    }
                }
            }
            if !new.is_empty() {
                let keys: Vec<&[u8]> = new.keys().copied().collect();
                let digests: Vec<&[u8]> = new.values().map(|order| order.digest().octets()).collect();
                let octets: Vec<i64> = new.values().map(|order| signed(order.octets())).collect();
                let seconds: Vec<i64> = new.values().map(|order| order.since().unix_seconds()).collect();
                let nanoseconds: Vec<i32> = new.values().map(|order| nanoseconds(order.since())).collect();
                let inserted = transaction.query(insert, &[&keys, &digests, &octets, &seconds, &nanoseconds]);
                for row in inserted.map_err(fault)? {
                    let key: &[u8] = column(&row, 0)?;
                    if let Some(order) = new.remove(key) {
                        receipts.insert(key.to_vec(), (*order.digest(), order.since()));
                    }
                }
                // What is left came in by another worker meanwhile.
                let keys: Vec<&[u8]> = new.keys().copied().collect();
                if !keys.is_empty() {
                    for row in transaction.query(known, &[&keys]).map_err(fault)? {
                        receipts.insert(column::<Vec<u8>>(&row, 0)?, self.digest_and_time(&row, 1)?);
                    }
                }
            }
            transaction.commit().map_err(fault)?;
            let admitted = waiting.orders.saturating_sub(pending);
            *counted = Some(Counted { admitted: last.admitted.saturating_add(admitted), ..last });
            let admission = |order: &Order| match receipts.get(order.key().octets()) {
                Some((digest, since)) if digest == order.digest() => Ok(Ok(Receipt::new(*digest, *since))),
                Some((digest, _)) => Ok(Err(Refusal::KeyTaken { key: order.key().clone(), by: *digest })),
                None => refusals.get(order.key().octets()).cloned().map(Err).ok_or_else(lost),
            };
            orders.iter().map(admission).collect()
        })
    }

    fn close(&self, bounds: &Bounds) -> Result<Option<WindowId>> {
        self.on(|session| {
            let (orders, octets) = (signed(bounds.orders), signed(bounds.octets));
            let (seconds, nanoseconds) = (bounds.since.unix_seconds(), nanoseconds(bounds.since));
            let bounds: [&(dyn ToSql + Sync); 4] = [&orders, &octets, &seconds, &nanoseconds];
            if !column::<bool>(&session.client.query_one(&session.due, &bounds).map_err(fault)?, 0)? {
                return Ok(None);
            }
            let mut transaction = session.client.transaction().map_err(fault)?;
            let Some(row) = transaction.query_opt(&session.close, &bounds).map_err(fault)? else {
                return Ok(None);
            };
            let (id, orders, moved): (i64, i32, i64) = (column(&row, 0)?, column(&row, 1)?, column(&row, 2)?);
            if i64::from(orders) != moved {
                return Err(lost());
            }
            transaction.commit().map_err(fault)?;
            Ok(Some(window_id(id)?))
        })
    }

    fn claim(&self, lease: Duration) -> Result<Option<Claim>> {
        self.on(|session| {
            // A year is long enough for any lease, and short enough for the calendar of the database.
            let lease = signed(lease.as_millis().clamp(1, 366 * 86_400_000));
            let row = session.client.query_opt(&session.claim, &[&lease]).map_err(fault)?;
            row.map(|row| Ok(Claim::new(window_id(column(&row, 0)?)?, number(column(&row, 1)?)?))).transpose()
        })
    }

    fn release(&self, claim: &Claim) -> Result<()> {
        self.on(|session| {
            let (window, epoch) = (signed(claim.window.number()), signed(claim.epoch));
            session.client.execute(&session.release, &[&window, &epoch]).map_err(fault)?;
            Ok(())
        })
    }

    fn commit(&self, window: WindowId, token: &[u8]) -> Result<Committed> {
        self.on(|session| {
            let window = signed(window.number());
            match session.client.execute(&session.commit, &[&window, &token]).map_err(fault)? {
                0 => Ok(Committed::Late),
                _ => Ok(Committed::First),
            }
        })
    }

    fn find(&self, key: &Key) -> Result<Option<Entry>> {
        self.on(|session| {
            let Some(row) = session.client.query_opt(&session.find, &[&key.octets()]).map_err(fault)? else {
                return Ok(None);
            };
            let (digest, since) = self.digest_and_time(&row, 0)?;
            let place = match (column::<Option<i64>>(&row, 3)?, column::<Option<i32>>(&row, 4)?) {
                (Some(window), Some(place)) => Some((window_id(window)?, number(i64::from(place))?)),
                _ => None,
            };
            Ok(Some(Entry::new(digest, since, place)))
        })
    }

    fn window(&self, window: WindowId) -> Result<Option<Window>> {
        self.on(|session| {
            let Some(row) = session.client.query_opt(&session.window, &[&signed(window.number())]).map_err(fault)?
            else {
                return Ok(None);
            };
            let (octets, orders): (&[u8], i32) = (column(&row, 0)?, column(&row, 2)?);
            let mut digests = Digests::new(self.algorithm);
            for octets in octets.chunks(self.algorithm.length()) {
                digests.push(&self.digest(octets)?)?;
            }
            if number(i64::from(orders)).ok() != Some(digests.len()) {
                return Err(lost());
            }
            Ok(Some(Window::new(digests, column(&row, 1)?)))
        })
    }

    fn keys(&self, window: WindowId, from: usize, count: usize) -> Result<Vec<Key>> {
        self.on(|session| {
            let (window, count) = (signed(window.number()), signed(count));
            let from = i32::try_from(from).unwrap_or(i32::MAX);
            let rows = session.client.query(&session.keys, &[&window, &from, &count]).map_err(fault)?;
            rows.iter().map(|row| Key::new(column::<Vec<u8>>(row, 0)?)).collect()
        })
    }

    fn sealed(&self, after: Option<WindowId>, count: usize) -> Result<Vec<WindowId>> {
        self.on(|session| {
            let after = after.map_or(0, |after| signed(after.number()));
            let rows = session.client.query(&session.sealed, &[&after, &signed(count)]).map_err(fault)?;
            rows.iter().map(|row| window_id(column(row, 0)?)).collect()
        })
    }

    fn pending(&self) -> Result<Pending> {
        self.on(|session| {
            let count = session.client.query_one(&session.count, &[]).map_err(fault)?;
            let first = session.client.query_opt(&session.first, &[]).map_err(fault)?;
            Ok(Pending::new(number(column(&count, 0)?)?, since(first)?))
        })
    }
}

impl fmt::Debug for PostgresStore {
    /// Without the address, which may have a password in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore")
            .field("schema", &self.schema.0)
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

fn since(first: Option<Row>) -> Result<Option<Time>> {
    first.map(|row| time(column(&row, 0)?, column(&row, 1)?)).transpose()
}

fn column<'r, T: FromSql<'r>>(row: &'r Row, at: usize) -> Result<T> {
    row.try_get(at).map_err(fault)
}

fn time(seconds: i64, nanoseconds: i32) -> Result<Time> {
    Time::from_unix(seconds, u32::try_from(nanoseconds).unwrap_or(u32::MAX))
}

fn nanoseconds(time: Time) -> i32 {
    i32::try_from(time.nanoseconds()).unwrap_or(0)
}

/// A number as the database counts. None of ours is larger.
fn signed(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

fn number<T: TryFrom<i64>>(number: i64) -> Result<T> {
    T::try_from(number).ok().ok_or_else(lost)
}

fn window_id(id: i64) -> Result<WindowId> {
    Ok(WindowId::new(number(id)?))
}

fn fault(error: postgres::Error) -> Error {
    match error.as_db_error() {
        Some(said) => {
            let detail = said.to_string();
            Error::new(ErrorKind::Io, "the database of the journal refuses").with(detail).because(error)
        }
        None => {
            let detail = error.to_string();
            Error::new(ErrorKind::Unreachable, "the database of the journal does not answer")
                .with(detail)
                .because(error)
        }
    }
}

fn lost() -> Error {
    Error::malformed("the journal contradicts itself")
}
