-- The opening line of each charge cycle (same subscription, product and charge end), from any loaded period.
SELECT subscription_id, product, charge_end, arg_min(n, (coalesce(order_at, TIMESTAMP '9999-12-31'), -subtotal, n)) AS opening_n
FROM mapped_line
WHERE charge_type IN ('new', 'renew', 'cyclecharge') AND state NOT IN ('duplicate', 'unreadable') AND subscription_id <> ''
GROUP BY subscription_id, product, charge_end
