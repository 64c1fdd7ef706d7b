CREATE TABLE staff_roles (
    staff_id BIGINT UNSIGNED NOT NULL,
    role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (staff_id, role),
    KEY staff_roles_role (role, staff_id),
    CONSTRAINT staff_roles_staff FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE CASCADE,
    CONSTRAINT staff_roles_role CHECK (role IN ('owner', 'manager', 'catalog', 'support', 'warehouse', 'analyst', 'moderator'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
