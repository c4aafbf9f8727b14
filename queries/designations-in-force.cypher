// title: Designations in force
// question: Whom did states list as terrorists, sanction or put a price on, at a given date?
// params: date = '2024'
// expect: rows

MATCH (s:Actor)-[r:DESIGNATION]->(t:Actor)
WHERE possibly(validAt(r, $date))
RETURN s.name AS authority, type(r) AS measure, t.name AS target, r.roles.list AS on_list, r.valid AS valid,
  certainty(validAt(r, $date)) AS holds, sources(r) AS sources
ORDER BY authority, target, measure
