-- Every counted row with its client, product and state; rows equal in client, product, source, basis, date and dedupe key
-- (without one: in the names as printed) count once.
SELECT
    n.*,
    coalesce(x.client, y.client) AS client,
    coalesce(o.product, p.product) AS product,
    row_number() OVER (same ORDER BY n.quantity DESC, n.row_number) > 1 AS is_copy,
    count(*) OVER same AS copies,
    CASE
        WHEN n.unreadable THEN 'unreadable'
        WHEN coalesce(x.client, y.client) IS NULL THEN 'unmapped client'
        WHEN coalesce(o.product, p.product) IS NULL THEN 'unmapped product'
        WHEN n.as_of > s.period_end THEN 'later'
        WHEN n.as_of < s.period_end - s.stale_after THEN 'stale'
        ELSE 'fresh'
    END AS state
FROM in_count AS n
CROSS JOIN setting AS s
LEFT JOIN client_name AS x ON x.value = n.exact_key
LEFT JOIN client_name AS y ON y.value = n.customer_key
LEFT JOIN product_offer AS o ON o.value = n.exact_product
LEFT JOIN product_offer AS p ON p.value = n.product_key
WINDOW same AS (
    PARTITION BY coalesce(x.client, y.client), coalesce(o.product, p.product), n.source_key, n.basis, n.as_of,
        CASE WHEN n.dedupe_key <> '' THEN n.dedupe_key ELSE n.customer_key || '|' || n.product_key END
)
