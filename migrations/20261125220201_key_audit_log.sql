-- What one request did belongs together by the request's id; a number of its own for that was never written.
ALTER TABLE audit_log
    DROP KEY audit_log_change_set,
    DROP COLUMN change_set_id,
    ADD KEY audit_log_action (action, id),
    ADD KEY audit_log_actor_action (actor, action, id),
    ADD KEY audit_log_request (request_id, id),
    ADD KEY audit_log_created (created_at);
