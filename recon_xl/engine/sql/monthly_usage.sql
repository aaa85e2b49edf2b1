-- What the monthly invoices of the period charge for usage, by subscription and vendor product. Credits given to the customer
-- are no usage, and stand in no daily file.
SELECT
    m.invoice,
    m.currency,
    m.subscription_id,
    i.product_id,
    i.sku_id,
    min(m.client) AS client,
    coalesce(m.client, c.customer_name) AS customer,
    coalesce(min(m.product), '') AS product,
    CAST(sum(m.subtotal) AS DECIMAL(38,18)) AS cost,
    count(*) AS lines,
    list(m.line_id ORDER BY m.line_id) AS line_ids
FROM mapped_line AS m
INNER JOIN in_product AS i ON i.product_no = m.product_no
INNER JOIN in_customer AS c ON c.customer_no = m.customer_no
WHERE m.in_period AND m.kind = 'usage' AND m.state NOT IN ('duplicate', 'unreadable') AND m.charge_type <> 'customercredit'
GROUP BY m.invoice, m.currency, m.subscription_id, i.product_id, i.sku_id, coalesce(m.client, c.customer_name)
