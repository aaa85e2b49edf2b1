-- Vendor customer -> client. An id or name that fits two clients equally well fits none: it is never passed on to a weaker reading.
SELECT customer_no, rank, min(client) AS client
FROM client_candidate
GROUP BY customer_no, rank
HAVING count(*) = 1
