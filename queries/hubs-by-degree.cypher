// title: Hubs by number of ties
// question: Which actors had the most ties that certainly held at a date, and to how many others?
// params: date = '2024-12'
// expect: rows

MATCH (a:Actor)-[r]-(b:Actor)
WHERE validAt(r, $date)
WITH a, count(DISTINCT r) AS ties, count(DISTINCT b) AS others,
  count(DISTINCT CASE WHEN r.polarity = 1 THEN b END) AS friends, count(DISTINCT CASE WHEN r.polarity = -1 THEN b END) AS enemies
WHERE ties >= 4
RETURN a.name AS actor, ties, others, friends, enemies
ORDER BY ties DESC, others DESC, actor
