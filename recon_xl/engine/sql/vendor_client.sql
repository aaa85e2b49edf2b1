-- Vendor customer -> client: by id, else by declared alias, else by normalised name; only where exactly one client fits.
WITH candidate AS (
    SELECT c.customer_no, k.rank, k.client
    FROM in_customer AS c
    INNER JOIN client_key AS k ON k.rank = 1 AND k.value = c.customer_id
    UNION ALL
    SELECT c.customer_no, k.rank, k.client
    FROM in_customer AS c
    INNER JOIN client_key AS k ON k.rank > 1 AND k.value = c.name_key
),
fit AS (
    SELECT customer_no, rank, min(client) AS client
    FROM candidate
    GROUP BY customer_no, rank
    HAVING count(DISTINCT client) = 1
)
SELECT customer_no, min(rank) AS rank, arg_min(client, rank) AS client
FROM fit
GROUP BY customer_no
