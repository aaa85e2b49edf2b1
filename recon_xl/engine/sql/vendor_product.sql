-- Vendor product -> billing product: by ProductId + SkuId (the row that also names term and plan first), else by stock item.
WITH seen AS (
    SELECT DISTINCT product_id, sku_id, term, plan, product_key, sku_key FROM vendor_line
),
candidate AS (
    SELECT s.*, k.product, 10 - (k.term IS NOT NULL)::INTEGER * 2 - (k.plan IS NOT NULL)::INTEGER AS rank
    FROM seen AS s
    INNER JOIN product_key AS k
        ON k.product_id = s.product_id AND k.sku_id = s.sku_id
        AND (k.term IS NULL OR k.term = s.term) AND (k.plan IS NULL OR k.plan = s.plan)
    UNION ALL
    SELECT s.*, k.product, 20 AS rank
    FROM seen AS s
    INNER JOIN product_key AS k ON k.stock_key = s.product_key OR k.stock_key = s.sku_key
),
fit AS (
    SELECT product_id, sku_id, term, plan, product_key, sku_key, rank, min(product) AS product
    FROM candidate
    GROUP BY product_id, sku_id, term, plan, product_key, sku_key, rank
    HAVING count(DISTINCT product) = 1
)
SELECT product_id, sku_id, term, plan, product_key, sku_key, min(rank) AS rank, arg_min(product, rank) AS product
FROM fit
GROUP BY product_id, sku_id, term, plan, product_key, sku_key
