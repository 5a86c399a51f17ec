-- +goose Up
UPDATE needs n SET n.came_back_at = (SELECT MAX(e.at) FROM events e
  WHERE e.noun = 'need' AND e.subject_id = n.id AND e.name IN ('return', 'reopen') AND e.actor_id IS NOT NULL)
WHERE n.returns > 0 OR n.reopens > 0 OR n.status <> 'submitted';
