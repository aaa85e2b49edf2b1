-- The subscriptions that are compared on their own: every line of both sides of the client, product and currency carries an
-- id, and this id stands on both sides. What is left of the key is compared net.
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
SELECT DISTINCT x.client, x.product, x.currency, x.subscription_id
FROM expected_side AS x
INNER JOIN billed_side AS y USING (client, product, currency, subscription_id)
INNER JOIN expected AS e USING (client, product, currency)
INNER JOIN billed AS b USING (client, product, currency)
WHERE e.all_carry AND b.all_carry
