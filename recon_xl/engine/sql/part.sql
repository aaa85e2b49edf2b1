-- Second lines of one purchase: Microsoft prints a product with a telco part (Microsoft 365 E5) as two lines of one charge
-- at two prices, taxed apart. Seats and unit prices count the dearer line alone; cost and money count both.
WITH line AS (
    SELECT n, client, document_no, product_no, subscription_id, charge_type, charge_end, order_at, signed_quantity, subtotal
    FROM mapped_line
    WHERE state = 'mapped' AND kind IN ('licence', 'software') AND subscription_id <> '' AND charge_end IS NOT NULL
        AND subtotal <> 0 AND charge_type <> 'customercredit'
        AND (order_at IS NOT NULL OR charge_type IN ('new', 'renew', 'cyclecharge'))
),
split AS (
    SELECT
        client, document_no, product_no, subscription_id, charge_type, charge_end, order_at, signed_quantity,
        arg_max(n, (abs(subtotal), -n)) AS lead_n
    FROM line
    GROUP BY client, document_no, product_no, subscription_id, charge_type, charge_end, order_at, signed_quantity
    HAVING min(subtotal) <> max(subtotal)
)
SELECT l.n
FROM line AS l
INNER JOIN split AS s
    USING (client, document_no, product_no, subscription_id, charge_type, charge_end, signed_quantity)
WHERE l.order_at IS NOT DISTINCT FROM s.order_at AND l.n <> s.lead_n
