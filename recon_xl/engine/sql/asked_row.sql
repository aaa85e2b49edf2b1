-- The source lines behind the client and product pairs of `asked`: vendor lines first, then billed lines, then counts.
-- A pair without a product asks for all lines of the client.
SELECT 1 AS side, a.client, a.product, m.subscription_id, m.line_id
FROM mapped_line AS m
INNER JOIN asked AS a ON a.client = m.client AND a.product IN ('', m.product)
WHERE m.in_period AND m.state NOT IN ('duplicate')
UNION ALL
SELECT 2 AS side, a.client, a.product, b.subscription_id, b.line_id
FROM billed_line AS b
INNER JOIN asked AS a ON a.client = b.client AND a.product IN ('', b.product)
WHERE b.state <> 'other period'
UNION ALL
SELECT 3 AS side, a.client, a.product, '' AS subscription_id, n.line_id
FROM count_line AS n
INNER JOIN asked AS a ON a.client = n.client AND a.product IN ('', n.product)
WHERE n.state = 'fresh'
