-- Every product name on a billed or counted line with its billing product, in the same way.
SELECT
    n.product_name_no,
    n.product_name,
    n.product_key,
    n.exact_product,
    coalesce(o.product, p.product) AS product
FROM in_product_name AS n
LEFT JOIN product_offer AS o ON o.value = n.exact_product
LEFT JOIN product_offer AS p ON p.value = n.product_key
