-- +goose Up
-- Check-ins by which a person's own phone shows that they were there: with the code of the moment, and from no farther
-- than the activity's radius and the phone's accuracy, of which more than five kilometers is taken for none.
CREATE SQL SECURITY INVOKER VIEW live_check_ins AS
SELECT a.id, a.activity_id, a.user_id FROM attendances a JOIN activities v ON v.id = a.activity_id
WHERE a.in_mode = 'live' AND (a.in_distance IS NULL
  OR a.in_distance <= COALESCE(v.radius_meters, 0) + LEAST(COALESCE(a.in_accuracy, 0), 5000));
