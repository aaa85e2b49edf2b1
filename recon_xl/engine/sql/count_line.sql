-- Every counted row with its client, product and state; rows equal in client, product, source, basis, date and dedupe key
-- (without one: in the names as printed) count once.
SELECT
    n.*,
    c.* EXCLUDE (customer_name_no, client_rank),
    p.* EXCLUDE (product_name_no),
    row_number() OVER (same ORDER BY n.quantity DESC, n.row_number) > 1 AS is_copy,
    count(*) OVER same AS copies,
    CASE
        WHEN n.unreadable THEN 'unreadable'
        WHEN c.client IS NULL THEN 'unmapped client'
        WHEN p.product IS NULL THEN 'unmapped product'
        WHEN n.as_of > s.period_end THEN 'later'
        WHEN n.as_of < s.period_end - s.stale_after THEN 'stale'
        ELSE 'fresh'
    END AS state
FROM in_count AS n
CROSS JOIN setting AS s
INNER JOIN named_client AS c ON c.customer_name_no = n.customer_name_no
INNER JOIN named_product AS p ON p.product_name_no = n.product_name_no
WINDOW same AS (
    PARTITION BY c.client, p.product, n.source_key, n.basis, n.as_of,
        CASE WHEN n.dedupe_key <> '' THEN n.dedupe_key ELSE c.customer_key || '|' || p.product_key END
)
