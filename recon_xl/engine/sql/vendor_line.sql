-- Vendor lines of this period and earlier ones, signed: sign of Subtotal, else of EffectiveUnitPrice, else plus unless the
-- quantity is negative or the subscription was cancelled.
SELECT
    l.*,
    l.period = s.period AS in_period,
    abs(l.quantity) * CASE
        WHEN l.subtotal <> 0 THEN sign(l.subtotal)
        WHEN l.price_sign <> 0 THEN l.price_sign
        WHEN l.quantity < 0 OR l.charge_type = 'cancelimmediate' THEN -1
        ELSE 1
    END AS signed_quantity
FROM in_vendor_line AS l
CROSS JOIN setting AS s
WHERE l.period <= s.period
