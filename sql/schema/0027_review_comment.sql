-- A reviewer's words at a place of the answer that was sent back, and whether the drafter has seen to them.
CREATE TABLE review_comment (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  review_id BIGINT UNSIGNED NOT NULL,
  paragraph SMALLINT UNSIGNED NOT NULL,          -- from 1
  quote     VARCHAR(260) NOT NULL,               -- how that paragraph began
  words     TEXT NOT NULL,
  done_at   DATETIME NULL,
  done_by   INT UNSIGNED NULL,
  KEY review_comment_review (review_id, paragraph),
  CONSTRAINT review_comment_review FOREIGN KEY (review_id) REFERENCES review (id)
) ENGINE=InnoDB;
