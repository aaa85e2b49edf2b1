-- What is planned to be billed, in the client's currency, for each client, product and subscription.
SELECT
    b.client,
    b.product,
    b.client_currency AS currency,
    b.subscription_id,
    CAST(sum(b.quantity) AS DECIMAL(38,18)) AS quantity,
    CAST(sum(c.amount) AS DECIMAL(38,18)) AS billed,
    count(*) AS lines,
    max(c.problem) AS problem,
    bool_or(b.line_currency <> b.client_currency) AS is_foreign,
    min(CASE b.client_rank WHEN 2 THEN 1.0 WHEN 3 THEN 0.95 ELSE 0.9 END) AS confidence
FROM billed_line AS b
INNER JOIN billed_amount AS c ON c.n = b.n
WHERE b.state = 'mapped'
GROUP BY b.client, b.product, b.client_currency, b.subscription_id
