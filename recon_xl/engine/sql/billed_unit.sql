-- The unit price that the PSA bills, for "as billed": of the line with the largest quantity.
SELECT
    client,
    product,
    subscription_id,
    arg_max(unit_price_text, (quantity, amount, unit_price_text)) AS unit_price_text,
    arg_max(line_currency, (quantity, amount, unit_price_text)) AS currency
FROM billed_line
WHERE state = 'mapped' AND unit_price_text IS NOT NULL
GROUP BY client, product, subscription_id
