-- Monthly usage beside its daily rows: by invoice, currency, subscription, ProductId and SkuId; by subscription alone where a
-- side does not print the product. Only invoices that both files know.
WITH both_files AS (
    SELECT invoice, currency FROM monthly_usage
    INTERSECT
    SELECT invoice, currency FROM daily_usage
),
unnamed AS (
    SELECT invoice, currency, subscription_id FROM monthly_usage WHERE product_id = ''
    UNION
    SELECT invoice, currency, subscription_id FROM daily_usage WHERE product_id = ''
),
monthly AS (
    SELECT
        m.invoice,
        m.currency,
        m.subscription_id,
        CASE WHEN u.invoice IS NULL THEN m.product_id ELSE '' END AS product_id,
        CASE WHEN u.invoice IS NULL THEN m.sku_id ELSE '' END AS sku_id,
        min(m.customer) AS customer,
        min(m.product) AS product,
        CAST(sum(m.cost) AS DECIMAL(38,18)) AS cost,
        flatten(list(m.line_ids)) AS line_ids
    FROM monthly_usage AS m
    LEFT JOIN unnamed AS u USING (invoice, currency, subscription_id)
    GROUP BY ALL
),
daily AS (
    SELECT
        d.invoice,
        d.currency,
        d.subscription_id,
        CASE WHEN u.invoice IS NULL THEN d.product_id ELSE '' END AS product_id,
        CASE WHEN u.invoice IS NULL THEN d.sku_id ELSE '' END AS sku_id,
        min(d.customer) AS customer,
        min(d.product) AS product,
        CAST(sum(d.cost) AS DECIMAL(38,18)) AS cost,
        sum(d.rows) AS rows,
        flatten(list(d.line_ids)) AS line_ids
    FROM daily_usage AS d
    LEFT JOIN unnamed AS u USING (invoice, currency, subscription_id)
    WHERE NOT d.is_credit
    GROUP BY ALL
)
SELECT
    invoice,
    currency,
    subscription_id,
    product_id,
    sku_id,
    coalesce(m.customer, d.customer) AS customer,
    coalesce(m.product, d.product) AS product,
    coalesce(m.cost, 0) AS monthly,
    coalesce(d.cost, 0) AS daily,
    coalesce(d.rows, 0) AS rows,
    m.line_ids AS monthly_ids,
    d.line_ids AS daily_ids
FROM monthly AS m
FULL OUTER JOIN daily AS d USING (invoice, currency, subscription_id, product_id, sku_id)
INNER JOIN both_files AS b USING (invoice, currency)
