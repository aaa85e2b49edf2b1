-- What the PSA bills a client, product and subscription: the unit price of the line with the largest quantity, and the whole.
-- Only where the price basis is as billed: nothing else is priced by it.
SELECT
    b.client,
    b.product,
    b.subscription_id,
    arg_max(b.unit_price, (b.quantity, b.amount, b.unit_price)) AS unit_price,
    arg_max(b.line_currency, (b.quantity, b.amount, b.unit_price)) AS currency,
    b.client_currency,
    CAST(sum(b.quantity) AS DECIMAL(38,18)) AS quantity,
    CAST(sum(c.amount) AS DECIMAL(38,18)) AS amount
FROM billed_line AS b
INNER JOIN billed_amount AS c ON c.n = b.n
INNER JOIN terms AS t ON t.client = b.client AND t.product = b.product AND t.price_basis = 'as billed'
WHERE b.state = 'mapped' AND b.unit_price IS NOT NULL AND c.problem IS NULL
GROUP BY b.client, b.product, b.subscription_id, b.client_currency
