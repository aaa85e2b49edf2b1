-- Seats at period end of each subscription: the signed sum within its latest cycle, or the last positive quantity by
-- OrderDate where that cycle's opening line is not loaded; a wholly free subscription counts its last line.
WITH line AS (
    SELECT client, product, subscription_id, charge_end, order_at, in_period, signed_quantity, charge_type, subtotal, is_free,
        max(charge_end) OVER (PARTITION BY client, product, subscription_id) AS latest_end
    FROM mapped_line
    WHERE state = 'mapped' AND kind <> 'usage' AND charge_type <> 'customercredit' AND n NOT IN (SELECT n FROM part)
),
latest AS (
    SELECT *, coalesce(order_at, TIMESTAMP '1900-01-01') AS ordered
    FROM line
    WHERE charge_end IS NOT DISTINCT FROM latest_end
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
        arg_max(signed_quantity, (ordered, charge_type = 'cancelimmediate', signed_quantity)) AS last_quantity,
        max(ordered) FILTER (WHERE signed_quantity > 0) AS last_raised
    FROM latest
    GROUP BY client, product, subscription_id
),
-- Several changes at one time wipe each other: what is left is the positive quantity without an equal negative one.
standing AS (
    SELECT client, product, subscription_id, abs(l.signed_quantity) AS quantity
    FROM latest AS l
    INNER JOIN folded AS f USING (client, product, subscription_id)
    WHERE l.ordered = f.last_raised
    GROUP BY client, product, subscription_id, abs(l.signed_quantity)
    HAVING sum(sign(l.signed_quantity)) > 0
),
last_positive AS (
    SELECT client, product, subscription_id, max(quantity) AS quantity
    FROM standing
    GROUP BY client, product, subscription_id
)
SELECT
    client,
    product,
    subscription_id,
    f.is_free,
    CASE
        WHEN f.is_free THEN greatest(f.last_quantity, 0)
        WHEN f.has_opening THEN f.signed_sum
        ELSE coalesce(p.quantity, 0)
    END AS seats
FROM folded AS f
LEFT JOIN last_positive AS p USING (client, product, subscription_id)
