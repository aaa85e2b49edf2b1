-- Every client and product that any source speaks of.
SELECT c.client, p.product
FROM vendor_line AS v
INNER JOIN vendor_client AS c ON c.customer_no = v.customer_no
INNER JOIN vendor_product AS p ON p.product_no = v.product_no
UNION
SELECT coalesce(x.client, y.client) AS client, coalesce(o.product, p.product) AS product
FROM in_billed_line AS b
LEFT JOIN client_name AS x ON x.value = b.exact_key
LEFT JOIN client_name AS y ON y.value = b.customer_key
LEFT JOIN product_offer AS o ON o.value = b.exact_product
LEFT JOIN product_offer AS p ON p.value = b.product_key
WHERE coalesce(x.client, y.client) IS NOT NULL AND coalesce(o.product, p.product) IS NOT NULL
UNION
SELECT coalesce(x.client, y.client) AS client, coalesce(o.product, p.product) AS product
FROM in_count AS n
LEFT JOIN client_name AS x ON x.value = n.exact_key
LEFT JOIN client_name AS y ON y.value = n.customer_key
LEFT JOIN product_offer AS o ON o.value = n.exact_product
LEFT JOIN product_offer AS p ON p.value = n.product_key
WHERE coalesce(x.client, y.client) IS NOT NULL AND coalesce(o.product, p.product) IS NOT NULL
