-- What each mapped billed line comes to in its client's currency, and why where that is not known.
SELECT n, amount, NULL::VARCHAR AS problem
FROM billed_line
WHERE state = 'mapped' AND NOT is_computed AND line_currency = client_currency
UNION ALL
SELECT n, amount, problem
FROM converted_amount
