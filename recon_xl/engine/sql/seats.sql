-- Seats at period end of each subscription: the signed sum within its latest cycle, or the last positive quantity by
-- OrderDate where that cycle's opening line is not loaded; a wholly free subscription counts its last line.
WITH line AS (
    SELECT *, max(charge_end) OVER (PARTITION BY client, product, subscription_id) AS latest_end
    FROM mapped_line
    WHERE state = 'mapped' AND kind <> 'usage' AND charge_type <> 'customercredit'
),
latest AS (
    SELECT * FROM line WHERE charge_end IS NOT DISTINCT FROM latest_end
),
folded AS (
    SELECT
        client,
        product,
        subscription_id,
        bool_or(in_period) AS in_period,
        sum(signed_quantity) AS signed_sum,
        bool_or(charge_type IN ('new', 'renew', 'cyclecharge')) AS has_opening,
        bool_and(subtotal = 0 AND is_free) AS is_free,
        arg_max(signed_quantity, (coalesce(order_at, TIMESTAMP '1900-01-01'), signed_quantity)) AS last_quantity,
        arg_max(signed_quantity, (coalesce(order_at, TIMESTAMP '1900-01-01'), signed_quantity))
            FILTER (WHERE signed_quantity > 0) AS last_positive
    FROM latest
    GROUP BY client, product, subscription_id
)
SELECT
    client,
    product,
    subscription_id,
    CASE
        WHEN is_free THEN greatest(last_quantity, 0)
        WHEN has_opening THEN signed_sum
        ELSE coalesce(last_positive, 0)
    END AS seats
FROM folded
WHERE in_period
