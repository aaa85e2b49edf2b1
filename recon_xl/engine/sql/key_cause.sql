-- The one cause of each key that does not agree, or that is billed in a foreign currency. A fact about the key comes before
-- an alternative that explains its amount, and both before the plain difference.
SELECT
    k.client,
    k.product,
    k.currency,
    k.subscription_id,
    CASE
        WHEN k.is_foreign THEN 'currency-mismatch'
        WHEN k.has_source AND NOT k.has_billed
            THEN CASE
                WHEN a.cause IS NOT NULL THEN a.cause
                WHEN k.is_usage AND (k.expected > 0 OR k.status = 'unpriced' AND k.cost > 0) THEN 'unbilled-usage'
                ELSE 'unbilled'
            END
        WHEN NOT k.has_source AND NOT k.is_spread
            THEN CASE WHEN e.client IS NOT NULL AND k.billed > 0 THEN 'cancelled-still-billed' ELSE 'billed-without-source' END
        WHEN a.cause IS NOT NULL THEN a.cause
        WHEN k.variance < 0 THEN 'underbilled'
        ELSE 'overbilled'
    END AS cause,
    a.why AS told,
    e.by_vendor,
    e.last_day,
    e.cancelled_on,
    e.ends,
    e.status AS listed_status
FROM key_match AS k
CROSS JOIN setting AS s
LEFT JOIN alternative AS a
    ON a.client = k.client AND a.product = k.product AND a.currency = k.currency AND a.subscription_id = k.subscription_id
LEFT JOIN ended AS e ON e.client = k.client AND e.product = k.product
WHERE k.is_foreign AND k.status <> 'unreadable'
    OR k.status = 'compared' AND k.has_source AND NOT k.has_billed AND abs(k.expected) > s.tolerance
    OR k.status = 'unpriced' AND k.has_source AND NOT k.has_billed AND k.cost <> 0
    OR k.status = 'compared' AND NOT k.has_source AND NOT k.is_spread AND k.has_billed AND abs(k.billed) > s.tolerance
    OR k.status = 'compared' AND (k.has_source OR k.is_spread) AND k.has_billed AND abs(k.variance) > s.tolerance
