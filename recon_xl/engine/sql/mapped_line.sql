-- Every vendor line with its client, product and state; exactly one row a line.
SELECT
    v.*,
    c.client,
    c.rank AS client_rank,
    p.product,
    p.rank AS product_rank,
    d.currency AS client_currency,
    d.reseller,
    t.quantity_source,
    t.price_basis,
    CASE
        WHEN v.unreadable THEN 'unreadable'
        WHEN v.is_duplicate THEN 'duplicate'
        WHEN c.client IS NULL THEN 'unmapped client'
        WHEN p.product IS NULL THEN 'unmapped product'
        WHEN t.quantity_source = 'vendor' THEN 'mapped'
        ELSE 'policy'
    END AS state
FROM vendor_line AS v
LEFT JOIN vendor_client AS c ON c.customer_id = v.customer_id AND c.name_key = v.name_key
LEFT JOIN vendor_product AS p
    ON p.product_id = v.product_id AND p.sku_id = v.sku_id
    AND p.term IS NOT DISTINCT FROM v.term AND p.plan IS NOT DISTINCT FROM v.plan
    AND p.product_key = v.product_key AND p.sku_key = v.sku_key
LEFT JOIN client AS d ON d.client = c.client
LEFT JOIN terms AS t ON t.client = c.client AND t.product = p.product
