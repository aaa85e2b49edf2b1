-- Vendor product -> billing product, only where exactly one fits.
SELECT product_no, rank, min(product) AS product
FROM product_candidate
GROUP BY product_no, rank
HAVING count(*) = 1
