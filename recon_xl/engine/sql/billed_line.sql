-- Every billed line with its client, product and state, and whether it is a copy of an equal line.
SELECT
    b.*,
    coalesce(b.month, s.period) AS period,
    coalesce(x.client, y.client) AS client,
    coalesce(x.rank, y.rank) AS client_rank,
    coalesce(o.product, p.product) AS product,
    d.currency AS client_currency,
    coalesce(nullif(b.currency, ''), d.currency) AS line_currency,
    b.copy > 1 AS is_copy,
    CASE
        WHEN coalesce(b.month, s.period) <> s.period THEN 'other period'
        WHEN b.unreadable THEN 'unreadable'
        WHEN coalesce(x.client, y.client) IS NULL THEN 'unmapped client'
        WHEN coalesce(o.product, p.product) IS NULL THEN 'unmapped product'
        WHEN t.quantity_source = 'none' THEN 'policy'
        ELSE 'mapped'
    END AS state
FROM in_billed_line AS b
CROSS JOIN setting AS s
LEFT JOIN client_name AS x ON x.value = b.exact_key
LEFT JOIN client_name AS y ON y.value = b.customer_key
LEFT JOIN product_offer AS o ON o.value = b.exact_product
LEFT JOIN product_offer AS p ON p.value = b.product_key
LEFT JOIN client AS d ON d.client = coalesce(x.client, y.client)
LEFT JOIN terms AS t ON t.client = coalesce(x.client, y.client) AND t.product = coalesce(o.product, p.product)
