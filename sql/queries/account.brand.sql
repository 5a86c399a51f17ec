-- What a person said in votes about brands (internal/account/brand.go).

-- name: sheet_brand_voices
SELECT b.id, n.name AS node, p.name AS brand, v.choice, v.at AS voted_at, p.status
FROM ballot_voices v JOIN ballots b ON b.id = v.ballot_id AND b.noun = 'brand' JOIN brands p ON p.id = b.subject_id
  JOIN nodes n ON n.id = p.node_id
WHERE v.user_id = :user AND (v.recorder_id IS NULL OR v.confirmer_id IS NOT NULL) ORDER BY b.id;
