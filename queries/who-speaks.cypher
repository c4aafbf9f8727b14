// title: Whose word it is
// question: On whose word, named or not, does what is recorded of an actor rest, and on how many claims each?
// params: actor = 'HTS'
// expect: rows

MATCH (me:Actor)-[r]-(:Actor)
WHERE me IN line(actor($actor))
WITH DISTINCT r
UNWIND claims(r) AS c
WITH c.source AS source, coalesce(c.attributed_to, 'the source itself') AS speaker, c.anonymous AS anonymous, r
RETURN speaker, source, anonymous, count(*) AS claims, count(DISTINCT r) AS ties
ORDER BY claims DESC, speaker, source, anonymous
