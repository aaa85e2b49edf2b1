-- Every client and product that any source speaks of.
SELECT c.client, p.product
FROM vendor_line AS v
INNER JOIN vendor_client AS c ON c.customer_id = v.customer_id AND c.name_key = v.name_key
INNER JOIN vendor_product AS p
    ON p.product_id = v.product_id AND p.sku_id = v.sku_id
    AND p.term IS NOT DISTINCT FROM v.term AND p.plan IS NOT DISTINCT FROM v.plan
    AND p.product_key = v.product_key AND p.sku_key = v.sku_key
UNION
SELECT c.client, p.product
FROM in_billed_line AS b
INNER JOIN client_name AS c ON c.value = b.customer_key
INNER JOIN product_offer AS p ON p.value = b.product_key
UNION
SELECT c.client, p.product
FROM in_count AS n
INNER JOIN client_name AS c ON c.value = n.customer_key
INNER JOIN product_offer AS p ON p.value = n.product_key
