-- The unit price that the PSA bills, for "as billed": of the line with the largest quantity.
SELECT
    client,
    product,
    subscription_id,
    arg_max(unit_price, (quantity, amount, unit_price)) AS unit_price,
    arg_max(line_currency, (quantity, amount, unit_price)) AS currency
FROM billed_line
WHERE state = 'mapped' AND unit_price IS NOT NULL
GROUP BY client, product, subscription_id
