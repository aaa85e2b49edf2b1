-- The clients that a vendor customer fits: by id, else by the exact name, else by declared alias, else by normalised name.
-- Only the strongest reading counts; where it fits several clients, weaker ones are not asked.
WITH fitting AS (
    SELECT c.customer_no, k.rank, k.client
    FROM in_customer AS c
    INNER JOIN client_key AS k ON k.rank = 1 AND k.value = c.customer_id
    UNION
    SELECT c.customer_no, k.rank, k.client
    FROM in_customer AS c
    INNER JOIN client_key AS k ON k.rank = 2 AND k.value = c.exact_key
    UNION
    SELECT c.customer_no, k.rank, k.client
    FROM in_customer AS c
    INNER JOIN client_key AS k ON k.rank > 2 AND k.value = c.name_key
)
SELECT customer_no, rank, client
FROM fitting
QUALIFY rank = min(rank) OVER (PARTITION BY customer_no)
