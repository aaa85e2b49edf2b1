-- The full outer match: each client, product, currency (and subscription where both sides carry it), with both sides summed.
WITH e AS (
    SELECT
        x.client,
        x.product,
        x.currency,
        CASE WHEN g.client IS NULL THEN '' ELSE x.subscription_id END AS subscription_id,
        CAST(sum(x.expected) AS DECIMAL(38,18)) AS expected,
        CAST(sum(x.spread) AS DECIMAL(38,18)) AS spread,
        CAST(sum(x.cost) AS DECIMAL(38,18)) AS cost,
        CAST(sum(coalesce(x.units, t.seats)) AS DECIMAL(38,18)) AS quantity,
        bool_or(x.has_annual) AS has_annual,
        bool_or(x.is_charged) AS is_charged,
        bool_or(x.is_covered) AS is_covered,
        bool_and(x.is_usage) AS is_usage,
        bool_or(x.is_count) AS is_count,
        max(x.problem) AS problem,
        min(x.confidence) AS confidence
    FROM expected_side AS x
    LEFT JOIN by_subscription AS g USING (client, product, currency)
    LEFT JOIN seats AS t USING (client, product, subscription_id)
    GROUP BY ALL
),
b AS (
    SELECT
        y.client,
        y.product,
        y.currency,
        CASE WHEN g.client IS NULL THEN '' ELSE y.subscription_id END AS subscription_id,
        CAST(sum(y.quantity) AS DECIMAL(38,18)) AS quantity,
        CAST(sum(y.billed) AS DECIMAL(38,18)) AS billed,
        CAST(sum(y.copies) AS DECIMAL(38,18)) AS copies,
        CAST(sum(y.copied_quantity) AS DECIMAL(38,18)) AS copied_quantity,
        sum(y.lines) AS lines,
        max(y.problem) AS problem,
        bool_or(y.is_foreign) AS is_foreign,
        min(y.confidence) AS confidence
    FROM billed_side AS y
    LEFT JOIN by_subscription AS g USING (client, product, currency)
    GROUP BY ALL
),
joined AS (
    SELECT
        client,
        product,
        currency,
        subscription_id,
        coalesce(e.is_charged, FALSE) AS has_source,
        coalesce(e.is_covered, FALSE) AS is_covered,
        b.lines IS NOT NULL AS has_billed,
        coalesce(e.expected, 0) AS charged,
        coalesce(e.spread, 0) AS spread,
        coalesce(e.has_annual, FALSE) AS has_annual,
        coalesce(e.cost, 0) AS cost,
        CASE WHEN NOT coalesce(e.is_usage, FALSE) THEN e.quantity END AS expected_quantity,
        CASE WHEN NOT coalesce(e.is_usage, FALSE) THEN b.quantity END AS billed_quantity,
        coalesce(b.billed, 0) AS billed,
        coalesce(b.copies, 0) AS copies,
        coalesce(b.copied_quantity, 0) AS copied_quantity,
        coalesce(b.is_foreign, FALSE) AS is_foreign,
        coalesce(e.is_count, FALSE) AS is_count,
        coalesce(e.problem, b.problem) AS problem,
        least(coalesce(e.confidence, 1), coalesce(b.confidence, 1)) AS confidence
    FROM e
    FULL OUTER JOIN b USING (client, product, currency, subscription_id)
),
-- An annual charge may be billed at once or in monthly instalments: the reading nearer to the bill is the expected one.
chosen AS (
    SELECT
        *,
        CASE
            WHEN has_billed AND (has_annual OR is_covered) AND abs(billed - spread) < abs(billed - charged) THEN spread
            ELSE charged
        END AS expected
    FROM joined
),
-- Copies of a billed line are an error only where leaving them out brings the key nearer to expected.
cleared AS (
    SELECT
        *,
        CASE WHEN has_source AND abs(billed - copies - expected) < abs(billed - expected) THEN copies ELSE 0 END AS excess
    FROM chosen
)
SELECT
    j.*,
    CAST(j.billed - j.excess - j.expected AS DECIMAL(38,18)) AS variance,
    CASE WHEN j.excess <> 0 THEN j.billed_quantity - j.copied_quantity ELSE j.billed_quantity END AS kept_quantity,
    t.quantity_source,
    CASE
        WHEN u.client IS NOT NULL THEN 'unreadable'
        WHEN j.has_source AND j.problem IS NOT NULL THEN 'unpriced'
        WHEN j.has_source AND j.expected <> j.charged AND abs(j.billed - j.excess - j.expected) <= s.tolerance THEN 'timing'
        WHEN j.has_source THEN 'compared'
        WHEN t.quantity_source = 'count' AND NOT coalesce(f.is_counted, FALSE) THEN 'not checked'
        WHEN t.quantity_source = 'count' THEN 'compared'
        WHEN s.vendor_lines = 0 THEN 'not checked'
        WHEN j.has_billed AND j.is_covered THEN 'timing'
        WHEN NOT j.has_billed THEN 'covered'
        WHEN a.client IS NOT NULL THEN 'not reconcilable'
        WHEN j.problem IS NOT NULL THEN 'not checked'
        ELSE 'compared'
    END AS status
FROM cleared AS j
CROSS JOIN setting AS s
LEFT JOIN terms AS t USING (client, product)
LEFT JOIN annual_only AS a USING (client, product)
LEFT JOIN counted_product AS f ON f.client = j.client AND f.product = j.product
LEFT JOIN unreadable_key AS u ON u.client = j.client AND u.product = j.product
