-- How many wishes have a word, as far as it is counted.
-- name: having
SELECT COUNT(*) FROM (SELECT 1 FROM wish_words WHERE word = :word AND wish_id < :before LIMIT :most) d;

-- That a wish has all of the words.
-- fragment: has_words
(SELECT COUNT(*) FROM wish_words o WHERE o.wish_id = w.id AND o.word IN (:words)) = :count
  AND (:category = '' OR w.category = :category)

-- Wishes with all of the words, looked for among those that have the rarest of them.
-- name: search
SELECT {{listed}}
FROM wish_words s STRAIGHT_JOIN wishes w ON w.id = s.wish_id STRAIGHT_JOIN nodes n ON n.id = w.node_id
WHERE s.word = :rarest AND s.wish_id < :before AND w.status = :status AND {{has_words}} AND {{searched}}
ORDER BY s.wish_id DESC LIMIT :limit;

-- That a wish is where it is searched: without a node anywhere but in the review community.
-- fragment: searched
(:node = 0 OR EXISTS (SELECT 1 FROM node_ancestors a WHERE a.node_id = w.node_id AND a.ancestor_id = :node))
  AND (:node <> 0 OR w.node_id NOT IN (SELECT r.node_id FROM review_nodes r))

-- The same, among those of a community.
-- name: search_node
SELECT {{listed}}
FROM wishes w FORCE INDEX (wishes_hall_node) STRAIGHT_JOIN nodes n ON n.id = w.node_id
WHERE w.node_id = :node AND w.status = :status AND w.id < :before AND {{has_words}}
ORDER BY w.id DESC LIMIT :limit;

-- The same, among those of a category.
-- name: search_category
SELECT {{listed}}
FROM wishes w FORCE INDEX (wishes_hall_category) STRAIGHT_JOIN nodes n ON n.id = w.node_id
WHERE w.status = :status AND w.category = :category AND w.id < :before AND {{has_words}} AND {{searched}}
ORDER BY w.id DESC LIMIT :limit;

-- The same, among those of a category in a community.
-- name: search_node_category
SELECT {{listed}}
FROM wishes w FORCE INDEX (wishes_hall_node_category) STRAIGHT_JOIN nodes n ON n.id = w.node_id
WHERE w.node_id = :node AND w.status = :status AND w.category = :category AND w.id < :before AND {{has_words}}
ORDER BY w.id DESC LIMIT :limit;

-- The same, among one's own.
-- name: search_mine
SELECT {{listed}}
FROM wishes w FORCE INDEX (wishes_owner) STRAIGHT_JOIN nodes n ON n.id = w.node_id
WHERE w.owner_id = :owner AND w.id < :before AND (:status = '' OR w.status = :status) AND {{has_words}}
ORDER BY w.id DESC LIMIT :limit;
