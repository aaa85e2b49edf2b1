-- Vendor customer -> client: by id, else by declared alias, else by normalised name; only where exactly one client fits.
WITH seen AS (
    SELECT DISTINCT customer_id, name_key FROM vendor_line
),
candidate AS (
    SELECT s.customer_id, s.name_key, k.rank, k.client
    FROM seen AS s
    INNER JOIN client_key AS k ON k.rank = 1 AND k.value = s.customer_id
    UNION ALL
    SELECT s.customer_id, s.name_key, k.rank, k.client
    FROM seen AS s
    INNER JOIN client_key AS k ON k.rank > 1 AND k.value = s.name_key
),
fit AS (
    SELECT customer_id, name_key, rank, min(client) AS client
    FROM candidate
    GROUP BY customer_id, name_key, rank
    HAVING count(DISTINCT client) = 1
)
SELECT customer_id, name_key, min(rank) AS rank, arg_min(client, rank) AS client
FROM fit
GROUP BY customer_id, name_key
