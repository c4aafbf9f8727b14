MATCH (a:Actor)
WHERE a.name = "Café"
RETURN a
