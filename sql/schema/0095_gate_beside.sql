-- What stands beside the approved words as text comes from the letter itself, whatever a program says: no hash holds it.
CREATE TRIGGER pub_letter_beside BEFORE INSERT ON pub_letter FOR EACH ROW
  SET NEW.result_code = (SELECT t.result_code FROM ticket t WHERE t.no = NEW.no),
      NEW.helpers = COALESCE((SELECT GROUP_CONCAT(DISTINCT u.name ORDER BY u.sort_order SEPARATOR '、') FROM ticket t
        JOIN assignment a ON a.ticket_id = t.id AND a.role = 'co' AND a.round = t.round JOIN unit u ON u.id = a.unit_id
        WHERE t.no = NEW.no), '');
CREATE TRIGGER pub_letter_beside_again BEFORE UPDATE ON pub_letter FOR EACH ROW
  SET NEW.result_code = IF(NEW.edition_id = OLD.edition_id, OLD.result_code, (SELECT t.result_code FROM ticket t WHERE t.no = NEW.no)),
      NEW.helpers = IF(NEW.edition_id = OLD.edition_id, OLD.helpers, COALESCE((
        SELECT GROUP_CONCAT(DISTINCT u.name ORDER BY u.sort_order SEPARATOR '、') FROM ticket t
          JOIN assignment a ON a.ticket_id = t.id AND a.role = 'co' AND a.round = t.round JOIN unit u ON u.id = a.unit_id
         WHERE t.no = NEW.no), ''));
