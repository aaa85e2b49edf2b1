-- Vendor product -> billing product: by ProductId + SkuId (the row that also names term and plan first), else by stock item;
-- only where exactly one product fits.
WITH candidate AS (
    SELECT p.product_no, k.product, 10 - (k.term IS NOT NULL)::INTEGER * 2 - (k.plan IS NOT NULL)::INTEGER AS rank
    FROM in_product AS p
    INNER JOIN product_key AS k
        ON k.product_id = p.product_id AND k.sku_id = p.sku_id
        AND (k.term IS NULL OR k.term = p.term) AND (k.plan IS NULL OR k.plan = p.plan)
    UNION ALL
    SELECT p.product_no, k.product, 20 AS rank
    FROM in_product AS p
    INNER JOIN product_key AS k ON k.stock_key = p.product_key OR k.stock_key = p.sku_key
),
fit AS (
    SELECT product_no, rank, min(product) AS product
    FROM candidate
    GROUP BY product_no, rank
    HAVING count(DISTINCT product) = 1
)
SELECT product_no, min(rank) AS rank, arg_min(product, rank) AS product
FROM fit
GROUP BY product_no
