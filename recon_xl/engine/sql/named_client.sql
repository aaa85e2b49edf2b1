-- Every customer name on a billed or counted line with its client: the name as printed, else as it is compared.
SELECT
    n.customer_name_no,
    n.customer_name,
    n.customer_key,
    n.exact_key,
    coalesce(x.client, y.client) AS client,
    coalesce(x.rank, y.rank) AS client_rank
FROM in_customer_name AS n
LEFT JOIN client_name AS x ON x.value = n.exact_key
LEFT JOIN client_name AS y ON y.value = n.customer_key
