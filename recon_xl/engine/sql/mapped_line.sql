-- Every vendor line with its client, product and state; exactly one row a line.
SELECT
    v.*,
    c.client,
    p.product,
    d.currency AS client_currency,
    d.reseller,
    i.plan,
    CASE
        WHEN v.unreadable THEN 'unreadable'
        WHEN v.copy > 1 THEN 'duplicate'
        WHEN c.client IS NULL THEN 'unmapped client'
        WHEN p.product IS NULL THEN 'unmapped product'
        WHEN t.quantity_source = 'vendor' THEN 'mapped'
        ELSE 'policy'
    END AS state,
    CASE WHEN c.rank <= 2 THEN 1.0 WHEN c.rank = 3 THEN 0.95 ELSE 0.9 END * CASE WHEN p.rank < 20 THEN 1.0 ELSE 0.9 END AS confidence
FROM vendor_line AS v
INNER JOIN in_product AS i ON i.product_no = v.product_no
LEFT JOIN vendor_client AS c ON c.customer_no = v.customer_no
LEFT JOIN vendor_product AS p ON p.product_no = v.product_no
LEFT JOIN client AS d ON d.client = c.client
LEFT JOIN terms AS t ON t.client = c.client AND t.product = p.product
