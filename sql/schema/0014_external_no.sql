-- Numbers of other systems have up to 80 characters as people count them, each of several code points (form.h).
ALTER TABLE external_no MODIFY no VARCHAR(336) NOT NULL;
