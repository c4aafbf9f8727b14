//! The table of functions of valid time. They are computed in `validity`.
//!
//! A date in a question is a text in EDTF or a day, and means the period from its first to its last day; where it is uncertain the answer is true
//! or false only if every reading gives it. Intervals are compared with Allen's relations; there a node or relation stands for its own
//! validity with its uncertain ends, and `bounds(text)` for what a record would mean by a text. `starts` and `contains` are words of the
//! language itself, so that Allen's *starts*, *started by* and *contains* are `begins`, `begunBy` and `includes`.

use super::Body::{self, Pure};
use super::arguments::wrong;
use super::of_graph::OfGraph;
use super::validity::{HOLDING, INTERVAL};
use crate::query::allen::Allen;
use crate::query::error::Result;
use crate::query::graph::Facet;
use crate::query::types::Types;
use crate::query::value::Value;
use crate::time::Holds;

const BOOLEAN: Types = Types::BOOLEAN;
const ENTITY: Types = Types::ENTITY;
const WHEN: Types = Types::WHEN;

const fn asks(function: OfGraph) -> Body {
    Body::OfGraph(function)
}

const fn allen(relation: Allen) -> Body {
    Body::OfGraph(OfGraph::Allen(relation))
}

const fn facet(facet: Facet) -> Body {
    Body::OfGraph(OfGraph::Facet(facet))
}

table! { Time:
    "after" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::After);
        "Whether a starts later than the day after b ends.", "after('2018', '2016')", "true";
    "before" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::Before);
        "Whether a ends earlier than the day before b starts.", "before('2016', '2018')", "true";
    "begins" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::Begins);
        "Whether both start on one day and a ends first (Allen's *starts*).", "begins('2016-01', '2016')", "true";
    "begunBy" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::BegunBy);
        "Whether both start on one day and b ends first (Allen's *started by*).", "begunBy('2016', '2016-01')", "true";
    "bounds" ["value" ENTITY.or(WHEN)] => Types::MAP, asks(OfGraph::Bounds);
        "The days between which a record begins and ends, null where there is no bound; of a text, what a record would mean by it.",
        "bounds('2016/2017-01').startLatest", "'2016-12-31'";
    "certainly" ["answer" BOOLEAN] => BOOLEAN, Pure(certainly);
        "Whether an answer is true: what is open counts as false.", "certainly(null)", "false";
    "certainty" ["answer" BOOLEAN] => Types::STRING, Pure(certainty);
        "'certain', 'possible' or 'no'. Whatever made the answer null counts as possible, a missing property too.", "certainty(null)", "'possible'";
    "claims" ["entity" ENTITY] => Types::LIST, facet(Facet::Claims);
        "The claims of a record, as maps.", "head([({id: 'hts'})-[r:SUCCESSOR_OF]->({id: 'nusra'}) | size(claims(r))])", "2";
    "coexist" ["value" HOLDING] variadic true => BOOLEAN, asks(OfGraph::Coexist);
        "Whether there is some one day on which all of the nodes and relations hold, those of lists and the relations of paths among them.",
        "coexist(actor('HTS'), actor('Islamic State'))", "true";
    "during" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::During);
        "Whether a starts after b and ends before it.", "during('2016-07', '2016')", "true";
    "equals" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::Equals);
        "Whether both start on one day and end on one day.", "equals('2016', '2016-01-01/2016-12-31')", "true";
    "finishedBy" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::FinishedBy);
        "Whether both end on one day and b starts later.", "finishedBy('2016', '2016-12')", "true";
    "finishes" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::Finishes);
        "Whether both end on one day and a starts later.", "finishes('2016-12', '2016')", "true";
    "includes" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::Includes);
        "Whether b starts after a and ends before it (Allen's *contains*).", "includes('2016', '2016-07')", "true";
    "knownBy" ["value" HOLDING, "date" WHEN] => BOOLEAN, asks(OfGraph::KnownBy);
        "Whether some source that was published by the end of the date says so; of a list or path, whether all are known.",
        "head([({id: 'hts'})-[r:SUCCESSOR_OF]->({id: 'nusra'}) | knownBy(r, '2018')])", "false";
    "knownSince" ["entity" ENTITY] => Types::DATE, facet(Facet::KnownSince);
        "The earliest day on which a source that supports a record was certainly out.",
        "head([({id: 'hts'})-[r:SUCCESSOR_OF]->({id: 'nusra'}) | knownSince(r)])", "'2019-01-31'";
    "meets" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::Meets);
        "Whether b starts on the day after a ends.", "meets('2016', '2017')", "true";
    "metBy" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::MetBy);
        "Whether a starts on the day after b ends.", "metBy('2017', '2016')", "true";
    "overlappedBy" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::OverlappedBy);
        "Whether b starts first, a while b lasts, and b ends first.", "overlappedBy('2017/2019', '2016/2018')", "true";
    "overlaps" ["a" INTERVAL, "b" INTERVAL] => BOOLEAN, allen(Allen::Overlaps);
        "Whether a starts first, b while a lasts, and a ends first.", "overlaps('2016/2018', '2017/2019')", "true";
    "possibly" ["answer" BOOLEAN] => BOOLEAN, Pure(possibly);
        "Whether an answer is not false: what is open counts as true.", "possibly(null)", "true";
    "sources" ["entity" ENTITY] => Types::LIST, facet(Facet::Sources);
        "The ids of the sources of a record.",
        "head([({id: 'hts'})-[r:SUCCESSOR_OF]->({id: 'nusra'}) | sources(r)])", "['giustozzi-2025-03', 'mei-2019-01']";
    "status" ["entity" ENTITY] => Types::STRING, facet(Facet::Status);
        "How the claims of a record stand: 'supported', 'contested' and so on.",
        "head([({id: 'hts'})-[r:SUCCESSOR_OF]->({id: 'nusra'}) | status(r)])", "'supported'";
    "validAt" ["value" HOLDING, "date" WHEN] => BOOLEAN, asks(OfGraph::ValidSometime);
        "Whether a node or relation holds on some day of a date (a text, a day, or a year as a number); of a list or path, whether all do.", "validAt(actor('HTS'), '2016')", "false";
    "validDuring" ["value" HOLDING, "from" WHEN, "to" WHEN] optional 1 => BOOLEAN, asks(OfGraph::ValidSometime);
        "Whether it holds on some day of an interval, given as one text or as two dates.", "validDuring(actor('HTS'), '2018/2019')", "true";
    "validity" ["entity" ENTITY] => Types::STRING, facet(Facet::Validity);
        "The dates of a record as written.", "validity(actor('HTS'))", "'2017/..'";
    "validThroughout" ["value" HOLDING, "from" WHEN, "to" WHEN] optional 1 => BOOLEAN, asks(OfGraph::ValidThroughout);
        "Whether it holds on every day of an interval, given as one text or as two dates.", "validThroughout(actor('HTS'), '2018/2019')", "true";
    "validWithin" ["value" HOLDING, "from" WHEN, "to" WHEN] optional 1 => BOOLEAN, asks(OfGraph::ValidWithin);
        "Whether it begins and ends within an interval, given as one text or as two dates.",
        "head([({id: 'hts'})-[r:SUCCESSOR_OF]->({id: 'nusra'}) | validWithin(r, '2016/2018')])", "true";
}

fn reading(arguments: &[Value]) -> Result<Holds> {
    match arguments {
        [Value::Boolean(true)] => Ok(Holds::Certain),
        [Value::Boolean(false)] => Ok(Holds::No),
        [Value::Null] | [] => Ok(Holds::Possible),
        [other, ..] => Err(wrong(other, BOOLEAN)),
    }
}

fn certainly(arguments: &[Value]) -> Result<Value> {
    Ok(Value::Boolean(reading(arguments)? == Holds::Certain))
}

fn possibly(arguments: &[Value]) -> Result<Value> {
    Ok(Value::Boolean(reading(arguments)? != Holds::No))
}

fn certainty(arguments: &[Value]) -> Result<Value> {
    Ok(Value::from(reading(arguments)?.word()))
}
