-- The source lines behind the client and product pairs of `asked`: vendor lines first, then billed lines, then counts.
SELECT 1 AS side, m.client, m.product, m.subscription_id, m.line_id
FROM mapped_line AS m
INNER JOIN asked AS a USING (client, product)
WHERE m.in_period AND m.state NOT IN ('duplicate')
UNION ALL
SELECT 2 AS side, b.client, b.product, b.subscription_id, b.line_id
FROM billed_line AS b
INNER JOIN asked AS a USING (client, product)
WHERE b.state <> 'other period'
UNION ALL
SELECT 3 AS side, n.client, n.product, '' AS subscription_id, n.line_id
FROM count_line AS n
INNER JOIN asked AS a USING (client, product)
WHERE n.state = 'fresh'
