-- What is known of a client's count of a product: counted, counted as 0, stale, another basis only, another source only, no
-- count received (though the product is counted for other clients), or no source at all. Where Products declares a source
-- or a basis, only that one speaks. `is_counted` tells whether the count can be compared.
WITH spoken AS (
    SELECT
        n.client,
        n.product,
        n.basis,
        n.state = 'fresh' AS is_fresh,
        t.count_source IS NULL OR t.count_source = n.source_key AS is_asked_source,
        n.basis = t.count_basis AS is_asked_basis
    FROM count_line AS n
    INNER JOIN terms AS t ON t.client = n.client AND t.product = n.product
    WHERE n.state IN ('fresh', 'stale')
),
fresh AS (
    SELECT DISTINCT product FROM spoken WHERE is_fresh AND is_asked_source AND is_asked_basis
),
own AS (
    SELECT
        client,
        product,
        bool_or(is_asked_source AND is_asked_basis AND is_fresh) AS has_fresh,
        bool_or(is_asked_source AND is_asked_basis) AS has_asked,
        bool_or(is_asked_source) AS has_source,
        string_agg(DISTINCT basis, ', ' ORDER BY basis) FILTER (WHERE is_asked_source) AS bases
    FROM spoken
    GROUP BY client, product
),
told AS (
    SELECT
        t.client,
        t.product,
        t.count_basis,
        t.count_source,
        o.bases,
        CASE
            WHEN o.has_fresh AND c.quantity = 0 THEN 'zero'
            WHEN o.has_fresh THEN 'counted'
            WHEN o.has_asked THEN 'stale'
            WHEN o.has_source THEN 'other basis'
            WHEN f.product IS NOT NULL THEN 'not received'
            WHEN o.client IS NOT NULL THEN 'other source'
            ELSE 'no source'
        END AS state
    FROM terms AS t
    LEFT JOIN fresh AS f ON f.product = t.product
    LEFT JOIN own AS o ON o.client = t.client AND o.product = t.product
    LEFT JOIN counted AS c ON c.client = t.client AND c.product = t.product
    WHERE t.quantity_source = 'count'
)
SELECT *, state IN ('counted', 'zero', 'not received') AS is_counted
FROM told
