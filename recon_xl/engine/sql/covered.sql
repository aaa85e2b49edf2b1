-- Subscriptions charged upfront in an earlier period, with seats left in a cycle that still covers this one.
SELECT m.client, m.product, m.subscription_id
FROM mapped_line AS m
CROSS JOIN setting AS s
WHERE m.state = 'mapped' AND NOT m.in_period AND m.plan IN ('Annual', 'Triennial') AND m.charge_end >= s.period_start
    AND m.charge_type <> 'customercredit'
GROUP BY m.client, m.product, m.subscription_id
HAVING sum(m.signed_quantity) > 0
