// title: Offers on the table
// question: Who offered what to whom, for instance bases for a fugitive's return, and does a source say more than that it was offered?
// params: none
// expect: rows

MATCH (a:Actor)-[r:OFFERS_TO]->(b:Actor)
UNWIND claims(r) AS c
RETURN a.name AS who, b.name AS whom, r.roles.offer AS offer, r.valid AS valid, c.modality AS modality,
  c.source + ' ' + c.locator AS said_in, c.note AS note
ORDER BY who, whom, said_in, modality, note
