-- The billing products that a vendor product fits: by ProductId + SkuId (the row that also names term and plan first), else by
-- stock item. Only the strongest reading counts; where it fits several products, weaker ones are not asked.
WITH fitting AS (
    SELECT p.product_no, k.product, 10 - (k.term IS NOT NULL)::INTEGER * 2 - (k.plan IS NOT NULL)::INTEGER AS rank
    FROM in_product AS p
    INNER JOIN product_key AS k
        ON k.product_id = p.product_id AND k.sku_id = p.sku_id
        AND (k.term IS NULL OR k.term = p.term) AND (k.plan IS NULL OR k.plan = p.plan)
    UNION
    SELECT p.product_no, k.product, 20 AS rank
    FROM in_product AS p
    INNER JOIN product_key AS k ON k.stock_key = p.product_key OR k.stock_key = p.sku_key
)
SELECT product_no, rank, product
FROM fitting
QUALIFY rank = min(rank) OVER (PARTITION BY product_no)
