-- Vendor customer -> client: by id, else by the exact name, else by declared alias, else by normalised name. An id or name that
-- fits two clients equally well fits none: it is never passed on to a weaker reading.
WITH candidate AS (
    SELECT c.customer_no, k.rank, k.client
    FROM in_customer AS c
    INNER JOIN client_key AS k ON k.rank = 1 AND k.value = c.customer_id
    UNION ALL
    SELECT c.customer_no, k.rank, k.client
    FROM in_customer AS c
    INNER JOIN client_key AS k ON k.rank = 2 AND k.value = c.exact_key
    UNION ALL
    SELECT c.customer_no, k.rank, k.client
    FROM in_customer AS c
    INNER JOIN client_key AS k ON k.rank > 2 AND k.value = c.name_key
),
best AS (
    SELECT customer_no, min(rank) AS rank
    FROM candidate
    GROUP BY customer_no
)
SELECT c.customer_no, b.rank, min(c.client) AS client
FROM candidate AS c
INNER JOIN best AS b ON b.customer_no = c.customer_no AND b.rank = c.rank
GROUP BY c.customer_no, b.rank
HAVING count(DISTINCT c.client) = 1
