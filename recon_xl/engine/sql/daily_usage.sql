-- Every group of daily usage with its client and the billing product of its subscription; exactly one row a group. A row
-- without a customer belongs to the one whose monthly lines name its subscription.
WITH charged AS (
    SELECT m.subscription_id, m.client, m.product, coalesce(m.client, c.customer_name) AS customer
    FROM mapped_line AS m
    INNER JOIN in_customer AS c ON c.customer_no = m.customer_no
    WHERE m.kind = 'usage' AND m.subscription_id <> ''
),
product_of AS (
    SELECT subscription_id, customer, min(product) AS product FROM charged GROUP BY subscription_id, customer
),
owner_of AS (
    SELECT subscription_id, min(client) AS client, min(customer) AS customer
    FROM charged
    GROUP BY subscription_id
    HAVING count(DISTINCT customer) = 1
),
named AS (
    SELECT
        d.*,
        CASE WHEN c.customer_id = '' AND c.name_key = '' THEN o.client ELSE v.client END AS client,
        CASE WHEN c.customer_id = '' AND c.name_key = '' THEN coalesce(o.customer, c.customer_name)
            ELSE coalesce(v.client, c.customer_name) END AS customer
    FROM in_daily AS d
    INNER JOIN in_customer AS c ON c.customer_no = d.customer_no
    LEFT JOIN vendor_client AS v ON v.customer_no = d.customer_no
    LEFT JOIN owner_of AS o ON o.subscription_id = d.subscription_id
)
SELECT n.*, coalesce(p.product, '') AS product
FROM named AS n
LEFT JOIN product_of AS p ON p.subscription_id = n.subscription_id AND p.customer = n.customer
