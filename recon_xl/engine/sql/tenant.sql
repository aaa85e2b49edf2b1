-- Vendor customer id -> client: as Customers lists it, else as the vendor lines of that customer were mapped.
SELECT value AS customer_id, min(client) AS client
FROM client_key
WHERE rank = 1
GROUP BY value
HAVING count(DISTINCT client) = 1
UNION
SELECT c.customer_id, min(v.client) AS client
FROM in_customer AS c
INNER JOIN vendor_client AS v USING (customer_no)
WHERE c.customer_id <> '' AND c.customer_id NOT IN (SELECT k.value FROM client_key AS k WHERE k.rank = 1)
GROUP BY c.customer_id
HAVING count(DISTINCT v.client) = 1
