-- The client, product and currency groups that are compared by subscription too: every line of both sides carries an id,
-- and at least one id stands on both sides.
WITH expected AS (
    SELECT client, product, currency, bool_and(subscription_id <> '') AS all_carry
    FROM expected_side
    GROUP BY client, product, currency
),
billed AS (
    SELECT client, product, currency, bool_and(subscription_id <> '') AS all_carry
    FROM billed_side
    GROUP BY client, product, currency
)
SELECT DISTINCT e.client, e.product, e.currency
FROM expected AS e
INNER JOIN billed AS b USING (client, product, currency)
INNER JOIN expected_side AS x USING (client, product, currency)
INNER JOIN billed_side AS y USING (client, product, currency)
WHERE e.all_carry AND b.all_carry AND x.subscription_id = y.subscription_id
