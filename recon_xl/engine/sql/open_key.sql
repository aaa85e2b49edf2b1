-- Keys whose bill does not agree with what is expected, or that nobody bills: only for these are other ways of pricing tried.
SELECT
    k.client,
    k.product,
    k.currency,
    k.subscription_id,
    k.expected,
    CAST(k.billed - k.excess AS DECIMAL(38,18)) AS kept,
    k.expected_quantity,
    k.kept_quantity,
    k.is_spread,
    k.has_billed,
    k.status = 'compared' AS is_priced
FROM key_match AS k
CROSS JOIN setting AS s
WHERE NOT k.is_foreign
    AND (
        k.status = 'compared' AND (k.has_source OR k.is_spread) AND abs(k.variance) > s.tolerance
        OR k.status = 'unpriced' AND k.has_source AND NOT k.has_billed AND k.cost <> 0
    )
ORDER BY k.client, k.product, k.currency, k.subscription_id
