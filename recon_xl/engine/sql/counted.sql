-- The count that decides, for each client and product: the latest fresh snapshot of the declared source; without one
-- declared, of the source that counted last.
WITH snapshot AS (
    SELECT
        client,
        product,
        source_key,
        min(count_source) AS count_source,
        as_of,
        sum(quantity) AS quantity,
        list(line_id ORDER BY line_id) AS line_ids
    FROM count_line
    WHERE state = 'fresh' AND NOT is_copy
    GROUP BY client, product, source_key, as_of
),
ranked AS (
    SELECT
        s.*,
        row_number() OVER (PARTITION BY s.client, s.product ORDER BY s.as_of DESC, s.source_key) AS place
    FROM snapshot AS s
    INNER JOIN terms AS t ON t.client = s.client AND t.product = s.product
    WHERE t.quantity_source = 'count' AND (t.count_source IS NULL OR t.count_source = s.source_key)
)
SELECT client, product, count_source, as_of, CAST(quantity AS DECIMAL(38,18)) AS quantity, line_ids
FROM ranked
WHERE place = 1
