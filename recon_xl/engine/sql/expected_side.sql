-- What should be billed, for each client, product, currency and subscription; `instalment` spreads annual charges over months.
SELECT
    client,
    product,
    currency,
    subscription_id,
    CAST(coalesce(sum(amount) FILTER (WHERE NOT is_earlier), 0) AS DECIMAL(38,18)) AS expected,
    CAST(coalesce(sum(instalment), 0) AS DECIMAL(38,18)) AS spread,
    CAST(coalesce(sum(cost) FILTER (WHERE NOT is_earlier), 0) AS DECIMAL(38,18)) AS cost,
    CAST(coalesce(sum(spread_cost), 0) AS DECIMAL(38,18)) AS spread_cost,
    CAST(sum(units) AS DECIMAL(38,18)) AS units,
    bool_or(months > 1) AS has_annual,
    bool_or(NOT is_earlier) AS is_charged,
    bool_or(is_earlier) AS is_covered,
    bool_and(kind = 'usage') AS is_usage,
    bool_or(kind = 'count') AS is_count,
    max(problem) AS problem,
    arg_max(why, (NOT is_earlier, abs(amount))) AS why,
    min(confidence) AS confidence
FROM piece
GROUP BY client, product, currency, subscription_id
