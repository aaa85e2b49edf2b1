-- The vendor lines to be priced: those of this period, and earlier annual ones whose cycle still covers it.
SELECT
    m.client,
    m.product,
    m.client_currency,
    m.reseller,
    m.subscription_id,
    m.customer_id,
    m.line_id,
    m.kind,
    m.charge_type,
    m.charge_start,
    m.charge_end,
    m.plan,
    m.term,
    m.sub_start,
    m.product_id,
    m.sku_id,
    m.signed_quantity,
    m.price_text,
    m.unit_price_text,
    m.pc_to_bc_text,
    m.subtotal,
    m.currency,
    m.pricing_currency,
    o.opening_price,
    t.seats,
    NOT m.in_period AS is_earlier,
    CASE m.client_rank WHEN 1 THEN 1.0 WHEN 2 THEN 0.95 ELSE 0.9 END
        * CASE WHEN m.product_rank < 20 THEN 1.0 ELSE 0.9 END AS confidence
FROM mapped_line AS m
CROSS JOIN setting AS s
LEFT JOIN opening AS o ON o.subscription_id = m.subscription_id AND o.charge_end = m.charge_end
LEFT JOIN seats AS t ON t.client = m.client AND t.product = m.product AND t.subscription_id = m.subscription_id
LEFT JOIN covered AS c ON c.client = m.client AND c.product = m.product AND c.subscription_id = m.subscription_id
WHERE m.state = 'mapped'
    AND (m.in_period OR (c.client IS NOT NULL AND m.plan IN ('Annual', 'Triennial') AND m.charge_end >= s.period_start))
ORDER BY m.client, m.product, m.subscription_id, m.charge_end, m.in_period, m.order_at, m.digest
