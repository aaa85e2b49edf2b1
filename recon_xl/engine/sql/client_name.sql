-- Name on a billed or counted line -> client: the exact name or code first, then a declared alias, then the normalised name.
-- A name that fits two clients equally well fits none: it is never passed on to a weaker reading.
WITH best AS (
    SELECT value, min(rank) AS rank
    FROM client_key
    WHERE rank > 1
    GROUP BY value
)
SELECT k.value, b.rank, min(k.client) AS client
FROM client_key AS k
INNER JOIN best AS b ON b.value = k.value AND b.rank = k.rank
GROUP BY k.value, b.rank
HAVING count(DISTINCT k.client) = 1
