-- Every client and product that any source speaks of.
SELECT c.client, p.product
FROM vendor_line AS v
INNER JOIN vendor_client AS c ON c.customer_no = v.customer_no
INNER JOIN vendor_product AS p ON p.product_no = v.product_no
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
