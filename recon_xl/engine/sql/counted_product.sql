-- Whether a client's count of a product can be told: the product has a fresh count for some client, and no stale one for this client.
WITH fresh AS (
    SELECT DISTINCT product FROM count_line WHERE state = 'fresh'
),
own AS (
    SELECT client, product, bool_or(state = 'fresh') AS has_fresh
    FROM count_line
    WHERE state IN ('fresh', 'stale')
    GROUP BY client, product
)
SELECT t.client, t.product, f.product IS NOT NULL AND coalesce(o.has_fresh, TRUE) AS is_counted
FROM terms AS t
LEFT JOIN fresh AS f ON f.product = t.product
LEFT JOIN own AS o ON o.client = t.client AND o.product = t.product
WHERE t.quantity_source = 'count'
