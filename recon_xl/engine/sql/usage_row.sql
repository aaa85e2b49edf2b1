-- Daily rows as the Usage tab shows them: by customer, plan, entitlement, meter category and currency.
WITH day AS (
    SELECT g.customer, g.subscription_id, g.entitlement_id, g.meter_group, g.currency, count(DISTINCT d.day) AS days,
        min(d.day) AS first_day, max(d.day) AS last_day
    FROM daily_usage AS g
    INNER JOIN in_usage_day AS d USING (group_no)
    GROUP BY ALL
),
daily AS (
    SELECT
        customer,
        min(client) AS client,
        max(product) AS product,
        string_agg(DISTINCT nullif(invoice, ''), ', ' ORDER BY nullif(invoice, '')) AS invoice,
        subscription_id,
        min(subscription) AS subscription,
        entitlement_id,
        min(entitlement) AS entitlement,
        max(entitlement_name) AS entitlement_name,
        meter_group,
        currency,
        'daily' AS detail,
        sum(rows) AS rows,
        sum(stated_rows) AS stated_rows,
        sum(without_pec_rows) AS without_pec_rows,
        sum(benefit_rows) AS benefit_rows,
        sum(late_rows) AS late_rows,
        CAST(sum(cost) AS DECIMAL(38,18)) AS cost,
        CAST(sum(retail) AS DECIMAL(38,18)) AS retail,
        CAST(sum(pec) AS DECIMAL(38,18)) AS pec,
        CAST(sum(benefit_cost) AS DECIMAL(38,18)) AS benefit_cost,
        CAST(sum(credited) AS DECIMAL(38,18)) AS credited,
        CAST(sum(late_cost) AS DECIMAL(38,18)) AS late_cost
    FROM daily_usage
    GROUP BY customer, subscription_id, entitlement_id, meter_group, currency
)
SELECT g.*, d.days, d.first_day, d.last_day
FROM daily AS g
INNER JOIN day AS d USING (customer, subscription_id, entitlement_id, meter_group, currency)
