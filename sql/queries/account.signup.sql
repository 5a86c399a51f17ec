-- What an account has of activities (internal/account/signup.go).

-- name: coming
SELECT s.activity_id FROM signups s JOIN activities a ON a.id = s.activity_id
WHERE s.user_id = :user AND s.status IN ('confirmed', 'waitlisted') AND a.status = 'published' AND a.starts_at > :at
ORDER BY s.id;

-- name: sheet_signups
SELECT s.id, a.title, a.place_name, a.starts_at, a.ends_at, s.status, s.created_at, s.cancelled_at
FROM signups s JOIN activities a ON a.id = s.activity_id WHERE s.user_id IN (:people) ORDER BY s.id;

-- name: sheet_attendances
SELECT t.id, a.title, t.in_at, t.in_mode, t.in_distance, t.in_accuracy, t.out_at, t.out_mode, t.out_distance,
  t.out_accuracy
FROM attendances t JOIN activities a ON a.id = t.activity_id WHERE t.user_id IN (:people) ORDER BY t.id;
