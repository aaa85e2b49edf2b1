-- The clients that a name on a billed or counted line fits: the exact name or code first, then a declared alias, then the
-- normalised name. Only the strongest reading counts.
SELECT DISTINCT value, rank, client
FROM client_key
WHERE rank > 1
QUALIFY rank = min(rank) OVER (PARTITION BY value)
