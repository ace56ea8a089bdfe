-- Units (a tree), officers, roles, sessions.
CREATE TABLE unit (
  id          INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  parent_id   INT UNSIGNED NULL,
  code        VARCHAR(40) NOT NULL,
  name        VARCHAR(80) NOT NULL,
  short_name  VARCHAR(40) NOT NULL,
  kind        ENUM('government','authorised_body','public_utility','town_street') NOT NULL DEFAULT 'government',
  sort_order  INT NOT NULL DEFAULT 0,          -- uca1400 has no Chinese tailoring: units are ordered by hand
  takes_letters BOOLEAN NOT NULL DEFAULT TRUE, -- may be chosen by a writer and assigned
  active      BOOLEAN NOT NULL DEFAULT TRUE,
  UNIQUE KEY unit_code (code),
  UNIQUE KEY unit_name (name),
  CONSTRAINT unit_parent FOREIGN KEY (parent_id) REFERENCES unit (id)
) ENGINE=InnoDB;

-- What the public is told about a unit (duties, hours, telephone).
CREATE TABLE unit_card (
  unit_id  INT UNSIGNED NOT NULL PRIMARY KEY,
  duties   VARCHAR(500) NOT NULL DEFAULT '',
  hours    VARCHAR(120) NOT NULL DEFAULT '',
  phone    VARCHAR(40) NOT NULL DEFAULT '',
  address  VARCHAR(160) NOT NULL DEFAULT '',
  contact  VARCHAR(40) NOT NULL DEFAULT '',
  CONSTRAINT unit_card_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) ENGINE=InnoDB;

CREATE TABLE officer (
  id            INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  login         VARCHAR(40) NOT NULL,
  name          VARCHAR(40) NOT NULL,
  unit_id       INT UNSIGNED NOT NULL,
  active        BOOLEAN NOT NULL DEFAULT TRUE,
  mail          VARCHAR(254) NULL,
  created_at    DATETIME NOT NULL,
  UNIQUE KEY officer_login (login),
  KEY officer_unit (unit_id),
  CONSTRAINT officer_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) ENGINE=InnoDB;

-- Apart from the officer, so that few accounts may read it.
CREATE TABLE officer_secret (
  officer_id    INT UNSIGNED NOT NULL PRIMARY KEY,
  password_hash VARCHAR(200) NOT NULL,
  must_change   BOOLEAN NOT NULL DEFAULT FALSE,
  failures      INT UNSIGNED NOT NULL DEFAULT 0,
  wait_until    DATETIME NULL,
  last_login_at DATETIME NULL,
  CONSTRAINT officer_secret_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;

-- Wrong tries under names that nobody has: they are slowed down like those under a real one, and forgotten after a day.
CREATE TABLE login_try (
  name_hash  BINARY(32) NOT NULL PRIMARY KEY,
  failures   INT UNSIGNED NOT NULL,
  wait_until DATETIME NOT NULL,
  KEY login_try_wait (wait_until)
) ENGINE=InnoDB;

CREATE TABLE officer_role (
  officer_id INT UNSIGNED NOT NULL,
  role ENUM('registrar','liaison','handler','co_handler','dept_reviewer','office_reviewer','secrecy_reviewer',
            'publisher','leader','supervisor','superior_reviewer','duty_officer','sys_admin','sec_admin',
            'audit_admin') NOT NULL,
  PRIMARY KEY (officer_id, role),
  CONSTRAINT officer_role_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;

CREATE TABLE session (
  id_hash    BINARY(32) NOT NULL PRIMARY KEY,  -- SHA-256 of the cookie
  officer_id INT UNSIGNED NOT NULL,
  created_at DATETIME NOT NULL,
  seen_at    DATETIME NOT NULL,
  KEY session_officer (officer_id),
  KEY session_seen (seen_at),
  CONSTRAINT session_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;
