-- The vendor lines to be priced: those of this period, and earlier annual ones whose cycle still covers it.
SELECT
    m.n,
    m.client,
    m.product,
    m.client_currency,
    m.reseller,
    m.kind,
    m.charge_type,
    m.plan,
    m.signed_quantity::VARCHAR AS signed_quantity,
    m.subscription_id,
    NOT m.in_period AS is_earlier,
    m.confidence::VARCHAR AS confidence,
    o.opening_n,
    CASE WHEN t.is_free THEN '0' ELSE t.seats::VARCHAR END AS seats,
    m.n IN (SELECT n FROM part) AS is_part
FROM mapped_line AS m
CROSS JOIN setting AS s
LEFT JOIN opening AS o
    ON o.subscription_id = m.subscription_id AND o.product = m.product AND o.charge_end = m.charge_end
LEFT JOIN seats AS t ON t.client = m.client AND t.product = m.product AND t.subscription_id = m.subscription_id
LEFT JOIN covered AS c ON c.client = m.client AND c.product = m.product AND c.subscription_id = m.subscription_id
WHERE m.state = 'mapped'
    AND (m.in_period OR (c.client IS NOT NULL AND m.plan IN ('Annual', 'Triennial') AND m.charge_end >= s.period_start))
ORDER BY m.client, m.product, m.subscription_id, m.charge_end, m.in_period, m.order_at, m.subtotal, m.signed_quantity, m.n
