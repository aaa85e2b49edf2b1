-- Earlier charges of the open keys' subscriptions, latest first, as `price_input` has those of this period.
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
    FALSE AS is_earlier,
    m.confidence::VARCHAR AS confidence,
    m.n AS opening_n,
    CASE WHEN t.is_free THEN '0' ELSE t.seats::VARCHAR END AS seats,
    m.n IN (SELECT n FROM part) AS is_part
FROM mapped_line AS m
LEFT JOIN seats AS t ON t.client = m.client AND t.product = m.product AND t.subscription_id = m.subscription_id
WHERE m.state = 'mapped' AND NOT m.in_period AND m.kind <> 'usage' AND m.subscription_id <> ''
    AND m.charge_type IN ('new', 'renew', 'cyclecharge')
    AND (m.client, m.product) IN (SELECT k.client, k.product FROM open_key AS k)
ORDER BY m.client, m.product, m.subscription_id, m.charge_end DESC, m.period DESC, m.order_at DESC, m.n
