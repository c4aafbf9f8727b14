// params: date = 2016-
RETURN $date AS date
