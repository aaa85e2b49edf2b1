-- The full outer match: each client, product, currency (and subscription where both sides carry it), with both sides summed.
WITH e AS (
    SELECT
        x.client,
        x.product,
        x.currency,
        coalesce(g.subscription_id, '') AS subscription_id,
        CAST(sum(x.expected) AS DECIMAL(38,18)) AS expected,
        CAST(sum(x.spread) AS DECIMAL(38,18)) AS spread,
        CAST(sum(x.cost) AS DECIMAL(38,18)) AS cost,
        CAST(sum(x.spread_cost) AS DECIMAL(38,18)) AS spread_cost,
        CAST(sum(coalesce(x.units, t.seats)) FILTER (WHERE x.is_charged) AS DECIMAL(38,18)) AS quantity,
        CAST(sum(coalesce(x.units, t.seats)) AS DECIMAL(38,18)) AS whole_quantity,
        bool_or(x.has_annual) AS has_annual,
        bool_or(x.is_charged) AS is_charged,
        bool_or(x.is_covered) AS is_covered,
        bool_and(x.is_usage) AS is_usage,
        bool_or(x.is_count) AS is_count,
        max(x.problem) AS problem,
        arg_max(x.why, (x.is_charged, abs(x.expected))) AS why,
        min(x.confidence) AS confidence
    FROM expected_side AS x
    LEFT JOIN by_subscription AS g USING (client, product, currency, subscription_id)
    LEFT JOIN seats AS t USING (client, product, subscription_id)
    GROUP BY ALL
),
b AS (
    SELECT
        y.client,
        y.product,
        y.currency,
        coalesce(g.subscription_id, '') AS subscription_id,
        CAST(sum(y.quantity) AS DECIMAL(38,18)) AS quantity,
        CAST(sum(y.billed) AS DECIMAL(38,18)) AS billed,
        sum(y.lines) AS lines,
        max(y.problem) AS problem,
        bool_or(y.is_foreign) AS is_foreign,
        min(y.confidence) AS confidence
    FROM billed_side AS y
    LEFT JOIN by_subscription AS g USING (client, product, currency, subscription_id)
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
        coalesce(e.spread_cost, 0) AS spread_cost,
        coalesce(e.is_usage, FALSE) AS is_usage,
        coalesce(b.is_foreign, FALSE) AS is_foreign,
        CASE WHEN NOT coalesce(e.is_usage, FALSE) THEN e.quantity END AS charged_quantity,
        CASE WHEN NOT coalesce(e.is_usage, FALSE) THEN e.whole_quantity END AS whole_quantity,
        CASE WHEN NOT coalesce(e.is_usage, FALSE) THEN b.quantity END AS billed_quantity,
        coalesce(b.billed, 0) AS billed,
        coalesce(e.is_count, FALSE) AS is_count,
        e.problem,
        e.why,
        b.problem AS billed_problem,
        least(coalesce(e.confidence, 1), coalesce(b.confidence, 1)) AS confidence
    FROM e
    FULL OUTER JOIN b USING (client, product, currency, subscription_id)
),
-- An annual charge may be billed at once or in monthly instalments: the reading nearer to the bill is the expected one.
-- An earlier annual charge covers an instalment of its own size; where cost or retail tell that size, no more than that.
read_as AS (
    SELECT
        j.*,
        u.client IS NOT NULL AS is_unreadable,
        t.quantity_source,
        j.has_billed AND (j.has_annual OR j.is_covered) AND j.problem IS NULL AND j.billed_problem IS NULL AND u.client IS NULL
            AND (
                j.has_source AND abs(j.billed - j.spread) < abs(j.billed - j.charged)
                OR NOT j.has_source AND t.price_basis IN ('markup', 'rrp')
                AND j.billed > CAST(j.spread * 1.05 AS DECIMAL(38,18)) + s.tolerance
            ) AS is_spread
    FROM joined AS j
    CROSS JOIN setting AS s
    LEFT JOIN terms AS t USING (client, product)
    LEFT JOIN unreadable_key AS u ON u.client = j.client AND u.product = j.product
),
chosen AS (
    SELECT
        *,
        CASE WHEN is_spread THEN spread ELSE charged END AS expected,
        CASE WHEN is_spread THEN spread_cost ELSE cost END AS expected_cost,
        CASE WHEN is_spread OR NOT has_source THEN whole_quantity ELSE charged_quantity END AS expected_quantity
    FROM read_as
),
-- Copies of a billed line are an error as far as leaving them out brings the key nearer to expected.
leaving_out AS (
    SELECT
        c.client,
        c.product,
        c.currency,
        c.subscription_id,
        arg_min(p.amount, (abs(c.billed - p.amount - c.expected), p.copies)) AS excess,
        arg_min(p.quantity, (abs(c.billed - p.amount - c.expected), p.copies)) AS excess_quantity
    FROM chosen AS c
    INNER JOIN copy_prefix AS p USING (client, product, currency, subscription_id)
    WHERE c.has_source
    GROUP BY c.client, c.product, c.currency, c.subscription_id
),
cleared AS (
    SELECT c.*, coalesce(l.excess, 0) AS excess, coalesce(l.excess_quantity, 0) AS excess_quantity
    FROM chosen AS c
    LEFT JOIN leaving_out AS l USING (client, product, currency, subscription_id)
)
SELECT
    j.*,
    CAST(j.billed - j.excess - j.expected AS DECIMAL(38,18)) AS variance,
    CAST(j.billed_quantity - j.excess_quantity AS DECIMAL(38,18)) AS kept_quantity,
    CASE
        WHEN j.is_unreadable THEN 'unreadable'
        WHEN j.has_source AND coalesce(j.problem, j.billed_problem) IS NOT NULL THEN 'unpriced'
        WHEN j.has_source AND j.is_spread AND abs(j.billed - j.excess - j.expected) <= s.tolerance THEN 'timing'
        WHEN j.has_source OR j.is_spread THEN 'compared'
        WHEN j.quantity_source = 'count' AND NOT coalesce(f.is_counted, FALSE) THEN 'not checked'
        WHEN j.quantity_source = 'count' AND j.billed_problem IS NULL THEN 'compared'
        WHEN s.vendor_lines = 0 THEN 'not checked'
        WHEN j.has_billed AND j.is_covered THEN 'timing'
        WHEN NOT j.has_billed THEN 'covered'
        WHEN a.client IS NOT NULL THEN 'not reconcilable'
        WHEN j.billed_problem IS NOT NULL THEN 'not checked'
        ELSE 'compared'
    END AS status
FROM cleared AS j
CROSS JOIN setting AS s
LEFT JOIN annual_only AS a USING (client, product)
LEFT JOIN counted_product AS f ON f.client = j.client AND f.product = j.product
