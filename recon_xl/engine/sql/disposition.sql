-- Vendor lines of the period by invoice, currency, state and hold reason, with their money.
SELECT
    m.invoice,
    m.currency,
    m.state,
    CASE WHEN m.state = 'mapped' THEN h.reason END AS reason,
    count(*) AS lines,
    CAST(sum(m.subtotal) AS DECIMAL(38,18)) AS subtotal,
    CAST(sum(m.total) AS DECIMAL(38,18)) AS total
FROM mapped_line AS m
LEFT JOIN held_line AS h ON h.line_id = m.line_id
WHERE m.in_period
GROUP BY m.invoice, m.currency, m.state, CASE WHEN m.state = 'mapped' THEN h.reason END
