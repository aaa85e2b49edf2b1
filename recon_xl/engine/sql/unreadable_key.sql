-- Client and product pairs in which a line of this period could not be read: their totals cannot be compared.
SELECT client, product
FROM mapped_line
WHERE state = 'unreadable' AND in_period AND client IS NOT NULL AND product IS NOT NULL
UNION
SELECT client, product
FROM billed_line
WHERE unreadable AND state = 'unreadable' AND client IS NOT NULL AND product IS NOT NULL
UNION
SELECT client, product
FROM count_line
WHERE state = 'unreadable' AND client IS NOT NULL AND product IS NOT NULL
