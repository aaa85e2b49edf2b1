-- Whether a client's count of a product can be told: the product has a fresh count for some client, and no stale one for
-- this client; where Products declares a source, only that source speaks.
WITH spoken AS (
    SELECT n.client, n.product, n.state = 'fresh' AS is_fresh
    FROM count_line AS n
    INNER JOIN terms AS t ON t.client = n.client AND t.product = n.product
    WHERE n.state IN ('fresh', 'stale') AND (t.count_source IS NULL OR t.count_source = n.source_key)
),
fresh AS (
    SELECT DISTINCT product FROM spoken WHERE is_fresh
),
own AS (
    SELECT client, product, bool_or(is_fresh) AS has_fresh FROM spoken GROUP BY client, product
)
SELECT t.client, t.product, f.product IS NOT NULL AND coalesce(o.has_fresh, TRUE) AS is_counted
FROM terms AS t
LEFT JOIN fresh AS f ON f.product = t.product
LEFT JOIN own AS o ON o.client = t.client AND o.product = t.product
WHERE t.quantity_source = 'count'
