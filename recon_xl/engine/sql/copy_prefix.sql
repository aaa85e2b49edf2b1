-- What leaving out none, one, two ... copies of equal billed lines takes from a key, largest amount first.
WITH copied AS (
    SELECT
        b.client,
        b.product,
        b.client_currency AS currency,
        coalesce(g.subscription_id, '') AS subscription_id,
        c.amount,
        b.quantity,
        b.n
    FROM billed_line AS b
    INNER JOIN billed_amount AS c ON c.n = b.n
    LEFT JOIN by_subscription AS g
        ON g.client = b.client AND g.product = b.product AND g.currency = b.client_currency
        AND g.subscription_id = b.subscription_id
    WHERE b.state = 'mapped' AND b.is_copy
)
SELECT
    client,
    product,
    currency,
    subscription_id,
    CAST(sum(amount) OVER running AS DECIMAL(38,18)) AS amount,
    CAST(sum(quantity) OVER running AS DECIMAL(38,18)) AS quantity,
    row_number() OVER running AS copies
FROM copied
WINDOW running AS (
    PARTITION BY client, product, currency, subscription_id ORDER BY abs(amount) DESC, n
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
)
UNION ALL
SELECT DISTINCT client, product, currency, subscription_id, CAST(0 AS DECIMAL(38,18)), CAST(0 AS DECIMAL(38,18)), 0
FROM copied
