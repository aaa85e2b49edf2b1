-- Every billed line with its client, product and state, and whether it is a copy of an equal line.
SELECT
    b.*,
    coalesce(b.month, s.period) AS period,
    c.* EXCLUDE (customer_name_no),
    p.* EXCLUDE (product_name_no),
    d.currency AS client_currency,
    coalesce(nullif(b.currency, ''), d.currency) AS line_currency,
    b.copy > 1 AS is_copy,
    CASE
        WHEN coalesce(b.month, s.period) <> s.period THEN 'other period'
        WHEN b.unreadable THEN 'unreadable'
        WHEN c.client IS NULL THEN 'unmapped client'
        WHEN p.product IS NULL THEN 'unmapped product'
        WHEN t.quantity_source = 'none' THEN 'policy'
        ELSE 'mapped'
    END AS state
FROM in_billed_line AS b
CROSS JOIN setting AS s
INNER JOIN named_client AS c ON c.customer_name_no = b.customer_name_no
INNER JOIN named_product AS p ON p.product_name_no = b.product_name_no
LEFT JOIN client AS d ON d.client = c.client
LEFT JOIN terms AS t ON t.client = c.client AND t.product = p.product
