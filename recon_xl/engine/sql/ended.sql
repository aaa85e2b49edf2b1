-- Evidence that what is billed without a source is over: the vendor's last cycle ended before the period or was cancelled
-- with no seats left, or Subscriptions says so. Where the bill names one of the vendor's subscriptions, that one decides.
WITH asked AS (
    SELECT DISTINCT client, product
    FROM key_match
    WHERE status = 'compared' AND NOT has_source AND NOT is_spread AND has_billed
),
cycle AS (
    SELECT
        m.client,
        m.product,
        m.subscription_id,
        max(m.charge_end) AS last_day,
        bool_or(m.charge_type = 'cancelimmediate') AS is_cancelled,
        max(m.order_at) FILTER (WHERE m.charge_type = 'cancelimmediate') AS cancelled_at,
        bool_or(m.in_period) AS in_period
    FROM mapped_line AS m
    WHERE m.state = 'mapped' AND m.charge_type <> 'customercredit'
        AND (m.client, m.product) IN (SELECT a.client, a.product FROM asked AS a)
    GROUP BY m.client, m.product, m.subscription_id
),
known AS (
    SELECT
        c.*,
        coalesce(c.last_day < s.period_start OR c.is_cancelled AND t.seats <= 0, FALSE) AS is_over,
        b.client IS NOT NULL AS is_named
    FROM cycle AS c
    CROSS JOIN setting AS s
    LEFT JOIN seats AS t ON t.client = c.client AND t.product = c.product AND t.subscription_id = c.subscription_id
    LEFT JOIN (
        SELECT DISTINCT client, product, subscription_id FROM billed_line WHERE state = 'mapped' AND subscription_id <> ''
    ) AS b ON b.client = c.client AND b.product = c.product AND b.subscription_id = c.subscription_id
),
told AS (
    SELECT
        n.*,
        bool_or(n.is_named) OVER (PARTITION BY n.client, n.product)
            OR (n.client, n.product) IN (SELECT g.client, g.product FROM by_subscription AS g) AS by_name
    FROM known AS n
    WHERE NOT n.in_period
),
by_vendor AS (
    SELECT client, product, max(last_day) AS last_day, max(cancelled_at)::DATE AS cancelled_on
    FROM told
    WHERE is_named OR NOT by_name
    GROUP BY client, product
    HAVING bool_and(is_over)
),
by_list AS (
    SELECT c.client, k.product, max(s.ends) AS ends, max(s.status) AS status
    FROM in_subscription AS s
    INNER JOIN tenant AS c ON c.customer_id = s.customer_id
    INNER JOIN product_key AS k ON k.product_id = s.product_id AND k.sku_id = s.sku_id
    CROSS JOIN setting AS t
    WHERE (c.client, k.product) IN (SELECT a.client, a.product FROM asked AS a)
        AND (k.plan IS NULL OR s.plan IS NULL OR lower(k.plan) = lower(s.plan))
    GROUP BY c.client, k.product
    HAVING bool_and(NOT s.is_active OR coalesce(s.ends < t.period_start, FALSE))
)
SELECT
    coalesce(v.client, l.client) AS client,
    coalesce(v.product, l.product) AS product,
    v.client IS NOT NULL AS by_vendor,
    v.last_day,
    v.cancelled_on,
    l.ends,
    l.status
FROM by_vendor AS v
FULL OUTER JOIN by_list AS l ON l.client = v.client AND l.product = v.product
