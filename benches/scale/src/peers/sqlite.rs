//! SQLite as a careful user would set it up: a file in the set's folder, indexes that cover, every statement prepared once.
//!
//! Relations lie in `rel` by number, and in `adj` from both ends by (actor, start), so that the relations of an actor are one run of a
//! tree. A path is looked for breadth first in the application, one statement an actor: SQL's own recursion keeps no set of who was
//! visited and takes far longer.

use super::Peer;
use super::bidirectional::{Marks, hops};
use crate::plain;
use crate::question::TypeCount;
use anyhow::{Context, Result, ensure};
use rusqlite::{CachedStatement, Connection, Params, Row, params};
use std::fs;
use std::path::Path;

const TABLES: &str = "
    CREATE TABLE rel(eid INTEGER PRIMARY KEY, src INT, dst INT, typ INT, s INT, e INT, pol INT);
    CREATE TABLE adj(node INT, s INT, eid INT, e INT, pol INT, other INT, typ INT, PRIMARY KEY(node, s, eid)) WITHOUT ROWID;";

const FILLED: &str = "
    INSERT INTO adj SELECT node, s, eid, e, pol, other, typ FROM (
        SELECT src node, s, eid, e, pol, dst other, typ FROM rel
        UNION ALL SELECT dst, s, eid, e, pol, src, typ FROM rel WHERE src <> dst) ORDER BY 1, 2, 3;
    CREATE INDEX rs ON rel(s);
    CREATE INDEX re ON rel(e);
    CREATE INDEX rcov ON rel(s, e, typ, src, dst);";

const REL_AT: &str = "SELECT eid FROM adj WHERE node = ?1 AND s <= ?2 AND e >= ?2";

const ALLIES: &str = "
    SELECT DISTINCT b.other FROM adj a JOIN adj b ON b.node = a.other
    WHERE a.node = ?1 AND a.s <= ?2 AND a.e >= ?2 AND a.pol = -1 AND b.s <= ?2 AND b.e >= ?2 AND b.pol = 1 AND b.other <> ?1";

const NEIGHBOURS: &str = "SELECT other FROM adj WHERE node = ?1 AND s <= ?2 AND e >= ?2";

const CHANGED: &str = "SELECT eid FROM rel WHERE s > ?1 AND s <= ?2 UNION SELECT eid FROM rel WHERE e >= ?1 AND e < ?2";

const AGGR: &str = "
    WITH v AS MATERIALIZED (SELECT typ, src, dst FROM rel INDEXED BY rcov WHERE s <= ?1 AND e >= ?1)
    SELECT a.typ, a.n, b.m FROM (SELECT typ, count(*) n FROM v GROUP BY typ) a
    JOIN (SELECT typ, count(*) m FROM (SELECT typ, src FROM v UNION SELECT typ, dst FROM v) GROUP BY typ) b USING(typ)";

/// An open database.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    marks: Marks,
}

impl Sqlite {
    /// Builds `scale.sqlite` in the folder of a set, or opens the one that is there.
    ///
    /// # Errors
    /// When the set cannot be read or the file cannot be written, or the one to be opened is not whole or of another size.
    pub fn load(dir: &Path, reopen: bool) -> Result<Self> {
        let meta = plain::meta(dir)?;
        let path = dir.join("scale.sqlite");
        if !reopen && path.exists() {
            fs::remove_file(&path).with_context(|| format!("cannot replace {}", path.display()))?;
        }
        let connection = Connection::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
        connection.set_prepared_statement_cache_capacity(16);
        connection.execute_batch(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000; PRAGMA temp_store=MEMORY;",
        )?;
        if !reopen {
            fill(&connection, dir)?;
        }
        let whole: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        ensure!(
            whole == i64::from(wholeness(meta)),
            "{} was not made whole from this set; build it with `scale run --peer sqlite`",
            path.display()
        );
        Ok(Self { connection, marks: Marks::new(meta.n_actors as usize) })
    }
}

/// What a whole database of a set bears as its `user_version`: the number of relations, never 0.
const fn wholeness(meta: plain::Meta) -> i32 {
    (meta.n_edges % (i32::MAX as u64)) as i32 + 1
}

fn fill(connection: &Connection, dir: &Path) -> Result<()> {
    connection.execute_batch(TABLES)?;
    connection.execute_batch("BEGIN")?;
    let mut insert =
        connection.prepare("INSERT INTO rel(src, dst, typ, s, e, eid, pol) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for edge in plain::edges(dir)? {
        let edge = edge?;
        insert.execute(params![edge.src, edge.dst, edge.kind, edge.start, edge.end, edge.eid, edge.polarity])?;
    }
    connection.execute_batch(FILLED)?;
    connection.pragma_update(None, "user_version", wholeness(plain::meta(dir)?))?;
    connection.execute_batch("COMMIT; ANALYZE")?;
    Ok(())
}

fn column(statement: &mut CachedStatement<'_>, arguments: impl Params, into: &mut Vec<u32>) -> Result<()> {
    let mut rows = statement.query(arguments)?;
    while let Some(row) = rows.next()? {
        into.push(row.get(0)?);
    }
    Ok(())
}

impl Sqlite {
    fn ids(&self, query: &str, arguments: impl Params) -> Result<Vec<u32>> {
        let mut ids = Vec::new();
        column(&mut self.connection.prepare_cached(query)?, arguments, &mut ids)?;
        Ok(ids)
    }
}

impl Peer for Sqlite {
    fn rel_at(&mut self, actor: u32, day: i32) -> Result<Vec<u32>> {
        self.ids(REL_AT, params![actor, day])
    }

    fn allies(&mut self, actor: u32, day: i32) -> Result<Vec<u32>> {
        self.ids(ALLIES, params![actor, day])
    }

    fn path(&mut self, from: u32, to: u32, day: i32) -> Result<Option<u32>> {
        let mut statement = self.connection.prepare_cached(NEIGHBOURS)?;
        hops(&mut self.marks, from, to, |actor, around| column(&mut statement, params![actor, day], around))
    }

    fn changed(&mut self, after: i32, upto: i32) -> Result<Vec<u32>> {
        self.ids(CHANGED, params![after, upto])
    }

    fn aggr(&mut self, day: i32) -> Result<Vec<TypeCount>> {
        let count = |row: &Row<'_>| Ok(TypeCount { kind: row.get(0)?, relations: row.get(1)?, actors: row.get(2)? });
        let mut statement = self.connection.prepare_cached(AGGR)?;
        let counts = statement.query_map(params![day], count)?.collect::<Result<_, _>>()?;
        Ok(counts)
    }
}
