-- Vendor lines of this period and earlier ones, with their document and charge.
SELECT
    l.*,
    d.invoice,
    d.currency,
    d.period,
    d.source_id,
    d.period = s.period AS in_period,
    c.charge_type,
    c.kind,
    c.is_free,
    c.unreadable
FROM in_vendor_line AS l
INNER JOIN in_document AS d ON d.document_no = l.document_no
INNER JOIN in_charge AS c ON c.charge_no = l.charge_no
CROSS JOIN setting AS s
WHERE d.period <= s.period
