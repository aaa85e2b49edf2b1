-- Every group of daily usage with its client and the billing product of its subscription; exactly one row a group.
WITH product_of AS (
    SELECT subscription_id, coalesce(client, '') AS client, min(product) AS product
    FROM mapped_line
    WHERE kind = 'usage' AND product IS NOT NULL AND subscription_id <> ''
    GROUP BY subscription_id, coalesce(client, '')
)
SELECT d.*, v.client, coalesce(v.client, c.customer_name) AS customer, coalesce(p.product, '') AS product
FROM in_daily AS d
INNER JOIN in_customer AS c ON c.customer_no = d.customer_no
LEFT JOIN vendor_client AS v ON v.customer_no = d.customer_no
LEFT JOIN product_of AS p ON p.subscription_id = d.subscription_id AND p.client = coalesce(v.client, '')
