-- Name on a billed or counted line -> client: by declared alias or code, else by normalised name; only where exactly one fits.
WITH fit AS (
    SELECT value, rank, min(client) AS client
    FROM client_key
    WHERE rank > 1
    GROUP BY value, rank
    HAVING count(DISTINCT client) = 1
)
SELECT value, min(rank) AS rank, arg_min(client, rank) AS client
FROM fit
GROUP BY value
