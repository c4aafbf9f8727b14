//! Names that functions have in other dialects, answered with ours.

/// What to write instead of a function of another dialect; `None` for a name that is no known habit.
#[must_use]
pub fn habit(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    if name.starts_with("apoc.") || name.starts_with("gds.") {
        return Some(
            "libraries of other engines are not here; `allegiance query --help` names the page with every function",
        );
    }
    Some(match name.as_str() {
        "id" => "nodes and relations have readable ids: write `n.id`, or `elementId(n)`",
        "ifnull" | "nvl" | "isnull" | "orelse" => {
            "write `coalesce(x, y)`; to ask whether something is null, `x IS NULL`"
        }
        "isnotnull" => "write `x IS NOT NULL`",
        "iif" | "if" | "decode" => "write `CASE WHEN condition THEN a ELSE b END`",
        "len" | "strlen" | "count_elements" | "cardinality" => {
            "write `size(x)` for lists and texts, `length(p)` for paths"
        }
        "substr" | "mid" => "write `substring(text, start, length)`; the first character is at 0",
        "ucase" | "upcase" | "uppercase" => "write `toUpper(text)`",
        "lcase" | "downcase" | "lowercase" => "write `toLower(text)`",
        "concat" | "concat_ws" => "write `a + b`, or `join(list, separator)`",
        "group_concat" | "string_agg" | "listagg" => "write `join(collect(x), ', ')`",
        "array_agg" | "list_agg" | "collect_list" | "collect_set" => "write `collect(x)`, or `collect(DISTINCT x)`",
        "mean" | "average" => "write `avg(x)`",
        "median" => "write `percentileCont(x, 0.5)`",
        "stddev" | "stddev_samp" => "write `stDev(x)`",
        "stddev_pop" => "write `stDevP(x)`",
        "int" | "integer" | "toint" => "write `toInteger(x)`",
        "float" | "double" => "write `toFloat(x)`",
        "str" | "string" | "text" => "write `toString(x)`",
        "bool" | "boolean" => "write `toBoolean(x)`",
        "typeof" | "pg_typeof" => "write `valueType(x)` for values, `type(r)` for relations",
        "label" => "write `labels(n)`; a node has several labels",
        "rels" | "edges" => "write `relationships(path)`",
        "vertices" => "write `nodes(path)`",
        "source" | "src" => "write `startNode(r)`",
        "target" | "dst" => "write `endNode(r)`",
        "first" => "write `head(list)`",
        "rest" => "write `tail(list)`",
        "ceiling" => "write `ceil(x)`",
        "power" | "pow" => "write `x ^ y`",
        "mod" => "write `x % y`",
        "ln" => "write `log(x)`",
        "random" => "write `rand()`: a fixed sequence, the same in every run",
        "randomuuid" | "uuid" | "gen_random_uuid" => "ids are those of the records, `n.id`; there are no random ones",
        "now" | "today" | "current_date" | "getdate" | "timestamp" | "datetime" | "localdatetime" | "time"
        | "localtime" => {
            "there are days, not times of day, and no clock: write `date('2025-03-29')`; `date()` is the last day the data speaks for"
        }
        "to_date" | "todate" | "cast" => {
            "write `date(text)`, `toInteger(x)`, `toFloat(x)`, `toString(x)` or `toBoolean(x)`"
        }
        "datediff" | "date_diff" => "write `duration.inDays(a, b).days`",
        "dateadd" | "date_add" => "write `date + duration('P1M')`",
        "date_trunc" => "write `date.truncate('month', day)`",
        "year" | "month" | "day" | "extract" | "date_part" => {
            "write `d.year`, `d.month`, `d.day`; a text becomes a day by `date(text)`"
        }
        "starts" => "write `begins(a, b)` for intervals, `a STARTS WITH b` for texts",
        "startedby" => "write `begunBy(a, b)`",
        "contains" => "write `includes(a, b)` for intervals, `a CONTAINS b` for texts, `x IN list` for lists",
        "precedes" => "write `before(a, b)`",
        "succeeds" | "follows" => "write `after(a, b)`",
        "valid" | "validon" | "asof" => {
            "write `validAt(x, '2016-07')`, or `FOR VALID_TIME AS OF '2016-07'` before the query"
        }
        "startswith" | "starts_with" => "write `a STARTS WITH b`",
        "endswith" | "ends_with" => "write `a ENDS WITH b`",
        "regexp_matches" | "regexp_like" | "matches" | "rlike" => "write `text =~ 'pattern'`",
        "point" | "distance" | "point.distance" => "places have no coordinates here",
        _ => return None,
    })
}
