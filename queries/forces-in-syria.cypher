// title: Forces on a country's ground
// question: Which states, armies and armed groups kept people in Syria, or held its land, at a date?
// params: country = 'Syria'; date = '2024'
// expect: rows

// What lies in the country is not recorded: places are taken by name.
MATCH (a:Armed|State)-[r:PRESENT_IN|OCCUPIES|OPERATES_IN]->(p:Place|State)
WHERE toLower(p.name) CONTAINS toLower($country)
  AND possibly(validAt(r, $date))
RETURN a.name AS who, type(r) AS tie, p.name AS place, r.valid AS valid,
  certainty(validAt(r, $date)) AS holds, sources(r) AS sources
ORDER BY who, tie, place
