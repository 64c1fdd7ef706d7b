-- When an entry of the schedule was due last.
ALTER TABLE schedules ADD COLUMN last_at DATETIME(6) NULL AFTER next_at;
