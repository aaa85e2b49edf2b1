-- Every client and product that any source speaks of.
SELECT c.client, p.product
FROM vendor_line AS v
INNER JOIN vendor_client AS c ON c.customer_no = v.customer_no
INNER JOIN vendor_product AS p ON p.product_no = v.product_no
UNION
SELECT c.client, p.product
FROM (
    SELECT customer_name_no, product_name_no FROM in_billed_line
    UNION
    SELECT customer_name_no, product_name_no FROM in_count
) AS n
INNER JOIN named_client AS c USING (customer_name_no)
INNER JOIN named_product AS p USING (product_name_no)
WHERE c.client IS NOT NULL AND p.product IS NOT NULL
