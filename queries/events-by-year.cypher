// title: Events by year
// question: How many events certainly or possibly fell into each year, and how many of them were violent?
// params: first = 2011; last = 2025
// expect: rows

UNWIND range($first, $last) AS year
MATCH (e:Event)
WITH year, e, validAt(e, toString(year)) AS fell, e:Attack OR e:Clash OR e:Massacre OR e:Offensive OR e:Assassination OR e:Overthrow AS violent
RETURN year,
  sum(CASE WHEN fell THEN 1 ELSE 0 END) AS certainly,
  sum(CASE WHEN fell AND violent THEN 1 ELSE 0 END) AS of_them_violent,
  sum(CASE WHEN fell IS NULL THEN 1 ELSE 0 END) AS possibly
ORDER BY year
