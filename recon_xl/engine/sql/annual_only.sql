-- Client and product pairs that a monthly bill cannot be checked against: an active annual or triennial subscription, or a
-- product that the price list sells on annual or triennial plans only.
WITH plan_of AS (
    SELECT k.product, bool_and(lower(l.plan) IN ('annual', 'triennial')) AS is_annual
    FROM in_price_plan AS l
    INNER JOIN product_key AS k ON k.product_id = l.product_id AND k.sku_id = l.sku_id
    WHERE l.plan IS NOT NULL AND (k.plan IS NULL OR lower(k.plan) = lower(l.plan))
    GROUP BY k.product
)
SELECT c.client, k.product
FROM in_subscription AS s
INNER JOIN tenant AS c ON c.customer_id = s.customer_id
INNER JOIN product_key AS k ON k.product_id = s.product_id AND k.sku_id = s.sku_id
CROSS JOIN setting AS t
WHERE s.is_active AND (s.ends IS NULL OR s.ends >= t.period_start) AND lower(s.plan) IN ('annual', 'triennial')
UNION
SELECT d.client, p.product
FROM client AS d
CROSS JOIN plan_of AS p
WHERE p.is_annual
