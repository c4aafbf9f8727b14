// title: Sources and their share of the record
// question: When was each source published, how many ties does it speak of, and how many of them does it alone tell?
// params: none
// expect: rows

MATCH (s:Source)
MATCH (a:Actor)-[r]->(b:Actor)
WHERE startNode(r) = a
  AND s.id IN sources(r)
RETURN s.published AS published, s.id AS source, s.kind AS kind, s.reliability AS reliability,
  count(DISTINCT r) AS ties, count(DISTINCT CASE WHEN size(sources(r)) = 1 THEN r END) AS alone
ORDER BY published, source
