-- The count that decides, for each client and product: the latest fresh snapshot, on the basis that the product asks for, of
-- the declared source; without one declared, of the source that counted last.
WITH ranked AS (
    SELECT
        s.*,
        row_number() OVER (PARTITION BY s.client, s.product ORDER BY s.as_of DESC, s.source_key) AS rank
    FROM snapshot AS s
    INNER JOIN terms AS t ON t.client = s.client AND t.product = s.product
    WHERE t.quantity_source = 'count' AND s.basis = t.count_basis AND (t.count_source IS NULL OR t.count_source = s.source_key)
)
SELECT client, product, count_source, basis, as_of, quantity, line_ids
FROM ranked
WHERE rank = 1
