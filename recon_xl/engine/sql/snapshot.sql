-- Each fresh snapshot: what one source counted of a client and product on one basis at one date, repeated rows once.
-- `place` 1 is the latest of its source and basis.
SELECT
    client,
    product,
    source_key,
    min(count_source) AS count_source,
    basis,
    as_of,
    CAST(sum(quantity) AS DECIMAL(38,18)) AS quantity,
    list(line_id ORDER BY line_id) AS line_ids,
    row_number() OVER (PARTITION BY client, product, source_key, basis ORDER BY as_of DESC) AS place
FROM count_line
WHERE state = 'fresh' AND NOT is_copy
GROUP BY client, product, source_key, basis, as_of
