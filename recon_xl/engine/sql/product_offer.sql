-- Product name on a billed or counted line -> billing product, by name or alias; only where exactly one fits.
SELECT value, min(product) AS product
FROM product_name
GROUP BY value
HAVING count(DISTINCT product) = 1
