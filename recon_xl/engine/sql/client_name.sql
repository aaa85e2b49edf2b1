-- Name on a billed or counted line -> client. A name that fits two clients equally well fits none: it is never passed on to a
-- weaker reading.
SELECT value, rank, min(client) AS client
FROM name_candidate
GROUP BY value, rank
HAVING count(*) = 1
